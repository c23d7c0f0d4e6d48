//! ARNs of secrets that match none.

use crate::check::facts::{Facts, ResourceFault, Secret, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::document::{Place, Text};
use crate::finding::{Code, Finding};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::SecretArnWithoutSuffix, Code::ValueFromAsResource],
    run: Run::Statement(check),
};

fn check(_: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for resource in &statement.resources {
        let (place, text) = (resource.place, resource.text);
        found.extend(resource.faults.iter().filter_map(|fault| match *fault {
            ResourceFault::Secret(Secret::WithoutSuffix { start }) => Some(without_suffix(place, text, start)),
            ResourceFault::Secret(Secret::ValueFrom {
                start,
                is_without_suffix,
            }) => Some(value_from(place, text, start, is_without_suffix)),
            ResourceFault::NotAnArn(_)
            | ResourceFault::Field(_)
            | ResourceFault::Several(_)
            | ResourceFault::Blanks => None,
        }));
    }
    found
}

fn without_suffix(place: Place, text: &Text<'_>, start: usize) -> Finding {
    let range = start..text.filled().len();
    let written = text
        .written()
        .get(text.written_range(range.clone()))
        .unwrap_or_default();
    let whole = text.written();
    Finding::new(
        Code::SecretArnWithoutSuffix,
        place,
        format!("the ARN of the secret `{written}` lacks its six random characters"),
    )
    .part(text, range)
    .about(whole)
    .note("AWS accepts it, but it matches nothing: Secrets Manager ends every secret's ARN with a hyphen and six random characters")
    .with_help(format!("write `{whole}-??????`, or the whole ARN as Secrets Manager shows it"))
}

fn value_from(place: Place, text: &Text<'_>, start: usize, is_without_suffix: bool) -> Finding {
    let range = start..text.filled().len();
    let kept = text.written().get(text.written_range(0..start)).unwrap_or_default();
    let suffix = if is_without_suffix { "-??????" } else { "" };
    let tail = text
        .written()
        .get(text.written_range(range.clone()))
        .unwrap_or_default();
    Finding::new(
        Code::ValueFromAsResource,
        place,
        format!("`{tail}` is not part of a secret's ARN"),
    )
    .part(text, range)
    .about(text.written())
    .note("AWS accepts it, but it matches nothing: only `valueFrom` in an ECS task definition selects a JSON key of a secret like this")
    .with_help(format!("write `{kept}{suffix}`"))
}
