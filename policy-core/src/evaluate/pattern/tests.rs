//! Wildcards and variables.

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
    assert_eq!(same_letters("ETE", "ete"), Match::Yes);
    assert_eq!(same_letters("ÉTÉ", "été"), Match::Doubt);
    assert_eq!(same_letters("é", "è"), Match::No);
    assert_eq!(same_letters("a", "b"), Match::No);
}
