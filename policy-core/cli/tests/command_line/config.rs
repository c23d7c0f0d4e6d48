//! `policy.toml`.

use super::*;

/// The lines on standard error.
fn said(run: &Run) -> Vec<&str> {
    run.stderr.lines().collect()
}

#[test]
fn the_nearest_settings_of_each_file_count() {
    let folder = folder_of(
        "config-nearest",
        &[
            ("policy.toml", "severity = \"ERROR\"\n"),
            ("a/dead.json", DEAD),
            ("b/policy.toml", "deny = [\"suggestion\"]\n"),
            ("b/dead.json", DEAD),
            ("b/c/fine.json", RIGHT),
        ],
    );
    let run = check(&folder, &["--format", "json", "."]);
    assert_eq!(run.column("file"), ["./b/dead.json"], "{run:?}");
    // From any folder, and by any path.
    let run = check(&folder.join("a"), &["dead.json", "../a/dead.json"]);
    assert_eq!((run.code, &*run.stderr), (Some(0), "no findings in 1 file\n"));
    let without = check(&folder, &["--no-config", "--format", "json", "a"]);
    assert_eq!(without.column("file"), ["a/dead.json"]);
    let other = check(&folder, &["--config", "policy.toml", "--format", "json", "."]);
    assert_eq!((other.code, &*other.stdout), (Some(0), ""));
    // Arguments say more.
    let run = check(&folder, &["--severity", "WARNING", "--format", "json", "a"]);
    assert_eq!(run.column("file"), ["a/dead.json"]);
}

#[test]
fn settings_say_what_fails_a_run() {
    let suggestion = r#"{ "Version": "2012-10-17", "Statement": [
        { "Effect": "Allow", "Action": ["s3:Get*", "s3:GetObject"], "Resource": "*" }] }"#;
    let folder = folder_of(
        "config-deny",
        &[
            ("policy.toml", "deny = [\"REDUNDANT_ACTION\"]\n"),
            ("p.json", suggestion),
        ],
    );
    assert_eq!(check(&folder, &["p.json"]).code, Some(1));
    assert_eq!(check(&folder, &["--no-config", "p.json"]).code, Some(0));
    assert_eq!(check(&folder, &["--deny", "ERROR", "p.json"]).code, Some(0));
}

#[test]
fn kinds_and_accounts_are_by_the_path() {
    let folder = folder_of(
        "config-globs",
        &[
            (
                "policy.toml",
                "[kinds]\n\"organization/**\" = \"scp\"\n\n[accounts]\n\"prod/**\" = \"111122223333\"\n\"**\" = \"444455556666\"\n",
            ),
            ("organization/deny.json", DEAD),
            ("prod/trust.json", TRUST),
            ("test/trust.json", TRUST),
        ],
    );
    let run = check(&folder, &["--format", "json", "."]);
    let kinds: Vec<(Value, Value)> = run
        .findings()
        .into_iter()
        .map(|found| (found["file"].clone(), found["kind"].clone()))
        .collect();
    assert!(
        kinds.contains(&("./organization/deny.json".into(), "ServiceControlPolicy".into())),
        "{run:?}"
    );
    let cross = |run: &Run| {
        let found = run
            .findings()
            .into_iter()
            .filter(|found| found["code"] == "CROSS_ACCOUNT_ACCESS");
        found
            .map(|found| found["file"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(cross(&run), ["./test/trust.json"], "{run:?}");
    // An argument is of all files.
    let run = check(
        &folder,
        &["--account", "444455556666", "--format", "json", "prod", "test"],
    );
    assert_eq!(cross(&run), ["prod/trust.json", "test/trust.json"], "{run:?}");
    let run = check(&folder, &["--kind", "identity", "--format", "json", "organization"]);
    assert!(
        run.column("kind").iter().all(|kind| kind == "IdentityPolicy"),
        "{run:?}"
    );
}

#[test]
fn an_allowance_hides_what_it_names_in_plain_policies_too() {
    let future = r#"{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "s3:GetFuture", "Resource": "*" }] }"#;
    let allow = |more: &str| {
        format!("[[allow]]\ncode = \"INVALID_ACTION\"\nsubject = \"s3:GetFuture\"\nreason = \"in preview\"\n{more}\n")
    };
    for (more, file, code, lines) in [
        ("", "p.json", 0, vec!["no findings in 1 file"]),
        ("until = 2999-12-31", "p.json", 0, vec!["no findings in 1 file"]),
        ("until = \"2999-12-31\"", "p.json", 0, vec!["no findings in 1 file"]),
        ("files = \"a/**\"", "a/p.json", 0, vec!["no findings in 1 file"]),
        (
            "files = \"a/**\"",
            "p.json",
            1,
            vec![
                "policy: policy.toml:1:1: the allowance of INVALID_ACTION for `s3:GetFuture` hides no finding: remove the allowance",
                "1 error in 1 file; 1 allowance to remove or renew",
            ],
        ),
        (
            "until = 2020-01-01",
            "p.json",
            1,
            vec![
                "policy: policy.toml:1:1: the allowance of INVALID_ACTION for `s3:GetFuture` ended on 2020-01-01: fix the finding, or \
                 allow it with a later day",
                "1 error in 1 file; 1 allowance to remove or renew",
            ],
        ),
    ] {
        let folder = folder_of("config-allow", &[("policy.toml", &allow(more)), (file, future)]);
        let run = check(&folder, &["."]);
        assert_eq!((run.code, said(&run)), (Some(code), lines), "{more}");
    }
    // What an allowance hides in files that were not checked is not known.
    let folder = folder_of(
        "config-allow-part",
        &[("policy.toml", &allow("")), ("a/p.json", future), ("b/p.json", RIGHT)],
    );
    for arguments in [&["b"][..], &["b/p.json"], &["--allow", "INVALID_ACTION", "."]] {
        let run = check(&folder, arguments);
        assert_eq!(run.code, Some(0), "{run:?}");
    }
}

#[test]
fn holes_have_the_values_that_are_given() {
    let terraform = r#"data "aws_iam_policy_document" "reader" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::${var.bucket}"]
  }
}
"#;
    let folder = folder_of(
        "config-holes",
        &[
            ("policy.toml", "[holes]\n\"var.bucket\" = \"exports\"\n"),
            ("main.tf", terraform),
        ],
    );
    assert_eq!(check(&folder, &["--no-config", "main.tf"]).code, Some(0));
    let run = check(&folder, &["--format", "json", "main.tf"]);
    assert_eq!(run.column("code"), ["RESOURCE_FITS_NO_ACTION"], "{run:?}");
    // A fix never writes the value.
    check(&folder, &["--fix", "--unsafe-fixes", "main.tf"]);
    let fixed = fs::read_to_string(folder.join("main.tf")).unwrap();
    assert!(fixed.contains("${var.bucket}"), "{fixed}");
}

#[test]
fn all_mistakes_of_settings_are_said_at_once() {
    let settings = r#"severty = "ERROR"
deny = ["INVALID_ACTON", 3]
severity = "WARN"
kinds = { "a/**" = "identiy" }
accounts = { "**" = "1234" }
other = 1

[[allow]]
code = "INVALID_ACTON"
subject = "s3:GetFuture"
reason = "in preview"

[[allow]]
subjct = "s3:GetFuture"
code = "INVALID_ACTION"
reason = " "
until = "2027-02-29"

[holes]
"var.a" = true
"#;
    let folder = folder_of("config-mistakes", &[("policy.toml", settings), ("p.json", WRONG)]);
    let run = check(&folder, &["p.json"]);
    assert_eq!((run.code, &*run.stdout), (Some(2), ""));
    let expected = [
        "1:1: `severty` is not a setting; write `severity`",
        "2:9: `INVALID_ACTON`: this is neither a code nor a severity; did you mean `INVALID_ACTION`?",
        "2:26: write a text in quotes here",
        "3:12: `WARN`: there is no such severity; write one of `ERROR`, `SECURITY_WARNING`, `WARNING`, `SUGGESTION`",
        "4:20: `identiy` is not a kind; write one of `auto`, `identity`, `trust`, `resource`, `session`, `scp`, `rcp`",
        "5:21: `1234` is not an AWS account ID: it has 4 digits; leading zeros may have been lost; write all 12 digits, such as \
         `111122223333`",
        "6:1: `other` is not a setting; write one of `accounts`, `allow`, `deny`, `holes`, `kinds`, `severity`",
        "9:8: no finding has the code `INVALID_ACTON`; write `INVALID_ACTION`",
        "13:1: an entry of `allow` lacks `subject`",
        "14:1: `subjct` is not a part of an allowance; write `subject`",
        "16:10: it needs a `reason`, why the finding is right",
        "17:9: `2027-02-29` is not a day of the calendar; write one such as `2027-03-01`",
        "20:11: write a text in quotes here",
    ];
    let expected: Vec<String> = expected
        .iter()
        .map(|line| format!("policy: policy.toml:{line}"))
        .collect();
    assert_eq!(said(&run), expected);
    for (settings, reason) in [
        ("severity = \n", "policy: policy.toml:1:12: not TOML: "),
        ("allow = 3\n", "policy: policy.toml:1:9: write a list here"),
        ("holes = 3\n", "policy: policy.toml:1:9: write a table here"),
    ] {
        fs::write(folder.join("policy.toml"), settings).unwrap();
        let run = check(&folder, &["p.json"]);
        assert_eq!(run.code, Some(2));
        assert!(run.stderr.starts_with(reason), "{}", run.stderr);
    }
    let run = check(&folder, &["--config", "absent.toml", "p.json"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.starts_with("policy: absent.toml: "), "{}", run.stderr);
}

/// `policy list` and `policy actions` read the same settings.
#[test]
fn other_commands_read_the_settings_too() {
    let folder = folder_of(
        "config-others",
        &[
            (
                "policy.toml",
                "[kinds]\n\"organization/**\" = \"scp\"\n\n[holes]\n\"var.action\" = \"s3:GetObject\"\n",
            ),
            ("organization/deny.json", RIGHT),
            ("reader.session.json", RIGHT),
            (
                "main.tf",
                "resource \"aws_iam_policy\" \"p\" {\n  policy = jsonencode({\n    Version = \"2012-10-17\"\n    Statement = [{ Effect = \"Allow\", Action = [var.action], Resource = \"*\" }]\n  })\n}\n",
            ),
        ],
    );
    let listed = policy(&folder, "list", &["--format", "json", "."]);
    assert_eq!(
        listed.column("kind"),
        ["IdentityPolicy", "ServiceControlPolicy", "SessionPolicy"]
    );
    let without = policy(&folder, "list", &["--no-config", "--format", "json", "."]);
    assert_eq!(
        without.column("kind"),
        ["IdentityPolicy", "IdentityPolicy", "SessionPolicy"]
    );
    let actions = policy(&folder, "actions", &["--format", "json", "main.tf"]);
    assert_eq!(actions.column("action"), ["s3:GetObject"], "{actions:?}");
    let without = policy(&folder, "actions", &["--no-config", "--format", "json", "main.tf"]);
    assert_eq!(without.stdout, "", "{without:?}");
    std::fs::write(folder.join("policy.toml"), "kind = 1\n").unwrap();
    for command in ["list", "actions"] {
        let run = policy(&folder, command, &["."]);
        assert_eq!((run.code, &*run.stdout), (Some(2), ""), "{run:?}");
        assert!(run.stderr.starts_with("policy: policy.toml:1:1: "), "{run:?}");
    }
}

/// Settings that are there and cannot be read are not taken for absent.
#[cfg(unix)]
#[test]
fn settings_that_are_no_file_are_told() {
    let folder = folder_of("config-links", &[("in/p.json", RIGHT)]);
    for target in ["nowhere", "/dev/zero", "policy.toml", "."] {
        let link = folder.join("in/policy.toml");
        let _ = fs::remove_file(&link);
        std::os::unix::fs::symlink(target, &link).unwrap();
        let run = policy(&folder, "check", &["in"]);
        assert_eq!(run.code, Some(2), "{target}: {run:?}");
        assert!(
            run.stderr
                .contains("policy.toml: it is not a regular file: remove it, or put the settings there"),
            "{target}: {}",
            run.stderr
        );
        assert_eq!(
            policy(&folder, "check", &["--no-config", "in"]).code,
            Some(0),
            "{target}"
        );
    }
}
