//! `${...}` in a string.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>

use std::ops::Range;

use crate::arn::closing;
use crate::document::{Signs, Text};

/// A policy variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Variable<'t> {
    /// The range, including `${` and `}`.
    pub(crate) range: Range<usize>,
    /// The content, or the mistake in it.
    pub(crate) content: Result<Content<'t>, Fault<'t>>,
}

/// The content of a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content<'t> {
    /// `${*}`, `${?}` or `${$}`: the character itself.
    Character,
    /// `${key}` or `${key, 'default'}`.
    Key {
        /// The condition key.
        name: &'t str,
        /// The value if the key is missing.
        default: Option<&'t str>,
    },
}

/// A mistake in the syntax of a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault<'t> {
    /// It is not closed; this is the rest of the text.
    NoBrace(&'t str),
    /// Its default does not have both quotes.
    NoQuote { key: &'t str, default: &'t str },
    /// It contains a space.
    Space(&'t str),
    /// It is empty.
    Empty,
}

/// The variables of a string, in order.
pub(crate) fn variables(text: &str) -> impl Iterator<Item = Variable<'_>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = opening(text, from)?;
        let inside = text.get(start + 2..)?;
        let (end, content) = if let Some(end) = closing(inside) {
            (start + 2 + end + 1, read(inside.get(..end)?))
        } else {
            let rest = inside.split("${").next().unwrap_or_default();
            (start + 2 + rest.len(), Err(Fault::NoBrace(rest)))
        };
        from = end;
        Some(Variable {
            range: start..end,
            content,
        })
    })
}

/// The variables of a string outside of its holes, in order.
pub(crate) fn variables_of<'t>(text: &'t Text<'_>) -> impl Iterator<Item = Variable<'t>> {
    let may_have = text.signs().has(Signs::DOLLAR);
    let searched = if may_have { text.filled() } else { "" };
    variables(searched).filter(|variable| !text.has_hole_in(&variable.range))
}

/// The next `${`. Searches for the dollar sign, since nearly no string has one, and one character is found much faster
/// than two.
fn opening(text: &str, from: usize) -> Option<usize> {
    let mut from = from;
    loop {
        let at = from + text.get(from..)?.find('$')?;
        if text.get(at + 1..)?.starts_with('{') {
            return Some(at);
        }
        from = at + 1;
    }
}

/// The parts of a string outside variables, each with its position.
pub(crate) fn outside(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut variables = variables(text);
    let mut from = Some(0);
    std::iter::from_fn(move || {
        let start = from?;
        let variable = variables.next();
        from = variable.as_ref().map(|variable| variable.range.end);
        let end = variable.map_or(text.len(), |variable| variable.range.start);
        Some((start, text.get(start..end)?))
    })
}

fn read(inside: &str) -> Result<Content<'_>, Fault<'_>> {
    if matches!(inside, "*" | "?" | "$") {
        return Ok(Content::Character);
    }
    if inside.trim().is_empty() {
        return Err(Fault::Empty);
    }
    let (key, default) = match inside.split_once(',') {
        Some((key, default)) => (key, Some(default)),
        None => (inside, None),
    };
    if key.contains(char::is_whitespace) {
        return Err(Fault::Space(inside));
    }
    let default = match default {
        None => None,
        Some(default) => {
            let default = default.strip_prefix(' ').unwrap_or(default);
            let quoted = default.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
            let Some(quoted) = quoted else {
                return Err(if default.trim() == default {
                    Fault::NoQuote { key, default }
                } else {
                    Fault::Space(inside)
                });
            };
            Some(quoted)
        }
    };
    Ok(Content::Key { name: key, default })
}

#[cfg(test)]
mod tests {
    use super::{Content, Fault, outside, variables};

    #[test]
    fn a_variable_is_read() {
        let read = |text| {
            variables(text)
                .next()
                .map(|variable| (variable.range, variable.content))
        };
        assert_eq!(read("home/*"), None);
        assert_eq!(
            read("home/${aws:username}/*"),
            Some((
                5..20,
                Ok(Content::Key {
                    name: "aws:username",
                    default: None
                })
            ))
        );
        assert_eq!(read("${*}"), Some((0..4, Ok(Content::Character))));
        assert_eq!(
            read("${aws:PrincipalTag/team, 'a}b'}"),
            Some((
                0..31,
                Ok(Content::Key {
                    name: "aws:PrincipalTag/team",
                    default: Some("a}b")
                })
            ))
        );
        assert_eq!(
            read("${aws:username/*"),
            Some((0..16, Err(Fault::NoBrace("aws:username/*"))))
        );
        assert_eq!(
            read("${aws:username/${aws:userid}"),
            Some((0..15, Err(Fault::NoBrace("aws:username/"))))
        );
        assert_eq!(read("${ }"), Some((0..4, Err(Fault::Empty))));
        assert_eq!(
            read("${aws:username }"),
            Some((0..16, Err(Fault::Space("aws:username "))))
        );
        assert_eq!(
            read("${aws:username, none}"),
            Some((
                0..21,
                Err(Fault::NoQuote {
                    key: "aws:username",
                    default: "none"
                })
            ))
        );
        assert_eq!(read("${"), Some((0..2, Err(Fault::NoBrace("")))));
    }

    #[test]
    fn what_stands_between_variables_is_found() {
        assert_eq!(outside("a${*}b").collect::<Vec<_>>(), [(0, "a"), (5, "b")]);
        assert_eq!(outside("plain").collect::<Vec<_>>(), [(0, "plain")]);
    }
}
