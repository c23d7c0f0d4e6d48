//! `--kind` and `--attached-to`.

use super::*;

const BUCKET: &str = r#"{ "Version": "2012-10-17", "Statement": [
    { "Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::exports/*" },
    { "Effect": "Deny", "Action": "s3:GetObjct", "Resource": "arn:aws:s3:::exports/*" }] }"#;

#[test]
fn the_kind_decides_what_is_right() {
    let folder = folder_of("kind", &[("policy.json", TRUST)]);
    for (kind, code) in [("trust", 0), ("auto", 0), ("identity", 1), ("scp", 1), ("bucket", 2)] {
        let run = check(&folder, &["--kind", kind, "policy.json"]);
        assert_eq!(run.code, Some(code), "{kind}: {run:?}");
    }
}

#[test]
fn the_kind_is_that_of_the_document_if_nothing_else_is_said() {
    let folder = folder_of(
        "auto",
        &[
            ("a.json", WRONG),
            ("b.json", &TRUST.replace("AssumeRole", "AsumeRole")),
            ("c.json", BUCKET),
            ("d.scp.json", WRONG),
        ],
    );
    let run = check(&folder, &["--format", "json", "."]);
    let mut kinds: Vec<_> = run.column("file").into_iter().zip(run.column("kind")).collect();
    kinds.dedup();
    let kinds: Vec<_> = kinds
        .iter()
        .map(|(file, kind)| (file.as_str(), kind.as_str()))
        .collect();
    assert_eq!(
        kinds,
        [
            ("./a.json", "IdentityPolicy"),
            ("./b.json", "TrustPolicy"),
            ("./c.json", "ResourcePolicy"),
            ("./d.scp.json", "ServiceControlPolicy"),
        ]
    );
}

#[test]
fn of_several_kinds_each_holds_for_the_files_that_follow() {
    let folder = folder_of("several", &[("a.json", WRONG), ("b.json", WRONG), ("c.json", WRONG)]);
    let kinds = |arguments: &[&str]| {
        let run = check(&folder, &[&["--format", "json"], arguments].concat());
        let mut kinds: Vec<_> = run.column("file").into_iter().zip(run.column("kind")).collect();
        kinds.dedup();
        kinds.into_iter().map(|(_, kind)| kind).collect::<Vec<_>>()
    };
    assert_eq!(
        kinds(&["--kind", "scp", "a.json", "b.json", "--kind=session", "c.json"]),
        ["ServiceControlPolicy", "ServiceControlPolicy", "SessionPolicy"]
    );
    // Given once, it holds for all, wherever it is written.
    assert_eq!(
        kinds(&["a.json", "--kind", "scp", "b.json"]),
        ["ServiceControlPolicy"; 2]
    );
    // A file may be checked as two kinds.
    assert_eq!(
        kinds(&["--kind", "scp", "a.json", "--kind", "identity", "a.json"]),
        ["ServiceControlPolicy", "IdentityPolicy"]
    );
    let run = check(
        &folder,
        &["a.json", "--kind", "scp", "b.json", "--kind", "identity", "c.json"],
    );
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("`a.json` is before the first"), "{}", run.stderr);
}

#[test]
fn what_is_attached_to_a_resource_is_a_resource_policy() {
    let folder = folder_of("attached", &[("policy.json", WRONG)]);
    let run = check(
        &folder,
        &[
            "--format",
            "json",
            "--attached-to",
            "AWS::S3::Bucket",
            "--account",
            "111122223333",
            "policy.json",
        ],
    );
    assert_eq!(run.column("kind").first().map(String::as_str), Some("ResourcePolicy"));

    let endpoint = RIGHT.replace(r#""Action""#, r#""Principal": "*", "Action""#);
    let endpoints = folder_of("attached-to-endpoint", &[("policy.json", &endpoint)]);
    let run = check(&endpoints, &["policy.json"]);
    assert!(run.stdout.contains("[PUBLIC_ACCESS]"), "{}", run.stdout);
    assert!(run.stdout.contains("`AWS::EC2::VPCEndpoint`"), "{}", run.stdout);
    let run = check(&endpoints, &["--attached-to", "AWS::EC2::VPCEndpoint", "policy.json"]);
    assert_eq!(run.stderr, "no findings in 1 file\n", "{}", run.stdout);

    for (arguments, says) in [
        (
            ["--attached-to", "AWS::S3::Buckett", "--kind", "resource"],
            "`AWS::S3::Bucket`",
        ),
        (
            ["--attached-to", "AWS::S3::Bucket", "--kind", "trust"],
            "no `--kind` is `resource` or `auto`",
        ),
        (["--account", "1111", "--kind", "resource"], "1111"),
    ] {
        let run = check(&folder, &[&arguments[..], &["policy.json"]].concat());
        assert_eq!(run.code, Some(2), "{arguments:?}");
        assert!(run.stderr.contains(says), "{}", run.stderr);
    }
}
