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
            "`StringLikes` is not a condition operator [INVALID_CONDITION_OPERATOR]\n\
             = note: AWS rejects the policy\n\
             = help: write `StringLike`",
        ),
        (
            list_bucket!(r#"{ "NullIfExists": { "s3:prefix": "true" } }"#),
            "`Null` does not support `IfExists` [NULL_WITH_IF_EXISTS]\n\
             = note: `Null` checks whether the key is present; AWS rejects the policy\n\
             = help: write `Null`",
        ),
        (
            list_bucket!(r#"{ "StringEquals": { "idp.example.com/id/A:Subject": "a" } }"#),
            "AWS has no condition key `idp.example.com/id/A:Subject` [INVALID_SERVICE_CONDITION_KEY]\n\
             = note: AWS accepts it, but the key is never present in a request, so the condition is never met: the statement allows nothing\n\
             = note: checked against AWS's service authorization reference of DATE\n\
             = help: write `idp.example.com/id/A:sub`",
        ),
        (
            list_bucket!(r#"{ "StringNotEquals": { "idp.example.com:groups": "a" } }"#),
            "AWS has no condition key `idp.example.com:groups` [INVALID_SERVICE_CONDITION_KEY]\n\
             = note: AWS accepts it, but the key is never present in a request, so the condition is met by every request\n\
             = note: checked against AWS's service authorization reference of DATE\n\
             = help: write the key of another claim: IAM has keys for the claims `amr`, `aud`, `email`, `oaud`, `sub` of a token of `idp.example.com`\n\
             = help: if AWS added the condition key later, allow INVALID_SERVICE_CONDITION_KEY for `idp.example.com:groups`",
        ),
        (
            list_bucket!(r#"{ "StringEquals": { "aws:Region": "eu-west-1" } }"#),
            "AWS has no condition key `aws:Region` [INVALID_GLOBAL_CONDITION_KEY]\n\
             = note: AWS accepts it, but the key is never present in a request, so the condition is never met: the statement allows nothing\n\
             = note: checked against AWS's service authorization reference of DATE\n\
             = help: did you mean `aws:RequestedRegion`?\n\
             = help: if AWS added the condition key later, allow INVALID_GLOBAL_CONDITION_KEY for `aws:Region`",
        ),
        (
            allow!(
                r#""ec2:RunInstances""#,
                r#"{ "StringNotEquals": { "aws:Region": "eu-west-1" } }"#
            ),
            "AWS has no condition key `aws:Region` [INVALID_GLOBAL_CONDITION_KEY]\n\
             = note: AWS accepts it, but the key is never present in a request, so the condition is met by every request\n\
             = note: checked against AWS's service authorization reference of DATE\n\
             = help: did you mean `aws:RequestedRegion` or `ec2:Region`?\n\
             = help: if AWS added the condition key later, allow INVALID_GLOBAL_CONDITION_KEY for `aws:Region`",
        ),
        (
            list_bucket!(r#"{ "IpAddress": { "SourceIp": "192.0.2.0/24" } }"#),
            "`SourceIp` is not a condition key: it lacks the service [INVALID_CONDITION_KEY_FORMAT]\n\
             = note: AWS rejects the policy: `Actions/Conditions must be prefaced by a vendor`\n\
             = help: write `aws:SourceIp`",
        ),
        (
            list_bucket!(r#"{ "StringLike": { "s3:prefix": "a/*", "S3:Prefix": "b/*" } }"#),
            "`S3:Prefix` is the same key as `s3:prefix`: keys are not case-sensitive [DUPLICATE_KEYS_WITH_DIFFERENT_CASE]\n\
             = note: AWS treats them as one key, and does not document which values it then compares\n\
             = help: write one `s3:prefix` with the values of both",
        ),
        (
            list_bucket!(r#"{ "ArnEquals": { "aws:ARN": "arn:aws:iam::111122223333:role/maia" } }"#),
            "AWS does not support the condition key `aws:ARN` [UNSUPPORTED_GLOBAL_CONDITION_KEY]\n\
             = note: AWS accepts it, but the key is never present in a request, so the condition is never met: the statement allows nothing\n\
             = help: write `aws:PrincipalArn` for the ARN of the principal, or `aws:SourceArn` for the ARN of the resource for which a service makes the request",
        ),
        (
            list_bucket!(r#"{ "Bool": { "aws:NoneOfThese": "true" } }"#),
            "AWS has no condition key `aws:NoneOfThese` [INVALID_GLOBAL_CONDITION_KEY]\n\
             = note: AWS accepts it, but the key is never present in a request, so the condition is never met: the statement allows nothing\n\
             = note: checked against AWS's service authorization reference of DATE\n\
             = help: see the keys at https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html\n\
             = help: if AWS added the condition key later, allow INVALID_GLOBAL_CONDITION_KEY for \
             `aws:NoneOfThese`",
        ),
        (
            allow!(
                r#""ec2:CreateTags""#,
                r#"{ "StringEquals": { "aws:TagKeys": ["team", "stage"] } }"#
            ),
            "a request has several values of `aws:TagKeys`, and `StringEquals` does not say how many must match \
             [MISSING_QUALIFIER]\n\
             = note: AWS accepts it, although such a key requires `ForAnyValue` or `ForAllValues`\n\
             = note: checked against AWS's service authorization reference of DATE\n\
             = help: write `ForAllValues:StringEquals` if all of them must match; a request without values then meets the condition too\n\
             = help: write `ForAnyValue:StringEquals` if one matching value is enough: the request may have others that do not match",
        ),
        (
            list_bucket!(r#"{ "StringLike": { "s3:prefx": "a/*" } }"#),
            "Amazon S3 has no condition key `s3:prefx` [INVALID_SERVICE_CONDITION_KEY]\n\
             = note: AWS accepts it, but the key is never present in a request, so the condition is never met: the statement allows nothing\n\
             = note: checked against AWS's service authorization reference of DATE\n\
             = help: write `s3:prefix`",
        ),
        (
            allow!(
                r#""s3:GetObject", "s3:ListBucket""#,
                r#"{ "StringLike": { "s3:prefix": "a/*" } }"#
            ),
            "the condition key `s3:prefix` is never present in requests for `s3:GetObject` [ACTION_NEVER_CARRIES_CONDITION_KEY]\n\
             = note: AWS accepts it, but the condition is never met, and the statement never allows this action\n\
             = note: checked against AWS's service authorization reference of DATE\n\
             = help: move this action to a separate statement, restricted by `Resource` or by another condition key\n\
             = help: the key is present in requests for `s3:ListBucket` and `s3:ListBucketVersions`",
        ),
        (
            list_bucket!(r#"{ "IpAddress": { "aws:SourceIp": "203.0.113.*" } }"#),
            "`203.0.113.*` is not an IP address range: a range cannot contain wildcards [TYPE_MISMATCH_IP_RANGE]\n\
             = note: no value of `aws:SourceIp` matches it\n\
             = help: write the range by its prefix, such as `203.0.113.0/24` for `203.0.113.*`",
        ),
        (
            list_bucket!(r#"{ "NotIpAddress": { "aws:SourceIp": ["203.0.113.0/24", "10.1.0.0/16"] } }"#),
            "`10.1.0.0/16` is private, and `aws:SourceIp` holds public addresses [PRIVATE_NOT_IP_ADDRESS_SUBSET]\n\
             = note: AWS accepts it, but callers with a private address are not exempt\n\
             = help: write the public ranges; for requests through a VPC endpoint compare `aws:VpcSourceIp`, together \
             with `aws:SourceVpc`",
        ),
        (
            list_bucket!(r#"{ "ArnEquals": { "aws:PrincipalArn": "role/reader" } }"#),
            "`role/reader` is not an ARN [TYPE_MISMATCH_ARN]\n\
             = note: AWS accepts it, but no value of `aws:PrincipalArn` matches it\n\
             = help: write an ARN, such as `arn:aws:iam::111122223333:role/ROLE_NAME`",
        ),
        (
            list_bucket!(r#"{ "ArnEquals": { "aws:PrincipalTag/role": "reader" } }"#),
            "`reader` is not an ARN [TYPE_MISMATCH_ARN]\n\
             = note: AWS accepts it, but no value of `aws:PrincipalTag/role` matches it\n\
             = help: write an ARN, or compare with `StringEquals` or `StringLike`",
        ),
        (
            list_bucket!(r#"{ "DateLessThan": { "aws:CurrentTime": "1798761599" } }"#),
            "`1798761599` is read as seconds since 1970 [INVALID_DATE_VALUE]\n\
             = note: they do not count leap seconds, and a reader cannot tell which date they are\n\
             = help: write `2026-12-31T23:59:59Z`",
        ),
        (
            list_bucket!(r#"{ "StringEquals": { "aws:PrincipalTag/team": [] } }"#),
            "there are no values for `aws:PrincipalTag/team` [EMPTY_ARRAY_CONDITION]\n\
             = note: AWS accepts it, but the condition is met by no request\n\
             = help: write the values",
        ),
        (
            list_bucket!(r#"{ "StringEquals": { "s3:prefix": "a/*" } }"#),
            "`*` is not a wildcard with `StringEquals` [WILDCARD_WITHOUT_LIKE_OPERATOR]\n\
             = note: AWS accepts it, but matches only the character itself\n\
             = help: write `StringLike`",
        ),
        (
            allow!(
                r#""kms:Decrypt""#,
                r#"{ "StringEquals": { "kms:ViaService": "s3.amazonaws.com" } }"#
            ),
            "`s3.amazonaws.com` does not name the Region [INVALID_SERVICE_PRINCIPAL_FORMAT]\n\
             = note: AWS accepts it, but no value of `kms:ViaService` matches it\n\
             = help: write `s3.eu-west-1.amazonaws.com`, or `s3.*.amazonaws.com` with `StringLike`",
        ),
        (
            allow!(
                r#""kms:Decrypt""#,
                r#"{ "StringEquals": { "kms:ViaService": "ecs-tasks.amazonaws.com" } }"#
            ),
            "`ecs-tasks.amazonaws.com` does not name the Region [INVALID_SERVICE_PRINCIPAL_FORMAT]\n\
             = note: AWS accepts it, but no value of `kms:ViaService` matches it\n\
             = help: write the service that sends the request, and its Region, such as `secretsmanager.eu-west-1.amazonaws.com`",
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
        .map(|finding| (finding.code(), finding.subject(), finding.span_in_string()))
        .collect();
    assert_eq!(said, [(Code::WildcardWithoutLikeOperator, written, Some(12..13))]);
}
