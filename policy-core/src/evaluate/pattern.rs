//! Patterns of a policy, parsed once so that matching is fast.
//!
//! `*` matches any text, including none, and `?` "any single character"; the value of a variable is compared byte by
//! byte, and wildcards in it are literal. AWS does not document whether `é`, which is two bytes, is one character or
//! two, whether an empty text is the value of a variable, and whether a wildcard in the default of a variable is literal. Where
//! that decides, the match is in doubt: an `Allow` must match in every way, and for a `Deny` one is enough.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>

mod variable;

use crate::arn::wildcard::{self, Byte, Character, Pieces, Step, Unit, Utf16};
use crate::policy::variable::{Content, variables};

use super::context::{Context, Key};
use super::letters::{same_characters, same_letters};
use super::path::{self, End};

pub(super) use variable::{Lack, Variable};

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
        /// Whether the default of a variable has wildcards.
        has_wild_default: bool,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    Literal(Box<str>),
    One,
    Many,
    Variable(Variable),
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
                    Ok(Content::Key { name, default }) => {
                        let written = text.get(variable.range.clone()).unwrap_or_default();
                        Piece::Variable(Variable::new(written, name, default, syntax.wildcards))
                    }
                    Err(_) => continue,
                };
                let is_unread = matches!(&piece, Piece::Variable(variable) if variable.is_unread);
                add_text(&mut pieces, text.get(from..variable.range.start), syntax);
                pieces.push(piece);
                from = variable.range.end;
                // Nor is it known where it ends.
                if is_unread {
                    from = text.rfind('}').map_or(from, |last| last + 1);
                    break;
                }
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
                has_wild_default: pieces
                    .iter()
                    .any(|piece| matches!(piece, Piece::Variable(variable) if variable.has_wild_default)),
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
            Self::Pieces {
                pieces,
                has_one,
                has_wild_default,
            } => {
                if let Some(lack) = self.lacking(context) {
                    return self.with(lack, text, context);
                }
                let asked = Asked::of(pieces, context);
                let by_bytes = wildcard::matches::<Byte, _>(asked, text.as_bytes());
                if *has_wild_default && !by_bytes || *has_one && !text.is_ascii() {
                    return in_every_way(by_bytes, asked, text);
                }
                Match::of(by_bytes)
            }
        }
    }

    /// The text before the first wildcard or variable.
    pub(super) fn beginning(&self) -> &str {
        match self {
            Self::Any => "",
            Self::Literal(text) | Self::Prefix(text) => text,
            Self::Pieces { pieces, .. } => match pieces.first() {
                Some(Piece::Literal(text)) => text,
                _ => "",
            },
        }
    }

    /// Why one of its variables may not have a value.
    pub(super) fn lacking(&self, context: &Context) -> Option<Lack<'_>> {
        let Self::Pieces { pieces, .. } = self else { return None };
        let mut lacking = None;
        for piece in pieces {
            let Piece::Variable(variable) = piece else { continue };
            match variable.lack(context) {
                None => {}
                // A missing key decides, whatever others are.
                Some(Lack::Empty(variable)) if lacking.is_none() => lacking = Some(Lack::Empty(variable)),
                Some(Lack::Empty(_) | Lack::Unsure) => lacking = Some(Lack::Unsure),
                found => return found,
            }
        }
        lacking
    }

    /// The key of a variable that has no value.
    pub(super) fn lacks<'p>(&'p self, context: &Context) -> Option<&'p Key> {
        match self.lacking(context)? {
            Lack::Missing(key) => Some(key),
            Lack::Empty(variable) => variable.lacks(),
            Lack::Several | Lack::Twins | Lack::Unsure => None,
        }
    }

    /// The result for a text, of a pattern with a variable that may not have a value. If it could have any value, it may still be
    /// certain that none of them matches.
    #[cold]
    pub(super) fn with<'p>(&self, lack: Lack<'p>, text: &str, context: &Context) -> Match<'p> {
        let Self::Pieces { pieces, .. } = self else {
            return Match::No;
        };
        let compare = |empty_is_text, pieces| {
            let asked = Asked {
                empty_is_text,
                ..Asked::of(pieces, context)
            };
            in_every_way(wildcard::matches::<Byte, _>(asked, text.as_bytes()), asked, text)
        };
        if let Lack::Unsure = lack {
            let with_path = with_any_path(pieces, context, str::to_owned);
            let all = [
                compare(false, pieces),
                compare(true, pieces),
                compare(false, &with_path),
            ];
            return doubt_if_any(all);
        }
        lack.result(context, |empty_is_text| compare(empty_is_text, pieces))
    }

    /// Whether it may match the ARN of a role, given without its path, with a path in it.
    #[cold]
    pub(super) fn may_match_path(&self, role: &str, context: &Context, ignores_case: bool) -> bool {
        match self {
            Self::Any => true,
            Self::Literal(text) => path::may_match([End::Text(text)], role, ignores_case),
            Self::Prefix(text) => path::may_match([End::Text(text), End::Any], role, ignores_case),
            Self::Pieces { pieces, .. } => {
                let ends = pieces.iter().map(|piece| match piece {
                    Piece::Literal(text) => End::Text(text),
                    Piece::One => End::One,
                    Piece::Many => End::Any,
                    Piece::Variable(variable) if variable.has_wild_default => End::Any,
                    Piece::Variable(variable) => variable.value(context).map_or(End::Any, End::Text),
                });
                path::may_match(ends, role, ignores_case)
            }
        }
    }

    /// The keys of its variables that are not present.
    pub(super) fn absent_keys<'p>(&'p self, context: &'p Context) -> impl Iterator<Item = &'p str> {
        let pieces: &[Piece] = match self {
            Self::Pieces { pieces, .. } => pieces,
            _ => &[],
        };
        pieces.iter().filter_map(|piece| match piece {
            Piece::Variable(variable) if !variable.is_unread && context.values(&variable.key).is_none() => {
                Some(variable.key.name())
            }
            _ => None,
        })
    }

    /// Whether the text equals a pattern without wildcards, ignoring case.
    pub(super) fn equals_ignoring_case<'p>(&'p self, text: &str, context: &'p Context) -> Match<'p> {
        match self {
            Self::Literal(literal) => same_letters(literal, text),
            Self::Pieces { pieces, .. } => {
                let compare = |empty_is_text| {
                    let asked = Asked {
                        empty_is_text,
                        ..Asked::of(pieces, context)
                    };
                    let is_unknown = |piece: &Piece| match piece {
                        Piece::Variable(variable) => asked.value(variable).is_none(),
                        _ => false,
                    };
                    if pieces.iter().any(is_unknown) {
                        return Match::of(may_equal_in_any_case(pieces, text, context));
                    }
                    let wanted = pieces.iter().flat_map(|piece| match piece {
                        Piece::Literal(literal) => literal.chars(),
                        Piece::Variable(variable) => asked.value(variable).unwrap_or_default().chars(),
                        Piece::One => "?".chars(),
                        Piece::Many => "*".chars(),
                    });
                    same_characters(wanted, text.chars())
                };
                match self.lacking(context) {
                    Some(Lack::Unsure) => {
                        let may_be_same = may_equal_in_any_case(pieces, text, context);
                        doubt_if_any([compare(false), compare(true), Match::of(may_be_same)])
                    }
                    Some(lacking) => lacking.result(context, compare),
                    None => compare(false),
                }
            }
            Self::Any | Self::Prefix(_) => Match::No,
        }
    }
}

/// The result for a text where several readings of `?`, or of a default with wildcards, are possible.
#[cold]
fn in_every_way(by_bytes: bool, asked: Asked<'_>, text: &str) -> Match<'static> {
    let text = text.as_bytes();
    let is_sure = wildcard::matches::<Character, _>(asked, text) == by_bytes
        && wildcard::matches::<Utf16, _>(asked, text) == by_bytes;
    let wild = Asked {
        default_is_wild: true,
        ..asked
    };
    if !is_sure || !by_bytes && wildcard::matches::<Byte, _>(wild, text) {
        Match::Doubt
    } else {
        Match::of(by_bytes)
    }
}

/// In doubt, unless it does not match in any reading.
fn doubt_if_any<const N: usize>(readings: [Match<'static>; N]) -> Match<'static> {
    if readings.iter().all(|found| *found == Match::No) {
        Match::No
    } else {
        Match::Doubt
    }
}

/// The pieces with the values of variables as texts, that of an ARN of a role with any path in it.
#[cold]
fn with_any_path(pieces: &[Piece], context: &Context, written: impl Fn(&str) -> String) -> Vec<Piece> {
    let text = |text: &str| Piece::Literal(written(text).into());
    let each = pieces.iter().flat_map(|piece| match piece {
        Piece::Variable(variable) => match (variable.pathless(context), variable.value(context)) {
            // `role`, a path that begins and ends with a slash, and the name.
            (Some((before, name)), _) => vec![text(before), text("/"), Piece::Many, text(name)],
            (None, Some(value)) => vec![text(value)],
            (None, None) => vec![Piece::Many],
        },
        Piece::Literal(literal) => vec![text(literal)],
        Piece::One => vec![Piece::One],
        Piece::Many => vec![Piece::Many],
    });
    join(each.collect())
}

/// Whether the pieces may equal the text in any case: with any value of a variable that has none, and with any path of a role.
#[cold]
fn may_equal_in_any_case(pieces: &[Piece], text: &str, context: &Context) -> bool {
    [str::to_lowercase, str::to_uppercase].into_iter().any(|in_case| {
        let with_path = with_any_path(pieces, context, in_case);
        wildcard::matches::<Byte, _>(Asked::of(&with_path, context), in_case(text).as_bytes())
    })
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
    // The texts since the last other piece: a pattern may have very many, such as `${*}${*}`.
    let mut text: Option<String> = None;
    for piece in pieces {
        match piece {
            Piece::Literal(more) => match &mut text {
                Some(text) => text.push_str(&more),
                None => text = Some(more.into()),
            },
            other => {
                joined.extend(text.take().map(|text| Piece::Literal(text.into())));
                if other != Piece::Many || joined.last() != Some(&Piece::Many) {
                    joined.push(other);
                }
            }
        }
    }
    joined.extend(text.map(|text| Piece::Literal(text.into())));
    joined
}

/// Pieces that are held against a text of this request.
#[derive(Clone, Copy)]
struct Asked<'p> {
    pieces: &'p [Piece],
    context: &'p Context,
    /// Whether an empty text is the value of a variable, instead of none.
    empty_is_text: bool,
    /// Whether a wildcard in the default of a variable is one.
    default_is_wild: bool,
}

impl<'p> Asked<'p> {
    const fn of(pieces: &'p [Piece], context: &'p Context) -> Self {
        Self {
            pieces,
            context,
            empty_is_text: false,
            default_is_wild: false,
        }
    }

    fn value(self, variable: &'p Variable) -> Option<&'p str> {
        let is_empty = || matches!(self.context.values(&variable.key), Some([one]) if one.is_empty());
        if self.empty_is_text && is_empty() {
            return Some("");
        }
        variable.value(self.context)
    }
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
            // It may be any text that the wildcards in it match.
            Piece::Variable(variable)
                if self.default_is_wild && variable.has_wild_default && variable.is_null(self.context) =>
            {
                return Step::Any(after);
            }
            Piece::Variable(variable) => match self.value(variable) {
                Some(value) => text.strip_prefix(value.as_bytes()),
                // Only asked for one that could have any value, or that may be a text.
                None => return Step::Any(after),
            },
        };
        rest.map_or(Step::Stuck, |rest| Step::To(after, rest))
    }
}

#[cfg(test)]
mod tests;
