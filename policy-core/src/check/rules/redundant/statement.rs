//! Statements that mean the same as another.

use super::whole::is_whole;
use crate::check::facts::{Facts, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::finding::{Change, Code, Finding, Fix};
use crate::policy::{Effect, Element, StatementMeaning, StatementOutline};
use crate::sorted::sort;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::RedundantStatement],
    run: Run::Policy(check),
};

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    if facts.statements.len() < 2 {
        return found;
    }
    let mut marked: Vec<(Mark, usize, &StatementOutline<'_>)> = Vec::with_capacity(facts.statements.len());
    for (index, StatementFacts { statement, .. }) in facts.statements.iter().enumerate() {
        marked.push((Mark::of(statement), index, statement));
    }
    sort(&mut marked, |(one, ..), (other, ..)| one.cmp(other));
    for alike in marked.chunk_by(|one, other| one.0 == other.0) {
        if alike.len() < 2 {
            continue;
        }
        let mut meanings = Vec::new();
        for (_, index, statement) in alike {
            if is_whole(statement) {
                meanings.push((StatementMeaning::of(statement), *index, *statement));
            }
        }
        sort(&mut meanings, |(one, ..), (other, ..)| one.cmp(other));
        for same in meanings.chunk_by(|(one, ..), (other, ..)| one == other) {
            if let [(_, first, _), later @ ..] = same {
                for (_, _, statement) in later {
                    found.push(redundant(statement, *first));
                }
            }
        }
    }
    found
}

/// What is equal for statements that mean the same, and is had without reading much of them.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Mark {
    allows: Option<bool>,
    actions: Option<Edges>,
    resources: Option<Edges>,
    has_conditions: bool,
}

impl Mark {
    fn of(statement: &StatementOutline<'_>) -> Self {
        Self {
            allows: statement.effect.map(|effect| effect == Effect::Allow),
            actions: statement.action.map(Edges::of),
            resources: statement.resource.map(Edges::of),
            has_conditions: !statement.conditions.is_empty(),
        }
    }
}

/// Of a list in any order, in which one may stand twice: the length of its shortest and of its longest.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Edges {
    negated: bool,
    shortest: usize,
    longest: usize,
}

impl Edges {
    fn of(element: Element<'_>) -> Self {
        let mut edges = Self {
            negated: element.negated,
            shortest: usize::MAX,
            longest: 0,
        };
        for (_, text) in element.texts() {
            let length = text.written().len();
            edges.shortest = edges.shortest.min(length);
            edges.longest = edges.longest.max(length);
        }
        edges
    }
}

fn redundant(statement: &StatementOutline<'_>, first: usize) -> Finding {
    let finding = Finding::new(
        Code::RedundantStatement,
        statement.node.place,
        format!("the statement is equivalent to statement {}", first + 1),
    )
    .note("AWS accepts it, but when one of the two is changed or removed later, the other still applies")
    .with_help("remove one of the two")
    .fixed_by(Fix::new("remove this statement", vec![Change::Remove(statement.node.place)]).safe());
    match statement.sid.and_then(|sid| sid.as_text()) {
        Some(sid) => finding.about(sid.written()),
        None => finding,
    }
}
