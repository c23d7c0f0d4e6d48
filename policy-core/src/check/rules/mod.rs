//! The rules: a folder a family, a file a rule.
//!
//! A rule is a function from facts to findings. It is given what the document means and nothing that another rule has found,
//! so that it can be read, run and listed alone. What its findings have to do with those of others is in the
//! [verdict](super::verdict).
//!
//! Beside each family's rules stand the pages of their codes, `CODE.md`: why it matters, a policy that has it, and one that
//! does not. A code whose page is missing does not compile.

pub(super) mod action;
mod attached;
mod condition;
mod exposure;
pub(super) mod fit;
mod form;
mod grant;
mod mend;
mod organization;
pub(super) mod principal;
mod redundant;
pub(super) mod resource;
mod rule;
mod short_arn;
#[cfg(test)]
mod tests;
pub(super) mod text;
mod trust;
mod value;
pub(super) mod variable;

use super::facts::Facts;
use crate::finding::Finding;

pub(super) use rule::{Rule, Run};

/// The rules of each family.
const FAMILIES: [&[Rule]; 15] = [
    form::RULES,
    action::RULES,
    resource::RULES,
    fit::RULES,
    attached::RULES,
    condition::RULES,
    value::RULES,
    variable::RULES,
    principal::RULES,
    trust::RULES,
    exposure::RULES,
    organization::RULES,
    grant::RULES,
    redundant::RULES,
    text::RULES,
];

/// Every rule.
pub(super) fn all() -> impl Iterator<Item = &'static Rule> {
    FAMILIES.into_iter().flatten()
}

/// What these rules find. One that finds nothing that is asked for need not run.
pub(super) fn run<'r>(rules: impl Iterator<Item = &'r Rule>, facts: &Facts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    // Nearly every rule finds nothing, and unoptimized, inside rustc, to extend by that costs more than the rule.
    let mut add = |more: Vec<Finding>| {
        if !more.is_empty() {
            found.extend(more);
        }
    };
    let wants_all = facts.options.wants_all_codes();
    for rule in rules {
        if !wants_all && !rule.codes.iter().any(|code| facts.options.wants_code(*code)) {
            continue;
        }
        match rule.run {
            Run::Policy(run) => add(run(facts)),
            Run::Statement(run) => {
                for statement in &facts.statements {
                    add(run(facts, statement));
                }
            }
            Run::Condition(run) => {
                for statement in &facts.statements {
                    for condition in &statement.conditions {
                        add(run(statement, condition));
                    }
                }
            }
        }
    }
    found
}
