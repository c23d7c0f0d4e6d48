//! What services accept in the policies of their resources, and use of them.

use super::table;
use crate::check::Options;
use crate::check::expect::{policy, read, said_with, told_with};
use crate::finding::Code;
use crate::policy::{AttachedTo, Kind};

#[test]
fn what_services_accept_in_the_policies_of_their_resources() {
    macro_rules! of {
        ($principal:literal, $actions:expr, $resource:literal) => {
            format!(
                r#"{{ "Effect": "Allow", "Principal": {}, "Action": {}, "Resource": "{}" }}"#,
                $principal, $actions, $resource
            )
        };
    }
    const QUEUE: &str = "arn:aws:sqs:eu-west-1:111122223333:q";
    let queue = |actions: &str| {
        format!(
            r#"{{ "Effect": "Allow", "Principal": {{ "AWS": "111122223333" }}, "Action": {actions}, "Resource": "{QUEUE}" }}"#
        )
    };
    let seven = r#"["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl",
        "sqs:ChangeMessageVisibility", "sqs:PurgeQueue"]"#;
    let eight = seven.replace(']', r#", "sqs:ListDeadLetterSourceQueues"]"#);
    let many = vec![queue(r#""sqs:SendMessage""#); 21].join(", ");
    let topic = |action: &str| {
        of!(
            r#"{ "AWS": "111122223333" }"#,
            format!("\"{action}\""),
            "arn:aws:sns:eu-west-1:111122223333:t"
        )
    };
    let key = |principal: &str, actions: &str| {
        format!(r#"{{ "Effect": "Allow", "Principal": {principal}, "Action": {actions}, "Resource": "*" }}"#)
    };
    let (root, service) = (
        r#"{ "AWS": "111122223333" }"#,
        r#"{ "Service": "logs.eu-west-1.amazonaws.com" }"#,
    );
    let locked = "RESOURCE_POLICY_LOCKS_EVERYONE_OUT ";
    let rows: Vec<(String, Vec<&str>)> = vec![
        (queue(seven), vec![]),
        (queue(r#""sqs:*""#), vec![]),
        (
            queue(&eight),
            vec!["RESOURCE_POLICY_EXCEEDS_SERVICE_QUOTA /Statement/0/Action"],
        ),
        (many, vec!["RESOURCE_POLICY_EXCEEDS_SERVICE_QUOTA "]),
        (topic("sns:Publish"), vec![]),
        (topic("SNS:Receive"), vec![]),
        (topic("sns:Get*"), vec![]),
        (
            topic("sns:CreateTopic"),
            vec!["ACTION_OUT_OF_SERVICE_SCOPE /Statement/0/Action"],
        ),
        (topic("sns:*"), vec!["ACTION_OUT_OF_SERVICE_SCOPE /Statement/0/Action"]),
        (key(root, r#""kms:*""#), vec![]),
        (key(root, r#""kms:Put*""#), vec![]),
        (key(root, r#"["kms:Encrypt", "kms:Decrypt"]"#), vec![locked]),
        (key(service, r#""kms:*""#), vec![locked]),
        (
            format!("{}, {}", key(root, r#""kms:*""#), key(service, r#""kms:Encrypt*""#)),
            vec![],
        ),
    ];
    for (statements, expected) in rows {
        let said = said_with(&Options::new(), &read(&policy(&statements)), Kind::Resource);
        let about: Vec<&str> = said
            .iter()
            .map(String::as_str)
            .filter(|finding| {
                expected.contains(finding)
                    || finding.starts_with("RESOURCE_POLICY")
                    || finding.starts_with("ACTION_OUT")
            })
            .collect();
        assert_eq!(about, expected, "{statements}: {said:?}");
    }
}

#[test]
fn a_sid_of_a_secret_has_no_spaces_and_one_of_a_bucket_may() {
    for (service, resource, expected) in [
        ("secretsmanager:GetSecretValue", "*", 1),
        ("s3:GetObject", "arn:aws:s3:::b/*", 0),
    ] {
        let statement = format!(
            r#"{{ "Sid": "Allow the app", "Effect": "Allow", "Principal": {{ "AWS": "111122223333" }}, "Action": "{service}", "Resource": "{resource}" }}"#
        );
        let said = said_with(&Options::new(), &read(&policy(&statement)), Kind::Resource);
        let found = said
            .iter()
            .filter(|finding| finding.starts_with("UNSUPPORTED_SID"))
            .count();
        assert_eq!(found, expected, "{said:?}");
    }
}

#[test]
fn a_bucket_policy_is_about_one_bucket() {
    const FOUND: &str = "RESOURCE_POLICY_OF_SEVERAL_RESOURCES /Statement/0/Resource/1";
    table(
        AttachedTo::S3Bucket,
        &[
            (
                share!(r#""s3:GetObject""#, r#"["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"]"#),
                &[FOUND],
            ),
            (
                share!(
                    r#"["s3:GetObject", "s3:ListBucket"]"#,
                    r#"["arn:aws:s3:::a/*", "arn:aws:s3:::a"]"#
                ),
                &[],
            ),
        ],
    );
}

#[test]
fn a_topic_policy_is_about_one_topic() {
    const A: &str = "arn:aws:sns:eu-west-1:111122223333:a";
    const B: &str = "arn:aws:sns:eu-west-1:111122223333:b";
    let allow = |resource: &str| allows(ROOT, r#""sns:Publish""#, &format!(r#", "Resource": {resource}"#));
    let one = |arn: &str| allow(&format!("\"{arn}\""));
    let two = format!(r#"["{A}", "{B}"]"#);
    let of = |options: &Options, statements: &str| said_with(options, &read(&policy(statements)), Kind::Resource);
    // Every policy of SNS is a topic's, stated or not.
    for options in [Options::new(), Options::new().attached_to(AttachedTo::SnsTopic)] {
        for (statements, expected) in [
            (one(A), vec![]),
            (format!("{}, {}", one(A), one(A)), vec![]),
            (one("arn:aws:sns:*:111122223333:*"), vec![]),
            (
                allow(&two),
                vec!["RESOURCE_POLICY_OF_SEVERAL_RESOURCES /Statement/0/Resource/1"],
            ),
            (
                format!("{}, {}", one(A), one(B)),
                vec!["RESOURCE_POLICY_OF_SEVERAL_RESOURCES /Statement/1/Resource"],
            ),
        ] {
            let mut said = of(&options, &statements);
            said.retain(|finding| finding.starts_with("RESOURCE_POLICY"));
            assert_eq!(said, expected, "{statements}");
        }
        // What is no topic is another mistake.
        for other in [
            "arn:aws:sqs:eu-west-1:111122223333:a",
            "arn:aws:sns:eu-west-1:111122223333:a:21be56ed-a058-49f5-8c98-aedd2564c486",
            "arn:aws:sns:eu-west-1:111122223333:app/GCM/a",
        ] {
            let said = of(&options, &one(other));
            assert!(
                said.iter().any(|finding| finding.contains("/Statement/0/")),
                "{other}: {said:?}"
            );
        }
    }
    let told = told_with(
        &Options::new().attached_to(AttachedTo::SnsTopic),
        &read(&policy(&allow(&two))),
        Kind::Resource,
    );
    assert!(
        told.contains(
            "= note: SNS rejects the policy: `Policy statement must apply to a single resource!`\n\
             = help: write one policy for each topic"
        ),
        "{told}"
    );
}

#[test]
fn other_accounts_only_copy_into_a_vault() {
    const VAULT: &str = r#", "Resource": "arn:aws:backup:eu-west-1:111122223333:backup-vault:main""#;
    const OTHER: &str = r#"{ "AWS": "arn:aws:iam::444455556666:root" }"#;
    const BOTH: &str = r#"{ "AWS": ["444455556666", "arn:aws:iam::111122223333:role/backup"] }"#;
    let start = r#"["backup:StartRestoreJob", "backup:DescribeBackupVault"]"#;
    let mixed = r#"["backup:CopyIntoBackupVault", "backup:DescribeBackupVault"]"#;
    let of = |options: Options, statement: &str| {
        let mut said = said_with(&options, &read(&policy(statement)), Kind::Resource);
        said.retain(|finding| finding.starts_with("NO_EFFECT"));
        said
    };
    for options in [Options::new(), Options::new().attached_to(AttachedTo::BackupVault)] {
        for (statement, expected) in [
            (allows(ROOT, start, VAULT), vec![]),
            (allows(OTHER, r#""backup:CopyIntoBackupVault""#, VAULT), vec![]),
            (
                allows(OTHER, start, VAULT),
                vec!["NO_EFFECT_IN_RESOURCE_POLICY /Statement/0/Principal/AWS"],
            ),
            (
                allows(BOTH, start, VAULT),
                vec!["NO_EFFECT_IN_RESOURCE_POLICY /Statement/0/Principal/AWS/0"],
            ),
            (
                allows(OTHER, mixed, VAULT),
                vec!["NO_EFFECT_IN_RESOURCE_POLICY /Statement/0/Action/1"],
            ),
            // Of one the action has an effect.
            (allows(BOTH, mixed, VAULT), vec![]),
            (allows(r#""*""#, start, VAULT), vec![]),
            // Whose vault it is nobody knows.
            (allows(OTHER, start, r#", "Resource": "*""#), vec![]),
            (allows(OTHER, start, VAULT).replace("Allow", "Deny"), vec![]),
        ] {
            assert_eq!(of(options.clone(), &statement), expected, "{statement}");
        }
    }
    // The caller may know.
    let own = "111122223333"
        .parse()
        .map(|account| Options::new().account(account))
        .unwrap_or_default();
    let anywhere = allows(OTHER, start, r#", "Resource": "*""#);
    assert_eq!(
        of(own, &anywhere),
        ["NO_EFFECT_IN_RESOURCE_POLICY /Statement/0/Principal/AWS"]
    );
    let told = told_with(
        &Options::new(),
        &read(&policy(&allows(OTHER, start, VAULT))),
        Kind::Resource,
    );
    assert!(
        told.contains(
            "`arn:aws:iam::444455556666:root` has no effect: the resource is of another account, 111122223333 \
             [NO_EFFECT_IN_RESOURCE_POLICY]\n\
             = note: AWS Backup rejects every request of another account but `backup:CopyIntoBackupVault`, whatever the policy allows\n\
             = help: allow other accounts `backup:CopyIntoBackupVault` only; for the rest they need a role in account 111122223333"
        ),
        "{told}"
    );
}

#[test]
fn an_endpoint_policy_needs_an_allow() {
    let deny = r#"{ "Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*", "Condition": { "StringNotEquals": { "aws:SourceVpc": "vpc-0abc1234def567890" } } }"#;
    let allow = r#"{ "Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*" }"#;
    let both = format!("{allow}, {deny}");
    table(
        AttachedTo::VpcEndpoint,
        &[(deny, &["ENDPOINT_POLICY_ALLOWS_NOTHING "]), (&both, &[])],
    );
}

const ROOT: &str = r#"{ "AWS": "111122223333" }"#;
const SERVICE: &str = r#"{ "Service": "route53.amazonaws.com" }"#;

/// A statement that allows actions, and what else it has.
fn allows(principal: &str, actions: &str, rest: &str) -> String {
    format!(r#"{{ "Effect": "Allow", "Principal": {principal}, "Action": {actions}{rest} }}"#)
}

#[test]
fn parts_that_a_service_does_not_accept() {
    const FOUND: &str = "UNSUPPORTED_IN_RESOURCE_POLICY /Statement/0/Resource";
    let pull = r#"["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]"#;
    let any = r#", "Resource": "*""#;
    table(
        AttachedTo::EcrRepository,
        &[
            (&allows(ROOT, pull, ""), &[]),
            (&allows(ROOT, pull, any), &[FOUND]),
            (
                &allows(
                    ROOT,
                    pull,
                    r#", "NotResource": "arn:aws:ecr:eu-west-1:111122223333:repository/x""#,
                ),
                &["UNSUPPORTED_IN_RESOURCE_POLICY /Statement/0/NotResource"],
            ),
        ],
    );
    // The policy of a registry has resources, and nobody has said which of the two it is.
    let registry = allows(
        ROOT,
        r#""ecr:ReplicateImage""#,
        r#", "Resource": "arn:aws:ecr:eu-west-1:111122223333:repository/*""#,
    );
    assert!(said_with(&Options::new(), &read(&policy(&registry)), Kind::Resource).is_empty());
    let share = r#"["wafv2:CreateWebACL", "wafv2:UpdateWebACL", "wafv2:PutFirewallManagerRuleGroups"]"#;
    for (statement, expected) in [
        (allows(ROOT, share, ""), vec![]),
        (
            allows(ROOT, r#"["wafv2:CreateWebACL", "wafv2:UpdateWebACL"]"#, ""),
            vec!["ACTION_OUT_OF_SERVICE_SCOPE /Statement/0/Action"],
        ),
        (
            allows(ROOT, &share.replace(']', r#", "wafv2:DeleteWebACL"]"#), ""),
            vec!["ACTION_OUT_OF_SERVICE_SCOPE /Statement/0/Action/3"],
        ),
        (
            allows(ROOT, share, any),
            vec!["UNSUPPORTED_IN_RESOURCE_POLICY /Statement/0/Resource"],
        ),
        (
            allows(ROOT, &share.replace(']', r#", "wafv2:Get*"]"#), ""),
            vec!["UNSUPPORTED_IN_RESOURCE_POLICY /Statement/0/Action/3"],
        ),
    ] {
        let said = said_with(&Options::new(), &read(&policy(&statement)), Kind::Resource);
        let codes = ["UNSUPPORTED_IN_RESOURCE_POLICY", "ACTION_OUT_OF_SERVICE_SCOPE"];
        let is_about = |finding: &&String| codes.iter().any(|code| finding.starts_with(code));
        let about: Vec<&String> = said.iter().filter(is_about).collect();
        assert_eq!(about, expected, "{statement}: {said:?}");
    }
}

#[test]
fn an_action_of_another_service_is_one_mistake_with_the_names_of_the_own() {
    for action in ["s3:GetObject", "sqs:SendMessage"] {
        let document = policy(&format!(
            r#"{{ "Effect": "Allow", "Principal": {{ "AWS": "111122223333" }}, "Action": ["sns:Publish", "{action}"],
                 "Resource": "arn:aws:sns:eu-west-1:111122223333:t" }}"#
        ));
        let options = Options::new().attached_to(AttachedTo::SnsTopic);
        assert_eq!(
            said_with(&options, &read(&document), Kind::Resource),
            ["UNSUPPORTED_ACTION_IN_POLICY /Statement/0/Action/1"]
        );
        // Who allows it sees what it hid.
        let options = options.allow(Code::UnsupportedActionInPolicy);
        assert_eq!(
            said_with(&options, &read(&document), Kind::Resource),
            [
                "ACTION_FITS_NO_RESOURCE /Statement/0/Action/1",
                "ACTION_OUT_OF_SERVICE_SCOPE /Statement/0/Action/1"
            ]
        );
        let told = told_with(&options, &read(&document), Kind::Resource);
        assert!(
            told.contains("write only these: `sns:AddPermission`, `sns:DeleteTopic`"),
            "{told}"
        );
    }
}

#[test]
fn parts_that_a_service_never_uses() {
    const GROUP: &str = r#", "Resource": "arn:aws:logs:eu-west-1:111122223333:log-group:/dns:*", "Condition": { "StringEquals": { "aws:SourceAccount": "111122223333" } }"#;
    table(
        AttachedTo::LogsResourcePolicy,
        &[
            (
                &allows(SERVICE, r#"["logs:PutLogEvents", "logs:CreateLogStream"]"#, GROUP),
                &[],
            ),
            (&allows(SERVICE, r#""logs:*""#, GROUP), &[]),
            (
                &allows(SERVICE, r#"["logs:PutLogEvents", "logs:CreateLogGroup"]"#, GROUP),
                &["NO_EFFECT_IN_RESOURCE_POLICY /Statement/0/Action/1"],
            ),
            (
                &allows(ROOT, r#""logs:PutLogEvents""#, GROUP),
                &["NO_EFFECT_IN_RESOURCE_POLICY /Statement/0/Principal/AWS"],
            ),
        ],
    );
    let invoke = |condition: &str| {
        allows(
            r#""*""#,
            r#""execute-api:Invoke""#,
            &format!(
                r#", "Resource": "arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/*", "Condition": {condition}"#
            ),
        )
    };
    table(
        AttachedTo::ApiGatewayRestApi,
        &[
            (
                &invoke(r#"{ "StringEquals": { "aws:SourceVpce": "vpce-0abc1234def567890" } }"#),
                &[],
            ),
            (
                &invoke(
                    r#"{ "StringEquals": { "aws:PrincipalTag/team": "blue", "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }"#,
                ),
                &[],
            ),
            (
                &invoke(r#"{ "StringEquals": { "aws:SourceAccount": "111122223333" } }"#),
                &["NO_EFFECT_IN_RESOURCE_POLICY /Statement/0/Condition/StringEquals/aws:SourceAccount"],
            ),
        ],
    );
    let vault = r#", "Resource": "*""#;
    table(
        AttachedTo::BackupVault,
        &[
            (&allows(ROOT, r#""backup:CopyIntoBackupVault""#, vault), &[]),
            (
                &allows(ROOT, r#""backup:Copy*""#, vault),
                &["NO_EFFECT_IN_RESOURCE_POLICY /Statement/0/Action"],
            ),
            (
                &allows(ROOT, r#"["backup:StartRestoreJob", "backup:CreateBackupPlan"]"#, vault),
                &["NO_EFFECT_IN_RESOURCE_POLICY /Statement/0/Action/1"],
            ),
        ],
    );
    table(
        AttachedTo::EcrRepository,
        &[(
            &allows(ROOT, r#"["ecr:BatchGetImage", "ecr:GetAuthorizationToken"]"#, ""),
            &["NO_EFFECT_IN_RESOURCE_POLICY /Statement/0/Action/1"],
        )],
    );
    table(
        AttachedTo::EventBus,
        &[(
            &allows(
                ROOT,
                r#"["events:PutEvents", "events:PutRule"]"#,
                r#", "Resource": ["arn:aws:events:eu-west-1:111122223333:event-bus/orders", "arn:aws:events:eu-west-1:111122223333:rule/orders/*"]"#,
            ),
            &[],
        )],
    );
}

#[test]
fn each_service_has_its_own_quota_and_answer() {
    let options = |resource| Options::new().attached_to(resource);
    let many = |length: usize, action: &str, resource: &str| {
        let principals: Vec<String> = (0..length / 50)
            .map(|number| format!(r#""arn:aws:iam::111122223333:role/build-{number:08}""#))
            .collect();
        let resource = if resource.is_empty() {
            String::new()
        } else {
            format!(r#", "Resource": "{resource}""#)
        };
        allows(
            &format!(r#"{{ "AWS": [{}] }}"#, principals.join(", ")),
            &format!("\"{action}\""),
            &resource,
        )
    };
    for (resource, action, arn, length, rejection) in [
        (
            AttachedTo::EventBus,
            "events:PutEvents",
            "arn:aws:events:eu-west-1:111122223333:event-bus/b",
            11_500,
            Some("EventBridge rejects the policy: `PolicyLengthExceededException`"),
        ),
        (
            AttachedTo::CodeArtifactDomain,
            "codeartifact:CreateRepository",
            "*",
            8_500,
            Some("CodeArtifact rejects the policy"),
        ),
        (AttachedTo::KmsKey, "kms:*", "*", 25_000, None),
        (
            AttachedTo::KmsKey,
            "kms:*",
            "*",
            40_000,
            Some("KMS rejects the policy unless AWS has raised the account's quota, which it does up to 131072"),
        ),
        (
            AttachedTo::KmsKey,
            "kms:*",
            "*",
            140_000,
            Some("KMS rejects the policy; no account has a larger quota"),
        ),
        (AttachedTo::S3Bucket, "s3:GetObject", "arn:aws:s3:::b/*", 18_000, None),
        (
            AttachedTo::S3Bucket,
            "s3:GetObject",
            "arn:aws:s3:::b/*",
            24_000,
            Some("S3 rejects the policy"),
        ),
        (
            AttachedTo::EcrRepository,
            "ecr:BatchGetImage",
            "",
            12_000,
            Some("ECR rejects the policy"),
        ),
    ] {
        let told = told_with(
            &options(resource),
            &read(&policy(&many(length, action, arn))),
            Kind::Resource,
        );
        let notes: Vec<&str> = told.lines().filter_map(|line| line.strip_prefix("= note: ")).collect();
        let is_raised = told.contains("if AWS has raised the account's quota");
        assert_eq!(
            is_raised,
            (32_769..131_072).contains(&length) && resource == AttachedTo::KmsKey,
            "{told}"
        );
        let found = notes.iter().find(|note| note.contains("rejects the policy")).copied();
        assert_eq!(found, rejection, "{resource} {length}: {told}");
    }
}
