//! IAM policies that the compiler checks: [`policy!`] and [`policy_file!`].
//!
//! The macros read tokens, ask `policy-core` what is wrong with the policy that they are, and write Rust. No rule of IAM
//! lives here.
//!
//! A tutorial, and every error with what to write instead, are in the documentation of `runner-profiles`, under `guide`; what each
//! code of a finding means is at [`Code`](policy_core::finding::Code).

mod allow;
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
/// Any policy from a console or a vendor's page can be pasted, and copied back. What AWS would take in silence and never
/// grant (a misspelt action, an object action on a bucket, a condition key that the action does not carry) does not
/// compile, and the error says what to write instead.
///
/// # The four forms
///
/// **A constant.** It costs nothing at run time; it is of the `Copy` type
/// [`ConstPolicy`](policy_core::policy::ConstPolicy), whose `json()` is a `const fn`, and converts into the owned
/// [`Policy`](policy_core::policy::Policy):
///
/// ```
/// use policy_core::policy::TrustPolicy;
/// use policy_macros::policy;
///
/// policy! {
///     /// Whoever runs on ECS.
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
/// use policy_core::names::{AccountId, BucketName, NonEmpty, Region, SecretId};
/// use policy_core::policy::IdentityPolicy;
/// use policy_macros::policy;
///
/// policy! {
///     /// Permissions of a runner's task role.
///     #[derive(Clone, Debug)]
///     pub struct TaskRole: IdentityPolicy {
///         region: Region,
///         account_id: AccountId,
///         /// Full secret ids, with the six random characters.
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
/// The struct is yours: it has the attributes and the visibility that you write, and so have its fields (a field without a
/// visibility has the struct's). It gets `to_json()` (without white space, in one allocation), `to_json_pretty()`,
/// `to_policy()`, and `From<&TaskRole> for IdentityPolicy`.
///
/// A `#[cfg(...)]` on the struct holds for all that it gets. One on a field makes a hole that is filled only where the field is
/// there; such a field is an `Option`, and without it the template renders as with `None`. The struct has no generic
/// parameters: each field has a type that is known where the policy is checked.
///
/// **A file**, of which [`policy_file!`] makes a constant: for JSON that other tools read too.
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
/// N         = a type of policy_core::names
/// hole      = "<" word ( "-" word )* ">", in a string; a word is lower-case letters and digits
/// ```
///
/// The kind decides which elements the policy must and must not have, and is part of its type: a trust policy cannot be
/// passed where an identity policy is wanted.
///
/// JSON is as JSON is. Rust's lexer takes all of it but the escapes `\/` and `\uXXXX`: a string with these is written
/// `r#"..."#`, in which JSON's escapes hold. In addition an action may stand without quotes, so that errors point at it
/// exactly and an editor completes it:
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
///   `${...}` always is AWS's own policy variable.
/// - **Where a hole stands decides which types fit it.** The account of an ARN takes an
///   [`AccountId`](policy_core::names::AccountId), what follows `secret:` a [`SecretId`](policy_core::names::SecretId), a
///   whole `Resource` a [`SecretArn`](policy_core::names::SecretArn) or a
///   [`KmsKeyArn`](policy_core::names::KmsKeyArn), and so on; a part of a longer name, and a name that has no type of its
///   own, takes any. The error is at the field's type.
/// - No hole may stand in an action, an effect, a version, a `Sid`, the name of an element or the service of an ARN: what is
///   not written cannot be checked.
/// - `<partition>` and `<dns-suffix>` follow from the field that is a [`Region`](policy_core::names::Region), where no field
///   declares them. So one template is right in `aws`, `aws-cn`, `aws-us-gov` and all others.
/// - **A list**, [`NonEmpty<...>`](policy_core::names::NonEmpty), repeats its string, once an element. Where the string
///   stands alone, one element stays a string and several become an array. A string has at most one list. It takes the place
///   of the numbered placeholders that vendors write, `<secret-id-1>`, `<secret-id-2>`, `...`.
/// - **An `Option`** that is `None` drops its string, and the whole statement when that was its only resource or its only
///   principal. It may stand where dropping makes a policy allow less: so under `"Effect": "Allow"` only, not in
///   `NotResource` or `NotPrincipal`, and in a condition only if the statement's only resource has the same hole. One
///   statement at least must always be there.
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
/// error[E0277]: `Region` does not fit where the hole of this field stands
///   |
///   |     struct Queue: IdentityPolicy { region: Region, account_id: Region }
///   |                                                                ^^^^^^ this hole is an account id, as in the fifth field of an ARN
///   |
///   = note: write `AccountId`: 12 digits, kept as text
/// ```
///
/// # What is an error
///
/// All findings of [`policy_core::check`](policy_core::check::check()) of severity `ERROR` and `SECURITY_WARNING`, and all
/// that mean that the statement grants nothing. One compile reports all mistakes of a policy, and the item is there even so,
/// so that nothing else fails for want of it. Warnings and suggestions are shown on request, by `#[policy(warnings)]` on the
/// item.
///
/// # The way out
///
/// Where you know better than the checker, an action that AWS announced yesterday, say so, with the code and the text that
/// the message names, and a reason. Where what is found may be right after all, the message shows the attribute to write:
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
/// An allowance that no longer hides anything is an error, so that it goes when the next release knows the action.
///
/// # What it is attached to
///
/// What a resource policy is attached to decides what may stand in it. Say so by its `CloudFormation` type, one of
/// [`AttachedTo`](policy_core::policy::AttachedTo), and the policy is held to that:
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
/// The policy of a VPC endpoint (`"AWS::EC2::VPCEndpoint"`) is one that opens nothing by itself, so that `"Principal": "*"` is
/// right in it.
///
/// # In an editor
///
/// rust-analyzer shows what the catalogue knows of an action where the cursor is on it, quoted or not: access level, resource
/// types, condition keys, dependent actions, and AWS's page; of wildcards, the actions that they match. An action without
/// quotes is completed, `s3:G`, once a letter of its name is there. In a template, a string with holes shows the fields that
/// fill them, and leads to them. What does not compile is underlined while it is written.
///
/// # Where policy-core has another name
///
/// The expansion says `::policy_core`. `#[policy(crate = path)]` on the item names another path. A crate that re-exports
/// both, so that its users depend on it alone, wraps the macro:
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

/// A policy that stands in a file of its own, checked by the compiler.
///
/// The path is counted from the folder of the package's `Cargo.toml`. The policy is compiled anew when the file changes.
/// What comes out is a constant, as [`policy!`] makes it; attributes are the same. An error stands at the path, and shows the
/// line of the file.
///
/// ```
/// use policy_macros::policy_file;
///
/// policy_file! {
///     /// What the auditors may read.
///     pub const AUDIT: IdentityPolicy = "examples/policies/audit.json";
/// }
///
/// assert!(AUDIT.json().starts_with(r#"{"Version":"2012-10-17""#));
/// ```
#[proc_macro]
pub fn policy_file(input: TokenStream) -> TokenStream {
    file::expand(&Input::read(input.into())).into()
}

/// The items that show an editor what an action is; see `policy!`.
#[doc(hidden)]
#[proc_macro]
pub fn __editor(input: TokenStream) -> TokenStream {
    editor::items(&Input::read(input.into())).into()
}
