//! The values that conditions compare: one reading for the checker and for the evaluator.

mod date;
mod ip;
mod number;

pub(crate) use date::{Date, Instant, days};
pub(crate) use ip::IpRange;
pub(crate) use number::number;
