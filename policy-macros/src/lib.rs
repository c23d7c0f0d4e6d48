//! IAM policies that the compiler checks: [`policy!`] and [`policy_file!`]; and types for their ARNs, [`resource_arn!`].
//!
//! A policy is written as its own JSON. If AWS would accept it and it would have no effect, it does not compile, and the
//! error contains the fix. The rules are those of [`policy_core::check`].
//!
//! This page has [the four forms](#the-four-forms) of a policy, a tutorial that leads
//! [from a vendor's page to a checked policy](#from-a-vendors-page-to-a-checked-policy), [a cookbook](#the-cookbook) of
//! common policies, and [the errors](#the-errors). The notation, with holes, lists and attributes, is described at [`policy!`].
//!
//! # The four forms
//!
//! | form | written | gives | for |
//! |---|---|---|---|
//! | constant | `const NAME: Kind = { ... };` | a constant, `Copy`, its JSON a `&'static str` | policies that are the same everywhere: trust policies |
//! | expression | `policy!(Kind { ... })` | the same, in place | policies that are used once |
//! | template | `struct Name: Kind { hole: Type, ... } { ... }` | a struct with a field for each `<hole>` | policies that differ by account, Region, bucket |
//! | file | [`policy_file!`]` { const NAME: Kind = "policies/audit.json"; }` | a constant; rebuilt when the file changes | JSON that other tools read too |
//!
//! `Kind` is `IdentityPolicy`, `TrustPolicy`, `ResourcePolicy`, `SessionPolicy`, `ServiceControlPolicy` or
//! `ResourceControlPolicy`. It decides which elements the policy may have, and is part of its type. The example
//! `own_policy` has all four forms.
//!
//! A policy whose statements depend on data does not have one of these forms. Build it with
//! `policy_core::policy::build`, and check it when the program runs, with
//! [`Policy::check`](policy_core::policy::Policy::check).
//!
// What the macros do without is not there to be linked to.
#![cfg_attr(not(feature = "docs"), allow(rustdoc::broken_intra_doc_links))]
// A crate of macros exports nothing else, so the guide cannot be modules.
#![doc = include_str!("../guide/vendor-page.md")]
//!
#![doc = include_str!("../guide/cookbook.md")]
//!
#![doc = include_str!("../guide/errors.md")]

mod allow;
mod arn;
mod attached;
mod body;
mod editor;
mod expand;
mod file;
mod header;
mod judge;
mod literal;
mod pieces;
mod place;
mod policy;
mod report;
#[cfg(test)]
mod tests;
mod token;

use proc_macro::TokenStream;

use token::Input;

/// An IAM policy, written as its own JSON and checked by the compiler.
///
/// Any policy from a console or a vendor's page can be pasted, and copied back. A statement that AWS would accept and
/// that would never grant anything (a misspelt action, an object action on a bucket, a condition key that the action
/// does not support) does not compile, and the error contains the fix.
///
/// # The four forms
///
/// **A constant.** It costs nothing at run time; it is of the `Copy` type
/// [`ConstPolicy`](policy_core::policy::ConstPolicy), whose `json()` is a `const fn`, and it converts into the owned
/// [`Policy`](policy_core::policy::Policy):
///
/// ```
/// use policy_core::policy::TrustPolicy;
/// use policy_macros::policy;
///
/// policy! {
///     /// Tasks on ECS.
///     pub const ECS_TRUST: TrustPolicy = {
///         "Version": "2012-10-17",
///         "Statement": [{
///             "Effect": "Allow",
///             "Principal": { "Service": "ecs-tasks.amazonaws.com" },
///             "Action": "sts:AssumeRole"
///         }]
///     };
/// }
///
/// const JSON: &str = ECS_TRUST.json();
/// let owned: TrustPolicy = ECS_TRUST.into();
/// assert_eq!(owned.to_json(), JSON);
/// ```
///
/// **An expression**, of the same type:
///
/// ```
/// let policy = policy_macros::policy!(IdentityPolicy {
///     "Version": "2012-10-17",
///     "Statement": { "Effect": "Allow", "Action": "sqs:ListQueues", "Resource": "*" }
/// });
/// assert!(policy.json().contains("sqs:ListQueues"));
/// ```
///
/// **A template**: a struct whose fields fill the holes, `<region>`, of the policy.
///
/// ```
/// use policy_core::names::{AccountId, BucketName, Region, SecretId};
/// use policy_core::policy::{IdentityPolicy, NonEmpty};
/// use policy_macros::policy;
///
/// policy! {
///     /// Permissions of a runner's task role.
///     #[derive(Clone, Debug)]
///     pub struct TaskRole: IdentityPolicy {
///         region: Region,
///         account_id: AccountId,
///         /// Full secret IDs, with the six random characters.
///         secret_ids: NonEmpty<SecretId>,
///         staging_bucket: Option<BucketName>,
///     }
///     {
///         "Version": "2012-10-17",
///         "Statement": [
///             { "Sid": "ReadSecrets", "Effect": "Allow",
///               "Action": "secretsmanager:GetSecretValue",
///               "Resource": "arn:<partition>:secretsmanager:<region>:<account-id>:secret:<secret-ids>" },
///             { "Sid": "UseStagingObjects", "Effect": "Allow",
///               "Action": ["s3:GetObject", "s3:PutObject"],
///               "Resource": "arn:<partition>:s3:::<staging-bucket>/*" }
///         ]
///     }
/// }
///
/// let role = TaskRole {
///     region: Region::from_static("eu-west-1"),
///     account_id: AccountId::from_static("111122223333"),
///     secret_ids: NonEmpty::from([SecretId::from_static("warehouse-a1B2c3")]),
///     staging_bucket: None,
/// };
/// assert_eq!(
///     role.to_json(),
///     r#"{"Version":"2012-10-17","Statement":[{"Sid":"ReadSecrets","Effect":"Allow","Action":"secretsmanager:GetSecretValue","Resource":"arn:aws:secretsmanager:eu-west-1:111122223333:secret:warehouse-a1B2c3"}]}"#,
/// );
/// let policy: IdentityPolicy = role.to_policy();
/// # assert_eq!(policy, IdentityPolicy::from(&role));
/// ```
///
/// The struct is yours: it has the attributes and the visibility that you write, and so do its fields (a field without
/// a visibility has the struct's). It gets `to_json()` (without whitespace, in one allocation), `to_json_pretty()`,
/// `to_policy()`, and `From<&TaskRole> for IdentityPolicy`.
///
/// A `#[cfg(...)]` on the struct applies to its methods and impls too. A field with a `#[cfg(...)]` has to be an
/// `Option`; where the `#[cfg]` is off, the template renders as with `None`. The struct cannot have generic parameters:
/// the type of each field has to be known when the policy is checked.
///
/// **A file**, from which [`policy_file!`] makes a constant: for JSON that other tools read too.
///
/// # Grammar
///
/// ```text
/// input     = attribute* visibility? ( constant | template ) | attribute* expression
/// constant  = "const" NAME ":" kind "=" object ";"
/// template  = "struct" Name ":" kind "{" ( attribute* visibility? name ":" type ),* "}" object
/// expression = kind object
/// kind      = "IdentityPolicy" | "TrustPolicy" | "ResourcePolicy" | "SessionPolicy"
///           | "ServiceControlPolicy" | "ResourceControlPolicy"
/// object    = JSON
/// type      = N | "NonEmpty" "<" N ">" | "Option" "<" ( N | "NonEmpty" "<" N ">" ) ">"
/// N         = a type of policy_core::names, or one that resource_arn! makes
/// hole      = "<" word ( "-" word )* ">", in a string; a word is lowercase letters and digits
/// ```
///
/// The kind decides which elements the policy must and must not have, and is part of its type: a trust policy cannot be
/// passed where an identity-based policy is expected.
///
/// The policy is plain JSON. Rust's lexer accepts all of it except the escapes `\/` and `\uXXXX`: write a string with
/// these as `r#"..."#`, which has JSON's escapes. In addition an action may be written without quotes, so that errors
/// point at it exactly and an editor completes it:
///
/// ```
/// # let policy = policy_macros::policy!(IdentityPolicy {
/// #     "Version": "2012-10-17",
/// #     "Statement": { "Effect": "Allow",
/// "Action": [s3:GetObject, s3:Get*Acl, "s3:PutObject"]
/// #     , "Resource": "*" }
/// # });
/// # assert!(policy.json().contains("s3:Get*Acl"));
/// ```
///
/// # Holes
///
/// - `<account-id>` is filled by the field `account_id`. A hole without a field and a field without a hole are errors.
///   `${...}` is always an AWS policy variable.
/// - **The place of a hole decides which types fit it.** The account field of an ARN needs an
///   [`AccountId`](policy_core::names::AccountId), the part after `secret:` a
///   [`SecretId`](policy_core::names::SecretId), and so on; part of a longer name, and a name that has no type of its
///   own, can have any type. The error is at the field's type.
/// - **A whole ARN is a hole, too**: `"Resource": "<queue>"` with `queue: QueueArn`. There are types for the resource types
///   of AWS that policies name most, all of them in [`policy_core::names`], and [`resource_arn!`] makes others. The actions
///   of the statement have to apply to such a resource. More can follow where AWS has ARNs that go on like that: `"<bucket>/*"`,
///   `"<log-group>:*"`, and not `"<queue>/*"`. A wildcard directly after it, as in `"<bucket>*"`, is an error. `"AWS"` in
///   `Principal` takes a [`RoleArn`](policy_core::names::RoleArn), a
///   [`UserArn`](policy_core::names::UserArn), an `AccountId` and others, `"Federated"` an
///   [`OidcProviderArn`](policy_core::names::OidcProviderArn), and the value of a
///   condition key what AWS documents for the key: an ARN for `aws:SourceArn`, a
///   [`Number`](policy_core::names::Number) for `s3:max-keys`, a [`Date`](policy_core::names::Date) for `aws:CurrentTime`, an
///   [`IpRange`](policy_core::names::IpRange) for `aws:SourceIp`, a
///   [`ServicePrincipal`](policy_core::names::ServicePrincipal) for `iam:PassedToService`.
/// - A type that the macro does not know, such as an alias or one of `resource_arn!`, is checked by the compiler instead:
///   whether it fits, and whether the actions apply to its resources. Nothing else is reported about such a hole. It must
///   not have the name of a type of [`policy_core::names`] for the ARNs of other resources: that is an error, too.
///   `NonEmpty<...>`, `Option<...>` and the `Region` of `<partition>` are written themselves, not behind an alias.
/// - A hole is not allowed in an action, an effect, a version, a `Sid`, the name of an element or the service of an
///   ARN: the compiler cannot check a value that is not written.
/// - `<partition>` and `<dns-suffix>` are derived from the Region in the same string, `arn:<partition>:sqs:<region>:...`;
///   in a string without one, from the only field that is a [`Region`](policy_core::names::Region), or else from the only
///   field that is a whole ARN. Where these are several, declare `partition: Partition`. So one template is right in `aws`,
///   `aws-cn`, `aws-us-gov` and all other partitions.
/// - **The values of one policy are of one partition**: an ARN of another one matches nothing, without an error. A template with several
///   Regions or whole ARNs, a list of them, or an ARN that is written out beside them, has the methods `try_to_json()` and
///   `try_to_policy()`, for values that the program does not choose: their error,
///   [`PartitionError`](policy_core::policy::PartitionError), has the field and what to pass. `to_json()` and `to_policy()` write whatever
///   the fields have, so they are for values that are of one partition for certain.
/// - **A list**, [`NonEmpty<...>`](policy_core::policy::NonEmpty), repeats its string, once for each element. If the
///   string is not in an array, one element stays a string and several become an array. A string has at most one list.
///   A list replaces the numbered placeholders that vendors write, `<secret-id-1>`, `<secret-id-2>`, `...`.
/// - **An `Option`** that is `None` drops its string, and the whole statement when that was its only resource or its only
///   principal. It is allowed where the policy then allows less: so only under `"Effect": "Allow"`, not in
///   `NotResource` or `NotPrincipal`, and in a condition only if the statement's only resource has the same hole. At
///   least one statement must always be there.
///
/// ```compile_fail
/// # use policy_core::names::Region;
/// policy_macros::policy! {
///     struct Queue: IdentityPolicy { region: Region, account_id: Region }
///     {
///         "Version": "2012-10-17",
///         "Statement": { "Effect": "Allow", "Action": "sqs:SendMessage",
///             "Resource": "arn:<partition>:sqs:<region>:<account-id>:queue" }
///     }
/// }
/// ```
///
/// ```text
/// error[E0277]: a field of type `Region` cannot fill this hole
///   |
///   |     struct Queue: IdentityPolicy { region: Region, account_id: Region }
///   |                                                                ^^^^^^ this hole must be filled with an account ID, as in the fifth field of an ARN
///   |
///   = note: write `AccountId`: 12 digits, kept as text
/// ```
///
/// # What is an error
///
/// All findings of [`policy_core::check`](policy_core::check::check()) of severity `ERROR` and `SECURITY_WARNING`, and all
/// that mean that the statement grants nothing. One compile reports all mistakes of a policy, and the item is defined
/// even so, so that its uses compile. Warnings and suggestions are shown on request, by `#[policy(warnings)]` on the
/// item.
///
/// # Allowing a finding
///
/// If a finding does not apply, as with an action that AWS announced yesterday, allow the finding, with the
/// code and the text that the message names, and a reason. If the policy may be right after all, the message shows the
/// attribute to write:
///
/// ```
/// # use policy_macros::policy;
/// policy! {
///     #[allow_finding(INVALID_ACTION, "s3:GetTomorrowsObject", reason = "announced on 1 October")]
///     pub const PREVIEW: IdentityPolicy = {
///         "Version": "2012-10-17",
///         "Statement": { "Effect": "Allow", "Action": "s3:GetTomorrowsObject", "Resource": "*" }
///     };
/// }
/// # assert!(PREVIEW.json().contains("Tomorrows"));
/// ```
///
/// An allowance that no longer hides anything is an error, so that it is removed when the next catalogue has the
/// action.
///
/// # The resource that a policy is attached to
///
/// The resource type that a resource-based policy is attached to decides which elements it may have. State it by its
/// `CloudFormation` type, one of [`AttachedTo`](policy_core::policy::AttachedTo), and the policy is checked for it:
///
/// ```
/// # use policy_macros::policy;
/// policy! {
///     #[attached_to("AWS::S3::Bucket")]
///     pub const SHARED: ResourcePolicy = {
///         "Version": "2012-10-17",
///         "Statement": {
///             "Effect": "Allow", "Principal": { "AWS": "111122223333" },
///             "Action": "s3:GetObject", "Resource": "arn:aws:s3:::amzn-s3-demo-bucket/*"
///         }
///     };
/// }
/// ```
///
/// The policy of a VPC endpoint (`"AWS::EC2::VPCEndpoint"`) does not grant access by itself, so `"Principal": "*"` is
/// allowed in it.
///
/// # In an editor
///
/// rust-analyzer shows the catalogue's data on the action under the cursor, quoted or not: access level, resource
/// types, condition keys, dependent actions, and AWS's page; of wildcards, the actions that they match. An action without
/// quotes is completed, `s3:G`, once a letter of its name is there. In a template, a string with holes shows the fields that
/// fill them, and links to them. Errors are underlined while you write.
///
/// # Where policy-core has another name
///
/// The expansion uses the path `::policy_core`. `#[policy(crate = path)]` on the item names another path. A crate that
/// re-exports both, so that its users depend on it alone, wraps the macro:
///
/// ```
/// # #[allow(unused_macros)] mod facade {
/// #[macro_export]
/// macro_rules! policy {
///     ($($input:tt)*) => {
///         $crate::policy_macros::policy! { @crate($crate::policy_core, $crate::policy_macros) $($input)* }
///     };
/// }
/// # }
/// ```
#[proc_macro]
pub fn policy(input: TokenStream) -> TokenStream {
    policy::expand(&Input::read(input.into())).into()
}

/// A policy in a file of its own, checked by the compiler.
///
/// The path is relative to the folder of the package's `Cargo.toml`. The policy is compiled again when the file
/// changes. The result is a constant, as from [`policy!`], with the same attributes. An error is reported at the path,
/// and shows the line of the file.
///
/// ```
/// use policy_macros::policy_file;
///
/// policy_file! {
///     /// Read access for auditors.
///     pub const AUDIT: IdentityPolicy = "examples/policies/audit.json";
/// }
///
/// assert!(AUDIT.json().starts_with(r#"{"Version":"2012-10-17""#));
/// ```
#[proc_macro]
pub fn policy_file(input: TokenStream) -> TokenStream {
    file::expand(&Input::read(input.into())).into()
}

/// A type for the ARNs of a resource type that [`policy_core::names`] does not have: a type like
/// [`QueueArn`](policy_core::names::QueueArn), an alias of [`ArnOf`](policy_core::names::ArnOf) the resource type.
///
/// The resource type is written as AWS's service authorization reference has it, the prefix of the service and the name of the type,
/// and is looked up when the macro is compiled: a misspelt one is an error that contains the fix. The format of the ARNs comes from
/// the same place. The name must not be one that [`policy_core::names`] has for another type: `policy!` knows those by their names.
///
/// ```
/// use policy_core::names::{AccountId, Region};
/// use policy_macros::{policy, resource_arn};
///
/// resource_arn! {
///     /// The ARN of a ledger.
///     pub struct LedgerArn: "qldb:ledger"
/// }
///
/// policy! {
///     pub struct LedgerReader: IdentityPolicy { ledger: LedgerArn }
///     {
///         "Version": "2012-10-17",
///         "Statement": { "Effect": "Allow", "Action": "qldb:DescribeLedger", "Resource": "<ledger>" }
///     }
/// }
///
/// let ledger = LedgerArn::new("arn:aws:qldb:eu-west-1:111122223333:ledger/orders")?;
/// assert_eq!(ledger.region(), Region::from_static("eu-west-1"));
/// assert_eq!(ledger.name().as_str(), "orders");
/// assert!(LedgerReader { ledger }.to_json().contains(":ledger/orders"));
/// assert!(LedgerArn::new("arn:aws:sqs:eu-west-1:111122223333:orders").is_err());
/// # let _ = AccountId::from_static("111122223333");
/// # Ok::<(), policy_core::names::NameError>(())
/// ```
///
/// ```compile_fail
/// policy_macros::resource_arn! { pub struct LedgerArn: "qldb:leger" }
/// ```
///
/// ```text
/// error: `qldb` does not have the resource type `leger`
///   = help: write `qldb:ledger`
/// ```
#[proc_macro]
pub fn resource_arn(input: TokenStream) -> TokenStream {
    arn::expand(&Input::read(input.into())).into()
}

/// The items that describe an action to an editor; see `policy!`.
#[doc(hidden)]
#[proc_macro]
pub fn __editor(input: TokenStream) -> TokenStream {
    editor::items(&Input::read(input.into())).into()
}
