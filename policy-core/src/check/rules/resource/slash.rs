//! Names that begin with a slash, which the ARN leaves out: `parameter//app/db` for the parameter `/app/db`.

use crate::arn::{Field, WITHOUT_LEADING_SLASH};
use crate::check::facts::{Facts, ResourceRef, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::check::words::catalogue_note;
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::ArnWithDoubleSlash],
    run: Run::Statement(check),
};

fn check(_: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    statement.resources.iter().filter_map(doubled).collect_vec()
}

fn doubled(resource: &ResourceRef<'_>) -> Option<Finding> {
    // Asked first: to find the type of a resource takes long, and nearly none has two slashes.
    let arn = resource.arn().filter(|arn| arn.resource().as_str().contains("//"))?;
    let (kind, format) = resource.own_type()?;
    let (head, variable) = format.as_str().rsplit_once("/${")?;
    let is_without_slash = variable.trim_end_matches('}').ends_with(WITHOUT_LEADING_SLASH);
    let (_, head) = head.rsplit_once(':').filter(|_| is_without_slash)?;
    let name = arn.resource().as_str().strip_prefix(head)?.strip_prefix("//")?;
    let text = resource.text;
    let range = arn.range(Field::Resource);
    let kept = text
        .written()
        .get(..text.written_range(range.clone()).start)
        .unwrap_or_default();
    Some(
        Finding::new(
            Code::ArnWithDoubleSlash,
            resource.place,
            format!("the ARN of a {} has one slash before its name", kind.name()),
        )
        .part(text, range)
        .about(text.written())
        .note(format!(
            "AWS accepts it, but no ARN matches: `/{name}` has the ARN `{head}/{name}`"
        ))
        .note(catalogue_note())
        .with_help(format!("write `{kept}{head}/{name}`")),
    )
}
