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
//!     { "Sid": "NoSecrets", "Effect": "Deny", "Action": "s3:*", "Resource": "*/secret/*" }] }"#.parse()?;
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
