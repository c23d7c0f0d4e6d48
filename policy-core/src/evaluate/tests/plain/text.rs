//! Wildcards, variables, and ARN patterns.

use super::Asked;

/// A literal byte, or a wildcard.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Byte(u8),
    One,
    Many,
    /// A variable without a value.
    Nothing,
    /// A variable of a key with several values.
    Several,
}

/// Whether a pattern matches a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Naming {
    Surely,
    /// Only if a `*` at the end of a field matches past its colon, which the page does not define further.
    Perhaps,
    /// A variable in it has no value, so that it does not match anything.
    Nothing,
    /// A variable in it has several values, which the page does not define.
    Several,
    /// The same, and the rest of the pattern does not match whatever they are.
    SeveralElsewhere,
    /// Only if `?`, which is any one character, is one byte; or only if it is not.
    Either,
    Not,
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>
pub(super) fn named(pattern: &str, arn: &str, asked: Asked<'_>) -> Naming {
    in_both(asked, |asked| {
        let pattern = filled(pattern, asked);
        match fields_match(&pattern, arn) {
            Naming::Not if said(&pattern, arn) != Naming::Not => Naming::Perhaps,
            naming => naming,
        }
    })
}

/// The page does not say whether an empty text is the value of a variable, or null.
pub(super) fn in_both<'a>(asked: Asked<'a>, read: impl Fn(Asked<'a>) -> Naming) -> Naming {
    let [as_null, as_text] = [false, true].map(|empty_is_text| read(Asked { empty_is_text, ..asked }));
    match (as_null, as_text) {
        (one, other) if one == other => one,
        (Naming::Nothing, Naming::Not) => Naming::Nothing,
        (Naming::Nothing | Naming::Not, Naming::Perhaps) | (Naming::Perhaps, Naming::Not) => Naming::Perhaps,
        _ => Naming::Either,
    }
}

/// Matches each field separately, if the pattern has all of an ARN's.
pub(super) fn fields_match(pattern: &[Unit], arn: &str) -> Naming {
    let fields: Vec<&[Unit]> = pattern.splitn(6, |unit| *unit == Unit::Byte(b':')).collect();
    let texts: Vec<&str> = arn.splitn(6, ':').collect();
    let named = matches(pattern, arn);
    if fields.len() < 6 || matches!(named, Naming::Nothing | Naming::Several | Naming::SeveralElsewhere) {
        return named;
    }
    let said: Vec<Naming> = fields
        .iter()
        .zip(&texts)
        .map(|(field, text)| said(field, text))
        .collect();
    if texts.len() < 6 || said.contains(&Naming::Not) {
        Naming::Not
    } else if said.contains(&Naming::Either) {
        Naming::Either
    } else {
        Naming::Surely
    }
}

/// The result of a variable without a value does not depend on the text, and that of one with several only on the rest.
pub(super) fn matches(pattern: &[Unit], text: &str) -> Naming {
    match pattern
        .iter()
        .find(|unit| matches!(unit, Unit::Nothing | Unit::Several))
    {
        Some(Unit::Nothing) => Naming::Nothing,
        Some(_) => {
            let of_any = |unit: &Unit| if *unit == Unit::Several { Unit::Many } else { *unit };
            let rest: Vec<Unit> = pattern.iter().map(of_any).collect();
            match said(&rest, text) {
                Naming::Not => Naming::SeveralElsewhere,
                _ => Naming::Several,
            }
        }
        None => said(pattern, text),
    }
}

/// "Any single character" is read in three ways: two units of UTF-16 are a character of four bytes.
fn said(pattern: &[Unit], text: &str) -> Naming {
    let by_characters: Vec<Vec<u8>> = text.chars().map(|one| one.to_string().into_bytes()).collect();
    let by_bytes: Vec<Vec<u8>> = text.bytes().map(|one| vec![one]).collect();
    let by_units: Vec<Vec<u8>> = by_characters
        .iter()
        .flat_map(|one| one.chunks(if one.len() == 4 { 2 } else { 4 }))
        .map(<[u8]>::to_vec)
        .collect();
    let all = [&by_bytes, &by_characters, &by_units].map(|text| glob(pattern, text));
    match (all.contains(&true), all.contains(&false)) {
        (_, false) => Naming::Surely,
        (false, _) => Naming::Not,
        _ => Naming::Either,
    }
}

impl Unit {
    pub(super) fn byte(self) -> Option<u8> {
        match self {
            Self::Byte(byte) => Some(byte),
            _ => None,
        }
    }
}

/// Every character literally, except wildcards.
pub(super) fn plain(pattern: &str) -> Vec<Unit> {
    let unit = |byte| match byte {
        b'*' => Unit::Many,
        b'?' => Unit::One,
        byte => Unit::Byte(byte),
    };
    pattern.bytes().map(unit).collect()
}

/// The pattern with the values of its variables.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
pub(super) fn filled(pattern: &str, asked: Asked<'_>) -> Vec<Unit> {
    let opened = pattern
        .split_once("${")
        .filter(|(_, rest)| asked.has_variables && rest.contains('}'));
    let Some((before, rest)) = opened else {
        return plain(pattern);
    };
    let (variable, after) = rest.split_once('}').unwrap();
    let (key, default) = match variable.split_once(", ") {
        Some((key, default)) => (key, Some(default.trim_matches('\''))),
        None => (variable, None),
    };
    let value = match (key, asked.values(key)) {
        ("*" | "?" | "$", _) => Some(key),
        (_, Some([_, _, ..])) => None,
        // A key without a value is like a missing key.
        (_, Some([value])) if !value.is_empty() || asked.empty_is_text => Some(value.as_str()),
        _ => default,
    };
    let mut units = plain(before);
    match value {
        Some(value) => units.extend(value.bytes().map(Unit::Byte)),
        None if asked.values(key).is_some_and(|values| values.len() > 1) => units.push(Unit::Several),
        None => units.push(Unit::Nothing),
    }
    units.extend(filled(after, asked));
    units
}

/// Whether a text, split into the units that `?` matches, matches the pattern.
fn glob(pattern: &[Unit], text: &[Vec<u8>]) -> bool {
    match (pattern, text) {
        ([], []) => true,
        ([Unit::Many, rest @ ..], _) => glob(rest, text) || !text.is_empty() && glob(pattern, text.split_at(1).1),
        ([Unit::One, rest @ ..], [_, text @ ..]) => glob(rest, text),
        ([Unit::Byte(_), ..], [one, text @ ..]) => {
            let written = pattern.iter().map_while(|unit| unit.byte());
            written.take(one.len()).eq(one.iter().copied()) && glob(pattern.split_at(one.len()).1, text)
        }
        _ => false,
    }
}

/// Whether it has a `${` that does not start a variable: unclosed, empty, with whitespace, or with a default
/// that is not in its two quotes.
pub(super) fn is_malformed(text: &str) -> bool {
    let Some((_, rest)) = text.split_once("${") else {
        return false;
    };
    let Some((variable, after)) = rest.split_once('}') else {
        return true;
    };
    let (key, default) = variable.split_once(',').unwrap_or((variable, "''"));
    let default = default.strip_prefix(' ').unwrap_or(default);
    let is_quoted =
        default.len() > 1 && default.starts_with('\'') && default.ends_with('\'') && default.matches('\'').count() == 2;
    variable.contains("${") || key.is_empty() || key.contains(' ') || !is_quoted || is_malformed(after)
}
