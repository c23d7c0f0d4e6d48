//! Names as values, of types that no invalid text can be of.
//!
//! The checker needs none of it: it asks the [`NameKind`] about a text. So it is behind a feature that `policy-macros` leaves off.

mod arn_of;
mod arns;
mod bucket;
mod kept;
mod kind;
mod kms;
mod list;
mod principal;
mod region;
mod secret;
#[cfg(feature = "serde")]
mod serde;

use std::borrow::Cow;
use std::fmt;

use super::NameKind;
use super::error::NameError;

pub use arn_of::{
    ArnOf, ArnType, InAccount, InRegion, OneName, OneNameInAccount, OneNameInPartition, ResourceArn, WithPath,
};
pub use arns::*;
pub use list::*;

/// A text that is valid for its type and can be written in a policy as is: no name contains a character that JSON would
/// escape.
///
/// All types of [`names`](super) implement it; [`NameKind`] has the same properties for a type known only by its name.
///
/// ```
/// use policy_core::names::{AccountId, Name};
///
/// fn widest<N: Name>() -> usize {
///     N::MAX_LEN
/// }
/// assert_eq!(widest::<AccountId>(), 12);
/// ```
pub trait Name: AsRef<str> + fmt::Display + Sized {
    /// The kind of name.
    const KIND: NameKind;
    /// The minimum length of a value in a policy, in characters.
    const MIN_LEN: usize = Self::KIND.min_len();
    /// The maximum length of a value in a policy, in characters.
    const MAX_LEN: usize = Self::KIND.max_len();
    /// A valid value, for examples and to check a policy with holes.
    const SAMPLE: &'static str = Self::KIND.sample();

    /// Parses the text as this type of name.
    #[inline]
    fn parse_name(text: &str) -> Result<Self, NameError> {
        Self::KIND.parse(text.to_owned()).map(Self::__verified)
    }

    /// The name with a text that has been checked.
    #[doc(hidden)]
    fn __verified(text: Cow<'static, str>) -> Self;
}

/// A name that is not an ARN.
pub trait PlainName: Name {}
