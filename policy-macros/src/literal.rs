//! The JSON text of Rust's text literals.

use policy_core::document::{Document, Text};

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
    let Some(parts) = Parts::of(literal) else {
        return Err((literal.to_owned(), PLAIN));
    };
    let value = parts.value();
    if parts.quote != '"' || !matches!(parts.letters, "" | "r") || !parts.suffix.is_empty() {
        return Err((value, PLAIN));
    }
    if parts.is_raw() {
        return raw(value);
    }
    if has_own_escape(parts.inside) {
        return Err((
            value,
            "JSON does not have this escape: write the character itself, or use a raw string, `r#\"...\"#`, which has JSON's own escapes",
        ));
    }
    Ok(value)
}

const PLAIN: &str = "JSON's strings are in plain double quotes: `\"...\"`";

/// A text literal, or one of bytes or a character, as it is written.
struct Parts<'l> {
    /// The letters before it, `br` of `br"..."`.
    letters: &'l str,
    quote: char,
    inside: &'l str,
    suffix: &'l str,
}

impl<'l> Parts<'l> {
    /// Those of a literal of the compiler's, which is one of Rust; `None` if it is a number.
    fn of(literal: &'l str) -> Option<Self> {
        let (before, rest) = literal.split_at_checked(literal.find(['"', '\''])?)?;
        let letters = before.trim_end_matches('#');
        let hashes = before.len() - letters.len();
        let quote = rest.chars().next()?;
        let rest = rest.get(1..)?;
        let end = if letters.ends_with('r') {
            rest.find(&format!("\"{}", "#".repeat(hashes)))?
        } else {
            end_of_escaped(rest, quote)?
        };
        Some(Self {
            letters,
            quote,
            inside: rest.get(..end)?,
            suffix: rest.get(end + 1 + hashes..)?,
        })
    }

    fn is_raw(&self) -> bool {
        self.letters.ends_with('r')
    }

    /// The text that it means.
    fn value(&self) -> String {
        if self.is_raw() {
            return self.inside.to_owned();
        }
        let bytes = unescaped(self.inside);
        if self.quote == '\'' && self.letters == "b" {
            return bytes.into_iter().map(char::from).collect();
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

/// The position of the quote that ends a literal with escapes.
fn end_of_escaped(text: &str, quote: char) -> Option<usize> {
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => _ = characters.next(),
            _ if character == quote => return Some(at),
            _ => {}
        }
    }
    None
}

/// What Rust's escapes mean: <https://doc.rust-lang.org/reference/tokens.html#character-escapes>
fn unescaped(mut text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    while let Some((before, after)) = text.split_once('\\') {
        bytes.extend_from_slice(before.as_bytes());
        let mut characters = after.chars();
        let escape = characters.next();
        text = characters.as_str();
        match escape {
            Some('n') => bytes.push(b'\n'),
            Some('r') => bytes.push(b'\r'),
            Some('t') => bytes.push(b'\t'),
            Some('0') => bytes.push(0),
            Some('x') => {
                let (digits, rest) = text.split_at_checked(2).unwrap_or((text, ""));
                bytes.extend(u8::from_str_radix(digits, 16).ok());
                text = rest;
            }
            Some('u') => {
                let (digits, rest) = text.split_once('}').unwrap_or((text, ""));
                let digits = digits.trim_start_matches('{').replace('_', "");
                let character = u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32);
                bytes.extend(character.map(String::from).unwrap_or_default().bytes());
                text = rest;
            }
            // The end of a line and what the next one begins with are not of the text.
            Some('\n' | '\r') => text = text.trim_start(),
            Some(itself) => bytes.extend(String::from(itself).bytes()),
            None => {}
        }
    }
    bytes.extend_from_slice(text.as_bytes());
    bytes
}

/// Whether a text has an escape of Rust's that JSON does not have.
fn has_own_escape(text: &str) -> bool {
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character == '\\' && !matches!(characters.next(), Some('n' | 'r' | 't' | '"' | '\\')) {
            return true;
        }
    }
    false
}

/// A string in which Rust has no escapes: it has those of JSON.
fn raw(inside: String) -> Result<String, (String, &'static str)> {
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
        Err(_) if has_surrogate(&inside) => Err((
            inside,
            "an escape from `\\ud800` to `\\udfff` is half of a pair, and only both are a character: write the character itself",
        )),
        Err(_) => Err((
            inside,
            "in a raw string only JSON's escapes are allowed: write `\\\"` for a quote, `\\\\` for a backslash",
        )),
    }
}

/// Whether a text has an escape of JSON that alone is not a character.
fn has_surrogate(text: &str) -> bool {
    text.split("\\u").skip(1).any(|after| {
        let code = after.get(..4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        code.is_some_and(|code| char::from_u32(code).is_none())
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic, clippy::unwrap_used, reason = "a test may panic")]

    use super::{Parts, text};

    #[test]
    fn the_escapes_that_rust_and_json_share_are_read() {
        assert_eq!(text(r#""a b""#), Ok("a b".to_owned()));
        assert_eq!(text(r#""\"\\\n\r\t""#), Ok("\"\\\n\r\t".to_owned()));
        assert_eq!(text("\"two\nlines\""), Ok("two\nlines".to_owned()));
    }

    #[test]
    fn a_literal_means_what_it_means_to_syn() {
        for literal in [
            r#""a\n\r\t\0\\\'\"b""#,
            r#""\x41\u{e9}\u{1F_600}""#,
            "\"one\\\n     two\"",
            r##"r#"a"b\"#"##,
            r#""x"suffix"#,
            "r\"\\\"",
            "\"é\\u{e9}\"",
        ] {
            let syn::Lit::Str(string) = syn::parse_str(literal).unwrap() else {
                panic!("{literal}")
            };
            let parts = Parts::of(literal).unwrap();
            assert_eq!(
                (parts.value(), parts.suffix),
                (string.value(), string.suffix()),
                "{literal}"
            );
        }
        for (literal, value) in [
            (r"b'\xff'", "\u{ff}"),
            (r#"b"\xc3\xa9\xff""#, "é\u{fffd}"),
            (r##"br#"a\b"#"##, r"a\b"),
            (r#"c"\u{e9}x""#, "éx"),
            (r"'\''", "'"),
            ("'\"'", "\""),
        ] {
            assert_eq!(Parts::of(literal).unwrap().value(), value, "{literal}");
        }
        assert!(Parts::of("1_000u32").is_none());
    }

    #[test]
    fn in_raw_strings_the_escapes_of_json_hold() {
        assert_eq!(text(r##"r#"a b"#"##), Ok("a b".to_owned()));
        assert_eq!(text(r##"r#"\"\/\u00e9"#"##), Ok("\"/\u{e9}".to_owned()));
        for wrong in [r##"r#"\x"#"##, r##"r#"a"b"#"##, r#"r"\""#] {
            let (_, why) = text(wrong).unwrap_err();
            assert!(why.starts_with("in a raw string"), "{wrong}: {why}");
        }
        let (_, why) = text(r##"r#"\ud800x"#"##).unwrap_err();
        assert!(why.contains("half of a pair"), "{why}");
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
