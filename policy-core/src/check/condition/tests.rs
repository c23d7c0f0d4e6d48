use crate::check::expect::{dead, messages, table};
use crate::policy::Kind;

/// A statement that allows this action under this condition.
macro_rules! allow {
    ($action:literal, $condition:literal) => {
        concat!(
            r#"{ "Effect": "Allow", "Action": ["#,
            $action,
            r#"], "Resource": "*", "Condition": "#,
            $condition,
            " }"
        )
    };
}

macro_rules! list_bucket {
    ($condition:literal) => {
        allow!(r#""s3:ListBucket""#, $condition)
    };
}

#[test]
fn operators() {
    table(
        Kind::Identity,
        &[
            (
                list_bucket!(r#"{ "StringLikes": { "s3:prefix": "a/*", "s3:delimiter": "/" } }"#),
                &["INVALID_CONDITION_OPERATOR /Statement/0/Condition/StringLikes"],
            ),
            (
                list_bucket!(r#"{ "stringlike": { "s3:prefix": "a/*" } }"#),
                &["INVALID_CONDITION_OPERATOR /Statement/0/Condition/stringlike"],
            ),
            (
                list_bucket!(r#"{ "StringLike": { "s3:prefix": "a/*", "s3:delimiter": "/" } }"#),
                &[],
            ),
            (
                list_bucket!(r#"{ "NullIfExists": { "s3:prefix": "true" } }"#),
                &["NULL_WITH_IF_EXISTS /Statement/0/Condition/NullIfExists"],
            ),
            (list_bucket!(r#"{ "Null": { "s3:prefix": "true" } }"#), &[]),
            (
                list_bucket!(r#"{ "ForAnyValue:Null": { "aws:PrincipalOrgPaths": "false" } }"#),
                &["NULL_WITH_QUALIFIER /Statement/0/Condition/ForAnyValue:Null"],
            ),
            (
                list_bucket!(r#"{ "StringLike": { "aws:PrincipalOrgPaths": "o-a1b2c3d4e5/*" } }"#),
                &["MISSING_QUALIFIER /Statement/0/Condition/StringLike/aws:PrincipalOrgPaths"],
            ),
            (
                list_bucket!(r#"{ "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-a1b2c3d4e5/*" } }"#),
                &[],
            ),
            (list_bucket!(r#"{ "Null": { "aws:PrincipalOrgPaths": "false" } }"#), &[]),
            (
                list_bucket!(r#"{ "ForAllValues:StringLike": { "s3:prefix": "a/*" } }"#),
                &["FORALLVALUES_WITH_SINGLE_VALUED_KEY /Statement/0/Condition/ForAllValues:StringLike/s3:prefix"],
            ),
        ],
    );
}

#[test]
fn the_operator_that_was_meant_is_named() {
    for (written, meant) in [
        ("StringLikes", "StringLike"),
        ("stringEquals", "StringEquals"),
        ("StringEqualsIfExist", "StringEqualsIfExists"),
        ("ForAllValue:StringEquals", "ForAllValues:StringEquals"),
        ("ForAnyValues:StringLike", "ForAnyValue:StringLike"),
        ("StringEquals:ForAnyValue", "ForAnyValue:StringEquals"),
        ("ForAnyValueStringEquals", "ForAnyValue:StringEquals"),
        ("foranyvalue:stringequalsifexists", "ForAnyValue:StringEqualsIfExists"),
        ("IpAdress", "IpAddress"),
        ("ArnLikes", "ArnLike"),
    ] {
        let statement = format!(
            r#"{{ "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {{ "{written}": {{ "aws:PrincipalAccount": "111122223333" }} }} }}"#
        );
        let message = messages(&statement, Kind::Identity);
        assert!(message.ends_with(&format!("= help: write `{meant}`")), "{message}");
    }
}

#[test]
fn keys() {
    table(
        Kind::Identity,
        &[
            (
                list_bucket!(r#"{ "StringLike": { "s3:prefx": "a/*" } }"#),
                &["INVALID_SERVICE_CONDITION_KEY /Statement/0/Condition/StringLike/s3:prefx"],
            ),
            (list_bucket!(r#"{ "StringLike": { "S3:PREFIX": "a/*" } }"#), &[]),
            (
                list_bucket!(r#"{ "StringEquals": { "aws:PrincipalOrg": "o-a1b2c3d4e5" } }"#),
                &["INVALID_GLOBAL_CONDITION_KEY /Statement/0/Condition/StringEquals/aws:PrincipalOrg"],
            ),
            (
                list_bucket!(r#"{ "StringEquals": { "aws:principalorgid": "o-a1b2c3d4e5" } }"#),
                &[],
            ),
            (
                list_bucket!(r#"{ "StringEquals": { "s3:": "a" } }"#),
                &["INVALID_CONDITION_KEY_FORMAT /Statement/0/Condition/StringEquals/s3:"],
            ),
            (
                list_bucket!(r#"{ "StringEquals": { "prefix": "a" } }"#),
                &["INVALID_CONDITION_KEY_FORMAT /Statement/0/Condition/StringEquals/prefix"],
            ),
            (
                allow!(
                    r#""ec2:StartInstances""#,
                    r#"{ "StringEquals": { "aws:ResourceTag/": "a" } }"#
                ),
                &["MISSING_TAG_KEY_IN_CONDITION /Statement/0/Condition/StringEquals/aws:ResourceTag~1"],
            ),
            (
                allow!(
                    r#""ec2:StartInstances""#,
                    r#"{ "StringEquals": { "aws:ResourceTag/Team": "a" } }"#
                ),
                &[],
            ),
            (
                list_bucket!(r#"{ "ArnLike": { "aws:ARN": "arn:aws:iam::111122223333:role/x" } }"#),
                &["UNSUPPORTED_GLOBAL_CONDITION_KEY /Statement/0/Condition/ArnLike/aws:ARN"],
            ),
            (
                list_bucket!(r#"{ "StringLike": { "s3:prefix": "a/*", "s3:Prefix": "b/*" } }"#),
                &["DUPLICATE_KEYS_WITH_DIFFERENT_CASE /Statement/0/Condition/StringLike/s3:Prefix"],
            ),
            (
                list_bucket!(r#"{ "StringLike": { "s3:prefix": "a/*" }, "StringNotLike": { "s3:Prefix": "a/b/*" } }"#),
                &[],
            ),
            (
                list_bucket!(r#"{ "StringLike": { "s4:prefix": "a/*" } }"#),
                &["INVALID_SERVICE_CONDITION_KEY /Statement/0/Condition/StringLike/s4:prefix"],
            ),
            // Sessions that began with an identity provider bring its keys along.
            (
                list_bucket!(r#"{ "StringEquals": { "saml:aud": "https://signin.aws.amazon.com/saml" } }"#),
                &[],
            ),
            (
                list_bucket!(r#"{ "StringEquals": { "oidc.eks.eu-west-1.amazonaws.com/id/EX:sub": "a" } }"#),
                &[],
            ),
            (
                list_bucket!(r#"{ "StringEquals": { "aws:SourceOwner": "111122223333" } }"#),
                &[],
            ),
        ],
    );
}

#[test]
fn the_key_that_was_meant_is_named() {
    for (written, meant) in [
        ("s3:prefx", "s3:prefix"),
        ("prefix", "s3:prefix"),
        ("aws:prefix", "s3:prefix"),
        ("s3:SourceIp", "aws:SourceIp"),
        ("aws:SourceIpAddress", "aws:SourceIp"),
        ("aws:PrincipalOrg", "aws:PrincipalOrgID"),
        ("aws:PrincipleTag/team", "aws:PrincipalTag/team"),
        ("s3:ExistingObjectTags/team", "s3:ExistingObjectTag/team"),
    ] {
        let statement = format!(
            r#"{{ "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {{ "StringEquals": {{ "{written}": "a" }} }} }}"#
        );
        let message = messages(&statement, Kind::Identity);
        assert!(message.ends_with(&format!("= help: write `{meant}`")), "{message}");
    }
}

#[test]
fn keys_that_an_action_never_carries() {
    table(
        Kind::Identity,
        &[
            (
                allow!(r#""s3:GetObject""#, r#"{ "StringLike": { "s3:prefix": "a/*" } }"#),
                &["UNSUPPORTED_ACTION_FOR_CONDITION_KEY /Statement/0/Condition/StringLike/s3:prefix"],
            ),
            (
                allow!(
                    r#""s3:GetObject", "s3:ListBucket""#,
                    r#"{ "StringLike": { "s3:prefix": "a/*" } }"#
                ),
                &["ACTION_NEVER_CARRIES_CONDITION_KEY /Statement/0/Condition/StringLike/s3:prefix"],
            ),
            (
                allow!(
                    r#""s3:GetObject", "s3:ListBucket""#,
                    r#"{ "StringLikeIfExists": { "s3:prefix": "a/*" } }"#
                ),
                &[],
            ),
            (
                allow!(r#""s3:Get*""#, r#"{ "StringLike": { "s3:prefix": "a/*" } }"#),
                &[],
            ),
            // One message, although two operators name the key.
            (
                allow!(
                    r#""s3:GetObject""#,
                    r#"{ "StringLike": { "s3:prefix": "a/*" }, "Null": { "s3:prefix": "false" } }"#
                ),
                &["UNSUPPORTED_ACTION_FOR_CONDITION_KEY /Statement/0/Condition/StringLike/s3:prefix"],
            ),
            (
                allow!(
                    r#""s3:GetObject""#,
                    r#"{ "StringEquals": { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } }"#
                ),
                &["UNSUPPORTED_ACTION_FOR_CONDITION_KEY /Statement/0/Condition/StringEquals/kms:ViaService"],
            ),
            (
                allow!(
                    r#""kms:Decrypt""#,
                    r#"{ "StringEquals": { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } }"#
                ),
                &[],
            ),
            (
                allow!(
                    r#""s3:GetObject""#,
                    r#"{ "StringEquals": { "aws:RequestTag/team": "a" } }"#
                ),
                &["ACTION_NEVER_CARRIES_CONDITION_KEY /Statement/0/Condition/StringEquals/aws:RequestTag~1team"],
            ),
            (
                allow!(
                    r#""s3:GetObject""#,
                    r#"{ "StringEquals": { "s3:ExistingObjectTag/team": "a" } }"#
                ),
                &[],
            ),
            (
                allow!(
                    r#""s3:GetObject""#,
                    r#"{ "StringEquals": { "aws:PrincipalTag/team": "a" } }"#
                ),
                &[],
            ),
            // AWS lists this key with no action at all, and so says nothing about any.
            (
                allow!(
                    r#""iottwinmaker:GetEntity""#,
                    r#"{ "ForAnyValue:StringEquals": { "iottwinmaker:linkedServices": "a" } }"#
                ),
                &[],
            ),
        ],
    );
    assert_eq!(
        dead(
            allow!(r#""s3:GetObject""#, r#"{ "StringLike": { "s3:prefix": "a/*" } }"#),
            Kind::Identity
        ),
        ["UNSUPPORTED_ACTION_FOR_CONDITION_KEY"]
    );
    // Met by every request: too much, but not nothing.
    assert!(
        dead(
            allow!(r#""s3:GetObject""#, r#"{ "StringNotLike": { "s3:prefix": "a/*" } }"#),
            Kind::Identity
        )
        .is_empty()
    );
}

#[test]
fn values() {
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
                list_bucket!(r#"{ "IpAddress": { "aws:VpcSourceIp": "10.0.0.0/8" } }"#),
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
                list_bucket!(r#"{ "ArnLike": { "aws:PrincipalArn": "admin" } }"#),
                &["TYPE_MISMATCH_ARN /Statement/0/Condition/ArnLike/aws:PrincipalArn"],
            ),
            (
                list_bucket!(r#"{ "ArnLike": { "aws:PrincipalArn": ["*", "arn:aws:iam::*:role/a*"] } }"#),
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
                list_bucket!(r#"{ "NumericEquals": { "aws:SecureTransport": "1" } }"#),
                &["TYPE_MISMATCH /Statement/0/Condition/NumericEquals"],
            ),
            (
                list_bucket!(r#"{ "StringEquals": { "aws:SecureTransport": "true" } }"#),
                &[],
            ),
            (
                list_bucket!(r#"{ "NumericLessThan": { "aws:PrincipalTag/level": "3" } }"#),
                &[],
            ),
            (
                list_bucket!(r#"{ "StringEquals": { "s3:prefix": "home/${aws:username}/*" } }"#),
                &[],
            ),
            (
                list_bucket!(r#"{ "StringEquals": { "s3:prefix": "home/a?/*" } }"#),
                &["WILDCARD_WITHOUT_LIKE_OPERATOR /Statement/0/Condition/StringEquals/s3:prefix ?"],
            ),
            (list_bucket!(r#"{ "StringEquals": { "s3:prefix": "home/${*}" } }"#), &[]),
            (
                list_bucket!(
                    r#"{ "StringEquals": { "aws:RequestedRegion": ["eu-wset-1", "eu-west-1", "eu-west-9"] } }"#
                ),
                &["INVALID_REGION /Statement/0/Condition/StringEquals/aws:RequestedRegion/0"],
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
    ] {
        assert_eq!(dead(statement, Kind::Identity), [code]);
    }
    assert!(
        dead(
            list_bucket!(r#"{ "StringNotEquals": { "s3:prefix": "a*" } }"#),
            Kind::Identity
        )
        .is_empty()
    );
}

#[test]
fn messages_say_what_to_write() {
    for (statement, expected) in [
        (
            list_bucket!(r#"{ "StringLikes": { "s3:prefix": "a/*" } }"#),
            "there is no condition operator `StringLikes` [INVALID_CONDITION_OPERATOR]\n\
             = help: write `StringLike`",
        ),
        (
            list_bucket!(r#"{ "NullIfExists": { "s3:prefix": "true" } }"#),
            "`Null` has no form with `IfExists` [NULL_WITH_IF_EXISTS]\n\
             = note: `Null` asks whether the key is there; AWS rejects the policy\n\
             = help: write `Null`",
        ),
        (
            allow!(
                r#""ec2:CreateTags""#,
                r#"{ "StringEquals": { "aws:TagKeys": ["team", "stage"] } }"#
            ),
            "a request has several values of `aws:TagKeys`, and `StringEquals` does not say how many must fit \
             [MISSING_QUALIFIER]\n\
             = note: AWS accepts it, although such a key demands `ForAnyValue` or `ForAllValues`\n\
             = note: catalogue of DATE\n\
             = help: write `ForAnyValue:StringEquals` if it is enough that one of them fits\n\
             = help: write `ForAllValues:StringEquals` if all of them must; a request with none of them then passes too",
        ),
        (
            list_bucket!(r#"{ "StringLike": { "s3:prefx": "a/*" } }"#),
            "Amazon S3 has no condition key `s3:prefx` [INVALID_SERVICE_CONDITION_KEY]\n\
             = note: AWS accepts it; no request has such a key\n\
             = note: catalogue of DATE\n\
             = help: write `s3:prefix`",
        ),
        (
            allow!(
                r#""s3:GetObject", "s3:ListBucket""#,
                r#"{ "StringLike": { "s3:prefix": "a/*" } }"#
            ),
            "`s3:GetObject` never carries the condition key `s3:prefix` [ACTION_NEVER_CARRIES_CONDITION_KEY]\n\
             = note: AWS accepts it; the condition is never met, and it is never allowed\n\
             = note: catalogue of DATE\n\
             = help: move it to a statement without this condition\n\
             = help: the key is carried by `s3:ListBucket` and `s3:ListBucketVersions`",
        ),
        (
            list_bucket!(r#"{ "IpAddress": { "aws:SourceIp": "203.0.113.*" } }"#),
            "`203.0.113.*` is no range of IP addresses: it has a wildcard [TYPE_MISMATCH_IP_RANGE]\n\
             = note: no value of `aws:SourceIp` compares with it\n\
             = help: write the range by its prefix, such as `203.0.113.0/24` for `203.0.113.*`",
        ),
        (
            list_bucket!(r#"{ "StringEquals": { "s3:prefix": "a/*" } }"#),
            "`*` is no wildcard with `StringEquals` [WILDCARD_WITHOUT_LIKE_OPERATOR]\n\
             = note: AWS accepts it, and compares with the character itself\n\
             = help: write `StringLike`",
        ),
        (
            allow!(
                r#""kms:Decrypt""#,
                r#"{ "StringEquals": { "kms:ViaService": "s3.amazonaws.com" } }"#
            ),
            "`s3.amazonaws.com` does not name the Region [INVALID_SERVICE_PRINCIPAL_FORMAT]\n\
             = note: AWS accepts it; `kms:ViaService` never has such a value\n\
             = help: write `s3.eu-west-1.amazonaws.com`, or `s3.*.amazonaws.com` with `StringLike`",
        ),
    ] {
        assert_eq!(messages(statement, Kind::Identity), expected);
    }
}
