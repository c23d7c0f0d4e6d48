//! Every policy of the presets, each written with `policy!`: checked when this crate is compiled.
//!
//! The least-privilege forms have `Version` first, the statement's keys in the order Sid, Effect, Principal, Action,
//! Resource, Condition, actions in alphabetical order, and one statement for each service and resource type. A role's
//! policy is made of those that it needs, one after the other; a prefix of a bucket's keys and the source of a trust policy's requests are
//! added to them as values.

pub(crate) mod bucket;
pub(crate) mod documented;
pub(crate) mod execution;
pub(crate) mod keys;
pub(crate) mod secrets;
pub(crate) mod trust;
