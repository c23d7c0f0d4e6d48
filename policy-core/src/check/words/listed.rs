//! Several names in a sentence.

/// All of them: `a, b and c`.
pub(in crate::check) fn all(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// The first of them, and how many there are besides: `a, b and 3 more`.
pub(in crate::check) fn first(most: usize, names: &[String]) -> String {
    match names.split_at_checked(most) {
        Some((first, others)) if !others.is_empty() => format!("{} and {} more", first.join(", "), others.len()),
        _ => all(names),
    }
}

/// One of them, and of many how many there are besides: `a, b or 3 others`.
pub(in crate::check) fn one_of(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [one, two] => format!("{one} or {two}"),
        [one, two, three] => format!("{one}, {two} or {three}"),
        [one, two, rest @ ..] => format!("{one}, {two} or {} others", rest.len()),
    }
}

/// A name as messages quote code.
pub(in crate::check) fn quoted(name: impl std::fmt::Display) -> String {
    format!("`{name}`")
}

#[cfg(test)]
mod tests {
    use super::{all, first, one_of, quoted};

    #[test]
    fn few_are_named_and_many_counted() {
        for (names, whole, shortened) in [
            (&[][..], "", ""),
            (&["a"], "`a`", "`a`"),
            (&["a", "b"], "`a` and `b`", "`a` and `b`"),
            (&["a", "b", "c"], "`a`, `b` and `c`", "`a`, `b` and 1 more"),
            (&["a", "b", "c", "d"], "`a`, `b`, `c` and `d`", "`a`, `b` and 2 more"),
        ] {
            let names: Vec<String> = names.iter().map(quoted).collect();
            assert_eq!(all(&names), whole);
            assert_eq!(first(2, &names), shortened);
        }
        for (names, either) in [
            (&[][..], ""),
            (&["a"], "a"),
            (&["a", "b"], "a or b"),
            (&["a", "b", "c"], "a, b or c"),
            (&["a", "b", "c", "d"], "a, b or 2 others"),
        ] {
            let names: Vec<String> = names.iter().map(ToString::to_string).collect();
            assert_eq!(one_of(&names), either);
        }
    }
}
