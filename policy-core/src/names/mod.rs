//! Names of AWS resources, each a type whose values are always valid.
//!
//! A name is parsed once, on input, with `new`, `parse` or `try_from`; the error is a [`NameError`] that says what to
//! write instead. For constants, `from_static` applies the same rule at compile time:
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
//! ARNs of a known resource type are types too, such as [`QueueArn`] and [`BucketArn`], each an [`ArnOf`] its resource type. Their
//! formats are those of the service authorization reference, and their parts can be read:
//!
//! ```
//! use policy_core::names::EcsServiceArn;
//!
//! let service = EcsServiceArn::new("arn:aws:ecs:eu-west-1:111122223333:service/prod/web")?;
//! assert_eq!((service.cluster().as_str(), service.name().as_str()), ("prod", "web"));
//! # Ok::<(), policy_core::names::NameError>(())
//! ```
//!
//! `resource_arn!` of `policy-macros` makes such a type for any other resource type.
//!
//! A name identifies one resource: it contains no wildcard and no policy variable. ([`SecretId::by_name`] is the
//! exception: AWS requires its wildcards.) No name contains a character that JSON escapes or that policies do not
//! allow.

mod account;
mod arn_of;
pub(crate) mod date;
mod error;
mod host;
mod iam;
mod ip;
mod kind;
mod kms;
mod list;
mod number;
pub(crate) mod principals;
mod reason;
pub(crate) mod region;
mod resource;
mod s3;
mod scan;
mod secret;
#[cfg(test)]
mod tests;
mod told;
#[cfg(feature = "values")]
mod values;

pub(crate) use account::is_account_id;
pub use arn_of::facts::ArnKind;
#[cfg(feature = "values")]
pub(crate) use arn_of::facts::is_same as is_same_format;
#[doc(hidden)]
pub use arn_of::facts::{ArnFacts, Owner, Part};
pub use error::NameError;
pub use kind::NameKind;
#[cfg(feature = "values")]
pub use values::*;
