use crate::check::expect::{dead, findings, messages, policy, table};
use crate::policy::Kind;

#[test]
fn numbers_dates_and_booleans() {
    table(
        Kind::Identity,
        &[
            (
                list_bucket!(r#"{ "Bool": { "aws:SecureTransport": ["yes"] } }"#),
                &["TYPE_MISMATCH_BOOLEAN /Statement/0/Condition/Bool/aws:SecureTransport/0"],
            ),
            (list_bucket!(r#"{ "Bool": { "aws:SecureTransport": true } }"#), &[]),
            (list_bucket!(r#"{ "Bool": { "aws:SecureTransport": "TRUE" } }"#), &[]),
            (
                list_bucket!(r#"{ "Null": { "s3:prefix": "yes" } }"#),
                &["TYPE_MISMATCH_BOOLEAN /Statement/0/Condition/Null/s3:prefix"],
            ),
            (
                list_bucket!(r#"{ "Bool": { "aws:SecureTransport": ["true", "false"] } }"#),
                &["INVALID_CONDITION_MULTIPLE_BOOLEAN /Statement/0/Condition/Bool/aws:SecureTransport"],
            ),
            (
                list_bucket!(r#"{ "NumericLessThan": { "aws:MultiFactorAuthAge": "an hour" } }"#),
                &["TYPE_MISMATCH_NUMBER /Statement/0/Condition/NumericLessThan/aws:MultiFactorAuthAge"],
            ),
            (
                list_bucket!(r#"{ "NumericLessThan": { "aws:MultiFactorAuthAge": 3600 } }"#),
                &[],
            ),
            (
                list_bucket!(r#"{ "NumericLessThanEquals": { "s3:max-keys": "-1.5" } }"#),
                &[],
            ),
            (
                list_bucket!(r#"{ "DateLessThan": { "aws:CurrentTime": "31.12.2026" } }"#),
                &["TYPE_MISMATCH_DATE /Statement/0/Condition/DateLessThan/aws:CurrentTime"],
            ),
            (
                list_bucket!(r#"{ "DateLessThan": { "aws:CurrentTime": "2026-12-31T23:59:59Z" } }"#),
                &[],
            ),
            (
                list_bucket!(r#"{ "DateLessThan": { "aws:CurrentTime": "1798761599" } }"#),
                &["INVALID_DATE_VALUE /Statement/0/Condition/DateLessThan/aws:CurrentTime"],
            ),
            (
                list_bucket!(r#"{ "DateLessThan": { "aws:EpochTime": "1798761599" } }"#),
                &[],
            ),
            (
                list_bucket!(r#"{ "BinaryEquals": { "aws:PrincipalTag/key": "no base64" } }"#),
                &["TYPE_MISMATCH_STRING /Statement/0/Condition/BinaryEquals/aws:PrincipalTag~1key"],
            ),
            (
                list_bucket!(r#"{ "BinaryEquals": { "aws:PrincipalTag/key": "QmluYXJ5" } }"#),
                &[],
            ),
            (
                list_bucket!(r#"{ "NumericEquals": { "aws:SecureTransport": "1" } }"#),
                &["TYPE_MISMATCH /Statement/0/Condition/NumericEquals"],
            ),
            (
                list_bucket!(r#"{ "NumericLessThan": { "aws:PrincipalTag/level": "3" } }"#),
                &[],
            ),
        ],
    );
}

#[test]
fn addresses() {
    table(
        Kind::Identity,
        &[
            (
                list_bucket!(
                    r#"{ "IpAddress": { "aws:SourceIp": ["203.0.113.*", "203.0.113.0/24", "203.0.113.9/24"] } }"#
                ),
                &[
                    "TYPE_MISMATCH_IP_RANGE /Statement/0/Condition/IpAddress/aws:SourceIp/0",
                    "IMPROVE_IP_RANGE /Statement/0/Condition/IpAddress/aws:SourceIp/2",
                ],
            ),
            (
                list_bucket!(r#"{ "IpAddress": { "aws:SourceIp": ["203.0.113.7", "2001:db8::/32"] } }"#),
                &[],
            ),
            (
                list_bucket!(r#"{ "IpAddress": { "aws:SourceIp": ["10.0.0.0/8"] } }"#),
                &["PRIVATE_IP_ADDRESS /Statement/0/Condition/IpAddress/aws:SourceIp"],
            ),
            (
                list_bucket!(r#"{ "NotIpAddress": { "aws:SourceIp": ["10.0.0.0/8"] } }"#),
                &["PRIVATE_NOT_IP_ADDRESS /Statement/0/Condition/NotIpAddress/aws:SourceIp"],
            ),
            (
                list_bucket!(r#"{ "IpAddress": { "aws:SourceIp": ["10.0.0.0/8", "203.0.113.7"] } }"#),
                &["PRIVATE_IP_ADDRESS_SUBSET /Statement/0/Condition/IpAddress/aws:SourceIp"],
            ),
            (
                list_bucket!(
                    r#"{ "IpAddress": { "aws:VpcSourceIp": "10.0.0.0/8" }, "StringEquals": { "aws:SourceVpc": "vpc-1a2b3c4d" } }"#
                ),
                &[],
            ),
        ],
    );
}

#[test]
fn strings_and_arns() {
    table(
        Kind::Identity,
        &[
            (
                list_bucket!(r#"{ "ArnLike": { "aws:PrincipalArn": "admin" } }"#),
                &["TYPE_MISMATCH_ARN /Statement/0/Condition/ArnLike/aws:PrincipalArn"],
            ),
            (
                list_bucket!(r#"{ "ArnLike": { "aws:PrincipalArn": ["arn:aws:iam::*:role/a*"] } }"#),
                &[],
            ),
            (
                list_bucket!(r#"{ "StringLike": { "aws:PrincipalArn": "arn:aws:iam::*:role/a*" } }"#),
                &["STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS /Statement/0/Condition/StringLike/aws:PrincipalArn"],
            ),
            (
                list_bucket!(r#"{ "StringEquals": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/a" } }"#),
                &[],
            ),
            (
                list_bucket!(r#"{ "StringEquals": { "aws:SecureTransport": "true" } }"#),
                &["TYPE_MISMATCH /Statement/0/Condition/StringEquals"],
            ),
            (
                list_bucket!(r#"{ "StringEquals": { "s3:prefix": "home/${aws:username}/*" } }"#),
                &[],
            ),
            (
                allow!(
                    r#""cloudwatch:PutInsightRule""#,
                    r#"{ "ForAnyValue:StringEqualsIgnoreCase": { "cloudwatch:requestInsightRuleLogGroups": "app-*" } }"#
                ),
                &[],
            ),
            (
                list_bucket!(r#"{ "StringEquals": { "s3:prefix": "home/a?/*" } }"#),
                &["WILDCARD_WITHOUT_LIKE_OPERATOR /Statement/0/Condition/StringEquals/s3:prefix ?"],
            ),
            (list_bucket!(r#"{ "StringEquals": { "s3:prefix": "home/${*}" } }"#), &[]),
        ],
    );
}

#[test]
fn values_of_a_known_form() {
    table(
        Kind::Identity,
        &[
            (
                list_bucket!(
                    r#"{ "StringEquals": { "aws:RequestedRegion": ["eu-wset-1", "eu-west-1", "eu-west-9"] } }"#
                ),
                &[
                    "INVALID_REGION /Statement/0/Condition/StringEquals/aws:RequestedRegion/0",
                    "INVALID_REGION /Statement/0/Condition/StringEquals/aws:RequestedRegion/2",
                ],
            ),
            (
                list_bucket!(r#"{ "StringLike": { "aws:RequestedRegion": "eu-*" } }"#),
                &[],
            ),
            (
                list_bucket!(
                    r#"{ "StringEquals": { "aws:SourceVpc": "vpc-1234", "aws:SourceVpce": "vpc-1a2b3c4d" } }"#
                ),
                &[
                    "INVALID_VPC_FORMAT /Statement/0/Condition/StringEquals/aws:SourceVpc",
                    "INVALID_VPCE_FORMAT /Statement/0/Condition/StringEquals/aws:SourceVpce",
                ],
            ),
            (
                list_bucket!(
                    r#"{ "StringEquals": { "aws:SourceVpc": "vpc-1a2b3c4d", "aws:SourceVpce": "vpce-0a1b2c3d4e5f67890" } }"#
                ),
                &[],
            ),
            (
                list_bucket!(
                    r#"{ "StringEquals": { "aws:PrincipalAccount": ["11112222333", "111122223333", "${aws:ResourceAccount}"] } }"#
                ),
                &["INVALID_ACCOUNT_FORMAT /Statement/0/Condition/StringEquals/aws:PrincipalAccount/0"],
            ),
            (
                list_bucket!(
                    r#"{ "StringNotLike": { "aws:PrincipalAccount": "1111*" }, "StringEquals": { "aws:ResourceAccount": 111122223333 } }"#
                ),
                &[],
            ),
            (
                list_bucket!(
                    r#"{ "ArnLike": { "aws:SourceArn": ["arn:aws:ecs:eu-wset-1:111122223333:*", "arn:aws:s3:::b",
                         "arn:aws:*:*:111122223333:*", "arn:aws:sqs:*:11112222333:q"] } }"#
                ),
                &[
                    "SOURCE_KEY_IN_IDENTITY_POLICY /Statement/0/Condition/ArnLike/aws:SourceArn",
                    "INVALID_ARN_REGION /Statement/0/Condition/ArnLike/aws:SourceArn/0 eu-wset-1",
                    "INVALID_ARN_ACCOUNT /Statement/0/Condition/ArnLike/aws:SourceArn/3 11112222333",
                ],
            ),
            (
                allow!(
                    r#""kms:Decrypt""#,
                    r#"{ "StringEquals": { "kms:ViaService": ["s3", "s3.amazonaws.com", "s3.eu-wset-1.amazonaws.com"] } }"#
                ),
                &[
                    "INVALID_SERVICE_PRINCIPAL_FORMAT /Statement/0/Condition/StringEquals/kms:ViaService/0",
                    "INVALID_SERVICE_PRINCIPAL_FORMAT /Statement/0/Condition/StringEquals/kms:ViaService/1",
                    "INVALID_SERVICE_PRINCIPAL_FORMAT /Statement/0/Condition/StringEquals/kms:ViaService/2",
                ],
            ),
            (
                allow!(
                    r#""kms:Decrypt""#,
                    r#"{ "StringLike": { "kms:ViaService": "s3.*.amazonaws.com" } }"#
                ),
                &[],
            ),
            (
                allow!(
                    r#""iam:PassRole""#,
                    r#"{ "StringEquals": { "iam:PassedToService": ["ecs-tasks", "ecs-tasks.amazonaws.com", "ec2.amazonaws.com.cn"] } }"#
                ),
                &["INVALID_SERVICE_PRINCIPAL_FORMAT /Statement/0/Condition/StringEquals/iam:PassedToService/0"],
            ),
            (
                list_bucket!(r#"{ "StringEquals": { "s3:prefix": [] } }"#),
                &["EMPTY_ARRAY_CONDITION /Statement/0/Condition/StringEquals/s3:prefix"],
            ),
            (
                list_bucket!(r#"{ "ForAnyValue:StringEquals": { "aws:PrincipalOrgPaths": [] } }"#),
                &[
                    "EMPTY_ARRAY_CONDITION_FORANYVALUE /Statement/0/Condition/ForAnyValue:StringEquals/aws:PrincipalOrgPaths",
                ],
            ),
        ],
    );
}

#[test]
fn lists() {
    table(
        Kind::Identity,
        &[
            (
                list_bucket!(r#"{ "StringLike": { "s3:prefix": ["a/*", "*"] } }"#),
                &["EQUIVALENT_TO_NULL_FALSE /Statement/0/Condition/StringLike/s3:prefix/1"],
            ),
            (
                list_bucket!(r#"{ "StringNotLike": { "s3:prefix": "*" } }"#),
                &["EQUIVALENT_TO_NULL_TRUE /Statement/0/Condition/StringNotLike/s3:prefix"],
            ),
            (
                list_bucket!(r#"{ "StringLikeIfExists": { "s3:prefix": "*" } }"#),
                &["REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION /Statement/0/Condition/StringLikeIfExists/s3:prefix"],
            ),
            (
                list_bucket!(r#"{ "NumericEquals": { "s3:max-keys": [10, "20"] } }"#),
                &["INVALID_CONDITION_DATA_TYPE /Statement/0/Condition/NumericEquals/s3:max-keys"],
            ),
            (list_bucket!(r#"{ "NumericEquals": { "s3:max-keys": [10, 20] } }"#), &[]),
        ],
    );
}

#[test]
fn what_can_never_be_met_is_dead() {
    for (statement, code) in [
        (
            list_bucket!(r#"{ "Bool": { "aws:SecureTransport": "yes" } }"#),
            "TYPE_MISMATCH_BOOLEAN",
        ),
        (
            list_bucket!(r#"{ "NumericEquals": { "s3:max-keys": "ten" } }"#),
            "TYPE_MISMATCH_NUMBER",
        ),
        (
            list_bucket!(r#"{ "DateLessThan": { "aws:CurrentTime": "soon" } }"#),
            "TYPE_MISMATCH_DATE",
        ),
        (
            list_bucket!(r#"{ "IpAddress": { "aws:SourceIp": "home" } }"#),
            "TYPE_MISMATCH_IP_RANGE",
        ),
        (
            list_bucket!(r#"{ "StringEquals": { "s3:prefix": "a*" } }"#),
            "WILDCARD_WITHOUT_LIKE_OPERATOR",
        ),
        // It excepts nobody.
        (
            list_bucket!(r#"{ "StringNotEquals": { "s3:prefix": "a*" } }"#),
            "WILDCARD_WITHOUT_LIKE_OPERATOR",
        ),
        (
            list_bucket!(r#"{ "ArnNotLike": { "aws:PrincipalArn": "arn:aws:iam::111122223333:roles/x" } }"#),
            "VALUE_MATCHES_NO_REQUEST",
        ),
    ] {
        assert_eq!(dead(statement, Kind::Identity), [code]);
    }
}

#[test]
fn a_value_of_a_key_that_can_have_wildcards_is_a_value_like_any_other() {
    for (action, condition) in [
        (
            "lambda:AddPermission",
            r#"{ "StringEquals": { "lambda:Principal": "*" } }"#,
        ),
        (
            "acm:RequestCertificate",
            r#"{ "ForAllValues:StringNotEquals": { "acm:DomainNames": "*.example.com" } }"#,
        ),
        (
            "cloudwatch:PutInsightRule",
            r#"{ "ForAllValues:StringEquals": { "cloudwatch:requestInsightRuleLogGroups": "AllowedWildcard*" } }"#,
        ),
    ] {
        let statement =
            format!(r#"{{ "Effect": "Deny", "Action": "{action}", "Resource": "*", "Condition": {condition} }}"#);
        assert_eq!(findings(&policy(&statement), Kind::Identity), [""; 0], "{condition}");
    }
}

#[test]
fn arns_of_another_type_than_the_keys() {
    let ecs = |key: &str, operator: &str, value: &str| {
        let condition = format!(r#"{{ "{operator}": {{ "{key}": "{value}" }} }}"#);
        format!(r#"{{ "Effect": "Allow", "Action": "ecs:RunTask", "Resource": "*", "Condition": {condition} }}"#)
    };
    let queue = "arn:aws:sqs:eu-west-1:111122223333:orders";
    for (key, operator, value, is_found) in [
        ("ecs:cluster", "ArnEquals", queue, true),
        ("ecs:cluster", "StringEquals", queue, true),
        ("ecs:cluster", "ArnNotLike", queue, true),
        ("ecs:cluster", "ArnLike", "arn:aws:ecs:*:*:service/*", true),
        ("ecs:cluster", "ArnLike", "arn:aws:ecs:*:*:cluster/*", false),
        ("ecs:cluster", "ArnLike", "arn:aws:*:*:111122223333:*", false),
        ("ecs:cluster", "ArnLike", "arn:aws:ecs:*:*:*", false),
    ] {
        let found = findings(&policy(&ecs(key, operator, value)), Kind::Identity);
        let is_wrong = found.iter().any(|found| found.starts_with("TYPE_MISMATCH_ARN "));
        assert_eq!(is_wrong, is_found, "{operator} {key} {value}: {found:?}");
    }
}

/// Before the name of a work team is the kind of its workforce, which no name of a team has.
#[test]
fn a_work_team_of_each_kind_of_workforce() {
    for (arn, is_found) in [
        ("arn:aws:sagemaker:*:*:workteam/private-crowd/*", false),
        (
            "arn:aws:sagemaker:eu-west-1:394669845002:workteam/public-crowd/default",
            false,
        ),
        ("arn:aws:sagemaker:*:*:workforce/*", true),
    ] {
        let statement = format!(
            r#"{{ "Effect": "Allow", "Action": "sagemaker:CreateLabelingJob", "Resource": "*",
                 "Condition": {{ "ArnLike": {{ "sagemaker:WorkteamArn": "{arn}" }} }} }}"#
        );
        let found = findings(&policy(&statement), Kind::Identity);
        let is_wrong = found.iter().any(|found| found.starts_with("TYPE_MISMATCH_ARN "));
        assert_eq!(is_wrong, is_found, "{arn}: {found:?}");
    }
}

/// A service's own ARNs are those that it sends as the source.
#[test]
fn a_source_of_another_service_than_the_principal() {
    for (principal, source, is_found) in [
        ("sns.amazonaws.com", "arn:aws:sns:eu-west-1:111122223333:t", false),
        ("sns.amazonaws.com", "arn:aws:s3:::b", true),
        ("sns.amazonaws.com", "arn:aws:*:*:111122223333:*", false),
        (
            "apigateway.amazonaws.com",
            "arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/*",
            false,
        ),
        (
            "redshift.amazonaws.com",
            "arn:aws:rds:eu-west-1:111122223333:cluster:c",
            false,
        ),
        (
            "glue.amazonaws.com",
            "arn:aws:dynamodb:eu-west-1:111122223333:table/t",
            false,
        ),
        (
            "events.amazonaws.com",
            "arn:aws:pipes:eu-west-1:111122223333:pipe/p",
            true,
        ),
        ("delivery.logs.amazonaws.com", "arn:aws:s3:::b", false),
        // No page says what it sends.
        ("lambda.amazonaws.com", "arn:aws:s3:::b", false),
        ("no-such-service.amazonaws.com", "arn:aws:s3:::b", false),
    ] {
        let statement = format!(
            r#"{{ "Effect": "Allow", "Principal": {{ "Service": "{principal}" }}, "Action": "sqs:SendMessage",
                 "Resource": "arn:aws:sqs:eu-west-1:111122223333:q", "Condition": {{ "ArnLike": {{ "aws:SourceArn": "{source}" }} }} }}"#
        );
        let found = findings(&policy(&statement), Kind::Resource);
        let is_wrong = found.iter().any(|found| found.starts_with("TYPE_MISMATCH_ARN "));
        assert_eq!(is_wrong, is_found, "{principal} {source}: {found:?}");
    }
}

/// Whatever the operator: a text is compared with the ARN, too.
#[test]
fn the_url_of_a_queue() {
    for operator in ["ArnLike", "ArnEquals", "StringEquals"] {
        let statement = format!(
            r#"{{ "Effect": "Allow", "Principal": {{ "Service": "sqs.amazonaws.com" }}, "Action": "lambda:InvokeFunction",
                 "Resource": "arn:aws:lambda:eu-west-1:111122223333:function:f", "Condition": {{
                 "{operator}": {{ "aws:SourceArn": "https://sqs.eu-west-1.amazonaws.com/111122223333/orders" }} }} }}"#
        );
        assert_eq!(
            messages(&statement, Kind::Resource),
            "`https://sqs.eu-west-1.amazonaws.com/111122223333/orders` is the URL of a queue, not its ARN [TYPE_MISMATCH_ARN]\n\
             = note: AWS accepts it, but no value of `aws:SourceArn` matches it\n\
             = help: write `arn:aws:sqs:eu-west-1:111122223333:orders`",
            "{operator}"
        );
    }
}
