//! The Markdown pages: every link and every path leads somewhere, and every block of code and commands is run by a test.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

/// Languages of blocks, the pages that may have such blocks, and what runs them.
const RUN: [(&str, &[&str], &str); 4] = [
    (
        "console",
        &["README.md", "policy-core/cli/manual/"],
        "policy-core/cli/tests/command_line/pages.rs",
    ),
    ("rust", &["README.md"], "tests/support/lib.rs"),
    // Without a language, rustdoc takes a block for Rust.
    (
        "",
        &[
            "policy-core/files/README.md",
            "policy-macros/guide/",
            "runner-profiles/guide/",
        ],
        "the documentation of the crate",
    ),
    (
        "compile_fail",
        &["README.md", "policy-macros/guide/"],
        "tests/tests/guide.rs",
    ),
];

#[test]
fn every_block_is_in_a_page_that_a_test_runs() {
    let mut seen = BTreeSet::new();
    for (page, text) in pages() {
        for language in split(&text).1 {
            let name = language.rsplit(',').next().unwrap();
            let Some((_, pages, test)) = RUN.iter().find(|(run, ..)| *run == name) else {
                continue;
            };
            assert!(
                pages.iter().any(|run| page.starts_with(run)),
                "{} has a block of `{name}`, and {test} runs those of {pages:?} only",
                page.display()
            );
            seen.insert(name.to_owned());
        }
    }
    assert_eq!(seen.len(), RUN.len(), "{seen:?}");
}

#[test]
fn every_page_of_a_guide_is_in_the_documentation_of_its_crate() {
    let mut guides = 0;
    for page in pages().keys().filter(|page| page.parent().unwrap().ends_with("guide")) {
        let name = page.file_name().unwrap().to_str().unwrap();
        let source = workspace().join(page).parent().unwrap().join("../src");
        let includes = |file: &str| {
            let text = fs::read_to_string(source.join(file)).unwrap_or_default();
            text.contains(&format!("include_str!(\"../guide/{name}\")"))
        };
        assert!(includes("lib.rs") || includes("guide.rs"), "{}", page.display());
        guides += 1;
    }
    assert!(guides > 3, "{guides}");
}

#[test]
fn every_link_leads_somewhere() {
    let pages = pages();
    let mut links = 0;
    let mut broken = Vec::new();
    for (page, text) in &pages {
        for target in targets(&split(text).0) {
            // rustdoc holds the links to items.
            if target.contains("://") || target.contains("::") || target.starts_with("crate") {
                continue;
            }
            links += 1;
            let (path, anchor) = target.split_once('#').unwrap_or((&target, ""));
            let file = if path.is_empty() {
                page.clone()
            } else {
                normal(&page.parent().unwrap().join(path))
            };
            let leads = if anchor.is_empty() {
                workspace().join(&file).exists()
            } else {
                let text = pages.get(&file).map_or("", String::as_str);
                anchors(text).contains(anchor)
            };
            if !leads {
                broken.push(format!("{}: {target}", page.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
    assert!(links > 20, "{links}");
}

/// Paths in code, such as `tests/e2e/run.sh`, are from the root of the repository or from the folder of the page.
#[test]
fn every_path_leads_somewhere() {
    let mut paths = 0;
    let mut broken = Vec::new();
    for (page, text) in pages() {
        let inline = text.split('`').skip(1).step_by(2);
        let commands = text.split("```sh\n").skip(1);
        let commands = commands.map(|block| block.split("```").next().unwrap_or_default());
        for path in inline.chain(commands).flat_map(str::split_whitespace) {
            // The rule that CONTRIBUTING.md adds as an example does not exist.
            let ours = [".ci/", "policy-core/", "policy-macros/", "runner-profiles/", "tests/"];
            let is_example = path.to_lowercase().contains("sid_contradicts_effect") || path.contains("TOPIC");
            if !ours.iter().any(|folder| path.starts_with(folder)) || path.contains('*') || is_example {
                continue;
            }
            paths += 1;
            let beside = workspace().join(&page).parent().unwrap().join(path);
            if !workspace().join(path).exists() && !beside.exists() {
                broken.push(format!("{}: {path}", page.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
    assert!(paths > 40, "{paths}");
}

#[test]
fn links_and_headings_are_found() {
    let page =
        "# The `policy!` macro's page\n[a](b.md#c), a list\n```text\n# [no](link)\n```\n[d]: e.md\n## 1. Paste\n";
    let (prose, languages) = split(page);
    assert_eq!(targets(&prose), ["b.md#c", "e.md"]);
    assert_eq!(languages, ["text"]);
    assert_eq!(
        anchors(page),
        BTreeSet::from(["the-policy-macros-page".to_owned(), "1-paste".to_owned()])
    );
}

/// A page without its blocks, and the languages of the blocks.
fn split(text: &str) -> (String, Vec<&str>) {
    let mut prose = String::new();
    let mut languages = Vec::new();
    let mut in_block = false;
    for line in text.lines() {
        match line.trim_start().strip_prefix("```") {
            Some(language) if !language.contains('`') => {
                if !in_block {
                    languages.push(language);
                }
                in_block = !in_block;
            }
            _ if in_block => {}
            _ => {
                prose.push_str(line);
                prose.push('\n');
            }
        }
    }
    (prose, languages)
}

/// The targets of `[text](target)` and `[text]: target`.
fn targets(prose: &str) -> Vec<String> {
    let mut targets = Vec::new();
    for line in prose.lines() {
        if let Some((_, target)) = line.split_once("]: ").filter(|_| line.starts_with('[')) {
            targets.push(target.to_owned());
        }
        let links = line.split("](").skip(1);
        targets.extend(links.filter_map(|rest| Some(rest.split_once(')')?.0.to_owned())));
    }
    targets
}

/// What GitHub and rustdoc make of the headings.
fn anchors(text: &str) -> BTreeSet<String> {
    let (prose, _) = split(text);
    let headings = prose.lines().filter(|line| line.starts_with('#'));
    headings
        .map(|line| {
            let words = line.trim_start_matches('#').trim().to_lowercase();
            let kept = words.chars().filter(|c| c.is_alphanumeric() || "-_ ".contains(*c));
            kept.collect::<String>().replace(' ', "-")
        })
        .collect()
}

/// The path without `..`.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}

/// Each page of the repository, with its text.
fn pages() -> BTreeMap<PathBuf, String> {
    let output = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard", "*.md"])
        .current_dir(workspace())
        .output()
        .unwrap();
    assert!(output.status.success(), "git ls-files: {output:?}");
    let list = String::from_utf8(output.stdout).unwrap();
    let paths = list.split('\0').filter(|path| !path.is_empty()).map(PathBuf::from);
    // A file that is deleted, and not yet so in the index, is not a page.
    let read = paths.filter_map(|path| Some((path.clone(), fs::read_to_string(workspace().join(path)).ok()?)));
    let pages: BTreeMap<_, _> = read.collect();
    assert!(pages.len() > 100, "{}", pages.len());
    pages
}

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}
