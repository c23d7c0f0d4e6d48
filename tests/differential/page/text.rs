//! Texts with wildcards and variables.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>

use super::Says;
use crate::question::Keys;

/// One character of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// One that the policy has.
    Written(char),
    /// A character of a variable's value: never a wildcard, never the end of an ARN's field.
    Filled(char),
}

/// A text of a policy, with the values of its variables.
pub enum Filled {
    Units(Vec<Unit>),
    /// A variable has no value.
    Null,
    /// A variable is of a key with several values.
    Several,
}

impl Filled {
    /// Whether a variable's value has a wildcard.
    pub fn has_filled_wildcard(&self) -> bool {
        let Self::Units(units) = self else { return false };
        units.iter().any(|unit| matches!(unit, Unit::Filled('*' | '?')))
    }
}

/// The values that the request has of a key.
pub fn sent(context: &Keys, key: &str) -> Option<Vec<String>> {
    let (_, value) = context.iter().find(|(name, _)| name.eq_ignore_ascii_case(key))?;
    Some(crate::managed::texts(value))
}

pub fn filled(text: &str, has_variables: bool, context: &Keys) -> Filled {
    let mut units = Vec::new();
    let mut rest = text;
    while let Some((before, variable)) = rest.split_once("${").filter(|_| has_variables) {
        units.extend(before.chars().map(Unit::Written));
        let Some((name, after)) = variable.split_once('}') else {
            break;
        };
        rest = after;
        if let "*" | "?" | "$" = name {
            units.extend(name.chars().map(Unit::Filled));
            continue;
        }
        let (key, default) = match name.split_once(", '") {
            Some((key, default)) => (key, default.strip_suffix('\'')),
            None => (name, None),
        };
        let values = sent(context, key).unwrap_or_default();
        let value = match values.as_slice() {
            [_, _, ..] => return Filled::Several,
            [one] if !one.is_empty() => Some(one.as_str()),
            _ => default,
        };
        let Some(value) = value else { return Filled::Null };
        units.extend(value.chars().map(Unit::Filled));
    }
    units.extend(rest.chars().map(Unit::Written));
    Filled::Units(units)
}

/// Whether the pattern matches the text. "Any single character" can be a character or a byte.
pub fn is_like(pattern: &[Unit], text: &str) -> Says {
    let characters: Vec<char> = text.chars().collect();
    let by_characters = glob(pattern, &characters);
    // Each byte as if it were a character.
    let bytes: Vec<char> = text.bytes().map(char::from).collect();
    let split = |unit: &Unit| -> Vec<Unit> {
        let bytes = |character: char| character.to_string().into_bytes().into_iter().map(char::from);
        match unit {
            Unit::Written(character) => bytes(*character).map(Unit::Written).collect(),
            Unit::Filled(character) => bytes(*character).map(Unit::Filled).collect(),
        }
    };
    let pattern: Vec<Unit> = pattern.iter().flat_map(split).collect();
    if glob(&pattern, &bytes) == by_characters {
        Says::of(by_characters)
    } else {
        Says::Open
    }
}

/// Whether the text is that of the pattern, wildcards being nothing special.
pub fn is_same(pattern: &[Unit], text: &str, ignores_case: bool) -> Says {
    let plain = |unit: &Unit| match unit {
        Unit::Written(character) | Unit::Filled(character) => *character,
    };
    let wanted: String = pattern.iter().map(plain).collect();
    let is_same_beyond_ascii = || wanted.to_lowercase() == text.to_lowercase();
    if wanted == text || ignores_case && wanted.eq_ignore_ascii_case(text) {
        Says::Yes
    } else if ignores_case && is_same_beyond_ascii() {
        Says::Open
    } else {
        Says::No
    }
}

fn glob(pattern: &[Unit], text: &[char]) -> bool {
    match (pattern, text) {
        ([], []) => true,
        ([Unit::Written('*'), rest @ ..], _) => glob(rest, text) || !text.is_empty() && glob(pattern, &text[1..]),
        ([Unit::Written('?'), rest @ ..], [_, text @ ..]) => glob(rest, text),
        ([Unit::Written(wanted) | Unit::Filled(wanted), rest @ ..], [first, text @ ..]) => {
            wanted == first && glob(rest, text)
        }
        _ => false,
    }
}

/// The six fields of an ARN, if it has them: the last has all that is left.
pub fn fields(pattern: &[Unit]) -> Option<Vec<&[Unit]>> {
    let fields: Vec<&[Unit]> = pattern.splitn(6, |unit| *unit == Unit::Written(':')).collect();
    (fields.len() == 6).then_some(fields)
}

/// Whether the pattern matches an ARN, each field by itself.
pub fn is_arn_like(pattern: &[&[Unit]], arn: &str) -> Says {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    if parts.len() != 6 {
        return Says::No;
    }
    let says: Vec<Says> = pattern
        .iter()
        .zip(parts)
        .map(|(field, part)| is_like(field, part))
        .collect();
    let worst = [Says::No, Says::Open].into_iter().find(|wanted| says.contains(wanted));
    worst.unwrap_or(Says::Yes)
}
