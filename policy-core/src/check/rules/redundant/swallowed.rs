//! Allowances that a denial of the same policy takes back whole.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>

use super::whole::is_whole;
use crate::check::facts::cover::{Matter, covers};
use crate::check::facts::{Facts, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::finding::{Code, Finding};
use crate::policy::{Effect, Kind, StatementMeaning, StatementOutline, Version};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::AllowSwallowedByDeny],
    run: Run::Policy(check),
};

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    // A resource control policy that allows anything is wrong for that.
    if facts.kind == Kind::ResourceControl {
        return found;
    }
    let (mut allows, mut denies) = (Vec::new(), Vec::new());
    for (index, StatementFacts { statement, .. }) in facts.statements.iter().enumerate() {
        match statement.effect {
            Some(Effect::Allow) => allows.push(statement),
            Some(Effect::Deny) => denies.push((index, statement)),
            None => {}
        }
    }
    for allow in allows {
        if let Some((number, deny)) = denies.iter().find(|(_, deny)| swallows(deny, allow, facts.version)) {
            found.push(swallowed(allow, deny, *number));
        }
    }
    found
}

/// Whether one denial, by itself, is about all that is allowed. Several together may be too; that is not reported.
fn swallows(deny: &StatementOutline<'_>, allow: &StatementOutline<'_>, version: Version) -> bool {
    // The common case, without a look at the lists.
    if !deny.conditions.is_empty() && allow.conditions.is_empty() {
        return false;
    }
    covers(deny.resource, allow.resource, Matter::Resource(version))
        && covers(deny.action, allow.action, Matter::Action)
        && is_whole(deny)
        && is_whole(allow)
        && StatementMeaning::of(deny).asks_no_more_than(&StatementMeaning::of(allow))
}

fn swallowed(allow: &StatementOutline<'_>, deny: &StatementOutline<'_>, number: usize) -> Finding {
    let sid = |statement: &StatementOutline<'_>| Some(statement.sid?.as_text()?.written().to_owned());
    let named = sid(deny).map_or_else(String::new, |sid| format!(", `{sid}`"));
    let finding = Finding::new(
        Code::AllowSwallowedByDeny,
        allow.node.place,
        format!(
            "everything that the statement allows is denied by statement {}{named}",
            number + 1
        ),
    )
    .note("AWS accepts it, but an explicit `Deny` overrides every `Allow`: the statement grants nothing")
    .with_help("remove the statement, or narrow the `Deny` to what must be denied");
    finding.about(sid(allow).unwrap_or_else(|| "Statement".to_owned()))
}
