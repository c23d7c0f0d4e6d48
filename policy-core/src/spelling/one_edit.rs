//! Texts that are one slip apart.

/// Whether two texts are one edit apart: a byte more, less or another, or two that are the wrong way round.
pub(crate) const fn is_one_edit(one: &str, other: &str) -> bool {
    let (mut one, mut other) = (one.as_bytes(), other.as_bytes());
    while let ([first, rest @ ..], [other_first, other_rest @ ..]) = (one, other) {
        if *first != *other_first {
            break;
        }
        (one, other) = (rest, other_rest);
    }
    if let [_, rest @ ..] = one {
        if is_same(rest, other) {
            return true;
        }
        if let [_, other_rest @ ..] = other
            && is_same(rest, other_rest)
        {
            return true;
        }
    }
    if let [_, other_rest @ ..] = other
        && is_same(one, other_rest)
    {
        return true;
    }
    match (one, other) {
        ([a, b, rest @ ..], [c, d, other_rest @ ..]) => *a == *d && *b == *c && is_same(rest, other_rest),
        _ => false,
    }
}

const fn is_same(mut one: &[u8], mut other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    while let ([first, rest @ ..], [other_first, other_rest @ ..]) = (one, other) {
        if *first != *other_first {
            return false;
        }
        (one, other) = (rest, other_rest);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::is_one_edit;

    #[test]
    fn edits() {
        for (one, other, expected) in [
            ("tasks", "task", true),
            ("task", "tasks", true),
            ("task", "tusk", true),
            ("task", "task", false),
            ("task", "tsak", true),
            ("task", "kast", false),
            ("a", "", true),
            ("", "", false),
        ] {
            assert_eq!(is_one_edit(one, other), expected, "{one} {other}");
        }
    }
}
