//! Actions that do nothing without another.
//!
//! AWS lists for an action which others a caller may need besides:
//! <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>.
//! Of nearly all of them it depends on the call: a key's actions where there is a key of one's own, those on tags where there
//! are tags. What is certain is `iam:PassRole` where the operation cannot be called without a role, and only that is spoken of.

use std::ops::Range;
use std::sync::OnceLock;

use crate::catalogue::{Action, PassedRole, passed_roles};
use crate::check::facts::{ActionRef, Facts, StatementFacts, coverage};
use crate::check::rules::{Rule, Run};
use crate::check::table::rows_of;
use crate::check::words::catalogue_note;
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};
use crate::sorted::sort;

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

/// The actions that pass a role to their service whenever they are called, by service.
struct Takers(Vec<PassedRole>);

impl Takers {
    fn get() -> &'static Self {
        static TAKERS: OnceLock<Takers> = OnceLock::new();
        TAKERS.get_or_init(|| {
            let mut roles: Vec<PassedRole> = passed_roles().collect_vec();
            sort(&mut roles, |one, other| one.service.cmp(other.service));
            Self(roles)
        })
    }

    fn of(&self, service: &str) -> Range<usize> {
        rows_of(&self.0, |taker| taker.service, service)
    }

    fn find(&self, range: Range<usize>, action: Action) -> Option<&PassedRole> {
        self.0.get(range)?.iter().find(|taker| taker.action == action.name())
    }
}

fn lacking(action: &ActionRef<'_>, taker: &PassedRole) -> Finding {
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
    .with_help(format!(
        "allow `iam:PassRole` too, in a separate statement, on the role: `\"Resource\": \"arn:aws:iam::111122223333:role/ROLE_NAME\"{}`",
        only_to(taker)
    ))
    .note(catalogue_note())
}

/// The condition that the role is passed to no other service, where it is known to which: the same role may be for several.
fn only_to(taker: &PassedRole) -> String {
    let mut services = taker.services();
    match (services.next(), services.next()) {
        (Some(service), None) => {
            format!(", \"Condition\": {{ \"StringEquals\": {{ \"iam:PassedToService\": \"{service}\" }} }}")
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::Takers;
    use crate::catalogue;

    #[test]
    fn each_is_an_action() {
        for taker in &Takers::get().0 {
            let action = catalogue::service(taker.service).and_then(|service| service.action(taker.action));
            assert!(
                action.is_some_and(|action| action.name() == taker.action),
                "{}:{}",
                taker.service,
                taker.action
            );
        }
    }
}
