//! What `policy!` accepts, and what the compiler says where it does not: a file a mistake, and beside it the message.
//!
//! `TRYBUILD=overwrite cargo test -p workspace-tests --test ui` writes the messages anew. Read them before committing.

/// A folder each.
const TOPICS: [&str; 13] = [
    "actions",
    "resources",
    "conditions",
    "principals",
    "grants",
    "organization",
    "statements",
    "variables",
    "sizes",
    "holes",
    "header",
    "json",
    "allowances",
];

#[test]
fn what_is_right_compiles_and_renders() {
    trybuild::TestCases::new().pass("tests/ui/pass/*.rs");
}

#[test]
fn what_is_wrong_is_said_where_it_stands() {
    let cases = trybuild::TestCases::new();
    for topic in TOPICS {
        cases.compile_fail(format!("tests/ui/{topic}/*.rs"));
    }
}
