//! What `policy!` accepts, and what the compiler says where it does not: a file a mistake, and beside it the message. Each folder of
//! `ui` but `pass` is a topic.
//!
//! `TRYBUILD=overwrite cargo test -p workspace-tests --test ui` writes the messages anew. Read them before committing.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

#[test]
fn what_is_right_compiles_and_renders() {
    trybuild::TestCases::new().pass("tests/ui/pass/*.rs");
}

#[test]
fn what_is_wrong_is_said_where_it_stands() {
    let cases = trybuild::TestCases::new();
    let mut topics = 0;
    for topic in fs::read_dir("tests/ui").unwrap() {
        let name = topic.unwrap().file_name().into_string().unwrap();
        if name != "pass" {
            cases.compile_fail(format!("tests/ui/{name}/*.rs"));
            topics += 1;
        }
    }
    assert!(topics > 0);
}
