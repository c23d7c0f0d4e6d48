//! What an allowance is written like.

use std::ops::Range;

use policy_core::finding::Code;
use policy_core::spelling::{UnknownNameError, nearest};

use super::{Allowance, Day};

/// An allowance without its place.
pub(super) struct Read {
    code: Code,
    subject: String,
    reason: String,
    until: Option<Day>,
}

impl Read {
    pub(super) fn at(self, place: Range<usize>) -> Allowance {
        Allowance {
            code: self.code,
            subject: self.subject.into(),
            reason: self.reason.into(),
            until: self.until,
            place,
        }
    }
}

const FORM: &str =
    "write `policy: allow(CODE, \"what is wrong\", reason = \"why it is right\", until = \"2027-03-01\")`";

/// What an allowance has, by name. The first two have no name in a comment.
const PARTS: [&str; 4] = ["code", "subject", "reason", "until"];

/// The parts of an allowance, as they are read one by one.
#[derive(Default)]
pub(super) struct Parts([Option<String>; PARTS.len()]);

impl Parts {
    /// All of them.
    pub(super) fn of(code: &str, subject: &str, reason: &str, until: Option<&str>) -> Self {
        Self([Some(code), Some(subject), Some(reason), until].map(|part| part.map(str::to_owned)))
    }

    /// Adds a part of this name.
    pub(super) fn add(&mut self, name: &str, value: Option<String>) -> Result<(), String> {
        let mut slots = PARTS.into_iter().zip(&mut self.0);
        let Some((_, slot)) = slots.find(|(known, _)| *known == name) else {
            return Err(not_a_part(name));
        };
        let value = value.ok_or_else(|| format!("`{name}` is not a text in quotes"))?;
        match slot.replace(value) {
            Some(_) => Err(format!("it has `{name}` twice")),
            None => Ok(()),
        }
    }

    /// The allowance of these parts.
    pub(super) fn read(&self) -> Result<Read, String> {
        let [code, subject, reason, until] = self.0.each_ref().map(Option::as_deref);
        let (Some(name), Some(subject)) = (code, subject) else {
            return Err(format!("it needs a code and a text; {FORM}"));
        };
        let code = name.parse::<Code>().map_err(|_| unknown_code(name))?;
        let reason = reason.filter(|reason| !reason.trim().is_empty());
        let reason = reason.ok_or("it needs a `reason`, why the finding is right")?;
        let until = until.map(|day| day.parse::<Day>().map_err(|error| error.to_string()));
        Ok(Read {
            code,
            subject: subject.to_owned(),
            reason: reason.to_owned(),
            until: until.transpose()?,
        })
    }
}

fn not_a_part(name: &str) -> String {
    let error = UnknownNameError::new("a part of an allowance", name, PARTS);
    match error.suggestion() {
        Some(meant) => format!("`{name}` is not a part of an allowance; write `{meant}`"),
        None => error.to_string(),
    }
}

fn unknown_code(name: &str) -> String {
    let meant = nearest(name, Code::ALL.iter().map(|code| code.name()));
    let help = meant.map_or_else(
        || "write the code of the message, such as `INVALID_ACTION` in `error[INVALID_ACTION]`".to_owned(),
        |meant| format!("write `{meant}`"),
    );
    format!("no finding has the code `{name}`; {help}")
}

/// Reads a comment, from behind `policy: allow(` on.
pub(super) fn read(inside: &str) -> Result<Read, String> {
    let mut rest = inside;
    let mut parts = Parts::default();
    loop {
        rest = rest.trim_start();
        let (name, value) = if rest.starts_with('"') {
            ("subject", string(&mut rest)?)
        } else {
            let word = word(&mut rest);
            let value = rest.trim_start().strip_prefix('=');
            match value {
                Some(value) => {
                    rest = value.trim_start();
                    // What follows a name that there is not may be anything.
                    let value = if PARTS.contains(&word) {
                        string(&mut rest)?
                    } else {
                        String::new()
                    };
                    (word, value)
                }
                None if word.is_empty() => return Err(FORM.to_owned()),
                None if PARTS.contains(&word) => return Err(format!("`{word}` has no `=`; {FORM}")),
                None => ("code", word.to_owned()),
            }
        };
        parts.add(name, Some(value))?;
        rest = rest.trim_start();
        match rest.strip_prefix(',') {
            Some(after) => rest = after,
            None if rest.starts_with(')') => break,
            None => return Err(format!("the bracket is not closed; {FORM}")),
        }
        if rest.trim_start().starts_with(')') {
            break;
        }
    }
    parts.read()
}

fn word<'t>(rest: &mut &'t str) -> &'t str {
    let end = rest
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .unwrap_or(rest.len());
    let (word, after) = rest.split_at(end);
    *rest = after;
    word
}

/// A string in quotes, in which a backslash is before a quote or a backslash.
fn string(rest: &mut &str) -> Result<String, String> {
    let mut text = String::new();
    let mut characters = rest.char_indices().skip(1);
    if !rest.starts_with('"') {
        return Err(format!("expected a text in quotes; {FORM}"));
    }
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => {
                *rest = rest.get(at + 1..).unwrap_or_default();
                return Ok(text);
            }
            '\\' => text.extend(characters.next().map(|(_, escaped)| escaped)),
            other => text.push(other),
        }
    }
    Err(format!("the quotes are not closed; {FORM}"))
}

/// A text in quotes, as [`string`] reads it.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', r"\\").replace('"', "\\\""))
}

/// That a comment was meant to be an allowance, and begins like this.
pub(super) fn is_misspelt(start: &str) -> String {
    format!("the comment begins with `{start}`; {FORM}")
}

#[cfg(test)]
mod tests {
    use super::{quoted, read};

    #[test]
    fn a_comment_is_read_or_said_to_be_wrong() {
        let allowance = read(r#"INVALID_ACTION, "a \"b\" \\", reason = "new", until = "2027-03-01",) more"#);
        let allowance = allowance.map(|read| read.at(0..1));
        assert!(allowance.is_ok_and(|read| read.subject() == r#"a "b" \"# && read.until().is_some()));
        let odd = r#"a "b" \\ \"#;
        let written = read(&format!("INVALID_ACTION, {}, reason = \"b\")", quoted(odd)));
        assert!(written.is_ok_and(|read| read.at(0..1).subject() == odd));
        assert!(read(r#"code = "INVALID_ACTION", subject = "a", reason = "b")"#).is_ok());
        for (inside, reason) in [
            (")", "write `policy: allow("),
            ("INVALID_ACTON, \"a\", reason = \"b\")", "write `INVALID_ACTION`"),
            (
                "NOTHING_OF_THE_KIND, \"a\", reason = \"b\")",
                "such as `INVALID_ACTION` in",
            ),
            ("INVALID_ACTION, reason = \"b\")", "a code and a text"),
            ("INVALID_ACTION, \"a\")", "needs a `reason`"),
            ("INVALID_ACTION, \"a\", reason = \" \")", "needs a `reason`"),
            ("INVALID_ACTION, \"a\", reason \"b\")", "has no `=`"),
            ("INVALID_ACTION, \"a", "not closed"),
            (
                "INVALID_ACTION, \"a\", \"b\", reason = \"b\")",
                "it has `subject` twice",
            ),
            (
                "INVALID_ACTION, \"a\", reason = \"b\", untill = \"2027-02-28\")",
                "`untill` is not a part of an allowance; write `until`",
            ),
            (
                "INVALID_ACTION, \"a\", reason = \"b\", owner = 7)",
                "write `code`, `subject`, `reason` or `until`",
            ),
            (
                "INVALID_ACTION, \"a\", reason = \"b\", until = \"2027-02-29\")",
                "2027-02-29",
            ),
            ("INVALID_ACTION, \"a\", reason = \"b\"", "not closed"),
        ] {
            let error = read(inside).err().unwrap_or_default();
            assert!(error.contains(reason), "{inside}: {error}");
        }
    }
}
