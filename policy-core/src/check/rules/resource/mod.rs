//! Resources: the form of ARNs.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>

mod bucket;
mod field;
mod form;
mod replaced;
mod requests;
mod respelt;
mod secret;
mod shape;
mod shown;
mod slash;
mod string;
#[cfg(test)]
mod tests;
#[cfg(feature = "evaluate")]
mod unreadable;

use super::Rule;

pub(super) use respelt::{Wanted, meant};
#[cfg(feature = "evaluate")]
pub(in crate::check) use unreadable::unreadable;

pub(super) const RULES: &[Rule] = &[
    bucket::RULE,
    field::RULE,
    form::RULE,
    requests::RULE,
    secret::RULE,
    shape::RULE,
    slash::RULE,
    string::RULE,
];
