//! The comments of a file that are allowances, or were meant to be.

use std::ops::Range;

use policy_core::finding::Code;
use policy_core::spelling::nearest;

use crate::reading::Language;
use crate::terraform::skipped;

/// A comment that starts as an allowance does.
pub(super) struct Comment<'t> {
    pub(super) place: Range<usize>,
    /// What is behind `policy: allow(`, or what is there instead of it.
    pub(super) inside: Result<&'t str, &'t str>,
}

/// The word that begins the comments, in any case: another one than in lower case was meant to.
const START: &str = "policy:";
const WORD: &str = "allow";

/// The comments of a file that start with `policy: allow(`, perhaps without blanks or with more, and those that were meant to: up to the end
/// of the line, or of the comment. `#`, `//` and, in HCL, `/*` begin comments.
pub(super) fn comments(text: &str, language: Language) -> impl Iterator<Item = Comment<'_>> {
    let mut blocks = Blocks {
        text,
        at: 0,
        is_there: language == Language::Hcl,
    };
    starts(text).filter_map(move |at| {
        let rest = text.get(at..)?;
        let inside = inside(rest)?;
        let end = match blocks.around(at) {
            Some(end) => end,
            None if is_in_line(text, at) => at + rest.lines().next()?.len(),
            None => return None,
        };
        let whole = text.get(at..end)?.trim_end();
        let place = at..at + whole.len();
        // It may be longer than the comment.
        let within = |part: &'_ str| part.len().saturating_sub(rest.len() - whole.len());
        let inside = match inside {
            Ok(part) => Ok(part.get(..within(part))?),
            Err(word) => Err(word),
        };
        Some(Comment { place, inside })
    })
}

/// Where `policy:` is written, in any case.
fn starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    let colons = text.match_indices(':').map(|(at, _)| at);
    colons.filter_map(|at| {
        let start = (at + 1).checked_sub(START.len())?;
        text.get(start..=at)?.eq_ignore_ascii_case(START).then_some(start)
    })
}

/// What is behind `policy: allow(`; the word or the case that is there instead, if that cannot be meant otherwise.
fn inside(text: &str) -> Option<Result<&str, &str>> {
    let blanks = [' ', '\t'];
    let (start, rest) = text.split_at_checked(START.len())?;
    let rest = rest.trim_start_matches(blanks);
    let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')?;
    let (word, behind) = rest.split_at_checked(end)?;
    if (start, word) == (START, WORD) {
        return behind.trim_start_matches(blanks).strip_prefix('(').map(Ok);
    }
    // `# policy: allow read access` is for people, and `# policy: jsonencode({` has been commented out.
    let argument = behind.strip_prefix('(')?;
    let written = || text.get(..text.len() - argument.len()).map(Err);
    let is_code = || {
        let name = argument.split([',', ')']).next().unwrap_or_default().trim();
        name.contains('_') && name.parse::<Code>().is_ok()
    };
    let is_meant = nearest(word, [WORD]).is_some() || word.to_ascii_lowercase().starts_with(WORD);
    if is_meant || is_code() { written() } else { None }
}

/// Whether only the sign of a comment of one line is before a byte.
fn is_in_line(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end_matches([' ', '\t']);
    let before = before.strip_suffix('#').or_else(|| before.strip_suffix("//"));
    before.is_some_and(|before| before.is_empty() || before.ends_with(char::is_whitespace))
}

/// The comments in blocks, from `/*` to `*/`, asked for in the order of the file.
struct Blocks<'t> {
    text: &'t str,
    /// What is before it has been looked at.
    at: usize,
    is_there: bool,
}

impl Blocks<'_> {
    /// The end of the comment whose text begins at a byte, or of whose lines one does: behind a `*`, as is usual.
    fn around(&mut self, byte: usize) -> Option<usize> {
        let before = self.text.get(..byte)?;
        let line = before.rfind('\n').map_or(0, |end| end + 1);
        let signs = [' ', '\t', '*'];
        let is_first = before.get(line..)?.trim_start_matches(signs).is_empty();
        if !self.is_there || !is_first && !before.trim_end_matches(signs).ends_with('/') {
            return None;
        }
        while self.at < byte {
            let rest = self.text.get(self.at..)?;
            let length = skipped::length(rest);
            if self.at + length > byte {
                let comment = rest.get(..length).filter(|rest| rest.starts_with("/*"))?;
                return Some(self.at + comment.strip_suffix("*/").unwrap_or(comment).len());
            }
            self.at += length;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::comments;
    use crate::reading::Language;

    fn insides(text: &str, language: Language) -> Vec<Result<&str, &str>> {
        comments(text, language).map(|comment| comment.inside).collect()
    }

    #[test]
    fn a_comment_of_a_line_is_found_by_its_start() {
        let text = "a: 1 # policy: allow(x)\n//policy: allow(y) \nb: policy: allow(z)\nc#policy: allow(w)\n#policy:allow(v)\n\
                    # policy:\tallow (u)\n# Policy: ALLOW(t)\n# policy: alow(s)\n# policy: ignore(INVALID_ACTION, r)\n\
                    # policy: allow_finding(q)\n/* policy: allow(p) */";
        let expected = [
            Ok("x)"),
            Ok("y)"),
            Ok("v)"),
            Ok("u)"),
            Err("Policy: ALLOW("),
            Err("policy: alow("),
            Err("policy: ignore("),
            Err("policy: allow_finding("),
        ];
        assert_eq!(insides(text, Language::Yaml), expected);
        assert_eq!(insides(text, Language::Hcl).last(), Some(&Ok("p)")));
        // For people, and what has been commented out.
        for text in [
            "# policy: allow read access (only)",
            "# policy: allowed",
            "# policy: jsonencode({})",
            "# policy: file(\"a.json\")",
            "# Policy: read(only)",
            "# my policy: alow(x)",
        ] {
            assert_eq!(insides(text, Language::Yaml), [], "{text}");
        }
    }

    #[test]
    fn a_block_is_a_comment_where_it_is_not_part_of_a_text() {
        for (text, expected) in [
            ("a = 1 /* policy: allow(x) */ b = 2", &[Ok("x)")][..]),
            (
                "/*\n * policy: allow(x)\n   policy: allow(y,\n     z) // */ # policy: allow(w)",
                &[
                    Ok("x)\n   policy: allow(y,\n     z) //"),
                    Ok("y,\n     z) //"),
                    Ok("w)"),
                ],
            ),
            ("a = \"arn:aws:s3:::b/*\"\npolicy: allow(x)\nb = \"*/\"", &[]),
            ("a = \"${f(\"/*\")}/*\"\npolicy: allow(x)", &[]),
            (
                "a = <<EOT\n/*\npolicy: allow(x)\nEOT\n/* policy: alow(y) */",
                &[Err("policy: alow(")],
            ),
            ("# /*\npolicy: allow(x)", &[]),
        ] {
            assert_eq!(insides(text, Language::Hcl), expected, "{text}");
        }
    }
}
