//! Patterns of a policy, parsed once so that matching is fast.
//!
//! `*` matches any text, including none, and `?` "any single character"; the value of a variable is compared byte by
//! byte, and wildcards in it are literal. AWS does not document whether `é`, which is two bytes, is one character or
//! two. Where that decides, the match is in doubt: an `Allow` must match both ways, and for a `Deny` one is enough.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>

use crate::arn::wildcard::{self, Byte, Character, Pieces, Step, Unit};
use crate::policy::variable::{Content, variables};

use super::context::{Context, Key};

/// The characters of a text that are special.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Syntax {
    /// `*` and `?`.
    pub wildcards: bool,
    /// `${...}`: not in a policy of version 2008-10-17.
    pub variables: bool,
}

/// A pattern.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Pattern {
    /// `*`
    Any,
    /// A text without wildcards or variables.
    Literal(Box<str>),
    /// A prefix, followed by `*`.
    Prefix(Box<str>),
    /// Any other pattern.
    Pieces {
        pieces: Box<[Piece]>,
        /// Whether one of them is `?`.
        has_one: bool,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    Literal(Box<str>),
    One,
    Many,
    Variable(Variable),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Variable {
    key: Key,
    default: Option<Box<str>>,
}

impl Variable {
    /// The value of the variable: `None` if the key is missing and the policy has no default. A key that is present
    /// without a value is null, like a missing key.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value>,
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html>
    fn value<'v>(&'v self, context: &'v Context) -> Option<&'v str> {
        match context.values(&self.key) {
            Some([one]) if !one.is_empty() => Some(one),
            Some([_, _, ..]) => None,
            // It could have any value, so that the default is not certain.
            None if context.assumed(&self.key, false).is_some() => None,
            _ => self.default.as_deref(),
        }
    }

    /// Whether its key has several values. Such keys cannot be used in variables, and AWS does not document the result
    /// if they are.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
    fn is_of_several(&self, context: &Context) -> bool {
        matches!(context.values(&self.key), Some([_, _, ..]))
    }
}

/// The result of matching a pattern against a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Match<'p> {
    Yes,
    No,
    /// A variable's key is missing from the request context.
    Lacks(&'p Key),
    /// AWS does not document whether it matches: for an `Allow` it does not, for a `Deny` it does.
    Doubt,
}

impl Match<'_> {
    pub(super) const fn of(matches: bool) -> Self {
        if matches { Self::Yes } else { Self::No }
    }
}

impl Pattern {
    /// A malformed variable is literal: a statement that has one is never evaluated by it.
    pub(super) fn new(text: &str, syntax: Syntax) -> Self {
        let mut pieces = Vec::new();
        let mut from = 0;
        if syntax.variables {
            for variable in variables(text) {
                let piece = match variable.content {
                    Ok(Content::Character) => literal(text.get(variable.range.start + 2..variable.range.end - 1)),
                    Ok(Content::Key { name, default }) => Piece::Variable(Variable {
                        key: Key::new(name),
                        default: default.map(Box::from),
                    }),
                    Err(_) => continue,
                };
                add_text(&mut pieces, text.get(from..variable.range.start), syntax);
                pieces.push(piece);
                from = variable.range.end;
            }
        }
        add_text(&mut pieces, text.get(from..), syntax);
        Self::of(join(pieces))
    }

    fn of(mut pieces: Vec<Piece>) -> Self {
        match pieces.as_mut_slice() {
            [] => Self::Literal(Box::default()),
            [Piece::Literal(text)] => Self::Literal(std::mem::take(text)),
            [Piece::Many] => Self::Any,
            [Piece::Literal(text), Piece::Many] => Self::Prefix(std::mem::take(text)),
            _ => Self::Pieces {
                has_one: pieces.contains(&Piece::One),
                pieces: pieces.into_boxed_slice(),
            },
        }
    }

    /// Whether the pattern matches the text, and `in_doubt` where it may. For a pattern without variables.
    pub(super) fn is_match(&self, text: &str, context: &Context, in_doubt: bool) -> bool {
        match self.matches(text, context) {
            Match::Yes => true,
            Match::No | Match::Lacks(_) => false,
            Match::Doubt => in_doubt,
        }
    }

    /// Whether the pattern matches the text.
    pub(super) fn matches<'p>(&'p self, text: &str, context: &'p Context) -> Match<'p> {
        match self {
            Self::Any => Match::Yes,
            Self::Literal(literal) => Match::of(**literal == *text),
            Self::Prefix(prefix) => Match::of(text.as_bytes().starts_with(prefix.as_bytes())),
            Self::Pieces { pieces, has_one } => self.without_a_value(text, context).unwrap_or_else(|| {
                let by_bytes = wildcard::matches::<Byte, _>(Asked { pieces, context }, text.as_bytes());
                if *has_one && !text.is_ascii() {
                    return or_by_characters(by_bytes, pieces, text, context);
                }
                Match::of(by_bytes)
            }),
        }
    }

    /// The result for any text, if one of the variables has no value, or several.
    fn lacking<'p>(&'p self, context: &Context) -> Option<Match<'p>> {
        let Self::Pieces { pieces, .. } = self else { return None };
        pieces.iter().find_map(|piece| match piece {
            Piece::Variable(variable) if variable.is_of_several(context) => Some(Match::Doubt),
            Piece::Variable(variable) if variable.value(context).is_none() => Some(Match::Lacks(&variable.key)),
            _ => None,
        })
    }

    /// The key of a variable that has no value.
    pub(super) fn lacks<'p>(&'p self, context: &Context) -> Option<&'p Key> {
        match self.lacking(context)? {
            Match::Lacks(key) => Some(key),
            _ => None,
        }
    }

    /// The result for a text: if the variables could have any value, it may still be certain that none of them matches.
    pub(super) fn without_a_value<'p>(&'p self, text: &str, context: &Context) -> Option<Match<'p>> {
        match (self.lacking(context)?, self) {
            (Match::Lacks(key), Self::Pieces { pieces, .. }) if context.assumed(key, false).is_some() => {
                let asked = Asked { pieces, context };
                let could_be = wildcard::matches::<Byte, _>(asked, text.as_bytes())
                    || wildcard::matches::<Character, _>(asked, text.as_bytes());
                Some(if could_be { Match::Lacks(key) } else { Match::No })
            }
            (found, _) => Some(found),
        }
    }

    /// The keys of its variables that are not present.
    pub(super) fn absent_keys<'p>(&'p self, context: &'p Context) -> impl Iterator<Item = &'p str> {
        let pieces: &[Piece] = match self {
            Self::Pieces { pieces, .. } => pieces,
            _ => &[],
        };
        pieces.iter().filter_map(|piece| match piece {
            Piece::Variable(variable) if context.values(&variable.key).is_none() => Some(variable.key.name()),
            _ => None,
        })
    }

    /// Whether the text equals a pattern without wildcards, ignoring case.
    pub(super) fn equals_ignoring_case<'p>(&'p self, text: &str, context: &'p Context) -> Match<'p> {
        match self {
            Self::Literal(literal) => Match::of(same_letters(literal, text)),
            Self::Pieces { pieces, .. } => {
                if let Some(found) = self.lacking(context) {
                    return found;
                }
                let mut rest = text.chars().flat_map(char::to_lowercase);
                for piece in pieces {
                    let expected = match piece {
                        Piece::Literal(literal) => literal,
                        Piece::Variable(variable) => variable.value(context).unwrap_or_default(),
                        Piece::One => "?",
                        Piece::Many => "*",
                    };
                    for wanted in expected.chars().flat_map(char::to_lowercase) {
                        if rest.next() != Some(wanted) {
                            return Match::No;
                        }
                    }
                }
                Match::of(rest.next().is_none())
            }
            Self::Any | Self::Prefix(_) => Match::No,
        }
    }
}

/// Whether two texts differ in case only.
pub(super) fn same_letters(one: &str, other: &str) -> bool {
    let lower = |text| str::chars(text).flat_map(char::to_lowercase);
    one.eq_ignore_ascii_case(other) || (!one.is_ascii() || !other.is_ascii()) && lower(one).eq(lower(other))
}

/// The result for a text where both readings of `?` are possible.
#[cold]
fn or_by_characters<'p>(by_bytes: bool, pieces: &[Piece], text: &str, context: &Context) -> Match<'p> {
    if by_bytes == wildcard::matches::<Character, _>(Asked { pieces, context }, text.as_bytes()) {
        Match::of(by_bytes)
    } else {
        Match::Doubt
    }
}

fn literal(text: Option<&str>) -> Piece {
    Piece::Literal(text.unwrap_or_default().into())
}

fn add_text(pieces: &mut Vec<Piece>, text: Option<&str>, syntax: Syntax) {
    let mut rest = text.unwrap_or_default();
    while !rest.is_empty() {
        let special = if syntax.wildcards { rest.find(['*', '?']) } else { None };
        let (before, after) = rest
            .split_at_checked(special.unwrap_or(rest.len()))
            .unwrap_or((rest, ""));
        if !before.is_empty() {
            pieces.push(literal(Some(before)));
        }
        rest = match after.as_bytes().first() {
            Some(b'*') => {
                pieces.push(Piece::Many);
                after.get(1..).unwrap_or_default()
            }
            Some(_) => {
                pieces.push(Piece::One);
                after.get(1..).unwrap_or_default()
            }
            None => "",
        };
    }
}

/// Joins adjacent texts, and adjacent `*`.
fn join(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match (joined.last_mut(), &piece) {
            (Some(Piece::Literal(before)), Piece::Literal(text)) => *before = [&**before, &**text].concat().into(),
            (Some(Piece::Many), Piece::Many) => {}
            _ => joined.push(piece),
        }
    }
    joined
}

/// Pieces that are held against a text of this request.
#[derive(Clone, Copy)]
struct Asked<'p> {
    pieces: &'p [Piece],
    context: &'p Context,
}

impl Pieces for Asked<'_> {
    fn is_empty(self) -> bool {
        self.pieces.is_empty()
    }

    fn step<U: Unit>(self, text: &[u8]) -> Step<'_, Self> {
        let Some((piece, pieces)) = self.pieces.split_first() else {
            return Step::End;
        };
        let after = Self { pieces, ..self };
        let rest = match piece {
            Piece::Many => return Step::Any(after),
            Piece::One => U::after_one(text),
            Piece::Literal(literal) => text.strip_prefix(literal.as_bytes()),
            Piece::Variable(variable) => match variable.value(self.context) {
                Some(value) => text.strip_prefix(value.as_bytes()),
                // Only asked for one that could have any value.
                None => return Step::Any(after),
            },
        };
        rest.map_or(Step::Stuck, |rest| Step::To(after, rest))
    }
}

#[cfg(test)]
mod tests {
    use super::{Match, Pattern, Syntax, same_letters};
    use crate::evaluate::context::Context;

    const POLICY: Syntax = Syntax {
        wildcards: true,
        variables: true,
    };

    fn is(pattern: &str, text: &str, context: &Context) -> Option<bool> {
        match Pattern::new(pattern, POLICY).matches(text, context) {
            Match::Yes => Some(true),
            Match::No => Some(false),
            Match::Lacks(_) | Match::Doubt => None,
        }
    }

    #[test]
    fn wildcards_take_any_text() {
        let context = Context::new();
        for (pattern, text, expected) in [
            ("*", "", true),
            ("a*", "a", true),
            ("a*c*e", "abcde", true),
            ("a*c*e", "abcd", false),
            ("*ab", "aab", true),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("???", "é", false),
            ("?*", "é", true),
            ("*?", "é", true),
            ("é?", "éa", true),
            ("${*}x", "*x", true),
            ("${*}x", "yx", false),
            ("a${$}{b", "a${b", true),
            ("*.*", "no", false),
        ] {
            assert_eq!(is(pattern, text, &context), Some(expected), "{pattern} {text}");
        }
    }

    #[test]
    fn a_character_of_several_bytes_is_in_doubt() {
        for (pattern, text) in [
            ("?", "é"),
            ("??", "é"),
            ("*.?", "a.é"),
            ("*.??", "a.é"),
            ("a?c", "aéc"),
            ("?", "中"),
            ("???", "中"),
            ("????", "😀"),
            ("é?", "éé"),
        ] {
            assert_eq!(is(pattern, text, &Context::new()), None, "{pattern} {text}");
        }
    }

    #[test]
    fn variables_stand_for_what_the_request_says() {
        let context = Context::new()
            .with("aws:username", "al*")
            .with_all("aws:TagKeys", ["a", "b"]);
        for (pattern, text, expected) in [
            ("home/${aws:username}/*", "home/al*/x", Some(true)),
            ("home/${AWS:UserName}/*", "home/alice/x", Some(false)),
            ("home/${aws:userid}/*", "home//x", None),
            ("home/${aws:userid, 'none'}/*", "home/none/x", Some(true)),
            ("${aws:TagKeys}", "a", None),
            ("${aws:username", "${aws:username", Some(true)),
        ] {
            assert_eq!(is(pattern, text, &context), expected, "{pattern} {text}");
        }
        let old = Syntax {
            variables: false,
            ..POLICY
        };
        let pattern = Pattern::new("${aws:username}", old);
        assert_eq!(pattern.matches("${aws:username}", &context), Match::Yes);
    }

    #[test]
    fn case_is_of_letters() {
        assert!(same_letters("ÉTÉ", "été"));
        assert!(!same_letters("a", "b"));
    }
}
