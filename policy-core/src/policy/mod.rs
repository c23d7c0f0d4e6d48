//! The model of a policy.
//!
//! A [`Policy<Kind>`](Policy) is text with the structure of a policy of its kind, kept as written.
//! [`statements`](Policy::statements) lends its statements, to read them; [`map`](Policy::map), [`retain`](Policy::retain) and
//! others edit them; [`build`] creates a policy from statements. [`read()`] parses any document, whatever its mistakes, into an
//! [`Outline`], which the checker and the evaluator use.

mod attached_to;
#[cfg(feature = "edit")]
pub mod build;
mod compare;
#[cfg(feature = "values")]
mod convert;
mod demands;
#[cfg(feature = "edit")]
mod edit;
pub mod kind;
#[cfg(feature = "values")]
mod non_empty;
mod operator;
#[cfg(feature = "values")]
mod owned;
mod principal;
mod read;
#[cfg(feature = "serde")]
mod serde;
#[cfg(feature = "serde_json")]
mod serde_json;
mod statement;
#[cfg(test)]
mod tests;
pub(crate) mod value;
pub(crate) mod variable;
#[cfg(feature = "edit")]
mod versions;
#[cfg(feature = "edit")]
mod view;
#[cfg(feature = "edit")]
mod whole;
#[cfg(feature = "values")]
mod written;

#[cfg(feature = "values")]
pub use crate::template::PartitionError;
pub use attached_to::AttachedTo;
#[cfg(feature = "edit")]
pub use build::Statement;
pub(crate) use compare::StatementMeaning;
pub(crate) use demands::REJECTED_BY_ORGANIZATIONS;
pub use kind::Kind;
#[cfg(feature = "values")]
pub use kind::PolicyKind;
#[cfg(feature = "values")]
pub use non_empty::{EmptyError, NonEmpty};
pub use operator::{Comparison, Family, Operator, Qualifier};
#[cfg(feature = "values")]
pub use owned::{
    ConstPolicy, IdentityPolicy, Located, Policy, ReadError, ResourceControlPolicy, ResourcePolicy,
    ServiceControlPolicy, SessionPolicy, TrustPolicy,
};
pub(crate) use principal::account_of_root;
pub use principal::{Principal, PrincipalKey, principals};
pub(crate) use read::idle_statement_removal;
pub use read::{STATEMENT_ELEMENTS, TOP_ELEMENTS, read};
#[cfg(feature = "evaluate")]
pub(crate) use statement::in_policy;
pub use statement::{Condition, Effect, Element, Outline, StatementOutline, Version};
#[cfg(feature = "edit")]
pub use view::{StatementRef, Statements};
#[cfg(feature = "edit")]
pub use whole::{Difference, MergeError, SplitError, Wildcards};
