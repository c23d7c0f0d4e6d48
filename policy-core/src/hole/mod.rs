//! Holes: `<account-id>` in a string of a policy, and the types that can fill each.
//!
//! The position decides: a [`Region`](crate::names::Region) cannot fill the account field of an ARN. Each position is a
//! [`Site`] and a trait, implemented by the types that can fill it, so that the compiler rejects other types at the
//! field's type, with a message that names the right one.

#[cfg(feature = "values")]
mod applied;
mod list;
mod notation;
mod part;
mod places;
mod position;
#[cfg(feature = "values")]
mod site;
#[cfg(test)]
mod tests;
mod value;

pub use crate::kebab::kebab;
#[cfg(feature = "values")]
pub use applied::{assert_applied, assert_continued};
pub use notation::{Bracketed, Malformed, bracketed};
pub use places::Site;
pub use position::{HoleError, StringContext, StringPosition, strings};
#[cfg(feature = "values")]
pub use site::*;
