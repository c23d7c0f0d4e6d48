//! What the ARNs of a known resource type are like.

#[cfg(test)]
mod alphabets;
pub(super) mod facts;
pub(super) mod fields;
pub(super) mod list;
#[cfg(feature = "values")]
pub(super) mod parts;
mod quirks;
#[cfg(test)]
mod tests;
mod walk;

pub(super) use quirks::{NO_KMS_ALIAS, ecs_tail};
pub(super) use walk::{start_of_name, verify};
