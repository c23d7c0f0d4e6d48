//! Holes: `<account-id>` in a string of a policy, and which types fit where it stands.
//!
//! The place decides: a [`Region`](crate::names::Region) cannot stand where an ARN has its account. Each place is a
//! [`Site`], and a trait that the types have that fit it, so that it is the compiler that refuses the others, at the field's
//! type and in words that name the right one.

mod notation;
mod site;
mod stand;

pub use notation::{Bracketed, Malformed, bracketed, kebab};
pub use site::*;
pub use stand::{Here, Misplaced, Stand, strings};
