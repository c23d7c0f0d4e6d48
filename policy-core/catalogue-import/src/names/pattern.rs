//! The regular expressions of the service models: which characters the names that they match are made of.
//!
//! The answer is a superset, so that it can be relied on for what a name does *not* contain: of all characters that stand
//! anywhere in an expression.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind, Look};

use super::characters::Characters;

/// The names that an expression matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Names {
    pub characters: Characters,
    /// How many characters they have.
    pub min: Option<u64>,
    pub max: Option<u64>,
    /// Whether it also matches ARNs, which were left out.
    pub or_arn: bool,
}

/// The names that an expression matches, if it says something of them.
///
/// Many take a name or an ARN: alternatives and optional beginnings that are of an ARN do not count. At an end that is not
/// anchored, where the other is, anything may follow.
pub fn names(pattern: &str) -> Option<Names> {
    let expression = parse(&without_look_around(pattern)?)?;
    let properties = expression.properties();
    let is_open = |looks: regex_syntax::hir::LookSet, look| !looks.contains(look);
    if is_open(properties.look_set_prefix(), Look::Start) != is_open(properties.look_set_suffix(), Look::End) {
        return None;
    }
    let names = without_arns(&expression)?;
    let mut characters = Characters::default();
    add_characters(&names, &mut characters);
    let number = |length: Option<usize>| length.and_then(|length| u64::try_from(length).ok());
    Some(Names {
        characters,
        min: number(names.properties().minimum_len()),
        max: number(names.properties().maximum_len()),
        or_arn: names != expression,
    })
}

/// Classes such as `\w` are of ASCII, as they are to AWS, except where an expression names letters beyond it.
fn parse(pattern: &str) -> Option<Hir> {
    // To this crate these are operators between sets, and to AWS they are not.
    if pattern.contains("--") || pattern.contains("~~") {
        return None;
    }
    let parse = |unicode| {
        let mut parser = ParserBuilder::new().unicode(unicode).utf8(unicode).build();
        parser.parse(pattern).ok()
    };
    parse(false).or_else(|| parse(true))
}

/// The expression without `(?=...)`, `(?!...)` and their like, which this crate does not read: it then matches more.
fn without_look_around(pattern: &str) -> Option<String> {
    const SIGNS: [&str; 4] = ["(?=", "(?!", "(?<=", "(?<!"];
    let mut kept = String::new();
    let mut rest = pattern;
    while let Some(next) = rest.chars().next() {
        if SIGNS.iter().any(|sign| rest.starts_with(sign)) {
            rest = after_group(rest)?;
            continue;
        }
        // An escaped sign does not count.
        let length = if next == '\\' {
            1 + rest.chars().nth(1).map_or(0, char::len_utf8)
        } else {
            next.len_utf8()
        };
        let (taken, after) = rest.split_at(length);
        kept.push_str(taken);
        rest = after;
    }
    Some(kept)
}

/// The text after the group at its start.
fn after_group(text: &str) -> Option<&str> {
    let (mut depth, mut in_class, mut escaped) = (0_usize, false, false);
    for (at, sign) in text.char_indices() {
        match sign {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => depth += 1,
            ')' if !in_class => {
                depth -= 1;
                if depth == 0 {
                    return text.get(at + 1..);
                }
            }
            _ => {}
        }
    }
    None
}

/// The part of an expression that matches no ARN; `None` if all of it does.
fn without_arns(expression: &Hir) -> Option<Hir> {
    match expression.kind() {
        HirKind::Capture(group) => without_arns(&group.sub),
        HirKind::Alternation(alternatives) => {
            let kept: Vec<Hir> = alternatives.iter().filter_map(without_arns).collect();
            (!kept.is_empty()).then(|| Hir::alternation(kept))
        }
        HirKind::Concat(parts) => {
            let is_look = |part: &&Hir| matches!(part.kind(), HirKind::Look(_));
            let (looks, parts) = parts.split_at(parts.iter().take_while(is_look).count());
            let (first, rest) = parts.split_first()?;
            let whole: Vec<Hir> = match optional(first) {
                Some(start) if starts_an_arn(start) => looks.iter().chain(name_of_an_arn(rest)).cloned().collect(),
                _ => {
                    let first = without_arns(first)?;
                    looks
                        .iter()
                        .cloned()
                        .chain([first])
                        .chain(rest.iter().cloned())
                        .collect()
                }
            };
            Some(Hir::concat(whole))
        }
        _ => (!starts_an_arn(expression)).then(|| expression.clone()),
    }
}

/// What is left of an ARN that may also be written from a later field on, and with a version or an alias behind it:
/// `(111122223333:)?(function:)?NAME(:ALIAS)?`.
fn name_of_an_arn(parts: &[Hir]) -> &[Hir] {
    let is_field_before =
        |part: &Hir| optional(part).is_some_and(|field| has_colon(field, <[Hir]>::last, <[u8]>::last));
    let is_field_after =
        |part: &Hir| optional(part).is_some_and(|field| has_colon(field, <[Hir]>::first, <[u8]>::first));
    let mut parts = parts;
    while let [field, rest @ ..] = parts
        && is_field_before(field)
    {
        parts = rest;
    }
    while let [rest @ .., field] = parts
        && is_field_after(field)
    {
        parts = rest;
    }
    parts
}

/// Whether all that an expression matches has a colon at that end.
fn has_colon(expression: &Hir, part: fn(&[Hir]) -> Option<&Hir>, byte: fn(&[u8]) -> Option<&u8>) -> bool {
    match expression.kind() {
        HirKind::Literal(text) => byte(&text.0) == Some(&b':'),
        HirKind::Capture(group) => has_colon(&group.sub, part, byte),
        HirKind::Concat(parts) => part(parts).is_some_and(|end| has_colon(end, part, byte)),
        HirKind::Alternation(alternatives) => alternatives.iter().all(|one| has_colon(one, part, byte)),
        _ => false,
    }
}

/// What may be there or not.
fn optional(expression: &Hir) -> Option<&Hir> {
    match expression.kind() {
        HirKind::Repetition(repeated) if repeated.min == 0 => Some(&repeated.sub),
        HirKind::Capture(group) => optional(&group.sub),
        _ => None,
    }
}

fn starts_an_arn(expression: &Hir) -> bool {
    match expression.kind() {
        HirKind::Literal(text) => text.0.starts_with(b"arn"),
        HirKind::Capture(group) => starts_an_arn(&group.sub),
        HirKind::Concat(parts) => {
            let mut parts = parts.iter().filter(|part| !matches!(part.kind(), HirKind::Look(_)));
            parts.next().is_some_and(starts_an_arn)
        }
        HirKind::Alternation(alternatives) => alternatives.iter().all(starts_an_arn),
        _ => false,
    }
}

fn add_characters(expression: &Hir, characters: &mut Characters) {
    match expression.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(text) => {
            for byte in &text.0 {
                characters.add(u32::from(*byte), u32::from(*byte));
            }
        }
        HirKind::Class(Class::Unicode(class)) => {
            for range in class.iter() {
                characters.add(u32::from(range.start()), u32::from(range.end()));
            }
        }
        HirKind::Class(Class::Bytes(class)) => {
            for range in class.iter() {
                characters.add(u32::from(range.start()), u32::from(range.end()));
            }
        }
        HirKind::Repetition(repeated) => add_characters(&repeated.sub, characters),
        HirKind::Capture(group) => add_characters(&group.sub, characters),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            for part in parts {
                add_characters(part, characters);
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn of(pattern: &str) -> Option<String> {
        names(pattern)?.characters.written()
    }

    #[test]
    fn of_a_class_it_is_the_class() {
        assert_eq!(of("[a-zA-Z0-9_.-]+").unwrap(), "[-.0-9A-Z_a-z]");
        assert_eq!(of(r"[\w\.-]+").unwrap(), "[-.0-9A-Z_a-z]");
        assert_eq!(of(r"^[0-9A-Za-z-_\/]{1,8}$").unwrap(), "[-/0-9A-Z_a-z]");
        assert_eq!(of(r"[^/:]+").unwrap(), "[^/:]");
        assert!(
            of(r"[\p{L}0-9]+").unwrap().starts_with("[^- !"),
            "letters of all languages"
        );
    }

    #[test]
    fn of_anything_it_is_nothing() {
        for pattern in [".*", r"\S+[\s\S]", "^[a-z]+", "[a-z]+$", "(unclosed", r"[a--z]"] {
            assert_eq!(of(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn arns_are_left_out() {
        let plain = names("[a-z]+").unwrap();
        assert!(!plain.or_arn);
        for pattern in [
            r"(arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:layer:[a-z]+)|[a-z]+",
            r"^(arn:aws:ecs:[^:]+:cluster/)?[a-z]+$",
            r"^((arn):x:)?([a-z]+)$",
            r"(arn:aws:lambda:)?([a-z]{2}-\d:)?(\d{12}:)?(function:)?([a-z]+)(:(\$LATEST|[a-z0-9]+))?",
        ] {
            let both = names(pattern).unwrap();
            assert!(both.or_arn, "{pattern}");
            assert_eq!(both.characters, plain.characters, "{pattern}");
        }
        assert_eq!(names(r"arn:aws:sns:.*:[a-z]+"), None);
    }

    #[test]
    fn what_a_name_may_not_be_is_not_read() {
        assert_eq!(of(r"(?!^[0-9]+$)([a-z0-9-]+)").unwrap(), "[-0-9a-z]");
        assert_eq!(of(r"(?!(a|[)])\))[a-z]+").unwrap(), "[a-z]");
        assert_eq!(of(r"\(?=x").unwrap(), "[(=x]");
    }

    #[test]
    fn lengths_are_those_of_the_names() {
        let names = names(r"(arn:aws:x:.{9})|[a-z][a-z0-9]{0,62}").unwrap();
        assert_eq!((names.min, names.max), (Some(1), Some(63)));
    }
}
