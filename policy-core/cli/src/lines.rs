//! Lines for people. Quoted texts are shown so that they cannot affect a terminal or a CI's log, see
//! [`policy_core::shown`]; nothing else of this program prints text.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Write};

use policy_core::document::escape;
use policy_core::shown::{Shown, is_unseen};
use serde_json::Value;

/// A stream of lines.
pub struct Lines<W>(pub W);

impl<W: Write> Lines<W> {
    pub fn line(&mut self, text: impl fmt::Display) -> io::Result<()> {
        writeln!(self.0, "{}", Shown(text))
    }
}

/// An object for programs, on one line.
pub fn object(out: &mut impl Write, object: &Value) -> io::Result<()> {
    without_commands(out, &object.to_string())?;
    out.write_all(b"\n")
}

/// A text for programs, the parts of which are separated by `; `, as a string of JSON.
pub fn quoted<'t>(out: &mut impl Write, parts: impl IntoIterator<Item = Cow<'t, str>>) -> io::Result<()> {
    let mut written = out.write_all(b"\"");
    for (index, part) in parts.into_iter().enumerate() {
        let mut write = |json: &str| {
            if written.is_ok() {
                written = without_commands(out, json);
            }
        };
        if index > 0 {
            write("; ");
        }
        escape(&part, write);
    }
    written?;
    out.write_all(b"\"")
}

/// Writes JSON with exact texts, but with another of JSON's ways to write what commands where it is shown: the second of `##`, by
/// which CI systems read commands from the middle of a line, and what terminals and viewers obey without showing it.
pub fn without_commands(out: &mut impl Write, json: &str) -> io::Result<()> {
    // Nearly no text has any, and many bytes at once are looked at where the first is not looked for.
    let may_command = |byte: u8| byte == b'#' || byte >= 0x7F;
    let has_any = |part: &[u8]| part.iter().fold(0, |any, byte| any | u8::from(may_command(*byte))) != 0;
    if !json.as_bytes().chunks(256).any(has_any) {
        return out.write_all(json.as_bytes());
    }
    let (mut written, mut is_after_hash) = (0, false);
    for (at, character) in json.char_indices() {
        let is_hash = character == '#';
        let commands = is_hash && is_after_hash;
        is_after_hash = is_hash && !commands;
        // A line end is between two values.
        if commands || is_unseen(character) && character != '\n' {
            out.write_all(json.get(written..at).unwrap_or_default().as_bytes())?;
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            written = at + character.len_utf8();
        }
    }
    out.write_all(json.get(written..).unwrap_or_default().as_bytes())
}

/// Prints a line on standard error. An error in doing so is ignored.
pub fn say(text: impl fmt::Display) {
    let _ = io::stderr().write_all(format!("{}\n", Shown(text)).as_bytes());
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::borrow::Cow;

    use policy_core::shown::is_unseen;

    use super::{object, quoted};

    #[test]
    fn a_text_for_programs_is_exact_and_commands_nothing() {
        for parts in [
            &["a", "b; c"][..],
            &["##vso[task.complete]", "a###b####", "#", "#\"#\\#\n##"],
            &["\u{1b}]0;x\u{7}é"],
            &["\u{7f}#\u{9b}#\u{202e}\u{2028}", "日本\u{feff}\u{e0041}😀"],
            &[""],
        ] {
            let mut out = Vec::new();
            quoted(&mut out, parts.iter().copied().map(Cow::Borrowed)).unwrap();
            let json = String::from_utf8(out).unwrap();
            assert!(!json.contains("##") && !json.contains(is_unseen), "{json}");
            let read: String = serde_json::from_str(&json).unwrap();
            assert_eq!(read, parts.join("; "));

            let mut out = Vec::new();
            object(&mut out, &serde_json::json!({ "of": parts })).unwrap();
            let json = String::from_utf8(out).unwrap();
            assert!(!json.contains("##") && json.ends_with("}\n"), "{json}");
            assert!(!json.trim_end().contains(is_unseen), "{json}");
            let read: serde_json::Value = serde_json::from_str(&json).unwrap();
            assert_eq!(read, serde_json::json!({ "of": parts }));
        }
    }
}
