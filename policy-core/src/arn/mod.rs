//! Amazon Resource Names, and the patterns of them in a policy's `Resource`.
//!
//! An [`Arn`] identifies a single resource. An [`ArnPattern`] may have wildcards and policy variables;
//! [`ArnPattern::fits_format`] decides field by field whether it can match a resource of a type, [`Glob::intersects`]
//! whether two patterns have a match in common, and [`Glob::covers`] whether one matches everything that the other
//! matches.
//!
//! ```
//! use policy_core::arn::{ArnPattern, Fit, Misfit};
//!
//! let objects = ArnPattern::parse("arn:aws:s3:::staging/*")?;
//! assert_eq!(objects.fits_format("arn:${Partition}:s3:::${BucketName}/${ObjectName}"), Fit::Yes);
//! assert_eq!(objects.fits_format("arn:${Partition}:s3:::${BucketName}"), Fit::No(Misfit::Resource));
//! # Ok::<(), policy_core::arn::ArnError>(())
//! ```

mod cover;
mod error;
mod fields;
mod fit;
mod glob;
mod intersection;
mod literal;
mod pattern;
#[cfg(test)]
mod tests;
pub(crate) mod write;

pub use error::{ArnError, ArnErrorKind};
pub use fields::Field;
pub use fit::{Fit, Misfit};
pub use glob::Glob;
pub(crate) use glob::closing;
pub use literal::Arn;
pub use pattern::ArnPattern;
