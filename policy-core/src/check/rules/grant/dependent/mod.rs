//! Actions that do nothing without another.
//!
//! AWS lists for an action which others a caller may need besides:
//! <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>.
//! Of nearly all of them it depends on the call: a key's actions where there is a key of one's own, those on tags where there
//! are tags. What is certain is `iam:PassRole` where the operation cannot be called without a role, and only that is spoken of.

use std::ops::Range;
use std::sync::OnceLock;

use crate::catalogue::Action;
use crate::check::facts::{ActionRef, Facts, StatementFacts, coverage};
use crate::check::rules::{Rule, Run};
use crate::check::table::{rows, rows_of};
use crate::check::words::catalogue_note;
use crate::finding::{Code, Finding};

pub(in crate::check::rules::grant) const RULE: Rule = Rule {
    codes: &[Code::MissingDependentAction],
    run: Run::Policy(check),
};

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let allowing = || facts.statements.iter().filter(|statement| statement.allows());
    let is_allowed = |statement: &StatementFacts<'_>| coverage(statement, "iam", "PassRole").is_some();
    if !facts.gives_permissions() || allowing().any(is_allowed) {
        return found;
    }
    let takers = Takers::get();
    for statement in allowing().filter(|statement| statement.names_actions()) {
        // Actions of one service mostly stand together.
        let mut known: (&str, Range<usize>) = ("", 0..0);
        for action in &statement.actions {
            let Some(one) = action.one() else { continue };
            let prefix = one.service().prefix();
            if known.0 != prefix {
                known = (prefix, takers.of(prefix));
            }
            found.extend(takers.find(known.1.clone(), one).map(|taker| lacking(action, taker)));
        }
    }
    found
}

/// An action that hands a role to its service whenever it is called.
struct Taker {
    service: &'static str,
    name: &'static str,
    parameter: &'static str,
}

/// All of them, by service.
struct Takers(Vec<Taker>);

impl Takers {
    fn get() -> &'static Self {
        static TAKERS: OnceLock<Takers> = OnceLock::new();
        TAKERS.get_or_init(|| {
            let rows = rows(include_str!("role-takers.txt"));
            Self(rows.filter_map(Taker::read).collect())
        })
    }

    fn of(&self, service: &str) -> Range<usize> {
        rows_of(&self.0, |taker| taker.service, service)
    }

    fn find(&self, range: Range<usize>, action: Action) -> Option<&Taker> {
        self.0.get(range)?.iter().find(|taker| taker.name == action.name())
    }
}

impl Taker {
    fn read(row: &'static str) -> Option<Self> {
        let (action, parameter) = row.split_once(' ')?;
        let (service, name) = action.split_once(':')?;
        Some(Self {
            service,
            name,
            parameter,
        })
    }
}

fn lacking(action: &ActionRef<'_>, taker: &Taker) -> Finding {
    let written = action.text.written();
    Finding::new(
        Code::MissingDependentAction,
        action.place,
        format!("`{written}` passes a role to its service, but no statement allows `iam:PassRole`"),
    )
    .about(written)
    .note(format!(
        "AWS accepts it, but the call is denied unless another policy allows `iam:PassRole`: the call requires a role, `{}`",
        taker.parameter
    ))
    .with_help("allow `iam:PassRole` too, in a statement of its own, on the role: `\"Resource\": \"arn:aws:iam::111122223333:role/ROLE_NAME\"`")
    .note(catalogue_note())
}

#[cfg(test)]
mod tests {
    use super::{Takers, rows};
    use crate::catalogue;

    #[test]
    fn each_is_one_that_aws_lists_with_pass_role() {
        let takers = Takers::get();
        assert_eq!(takers.0.len(), rows(include_str!("role-takers.txt")).count());
        assert!(takers.0.is_sorted_by_key(|taker| (taker.service, taker.name)));
        for taker in &takers.0 {
            let action = catalogue::service(taker.service).and_then(|service| service.action(taker.name));
            let needs = |needed: &str| needed == "iam:PassRole";
            assert!(
                action.is_some_and(|action| action.name() == taker.name && action.dependent_actions().any(needs)),
                "{}:{}",
                taker.service,
                taker.name
            );
        }
    }
}
