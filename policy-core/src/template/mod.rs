//! Policies with holes, and how they are rendered as JSON.
//!
//! `policy!` expands a template to one string constant, written by [`Program`], and one call of [`render`]. Data is
//! cheap to compile, whereas code that pushes one string after the other costs many times as much.

#[cfg(feature = "values")]
mod fill;
#[cfg(feature = "values")]
mod partitions;
#[cfg(feature = "values")]
mod piece;
mod program;
#[cfg(feature = "values")]
mod render;
#[cfg(test)]
mod tests;

#[cfg(feature = "values")]
pub use fill::Fill;
#[cfg(feature = "values")]
pub use partitions::{AnyValue, PartitionError, Value, one_partition};
pub use program::Program;
#[cfg(feature = "values")]
pub use render::{policy, pretty, render};
