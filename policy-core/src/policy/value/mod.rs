//! The values that conditions compare, parsed the same way for the checker and the evaluator.

mod base64;
mod boolean;
mod ip;
mod number;

#[cfg(feature = "evaluate")]
pub(crate) use crate::names::date::Instant;
pub(crate) use crate::names::date::{Date, days};
pub(crate) use base64::is_base64;
#[cfg(feature = "evaluate")]
pub(crate) use base64::is_canonical_base64;
pub(crate) use boolean::boolean;
pub(crate) use ip::IpRange;
pub(crate) use number::number;
