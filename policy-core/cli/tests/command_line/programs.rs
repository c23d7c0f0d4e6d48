//! `--format json`.

use super::*;

#[test]
fn programs_get_one_object_a_line() {
    let run = check(
        &folder_of("programs", &[("wrong.json", WRONG)]),
        &["--format", "json", "wrong.json"],
    );
    assert_eq!(run.code, Some(1));
    assert_eq!(run.column("code"), ["INVALID_ACTION", "INVALID_POLICY_ELEMENT"]);
    assert_eq!(run.column("severity"), ["ERROR", "ERROR"]);
    assert_eq!(run.column("blocking"), ["true", "true"]);
    assert_eq!(run.column("kind"), ["IdentityPolicy", "IdentityPolicy"]);
    assert_eq!(run.column("path"), ["/Statement/0/Action", "/Statement/1/effect"]);
    assert_eq!(run.column("line"), ["4", "5"]);
    assert_eq!(run.column("column"), ["44", "11"]);
    assert_eq!(run.column("end_line"), ["4", "5"]);
    assert_eq!(run.column("end_column"), ["52", "19"]);
    assert_eq!(run.column("file"), ["wrong.json", "wrong.json"]);
    for message in run.column("message") {
        assert!(message.contains("; write `"), "{message}");
    }
}

#[test]
fn columns_count_characters() {
    let text = r#"{ "Version": "2012-10-17", "Statement": [{ "Sid": "é😀", "Effect": "Allow", "Action": "s3:GetObjct", "Resource": "*" }] }"#;
    let run = check(
        &folder_of("characters", &[("characters.json", text)]),
        &["--format", "json", "characters.json"],
    );
    let at = run
        .column("code")
        .iter()
        .position(|code| code == "INVALID_ACTION")
        .unwrap();
    let before = text.split("GetObjct").next().unwrap().chars().count();
    assert_eq!(run.column("column")[at], (before + 1).to_string());
    assert_eq!(run.column("end_column")[at], (before + 9).to_string());
}
