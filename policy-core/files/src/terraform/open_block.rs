//! The block of a data source that is being written, in a text that may not be whole.

use super::in_json::DOCUMENT;
use super::skipped;

/// A block of `aws_iam_policy_document` that is open at some byte of a text.
#[derive(Clone, Debug)]
pub struct OpenBlock<'t> {
    /// The byte behind its brace.
    pub start: usize,
    /// The arguments that it can have.
    pub arguments: &'static [&'static str],
    /// The blocks that it can have.
    pub blocks: &'static [&'static str],
    /// The names that it has, but for the one at the byte.
    pub given: Vec<&'t str>,
    needed: &'static [(&'static str, &'static str)],
}

/// What a block can have.
struct Shape {
    name: &'static str,
    arguments: &'static [&'static str],
    blocks: &'static [&'static str],
    /// The arguments without which it is not read, each with a value that it may have.
    needed: &'static [(&'static str, &'static str)],
}

/// <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document>
const SHAPES: [Shape; 5] = [
    Shape {
        name: "data",
        arguments: &[
            "policy_id",
            "version",
            "source_policy_documents",
            "override_policy_documents",
        ],
        blocks: &["statement"],
        needed: &[],
    },
    Shape {
        name: "statement",
        arguments: &["sid", "effect", "actions", "not_actions", "resources", "not_resources"],
        blocks: &["principals", "not_principals", "condition"],
        needed: &[],
    },
    Shape {
        name: "principals",
        arguments: PRINCIPALS,
        blocks: &[],
        needed: OF_PRINCIPALS,
    },
    Shape {
        name: "not_principals",
        arguments: PRINCIPALS,
        blocks: &[],
        needed: OF_PRINCIPALS,
    },
    Shape {
        name: "condition",
        arguments: &["test", "variable", "values"],
        blocks: &[],
        needed: &[("test", "\"\""), ("variable", "\"\""), ("values", "[]")],
    },
];

const PRINCIPALS: &[&str] = &["type", "identifiers"];
const OF_PRINCIPALS: &[(&str, &str)] = &[("type", "\"\""), ("identifiers", "[]")];

impl OpenBlock<'_> {
    /// The arguments that are missing for it to be read, as lines of HCL.
    pub fn missing(&self) -> String {
        let missing = self.needed.iter().filter(|(name, _)| !self.given.contains(name));
        missing.fold(String::new(), |lines, (name, value)| {
            format!("{lines}\n{name} = {value}")
        })
    }
}

/// The innermost block at a byte, if it is one of the data source, and the byte is not in a comment.
pub fn open_block(text: &str, at: usize) -> Option<OpenBlock<'_>> {
    let mut open: Vec<(usize, &str)> = Vec::new();
    let (mut line, mut byte) = (0, 0);
    while byte < at {
        let rest = text.get(byte..)?;
        let length = skipped::length(rest);
        if rest.starts_with('{') {
            open.push((byte + 1, text.get(line..byte)?.trim()));
        } else if rest.starts_with('}') {
            open.pop();
        } else if is_comment(rest, at - byte, length) {
            return None;
        }
        byte += length;
        if rest.starts_with(['{', '}', '\n']) {
            line = byte;
        }
    }
    let mut heads = open.iter().map(|(_, head)| *head);
    let mut first = heads.next()?.split_whitespace();
    let is_document = first.next() == Some("data") && first.next()?.trim_matches('"') == DOCUMENT;
    let (start, name) = match open.as_slice() {
        [(start, _)] => (*start, "data"),
        // The content of a block that is repeated.
        [.., (_, repeated), (start, "content")] => {
            let label = repeated.strip_prefix("dynamic")?.trim();
            (*start, label.trim_matches('"'))
        }
        [.., (start, name)] => (*start, *name),
        [] => return None,
    };
    let shape = SHAPES.iter().find(|shape| shape.name == name).filter(|_| is_document)?;
    Some(OpenBlock {
        start,
        arguments: shape.arguments,
        blocks: shape.blocks,
        given: given(text, start, at),
        needed: shape.needed,
    })
}

/// Whether a comment of this length begins a text, and this byte is in it: one of a line has the end of the line too.
fn is_comment(rest: &str, at: usize, length: usize) -> bool {
    if rest.starts_with("/*") {
        at < length
    } else {
        (rest.starts_with('#') || rest.starts_with("//")) && at <= length
    }
}

/// The names of the arguments and the blocks of a block that starts here, but for the name at a byte.
fn given(text: &str, start: usize, at: usize) -> Vec<&str> {
    let (mut names, mut depth, mut byte) = (Vec::new(), 0_usize, start);
    let mut is_first = true;
    let is_of_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-');
    while let Some(rest) = text.get(byte..).filter(|rest| !rest.is_empty()) {
        let word = rest.len() - rest.trim_start_matches(is_of_word).len();
        if word > 0 {
            let is_other = at < byte || byte + word < at;
            if is_first && depth == 0 && is_other {
                names.extend(rest.get(..word));
            }
            is_first = false;
            byte += word;
            continue;
        }
        if rest.starts_with(['{', '[', '(']) {
            depth += 1;
        } else if rest.starts_with(['}', ']', ')']) {
            match depth.checked_sub(1) {
                Some(outer) => depth = outer,
                None => break,
            }
        } else if rest.starts_with('\n') {
            is_first = true;
        }
        byte += skipped::length(rest);
    }
    names
}

#[cfg(test)]
mod tests {
    use super::{SHAPES, open_block};
    use crate::terraform::data_source::BLOCKS;

    #[test]
    fn the_block_at_a_byte_is_known_with_what_it_has() {
        let document = |inside: &str| format!("data \"aws_iam_policy_document\" \"d\" {{\n{inside}");
        for (text, expected) in [
            (document("  version = 1\n|"), Some(("policy_id", vec!["version"], ""))),
            (
                document("statement {\n actions = [\n\"}\"\n]\n |\n condition {\n test = 1\n }\n }\n policy_id = 1"),
                Some(("sid", vec!["actions", "condition"], "")),
            ),
            (
                document("statement {\ncondition {\n test = \"|\"\n}\n}\n}"),
                Some(("test", vec!["test"], "\nvariable = \"\"\nvalues = []")),
            ),
            (
                document("dynamic \"statement\" {\nfor_each = {}\ncontent {\nprincipals {\nty|pe"),
                Some(("type", vec![], "\ntype = \"\"\nidentifiers = []")),
            ),
            (
                document("dynamic \"statement\" {\ncontent {\n|"),
                Some(("sid", vec![], "")),
            ),
            (document("dynamic \"statement\" {\n|"), None),
            (document("statement {\n# |\n}"), None),
            (document("statement {\n/* | */\n}"), None),
            (document("statement {\n/* */ |\n}"), Some(("sid", vec![], ""))),
            ("resource \"aws_iam_policy\" \"d\" {\nstatement {\n|".to_owned(), None),
        ] {
            let at = text.find('|').unwrap_or_default();
            let whole = text.replace('|', "");
            let open = open_block(&whole, at);
            let own = open.map(|own| {
                (
                    own.arguments.first().copied().unwrap_or_default(),
                    own.given.clone(),
                    own.missing(),
                )
            });
            let own = own
                .as_ref()
                .map(|(first, given, missing)| (*first, given.clone(), missing.as_str()));
            assert_eq!(own, expected, "{text}");
        }
    }

    #[test]
    fn each_block_that_is_read_has_a_shape() {
        assert!(SHAPES.iter().skip(1).map(|shape| shape.name).eq(BLOCKS));
    }
}
