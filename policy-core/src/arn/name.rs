//! What the variables of a format are made of.

use std::fmt;

use crate::bytes;

/// What a service accepts for a variable of a format: for `${TableName}`, which characters, and how many of them.
///
/// It is from the models of the service's own API, and written as the catalogue writes it. Where those say nothing about a name and the
/// ARNs of other types continue after it, it is every character but the separator there, `[^/]`. AWS itself may give a resource a name
/// that its API accepts from nobody, but none with another separator: only what a name says of `/` and `:` counts in
/// [`ArnPattern::fits_format`](super::ArnPattern::fits_format).
///
/// ```
/// use policy_core::catalogue::service;
///
/// let table = service("dynamodb").unwrap().resource_type("table").unwrap();
/// let format = table.arn_formats().next().unwrap();
/// let name = format.name_format("TableName").unwrap();
/// assert_eq!(name.as_str(), "[-.0-9A-Z_a-z]{3,255}");
/// assert!(name.accepts("orders") && !name.accepts("orders/index/by-day") && !name.accepts("t"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NameFormat<'a> {
    text: &'a str,
    characters: Characters<'a>,
}

/// What a line of the catalogue that has one begins with.
const START: &str = " name ";

impl<'a> NameFormat<'a> {
    /// The one of a variable, in the lines of a resource type and what follows them.
    pub(super) fn find(lines: &'a str, variable: &str) -> Option<Self> {
        let mut rest = lines;
        loop {
            // Most types have none: that has to be known at once.
            let line = rest.strip_prefix(START)?;
            let own = line.strip_prefix(variable).and_then(|rest| rest.strip_prefix(' '));
            let text = own.unwrap_or(line);
            let (text, after) = text.split_at_checked(bytes::find(b'\n', text.as_bytes())?)?;
            if own.is_some() {
                return Self::read(text);
            }
            rest = after.get(1..)?;
        }
    }

    /// `[-.0-9A-Z_a-z]{3,255}`. The bracket that closes may be one of the characters too.
    fn read(text: &'a str) -> Option<Self> {
        let (inside, _) = text.strip_prefix('[')?.rsplit_once(']')?;
        let characters = Characters(inside);
        Some(Self { text, characters })
    }

    /// A class of characters and, where the service limits it, how many: `[-.0-9A-Z_a-z]{3,255}`.
    pub const fn as_str(self) -> &'a str {
        self.text
    }

    /// Whether a name can contain this character.
    pub fn allows(self, character: char) -> bool {
        self.characters.has(character)
    }

    /// Whether a name consists of the right characters, and of the right number of them.
    #[inline]
    pub fn accepts(self, name: &str) -> bool {
        let length = name.chars().count();
        let fits = |(least, most): (usize, usize)| least <= length && length <= most;
        self.lengths().is_none_or(fits) && !name.is_empty() && name.chars().all(|found| self.allows(found))
    }

    /// The least and the greatest number of characters.
    #[inline]
    pub fn lengths(self) -> Option<(usize, usize)> {
        let (_, after) = self.text.rsplit_once(']')?;
        let (least, most) = after.strip_prefix('{')?.strip_suffix('}')?.split_once(',')?;
        Some((least.parse().ok()?, most.parse().ok()?))
    }
}

impl fmt::Display for NameFormat<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text)
    }
}

/// The lines of a resource type that say what its variables are made of: those at its start.
pub(crate) fn lines(body: &str) -> &str {
    let mut rest = body;
    while rest.starts_with(START)
        && let Some((_, after)) = rest.split_once('\n')
    {
        rest = after;
    }
    body.get(..body.len() - rest.len()).unwrap_or_default()
}

/// The inside of a class of characters: `-.0-9A-Z_a-z`, or `^/:`, all but these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Characters<'a>(&'a str);

impl Characters<'_> {
    fn has(self, character: char) -> bool {
        match self.0.as_bytes() {
            [b'^', others @ ..] => !lists(others, character),
            listed => lists(listed, character),
        }
    }
}

/// A loop over bytes, because it runs unoptimized in a macro.
fn lists(characters: &[u8], character: char) -> bool {
    let Ok(wanted) = u8::try_from(character) else {
        return false;
    };
    let mut rest = characters;
    loop {
        rest = match rest {
            [from, b'-', to, after @ ..] => {
                if *from <= wanted && wanted <= *to {
                    return true;
                }
                after
            }
            [one, after @ ..] => {
                if *one == wanted {
                    return true;
                }
                after
            }
            [] => return false,
        };
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::{NameFormat, lines};

    const BODY: &str = " name A [-.0-9_]{1,3}\n name Ab [^]/]\n aws:TagKeys\n name B [x]\naction\n";

    #[test]
    fn they_are_the_first_lines_of_a_resource_type() {
        assert_eq!(lines(BODY), " name A [-.0-9_]{1,3}\n name Ab [^]/]\n");
        assert_eq!(lines(" aws:TagKeys\n name B [x]\n"), "");
        assert_eq!(lines(""), "");
    }

    #[test]
    fn a_variable_has_its_own() {
        let of = |variable| NameFormat::find(lines(BODY), variable).map(NameFormat::as_str);
        assert_eq!(of("A"), Some("[-.0-9_]{1,3}"));
        assert_eq!(of("Ab"), Some("[^]/]"));
        assert_eq!(of("B"), None);
    }

    #[test]
    fn a_class_is_its_characters_and_ranges() {
        let name = NameFormat::find(BODY, "A").unwrap();
        for (character, is_one) in [
            ('-', true),
            ('.', true),
            ('5', true),
            ('_', true),
            (',', false),
            ('/', false),
            ('é', false),
        ] {
            assert_eq!(name.allows(character), is_one, "{character}");
        }
        assert_eq!(name.lengths(), Some((1, 3)));
        assert!(name.accepts("1-2") && !name.accepts("1-2-") && !name.accepts("") && !name.accepts("1/2"));
        let all_but = NameFormat::find(BODY, "Ab").unwrap();
        assert!(all_but.allows('é') && all_but.allows('-') && !all_but.allows('/') && !all_but.allows(']'));
        assert_eq!(all_but.lengths(), None);
    }
}
