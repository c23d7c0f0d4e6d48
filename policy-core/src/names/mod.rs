//! Names of things in AWS, each a type that only a right name can have.
//!
//! A name is parsed once, at the door, with `new`, `parse` or `try_from`; what is wrong with it is a [`NameError`]
//! that says what to write instead. In a constant, `from_static` applies the same rule when the program is compiled:
//!
//! ```
//! use policy_core::names::AccountId;
//!
//! const PRODUCTION: AccountId = AccountId::from_static("111122223333");
//!
//! let given = String::from("1111-2222-3333");
//! let error = AccountId::new(given).unwrap_err();
//! assert_eq!(error.suggestion().as_deref(), Some("111122223333"));
//! # let _ = PRODUCTION;
//! ```
//!
//! ```compile_fail,E0080
//! # use policy_core::names::AccountId;
//! const PRODUCTION: AccountId = AccountId::from_static("1111-2222-3333");
//! ```
//!
//! A name is one thing: no wildcard, no policy variable. ([`SecretId::by_name`] is the exception, whose wildcards AWS
//! itself makes necessary.) No name holds a character that JSON escapes or that a policy cannot hold.

mod account;
mod arns;
mod define;
mod error;
mod host;
mod iam;
mod kms;
mod list;
mod nearest;
mod non_empty;
mod reason;
mod region;
mod resource;
mod s3;
mod scan;
mod secret;
mod sentence;
#[cfg(feature = "serde")]
mod serde;
#[cfg(test)]
mod tests;

pub use define::Name;
pub use error::NameError;
pub use list::*;
pub use nearest::nearest;
pub use non_empty::{EmptyError, Iter, NonEmpty};
