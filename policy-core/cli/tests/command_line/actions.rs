//! `policy actions`.

use super::*;

const POLICY: &str = r#"{
    "Version": "2012-10-17",
    "Statement": [
        { "Effect": "Allow", "Action": ["s3:GetObjectTagg*", "S3:PUTOBJECTTAGGING", "s3:GetObjct", "kms:Decrypt"], "Resource": "*" },
        { "Effect": "Allow", "Action": ["s3:GetObjectTagging", "sqs:SendMessageBatch", "nosuch:*"], "Resource": "*" },
        { "Effect": "Deny", "NotAction": "sts:GetCallerId*", "Resource": "*" }
    ]
}"#;

#[test]
fn actions_are_written_out_by_service() {
    let run = policy(&folder_of("actions", &[("p.json", POLICY)]), "actions", &["p.json"]);
    assert_eq!(run.code, Some(0));
    assert_eq!(
        run.stdout,
        "p.json: Allow\n  \
           kms: AWS Key Management Service\n    \
             kms:Decrypt           write\n  \
           nosuch: unknown service\n    \
             nosuch:*              unknown\n  \
           s3: Amazon S3\n    \
             s3:GetObjct           unknown\n    \
             s3:GetObjectTagging   read\n    \
             s3:PutObjectTagging   tagging, write\n  \
           sqs: Amazon SQS\n    \
             sqs:SendMessageBatch  no longer documented, last seen 2021-07\n\
         \n\
         p.json: Deny every action but these (NotAction)\n  \
           sts: AWS Security Token Service\n    \
             sts:GetCallerIdentity  read\n\
         \n"
    );
    assert_eq!(run.stderr, "7 actions, 2 unknown in 1 policy\n");
}

#[test]
fn programs_get_one_action_a_line() {
    let run = policy(
        &folder_of("actions-json", &[("p.json", POLICY)]),
        "actions",
        &["--format", "json", "p.json"],
    );
    assert_eq!(run.code, Some(0));
    let line = |action: &str| {
        let all = run.findings();
        all.into_iter().find(|line| line["action"] == action).unwrap()
    };
    assert_eq!(
        line("s3:GetObjectTagging"),
        serde_json::json!({
            "file": "p.json", "effect": "Allow", "not_action": false, "service": "s3", "action": "s3:GetObjectTagging",
            "access_levels": ["read"], "known": true, "last_documented": null,
            "written": ["s3:GetObjectTagg*", "s3:GetObjectTagging"]
        })
    );
    assert_eq!(line("s3:GetObjct")["known"], false);
    assert_eq!(line("sqs:SendMessageBatch")["last_documented"], "2021-07");
    let negated = line("sts:GetCallerIdentity");
    assert_eq!(
        (&negated["effect"], &negated["not_action"]),
        (&Value::from("Deny"), &Value::from(true))
    );
}

#[test]
fn only_the_access_levels_that_are_asked_for_are_listed() {
    let folder = folder_of(
        "actions-levels",
        &[(
            "p.json",
            r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "secretsmanager:*", "Resource": "*" } }"#,
        )],
    );
    let levels = |arguments: &[&str]| {
        let run = policy(
            &folder,
            "actions",
            &[&["--format", "json", "p.json"], arguments].concat(),
        );
        assert_eq!(run.code, Some(0));
        run.findings()
    };
    let all = levels(&[]);
    let written = levels(&["--access-level", "write"]);
    let both = levels(&["--access-level", "WRITE", "--access-level", "list"]);
    assert!(!written.is_empty() && written.len() < both.len() && both.len() < all.len());
    assert!(
        written
            .iter()
            .all(|line| line["access_levels"].as_array().unwrap().contains(&"write".into()))
    );
    let service = policy_core::catalogue::service("secretsmanager").unwrap();
    assert_eq!(all.len(), service.actions().count());

    let run = policy(&folder, "actions", &["--access-level", "wrote", "p.json"]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.stderr
            .contains("there is no such access level; did you mean `write`?"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_folder_is_looked_through_for_policies() {
    let folder = folder_of(
        "actions-folder",
        &[
            ("a/right.json", RIGHT),
            ("a/other.json", "{}"),
            ("b/other.json", "{}"),
            ("c.json", "{ "),
        ],
    );
    let run = policy(&folder, "actions", &["a"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), "1 action in 1 policy\n"));
    let run = policy(&folder, "actions", &["b"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(2), "no policy was found\n"));
    for (file, wanted) in [
        ("b/other.json", "policy: b/other.json: this is not a policy\n"),
        ("c.json", "policy: c.json: line 1, column 3: "),
        ("nowhere.json", "policy: nowhere.json: "),
    ] {
        let run = policy(&folder, "actions", &["a", file]);
        assert_eq!(run.code, Some(2), "{file}");
        assert!(run.stderr.starts_with(wanted), "{}", run.stderr);
    }
    let resource =
        |name: &str| format!("resource \"aws_iam_policy\" \"{name}\" {{\n  policy = jsonencode({RIGHT})\n}}\n");
    fs::write(folder.join("a/three.tf"), ["a", "b", "c"].map(resource).concat()).unwrap();
    let run = policy(&folder, "actions", &["a"]);
    assert_eq!(run.stderr, "2 actions in 4 policies\n");
    let run = finish(&mut command(&folder, &["actions", "-"]), RIGHT);
    assert!(run.stdout.starts_with("<stdin>: Allow\n"), "{}", run.stdout);
}
