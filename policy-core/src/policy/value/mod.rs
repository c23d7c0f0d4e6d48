//! The values that conditions compare, parsed the same way for the checker and the evaluator.

mod base64;
mod boolean;
mod date;
mod ip;
mod number;

pub(crate) use base64::is_base64;
pub(crate) use boolean::boolean;
#[cfg(feature = "evaluate")]
pub(crate) use date::Instant;
pub(crate) use date::{Date, days};
pub(crate) use ip::IpRange;
pub(crate) use number::number;
