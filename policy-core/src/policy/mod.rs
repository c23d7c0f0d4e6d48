//! The model of a policy.

pub mod kind;

pub use kind::Kind;
