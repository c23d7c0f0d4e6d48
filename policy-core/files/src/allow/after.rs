//! Comments behind a policy that are about it, and not about the next.

use std::ops::Range;

use crate::reading::Language;
use crate::terraform::skipped;

/// What is between a policy and the next.
pub(super) struct Gap {
    /// The end of the line in which the policy ends, and that of the block that it is in.
    line: usize,
    block: Option<usize>,
}

impl Gap {
    /// Of a policy in this place, and the next or the end of the file.
    pub(super) fn new(text: &str, language: Language, policy: Range<usize>, until: usize) -> Self {
        let behind = text.get(policy.end..until).unwrap_or_default();
        let block = match language {
            Language::Hcl => closing(behind),
            _ => outdented(behind, indentation(text, policy.start)),
        };
        Self {
            line: policy.end + behind.find('\n').unwrap_or(behind.len()),
            block: block.map(|at| policy.end + at),
        }
    }

    /// Whether a comment that starts here is behind the policy.
    pub(super) fn is_of_last(&self, text: &str, comment: usize) -> bool {
        let mark = text
            .get(..comment)
            .unwrap_or_default()
            .trim_end_matches([' ', '\t'])
            .len();
        mark <= self.line || self.block.is_some_and(|end| comment < end)
    }
}

/// Where the brace is that closes the block in which a text of HCL begins.
fn closing(text: &str) -> Option<usize> {
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with('{') {
            depth += 1;
        } else if rest.starts_with('}') {
            match depth.checked_sub(1) {
                Some(outer) => depth = outer,
                None => return Some(at),
            }
        }
        at += skipped::length(rest);
    }
    None
}

/// How far the line of a byte of a text of YAML is indented, if it is the first in its line but for the mark of a list.
fn indentation(text: &str, at: usize) -> Option<usize> {
    let line = text.get(..at)?.rsplit('\n').next()?;
    let is_first = !line.is_empty() && line.bytes().all(|byte| matches!(byte, b' ' | b'-'));
    is_first.then_some(line.len())
}

/// Where the first line begins that is neither empty nor indented as much.
fn outdented(behind: &str, indentation: Option<usize>) -> Option<usize> {
    let indentation = indentation?;
    let mut at = 0;
    for line in behind.split_inclusive('\n') {
        let own = line.len() - line.trim_start_matches(' ').len();
        if at > 0 && own < indentation && !line.trim().is_empty() {
            return Some(at);
        }
        at += line.len();
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::Gap;
    use crate::reading::Language;

    /// The policy is between `<` and `>`, the next begins at `&`, and the comments are marked by whose they are.
    #[test]
    fn a_comment_behind_a_policy_is_of_it() {
        for (language, text) in [
            (
                Language::Hcl,
                "resource \"a\" \"b\" {\n  policy = f(<{}>) # 1\n  # 1\n  x = { a = \"}\" } # 1\n}\n# 2\n&",
            ),
            (Language::Hcl, "locals {\n  a = <{}> # 1\n  # 2\n  b = &"),
            (Language::Hcl, "locals {\n  a = <{}> # 1\n  # 2\n  b = {\n    c = &"),
            (Language::Hcl, "<data {\n}> # 1\n# 2\n&data"),
            (Language::Hcl, "<data {\n}>\n# 2\n"),
            (
                Language::Hcl,
                "resource {\n  p = <{}>\n  # 1\n  // }\n  /* } */ # 1\n}\n",
            ),
            (
                Language::Yaml,
                "A:\n  P:\n    <V: 1\n    S: x> # 1\n    # 1\n  # 2\n  Q: &",
            ),
            (Language::Yaml, "A:\n  P: <{ V: 1 }> # 1\n  # 2\nB: &"),
            (Language::Yaml, "<V: 1\nS: x> # 1\n# 2\n---\n&V: 1"),
        ] {
            // Where a mark is when those before it are left out.
            let at = |mark: char, before: usize| text.rfind(mark).map(|at| at - before);
            let (start, end) = (at('<', 0).unwrap_or_default(), at('>', 1).unwrap_or_default());
            let next = at('&', 2);
            let text = text.replace(['<', '>', '&'], "");
            let gap = Gap::new(&text, language, start..end, next.unwrap_or(text.len()));
            for (at, mark) in text.match_indices("# ") {
                let is_of_last = text.get(at + mark.len()..).is_some_and(|own| own.starts_with('1'));
                assert_eq!(gap.is_of_last(&text, at + mark.len()), is_of_last, "{at} of {text}");
            }
        }
    }
}
