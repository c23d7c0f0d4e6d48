//! The model of a policy.
//!
//! A [`Policy<Kind>`](Policy) is text with the structure of a policy of its kind, kept as written; [`build`] creates
//! one from statements. [`read()`] parses a document into an [`Outline`], which the checker and the evaluator use.

mod attached_to;
pub mod build;
mod compare;
mod demands;
mod difference;
pub mod kind;
mod operator;
mod owned;
mod principal;
mod read;
#[cfg(feature = "serde")]
mod serde;
mod statement;
#[cfg(test)]
mod tests;
pub(crate) mod value;
pub(crate) mod variable;
mod written;

pub use attached_to::{AttachedTo, ParseAttachedToError};
pub(crate) use compare::StatementMeaning;
pub use difference::Difference;
pub use kind::{Kind, PolicyKind};
pub use operator::{Comparison, Family, Operator, Qualifier};
pub use owned::{
    ConstPolicy, IdentityPolicy, Located, Policy, ReadError, ResourceControlPolicy, ResourcePolicy,
    ServiceControlPolicy, SessionPolicy, TrustPolicy,
};
pub(crate) use principal::account_of_root;
pub use principal::{Principal, PrincipalKey, principals};
pub use read::read;
pub use statement::{Condition, Effect, Element, Outline, Statement, Version};
