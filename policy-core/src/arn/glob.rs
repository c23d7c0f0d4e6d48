//! Texts with wildcards.

use std::fmt;

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
    /// Variables can match `/` and `:`, as most of AWS's own ARNs require, except for these few, where a slash would
    /// lead to a different resource type:
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
        self.matches_by(text, u8::eq)
    }

    /// The same, ignoring ASCII case, as for action names and condition keys.
    ///
    /// ```
    /// use policy_core::arn::Glob;
    ///
    /// assert!(Glob::wildcards("s3:get*").matches_ignore_ascii_case("s3:GetObject"));
    /// ```
    pub fn matches_ignore_ascii_case(self, text: &str) -> bool {
        self.matches_by(text, u8::eq_ignore_ascii_case)
    }

    /// Whether there is a text that both match. At worst takes the product of the two lengths.
    pub fn intersects(self, other: Glob<'_>) -> bool {
        intersection::intersects(self, other)
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

    /// After a mismatch, gives one more character to the last `*`. Earlier ones need not be retried, since the last can
    /// match whatever they could. Compares bytes: those of a character only match at a character's start.
    fn matches_by(self, text: &str, same: impl Fn(&u8, &u8) -> bool) -> bool {
        if self.syntax == Syntax::Format {
            // A variable of a format may not match every character, so that does not apply to it.
            return self.intersects(Glob::literal(text));
        }
        let has_wildcards = self.syntax != Syntax::Literal;
        let (mut glob, mut text) = (self.text.as_bytes(), text.as_bytes());
        let mut retry = None;
        loop {
            let special = match glob {
                [b'*', after @ ..] if has_wildcards => Some((Piece::Many(Class::Any), after)),
                [b'?', after @ ..] if has_wildcards => Some((Piece::One, after)),
                [b'$', ..] if self.syntax == Syntax::Policy => self.variable_at(glob),
                _ => None,
            };
            let fits = match (special, glob, text) {
                (Some((Piece::Many(_), [])), ..) | (None, [], []) => return true,
                (Some((Piece::Many(_), after)), ..) => {
                    retry = Some((after, text));
                    Some((after, text))
                }
                (Some(_), _, []) | (None, [_, ..], []) => return false,
                (Some((Piece::Literal(wanted), after)), _, [found, tail @ ..]) => {
                    (wanted == char::from(*found)).then_some((after, tail))
                }
                (Some((_, after)), ..) => after_char(text).map(|tail| (after, tail)),
                (None, [wanted, after @ ..], [found, tail @ ..]) => same(wanted, found).then_some((after, tail)),
                (None, [], _) => None,
            };
            (glob, text) = if let Some(rests) = fits {
                rests
            } else {
                let Some((after, from)) = retry else { return false };
                let Some(mut tail) = after_char(from) else { return false };
                // Where what follows the `*` begins at the earliest, which takes a few instructions a byte to see.
                if let [first, ..] = after
                    && !self.is_special(*first)
                {
                    let next = tail.iter().position(|byte| same(first, byte));
                    let Some(from_next) = next.and_then(|at| tail.get(at..)) else {
                        return false;
                    };
                    tail = from_next;
                }
                retry = Some((after, tail));
                (after, tail)
            };
        }
    }

    /// What a variable at the start of this rest of the glob matches, and what follows it.
    fn variable_at(self, glob: &'a [u8]) -> Option<(Piece, &'a [u8])> {
        let rest = self.text.get(self.text.len() - glob.len() + 1..)?;
        let (variable, rest) = variable(rest)?;
        Some((self.value(variable), rest.as_bytes()))
    }

    /// The first piece, and the rest.
    pub(super) fn split_first(self) -> Option<(Piece, Self)> {
        let (first, rest) = split_char(self.text)?;
        let (piece, rest) = match (first, self.syntax) {
            (_, Syntax::Literal) => (Piece::Literal(first), rest),
            ('*', _) => (Piece::Many(Class::Any), rest),
            ('?', _) => (Piece::One, rest),
            ('$', Syntax::Policy | Syntax::Format) => match variable(rest) {
                Some((variable, rest)) => (self.value(variable), rest),
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
    fn value(self, variable: &str) -> Piece {
        match (self.syntax, variable) {
            (Syntax::Format, "BucketName" | "KeyId") => Piece::Some(Class::Segment),
            (Syntax::Format, _) => Piece::Some(Class::Any),
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
}

impl Class {
    pub(super) const fn has(self, character: char) -> bool {
        match self {
            Class::Any => true,
            Class::Segment => !matches!(character, '/' | ':'),
        }
    }
}

/// The variable after a `$`, without its braces, and the rest.
fn variable(rest: &str) -> Option<(&str, &str)> {
    let inside = rest.strip_prefix('{')?;
    let end = closing(inside)?;
    Some((inside.get(..end)?, inside.get(end + 1..)?))
}

/// The offset of the brace that closes a `${`: before another one opens.
pub(crate) fn closing(inside: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + inside.get(from..)?.find(['}', '$'])?;
        match inside.get(at..)?.as_bytes() {
            [b'}', ..] => return Some(at),
            [b'$', b'{', ..] => return None,
            _ => from = at + 1,
        }
    }
}

/// The bytes of a text after its first character.
fn after_char(text: &[u8]) -> Option<&[u8]> {
    let (_, mut rest) = text.split_first()?;
    while let [0x80..=0xBF, after @ ..] = rest {
        rest = after;
    }
    Some(rest)
}

fn split_char(text: &str) -> Option<(char, &str)> {
    let mut chars = text.chars();
    let first = chars.next()?;
    Some((first, chars.as_str()))
}
