//! The evaluator: does this policy allow that request?
//!
//! An [`Authorizer`] is built once from the policies that apply, and answers any number of requests: a decision
//! allocates nothing, and evaluates only the statements that may match the action. It follows AWS's published
//! evaluation logic,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>.
//!
//! ```
//! use policy_core::evaluate::{Authorizer, Caller, Outcome, Request};
//! use policy_core::policy::IdentityPolicy;
//!
//! let policy: IdentityPolicy = r#"{ "Version": "2012-10-17", "Statement": [
//!     { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::exports/${aws:PrincipalAccount}/*" },
//!     { "Sid": "NoSecrets", "Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::*/secret/*" }] }"#.parse()?;
//! let authorizer = Authorizer::builder().identity(&policy).build();
//!
//! let role = Caller::from_arn("arn:aws:iam::111122223333:role/reader")?;
//! let read = |key| Request::new(role.clone(), "s3:GetObject", &format!("arn:aws:s3:::exports/{key}"));
//! assert!(authorizer.ask(&read("111122223333/a.csv")?).is_allowed());
//! assert_eq!(authorizer.ask(&read("444455556666/a.csv")?).outcome(), Outcome::ImplicitlyDenied);
//!
//! let request = read("111122223333/secret/a.csv")?;
//! let decision = authorizer.ask(&request);
//! assert_eq!(decision.outcome(), Outcome::ExplicitlyDenied);
//! assert_eq!(decision.statement().unwrap().sid(), Some("NoSecrets"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # A unit test of a role
//!
//! Least privilege is about what a role is *not* allowed to do, so test both. AWS never gets a request for a misspelled
//! action, and it is denied whatever the policies are; so a [`Request`] is checked when it is built. Where a test fails,
//! [`Authorizer::explain`] shows for each statement why it does or does not apply:
//!
//! ```
//! use policy_core::evaluate::{Authorizer, Caller, Request};
//! use policy_core::policy::{IdentityPolicy, ServiceControlPolicy};
//!
//! let task: IdentityPolicy = r#"{ "Version": "2012-10-17", "Statement": [
//!     { "Sid": "ReadSecrets", "Effect": "Allow", "Action": "secretsmanager:GetSecretValue",
//!       "Resource": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:snowflake-*" }] }"#.parse()?;
//! let guardrail: ServiceControlPolicy = r#"{ "Version": "2012-10-17", "Statement": [
//!     { "Effect": "Allow", "Action": "*", "Resource": "*" },
//!     { "Sid": "OnlyEurope", "Effect": "Deny", "Action": "*", "Resource": "*",
//!       "Condition": { "StringNotLike": { "aws:RequestedRegion": "eu-*" } } }] }"#.parse()?;
//! let role = Authorizer::builder().identity(&task).service_control(0, &guardrail).build();
//! let caller = Caller::from_arn("arn:aws:sts::111122223333:assumed-role/maia-task/ecs")?;
//! let read = |region: &str, secret: &str| {
//!     let arn = format!("arn:aws:secretsmanager:{region}:111122223333:secret:{secret}");
//!     Request::new(caller.clone(), "secretsmanager:GetSecretValue", &arn)?.with("aws:RequestedRegion", region)
//! };
//!
//! for (region, secret, expected) in [
//!     ("eu-west-1", "snowflake-password-a1B2c3", true),
//!     ("eu-west-1", "payroll-a1B2c3", false),
//!     ("us-east-1", "snowflake-password-a1B2c3", false),
//! ] {
//!     let request = read(region, secret)?;
//!     let decision = role.ask(&request);
//!     assert_eq!(decision.is_allowed(), expected, "{}", role.explain(&request));
//! }
//!
//! let request = read("us-east-1", "snowflake-password-a1B2c3")?;
//! assert_eq!(
//!     role.ask(&request).to_string(),
//!     "explicitly denied by statement 2 `OnlyEurope` of policy 1 of the service control policies at level 0"
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Tests can also be data: `evaluate::cases` (feature `cases`) reads them from a file. On the command line, `policy
//! simulate` runs such a file, and `policy actions` lists the actions that a policy's wildcards match, as
//! [`catalogue::actions_matching`](crate::catalogue::actions_matching) does.
//!
//! # The request context
//!
//! The caller and the resource's ARN determine their accounts and some condition keys: `aws:ResourceAccount` is there if the ARN
//! has an account, which a bucket's does not. Add the other keys that
//! conditions use with [`Request::with`]: a key that is not added is missing, as it is for AWS when a service does not
//! send it. [`Explanation::undecided`] lists the statements for which that made a difference.

mod access;
mod arn;
mod authorizer;
mod builder;
mod caller;
mod caller_error;
mod caller_keys;
#[cfg(feature = "cases")]
pub mod cases;
mod checked;
mod condition;
mod context;
mod decimal;
mod decision;
mod explain;
mod group;
mod index;
mod letters;
mod malformed;
mod moment;
mod path;
mod pattern;
mod principals;
mod request;
mod request_error;
mod resource_account;
mod role;
mod service_rule;
mod session_tags;
mod statement;
#[cfg(test)]
mod tests;
mod unmet;
mod unread;
mod unwritten;

pub use access::{Access, Dependency, PrincipalSet};
pub use authorizer::Authorizer;
pub use builder::{Builder, Source};
pub use caller::Caller;
pub use caller_error::ParseCallerError;
pub use context::{Context, ContextValue};
pub use decision::{Decision, Exemption, Layer, Outcome, StatementId};
pub use explain::{Explanation, Reason};
pub use request::Request;
pub use request_error::RequestError;
pub use role::{RoleSource, UnknownPolicyError};
pub use service_rule::ServiceRule;
pub use unmet::UnmetCondition;
