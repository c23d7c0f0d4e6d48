//! `policy check`, as a user runs it.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// A file of this test's own, in the folder that cargo has for such.
fn file(name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, content).unwrap();
    path
}

fn check(arguments: &[&str], files: &[&Path]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_policy"))
        .arg("check")
        .args(arguments)
        .args(files)
        .output()
        .unwrap()
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

const RIGHT: &str = r#"{
    "Version": "2012-10-17",
    "Statement": [{ "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*" }]
}"#;

const WRONG: &str = r#"{
    "Version": "2012-10-17",
    "Statement": [
        { "Effect": "Allow", "Action": "s3:GetObjct", "Resource": "*" },
        { "effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*" }
    ]
}"#;

#[test]
fn what_is_right_is_passed_in_silence() {
    let output = check(&[], &[&file("right.json", RIGHT)]);
    assert_eq!((output.status.code(), stdout(&output)), (Some(0), ""));
}

#[test]
fn people_see_the_line_with_the_part_underlined_and_what_to_write() {
    let path = file("wrong.json", WRONG);
    let output = check(&[], &[&path]);
    assert_eq!(output.status.code(), Some(1));
    let first = stdout(&output).split("\n\n").next().unwrap();
    let date = policy_core::catalogue::snapshot().date();
    assert_eq!(
        first,
        format!(
            r#"error[INVALID_ACTION]: there is no action `s3:GetObjct`
 --> {}:4:44
  |
4 |         {{ "Effect": "Allow", "Action": "s3:GetObjct", "Resource": "*" }},
  |                                            ^^^^^^^^
  |
  = note: AWS accepts it, and it grants nothing
  = note: catalogue of {date}
  = help: write `s3:GetObject`"#,
            path.display()
        )
    );
}

#[test]
fn programs_get_one_object_a_line() {
    let path = file("wrong-for-programs.json", WRONG);
    let output = check(&["--format", "json"], &[&path]);
    assert_eq!(output.status.code(), Some(1));
    let findings: Vec<Value> = stdout(&output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let column = |name: &str| findings.iter().map(|finding| finding[name].clone()).collect::<Vec<_>>();
    assert_eq!(column("code"), ["INVALID_ACTION", "INVALID_POLICY_ELEMENT"]);
    assert_eq!(column("severity"), ["ERROR", "ERROR"]);
    assert_eq!(column("path"), ["/Statement/0/Action", "/Statement/1/effect"]);
    assert_eq!(column("line"), [4, 5]);
    assert_eq!(column("column"), [44, 11]);
    assert_eq!(column("file"), [path.to_str().unwrap(), path.to_str().unwrap()]);
    assert!(
        findings
            .iter()
            .all(|finding| finding["message"].as_str().unwrap().contains("; write `"))
    );
}

#[test]
fn the_kind_decides_what_is_right() {
    let trust = r#"{ "Version": "2012-10-17", "Statement": [
        { "Effect": "Allow", "Principal": { "Service": "ecs-tasks.amazonaws.com" }, "Action": "sts:AssumeRole" }] }"#;
    let path = file("trust.json", trust);
    assert_eq!(check(&["--kind", "trust"], &[&path]).status.code(), Some(0));
    assert_eq!(check(&["--kind", "identity"], &[&path]).status.code(), Some(1));
    assert_eq!(check(&["--kind", "scp"], &[&path]).status.code(), Some(1));
    assert_eq!(check(&["--kind", "bucket"], &[&path]).status.code(), Some(2));
}

#[test]
fn what_can_never_work_is_a_warning_on_existing_json() {
    let dead = r#"{ "Version": "2012-10-17", "Statement": [
        { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::exports" }] }"#;
    let output = check(&[], &[&file("dead.json", dead)]);
    assert_eq!(output.status.code(), Some(0));
    assert!(
        stdout(&output).starts_with("warning[RESOURCE_FITS_NO_ACTION]"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn what_is_not_json_is_an_error_and_what_cannot_be_read_is_another() {
    let broken = file("broken.json", r#"{ "Version": "2012-10-17", }"#);
    let output = check(&["--format", "json"], &[&broken]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stdout(&output).contains(r#""code":"JSON_SYNTAX_ERROR""#),
        "{}",
        stdout(&output)
    );

    let absent = Path::new(env!("CARGO_TARGET_TMPDIR")).join("absent.json");
    let latin = file("latin.json", b"{ \"Version\": \"\xE9\" }");
    for unreadable in [&absent, &latin] {
        // The others are checked all the same.
        let output = check(&["--format", "json"], &[unreadable, &broken]);
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(stdout(&output).lines().count(), 1);
        assert!(String::from_utf8_lossy(&output.stderr).contains(unreadable.to_str().unwrap()));
    }
}
