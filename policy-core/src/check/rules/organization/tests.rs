use crate::check::expect::{messages, table};
use crate::policy::Kind;

/// A statement of a resource control policy: its effect, the JSON of its actions, and what else it has.
macro_rules! rcp {
    ($effect:literal, $actions:literal $(, $more:literal)?) => {
        concat!(
            r#"{ "Effect": ""#, $effect, r#"", "Principal": "*", "Action": "#, $actions, r#", "Resource": "*""#,
            $(", ", $more,)? " }"
        )
    };
}

/// One that denies everything in S3 under this condition.
macro_rules! deny {
    ($condition:literal) => {
        concat!(
            r#"{ "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": "#,
            $condition,
            " }"
        )
    };
}

#[test]
fn only_aws_itself_allows() {
    let allow: &[&str] = &["RCP_SYNTAX_ERROR_ALLOW /Statement/0/Effect"];
    table(
        Kind::ResourceControl,
        &[
            (rcp!("Allow", r#""s3:*""#), allow),
            (rcp!("Allow", r#"["s3:*", "sns:*"]"#), allow),
            (
                rcp!(
                    "Allow",
                    r#""*""#,
                    r#""Condition": { "Bool": { "aws:SecureTransport": "true" } }"#
                ),
                allow,
            ),
            (
                r#"{ "Effect": "Allow", "Principal": "*", "NotAction": "s3:*", "Resource": "*" }"#,
                allow,
            ),
            (
                r#"{ "Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "arn:aws:s3:::amzn-s3-demo-bucket" }"#,
                allow,
            ),
            // `RCPFullAWSAccess`
            (rcp!("Allow", r#""*""#), &[]),
            (rcp!("Allow", r#"["*"]"#), &[]),
            (rcp!("Deny", r#""s3:*""#), &[]),
        ],
    );
}

#[test]
fn actions_are_named_a_service_at_a_time() {
    table(
        Kind::ResourceControl,
        &[
            (rcp!("Deny", r#""*""#), &["RCP_SYNTAX_ERROR_ACTION /Statement/0/Action"]),
            (
                rcp!("Deny", r#"["s3:*", "sns:Publish"]"#),
                &["RCP_SYNTAX_ERROR_ACTION /Statement/0/Action/1 sns"],
            ),
            (
                rcp!("Deny", r#""lambda:*""#),
                &["RCP_SYNTAX_ERROR_ACTION /Statement/0/Action lambda"],
            ),
            (
                r#"{ "Effect": "Deny", "Principal": "*", "NotAction": "s3:*", "Resource": "*" }"#,
                &["RCP_SYNTAX_ERROR_NOTACTION /Statement/0/NotAction"],
            ),
            // One message: the action is no better than its element.
            (
                r#"{ "Effect": "Deny", "Principal": "*", "NotAction": "sns:*", "Resource": "*" }"#,
                &["RCP_SYNTAX_ERROR_NOTACTION /Statement/0/NotAction"],
            ),
            (
                r#"{ "Effect": "Deny", "Principal": "*", "NotAction": ["kms:*"], "Resource": "*",
                     "Condition": { "StringEquals": { "aws:ResourceTag/team": "a" } } }"#,
                &["RCP_SYNTAX_ERROR_NOTACTION /Statement/0/NotAction"],
            ),
            // An action that does not exist is reported as such.
            (
                rcp!("Deny", r#""s3:ListBuckets""#),
                &["INVALID_ACTION /Statement/0/Action ListBuckets"],
            ),
            (rcp!("Deny", r#"["s3:*", "sts:AssumeRole"]"#), &[]),
            (rcp!("Deny", r#""s3:*Object""#), &[]),
            (rcp!("Deny", r#"["KMS:Decrypt", "sqs:Send?essage"]"#), &[]),
        ],
    );
    // Of other kinds nothing of this is asked.
    table(
        Kind::ServiceControl,
        &[(r#"{ "Effect": "Deny", "NotAction": "sns:*", "Resource": "*" }"#, &[])],
    );
}

#[test]
fn principals_are_all() {
    let wrong = |element: &str| format!(r#"{{ "Effect": "Deny", {element}, "Action": "s3:*", "Resource": "*" }}"#);
    table(
        Kind::ResourceControl,
        &[
            (
                &wrong(r#""Principal": { "AWS": "111122223333" }"#),
                &["RCP_SYNTAX_ERROR_PRINCIPAL /Statement/0/Principal"],
            ),
            (
                &wrong(r#""Principal": { "AWS": "*" }"#),
                &["RCP_SYNTAX_ERROR_PRINCIPAL /Statement/0/Principal"],
            ),
            (
                &wrong(r#""NotPrincipal": "*""#),
                &["RCP_SYNTAX_ERROR_PRINCIPAL /Statement/0/NotPrincipal"],
            ),
            (&wrong(r#""Principal": "*""#), &[]),
        ],
    );
}

#[test]
fn services_that_act_for_you_are_to_be_spared() {
    table(
        Kind::ResourceControl,
        &[
            (
                deny!(r#"{ "StringNotEqualsIfExists": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }"#),
                &[
                    "RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY /Statement/0/Condition/StringNotEqualsIfExists/aws:PrincipalOrgID",
                ],
            ),
            (
                deny!(r#"{ "StringNotEquals": { "aws:principalaccount": "111122223333" } }"#),
                &[
                    "RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY /Statement/0/Condition/StringNotEquals/aws:principalaccount",
                ],
            ),
            (
                deny!(
                    r#"{ "NotIpAddressIfExists": { "aws:SourceIp": "203.0.113.0/24" }, "StringNotEqualsIfExists": { "aws:SourceVpc": "vpc-1a2b3c4d" } }"#
                ),
                &[
                    "RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY /Statement/0/Condition/NotIpAddressIfExists/aws:SourceIp",
                ],
            ),
            (
                deny!(
                    r#"{ "StringNotEqualsIfExists": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" }, "BoolIfExists": { "aws:PrincipalIsAWSService": "false" } }"#
                ),
                &[],
            ),
            // About users and roles with this tag only.
            (
                deny!(
                    r#"{ "StringNotEqualsIfExists": { "aws:SourceVpc": "vpc-1a2b3c4d" }, "StringEquals": { "aws:PrincipalTag/perimeter": "true" } }"#
                ),
                &[],
            ),
            (
                deny!(r#"{ "StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }"#),
                &[],
            ),
            (deny!(r#"{ "BoolIfExists": { "aws:SecureTransport": "false" } }"#), &[]),
            // Those who neither belong to the organization nor act for it.
            (
                deny!(
                    r#"{ "StringNotEqualsIfExists": { "aws:PrincipalOrgID": "o-a1b2c3d4e5", "aws:SourceOrgID": "o-a1b2c3d4e5" } }"#
                ),
                &[],
            ),
        ],
    );
}

#[test]
fn everyone_but_services_is_to_be_spared() {
    let principals = "RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY /Statement/0/Condition/";
    let null = "RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK /Statement/0/Condition/";
    let at = |code: &str, rest: &str| format!("{code}{rest}");
    table(
        Kind::ResourceControl,
        &[
            (
                deny!(r#"{ "StringNotEqualsIfExists": { "aws:SourceOrgID": "o-a1b2c3d4e5" } }"#),
                &[&*at(principals, "StringNotEqualsIfExists/aws:SourceOrgID")],
            ),
            (
                deny!(r#"{ "StringNotEquals": { "aws:SourceAccount": "111122223333" } }"#),
                &[&*at(principals, "StringNotEquals/aws:SourceAccount")],
            ),
            (
                deny!(r#"{ "ArnNotLikeIfExists": { "aws:SourceArn": "arn:aws:cloudtrail:*:111122223333:trail/*" } }"#),
                &[&*at(principals, "ArnNotLikeIfExists/aws:SourceArn")],
            ),
            (
                deny!(
                    r#"{ "StringNotEqualsIfExists": { "aws:SourceOrgID": "o-a1b2c3d4e5" }, "Bool": { "aws:PrincipalIsAWSService": "true" } }"#
                ),
                &[&*at(null, "StringNotEqualsIfExists/aws:SourceOrgID")],
            ),
            (
                deny!(
                    r#"{ "StringNotEquals": { "aws:SourceAccount": "111122223333" }, "BoolIfExists": { "aws:PrincipalIsAWSService": "true" } }"#
                ),
                &[&*at(null, "StringNotEquals/aws:SourceAccount")],
            ),
            (
                deny!(
                    r#"{ "ArnNotLike": { "aws:SourceArn": "arn:aws:cloudtrail:*:111122223333:trail/*" }, "Bool": { "aws:PrincipalIsAWSService": "true" } }"#
                ),
                &[&*at(null, "ArnNotLike/aws:SourceArn")],
            ),
            (
                deny!(
                    r#"{ "StringNotEqualsIfExists": { "aws:SourceOrgID": "o-a1b2c3d4e5" }, "Bool": { "aws:PrincipalIsAWSService": "true" },
                         "Null": { "aws:SourceAccount": "false" } }"#
                ),
                &[],
            ),
            // Users and roles have no source, and so this is not about them.
            (
                deny!(
                    r#"{ "StringNotEqualsIfExists": { "aws:SourceOrgID": "o-a1b2c3d4e5" }, "Null": { "aws:SourceArn": "false" } }"#
                ),
                &[],
            ),
            (
                deny!(r#"{ "StringEquals": { "aws:SourceAccount": "111122223333" } }"#),
                &[],
            ),
        ],
    );
}

#[test]
fn wildcards_of_service_control_policies() {
    let statement = |action: &str| format!(r#"{{ "Effect": "Deny", "Action": "{action}", "Resource": "*" }}"#);
    table(
        Kind::ServiceControl,
        &[
            (
                &statement("*:Get*"),
                &["SCP_SYNTAX_ERROR_ACTION_WILDCARD /Statement/0/Action *"],
            ),
            (
                &statement("s*:GetObject"),
                &["SCP_SYNTAX_ERROR_ACTION_WILDCARD /Statement/0/Action s*"],
            ),
            (
                &statement("s?:*"),
                &["SCP_SYNTAX_ERROR_ACTION_WILDCARD /Statement/0/Action s?"],
            ),
            // Until September 2025 these were refused, too.
            (&statement("s3:*Object"), &[]),
            (&statement("s3:Get*Tagging"), &[]),
            (&statement("iam:?etRole"), &[]),
            (&statement("*"), &[]),
        ],
    );
    table(
        Kind::Identity,
        &[(
            &statement("s*:GetObject"),
            &["INVALID_SERVICE_IN_ACTION /Statement/0/Action s*"],
        )],
    );
}

#[test]
fn messages_say_what_to_write() {
    for (statement, expected) in [
        (
            rcp!("Allow", r#""s3:*""#),
            "a statement of a resource control policy must have `\"Effect\": \"Deny\"` [RCP_SYNTAX_ERROR_ALLOW]\n\
             = note: AWS Organizations rejects the policy; it accepts `Allow` only in `RCPFullAWSAccess`, which it attaches automatically and which allows every action on every resource\n\
             = help: write `\"Effect\": \"Deny\"` for the requests that you want to prevent, with a condition that exempts other requests",
        ),
        (
            r#"{ "Effect": "Deny", "Principal": "*", "NotAction": "s3:*", "Resource": "*" }"#,
            "a resource control policy cannot have `NotAction` [RCP_SYNTAX_ERROR_NOTACTION]\n\
             = note: AWS Organizations rejects the policy with `MalformedPolicyDocumentException`\n\
             = help: list the actions to deny in `Action`, without those of `NotAction`",
        ),
        (
            rcp!("Deny", r#""*""#),
            "`*` cannot be an action of a resource control policy [RCP_SYNTAX_ERROR_ACTION]\n\
             = note: AWS Organizations rejects the policy with `MalformedPolicyDocumentException`\n\
             = help: write one pattern for each service, such as `s3:*` and `kms:*`",
        ),
        (
            deny!(r#"{ "StringNotEqualsIfExists": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }"#),
            "a request that a service makes has no `aws:PrincipalOrgID`, so this denies the services that act on your behalf [RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY]\n\
             = note: AWS accepts it, but log delivery and similar services then stop without notice\n\
             = help: add `\"BoolIfExists\": { \"aws:PrincipalIsAWSService\": \"false\" }` to the condition",
        ),
        (
            deny!(r#"{ "StringNotEqualsIfExists": { "aws:SourceOrgID": "o-a1b2c3d4e5" } }"#),
            "a request of a user or a role has no `aws:SourceOrgID`, so this denies all of them [RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY]\n\
             = note: AWS accepts it, but the key is only in requests that a service makes under its own name\n\
             = help: add `\"Bool\": { \"aws:PrincipalIsAWSService\": \"true\" }` and `\"Null\": { \"aws:SourceAccount\": \"false\" }` to the condition",
        ),
        (
            deny!(
                r#"{ "StringNotEqualsIfExists": { "aws:SourceOrgID": "o-a1b2c3d4e5" }, "Bool": { "aws:PrincipalIsAWSService": "true" } }"#
            ),
            "some requests of services have no `aws:SourceOrgID`, and this denies them [RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK]\n\
             = note: AWS accepts it, but a service that uses a role or a grant that you gave it does not always identify whom it acts for\n\
             = help: add `\"Null\": { \"aws:SourceAccount\": \"false\" }` to the condition",
        ),
    ] {
        assert_eq!(messages(statement, Kind::ResourceControl), expected);
    }
    let unsupported = messages(rcp!("Deny", r#""sns:Publish""#), Kind::ResourceControl);
    assert!(
        unsupported.starts_with(
            "`sns:Publish` cannot be in a resource control policy: such a policy does not apply to Amazon SNS [RCP_SYNTAX_ERROR_ACTION]\n\
             = note: AWS Organizations rejects the policy with `MalformedPolicyDocumentException`\n\
             = note: checked against AWS's service authorization reference of DATE\n\
             = help: remove the action; to restrict the users and roles of the organization, write a service control policy\n\
             = help: if AWS added the service to resource control policies after "
        ),
        "{unsupported}"
    );
    assert_eq!(
        messages(
            r#"{ "Effect": "Deny", "Action": "s*:GetObject", "Resource": "*" }"#,
            Kind::ServiceControl
        ),
        "`s*` is not a service prefix: it must not contain wildcards [SCP_SYNTAX_ERROR_ACTION_WILDCARD]\n\
         = note: AWS Organizations rejects the policy with `MalformedPolicyDocumentException`\n\
         = help: write `s3:GetObject`, `s3-object-lambda:GetObject` and `s3-outposts:GetObject`"
    );
}
