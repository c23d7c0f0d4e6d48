use crate::check::expect::{findings, messages, policy, read, table, told};
use crate::policy::Kind;

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
                list_bucket!(r#"{ "StringLike": { "s3:prefix": "a/*" }, "Null": { "s3:Prefix": "false" } }"#),
                &[],
            ),
            // Keys that a service lists under the name of another one.
            (
                allow!(
                    r#""ec2-instance-connect:SendSSHPublicKey""#,
                    r#"{ "StringEquals": { "ec2:osuser": "ami-username" } }"#
                ),
                &[],
            ),
            (
                allow!(
                    r#""ec2-instance-connect:SendSSHPublicKey""#,
                    r#"{ "StringEquals": { "ec2:osusers": "ami-username" } }"#
                ),
                &["INVALID_SERVICE_CONDITION_KEY /Statement/0/Condition/StringEquals/ec2:osusers"],
            ),
            (
                allow!(
                    r#""cloudtrail-data:PutAuditEvents""#,
                    r#"{ "StringEquals": { "cloudtrail:ExternalId": "a-b" } }"#
                ),
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
                list_bucket!(r#"{ "StringEquals": { "gitlab.com:project_id": "1", "idp.example.com/a:email": "b" } }"#),
                &[],
            ),
            (
                list_bucket!(r#"{ "StringEquals": { "token.actions.githubusercontent.com:repositry": "a/b" } }"#),
                &[
                    "INVALID_SERVICE_CONDITION_KEY /Statement/0/Condition/StringEquals/token.actions.githubusercontent.com:repositry",
                ],
            ),
            (
                list_bucket!(r#"{ "StringEquals": { "idp.example.com/a:groups": "b" } }"#),
                &["INVALID_SERVICE_CONDITION_KEY /Statement/0/Condition/StringEquals/idp.example.com~1a:groups"],
            ),
            (
                list_bucket!(r#"{ "StringEquals": { "aws:SourceOwner": "111122223333" } }"#),
                &["DEPRECATED_GLOBAL_CONDITION_KEY /Statement/0/Condition/StringEquals/aws:SourceOwner"],
            ),
            (
                allow!(
                    r#""sns:Publish""#,
                    r#"{ "StringEquals": { "AWS:SourceOwner": "111122223333" } }"#
                ),
                &["DEPRECATED_GLOBAL_CONDITION_KEY /Statement/0/Condition/StringEquals/AWS:SourceOwner"],
            ),
            (
                allow!(
                    r#""sns:Publish""#,
                    r#"{ "StringLike": { "aws:sourceowner": "111122223333" }, "Null": { "aws:sourceowner": "false" } }"#
                ),
                &["DEPRECATED_GLOBAL_CONDITION_KEY /Statement/0/Condition/StringLike/aws:sourceowner"],
            ),
            (
                allow!(
                    r#""sns:Publish""#,
                    r#"{ "StringEquals": { "aws:SourceAccount": "111122223333" } }"#
                ),
                &["SOURCE_KEY_IN_IDENTITY_POLICY /Statement/0/Condition/StringEquals/aws:SourceAccount"],
            ),
            (
                allow!(
                    r#""sns:Publish""#,
                    r#"{ "ArnLike": { "aws:SourceArn": "arn:aws:s3:::amzn-s3-demo-bucket" } }"#
                ),
                &["SOURCE_KEY_IN_IDENTITY_POLICY /Statement/0/Condition/ArnLike/aws:SourceArn"],
            ),
            // One mistake, wherever else the key appears.
            (
                list_bucket!(r#"{ "StringEquals": { "prefix": "a" }, "StringLike": { "Prefix": "b" } }"#),
                &["INVALID_CONDITION_KEY_FORMAT /Statement/0/Condition/StringEquals/prefix"],
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
        ("aws:ResourceTag:team", "aws:ResourceTag/team"),
        ("aws:principaltag.team", "aws:PrincipalTag/team"),
        ("ec2:ResourceTag:a/b", "ec2:ResourceTag/a/b"),
        ("kms:EncryptionContext/app", "kms:EncryptionContext:app"),
        ("aws:PrincipalOrg", "aws:PrincipalOrgID"),
        ("aws:PrincipleTag/team", "aws:PrincipalTag/team"),
        ("s3:ExistingObjectTags/team", "s3:ExistingObjectTag/team"),
        ("aws:SourceVPCEndpoint", "aws:SourceVpce"),
        (
            "s3:x-amz-server-side-encryption-kms-key-id",
            "s3:x-amz-server-side-encryption-aws-kms-key-id",
        ),
    ] {
        let statement = format!(
            r#"{{ "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {{ "StringEquals": {{ "{written}": "a" }} }} }}"#
        );
        let message = messages(&statement, Kind::Identity);
        assert!(message.ends_with(&format!("= help: write `{meant}`")), "{message}");
    }
}

#[test]
fn a_key_that_aws_uses_and_does_not_document_is_told_so() {
    let of = |key: &str| {
        messages(
            &format!(
                r#"{{ "Effect": "Deny", "Action": "iam:DeleteRole", "Resource": "arn:aws:iam::*:role/audit",
                     "Condition": {{ "StringNotEquals": {{ "{key}": "111122223333" }} }} }}"#
            ),
            Kind::ServiceControl,
        )
    };
    assert_eq!(
        of("aws:PrincipalOrgMasterAccountId"),
        "AWS does not document the condition key `aws:PrincipalOrgMasterAccountId` [UNDOCUMENTED_CONDITION_KEY]\n\
         = note: AWS's managed policy `AWSSSOServiceRolePolicy` contains it, but in which requests it is present is not known\n\
         = note: checked against AWS's service authorization reference of DATE\n\
         = help: write a condition key that AWS documents for the statement's actions"
    );
    let near = of("aws:PrincipalOrgMasterAccount");
    assert!(near.contains("[INVALID_GLOBAL_CONDITION_KEY]"), "{near}");
}

/// The policies of AWS IoT Core have keys that those of IAM do not.
#[test]
fn a_key_of_iot_core_is_named_as_such() {
    let note = "AWS IoT Core has the key in its own policies, which are not IAM policies";
    for (key, expected) in [
        ("iot:Connection.Thing.IsAttached", true),
        ("iot:ConnectAttributes", true),
        ("iot:Conection", false),
    ] {
        let statement = format!(
            r#"{{ "Effect": "Allow", "Action": "iot:Connect", "Resource": "*", "Condition": {{ "StringEquals": {{ "{key}": "a" }} }} }}"#
        );
        let found = findings(&policy(&statement), Kind::Identity);
        let place = format!("INVALID_SERVICE_CONDITION_KEY /Statement/0/Condition/StringEquals/{key}");
        assert!(found.contains(&place), "{found:?}");
        assert_eq!(
            told(&read(&policy(&statement)), Kind::Identity).contains(note),
            expected,
            "{key}"
        );
    }
}
