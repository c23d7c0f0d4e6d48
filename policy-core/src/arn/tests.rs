//! The globs against slow and plain definitions of themselves, and the fields against AWS's own formats.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;

/// Every text of up to `length` of these pieces.
fn texts(pieces: &[&str], length: usize) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut start = 0;
    for _ in 0..length {
        let end = all.len();
        for shorter in start..end {
            for piece in pieces {
                all.push(format!("{}{piece}", all.get(shorter).unwrap()));
            }
        }
        start = end;
    }
    all
}

/// What a glob means, said as plainly as can be and without regard to time.
fn means(glob: &str, text: &str, format: bool) -> bool {
    let tails = || text.char_indices().map(|(at, _)| at).chain([text.len()]);
    if let Some((variable, rest)) = glob.strip_prefix("${").and_then(|rest| rest.split_once('}')) {
        return match variable {
            "*" | "?" | "$" if !format => text
                .strip_prefix(variable)
                .is_some_and(|tail| means(rest, tail, format)),
            _ => tails().any(|at| {
                let (value, tail) = text.split_at(at);
                let allowed = match variable {
                    "BucketName" if format => !value.is_empty() && !value.contains(['/', ':']),
                    _ => !(format && value.is_empty()),
                };
                allowed && means(rest, tail, format)
            }),
        };
    }
    let mut chars = glob.chars();
    match chars.next() {
        None => text.is_empty(),
        Some('*') => tails().any(|at| means(chars.as_str(), &text[at..], format)),
        Some(wanted) => {
            let mut found = text.chars();
            found.next().is_some_and(|found| wanted == '?' || wanted == found)
                && means(chars.as_str(), found.as_str(), format)
        }
    }
}

#[test]
fn matches_what_it_means() {
    let candidates = texts(&["a", "é", "/", "*"], 4);
    for glob in texts(&["a", "é", "*", "?", "${v}", "${*}"], 4) {
        for text in &candidates {
            assert_eq!(
                Glob::new(&glob).matches(text),
                means(&glob, text, false),
                "{glob} {text}"
            );
        }
    }
}

#[test]
fn a_format_matches_what_it_means() {
    let candidates = texts(&["a", "/", ":"], 5);
    for format in texts(&["a", "/", "*", "${BucketName}", "${v}"], 3) {
        for text in &candidates {
            assert_eq!(
                Glob::format(&format).matches(text),
                means(&format, text, true),
                "{format} {text}"
            );
        }
    }
}

/// Two globs intersect if some text of those that are long enough is meant by both. Three pieces each take at most six
/// characters between them.
fn assert_intersections(globs: &[String], formats: &[String], alphabet: &[&str], format: bool) {
    let texts = texts(alphabet, 6);
    let meant = |glob: &String, format| -> Vec<bool> { texts.iter().map(|text| means(glob, text, format)).collect() };
    let of_globs: Vec<_> = globs.iter().map(|glob| meant(glob, false)).collect();
    for other in formats {
        let of_other = meant(other, format);
        for (glob, of_glob) in globs.iter().zip(&of_globs) {
            let common = of_glob.iter().zip(&of_other).any(|(one, two)| *one && *two);
            let written = Glob::new(glob);
            let against = if format { Glob::format(other) } else { Glob::new(other) };
            assert_eq!(written.intersects(against), common, "{glob} {other}");
            assert_eq!(against.intersects(written), common, "{other} {glob}");
        }
    }
}

#[test]
fn globs_intersect_if_a_text_is_meant_by_both() {
    let globs = texts(&["a", "b", "*", "?", "${v}", "${*}"], 3);
    assert_intersections(&globs, &globs, &["a", "b", "*"], false);
}

#[test]
fn a_glob_and_a_format_intersect_if_a_text_is_meant_by_both() {
    let globs = texts(&["a", "/", "*", "?"], 3);
    let formats = texts(&["a", "/", "*", "${BucketName}", "${v}"], 3);
    assert_intersections(&globs, &formats, &["a", "b", "/"], true);
}
