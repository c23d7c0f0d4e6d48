use crate::check::expect::messages;
use crate::policy::Kind;

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
