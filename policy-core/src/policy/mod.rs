//! The model of a policy.
//!
//! A [`Policy<Kind>`](Policy) is a document that has the form of a policy of its kind. It keeps the document as it was
//! written, the order of elements, scalars and lists included, and [`outline`](Policy::outline) is what it says.

mod compare;
mod demands;
pub mod kind;
mod nearest;
mod operator;
mod owned;
mod principal;
mod read;
mod statement;
#[cfg(test)]
mod tests;

pub use kind::{Kind, PolicyKind};
pub use nearest::nearest;
pub use operator::{Comparison, Family, Operator, Qualifier};
pub use owned::{
    ConstPolicy, IdentityPolicy, Policy, ReadError, ResourceControlPolicy, ResourcePolicy, ServiceControlPolicy,
    SessionPolicy, TrustPolicy,
};
pub use principal::{Principal, PrincipalKey, principals};
pub use read::read;
pub use statement::{Condition, Effect, Element, Outline, Statement, Version};
