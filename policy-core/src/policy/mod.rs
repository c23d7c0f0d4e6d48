//! The model of a policy.
//!
//! A [`Policy<Kind>`](Policy) is text with the structure of a policy of its kind, kept as written.
//! [`statements`](Policy::statements) lends its statements, to read them; [`map`](Policy::map), [`retain`](Policy::retain) and
//! others edit them; [`build`] creates a policy from statements. [`read()`] parses any document, whatever its mistakes, into an
//! [`Outline`], which the checker and the evaluator use.

mod actions;
mod attached_to;
pub mod build;
mod compare;
mod convert;
mod demands;
mod difference;
mod edit;
pub mod kind;
mod merge;
mod minify;
mod non_empty;
mod normalize;
mod operator;
mod owned;
mod principal;
mod read;
#[cfg(feature = "serde")]
mod serde;
#[cfg(feature = "serde_json")]
mod serde_json;
mod split;
mod statement;
#[cfg(test)]
mod tests;
pub(crate) mod value;
pub(crate) mod variable;
mod view;
mod written;

pub use actions::Wildcards;
pub use attached_to::AttachedTo;
pub use build::Statement;
pub(crate) use compare::StatementMeaning;
pub use difference::Difference;
pub use kind::{Kind, PolicyKind};
pub use merge::MergeError;
pub use non_empty::{EmptyError, NonEmpty};
pub use operator::{Comparison, Family, Operator, Qualifier};
pub use owned::{
    ConstPolicy, IdentityPolicy, Located, Policy, ReadError, ResourceControlPolicy, ResourcePolicy,
    ServiceControlPolicy, SessionPolicy, TrustPolicy,
};
pub(crate) use principal::account_of_root;
pub use principal::{Principal, PrincipalKey, principals};
pub use read::{STATEMENT_ELEMENTS, TOP_ELEMENTS, read};
pub use split::SplitError;
pub use statement::{Condition, Effect, Element, Outline, StatementOutline, Version};
pub use view::{StatementRef, Statements};
