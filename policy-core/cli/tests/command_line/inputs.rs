//! Files, folders and standard input.

use super::*;

#[test]
fn a_folder_is_read_in_order_and_only_its_policies_are_checked() {
    let broken = r#"{ "Version": "2012-10-17", "Statement": [ }"#;
    let folder = folder_of(
        "walk",
        &[
            ("z.json", WRONG),
            ("roles/b.json", WRONG),
            ("roles/a.JSON", WRONG),
            ("roles/broken.json", broken),
            ("roles/misspelt.json", &WRONG.replace("Statement", "Statment")),
            ("roles/versioned.json", r#"{ "Version": "2012-10-17" }"#),
            ("roles/readme.md", "Statement"),
            ("package.json", r#"{ "name": "x", "version": "1.0.0" }"#),
            ("list.json", r#"["Statement"]"#),
            ("tsconfig.json", "{ // with a comment\n}"),
            (".hidden/a.json", WRONG),
            (".hidden.json", WRONG),
            ("node_modules/a.json", WRONG),
            ("deep/target/a.json", WRONG),
        ],
    );
    let run = check(&folder, &["--format", "json", "."]);
    let mut files = run.column("file");
    files.dedup();
    assert_eq!(
        files,
        ["a.JSON", "b.json", "broken.json", "misspelt.json", "versioned.json"]
            .map(|name| format!("./roles/{name}"))
            .into_iter()
            .chain(["./z.json".to_owned()])
            .collect::<Vec<_>>()
    );
    assert!(
        run.stderr.ends_with(" in 6 files; 3 files skipped, without a policy\n"),
        "{}",
        run.stderr
    );
}

#[test]
fn what_is_named_is_checked_whatever_it_is() {
    let folder = folder_of(
        "named",
        &[(".hidden", WRONG), ("target/a.json", WRONG), ("package.json", "{}")],
    );
    for (name, code) in [
        (".hidden", "INVALID_ACTION"),
        ("target", "INVALID_ACTION"),
        ("package.json", "MISSING_STATEMENT"),
    ] {
        let run = check(&folder, &["--format", "json", name]);
        assert!(run.column("code").iter().any(|found| found == code), "{name}: {run:?}");
    }
    // Also where a folder has it too; and nothing is checked twice.
    let run = check(
        &folder,
        &[
            "--format",
            "json",
            ".",
            "package.json",
            "./package.json",
            "target/../target",
        ],
    );
    assert_eq!(
        run.column("code")
            .iter()
            .filter(|code| *code == "MISSING_STATEMENT")
            .count(),
        1
    );
    assert_eq!(
        run.column("code")
            .iter()
            .filter(|code| *code == "INVALID_ACTION")
            .count(),
        1,
        "{run:?}"
    );
}

#[test]
fn standard_input_is_read_where_it_is_named_and_where_nothing_is() {
    let folder = folder_of("stdin", &[("right.json", RIGHT)]);
    for arguments in [
        &["check", "--format", "json", "-"][..],
        &["check", "--format", "json"],
        &["check", "--format=json", "right.json", "-"],
    ] {
        let run = finish(&mut command(&folder, arguments), WRONG);
        assert_eq!(run.code, Some(1), "{run:?}");
        assert_eq!(run.column("file"), ["<stdin>", "<stdin>"]);
    }
    let run = finish(&mut command(&folder, &["check"]), "");
    assert_eq!(run.code, Some(1));
    assert!(run.stdout.contains(" --> <stdin>:1:1\n"), "{}", run.stdout);
}

#[test]
fn what_is_not_json_is_a_finding_and_what_cannot_be_read_is_not() {
    let folder = folder_of("unreadable", &[("broken.json", r#"{ "Version": "2012-10-17", }"#)]);
    fs::write(folder.join("latin.json"), b"{\n \"Version\": \"\xE9\" }").unwrap();
    let run = check(&folder, &["--format", "json", "broken.json", "latin.json"]);
    assert_eq!(run.code, Some(1));
    assert_eq!(run.column("code"), ["JSON_SYNTAX_ERROR", "JSON_SYNTAX_ERROR"]);
    assert_eq!(
        (run.column("line"), run.column("column")),
        (vec!["1".into(), "2".into()], vec!["26".into(), "14".into()])
    );

    // The others are checked all the same.
    let run = check(&folder, &["--format", "json", "absent.json", "broken.json"]);
    assert_eq!((run.code, run.findings().len()), (Some(2), 1));
    assert!(run.stderr.starts_with("policy: absent.json: "), "{}", run.stderr);
}

#[test]
fn a_run_that_checks_nothing_does_not_pass() {
    let folder = folder_of("nothing", &[("package.json", "{}")]);
    let run = check(&folder, &["."]);
    assert_eq!(run.code, Some(2));
    assert_eq!(run.stderr, "no policy was found; 1 file skipped, without a policy\n");
}

#[cfg(unix)]
#[test]
fn links_to_folders_are_not_followed() {
    let folder = folder_of("links", &[("a/policy.json", WRONG)]);
    std::os::unix::fs::symlink("..", folder.join("a/up")).unwrap();
    std::os::unix::fs::symlink("policy.json", folder.join("a/same.json")).unwrap();
    std::os::unix::fs::symlink("../a", folder.join("a/folder.json")).unwrap();
    let run = check(&folder, &["--format", "json", "."]);
    assert_eq!(run.findings().len(), 2, "{run:?}");
}

#[test]
fn who_has_seen_enough_may_stop_reading() {
    // More than a pipe holds, so that the program is still writing when the reader goes.
    let actions = vec![r#""s3:GetObjct""#; 500].join(", ");
    let much = format!(
        r#"{{ "Version": "2012-10-17", "Statement": [{{ "Effect": "Deny", "Action": [{actions}], "Resource": "*" }}] }}"#
    );
    let folder = folder_of("pipe", &[("wrong.json", &much)]);
    let mut child = command(&folder, &["check", "wrong.json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(1));
}
