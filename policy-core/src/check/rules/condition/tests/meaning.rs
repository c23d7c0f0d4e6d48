//! Keys whose meaning is other than it seems: prefixes, headers, private addresses, ids.

use crate::check::expect::{dead, messages, table};
use crate::policy::Kind;

macro_rules! deny {
    ($condition:literal) => {
        concat!(
            r#"{ "Effect": "Deny", "Action": "s3:ListBucket", "Resource": "*", "Condition": "#,
            $condition,
            " }"
        )
    };
}

#[test]
fn prefixes_that_are_refused() {
    table(
        Kind::Identity,
        &[
            (
                deny!(r#"{ "StringLike": { "s3:prefix": "private/*" } }"#),
                &["S3_PREFIX_IN_NEGATIVE_CONTEXT /Statement/0/Condition/StringLike/s3:prefix"],
            ),
            (
                list_bucket!(r#"{ "StringNotLike": { "s3:prefix": ["private/*", "secret/*"] } }"#),
                &["S3_PREFIX_IN_NEGATIVE_CONTEXT /Statement/0/Condition/StringNotLike/s3:prefix"],
            ),
            (
                deny!(r#"{ "StringEqualsIfExists": { "S3:Prefix": "private/" } }"#),
                &["S3_PREFIX_IN_NEGATIVE_CONTEXT /Statement/0/Condition/StringEqualsIfExists/S3:Prefix"],
            ),
            (list_bucket!(r#"{ "StringLike": { "s3:prefix": "home/*" } }"#), &[]),
            (deny!(r#"{ "StringNotLike": { "s3:prefix": "home/*" } }"#), &[]),
            (deny!(r#"{ "Null": { "s3:prefix": "true" } }"#), &[]),
            // No prefix is shorter than none.
            (deny!(r#"{ "StringEquals": { "s3:prefix": "" } }"#), &[]),
            // An action without a prefix is reported by another rule.
            (
                r#"{ "Effect": "Deny", "Action": "s3:GetObject", "Resource": "*", "Condition": {
                     "StringLike": { "s3:prefix": "private/*" } } }"#,
                &["UNSUPPORTED_ACTION_FOR_CONDITION_KEY /Statement/0/Condition/StringLike/s3:prefix"],
            ),
        ],
    );
}

#[test]
fn headers_of_the_caller() {
    table(
        Kind::Identity,
        &[
            (
                list_bucket!(r#"{ "StringLike": { "aws:Referer": "https://www.example.com/*" } }"#),
                &["UNTRUSTWORTHY_CONDITION_KEY /Statement/0/Condition/StringLike/aws:Referer"],
            ),
            (
                list_bucket!(r#"{ "StringEquals": { "aws:UserAgent": "our-client" } }"#),
                &["UNTRUSTWORTHY_CONDITION_KEY /Statement/0/Condition/StringEquals/aws:UserAgent"],
            ),
            (
                deny!(
                    r#"{ "StringNotEquals": { "aws:useragent": "our-client" }, "Null": { "aws:UserAgent": "false" } }"#
                ),
                &["UNTRUSTWORTHY_CONDITION_KEY /Statement/0/Condition/StringNotEquals/aws:useragent"],
            ),
            (
                list_bucket!(r#"{ "StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }"#),
                &[],
            ),
            (
                list_bucket!(r#"{ "StringEquals": { "aws:SourceIdentity": "jane" } }"#),
                &[],
            ),
            (
                list_bucket!(r#"{ "StringEquals": { "aws:PrincipalTag/UserAgent": "a" } }"#),
                &[],
            ),
        ],
    );
}

#[test]
fn private_addresses_of_some_vpc() {
    table(
        Kind::Identity,
        &[
            (
                list_bucket!(r#"{ "IpAddress": { "aws:VpcSourceIp": "10.0.0.0/16" } }"#),
                &["MISSING_PAIRED_CONDITION_KEYS /Statement/0/Condition/IpAddress/aws:VpcSourceIp"],
            ),
            (
                list_bucket!(
                    r#"{ "IpAddressIfExists": { "aws:VpcSourceIp": ["10.0.0.0/16", "10.1.0.0/16"] },
                         "StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }"#
                ),
                &["MISSING_PAIRED_CONDITION_KEYS /Statement/0/Condition/IpAddressIfExists/aws:VpcSourceIp"],
            ),
            (
                list_bucket!(r#"{ "IpAddress": { "aws:Ec2InstanceSourcePrivateIPv4": "10.0.0.7" } }"#),
                &["MISSING_PAIRED_CONDITION_KEYS /Statement/0/Condition/IpAddress/aws:Ec2InstanceSourcePrivateIPv4"],
            ),
            (
                list_bucket!(
                    r#"{ "IpAddress": { "aws:VpcSourceIp": "10.0.0.0/16" }, "StringEquals": { "aws:sourceVpc": "vpc-0a1b2c3d" } }"#
                ),
                &[],
            ),
            (
                list_bucket!(
                    r#"{ "IpAddress": { "aws:VpcSourceIp": "10.0.0.0/16" },
                         "StringEquals": { "aws:SourceVpce": "vpce-0a1b2c3d4e5f67890" } }"#
                ),
                &[],
            ),
            // To deny what comes from elsewhere another condition would spare more.
            (
                deny!(r#"{ "NotIpAddressIfExists": { "aws:VpcSourceIp": "10.0.0.0/16" } }"#),
                &[],
            ),
            (
                list_bucket!(r#"{ "IpAddress": { "aws:SourceIp": "203.0.113.0/24" } }"#),
                &[],
            ),
        ],
    );
}

#[test]
fn wildcards_in_ids() {
    table(
        Kind::Identity,
        &[
            (
                list_bucket!(r#"{ "StringLike": { "aws:PrincipalOrgID": "o-a1b2*" } }"#),
                &["WILDCARD_USAGE_TOO_PERMISSIVE /Statement/0/Condition/StringLike/aws:PrincipalOrgID *"],
            ),
            // Worse than that it asks only whether the key is there.
            (
                list_bucket!(r#"{ "StringLike": { "aws:SourceVpce": ["vpce-0a1b2c3d", "*"] } }"#),
                &["WILDCARD_USAGE_TOO_PERMISSIVE /Statement/0/Condition/StringLike/aws:SourceVpce/1 *"],
            ),
            (
                deny!(r#"{ "StringNotLikeIfExists": { "aws:ResourceAccount": "11112222333?" } }"#),
                &["WILDCARD_USAGE_TOO_PERMISSIVE /Statement/0/Condition/StringNotLikeIfExists/aws:ResourceAccount ?"],
            ),
            (
                list_bucket!(r#"{ "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": ["o-*", "*/r-ab12/*"] } }"#),
                &[
                    "WILDCARD_USAGE_TOO_PERMISSIVE /Statement/0/Condition/ForAnyValue:StringLike/aws:PrincipalOrgPaths/0 *",
                    "WILDCARD_USAGE_TOO_PERMISSIVE /Statement/0/Condition/ForAnyValue:StringLike/aws:PrincipalOrgPaths/1 *",
                ],
            ),
            (
                list_bucket!(r#"{ "StringLike": { "aws:userid": ["AROA*", "AROA*:jane", "*"] } }"#),
                &[
                    "WILDCARD_USAGE_TOO_PERMISSIVE /Statement/0/Condition/StringLike/aws:userid/0 *",
                    "WILDCARD_USAGE_TOO_PERMISSIVE /Statement/0/Condition/StringLike/aws:userid/1 *",
                    "WILDCARD_USAGE_TOO_PERMISSIVE /Statement/0/Condition/StringLike/aws:userid/2 *",
                ],
            ),
            (
                list_bucket!(r#"{ "StringLike": { "aws:userid": ["AROACKCEVSQ6C2EXAMPLE:*", "*:jane", "*:*"] } }"#),
                &[],
            ),
            (
                deny!(r#"{ "StringNotLike": { "aws:userid": ["AROACKCEVSQ6C2EXAMPLE:*", "111122223333"] } }"#),
                &[],
            ),
            (
                list_bucket!(
                    r#"{ "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": ["o-a1b2c3d4e5/*", "o-a1b2c3d4e5/r-ab12/ou-ab12-*/*"] } }"#
                ),
                &[],
            ),
            // What is denied may be as wide as anyone wants.
            (deny!(r#"{ "StringLike": { "aws:SourceVpc": "vpc-0a*" } }"#), &[]),
            (
                list_bucket!(r#"{ "StringLike": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }"#),
                &[],
            ),
            (
                list_bucket!(r#"{ "StringLike": { "aws:RequestedRegion": "eu-*", "aws:username": "a*" } }"#),
                &[],
            ),
        ],
    );
}

#[test]
fn variables_in_ids() {
    table(
        Kind::Identity,
        &[
            (
                list_bucket!(r#"{ "StringEquals": { "aws:PrincipalOrgID": "${aws:PrincipalTag/organization}" } }"#),
                &[
                    "VARIABLE_USAGE_TOO_PERMISSIVE /Statement/0/Condition/StringEquals/aws:PrincipalOrgID ${aws:PrincipalTag/organization}",
                ],
            ),
            (
                list_bucket!(r#"{ "StringEquals": { "aws:ResourceAccount": "${aws:ResourceAccount}" } }"#),
                &[
                    "VARIABLE_USAGE_TOO_PERMISSIVE /Statement/0/Condition/StringEquals/aws:ResourceAccount ${aws:ResourceAccount}",
                ],
            ),
            (
                list_bucket!(
                    r#"{ "ForAnyValue:StringLike": { "aws:ResourceOrgPaths": "${aws:PrincipalTag/path}/*" } }"#
                ),
                &[
                    "VARIABLE_USAGE_TOO_PERMISSIVE /Statement/0/Condition/ForAnyValue:StringLike/aws:ResourceOrgPaths ${aws:PrincipalTag/path}",
                ],
            ),
            (
                list_bucket!(r#"{ "StringLike": { "aws:userid": "${aws:userid}" } }"#),
                &["VARIABLE_USAGE_TOO_PERMISSIVE /Statement/0/Condition/StringLike/aws:userid ${aws:userid}"],
            ),
            (
                list_bucket!(
                    r#"{ "StringLike": { "aws:userid": ["AROACKCEVSQ6C2EXAMPLE:${aws:username}", "${aws:PrincipalTag/role}:*"] } }"#
                ),
                &[],
            ),
            // AWS's own way of keeping to one account, or to one organization.
            (
                list_bucket!(r#"{ "StringEquals": { "aws:ResourceAccount": "${aws:PrincipalAccount}" } }"#),
                &[],
            ),
            (
                deny!(r#"{ "StringNotEqualsIfExists": { "aws:ResourceOrgID": "${aws:PrincipalOrgID}" } }"#),
                &[],
            ),
            (
                list_bucket!(r#"{ "StringEquals": { "aws:SourceVpc": "${aws:Ec2InstanceSourceVpc}" } }"#),
                &[],
            ),
            (
                list_bucket!(r#"{ "ForAnyValue:StringLike": { "aws:ResourceOrgPaths": "${aws:PrincipalOrgID}/*" } }"#),
                &[],
            ),
            (
                list_bucket!(r#"{ "StringEquals": { "s3:prefix": "${aws:username}" } }"#),
                &[],
            ),
        ],
    );
}

#[test]
fn operators_of_another_type() {
    table(
        Kind::Identity,
        &[
            (
                list_bucket!(
                    r#"{ "StringEquals": { "aws:Ec2InstanceSourceVpc": "${aws:SourceVpc}", "aws:Ec2InstanceSourcePrivateIPv4": "${aws:VpcSourceIp}" } }"#
                ),
                &[],
            ),
            (
                allow!(
                    r#""kms:ImportKeyMaterial""#,
                    r#"{ "NumericLessThanEquals": { "kms:ValidTo": "1546257599.0" } }"#
                ),
                &[],
            ),
            (
                list_bucket!(r#"{ "StringEquals": { "aws:SourceIp": "203.0.113.0/24" } }"#),
                &["TYPE_MISMATCH /Statement/0/Condition/StringEquals"],
            ),
            (
                list_bucket!(r#"{ "StringLike": { "aws:MultiFactorAuthPresent": "true" } }"#),
                &["TYPE_MISMATCH /Statement/0/Condition/StringLike"],
            ),
            (
                list_bucket!(r#"{ "StringEquals": { "aws:EpochTime": "1768435200" } }"#),
                &["TYPE_MISMATCH /Statement/0/Condition/StringEquals"],
            ),
            (
                list_bucket!(r#"{ "IpAddress": { "aws:SourceIp": "203.0.113.0/24" } }"#),
                &[],
            ),
            (
                list_bucket!(r#"{ "NumericLessThan": { "aws:EpochTime": "1768435200" } }"#),
                &[],
            ),
            // An ARN is text too, and text may be an ARN or a boolean.
            (
                allow!(
                    r#""iam:AttachRolePolicy""#,
                    r#"{ "StringEquals": { "iam:PolicyARN": "arn:aws:iam::aws:policy/ReadOnlyAccess" } }"#
                ),
                &[],
            ),
            (
                list_bucket!(
                    r#"{ "ArnLike": { "aws:PrincipalTag/role": "arn:aws:iam::*:role/a*" }, "Bool": { "aws:PrincipalTag/admin": "true" } }"#
                ),
                &[],
            ),
        ],
    );
    let dead = |statement| dead(statement, Kind::Identity);
    assert_eq!(
        dead(list_bucket!(
            r#"{ "StringEquals": { "aws:SourceIp": "203.0.113.0/24" } }"#
        )),
        ["TYPE_MISMATCH"]
    );
    assert!(dead(list_bucket!(r#"{ "StringEquals": { "aws:SourceIp": "203.0.113.7" } }"#)).is_empty());
    assert!(dead(list_bucket!(r#"{ "StringEquals": { "aws:SecureTransport": "true" } }"#)).is_empty());
}

#[test]
fn keys_of_kms() {
    const ENCRYPTED: &str = "/Statement/0/Condition/StringEquals/s3:x-amz-server-side-encryption-aws-kms-key-id";
    let found = format!("INVALID_KMS_KEY_VALUE {ENCRYPTED}");
    table(
        Kind::Identity,
        &[
            (
                allow!(
                    r#""s3:PutObject""#,
                    r#"{ "StringEquals": { "s3:x-amz-server-side-encryption-aws-kms-key-id": "1234abcd-12ab-34cd-56ef-1234567890ab" } }"#
                ),
                &[&found],
            ),
            (
                allow!(
                    r#""s3:PutObject""#,
                    r#"{ "StringEquals": { "s3:x-amz-server-side-encryption-aws-kms-key-id": "arn:aws:kms:eu-west-1:111122223333:alias/data" } }"#
                ),
                &[&found],
            ),
            (
                allow!(
                    r#""secretsmanager:CreateSecret""#,
                    r#"{ "ArnEquals": { "secretsmanager:KmsKeyArn": "arn:aws:kms:eu-wset-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab" } }"#
                ),
                &["INVALID_KMS_KEY_VALUE /Statement/0/Condition/ArnEquals/secretsmanager:KmsKeyArn"],
            ),
            (
                allow!(
                    r#""s3:PutObject""#,
                    r#"{ "StringEquals": { "s3:x-amz-server-side-encryption-aws-kms-key-id": "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab" } }"#
                ),
                &[],
            ),
            (
                allow!(
                    r#""s3:PutObject""#,
                    r#"{ "ArnLike": { "s3:x-amz-server-side-encryption-aws-kms-key-id": ["arn:aws:kms:*:111122223333:key/*", "arn:aws:kms:eu-west-1:111122223333:alias/data"] } }"#
                ),
                &[],
            ),
            // Of this one the id is the value.
            (
                allow!(
                    r#""secretsmanager:CreateSecret""#,
                    r#"{ "StringEquals": { "secretsmanager:KmsKeyId": "alias/data" } }"#
                ),
                &[],
            ),
            (
                allow!(
                    r#""s3:PutObject""#,
                    r#"{ "Null": { "s3:x-amz-server-side-encryption-aws-kms-key-id": "false" } }"#
                ),
                &[],
            ),
        ],
    );
}

#[test]
fn services_that_call_others() {
    table(
        Kind::Identity,
        &[
            (
                list_bucket!(
                    r#"{ "ForAnyValue:StringEquals": { "aws:CalledVia": ["athena.amazonaws.com", "delivery.logs.amazonaws.com"] } }"#
                ),
                &["INVALID_SERVICE_PRINCIPAL_FORMAT /Statement/0/Condition/ForAnyValue:StringEquals/aws:CalledVia/1"],
            ),
            (
                list_bucket!(
                    r#"{ "ForAnyValue:StringEquals": { "aws:CalledVia": "athena.eu-west-1.amazonaws.com" } }"#
                ),
                &["INVALID_SERVICE_PRINCIPAL_FORMAT /Statement/0/Condition/ForAnyValue:StringEquals/aws:CalledVia"],
            ),
            (
                list_bucket!(r#"{ "ForAnyValue:StringEquals": { "aws:CalledVia": "Athena" } }"#),
                &["INVALID_SERVICE_PRINCIPAL_FORMAT /Statement/0/Condition/ForAnyValue:StringEquals/aws:CalledVia"],
            ),
            (
                list_bucket!(
                    r#"{ "ForAnyValue:StringEquals": { "aws:CalledVia": ["athena.amazonaws.com", "athena.amazonaws.com.cn"] } }"#
                ),
                &[],
            ),
            (
                list_bucket!(r#"{ "StringEquals": { "aws:PrincipalServiceName": "delivery.logs.amazonaws.com" } }"#),
                &[],
            ),
            (
                list_bucket!(r#"{ "StringEquals": { "aws:CalledViaLast": "ops.emr-serverless.amazonaws.com" } }"#),
                &[],
            ),
        ],
    );
}

#[test]
fn messages_say_what_to_write() {
    for (statement, expected) in [
        (
            deny!(r#"{ "StringLike": { "s3:prefix": "private/*" } }"#),
            "a request with a shorter prefix than the one that is denied lists the same objects [S3_PREFIX_IN_NEGATIVE_CONTEXT]\n\
             = note: AWS compares the prefix that the request names; `priv` is not `private/`, and lists the objects below it too\n\
             = help: list the prefixes that you want to allow, and deny the others with `StringNotLike`",
        ),
        (
            list_bucket!(r#"{ "StringLike": { "aws:Referer": "https://www.example.com/*" } }"#),
            "the caller chooses the value of `aws:Referer` [UNTRUSTWORTHY_CONDITION_KEY]\n\
             = note: AWS takes it from the header `Referer` of the request, which anyone can set\n\
             = help: write a condition on what AWS itself knows of the caller, such as `aws:PrincipalOrgID`, `aws:SourceVpce` or `aws:SourceIp`",
        ),
        (
            list_bucket!(r#"{ "IpAddress": { "aws:VpcSourceIp": "10.0.0.0/16" } }"#),
            "`aws:VpcSourceIp` does not say in which VPC [MISSING_PAIRED_CONDITION_KEYS]\n\
             = note: every VPC can have these private addresses, including those of other accounts\n\
             = help: add the VPC to the condition: `\"StringEquals\": { \"aws:SourceVpc\": \"vpc-0a1b2c3d4e5f67890\" }`",
        ),
        (
            list_bucket!(r#"{ "StringLike": { "aws:PrincipalOrgID": "o-a1b2*" } }"#),
            "a wildcard in `aws:PrincipalOrgID` matches more than you mean [WILDCARD_USAGE_TOO_PERMISSIVE]\n\
             = note: AWS accepts it, but IDs are not assigned in order, so part of an ID does not identify its owner\n\
             = help: write the whole id; several in a list",
        ),
        (
            list_bucket!(r#"{ "StringLike": { "aws:userid": "AROA*" } }"#),
            "a wildcard before the colon of `aws:userid` matches more than you mean [WILDCARD_USAGE_TOO_PERMISSIVE]\n\
             = note: AWS accepts it, but IDs are not assigned in order, so part of an ID does not identify its owner\n\
             = help: write the id before the colon, such as `AROA1234567890EXAMPLE:*`; a wildcard or a variable is allowed only after it",
        ),
        (
            list_bucket!(r#"{ "StringEquals": { "aws:PrincipalOrgID": "${aws:PrincipalTag/organization}" } }"#),
            "`${aws:PrincipalTag/organization}` in `aws:PrincipalOrgID` matches more than you mean [VARIABLE_USAGE_TOO_PERMISSIVE]\n\
             = note: AWS accepts it, but the caller may choose the value of the variable\n\
             = help: write the whole id; several in a list",
        ),
        (
            list_bucket!(r#"{ "StringEquals": { "aws:SourceIp": "203.0.113.0/24" } }"#),
            "`StringEquals` cannot compare `aws:SourceIp`, which holds IP addresses [TYPE_MISMATCH]\n\
             = note: AWS accepts it, but compares `203.0.113.0/24` as text, and no address is written like that\n\
             = note: checked against AWS's service authorization reference of DATE\n\
             = help: write an operator such as `IpAddress`",
        ),
        (
            allow!(
                r#""s3:PutObject""#,
                r#"{ "StringEquals": { "s3:x-amz-server-side-encryption-aws-kms-key-id": "arn:aws:kms:eu-west-1:111122223333:alias/data" } }"#
            ),
            "`arn:aws:kms:eu-west-1:111122223333:alias/data` is an alias, and `s3:x-amz-server-side-encryption-aws-kms-key-id` holds the ARN of the key behind it [INVALID_KMS_KEY_VALUE]\n\
             = note: AWS accepts it, but no value of `s3:x-amz-server-side-encryption-aws-kms-key-id` matches it\n\
             = help: write the key's own ARN, such as `arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab`",
        ),
        (
            list_bucket!(r#"{ "ForAnyValue:StringEquals": { "aws:CalledVia": "delivery.logs.amazonaws.com" } }"#),
            "`delivery.logs.amazonaws.com` is not of the form `service.amazonaws.com`, which `aws:CalledVia` has [INVALID_SERVICE_PRINCIPAL_FORMAT]\n\
             = note: AWS accepts it, but services that call others on a caller's behalf have a one-word principal\n\
             = help: write the service, such as `logs.amazonaws.com`",
        ),
        (
            list_bucket!(r#"{ "StringEquals": { "aws:SourceOwner": "111122223333" } }"#),
            "AWS has replaced the condition key `aws:SourceOwner` [DEPRECATED_GLOBAL_CONDITION_KEY]\n\
             = note: only the services that have always set it still do, in calls to SNS and SES\n\
             = help: write `aws:SourceAccount`, and `aws:SourceArn` for one resource",
        ),
        (
            list_bucket!(r#"{ "aws:SourceIp": { "IpAddress": "203.0.113.0/24" } }"#),
            "`aws:SourceIp` is not a condition operator [INVALID_CONDITION_OPERATOR]\n\
             = note: the key belongs inside the operator\n\
             = note: AWS rejects the policy\n\
             = help: write `\"IpAddress\": { \"aws:SourceIp\": ... }`",
        ),
    ] {
        assert_eq!(messages(statement, Kind::Identity), expected, "{statement}");
    }
}
