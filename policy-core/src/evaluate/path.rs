//! The ARN of a role whose path is not known, as that of a session does not have it.

/// A piece of a pattern.
#[derive(Clone, Copy, Debug)]
pub(super) enum End<'p> {
    Text(&'p str),
    One,
    Any,
}

/// A unit of a pattern.
#[derive(Clone, Copy, Debug)]
enum Unit {
    Byte(u8),
    One,
    Any,
}

impl<'p> End<'p> {
    fn units(self) -> impl DoubleEndedIterator<Item = Unit> + Clone + use<'p> {
        let (text, unit) = match self {
            Self::Text(text) => (text, None),
            Self::One => ("", Some(Unit::One)),
            Self::Any => ("", Some(Unit::Any)),
        };
        text.bytes().map(Unit::Byte).chain(unit)
    }
}

/// Whether a pattern may match the ARN of a role, given without its path, with a path in it. Only the texts up to the path and
/// behind it count: the pattern must begin with the one and end with the other, each up to a `*`.
pub(super) fn may_match<'p, I>(pattern: I, role: &str, ignores_case: bool) -> bool
where
    I: IntoIterator<Item = End<'p>, IntoIter: DoubleEndedIterator + Clone>,
{
    let Some((before, name)) = role.rfind('/').and_then(|slash| role.split_at_checked(slash + 1)) else {
        return false;
    };
    let units = pattern.into_iter().flat_map(End::units);
    let is_same = |one: u8, other: u8| one == other || ignores_case && one.eq_ignore_ascii_case(&other);
    let Some(first) = consumed(units.clone(), before.bytes(), is_same) else {
        return false;
    };
    let after = b"/".iter().copied().chain(name.bytes());
    let Some(last) = consumed(units.clone().rev(), after.rev(), is_same) else {
        return false;
    };
    first + last <= units.count()
}

/// How many units match a text from its start, up to a `*`; `None` if they do not match it.
fn consumed(
    mut units: impl Iterator<Item = Unit>,
    text: impl Iterator<Item = u8>,
    is_same: impl Fn(u8, u8) -> bool,
) -> Option<usize> {
    let mut count = 0;
    for byte in text {
        match units.next()? {
            Unit::Any => return Some(count),
            Unit::One => count += 1,
            Unit::Byte(wanted) if is_same(wanted, byte) => count += 1,
            Unit::Byte(_) => return None,
        }
    }
    Some(count)
}

#[cfg(test)]
mod tests {
    use super::{End, may_match};

    #[test]
    fn a_path_is_any_text_between_slashes() {
        let role = "arn:aws:iam::111122223333:role/app";
        for (text, expected) in [
            ("arn:aws:iam::111122223333:role/team/app", true),
            ("arn:aws:iam::111122223333:role/a/b/app", true),
            ("arn:aws:iam::111122223333:role/team/*", true),
            ("arn:aws:iam::*:role/team/a?p", true),
            ("arn:aws:iam::*:role/team*", true),
            ("arn:aws:iam::*/team/app", true),
            ("*/team/*", true),
            ("arn:aws:iam::111122223333:role/team*pp", true),
            ("arn:aws:iam::111122223333:role/app", false),
            ("arn:aws:iam::111122223333:role/my-app", false),
            ("arn:aws:iam::111122223333:role/team/ap", false),
            ("arn:aws:iam::111122223333:role/team/b*", true),
            ("arn:aws:iam::111122223333:role/team/*b", false),
            ("arn:aws:iam::444455556666:role/team/app", false),
            ("arn:aws:iam::444455556666:role/team/*", false),
            ("arn:aws:iam::111122223333:user/*", false),
            ("arn:aws:iam::111122223333:role", false),
            ("", false),
        ] {
            let pieces: Vec<End<'_>> = text
                .split_inclusive(['*', '?'])
                .flat_map(|part| match (part.strip_suffix('*'), part.strip_suffix('?')) {
                    (Some(text), _) => vec![End::Text(text), End::Any],
                    (_, Some(text)) => vec![End::Text(text), End::One],
                    _ => vec![End::Text(part)],
                })
                .collect();
            assert_eq!(may_match(pieces, role, false), expected, "{text}");
        }
        let text = [End::Text("arn:aws:iam::111122223333:role/Team/APP")];
        assert!(may_match(text, role, true) && !may_match(text, role, false));
        assert!(!may_match([End::Any], "no role", false));
    }
}
