use crate::check::expect::messages;
use crate::check::{Options, check};
use crate::document::{Document, Member, Node, Text, Value};
use crate::finding::Code;
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
            list_bucket!(r#"{ "StringEquals": { "aws:Region": "eu-west-1" } }"#),
            "AWS has no condition key `aws:Region` [INVALID_GLOBAL_CONDITION_KEY]\n\
             = note: AWS accepts it; no request has such a key\n\
             = note: catalogue of DATE\n\
             = help: perhaps `aws:RequestedRegion` was meant\n\
             = help: if AWS has it and the catalogue of DATE does not yet, allow INVALID_GLOBAL_CONDITION_KEY for \
             `aws:Region`: in `policy!` by `#[allow_finding(INVALID_GLOBAL_CONDITION_KEY, \"aws:Region\", reason = \"...\")]`",
        ),
        (
            list_bucket!(r#"{ "Bool": { "aws:NoneOfThese": "true" } }"#),
            "AWS has no condition key `aws:NoneOfThese` [INVALID_GLOBAL_CONDITION_KEY]\n\
             = note: AWS accepts it; no request has such a key\n\
             = note: catalogue of DATE\n\
             = help: the keys are listed at \
             https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html\n\
             = help: if AWS has it and the catalogue of DATE does not yet, allow INVALID_GLOBAL_CONDITION_KEY for \
             `aws:NoneOfThese`: in `policy!` by \
             `#[allow_finding(INVALID_GLOBAL_CONDITION_KEY, \"aws:NoneOfThese\", reason = \"...\")]`",
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

/// A template is judged by samples, and quoted as it was written.
#[test]
fn holes_are_quoted_as_they_were_written() {
    let written = "home/<user>/*";
    let value = Text::with_holes(written, [(5..11, "jane", 1)]);
    let member = |name: &'static str, value| Node::built(Value::Object(vec![Member::built(name, value)]));
    let statement = Node::built(Value::Object(vec![
        Member::built("Effect", Node::string("Allow")),
        Member::built("Action", Node::string("s3:ListBucket")),
        Member::built("Resource", Node::string("*")),
        Member::built(
            "Condition",
            member("StringEquals", member("s3:prefix", Node::built(Value::String(value)))),
        ),
    ]));
    let document = Document::new(Node::built(Value::Object(vec![
        Member::built("Version", Node::string("2012-10-17")),
        Member::built("Statement", statement),
    ])));
    let findings = check(&document, Kind::Identity, &Options::new());
    let said: Vec<_> = findings
        .iter()
        .map(|finding| (finding.code(), finding.subject(), finding.part_of_string()))
        .collect();
    assert_eq!(said, [(Code::WildcardWithoutLikeOperator, written, Some(12..13))]);
}
