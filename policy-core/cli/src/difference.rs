//! What the fixes of a file change, as `diff -u` shows it and `patch -p0` takes it.

use std::env;
use std::fmt::Write as _;
use std::io::{self, IsTerminal};

use policy_core::shown::{Shown, is_unseen};
use similar::TextDiff;

/// Who reads the difference.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reader {
    /// A program, such as `patch`, which needs the bytes of the file.
    Program,
    /// A person at a terminal, or a terminal that obeys what it shows.
    Terminal,
    /// The log of a CI system, which may obey a line, and perhaps a program behind it. What commands nothing is exact.
    Log,
}

impl Reader {
    fn of_output() -> Self {
        // GitHub, GitLab and others have the first.
        let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
        if io::stdout().is_terminal() {
            Self::Terminal
        } else if ["CI", "TF_BUILD", "TEAMCITY_VERSION"].into_iter().any(is_set) {
            Self::Log
        } else {
            Self::Program
        }
    }
}

/// The difference between two texts of a file of this name.
pub fn of(name: &str, before: &str, after: &str) -> Vec<u8> {
    shown(name, before, after, Reader::of_output()).into_bytes()
}

fn shown(name: &str, before: &str, after: &str, reader: Reader) -> String {
    // A carriage return alone ends no line for `patch`.
    let [old, new] = [before, after].map(|text| text.split_inclusive('\n').collect::<Vec<_>>());
    let difference = TextDiff::from_slices(&old, &new);
    let mut out = String::new();
    // A name ends at a tab, and without one perhaps at a space.
    let end = if name.contains(' ') { "\t" } else { "" };
    for mark in ["---", "+++"] {
        let _ = writeln!(out, "{mark} {}{end}", Shown(name));
    }
    for hunk in difference.unified_diff().iter_hunks() {
        let _ = writeln!(out, "{}", hunk.header());
        for change in hunk.iter_changes() {
            let whole = change.value();
            let line = whole.strip_suffix('\n');
            add(&mut out, &format!("{}{}", change.tag(), line.unwrap_or(whole)), reader);
            if line.is_none() {
                out.push_str("\\ No newline at end of file\n");
            }
        }
    }
    out
}

/// Adds a line, which starts with a mark.
fn add(out: &mut String, line: &str, reader: Reader) {
    let is_exact = match reader {
        Reader::Program => true,
        Reader::Terminal => false,
        Reader::Log => commands_nothing(line),
    };
    if is_exact {
        out.push_str(line);
    } else {
        // Tabs are what the file is indented with.
        for (index, part) in line.strip_suffix('\r').unwrap_or(line).split('\t').enumerate() {
            out.push_str(if index == 0 { "" } else { "\t" });
            out.push_str(&Shown(part).to_string());
        }
    }
    out.push('\n');
}

/// Whether a line is no command to a CI system and has nothing that a terminal obeys.
fn commands_nothing(line: &str) -> bool {
    let line = line.strip_suffix('\r').unwrap_or(line);
    let spaced = line.replace('\t', " ");
    !spaced.contains(is_unseen) && Shown(&spaced).to_string() == spaced
}

#[cfg(test)]
mod tests {
    use super::{Reader, shown};

    #[test]
    fn only_programs_get_what_terminals_and_logs_obey() {
        let (before, after) = (
            "a\tb\n::stop-commands::x\ne\u{1b}[31m\n\tc\rd\r\n",
            "A\tb\n::stop-commands::x\ne\u{1b}[31m\n\tc\rd\r\n",
        );
        let of = |reader| shown("p.json", before, after, reader);
        let head = "--- p.json\n+++ p.json\n@@ -1,4 +1,4 @@\n-a\tb\n+A\tb\n";
        let rest = " ::stop-commands::x\n e\u{1b}[31m\n \tc\rd\r\n";
        let safe = " :\\u{3a}stop-commands::x\n e\\u{1b}[31m\n \tc\\rd\n";
        assert_eq!(of(Reader::Program), format!("{head}{rest}"));
        assert_eq!(of(Reader::Terminal), format!("{head}{safe}"));
        assert_eq!(of(Reader::Log), format!("{head}{safe}"));
        assert_eq!(
            shown("a", "x\r\n", "y\r\n", Reader::Log),
            "--- a\n+++ a\n@@ -1 +1 @@\n-x\r\n+y\r\n"
        );
        assert!(shown("a", "\t ::x\n1", "\t ::x\n2", Reader::Log).contains("\n \t :\\u{3a}x\n"));
    }

    #[test]
    fn a_text_without_a_line_end_is_told() {
        assert_eq!(
            shown("a b", "x\ny", "x\nz\n", Reader::Program),
            "--- a b\t\n+++ a b\t\n@@ -1,2 +1,2 @@\n x\n-y\n\\ No newline at end of file\n+z\n"
        );
    }
}
