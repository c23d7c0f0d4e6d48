//! What an allowance is written like.

use std::ops::Range;

use policy_core::finding::Code;
use policy_core::spelling::nearest;

use super::{Allowance, Day};

const START: &str = "policy:";

/// What follows the start of a comment that is an allowance: `policy: allow(`, perhaps without blanks or with more.
fn after_start(text: &str) -> Option<&str> {
    let blanks = [' ', '\t'];
    let word = text.strip_prefix(START)?.trim_start_matches(blanks);
    word.strip_prefix("allow")?.trim_start_matches(blanks).strip_prefix('(')
}

/// The comments of a file that start with `policy: allow(`, up to the end of the line. `#` and `//` begin comments.
pub(super) fn comments(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let is_comment = |at: &usize| {
        let line = text.get(..*at).unwrap_or_default();
        let before = line.trim_end_matches([' ', '\t']);
        let before = before.strip_suffix('#').or_else(|| before.strip_suffix("//"));
        before.is_some_and(|before| before.is_empty() || before.ends_with(char::is_whitespace))
    };
    let is_allowance = |at: &usize| text.get(*at..).and_then(after_start).is_some();
    let starts = text.match_indices(START).map(|(at, _)| at);
    let starts = starts.filter(is_allowance).filter(is_comment);
    starts.map(|at| {
        let line = text.get(at..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        at..at + line.trim_end().len()
    })
}

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

/// Reads a comment, from `policy: allow(` on.
pub(super) fn read(comment: &str) -> Result<Read, String> {
    let mut rest = after_start(comment).unwrap_or(comment);
    let (mut code, mut subject, mut reason, mut until) = (None, None, None, None);
    loop {
        rest = rest.trim_start();
        let (slot, value) = if rest.starts_with('"') {
            (&mut subject, string(&mut rest)?)
        } else {
            let word = word(&mut rest);
            match word {
                "reason" | "until" => {
                    let after = rest.trim_start().strip_prefix('=');
                    rest = after
                        .ok_or_else(|| format!("`{word}` has no `=`; {FORM}"))?
                        .trim_start();
                    let slot = if word == "reason" { &mut reason } else { &mut until };
                    (slot, string(&mut rest)?)
                }
                "" => return Err(FORM.to_owned()),
                word => (&mut code, word.to_owned()),
            }
        };
        if slot.replace(value).is_some() {
            return Err(format!("it has something twice; {FORM}"));
        }
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
    checked(code.as_deref(), subject.as_deref(), reason.as_deref(), until.as_deref())
}

/// An allowance of these parts.
pub(super) fn checked(
    code: Option<&str>,
    subject: Option<&str>,
    reason: Option<&str>,
    until: Option<&str>,
) -> Result<Read, String> {
    let (Some(name), Some(subject)) = (code, subject) else {
        return Err(format!("it needs a code and a text; {FORM}"));
    };
    let code = name.parse::<Code>().map_err(|_| {
        let meant = nearest(name, Code::ALL.iter().map(|code| code.name()));
        let help = meant.map_or_else(
            || "write the code in brackets at the end of the message".to_owned(),
            |meant| format!("write `{meant}`"),
        );
        format!("no finding has the code `{name}`; {help}")
    })?;
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

#[cfg(test)]
mod tests {
    use super::{comments, read};

    #[test]
    fn a_comment_is_read_or_said_to_be_wrong() {
        let text = "a: 1 # policy: allow(x)\n//policy: allow(y) \nb: policy: allow(z)\nc#policy: allow(w)\n#policy:allow(v)\n\
                    # policy:\tallow (u)\n# policy: allowed(t)";
        let found: Vec<&str> = comments(text).filter_map(|range| text.get(range)).collect();
        let expected = [
            "policy: allow(x)",
            "policy: allow(y)",
            "policy:allow(v)",
            "policy:\tallow (u)",
        ];
        assert_eq!(found, expected);
        let read_close = read("policy:allow (INVALID_ACTION, \"a\", reason = \"b\")");
        assert!(read_close.is_ok());
        let allowance =
            read(r#"policy: allow(INVALID_ACTION, "a \"b\" \\", reason = "new", until = "2027-03-01",) more"#);
        let allowance = allowance.map(|read| read.at(0..1));
        assert!(allowance.is_ok_and(|read| read.subject() == r#"a "b" \"# && read.until().is_some()));
        for (comment, reason) in [
            ("policy: allow()", "write `policy: allow("),
            (
                "policy: allow(INVALID_ACTON, \"a\", reason = \"b\")",
                "write `INVALID_ACTION`",
            ),
            ("policy: allow(INVALID_ACTION, reason = \"b\")", "a code and a text"),
            ("policy: allow(INVALID_ACTION, \"a\")", "needs a `reason`"),
            (
                "policy: allow(INVALID_ACTION, \"a\", reason = \" \")",
                "needs a `reason`",
            ),
            ("policy: allow(INVALID_ACTION, \"a\", reason \"b\")", "has no `=`"),
            ("policy: allow(INVALID_ACTION, \"a", "not closed"),
            ("policy: allow(INVALID_ACTION, \"a\", \"b\", reason = \"b\")", "twice"),
            (
                "policy: allow(INVALID_ACTION, \"a\", reason = \"b\", until = \"2027-02-29\")",
                "2027-02-29",
            ),
            ("policy: allow(INVALID_ACTION, \"a\", reason = \"b\"", "not closed"),
        ] {
            let error = read(comment).err().unwrap_or_default();
            assert!(error.contains(reason), "{comment}: {error}");
        }
    }
}
