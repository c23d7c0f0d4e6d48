//! What `policy!` accepts, and what the compiler says where it does not: a file a mistake, and beside it the message. Each folder of
//! `ui` but `pass` is a topic.
//!
//! `TRYBUILD=overwrite cargo test -p workspace-tests --test ui` writes the messages anew. Read them before committing.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

/// The cases in a folder. trybuild is content with a folder that has none.
fn cases(folder: &Path) -> usize {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let cases = names
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .count();
    assert!(cases > 0, "{} has no case", folder.display());
    cases
}

#[test]
fn what_is_right_compiles_and_renders() {
    let found = cases(Path::new("tests/ui/pass"));
    assert!(found >= 12, "{found} cases, where there were 12");
    trybuild::TestCases::new().pass("tests/ui/pass/*.rs");
}

#[test]
fn what_is_wrong_is_said_where_it_stands() {
    let test = trybuild::TestCases::new();
    let mut found = 0;
    for topic in fs::read_dir("tests/ui").unwrap() {
        let topic = topic.unwrap();
        if topic.file_name() != "pass" {
            found += cases(&topic.path());
            test.compile_fail(topic.path().join("*.rs"));
        }
    }
    assert!(found >= 70, "{found} cases, where there were 70");
}
