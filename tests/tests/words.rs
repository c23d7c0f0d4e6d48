//! The words of messages, pages and comments: `words/tells.txt` lists phrases that none of them uses.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A phrase, in small letters, and what to write instead.
struct Tell<'t> {
    phrase: String,
    instead: &'t str,
}

#[test]
fn no_text_uses_a_phrase_of_the_list() {
    let list = include_str!("../words/tells.txt");
    let tells: Vec<Tell<'_>> = list
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let (phrase, instead) = line.split_once('\t').unwrap_or((line, ""));
            assert!(!instead.is_empty(), "`{phrase}` does not say what to write instead");
            Tell {
                phrase: phrase.to_lowercase(),
                instead,
            }
        })
        .collect();
    let mut found = Vec::new();
    let mut read = 0;
    for path in texts() {
        let Ok(text) = fs::read_to_string(workspace().join(&path)) else {
            continue;
        };
        read += 1;
        for (number, line) in text.lines().enumerate() {
            // The comparison of Python is code.
            let line = line.replace(" is None", "").to_lowercase();
            for tell in tells.iter().filter(|tell| has(&line, &tell.phrase)) {
                found.push(format!(
                    "{}:{}: `{}`: {}",
                    path.display(),
                    number + 1,
                    tell.phrase,
                    tell.instead
                ));
            }
        }
    }
    assert!(read > 500, "only {read} files were read");
    assert!(found.is_empty(), "{} places:\n{}", found.len(), found.join("\n"));
}

#[test]
fn a_phrase_is_found_between_words_only() {
    for (line, expected) in [
        ("it loiters here", true),
        ("(loiters)", true),
        ("loiters_in(text)", false),
        ("unloiters", false),
        ("`loiters`", true),
    ] {
        assert_eq!(has(line, "loiters"), expected, "{line}");
    }
}

fn has(line: &str, phrase: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(phrase).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        let after = line.get(at + phrase.len()..).and_then(|text| text.chars().next());
        !before.is_some_and(is_word) && !after.is_some_and(is_word)
    })
}

/// Files with prose in them. The list itself and the glossary name the phrases; data of others has words of its own.
fn texts() -> Vec<PathBuf> {
    let kinds = ["rs", "md", "txt", "stderr", "toml", "sh", "py"];
    let others = [
        "GLOSSARY.md",
        "tests/words/",
        "policy-core/catalogue/",
        "LICENSE",
        "runner-profiles/golden/",
    ];
    let output = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(workspace())
        .output()
        .unwrap();
    assert!(output.status.success(), "git ls-files: {output:?}");
    String::from_utf8_lossy(&output.stdout)
        .split('\0')
        .filter(|path| !others.iter().any(|other| path.starts_with(other)))
        .map(PathBuf::from)
        .filter(|path| {
            let extension = path.extension().and_then(|extension| extension.to_str());
            extension.is_some_and(|extension| kinds.contains(&extension)) || path.starts_with(".ci")
        })
        .collect()
}

fn workspace() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}
