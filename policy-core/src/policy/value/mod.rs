//! The values that conditions compare: one reading for the checker and for the evaluator.

mod boolean;
mod date;
mod ip;
mod number;

pub(crate) use boolean::boolean;
#[cfg(feature = "evaluate")]
pub(crate) use date::Instant;
pub(crate) use date::{Date, days};
pub(crate) use ip::IpRange;
pub(crate) use number::number;
