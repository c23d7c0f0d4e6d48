//! The README and the guide of `policy!`: what they show of the compiler, and that the guide has every error.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use policy_core::catalogue::snapshot;

const ERRORS: &str = "policy-macros/guide/errors.md";

/// Where a page shows a policy that does not compile, and the error after it, this is the compiler's error.
#[test]
fn the_compiler_says_what_the_pages_show() {
    let mut shown = 0;
    for page in ["README.md", "policy-macros/guide/vendor-page.md", ERRORS] {
        let text = read(page);
        for block in text.split("compile_fail\n").skip(1) {
            let (program, rest) = block.split_once("```").unwrap();
            let (_, message) = rest.split_once("```text\n").unwrap();
            let (message, _) = message.split_once("```").unwrap();
            let message = &message.replace(
                "checked against AWS's service authorization reference of 2026-10-27",
                &format!(
                    "checked against AWS's service authorization reference of {}",
                    snapshot().date()
                ),
            );
            let said = compile(&format!("{program}\nfn main() {{}}\n"));
            assert!(
                said.contains(message),
                "{page} shows\n{message}\nand the compiler says\n{said}"
            );
            shown += 1;
        }
    }
    assert_eq!(shown, 5);
}

/// Whatever `policy!` can say that has no code, and so no page of its own, is in the guide's tables: each message of the UI tests has
/// a row, and no row is about what is never said.
#[test]
fn the_guide_knows_every_error_of_the_macro() {
    let text = read(ERRORS);
    let rows: Vec<&str> = text
        .lines()
        .filter_map(|line| Some(line.strip_prefix("| ``")?.split_once("`` |")?.0))
        .collect();
    let mut unused = rows.clone();
    let mut missing = Vec::new();
    for said in messages(&workspace().join("tests/tests/ui")) {
        match rows.iter().find(|row| fits(row.trim(), &said)) {
            Some(row) => unused.retain(|other| other != row),
            None => missing.push(said),
        }
    }
    assert!(
        missing.is_empty() && unused.is_empty(),
        "missing: {missing:#?}\nnever said: {unused:#?}"
    );
}

/// Whether a message is of this form, in which `…` matches any text.
fn fits(form: &str, message: &str) -> bool {
    let mut parts = form.split('…');
    let Some(mut rest) = message.strip_prefix(parts.next().unwrap()) else {
        return false;
    };
    let mut open = false;
    for part in parts {
        open = part.is_empty();
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    open || rest.is_empty()
}

/// The first lines of the errors of `policy!` that the UI tests expect, but for those with a code. Those of the presets are of another
/// crate's types.
fn messages(folder: &Path) -> Vec<String> {
    let mut messages = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("presets") {
            messages.extend(messages_of(&path));
        }
    }
    assert!(messages.len() > 50, "{}", messages.len());
    messages
}

fn messages_of(folder: &Path) -> Vec<String> {
    let stderr = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "stderr");
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(stderr);
    files
        .flat_map(|file| {
            let text = fs::read_to_string(file).unwrap();
            text.lines()
                .filter_map(|line| {
                    line.strip_prefix("error: ")
                        .or_else(|| line.strip_prefix("error[E0277]: "))
                })
                .filter(|said| !said.ends_with(']'))
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect()
}

/// What the compiler says of a program, which it does not take.
fn compile(program: &str) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("guide");
    let manifest = format!(
        "[package]\nname = \"guide\"\nedition = \"2024\"\n[workspace]\n[dependencies]\npolicy-core = {{ path = '{root}/policy-core' }}\npolicy-macros = {{ path = '{root}/policy-macros' }}\n",
        root = workspace().display()
    );
    fs::create_dir_all(folder.join("src")).unwrap();
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::write(folder.join("src/main.rs"), program).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--offline"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success(), "it compiles:\n{program}\n{said}");
    said
}

fn read(page: &str) -> String {
    fs::read_to_string(workspace().join(page)).unwrap()
}

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}
