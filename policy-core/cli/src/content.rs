//! The language of a text without a name: standard input, and files whose names tell none.

use policy_core::document::is_percent_encoded;

/// The blocks that a configuration of Terraform or `OpenTofu` has.
/// <https://developer.hashicorp.com/terraform/language>
const BLOCKS: [&str; 14] = [
    "check",
    "data",
    "ephemeral",
    "import",
    "locals",
    "module",
    "moved",
    "output",
    "provider",
    "removed",
    "resource",
    "run",
    "terraform",
    "variable",
];

/// The name of a file in the language of this text: HCL if it starts with a block of Terraform, YAML if with a member, an element of a list
/// or the start of a document, and JSON otherwise, as which a broken policy is reported.
pub fn name_of(text: &str) -> &'static str {
    let text = text.trim_start_matches('\u{FEFF}');
    if text.trim_start().starts_with(['{', '[']) || is_percent_encoded(text.trim_start()) {
        return "policy.json";
    }
    match first_line(text) {
        Some(line) if is_block(line) => "policy.tf",
        Some(line) if is_of_yaml(line) => "policy.yaml",
        _ => "policy.json",
    }
}

/// The first line that is neither empty nor a comment of one of the languages.
fn first_line(text: &str) -> Option<&str> {
    let mut is_in_comment = false;
    text.lines().map(str::trim).find(|line| {
        if is_in_comment || line.starts_with("/*") {
            is_in_comment = !line.ends_with("*/");
            return false;
        }
        !line.is_empty() && !line.starts_with(['#', '%']) && !line.starts_with("//")
    })
}

/// Whether a line starts a block: `resource "aws_iam_policy" "reader" {`, `locals {`.
fn is_block(line: &str) -> bool {
    let Some((word, rest)) = line.split_once(|character: char| !character.is_ascii_alphabetic()) else {
        return false;
    };
    let starts = line.get(word.len()..).unwrap_or(rest).trim_start();
    BLOCKS.contains(&word) && starts.starts_with(['"', '{'])
}

/// Whether a line is of YAML: `Resources:`, `- hosts: all`, `---`.
fn is_of_yaml(line: &str) -> bool {
    let is_member = |line: &str| line.ends_with(':') || line.contains(": ");
    line.starts_with("---") || line == "-" || line.starts_with("- ") || is_member(line)
}

#[cfg(test)]
mod tests {
    use super::name_of;

    #[test]
    fn a_text_tells_its_language() {
        for (text, name) in [
            ("{ \"Statement\": [] }", "policy.json"),
            ("\u{FEFF}[]", "policy.json"),
            ("%7B%22Statement%22%3A%5B%5D%7D", "policy.json"),
            ("", "policy.json"),
            ("see the policy", "policy.json"),
            ("# a stack\n\nResources:\n  A: 1\n", "policy.yaml"),
            ("---\nVersion: '2012-10-17'\n", "policy.yaml"),
            ("- hosts: all\n", "policy.yaml"),
            ("%YAML 1.1\n---\na: 1\n", "policy.yaml"),
            ("data: { a: 1 }\n", "policy.yaml"),
            ("/* one\n * two\n */\n// three\nlocals {\n}\n", "policy.tf"),
            ("resource \"aws_iam_policy\" \"a\" {\n}\n", "policy.tf"),
            ("data\"aws_iam_policy_document\" \"a\" {}", "policy.tf"),
        ] {
            assert_eq!(name_of(text), name, "{text}");
        }
    }
}
