//! Allowances that a denial of the same policy takes back whole.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>

use super::matter::Matter;
use super::sieve::{FEW, Sieve};
use super::whole::is_whole;
use crate::arn::{ArnPattern, Glob};
use crate::check::facts::Facts;
use crate::check::rules::{Rule, Run};
use crate::document::Text;
use crate::finding::{Code, Finding};
use crate::policy::{Effect, Element, Kind, StatementMeaning, StatementOutline, Version};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::AllowSwallowedByDeny],
    run: Run::Policy(check),
};

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    // A resource control policy that allows anything is wrong for that.
    if facts.kind == Kind::ResourceControl || !facts.compares() {
        return found;
    }
    let of = |effect| {
        facts
            .statements
            .iter()
            .map(|facts| &facts.statement)
            .enumerate()
            .filter(move |(_, s)| s.effect == Some(effect))
    };
    if of(Effect::Deny).next().is_none() {
        return found;
    }
    for (_, allow) in of(Effect::Allow) {
        let deny = of(Effect::Deny).find(|(_, deny)| swallows(deny, allow, facts.version));
        if let Some((number, deny)) = deny {
            found.push(swallowed(allow, deny, number));
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
    let actions = || takes_in(deny.action, allow.action, Matter::Action);
    let resources = match (deny.resource, allow.resource) {
        // A role trust policy has none.
        (None, None) => true,
        (deny, allow) => takes_in(deny, allow, Matter::Resource(version)),
    };
    resources
        && actions()
        && is_whole(deny)
        && is_whole(allow)
        && StatementMeaning::of(deny).asks_no_more_than(&StatementMeaning::of(allow))
}

fn takes_in(deny: Option<Element<'_>>, allow: Option<Element<'_>>, matter: Matter) -> bool {
    let (Some(deny), Some(allow)) = (deny, allow) else {
        return false;
    };
    match (deny.negated, allow.negated) {
        (false, false) => each_is_covered(allow, deny, matter),
        (false, true) => texts(deny).any(|denied| Glob::wildcards(denied.filled()).is_everything()),
        (true, false) => texts(allow).all(|allowed| !texts(deny).any(|kept| matter.may_meet(kept, allowed))),
        (true, true) => each_is_covered(deny, allow, matter),
    }
}

/// Whether each text of an element is within one of the other.
fn each_is_covered(narrow: Element<'_>, wide: Element<'_>, matter: Matter) -> bool {
    if narrow.value.as_list().len() * wide.value.as_list().len() < FEW {
        return texts(narrow).all(|narrow| texts(wide).any(|wide| covers(wide, narrow, matter)));
    }
    let wide: Vec<(&Text<'_>, Sieve)> = texts(wide).map(|text| (text, Sieve::of(text.written()))).collect();
    texts(narrow).all(|narrow| {
        let sieve = Sieve::of(narrow.written());
        wide.iter()
            .any(|(wide, of_wide)| of_wide.may_cover(&sieve) && covers(wide, narrow, matter))
    })
}

fn texts(element: Element<'_>) -> impl Iterator<Item = &Text<'_>> {
    element.texts().map(|(_, text)| text)
}

/// Whether all of `narrow` is certainly within `wide`.
fn covers(wide: &Text<'_>, narrow: &Text<'_>, matter: Matter) -> bool {
    if Glob::wildcards(wide.filled()).is_everything() {
        return true;
    }
    // Field by field too, lest a `*` is taken to reach farther than it does.
    let fields_are = || match (ArnPattern::parse(wide.written()), ArnPattern::parse(narrow.written())) {
        (Ok(wide), Ok(narrow)) => wide.covers(&narrow),
        _ => wide.written() == narrow.written(),
    };
    matter.covers(wide, narrow) && (matches!(matter, Matter::Action) || fields_are())
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
