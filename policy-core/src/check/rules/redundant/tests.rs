use crate::check::expect::{dead, findings, messages, policy, table};
use crate::policy::Kind;

/// A statement that allows these actions on these resources.
macro_rules! allow {
    ($actions:literal on $resources:literal) => {
        concat!(
            r#"{ "Effect": "Allow", "Action": "#,
            $actions,
            r#", "Resource": "#,
            $resources,
            " }"
        )
    };
    ($actions:literal if $condition:literal) => {
        concat!(
            r#"{ "Effect": "Allow", "Action": "#,
            $actions,
            r#", "Resource": "*", "Condition": "#,
            $condition,
            " }"
        )
    };
}

macro_rules! deny {
    ($rest:literal) => {
        concat!(r#"{ "Effect": "Deny", "#, $rest, " }")
    };
}

#[test]
fn actions() {
    table(
        Kind::Identity,
        &[
            (
                allow!(r#"["ec2:DescribeTags", "ec2:RunInstances", "ec2:DescribeTags"]"# on r#""*""#),
                &["REDUNDANT_ACTION /Statement/0/Action/2"],
            ),
            // One finding for all that one covers, at the longest; the case does not matter.
            (
                allow!(r#"["sns:ListTopics", "sns:listSubscriptions", "s3:ListAllMyBuckets", "sns:List*"]"# on r#""*""#),
                &["REDUNDANT_ACTION /Statement/0/Action/1"],
            ),
            (
                allow!(r#"["ec2:Describe*", "ec2:DescribeVpc*", "ec2:DescribeVpcs", "ses:*", "ses:ListTemplates"]"# on r#""*""#),
                &[
                    "REDUNDANT_ACTION /Statement/0/Action/2",
                    "REDUNDANT_ACTION /Statement/0/Action/4",
                ],
            ),
            (
                allow!(r#"["ec2:Allocate*", "ec2:Allocate*"]"# on r#""*""#),
                &["REDUNDANT_ACTION /Statement/0/Action/1"],
            ),
            (
                deny!(r#""Action": ["ec2:DescribeTags", "*"], "Resource": "*""#),
                &["REDUNDANT_ACTION /Statement/0/Action/0"],
            ),
            (
                r#"{ "Effect": "Deny", "NotAction": ["iam:*", "iam:GetRole"], "Resource": "*" }"#,
                &["REDUNDANT_ACTION /Statement/0/NotAction/1"],
            ),
            // Two patterns that share actions, but each has some of its own.
            (allow!(r#"["iam:Get*", "iam:*CredentialReport"]"# on r#""*""#), &[]),
            (
                allow!(r#"["ec2:DescribeVpcs", "ec2:DescribeVpcPeering*"]"# on r#""*""#),
                &[],
            ),
            (allow!(r#"["ec2:Describe*", "ecs:DescribeTasks"]"# on r#""*""#), &[]),
            // The same twice, but in two statements.
            (
                concat!(
                    allow!(r#""ec2:Describe*""# on r#""*""#),
                    ",",
                    allow!(r#""ec2:DescribeTags""# on r#""*""#)
                ),
                &[],
            ),
        ],
    );
}

#[test]
fn resources() {
    table(
        Kind::Identity,
        &[
            (
                allow!(r#""s3:*""# on r#"["arn:aws:s3:::logs-*/*", "arn:aws:s3:::logs-*"]"#),
                &["REDUNDANT_RESOURCE /Statement/0/Resource/0"],
            ),
            (
                allow!(r#""iam:GetRole""# on r#"["arn:aws:iam::111122223333:role/jane-a", "arn:aws:iam::111122223333:role/jane*", "arn:aws:iam::111122223333:role/jane-ro"]"#),
                &["REDUNDANT_RESOURCE /Statement/0/Resource/2"],
            ),
            (
                allow!(r#""s3:GetObject""# on r#"["arn:aws:s3:::docs/*", "arn:aws:s3:::docs/${aws:username}/*"]"#),
                &["REDUNDANT_RESOURCE /Statement/0/Resource/1"],
            ),
            (
                allow!(r#""s3:GetObject""# on r#"["arn:aws:s3:::docs/*", "arn:aws:s3:::docs/*"]"#),
                &["REDUNDANT_RESOURCE /Statement/0/Resource/1"],
            ),
            // The `*` of the account reaches over the colon, as Access Analyzer sees it.
            (
                allow!(r#""logs:GetLogEvents""# on r#"["arn:aws:logs:*:*:log-group:/ecs/a*", "arn:aws:logs:*:*:*:/ecs/a*"]"#),
                &["REDUNDANT_RESOURCE /Statement/0/Resource/0"],
            ),
            // The bucket and its objects.
            (
                allow!(r#""s3:*""# on r#"["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"]"#),
                &[],
            ),
            // The case of a resource matters.
            (
                allow!(r#""s3:GetObject""# on r#"["arn:aws:s3:::docs/A*", "arn:aws:s3:::docs/ab"]"#),
                &[],
            ),
            // What the variable is, is not known.
            (
                allow!(r#""s3:GetObject""# on r#"["arn:aws:s3:::docs/${aws:username}", "arn:aws:s3:::docs/jane"]"#),
                &[],
            ),
            (
                allow!(r#""s3:GetObject""# on r#"["arn:aws:s3:::docs/${aws:username}*", "arn:aws:s3:::docs/${aws:username}/a"]"#),
                &["REDUNDANT_RESOURCE /Statement/0/Resource/1"],
            ),
            (
                allow!(r#""s3:GetObject""# on r#"["arn:aws:s3:::docs/${aws:username}*", "arn:aws:s3:::docs/${aws:userid}/a"]"#),
                &[],
            ),
            // One of a character is that character.
            (
                allow!(r#""s3:GetObject""# on r#"["arn:aws:s3:::docs/a${$}*", "arn:aws:s3:::docs/a$b"]"#),
                &["REDUNDANT_RESOURCE /Statement/0/Resource/1"],
            ),
        ],
    );
}

#[test]
fn statements() {
    table(
        Kind::Identity,
        &[
            (
                concat!(
                    r#"{ "Sid": "A", "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::a/*" },"#,
                    r#"{ "Sid": "B", "Resource": ["arn:aws:s3:::a/*"], "Action": ["s3:putObject", "s3:GetObject"], "Effect": "Allow" }"#
                ),
                &["REDUNDANT_STATEMENT /Statement/1"],
            ),
            (
                concat!(
                    allow!(r#""s3:GetObject""# if r#"{ "Bool": { "aws:SecureTransport": true } }"#),
                    ",",
                    allow!(r#""s3:PutObject""# on r#""*""#),
                    ",",
                    allow!(r#""s3:GetObject""# if r#"{ "Bool": { "AWS:SecureTransport": "true" } }"#)
                ),
                &["REDUNDANT_STATEMENT /Statement/2"],
            ),
            (
                concat!(
                    deny!(r#""Action": "s3:DeleteBucket", "Resource": "*""#),
                    ",",
                    deny!(r#""Action": "s3:DeleteBucket", "Resource": ["*"]"#)
                ),
                &["REDUNDANT_STATEMENT /Statement/1"],
            ),
            (
                concat!(
                    allow!(r#""s3:GetObject""# on r#""arn:aws:s3:::a/*""#),
                    ",",
                    allow!(r#""s3:GetObject""# on r#""arn:aws:s3:::A/*""#)
                ),
                &[],
            ),
            (
                concat!(
                    allow!(r#""s3:GetObject""# on r#""*""#),
                    ",",
                    allow!(r#""s3:GetObject""# if r#"{ "Bool": { "aws:SecureTransport": true } }"#)
                ),
                &[],
            ),
            (
                concat!(
                    r#"{ "Effect": "Deny", "NotAction": "iam:*", "Resource": "*" },"#,
                    r#"{ "Effect": "Deny", "Action": "iam:*", "Resource": "*" }"#
                ),
                &[],
            ),
        ],
    );
}

#[test]
fn several_limits() {
    table(
        Kind::Identity,
        &[
            (
                allow!(r#""s3:GetObject""# if r#"{ "NumericLessThan": { "aws:MultiFactorAuthAge": ["2700", "3600"] } }"#),
                &["REDUNDANT_CONDITION_VALUE_NUM /Statement/0/Condition/NumericLessThan/aws:MultiFactorAuthAge"],
            ),
            (
                allow!(r#""s3:GetObject""# if r#"{ "NumericGreaterThanEqualsIfExists": { "aws:MultiFactorAuthAge": [60, 5] } }"#),
                &[
                    "REDUNDANT_CONDITION_VALUE_NUM /Statement/0/Condition/NumericGreaterThanEqualsIfExists/aws:MultiFactorAuthAge",
                ],
            ),
            (
                allow!(r#""s3:ListBucket""# if r#"{ "NumericLessThanEquals": { "s3:max-keys": [10, 10] } }"#),
                &["REDUNDANT_CONDITION_VALUE_NUM /Statement/0/Condition/NumericLessThanEquals/s3:max-keys"],
            ),
            (
                allow!(r#""s3:GetObject""# if r#"{ "NumericLessThan": { "aws:MultiFactorAuthAge": ["3600"] } }"#),
                &[],
            ),
            (
                allow!(r#""s3:ListBucket""# if r#"{ "NumericEquals": { "s3:max-keys": [10, 20] } }"#),
                &[],
            ),
            (
                allow!(r#""s3:ListBucket""# if r#"{ "NumericNotEquals": { "s3:max-keys": [10, 20] } }"#),
                &[],
            ),
        ],
    );
}

#[test]
fn conditions_that_a_wildcard_lets_every_request_meet() {
    const CODE: &str = "REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION";
    let with = |condition: &str| {
        let statement = r#"{ "Effect": "Allow", "Action": "s3:PutObject", "Resource": "*", "Condition": "#;
        findings(&policy(&format!("{statement}{condition} }}")), Kind::Identity)
    };
    for (condition, expected) in [
        (r#"{ "StringLikeIfExists": { "aws:PrincipalTag/job": "*" } }"#, true),
        (
            r#"{ "StringLikeIfExists": { "aws:PrincipalTag/job": ["dev-*", "*"] } }"#,
            true,
        ),
        (r#"{ "ArnLikeIfExists": { "aws:SourceArn": "*" } }"#, true),
        (r#"{ "ForAllValues:StringLike": { "aws:TagKeys": "*" } }"#, true),
        (r#"{ "ForAnyValue:StringLikeIfExists": { "aws:TagKeys": "*" } }"#, true),
        // Whether the key is there is still asked.
        (r#"{ "StringLike": { "aws:PrincipalTag/job": "*" } }"#, false),
        (r#"{ "StringLikeIfExists": { "aws:PrincipalTag/job": "?*" } }"#, false),
        (r#"{ "ForAnyValue:StringLike": { "aws:TagKeys": "*" } }"#, false),
        (r#"{ "StringNotLikeIfExists": { "aws:PrincipalTag/job": "*" } }"#, false),
        // That is no wildcard.
        (r#"{ "StringEqualsIfExists": { "aws:PrincipalTag/job": "*" } }"#, false),
        // The qualifier is what is wrong.
        (r#"{ "ForAllValues:StringLike": { "aws:PrincipalOrgID": "*" } }"#, false),
    ] {
        let found = with(condition).iter().any(|finding| finding.starts_with(CODE));
        assert_eq!(found, expected, "{condition}");
    }
}

#[test]
fn conditions_that_a_wildcard_lets_no_request_meet() {
    const CODE: &str = "REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION";
    let with = |condition: &str| {
        let statement = r#"{ "Effect": "Allow", "Action": "s3:PutObject", "Resource": "*", "Condition": "#;
        findings(&policy(&format!("{statement}{condition} }}")), Kind::Identity)
    };
    for (condition, expected) in [
        (r#"{ "ForAnyValue:StringNotLike": { "aws:TagKeys": "*" } }"#, true),
        (
            r#"{ "StringNotLike": { "aws:PrincipalTag/job": "dev-*" }, "StringEquals": { "aws:principaltag/job": ["dev-a", "dev-b"] } }"#,
            true,
        ),
        (
            r#"{ "StringLike": { "aws:PrincipalTag/job": "dev-a*" }, "StringNotLikeIfExists": { "aws:PrincipalTag/job": "dev-*" } }"#,
            true,
        ),
        (
            r#"{ "ArnLike": { "aws:SourceArn": "arn:aws:s3:::logs" }, "ArnNotLike": { "aws:SourceArn": "arn:aws:s3:::*" } }"#,
            true,
        ),
        // Met where the key is absent.
        (r#"{ "StringNotLike": { "aws:PrincipalTag/job": "*" } }"#, false),
        (r#"{ "ForAllValues:StringNotLike": { "aws:TagKeys": "*" } }"#, false),
        (
            r#"{ "ForAnyValue:StringNotLikeIfExists": { "aws:TagKeys": "*" } }"#,
            false,
        ),
        (
            r#"{ "StringLikeIfExists": { "aws:PrincipalTag/job": "dev-a*" }, "StringNotLike": { "aws:PrincipalTag/job": "dev-*" } }"#,
            false,
        ),
        // One value is left.
        (
            r#"{ "StringNotLike": { "aws:PrincipalTag/job": "dev-*" }, "StringEquals": { "aws:PrincipalTag/job": ["dev-a", "ops"] } }"#,
            false,
        ),
        (
            r#"{ "StringLike": { "aws:PrincipalTag/job": "dev-*" }, "StringNotLike": { "aws:PrincipalTag/job": "dev-a*" } }"#,
            false,
        ),
        // Of two keys.
        (
            r#"{ "StringLike": { "aws:PrincipalTag/job": "dev-a*" }, "StringNotLike": { "aws:PrincipalTag/team": "dev-*" } }"#,
            false,
        ),
    ] {
        let found = with(condition).iter().any(|finding| finding.starts_with(CODE));
        assert_eq!(found, expected, "{condition}");
    }
}

#[test]
fn sessions_beside_their_role() {
    let trust = |arns: &str| {
        format!(r#"{{ "Effect": "Allow", "Principal": {{ "AWS": [{arns}] }}, "Action": "sts:AssumeRole" }}"#)
    };
    let session = r#""arn:aws:sts::111122223333:assumed-role/jane/console""#;
    for (role, expected) in [
        (r#""arn:aws:iam::111122223333:role/jane""#, true),
        // The ARN of a session does not tell the path of its role.
        (r#""arn:aws:iam::111122223333:role/team/jane""#, true),
        (r#""arn:aws:iam::111122223333:role/jane", "444455556666""#, true),
        (r#""arn:aws:iam::444455556666:role/jane""#, false),
        (r#""arn:aws-cn:iam::111122223333:role/jane""#, false),
        (r#""arn:aws:iam::111122223333:role/jan""#, false),
        (r#""arn:aws:iam::111122223333:user/jane""#, false),
    ] {
        let expected: &[&str] = if expected {
            &["REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY /Statement/0/Principal/AWS/0"]
        } else {
            &[]
        };
        let statement = trust(&format!("{session}, {role}"));
        assert_eq!(findings(&policy(&statement), Kind::Trust), expected, "{role}");
    }
}

/// An `Allow` and the `Deny` beside it, and whether that swallows it.
#[test]
fn allowances_that_a_denial_swallows() {
    for (allow, deny, swallowed) in [
        (
            allow!(r#"["s3:GetObject", "s3:getObjectAcl"]"# on r#""arn:aws:s3:::a/*""#),
            deny!(r#""Action": "s3:Get*", "Resource": "*""#),
            true,
        ),
        (
            allow!(r#""s3:GetObject""# on r#""arn:aws:s3:::a/b/*""#),
            deny!(
                r#""Action": ["s3:PutObject", "s3:GetObject"], "Resource": ["arn:aws:s3:::a/*", "arn:aws:s3:::c/*"]"#
            ),
            true,
        ),
        // Everything but IAM, on everything but one bucket.
        (
            allow!(r#"["ec2:*", "s3:*"]"# on r#""arn:aws:s3:::a/*""#),
            deny!(r#""NotAction": "iam:*", "NotResource": "arn:aws:s3:::b/*""#),
            true,
        ),
        (
            r#"{ "Effect": "Allow", "NotAction": ["iam:*", "sts:*"], "Resource": "*" }"#,
            deny!(r#""NotAction": "iam:Get*", "Resource": "*""#),
            true,
        ),
        (
            r#"{ "Effect": "Allow", "NotAction": "iam:*", "NotResource": "arn:aws:s3:::a/*" }"#,
            deny!(r#""Action": "*", "Resource": "*""#),
            true,
        ),
        (
            allow!(r#""s3:GetObject""# if r#"{ "Bool": { "aws:SecureTransport": true }, "StringEquals": { "aws:PrincipalTag/job": "dev" } }"#),
            deny!(r#""Action": "s3:*", "Resource": "*", "Condition": { "Bool": { "aws:SecureTransport": "true" } }"#),
            true,
        ),
        // Some actions are left, or some resources, or some requests.
        (
            allow!(r#"["s3:GetObject", "s3:PutObject"]"# on r#""*""#),
            deny!(r#""Action": "s3:Get*", "Resource": "*""#),
            false,
        ),
        (
            allow!(r#""s3:Get*""# on r#""*""#),
            deny!(r#""Action": "s3:GetObject", "Resource": "*""#),
            false,
        ),
        (
            allow!(r#""s3:GetObject""# on r#"["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"]"#),
            deny!(r#""Action": "s3:GetObject", "Resource": "arn:aws:s3:::a/*""#),
            false,
        ),
        (
            allow!(r#""s3:GetObject""# on r#""*""#),
            deny!(r#""Action": "s3:GetObject", "NotResource": "arn:aws:s3:::a/*""#),
            false,
        ),
        (
            allow!(r#"["iam:GetRole", "s3:GetObject"]"# on r#""*""#),
            deny!(r#""NotAction": "iam:*", "Resource": "*""#),
            false,
        ),
        (
            r#"{ "Effect": "Allow", "NotAction": "iam:Get*", "Resource": "*" }"#,
            deny!(r#""NotAction": "iam:*", "Resource": "*""#),
            false,
        ),
        (
            allow!(r#""s3:GetObject""# on r#""*""#),
            deny!(r#""Action": "s3:*", "Resource": "*", "Condition": { "Bool": { "aws:SecureTransport": "false" } }"#),
            false,
        ),
        (
            allow!(r#""s3:GetObject""# if r#"{ "Bool": { "aws:SecureTransport": true } }"#),
            deny!(r#""Action": "s3:*", "Resource": "*", "Condition": { "Bool": { "aws:SecureTransport": "false" } }"#),
            false,
        ),
        // What is misspelt may have been a condition.
        (
            allow!(r#""s3:GetObject""# on r#""*""#),
            deny!(r#""Action": "s3:*", "Resource": "*", "Conditions": { "Bool": { "aws:SecureTransport": "false" } }"#),
            false,
        ),
        // The name of the user is not known.
        (
            allow!(r#""s3:GetObject""# on r#""arn:aws:s3:::a/jane/*""#),
            deny!(r#""Action": "s3:GetObject", "Resource": "arn:aws:s3:::a/${aws:username}/*""#),
            false,
        ),
    ] {
        let found = dead(&format!("{allow}, {deny}"), Kind::Identity);
        assert_eq!(found.contains(&"ALLOW_SWALLOWED_BY_DENY"), swallowed, "{allow}, {deny}");
    }
}

#[test]
fn an_allowance_is_swallowed_for_whom_the_denial_is_about() {
    let of = |effect: &str, principal: &str| {
        format!(
            r#"{{ "Effect": "{effect}", {principal}, "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:eu-west-1:111122223333:jobs" }}"#
        )
    };
    for (allowed, denied, swallowed) in [
        (r#""Principal": { "AWS": "444455556666" }"#, r#""Principal": "*""#, true),
        (
            r#""Principal": { "Service": "sns.amazonaws.com" }"#,
            r#""Principal": { "AWS": "*" }"#,
            true,
        ),
        (
            r#""Principal": { "AWS": "444455556666" }"#,
            r#""Principal": { "AWS": ["777788889999", "arn:aws:iam::444455556666:root"] }"#,
            true,
        ),
        (
            r#""Principal": "*""#,
            r#""Principal": { "AWS": "444455556666" }"#,
            false,
        ),
        (
            r#""Principal": { "Service": "sns.amazonaws.com" }"#,
            r#""Principal": { "AWS": "444455556666" }"#,
            false,
        ),
        (
            r#""Principal": { "AWS": "444455556666" }"#,
            r#""NotPrincipal": { "AWS": "777788889999" }"#,
            false,
        ),
    ] {
        let statements = format!("{}, {}", of("Allow", allowed), of("Deny", denied));
        let found = dead(&statements, Kind::Resource);
        assert_eq!(found.contains(&"ALLOW_SWALLOWED_BY_DENY"), swallowed, "{statements}");
    }
}

#[test]
fn messages_say_what_to_remove() {
    for (statements, message) in [
        (
            allow!(r#"["ec2:DescribeVpcs", "ec2:DescribeVpcAttribute", "ec2:Describe*"]"# on r#""*""#),
            "`ec2:DescribeVpcAttribute` is covered by `ec2:Describe*`, which is in this list too [REDUNDANT_ACTION]\n\
             = note: AWS accepts it, but removing it later would change nothing, as `ec2:Describe*` still covers it\n\
             = note: `ec2:Describe*` also covers: `ec2:DescribeVpcs`\n\
             = help: remove these 2, or remove `ec2:Describe*` if only these are meant",
        ),
        (
            allow!(r#"["ec2:DescribeTags", "ec2:describeTags"]"# on r#""*""#),
            "`ec2:describeTags` appears in this list twice [REDUNDANT_ACTION]\n\
             = note: AWS accepts it, but removing one later would change nothing, as the other is still there\n\
             = help: remove one of the two",
        ),
        (
            allow!(r#""s3:GetObject""# on r#"["arn:aws:s3:::logs*", "arn:aws:s3:::logs-a/*"]"#),
            "`arn:aws:s3:::logs-a/*` is covered by `arn:aws:s3:::logs*`, which is in this list too [REDUNDANT_RESOURCE]\n\
             = note: AWS accepts it, but removing it later would change nothing, as `arn:aws:s3:::logs*` still covers it\n\
             = help: remove `arn:aws:s3:::logs-a/*`, or remove `arn:aws:s3:::logs*` if only `arn:aws:s3:::logs-a/*` is meant",
        ),
        (
            concat!(
                allow!(r#""s3:GetObject""# on r#""arn:aws:s3:::a/*""#),
                ",",
                allow!(r#""s3:GetObject""# on r#""arn:aws:s3:::a/*""#)
            ),
            "the statement is equivalent to statement 1 [REDUNDANT_STATEMENT]\n\
             = note: AWS accepts it, but when one of the two is changed or removed later, the other still applies\n\
             = help: remove one of the two",
        ),
        (
            allow!(r#""s3:GetObject""# if r#"{ "NumericLessThan": { "aws:MultiFactorAuthAge": ["2700", "3600"] } }"#),
            "of the 2 values of `aws:MultiFactorAuthAge` only the greatest counts [REDUNDANT_CONDITION_VALUE_NUM]\n\
             = note: AWS accepts it, but the values are alternatives, and a request that meets another meets `3600` too\n\
             = help: write `\"NumericLessThan\": { \"aws:MultiFactorAuthAge\": \"3600\" }`, or another number if the stricter limit is meant",
        ),
        (
            allow!(r#""s3:PutObject""# if r#"{ "StringLikeIfExists": { "aws:PrincipalTag/job": "*" } }"#),
            "`StringLikeIfExists` with `*` is met by every request [REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION]\n\
             = note: AWS accepts it, but a request with `aws:PrincipalTag/job` meets it, whatever the value, and one without meets it too\n\
             = help: remove the condition, or write the values that are meant\n\
             = help: to check whether the key is present, write `\"Null\": { \"aws:PrincipalTag/job\": \"false\" }`",
        ),
        (
            allow!(r#""ec2:CreateTags""# if r#"{ "ForAnyValue:StringNotLike": { "aws:TagKeys": "*" } }"#),
            "no request meets this condition on `aws:TagKeys` [REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION]\n\
             = note: it asks for a value of `aws:TagKeys` that `*` does not match\n\
             = note: AWS accepts it, but the statement never applies\n\
             = help: write the values that are meant, or remove the statement",
        ),
        (
            allow!(r#""s3:PutObject""# if r#"{ "StringEquals": { "aws:PrincipalTag/job": "dev-a" }, "StringNotLike": { "aws:PrincipalTag/job": "dev-*" } }"#),
            "no request meets this condition on `aws:PrincipalTag/job` [REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION]\n\
             = note: `StringEquals` asks for a value of `aws:PrincipalTag/job` that `StringNotLike`, `dev-*`, excludes\n\
             = note: AWS accepts it, but the statement never applies\n\
             = help: write the values that are meant, or remove the statement",
        ),
        (
            concat!(
                allow!(r#""s3:GetObject""# on r#""arn:aws:s3:::a/*""#),
                ",",
                deny!(r#""Sid": "NoBuckets", "Action": "s3:*", "Resource": "*""#)
            ),
            "everything that the statement allows is denied by statement 2, `NoBuckets` [ALLOW_SWALLOWED_BY_DENY]\n\
             = note: AWS accepts it, but an explicit `Deny` overrides every `Allow`: the statement grants nothing\n\
             = help: remove the statement, or narrow the `Deny` to what must be denied",
        ),
    ] {
        assert_eq!(messages(statements, Kind::Identity), message);
    }
    let trust = r#"{ "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "AWS": [
        "arn:aws:iam::111122223333:role/jane", "arn:aws:sts::111122223333:assumed-role/jane/console"] } }"#;
    assert_eq!(
        messages(trust, Kind::Trust),
        "`arn:aws:sts::111122223333:assumed-role/jane/console` is a session of `arn:aws:iam::111122223333:role/jane`, which is listed here too [REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY]\n\
             = note: AWS accepts it, but a role as principal includes all of its sessions, so the session adds nothing\n\
             = help: remove `arn:aws:sts::111122223333:assumed-role/jane/console`, or remove `arn:aws:iam::111122223333:role/jane` if only this session is meant"
    );
}

#[test]
fn a_negated_element_with_a_star_leaves_nothing() {
    for (statement, expected) in [
        (
            r#"{ "Effect": "Deny", "Action": "s3:DeleteBucket", "NotResource": "*" }"#,
            "NOTHING_LEFT /Statement/0/NotResource",
        ),
        (
            r#"{ "Effect": "Allow", "NotAction": ["iam:*", "*"], "Resource": "*" }"#,
            "NOTHING_LEFT /Statement/0/NotAction/1",
        ),
        (r#"{ "Effect": "Allow", "NotAction": "iam:*", "Resource": "*" }"#, ""),
        (
            r#"{ "Effect": "Deny", "Action": "*", "NotResource": "arn:aws:s3:::*" }"#,
            "",
        ),
    ] {
        let found = crate::check::expect::findings(&crate::check::expect::policy(statement), Kind::Identity);
        let nothing: Vec<&String> = found
            .iter()
            .filter(|finding| finding.starts_with("NOTHING_LEFT"))
            .collect();
        assert_eq!(
            nothing.first().map_or("", |finding| finding.as_str()),
            expected,
            "{found:?}"
        );
    }
}
