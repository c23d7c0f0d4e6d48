//! The values that conditions compare: one reading for the checker and for the evaluator.

mod date;
mod ip;
mod number;

pub(crate) use date::{Date, Instant};
pub(crate) use ip::{IpRange, NoIpRange};
pub(crate) use number::number;
