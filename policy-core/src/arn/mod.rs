//! Amazon Resource Names, and the patterns of them that a policy's `Resource` holds.
//!
//! An [`Arn`] names one thing. An [`ArnPattern`] may have wildcards and policy variables; whether it can mean a thing
//! of some type is asked field by field with [`ArnPattern::fits_format`], whether two patterns have anything in common
//! with [`Glob::intersects`], and whether one takes in all of the other with [`Glob::covers`].
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
