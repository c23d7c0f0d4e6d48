//! The IAM roles of Matillion's Maia runners, as typed presets.
//!
//! A runner on ECS Fargate has a *task role*, with the permissions of the runner itself, and a *task execution role*,
//! with the permissions that ECS needs to start it: read its credentials, write its logs, pull its image. A Hybrid
//! runner may have a script runner next to it, with a task role of its own; on EKS there is only the task role, which
//! pods assume.
//!
//! | role | must have | may have |
//! |---|---|---|
//! | [`Hybrid`] task | list secrets' names | pipelines' secrets and their keys, a staging bucket and its key, the extension library, your own policies |
//! | [`Hybrid`] execution | read the platform's credentials | their keys, the script runner's key pair, logs, private images |
//! | [`Hybrid`] script runner task | nothing | the extension library |
//! | [`Streaming`] task | list secrets' names | pipelines' secrets and their keys, a destination bucket and its key, your own policies |
//! | [`Streaming`] execution | read the agent's credentials | their keys, logs, private images |
//!
//! The [`guide`] makes a role of your own, compares a preset with a role that exists, and describes the command line. The documentation of [`policy_macros`] has a
//! tutorial from a vendor's page to a checked policy, and every error of [`policy!`] with its fix.
//!
//! # A preset
//!
//! A preset is created with the values that it requires; each `with_` function adds the permissions for one purpose.
//! All names are types, so a bucket cannot be passed as a Region, and a name cannot be misspelt into something that AWS
//! would accept without an error. The example `preset` is such a program.
//!
//! ```
//! use runner_profiles::policy_core::names::{AccountId, BucketName, Region, SecretArn};
//! use runner_profiles::{Bucket, Hybrid, RunnerName};
//!
//! // Constants are checked at compile time, other values by `new`.
//! const REGION: Region = Region::from_static("eu-west-1");
//! const ACCOUNT: AccountId = AccountId::from_static("111122223333");
//! const SNOWFLAKE: SecretArn =
//!     SecretArn::from_static("arn:aws:secretsmanager:eu-west-1:111122223333:secret:snowflake-password-a1B2c3");
//! const STAGING: BucketName = BucketName::from_static("maia-staging-111122223333");
//!
//! let hybrid = Hybrid::new(RunnerName::new("maia-prod")?, REGION, ACCOUNT, Hybrid::DEFAULT_PLATFORM_SECRET)
//!     .with_pipeline_secret(SNOWFLAKE)
//!     .with_staging_bucket(Bucket::new(STAGING).with_deletion())
//!     .with_logs();
//!
//! for role in hybrid.roles()? {
//!     // The trust policy and the inline policies, each as a typed policy; or all of it as JSON.
//!     println!("{}", role.to_json_pretty());
//! }
//! # Ok::<(), runner_profiles::RoleError>(())
//! ```
//!
//! # Your own policies
//!
//! Add the permissions that your pipelines need besides secrets and the staging bucket. This crate re-exports
//! [`policy!`], [`policy_file!`] and [`resource_arn!`], so that your crate does not need another dependency:
//!
//! ```
//! use runner_profiles::policy_core::names::{AccountId, PolicyName, Region};
//! use runner_profiles::{Hybrid, RunnerName, policy};
//!
//! policy! {
//!     const TEMPORARY_CREDENTIALS: IdentityPolicy = {
//!         "Version": "2012-10-17",
//!         "Statement": [
//!             {
//!                 "Effect": "Allow",
//!                 "Action": "redshift:GetClusterCredentials",
//!                 "Resource": "arn:aws:redshift:eu-west-1:111122223333:dbuser:warehouse/maia"
//!             }
//!         ]
//!     };
//! }
//!
//! # let hybrid = Hybrid::new(
//! #     RunnerName::new("maia-prod")?,
//! #     Region::from_static("eu-west-1"),
//! #     AccountId::from_static("111122223333"),
//! #     Hybrid::DEFAULT_PLATFORM_SECRET,
//! # );
//! let role = hybrid.task_role()?.with_policy(PolicyName::from_static("redshift"), TEMPORARY_CREDENTIALS)?;
//! assert_eq!(role.policies().len(), 2);
//! # Ok::<(), runner_profiles::RoleError>(())
//! ```
//!
//! # Tests of your own roles
//!
//! Write the requests that a role must allow or deny, with the expected decisions, as a file of cases, which
//! `policy_core::evaluate::cases` describes. The presets' own cases are in `runner-profiles/cases`, as a start. The
//! role's policies are those of the program, so the test covers the deployed role;
//! `role.json#/Policies/1/PolicyDocument` is the second inline policy in the output of [`Role::to_json`]. For this, a
//! crate needs in its `Cargo.toml` `[dev-dependencies] runner-profiles = { ..., features = ["cases"] }`.
//!
//! ```
//! use runner_profiles::policy_core::evaluate::cases::Cases;
//! use runner_profiles::policy_core::names::{AccountId, PolicyName, Region};
//! use runner_profiles::{Hybrid, RunnerName, policy};
//!
//! policy! {
//!     const SIGN_IN: IdentityPolicy = {
//!         "Version": "2012-10-17",
//!         "Statement": [{
//!             "Sid": "SignInToRedshift", "Effect": "Allow", "Action": "redshift:GetClusterCredentials",
//!             "Resource": "arn:aws:redshift:eu-west-1:111122223333:dbuser:warehouse/maia"
//!         }]
//!     };
//! }
//!
//! # let hybrid = Hybrid::new(
//! #     RunnerName::new("maia-prod")?,
//! #     Region::from_static("eu-west-1"),
//! #     AccountId::from_static("111122223333"),
//! #     Hybrid::DEFAULT_PLATFORM_SECRET,
//! # );
//! let role = hybrid.task_role()?.with_policy(PolicyName::from_static("redshift"), SIGN_IN)?;
//! let cases = r#"{
//!     "policies": {
//!         "task": {
//!             "caller": "arn:aws:sts::111122223333:assumed-role/maia-prod-task/ecs",
//!             "identity": ["role.json#/Policies/0/PolicyDocument", "role.json#/Policies/1/PolicyDocument"]
//!         }
//!     },
//!     "cases": [
//!         {
//!             "action": "redshift:GetClusterCredentials",
//!             "resource": "arn:aws:redshift:eu-west-1:111122223333:dbuser:warehouse/maia",
//!             "expect": "allowed", "by": "SignInToRedshift"
//!         },
//!         {
//!             "name": "signs in as nobody else",
//!             "action": "redshift:GetClusterCredentials",
//!             "resource": "arn:aws:redshift:eu-west-1:111122223333:dbuser:warehouse/admin",
//!             "expect": "implicitly denied"
//!         }
//!     ]
//! }"#; // In a test, `include_str!("cases.json")`.
//! let cases = Cases::read(cases, &mut |_| Ok(role.to_json()))?;
//! let report = cases.run();
//! assert!(report.is_success(), "{report:#}");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The same in Rust, without a file and without a feature: `Authorizer::builder().role(&role)` of `policy_core::evaluate` takes all
//! policies of a [`Role`], and refuses one with a managed policy whose text it does not have.
//!
//! Without Rust, `policy simulate CASES.json` does the same with the files that the cases name, such as the output of
//! the program `runner-profiles`.
//!
//! # Trust policies
//!
//! On ECS, `ecs-tasks.amazonaws.com` assumes the roles, by default only on behalf of the runner's own account: see
//! [`with_task_source`](Runner::with_task_source) and [`with_execution_source`](Runner::with_execution_source). On EKS,
//! a pod assumes them, by its service account or by Pod Identity:
//! [`Hybrid::task_role_on_eks`](Runner::task_role_on_eks).
//!
//! # As documented
//!
//! The default form is least privilege. [`as_documented`](Runner::as_documented) gives the JSON of Matillion's pages
//! instead, to the letter. [`Role::warnings`] and [`Role::findings`] report its mistakes that AWS accepts, and the
//! page's examples that can never work are rejected unless they are chosen by name: see [`AsDocumented`].
//!
//! # Deployment
//!
//! [`render`] writes roles as Terraform, as `CloudFormation`, as JSON files, and as commands of the AWS CLI;
//! [`RoleSettings`] are the other properties of a role: path, description, tags, session duration, permissions
//! boundary.
//!
//! ```
//! use runner_profiles::policy_core::names::{AccountId, Region};
//! use runner_profiles::render::Terraform;
//! use runner_profiles::{Hybrid, RoleSettings, RunnerName, Tag};
//!
//! let hybrid = Hybrid::new(
//!     RunnerName::new("maia-prod")?,
//!     Region::from_static("eu-west-1"),
//!     AccountId::from_static("111122223333"),
//!     Hybrid::DEFAULT_PLATFORM_SECRET,
//! );
//! let settings = RoleSettings::new().with_tag(Tag::new("team", "data")?)?;
//! let roles: Vec<_> = hybrid.roles()?.into_iter().map(|role| role.with_settings(settings.clone())).collect();
//!
//! let file = Terraform::new(&roles)?.to_json();
//! assert!(file.contains(r#""team": "data""#));
//! # Ok::<(), runner_profiles::RoleError>(())
//! ```
//!
//! # The command line
//!
//! With the feature `cli` there is a program that prints the roles, or writes them to files, in each of these forms:
//! [`guide::command_line`].

mod bucket;
mod choice;
mod documented;
mod eks;
mod error;
// For readers, and so that its examples are run.
#[cfg(any(doc, doctest))]
pub mod guide;
mod hybrid;
mod identifies;
mod key;
pub mod kind;
mod log_group;
mod name;
mod object;
mod policies;
pub mod render;
mod repository;
mod role;
mod runner;
mod secret;
mod site;
mod streaming;
mod trust;
mod warning;

pub use policy_core;
#[doc(hidden)]
pub use policy_macros as __policy_macros;

pub use bucket::{Bucket, S3Bucket};
pub use choice::{Form, Format, HybridScope, RoleKind, RunnerKind, SourceConditions, StreamingScope, ViaServiceSuffix};
pub use documented::AsDocumented;
pub use eks::{EksTrust, OidcProvider, ServiceAccount};
pub use error::RoleError;
pub use hybrid::Hybrid;
pub use identifies::Identifies;
pub use key::KmsKey;
pub use log_group::LogGroup;
pub use name::{RunnerName, RunnerNameError};
pub use repository::EcrRepository;
pub use role::{
    Changed, Drift, InlinePolicy, ManagedPolicy, ReadRoleError, ReadRoleMistake, Role, RoleDescription, RolePart,
    RoleSettings, SessionDuration, Tag, TagError,
};
pub use runner::Runner;
pub use secret::Secret;
pub use streaming::Streaming;
pub use warning::Warning;

/// A policy as JSON, checked by the compiler: see `policy_macros::policy!`. This one needs only this crate.
///
/// ```
/// use runner_profiles::policy;
/// use runner_profiles::policy_core::names::BucketName;
///
/// policy! {
///     pub struct ReadExports: IdentityPolicy {
///         bucket: BucketName,
///     }
///     {
///         "Version": "2012-10-17",
///         "Statement": [{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::<bucket>/*" }]
///     }
/// }
///
/// let policy = ReadExports { bucket: BucketName::from_static("exports") }.to_policy();
/// assert!(policy.to_json().contains("arn:aws:s3:::exports/*"));
/// ```
#[macro_export]
macro_rules! policy {
    ($($tokens:tt)*) => {
        $crate::__policy_macros::policy! { @crate($crate::policy_core, $crate::__policy_macros) $($tokens)* }
    };
}

/// A policy from a JSON file, checked by the compiler: see `policy_macros::policy_file!`. This one needs only this
/// crate. The path starts at the folder with your `Cargo.toml`.
///
/// ```
/// use runner_profiles::policy_file;
///
/// policy_file! { pub const AUDIT: IdentityPolicy = "examples/policies/audit.json"; }
///
/// assert!(!AUDIT.check().has_errors());
/// ```
#[macro_export]
macro_rules! policy_file {
    ($($tokens:tt)*) => {
        $crate::__policy_macros::policy_file! { @crate($crate::policy_core, $crate::__policy_macros) $($tokens)* }
    };
}

/// A type for the ARNs of a resource type that [`policy_core::names`] does not have: see `policy_macros::resource_arn!`. This one needs only
/// this crate.
///
/// ```
/// use runner_profiles::{policy, resource_arn};
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
/// let ledger = LedgerArn::from_static("arn:aws:qldb:eu-west-1:111122223333:ledger/orders");
/// assert!(LedgerReader { ledger }.to_json().contains(":ledger/orders"));
/// ```
#[macro_export]
macro_rules! resource_arn {
    ($($tokens:tt)*) => {
        $crate::__policy_macros::resource_arn! { @crate($crate::policy_core, $crate::__policy_macros) $($tokens)* }
    };
}
