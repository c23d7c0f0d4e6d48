//! Texts with wildcards.

use std::fmt;

use super::name::NameFormat;
use super::variable::closing;
use super::wildcard::{self, Character, Pieces, Step, Unit};
use super::{cover, intersection};

/// A text with wildcards.
///
/// In a policy, `*` matches any characters or none, `?` matches any one, and both match `/` and `:`. The value of a
/// policy variable `${...}` is only known in a request, so it is treated as `*`; `${*}`, `${?}` and `${$}` are the
/// literal characters.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
///
/// ```
/// use policy_core::arn::Glob;
///
/// let glob = Glob::new("log-group:/ecs/*");
/// assert!(glob.matches("log-group:/ecs/maia:log-stream:1"));
/// assert!(glob.intersects(Glob::new("*:log-stream:*")));
/// assert!(!glob.intersects(Glob::new("log-group:/eks/*")));
/// assert!(Glob::new("what${?}").matches("what?"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Glob<'a> {
    text: &'a str,
    syntax: Syntax,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Syntax {
    Literal,
    Wildcards,
    Policy,
    Format,
}

impl<'a> Glob<'a> {
    /// A text in a policy, with wildcards and policy variables.
    pub const fn new(text: &'a str) -> Self {
        Self {
            text,
            syntax: Syntax::Policy,
        }
    }

    /// A text without policy variables: an action, or any text in a policy of version 2008-10-17.
    pub const fn wildcards(text: &'a str) -> Self {
        Self {
            text,
            syntax: Syntax::Wildcards,
        }
    }

    /// A literal text.
    pub const fn literal(text: &'a str) -> Self {
        Self {
            text,
            syntax: Syntax::Literal,
        }
    }

    /// A format of the service authorization reference, `${BucketName}/${ObjectName}`: each variable is one character
    /// or more.
    ///
    /// Variables can match `/` and `:`, as many of AWS's own ARNs require, except for these few, where a slash would
    /// lead to a different resource type. The formats of the catalogue know more of their variables, where the service's API
    /// says it ([`ArnFormat::name_format`](super::ArnFormat::name_format)).
    ///
    /// - `BucketName`: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html>
    /// - `KeyId`: <https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id-key-id> and
    ///   <https://docs.aws.amazon.com/payment-cryptography/latest/APIReference/API_Key.html>
    pub const fn format(text: &'a str) -> Self {
        Self {
            text,
            syntax: Syntax::Format,
        }
    }

    /// The text as written.
    pub const fn as_str(self) -> &'a str {
        self.text
    }

    /// Whether the text is empty.
    pub const fn is_empty(self) -> bool {
        self.text.is_empty()
    }

    /// Whether it consists of `*` only, which matches every text.
    ///
    /// ```
    /// use policy_core::arn::Glob;
    ///
    /// assert!(Glob::new("**").is_everything());
    /// assert!(!Glob::new("s3:*").is_everything() && !Glob::new("").is_everything());
    /// assert!(!Glob::literal("*").is_everything());
    /// ```
    pub fn is_everything(self) -> bool {
        !matches!(self.syntax, Syntax::Literal | Syntax::Format)
            && !self.text.is_empty()
            && self.text.bytes().all(|byte| byte == b'*')
    }

    /// Whether it matches one text only.
    ///
    /// ```
    /// use policy_core::arn::Glob;
    ///
    /// assert!(Glob::new("secret:name-${?}").is_literal());
    /// assert!(!Glob::new("secret:name-?").is_literal());
    /// ```
    pub fn is_literal(self) -> bool {
        let mut rest = self;
        while let Some((piece, after)) = rest.split_first() {
            if !matches!(piece, Piece::Literal(_)) {
                return false;
            }
            rest = after;
        }
        true
    }

    /// Whether it matches the text. Does not allocate; at worst takes the product of the two lengths.
    pub fn matches(self, text: &str) -> bool {
        self.matches_by::<false>(text)
    }

    /// The same, ignoring ASCII case, as for action names and condition keys.
    ///
    /// ```
    /// use policy_core::arn::Glob;
    ///
    /// assert!(Glob::wildcards("s3:get*").matches_ignore_ascii_case("s3:GetObject"));
    /// ```
    pub fn matches_ignore_ascii_case(self, text: &str) -> bool {
        self.matches_by::<true>(text)
    }

    /// Whether there is a text that both match. At worst takes the product of the two lengths.
    pub fn intersects(self, other: Glob<'_>) -> bool {
        intersection::intersects(self, other, "")
    }

    /// The same with a format of which the catalogue's lines say what its variables are made of.
    pub(super) fn intersects_named(self, format: Glob<'_>, names: &str) -> bool {
        intersection::intersects(self, format, names)
    }

    /// The same, ignoring ASCII case, as for action names.
    ///
    /// ```
    /// use policy_core::arn::Glob;
    ///
    /// assert!(Glob::wildcards("s3:get*").intersects_ignore_ascii_case(Glob::wildcards("S3:*Object")));
    /// assert!(!Glob::wildcards("s3:get*").intersects_ignore_ascii_case(Glob::wildcards("S3:Put*")));
    /// ```
    pub fn intersects_ignore_ascii_case(self, other: Glob<'_>) -> bool {
        let Some((one, other)) = self.without_common_start(other, u8::eq_ignore_ascii_case) else {
            return false;
        };
        let (one_text, other_text) = (one.text.to_ascii_lowercase(), other.text.to_ascii_lowercase());
        let one = Glob { text: &one_text, ..one };
        one.intersects(Glob {
            text: &other_text,
            ..other
        })
    }

    /// Whether this matches every text that the other matches, so that the other is redundant next to it. At worst
    /// takes the product of the two lengths.
    ///
    /// Exact for `*` and `?`. A variable has the same unknown value everywhere: only itself and `*` cover it, and it
    /// covers nothing else.
    ///
    /// ```
    /// use policy_core::arn::Glob;
    ///
    /// let objects = Glob::new("staging*");
    /// assert!(objects.covers(Glob::new("staging*/*")));
    /// assert!(objects.covers(Glob::new("staging/${aws:username}/?")));
    /// assert!(!objects.covers(Glob::new("stag*")));
    /// assert!(!Glob::new("?*/").covers(Glob::new("*/")));
    /// ```
    pub fn covers(self, other: Glob<'_>) -> bool {
        match self.without_common_start(other, u8::eq) {
            Some((one, other)) => cover::covers(one, other, |one, other| one == other),
            None => false,
        }
    }

    /// The same, ignoring ASCII case, as for action names.
    ///
    /// ```
    /// use policy_core::arn::Glob;
    ///
    /// assert!(Glob::wildcards("ec2:Describe*").covers_ignore_ascii_case(Glob::wildcards("ec2:describe*Format")));
    /// ```
    pub fn covers_ignore_ascii_case(self, other: Glob<'_>) -> bool {
        match self.without_common_start(other, u8::eq_ignore_ascii_case) {
            Some((one, other)) => cover::covers(one, other, |one, other| one.eq_ignore_ascii_case(&other)),
            None => false,
        }
    }

    fn matches_by<const IN_ANY_CASE: bool>(self, text: &str) -> bool {
        if self.syntax == Syntax::Format {
            // A variable of a format may not match every character, so that a `*` cannot do for it.
            return self.intersects(Glob::literal(text));
        }
        wildcard::matches::<Character, _>(Letters::<IN_ANY_CASE>(self), text.as_bytes())
    }

    /// The first piece, and the rest.
    pub(super) fn split_first(self) -> Option<(Piece, Self)> {
        self.split_first_named("")
    }

    /// The same of a format with such lines.
    pub(super) fn split_first_named(self, names: &str) -> Option<(Piece, Self)> {
        let (first, rest) = split_char(self.text)?;
        let (piece, rest) = match (first, self.syntax) {
            (_, Syntax::Literal) => (Piece::Literal(first), rest),
            ('*', _) => (Piece::Many(Class::Any), rest),
            ('?', _) => (Piece::One, rest),
            ('$', Syntax::Policy | Syntax::Format) => match variable(rest) {
                Some((variable, rest)) => (self.value(variable, names), rest),
                None => (Piece::Literal(first), rest),
            },
            _ => (Piece::Literal(first), rest),
        };
        Some((
            piece,
            Self {
                text: rest,
                syntax: self.syntax,
            },
        ))
    }

    /// What a variable matches.
    fn value(self, variable: &str, names: &str) -> Piece {
        match (self.syntax, variable) {
            (Syntax::Format, "BucketName" | "KeyId") => Piece::Some(Class::Segment),
            (Syntax::Format, _) => Piece::Some(NameFormat::find(names, variable).map_or(Class::Any, |name| {
                match (name.allows('/'), name.allows(':')) {
                    (true, true) => Class::Any,
                    (true, false) => Class::NoColon,
                    (false, true) => Class::NoSlash,
                    (false, false) => Class::Segment,
                }
            })),
            (_, "*") => Piece::Literal('*'),
            (_, "?") => Piece::Literal('?'),
            (_, "$") => Piece::Literal('$'),
            _ => Piece::Many(Class::Any),
        }
    }

    /// Both without their common literal prefix, as compared by `same`; `None` if the prefixes differ.
    pub(super) fn without_common_start(self, other: Self, same: impl Fn(&u8, &u8) -> bool) -> Option<(Self, Self)> {
        let mut length = 0;
        let mut rests = (self.text.as_bytes(), other.text.as_bytes());
        while let ([one, one_rest @ ..], [two, two_rest @ ..]) = rests {
            if self.is_special(*one) || other.is_special(*two) {
                break;
            }
            if !same(one, two) {
                return None;
            }
            length += 1;
            rests = (one_rest, two_rest);
        }
        // Equal so far, followed by a special byte or an end in one: a character boundary in both.
        let one = self.text.get(length..)?;
        let two = other.text.get(length..)?;
        Some((Self { text: one, ..self }, Self { text: two, ..other }))
    }

    const fn is_special(self, byte: u8) -> bool {
        match self.syntax {
            Syntax::Literal => false,
            Syntax::Wildcards => matches!(byte, b'*' | b'?'),
            Syntax::Policy | Syntax::Format => matches!(byte, b'*' | b'?' | b'$'),
        }
    }
}

/// A glob whose letters are compared as written, or in any ASCII case.
#[derive(Clone, Copy)]
struct Letters<'a, const IN_ANY_CASE: bool>(Glob<'a>);

impl<const IN_ANY_CASE: bool> Letters<'_, IN_ANY_CASE> {
    fn are(wanted: &[u8], found: &[u8]) -> bool {
        if IN_ANY_CASE {
            wanted.eq_ignore_ascii_case(found)
        } else {
            wanted == found
        }
    }
}

impl<const IN_ANY_CASE: bool> Pieces for Letters<'_, IN_ANY_CASE> {
    fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    fn seek(self, text: &[u8]) -> Option<&[u8]> {
        let Self(glob) = self;
        let Some(first) = glob.text.as_bytes().first().filter(|first| !glob.is_special(**first)) else {
            return Some(text);
        };
        let at = text.iter().position(|found| Self::are(&[*first], &[*found]))?;
        text.get(at..)
    }

    fn step<U: Unit>(self, text: &[u8]) -> Step<'_, Self> {
        let Self(glob) = self;
        let bytes = glob.text.as_bytes();
        let Some(first) = bytes.first() else { return Step::End };
        if glob.is_special(*first) {
            return match glob.split_first() {
                Some((Piece::Literal(wanted), after)) => match text.split_first() {
                    Some((found, rest)) if wanted == char::from(*found) => Step::To(Self(after), rest),
                    _ => Step::Stuck,
                },
                Some((Piece::One, after)) => U::after_one(text).map_or(Step::Stuck, |rest| Step::To(Self(after), rest)),
                Some((Piece::Many(_) | Piece::Some(_), after)) => Step::Any(Self(after)),
                None => Step::End,
            };
        }
        // Before the end of the literal text is looked for: after a `*`, most bytes of a text are not its first.
        if !text.first().is_some_and(|found| Self::are(&[*first], &[*found])) {
            return Step::Stuck;
        }
        let end = bytes
            .iter()
            .position(|byte| glob.is_special(*byte))
            .unwrap_or(bytes.len());
        match (glob.text.split_at_checked(end), text.split_at_checked(end)) {
            (Some((wanted, after)), Some((found, rest))) if Self::are(wanted.as_bytes(), found) => {
                Step::To(Self(Glob { text: after, ..glob }), rest)
            }
            _ => Step::Stuck,
        }
    }
}

impl fmt::Display for Glob<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text)
    }
}

/// A piece of a glob.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// This character.
    Literal(char),
    /// Any one.
    One,
    /// Any number of these.
    Many(Class),
    /// One or more of these.
    Some(Class),
}

/// The characters that a piece can match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// All.
    Any,
    /// All but the separators `/` and `:`.
    Segment,
    /// All but `:`.
    NoColon,
    /// All but `/`.
    NoSlash,
}

impl Class {
    pub(super) const fn has(self, character: char) -> bool {
        match self {
            Class::Any => true,
            Class::Segment => !matches!(character, '/' | ':'),
            Class::NoColon => character != ':',
            Class::NoSlash => character != '/',
        }
    }
}

/// The variable after a `$`, without its braces, and the rest.
fn variable(rest: &str) -> Option<(&str, &str)> {
    let inside = rest.strip_prefix('{')?;
    let end = closing(inside)?;
    Some((inside.get(..end)?, inside.get(end + 1..)?))
}

fn split_char(text: &str) -> Option<(char, &str)> {
    let mut chars = text.chars();
    let first = chars.next()?;
    Some((first, chars.as_str()))
}
