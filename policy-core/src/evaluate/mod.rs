//! The evaluator: does this policy allow that request?
//!
//! An [`Authorizer`] is made of the policies that apply, once, and asked as often as you like: asking allocates nothing, and
//! looks only at statements that can be about the action. It follows AWS's published evaluation logic,
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
//! assert!(authorizer.ask(&read("111122223333/a.csv")).is_allowed());
//! assert_eq!(authorizer.ask(&read("444455556666/a.csv")).outcome(), Outcome::ImplicitlyDenied);
//!
//! let request = read("111122223333/secret/a.csv");
//! let decision = authorizer.ask(&request);
//! assert_eq!(decision.outcome(), Outcome::ExplicitlyDenied);
//! assert_eq!(decision.statement().unwrap().sid(), Some("NoSecrets"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # A unit test of a role
//!
//! Least privilege is what a role is *not* allowed, so a test says both. Where it fails, [`Authorizer::explain`] says of each
//! statement why it does or does not apply:
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
//!     Request::new(caller.clone(), "secretsmanager:GetSecretValue", &arn).with("aws:RequestedRegion", region)
//! };
//!
//! for (region, secret, expected) in [
//!     ("eu-west-1", "snowflake-password-a1B2c3", true),
//!     ("eu-west-1", "payroll-a1B2c3", false),
//!     ("us-east-1", "snowflake-password-a1B2c3", false),
//! ] {
//!     let request = read(region, secret);
//!     let decision = role.ask(&request);
//!     assert_eq!(decision.is_allowed(), expected, "{}", role.explain(&request));
//! }
//!
//! let request = read("us-east-1", "snowflake-password-a1B2c3");
//! assert_eq!(
//!     role.ask(&request).to_string(),
//!     "explicitly denied by statement 2 `OnlyEurope` of policy 1 of the service control policies of level 0"
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Tests that are data, not code, are a file of cases, as `evaluate::cases` (feature `cases`) reads them; the command line's
//! `policy simulate` runs such a file, and `policy actions` lists what the wildcards of a policy's actions mean, which is
//! [`catalogue::actions_matching`](crate::catalogue::actions_matching).
//!
//! # What a request has to say
//!
//! The caller and the resource's ARN say much: the account of either, and the keys that follow from who asks. What else
//! conditions ask for, the request has to say by [`Request::with`]: a key that it does not have is absent, as it is for AWS
//! where a service does not send it. [`Explanation::undecided`] lists the statements for which that mattered.

mod arn;
mod authorizer;
mod caller;
#[cfg(feature = "cases")]
pub mod cases;
mod condition;
mod context;
mod decision;
mod explain;
mod index;
mod malformed;
mod pattern;
mod request;
mod statement;
#[cfg(test)]
mod tests;
mod unmet;

pub use authorizer::{Authorizer, Builder, Source};
pub use caller::{Caller, NoCaller};
pub use context::{Context, ContextValue};
pub use decision::{Decision, Exemption, Layer, Outcome, StatementId};
pub use explain::{Explanation, Reason};
pub use request::Request;
pub use unmet::UnmetCondition;
