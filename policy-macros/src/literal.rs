//! The JSON text of Rust's text literals.

use policy_core::document::{Document, Text};
use proc_macro2::Literal;
use syn::{Lit, LitStr};

/// Whether a literal is a text literal of any kind.
pub fn is_string(literal: &str) -> bool {
    matches!(literal.as_bytes().first(), Some(b'"' | b'\'' | b'r' | b'b' | b'c'))
}

/// The text of a literal, or, if JSON does not have the literal, the text that was perhaps meant and the reason.
pub fn text(literal: &str) -> Result<String, (String, &'static str)> {
    // Nearly all are of this kind, which does not need a parser.
    if let Some(inside) = literal.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'))
        && !inside.contains('\\')
    {
        return Ok(inside.to_owned());
    }
    let meant = match literal.parse::<Literal>().map(Lit::new) {
        Ok(Lit::Str(string)) if string.suffix().is_empty() => {
            return if literal.starts_with('r') {
                raw(&string)
            } else {
                cooked(&string, literal)
            };
        }
        Ok(Lit::Str(string)) => string.value(),
        Ok(Lit::ByteStr(string)) => String::from_utf8_lossy(&string.value()).into_owned(),
        Ok(Lit::CStr(string)) => string.value().to_string_lossy().into_owned(),
        Ok(Lit::Byte(byte)) => char::from(byte.value()).to_string(),
        Ok(Lit::Char(character)) => character.value().to_string(),
        _ => literal.to_owned(),
    };
    Err((meant, "JSON's strings are in plain double quotes: `\"...\"`"))
}

/// A string with Rust's escapes, not all of which JSON has.
fn cooked(string: &LitStr, literal: &str) -> Result<String, (String, &'static str)> {
    let mut characters = literal.chars();
    while let Some(character) = characters.next() {
        if character == '\\' && !matches!(characters.next(), Some('n' | 'r' | 't' | '"' | '\\')) {
            return Err((
                string.value(),
                "JSON does not have this escape: write the character itself, or use a raw string, `r#\"...\"#`, which has JSON's own escapes",
            ));
        }
    }
    Ok(string.value())
}

/// A string in which Rust has no escapes: it has those of JSON.
fn raw(string: &LitStr) -> Result<String, (String, &'static str)> {
    let inside = string.value();
    if !inside.contains(['\\', '"']) {
        return Ok(inside);
    }
    match Document::read(&format!("\"{inside}\"")) {
        Ok(document) => Ok(document
            .root()
            .as_text()
            .map(Text::written)
            .unwrap_or_default()
            .to_owned()),
        Err(_) => Err((
            inside,
            "in a raw string only JSON's escapes are allowed: write `\\\"` for a quote, `\\\\` for a backslash",
        )),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::text;

    #[test]
    fn the_escapes_that_rust_and_json_share_are_read() {
        assert_eq!(text(r#""a b""#), Ok("a b".to_owned()));
        assert_eq!(text(r#""\"\\\n\r\t""#), Ok("\"\\\n\r\t".to_owned()));
        assert_eq!(text("\"two\nlines\""), Ok("two\nlines".to_owned()));
    }

    #[test]
    fn in_raw_strings_the_escapes_of_json_hold() {
        assert_eq!(text(r##"r#"a b"#"##), Ok("a b".to_owned()));
        assert_eq!(text(r##"r#"\"\/\u00e9"#"##), Ok("\"/\u{e9}".to_owned()));
        for wrong in [r##"r#"\x"#"##, r##"r#"a"b"#"##, r#"r"\""#] {
            let (_, why) = text(wrong).unwrap_err();
            assert!(why.starts_with("in a raw string"), "{wrong}: {why}");
        }
    }

    #[test]
    fn what_json_has_not_is_refused_and_understood() {
        for (literal, meant, why) in [
            (r#""\u{41}""#, "A", "JSON does not have this escape"),
            (r#""\\\x41""#, "\\A", "JSON does not have this escape"),
            (r#""\0""#, "\0", "JSON does not have this escape"),
            ("'x'", "x", "JSON's strings are in plain double quotes"),
            ("b'x'", "x", "JSON's strings are in plain double quotes"),
            (r#"b"x""#, "x", "JSON's strings are in plain double quotes"),
            (r#"c"x""#, "x", "JSON's strings are in plain double quotes"),
            (r#""x"y"#, "x", "JSON's strings are in plain double quotes"),
        ] {
            let (text, said) = text(literal).unwrap_err();
            assert_eq!(text, meant, "{literal}");
            assert!(said.starts_with(why), "{literal}: {said}");
        }
    }
}
