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
        &[
            (".hidden", WRONG),
            ("target/a.json", WRONG),
            ("package.json", r#"{ "Effect": "Allow" }"#),
        ],
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

/// Also what is named may have no policy: what is a policy with a mistake has an element of one.
#[test]
fn a_document_without_a_policy_is_no_broken_policy() {
    let without = [
        (
            "plan.json",
            r#"{ "format_version": "1.2", "planned_values": { "root_module": {} }, "resource_changes": [] }"#,
        ),
        (
            "state.json",
            r#"{ "version": 4, "terraform_version": "1.9.0", "lineage": "x", "resources": [] }"#,
        ),
        (
            "stack.json",
            r#"{ "AWSTemplateFormatVersion": "2010-09-09", "Resources": { "Q": { "Type": "AWS::SQS::Queue" } } }"#,
        ),
        ("account.json", r#"{ "UserDetailList": [], "Policies": [] }"#),
        ("package.json", r#"{ "name": "x", "version": "1.0.0", "scripts": {} }"#),
        ("list.json", r#"["x"]"#),
        ("stack.yaml", "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n"),
    ];
    let misspelt = [
        (
            "statement.json",
            r#"{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" }"#,
        ),
        (
            "statements.json",
            r#"[{ "Efect": "Allow", "NotAction": "s3:GetObject", "Resource": "*" }]"#,
        ),
        ("misspelt.json", r#"{ "Statment": [] }"#),
    ];
    let folder = folder_of("without", &[&without[..], &misspelt].concat());
    for (name, text) in without {
        let expected = "no policy was found; 1 file skipped, without a policy\n";
        let run = check(&folder, &[name]);
        assert_eq!(
            (run.code, run.stdout.as_str(), run.stderr.as_str()),
            (Some(2), "", expected),
            "{name}"
        );
        let run = finish(&mut command(&folder, &["check", "-"]), text);
        assert_eq!((run.code, run.stderr.as_str()), (Some(2), expected), "{name}");
        let run = check(&folder, &["--allow-empty", name]);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), expected), "{name}");
    }
    for (name, _) in misspelt {
        let run = check(&folder, &["--format", "json", name]);
        assert_eq!(run.code, Some(1), "{name}: {run:?}");
    }
}

/// What has no name of a language is read by its content.
#[test]
fn standard_input_is_of_any_language() {
    let yaml = "# a stack\nResources:\n  R:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Version: '2012-10-17'\n        Statement: { Effect: Allow, Action: s3:GetObjct, Resource: '*' }\n";
    let hcl = "data \"aws_iam_policy_document\" \"read\" {\n  statement {\n    actions   = [\"s3:GetObjct\"]\n    resources = [local.arn]\n  }\n}\n";
    // The files beside have nothing to do with it.
    let folder = folder_of(
        "stdin-languages",
        &[("main.tf", "locals {\n  arn = \"x\"\n}\n"), ("stack", yaml)],
    );
    for (text, line) in [(yaml, "8"), (hcl, "3")] {
        for command_name in ["check", "list"] {
            let run = finish(&mut command(&folder, &[command_name, "--format", "json", "-"]), text);
            assert_eq!(run.column("file"), ["<stdin>"], "{run:?}");
            if command_name == "check" {
                assert_eq!(
                    (run.column("code"), run.column("line")),
                    (vec!["INVALID_ACTION".to_owned()], vec![line.to_owned()])
                );
            }
        }
    }
    let run = check(&folder, &["--format", "json", "stack"]);
    assert_eq!(run.column("code"), ["INVALID_ACTION"], "{run:?}");
    let run = finish(&mut command(&folder, &["check"]), &hcl.replace('[', "{"));
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.starts_with("policy: <stdin>: line 3, column "), "{run:?}");
    assert!(run.stderr.contains(": not HCL: "), "{run:?}");
}

/// `${...}` in a string is a policy variable or a variable of `Fn::Sub`, and no sign of a template.
#[test]
fn broken_json_is_a_finding_whatever_its_strings_have() {
    let policy = |resource: &str, end: &str| {
        format!(
            r#"{{ "Version": "2012-10-17", "Statement": [{{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": {resource} }}{end}] }}"#
        )
    };
    for (name, text, is_template) in [
        ("variable", policy(r#""arn:aws:s3:::b/${aws:username}/*""#, ","), false),
        (
            "function",
            policy(r#"{ "Fn::Sub": "arn:${AWS::Partition}:s3:::b/*" }"#, ","),
            false,
        ),
        ("reference", policy(r#""{{resolve:ssm:x}}""#, ","), false),
        ("open", policy(r#""arn:aws:s3:::b/${aws:username}"#, "\n, { ${"), true),
        ("value", policy("${arn}", ","), true),
        ("helm", policy(r#""{{ .Values.arn }}""#, ","), true),
        ("jinja", policy(r#""*" {% if x %}"#, ""), true),
    ] {
        let folder = folder_of(&format!("broken-{name}"), &[("a.json", &text)]);
        for argument in [".", "a.json"] {
            let run = check(&folder, &["--format", "json", argument]);
            let expected: &[&str] = if is_template { &[] } else { &["JSON_SYNTAX_ERROR"] };
            assert_eq!(run.column("code"), expected, "{text}: {run:?}");
        }
    }
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
