//! The evaluator against requests whose answers are known.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod cases;
mod golden;
mod presets;
mod situations;
