//! Wildcards, variables, and what a pattern of ARNs names.

use super::Asked;

/// A byte that stands for itself, or a wildcard.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Byte(u8),
    One,
    Many,
}

/// Whether a pattern names a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Naming {
    Surely,
    /// Only if a star at the end of a field reaches over its colon, of which the page says no more.
    Perhaps,
    /// A variable in it has no value, so that it matches nothing.
    Nothing,
    Not,
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>
pub(super) fn named(pattern: &str, arn: &str, asked: Asked<'_>) -> Naming {
    let Some(pattern) = filled(pattern, asked) else {
        return Naming::Nothing;
    };
    if fields_match(&pattern, arn) {
        Naming::Surely
    } else if glob(&pattern, arn.as_bytes()) {
        Naming::Perhaps
    } else {
        Naming::Not
    }
}

/// Each field by itself, where the pattern has all of an ARN's.
pub(super) fn fields_match(pattern: &[Unit], arn: &str) -> bool {
    let fields: Vec<&[Unit]> = pattern.splitn(6, |unit| *unit == Unit::Byte(b':')).collect();
    if fields.len() < 6 {
        return glob(pattern, arn.as_bytes());
    }
    let texts: Vec<&str> = arn.splitn(6, ':').collect();
    texts.len() == 6
        && fields
            .iter()
            .zip(texts)
            .all(|(field, text)| glob(field, text.as_bytes()))
}

/// Every character for itself, but for wildcards.
pub(super) fn plain(pattern: &str) -> Vec<Unit> {
    let unit = |byte| match byte {
        b'*' => Unit::Many,
        b'?' => Unit::One,
        byte => Unit::Byte(byte),
    };
    pattern.bytes().map(unit).collect()
}

/// The pattern with the values of its variables: none where one has no value.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
pub(super) fn filled(pattern: &str, asked: Asked<'_>) -> Option<Vec<Unit>> {
    let opened = pattern
        .split_once("${")
        .filter(|(_, rest)| asked.has_variables && rest.contains('}'));
    let Some((before, rest)) = opened else {
        return Some(plain(pattern));
    };
    let (variable, after) = rest.split_once('}').unwrap();
    let (key, default) = match variable.split_once(", ") {
        Some((key, default)) => (key, Some(default.trim_matches('\''))),
        None => (variable, None),
    };
    let value = match (key, asked.values(key)) {
        ("*" | "?" | "$", _) => key,
        // Only keys with one value can be used so.
        (_, Some([value])) => value,
        (_, Some(_)) => return None,
        (_, None) => default?,
    };
    let mut units = plain(before);
    units.extend(value.bytes().map(Unit::Byte));
    units.extend(filled(after, asked)?);
    Some(units)
}

/// Whether a text is what the pattern says, one way or another.
pub(super) fn glob(pattern: &[Unit], text: &[u8]) -> bool {
    match (pattern, text) {
        ([], []) => true,
        ([Unit::Many, rest @ ..], _) => glob(rest, text) || !text.is_empty() && glob(pattern, text.split_at(1).1),
        ([Unit::One, rest @ ..], [_, text @ ..]) => glob(rest, text),
        ([Unit::Byte(byte), rest @ ..], [first, text @ ..]) => byte == first && glob(rest, text),
        _ => false,
    }
}
