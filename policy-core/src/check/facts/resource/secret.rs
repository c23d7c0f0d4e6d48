//! ARNs of secrets.
//!
//! Secrets Manager adds a hyphen and six random characters to a secret's name when it is created, and they are part of its
//! ARN: the bare name matches nothing.
//! <https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_iam-permissions.html>

use crate::arn::{ArnPattern, Field};

/// How many random characters there are.
const RANDOM: usize = 6;

/// What is wrong with the ARN of a secret.
#[derive(Clone, Copy)]
pub(in crate::check) enum Secret {
    /// It lacks the random characters; the name begins here.
    WithoutSuffix { start: usize },
    /// It goes on, from here, as `valueFrom` of an ECS task definition does.
    ValueFrom {
        start: usize,
        /// Whether it lacks the random characters, too.
        is_without_suffix: bool,
    },
}

pub(super) fn fault(arn: &ArnPattern<'_>) -> Option<Secret> {
    if arn.service().as_str() != "secretsmanager" {
        return None;
    }
    let id = arn.resource().as_str().strip_prefix("secret:")?;
    let start = arn.range(Field::Resource).start + "secret:".len();
    if id.is_empty() {
        return None;
    }
    match outside_variables(id).find(|(_, c)| *c == ':') {
        Some((at, _)) => Some(Secret::ValueFrom {
            start: start + at,
            is_without_suffix: !id.get(..at).is_some_and(can_end_at_random),
        }),
        None if can_end_at_random(id) => None,
        None => Some(Secret::WithoutSuffix { start }),
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
