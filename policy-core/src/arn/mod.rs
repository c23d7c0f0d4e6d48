//! Amazon Resource Names, and the patterns of them in a policy's `Resource`.
//!
//! An [`Arn`] identifies a single resource. An [`ArnPattern`] may have wildcards and policy variables;
//! [`ArnPattern::fits_format`] decides field by field whether it can match a resource of a type, [`Glob::intersects`]
//! whether two patterns have a match in common, and [`Glob::covers`] whether one matches everything that the other
//! matches.
//!
//! ```
//! use policy_core::arn::{ArnFormat, ArnPattern, Fit, Misfit};
//!
//! let object = ArnFormat::parse("arn:${Partition}:s3:::${BucketName}/${ObjectName}")?;
//! let bucket = ArnFormat::parse("arn:${Partition}:s3:::${BucketName}")?;
//! let objects = ArnPattern::parse("arn:aws:s3:::staging/*")?;
//! assert_eq!(objects.fits_format(object), Fit::Yes);
//! assert_eq!(objects.fits_format(bucket), Fit::No(Misfit::Resource));
//! # Ok::<(), policy_core::arn::ArnError>(())
//! ```

mod candidates;
mod completion;
mod cover;
mod error;
mod fields;
mod fit;
mod format;
mod glob;
mod intersection;
#[cfg(feature = "values")]
mod literal;
pub(crate) mod meant;
pub(crate) mod name;
mod owner;
mod pattern;
mod sieve;
#[cfg(test)]
mod tests;
mod variable;
pub(crate) mod wildcard;
pub(crate) mod write;

pub(crate) use candidates::{Candidates, literal_start};
pub(crate) use completion::completion;
pub use error::{ArnError, ArnErrorKind};
pub(crate) use fields::FIELDS;
pub use fields::Field;
pub(crate) use fields::fields;
pub use fit::{Fit, Misfit};
pub use format::ArnFormat;
pub(crate) use format::{Piece, WITHOUT_LEADING_SLASH};
pub use glob::Glob;
#[cfg(feature = "values")]
pub use literal::Arn;
pub use name::NameFormat;
pub(crate) use owner::is_owned_by_aws;
pub use pattern::ArnPattern;
pub(crate) use sieve::Sieve;
pub(crate) use variable::closing;
