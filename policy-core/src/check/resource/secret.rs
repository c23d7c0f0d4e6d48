//! ARNs of secrets.
//!
//! Secrets Manager adds a hyphen and six random characters to a secret's name when it is created, and they are part of its
//! ARN: the bare name matches nothing.
//! <https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_iam-permissions.html>

use crate::arn::{ArnPattern, Field};
use crate::document::{Place, Text};
use crate::finding::{Code, Finding};

/// How many random characters there are.
const RANDOM: usize = 6;

pub(super) fn check(place: Place, text: &Text<'_>, arn: &ArnPattern<'_>) -> Option<Finding> {
    if arn.service().as_str() != "secretsmanager" {
        return None;
    }
    let id = arn.resource().as_str().strip_prefix("secret:")?;
    let start = arn.range(Field::Resource).start + "secret:".len();
    if id.is_empty() {
        return None;
    }
    match outside_variables(id).find(|(_, c)| *c == ':') {
        Some((at, _)) => Some(value_from(place, text, start, at)),
        None if can_end_at_random(id) => None,
        None => Some(without_suffix(place, text, start)),
    }
}

/// The characters of a text that are not those of policy variables, with their places.
fn outside_variables(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut within = false;
    text.char_indices().filter(move |(at, c)| {
        if text.get(*at..).is_some_and(|rest| rest.starts_with("${")) {
            within = true;
        }
        let outside = !within;
        if *c == '}' {
            within = false;
        }
        outside
    })
}

/// Whether the pattern can match a text that ends in a hyphen and six letters or digits.
fn can_end_at_random(id: &str) -> bool {
    if id.contains("${") || id.chars().count() <= RANDOM {
        return id.contains(['*', '$']);
    }
    for (from_end, c) in id.chars().rev().enumerate() {
        match c {
            '*' => return true,
            '?' => {}
            '-' if from_end == RANDOM => return true,
            _ if from_end == RANDOM => return false,
            c if c.is_ascii_alphanumeric() => {}
            _ => return false,
        }
        if from_end == RANDOM {
            return true;
        }
    }
    false
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
    .note("Secrets Manager ends every secret's ARN in a hyphen and six characters of its own; AWS accepts the name alone, and it matches nothing")
    .help(format!("write `{whole}-??????`, or the whole ARN as Secrets Manager shows it"))
}

fn value_from(place: Place, text: &Text<'_>, start: usize, at: usize) -> Finding {
    let range = start + at..text.filled().len();
    let kept = text.written_range(0..start + at);
    let tail = text
        .written()
        .get(text.written_range(range.clone()))
        .unwrap_or_default();
    Finding::new(
        Code::ValueFromAsResource,
        place,
        format!("the ARN of a secret does not go on with `{tail}`"),
    )
    .part(text, range)
    .about(text.written())
    .note("`valueFrom` of an ECS task definition names a field of a secret so; as a resource AWS accepts it, and it matches nothing")
    .help(format!("write `{}`", text.written().get(kept).unwrap_or_default()))
}
