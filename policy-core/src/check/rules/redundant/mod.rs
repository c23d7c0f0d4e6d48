//! What could be left out without a change of what the policy allows and denies, and what is taken back whole.
//!
//! None of it is wrong today. An author who changes one of two equivalent entries, though, believes that it is done.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>

mod element;
mod nothing;
mod number;
mod session;
mod statement;
mod swallowed;
#[cfg(test)]
mod tests;
mod whole;
mod wildcard;

use super::Rule;

pub(super) const RULES: &[Rule] = &[
    element::RULE,
    nothing::RULE,
    number::RULE,
    session::RULE,
    statement::RULE,
    swallowed::RULE,
    wildcard::RULE,
];
