//! Statements that mean the same as another.

use super::whole::is_whole;
use crate::check::facts::Facts;
use crate::check::rules::{Rule, Run};
use crate::finding::{Code, Finding};
use crate::policy::{Effect, Element, Statement, StatementMeaning};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::RedundantStatement],
    run: Run::Policy(check),
};

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let statements: Vec<&Statement<'_>> = facts.statements.iter().map(|facts| &facts.statement).collect();
    if statements.len() < 2 {
        return found;
    }
    let marks: Vec<Mark> = statements.iter().map(|statement| Mark::of(statement)).collect();
    for (index, (later, mark)) in statements.iter().zip(&marks).enumerate().skip(1) {
        let mut alike = statements.iter().zip(&marks).take(index).enumerate();
        let twin = alike.find(|(_, (earlier, earlier_mark))| *earlier_mark == mark && means_the_same(earlier, later));
        if let Some((first, _)) = twin {
            found.push(redundant(later, first));
        }
    }
    found
}

fn means_the_same(one: &Statement<'_>, other: &Statement<'_>) -> bool {
    is_whole(one) && is_whole(other) && StatementMeaning::of(one) == StatementMeaning::of(other)
}

/// What is equal for statements that mean the same, and is had without reading much of them.
#[derive(PartialEq, Eq)]
struct Mark {
    effect: Option<Effect>,
    actions: Option<Edges>,
    resources: Option<Edges>,
    has_conditions: bool,
}

impl Mark {
    fn of(statement: &Statement<'_>) -> Self {
        Self {
            effect: statement.effect,
            actions: statement.action.map(Edges::of),
            resources: statement.resource.map(Edges::of),
            has_conditions: !statement.conditions.is_empty(),
        }
    }
}

/// Of a list in any order, in which one may stand twice: the length of its shortest and of its longest.
#[derive(PartialEq, Eq)]
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

fn redundant(statement: &Statement<'_>, first: usize) -> Finding {
    let finding = Finding::new(
        Code::RedundantStatement,
        statement.node.place,
        format!("the statement means the same as number {}", first + 1),
    )
    .note("AWS accepts it; who changes one of the two later, or takes it out, still has the other")
    .help("remove one of the two");
    match statement.sid.and_then(|sid| sid.as_text()) {
        Some(sid) => finding.about(sid.written()),
        None => finding,
    }
}
