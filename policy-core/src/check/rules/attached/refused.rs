//! Parts of the policy language that a service does not accept in the policies of its resources.

use crate::check::facts::{Facts, Part, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::collected::CollectVec;
use crate::document::Place;
use crate::finding::{Code, Finding};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::UnsupportedInResourcePolicy],
    run: Run::Statement(check),
};

fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let Some(policy) = facts.resource_policy() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for refused in &policy.refused {
        for (place, text) in places(refused.part, statement) {
            let (what, help) = match refused.part {
                Part::Resource => (
                    "the element `Resource`",
                    "remove the element: the policy applies to the resource that it is attached to",
                ),
                Part::NotResource => (
                    "the element `NotResource`",
                    "remove the element: the policy applies to the resource that it is attached to",
                ),
                Part::Deny => (
                    "`\"Effect\": \"Deny\"`",
                    "remove the statement; requests that no statement allows are denied",
                ),
                Part::WildcardAction => ("a wildcard in an action", "name each action"),
            };
            let name = policy.name;
            let finding = Finding::new(
                Code::UnsupportedInResourcePolicy,
                place,
                format!("{name} does not accept {what} in the policy of a resource"),
            );
            found.push(
                finding
                    .about(text)
                    .note(policy.rejection(refused.answer))
                    .with_help(help),
            );
        }
    }
    found
}

/// Where the statement has the part, and its text.
fn places<'d>(part: Part, statement: &StatementFacts<'d>) -> Vec<(Place, &'d str)> {
    let outline = &statement.statement;
    match part {
        Part::Resource | Part::NotResource => {
            let negated = part == Part::NotResource;
            let name = if negated { "NotResource" } else { "Resource" };
            let element = outline.resource.filter(|element| element.negated == negated);
            element
                .map(|element| (element.name_place, name))
                .into_iter()
                .collect_vec()
        }
        Part::Deny => {
            let place = outline.node.place;
            statement.denies().then_some((place, "Deny")).into_iter().collect_vec()
        }
        Part::WildcardAction => {
            let actions = statement.actions.iter();
            let wild = actions.filter(|action| action.has_wildcard());
            wild.map(|action| (action.place, action.text.written())).collect_vec()
        }
    }
}
