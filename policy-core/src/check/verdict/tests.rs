use super::{HIDES, Losers};
use crate::check::expect::{findings, policy, read, said_with};
use crate::check::{Options, check_allowing, check_json};
use crate::finding::{Code, Severity};
use crate::policy::{AttachedTo, Kind};

/// What is hidden, and what is told when what hides it is allowed: of each row one.
#[test]
fn what_hides_is_told_and_what_is_hidden_once_that_is_allowed() {
    let bucket = Options::new().attached_to(AttachedTo::S3Bucket);
    for (winner, options, kind, json, told, allowed) in [
        (
            Code::UnsupportedCharacter,
            Options::new(),
            Kind::Identity,
            policy(r#"{ "Effect": "Allow", "Action": "s3:GetObject\u2019", "Resource": "arn:aws:s3:::b/*" }"#),
            &["UNSUPPORTED_CHARACTER /Statement/0/Action \u{2019}"][..],
            &["INVALID_ACTION /Statement/0/Action"][..],
        ),
        (
            Code::UnfilledPlaceholder,
            Options::new(),
            Kind::Identity,
            policy(r#"{ "Effect": "Allow", "Action": "s3:<action>", "Resource": "arn:aws:s3:::b/*" }"#),
            &["UNFILLED_PLACEHOLDER /Statement/0/Action <action>"],
            &["INVALID_ACTION /Statement/0/Action"],
        ),
        (
            Code::UnsupportedSid,
            Options::new(),
            Kind::Identity,
            policy(
                r#"{ "Sid": "${aws:username}", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*" }"#,
            ),
            &["UNSUPPORTED_SID /Statement/0/Sid $"],
            &["VARIABLE_UNSUPPORTED_IN_ELEMENT /Statement/0/Sid ${aws:username}"],
        ),
        (
            Code::VariableUnsupportedInVersion,
            Options::new(),
            Kind::Identity,
            r#"{ "Statement": { "Effect": "Allow", "Action": "s3:GetObject",
                "Resource": "arn:aws:s3:::b/${aws:username}/*" } }"#
                .to_owned(),
            &["VARIABLE_UNSUPPORTED_IN_VERSION /Statement/Resource ${aws:username}"],
            &["MISSING_VERSION "],
        ),
        (
            Code::UnsupportedActionInPolicy,
            bucket.clone(),
            Kind::Resource,
            policy(
                r#"{ "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "s3:ListAllMyBuckets",
                    "Resource": "arn:aws:s3:::b/x" }"#,
            ),
            &["UNSUPPORTED_ACTION_IN_POLICY /Statement/0/Action"],
            &["ACTION_NEEDS_STAR_RESOURCE /Statement/0/Action"],
        ),
        (
            Code::UnsupportedResourceArnInPolicy,
            bucket,
            Kind::Resource,
            policy(
                r#"{ "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "s3:GetObject",
                    "Resource": "arn:aws:sqs:eu-west-1:111122223333:q" }"#,
            ),
            &["UNSUPPORTED_RESOURCE_ARN_IN_POLICY /Statement/0/Resource"],
            &["ACTION_FITS_NO_RESOURCE /Statement/0/Action"],
        ),
        (
            Code::OidcProviderDoesNotExist,
            Options::new(),
            Kind::Trust,
            policy(
                r#"{ "Effect": "Allow", "Principal": { "Federated":
                    "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontnt.com" },
                    "Action": "sts:AssumeRoleWithWebIdentity" }"#,
            ),
            &["OIDC_PROVIDER_DOES_NOT_EXIST /Statement/0/Principal/Federated"],
            &["MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL /Statement/0/Principal/Federated"],
        ),
        (
            Code::InvalidKmsKeyValue,
            Options::new(),
            Kind::Identity,
            policy(
                r#"{ "Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::b/*", "Condition": { "ArnEquals": {
                    "s3:x-amz-server-side-encryption-aws-kms-key-id": "arn:aws:kms:eu-west-1:1111:key/x" } } }"#,
            ),
            &["INVALID_KMS_KEY_VALUE /Statement/0/Condition/ArnEquals/s3:x-amz-server-side-encryption-aws-kms-key-id"],
            &[
                "INVALID_ARN_ACCOUNT /Statement/0/Condition/ArnEquals/s3:x-amz-server-side-encryption-aws-kms-key-id 1111",
            ],
        ),
        (
            Code::WildcardWithoutLikeOperator,
            Options::new(),
            Kind::Identity,
            policy(
                r#"{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", "Condition": {
                    "StringEquals": { "aws:RequestedRegion": "eu-*" } } }"#,
            ),
            &["WILDCARD_WITHOUT_LIKE_OPERATOR /Statement/0/Condition/StringEquals/aws:RequestedRegion *"],
            &["INVALID_REGION /Statement/0/Condition/StringEquals/aws:RequestedRegion"],
        ),
    ] {
        let document = read(&json);
        assert_eq!(said_with(&options, &document, kind), told, "{json}");
        assert_eq!(said_with(&options.allow(winner), &document, kind), allowed, "{json}");
    }
}

/// To allow one finding by its subject is to allow no other with its code, and each shows what it hid itself.
#[test]
fn a_finding_that_is_allowed_by_its_subject_hides_nothing() {
    let json = policy(r#"{ "Effect": "Allow", "Action": ["s3:{{action}}", "s3:{{other}}"], "Resource": "*" }"#);
    let document = read(&json);
    let options = Options::new().allow_subject(Code::UnfilledPlaceholder, "{{ACTION}}");
    assert_eq!(
        said_with(&options, &document, Kind::Identity),
        [
            "INVALID_ACTION /Statement/0/Action/0",
            "UNFILLED_PLACEHOLDER /Statement/0/Action/1 {{other}}"
        ]
    );
    let (told, allowed) = check_allowing(&document, Kind::Identity, &options);
    assert_eq!(told.len(), 2);
    assert!(allowed.iter().map(crate::finding::Finding::subject).eq(["{{action}}"]));
    // What is hidden is not what an allowance is needed for.
    let needless = Options::new().allow_subject(Code::InvalidAction, "s3:{{other}}");
    let (_, allowed) = check_allowing(&document, Kind::Identity, &needless);
    assert!(allowed.is_empty());
}

#[test]
fn what_is_too_mild_hides_nothing_either() {
    let json = policy(
        r#"{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", "Condition": {
            "StringEquals": { "aws:RequestedRegion": "eu-*" } } }"#,
    );
    let found = check_json(
        json.as_bytes(),
        Kind::Identity,
        &Options::new().severity(Severity::Error),
    );
    assert!(
        found
            .iter()
            .map(crate::finding::Finding::code)
            .eq([Code::InvalidRegion])
    );
}

#[test]
fn what_is_wrong_elsewhere_in_a_string_is_told_beside_a_placeholder() {
    let json =
        policy(r#"{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/<key>/${aws:usrname}" }"#);
    assert_eq!(
        findings(&json, Kind::Identity),
        [
            "UNFILLED_PLACEHOLDER /Statement/0/Resource <key>",
            "UNKNOWN_VARIABLE /Statement/0/Resource ${aws:usrname}"
        ]
    );
}

/// Of two findings that hide each other neither would be told.
#[test]
fn nothing_hides_what_hides_it() {
    for (index, row) in HIDES.iter().enumerate() {
        for winner in row.winners {
            let losers = |codes: &[Code]| codes.contains(winner);
            let hidden_by = HIDES.iter().enumerate().filter(|(_, other)| match other.losers {
                Losers::Others => !other.winners.contains(winner),
                Losers::These(codes) => losers(codes),
            });
            // Two rows hide anything else: a placeholder goes with a character that none may be.
            assert!(
                hidden_by.into_iter().all(|(other, _)| other < 2 && other != index),
                "{winner}"
            );
        }
    }
}
