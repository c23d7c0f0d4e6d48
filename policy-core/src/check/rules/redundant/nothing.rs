//! `NotAction`, `NotResource` and `NotPrincipal` that exclude everything.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html>

use crate::arn::Glob;
use crate::check::facts::{Facts, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};
use crate::policy::{Effect, Element};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::NothingLeft],
    run: Run::Statement(check),
};

fn check(_: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let whole = &statement.statement;
    let does = match whole.effect {
        Some(Effect::Deny) => "denies",
        _ => "allows",
    };
    let nothing = |element: Element<'_>, name: &'static str, noun: &str| {
        let mut texts = element.texts().filter(|_| element.negated);
        let (place, text) = texts.find(|(_, text)| Glob::wildcards(text.filled()).is_everything())?;
        Some(
            Finding::new(
                Code::NothingLeft,
                place,
                format!("`{name}` with `*` excludes every {noun}"),
            )
            .about(text.written())
            .note(format!("AWS accepts it, but the statement {does} nothing"))
            .with_help(format!("name the {noun}s to exclude, or remove the statement")),
        )
    };
    let action = whole.action.and_then(|element| nothing(element, "NotAction", "action"));
    let resource = whole
        .resource
        .and_then(|element| nothing(element, "NotResource", "resource"));
    action.into_iter().chain(resource).collect_vec()
}
