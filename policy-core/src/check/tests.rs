#![allow(clippy::unwrap_used, reason = "a test may panic")]

use proptest::prelude::*;

use super::expect::{messages, policy, read};
use super::{Options, check};
use crate::document::{Document, Member, Node, Text, Value};
use crate::finding::{Code, Finding};
use crate::policy::Kind;

/// Texts made of what the rules look for, so that they go deep.
fn text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "arn",
        ":",
        "::",
        "aws",
        "s3",
        "kms",
        "secretsmanager",
        "secret:",
        "alias/",
        "eu-west-1",
        "eu-wset-1",
        "111122223333",
        "Get",
        "Object",
        "get",
        "*",
        "?",
        "${",
        "}",
        "$${",
        "aws:username",
        "<",
        ">",
        "<region>",
        "...",
        "{{",
        "YOUR_",
        "REGION",
        "/",
        "-",
        "a1B2c3",
        " ",
        "é",
        "ÿ",
        "\u{1F512}",
        "sts",
        "x",
        "",
    ]);
    prop_oneof![
        prop::collection::vec(pieces.clone(), 0..8).prop_map(|pieces| pieces.concat()),
        prop::collection::vec(pieces, 0..6).prop_map(|pieces| format!("arn:aws:{}", pieces.concat())),
    ]
}

proptest! {
    #[test]
    fn no_text_is_too_odd(action in text(), resource in text(), key in text(), deny: bool) {
        let effect = if deny { "Deny" } else { "Allow" };
        let json = |text: &str| {
            let mut quoted = String::new();
            crate::document::quote(&mut quoted, text);
            quoted
        };
        let document = read(&format!(
            r#"{{ "Version": "2012-10-17", "Statement": [{{ "Effect": "{effect}", "Action": [{}, "s3:GetObject"],
                "Resource": [{}, {}], "Condition": {{ "StringEquals": {{ {}: "v" }} }} }}] }}"#,
            json(&action), json(&resource), json(&key), json(&key),
        ));
        for &kind in Kind::ALL {
            for finding in &check(&document, kind, &Options::new()) {
                prop_assert!(document.path_to(finding.place()).is_some());
                prop_assert!(!finding.message().is_empty());
                if let Some(part) = finding.span_in_string() {
                    let text = super::expect::text_at(&document, finding.place());
                    prop_assert!(text.is_some_and(|text| text.get(part.clone()).is_some()), "{part:?} of {text:?}");
                }
            }
        }
    }
}

/// What is wrong with the form of a policy is found by the reader of policies; its messages are held to the same table.
#[test]
fn messages_about_the_form_say_what_to_write() {
    for (kind, statement, expected) in [
        (
            Kind::Identity,
            r#"{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": { "Fn::Sub": "arn:aws:s3:::b/*" } }"#,
            "`Resource` cannot be an object [DATA_TYPE_MISMATCH]\n\
             = note: AWS rejects the policy\n\
             = note: `Fn::Sub` is a CloudFormation function, which a policy cannot have: write the text that it returns\n\
             = help: write a string or a list of strings",
        ),
        (
            Kind::Identity,
            r#"{ "Effect": "Allow", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*" }"#,
            "`Effect` appears twice [DUPLICATE_ELEMENT]\n\
             = note: AWS rejects the policy; a JSON parser silently keeps one of the two\n\
             = help: keep one `Effect`",
        ),
        (
            Kind::Identity,
            r#"{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", "Condition": {
                "StringEquals": { "aws:PrincipalTag/a": "1" }, "StringEquals": { "aws:PrincipalTag/b": "2" } } }"#,
            "`StringEquals` appears twice [DUPLICATE_ELEMENT]\n\
             = note: AWS rejects the policy; a JSON parser silently keeps one of the two\n\
             = help: write one `StringEquals` with the members of both, `\"StringEquals\": { ..., ... }`",
        ),
        (
            Kind::Identity,
            r#"{ "Effect": "Allow", "Action": "s3:GetObject", "NotAction": "s3:PutObject", "Resource": "arn:aws:s3:::b/*" }"#,
            "a statement cannot have both `Action` and `NotAction` [UNSUPPORTED_ELEMENT_COMBINATION]\n\
             = note: AWS rejects the policy\n\
             = help: keep one of the two; to exclude something from an `Allow`, write a `Deny` statement",
        ),
        (
            Kind::Trust,
            r#"{ "Effect": "Allow", "Principal": { "Role": "arn:aws:iam::111122223333:role/deploy" }, "Action": "sts:AssumeRole" }"#,
            "`Role` is not a valid key in `Principal` [INVALID_PRINCIPAL_KEY]\n\
             = note: AWS rejects the policy\n\
             = help: write `AWS`",
        ),
        (
            Kind::Trust,
            r#"{ "Effect": "Allow", "Action": "sts:AssumeRole" }"#,
            "the statement has no `Principal` [MISSING_PRINCIPAL]\n\
             = note: AWS rejects the policy\n\
             = help: in a role trust policy, each statement names the principals that can assume the role: `\"Principal\": { \"Service\": \"ecs-tasks.amazonaws.com\" }`",
        ),
    ] {
        assert_eq!(messages(statement, kind), expected);
    }
}

#[test]
fn a_document_that_is_no_policy_is_judged_too() {
    for json in ["null", "[]", r#""x""#, "{}", r#"{ "Statement": [1, null, {}] }"#] {
        assert!(
            check(&read(json), Kind::Identity, &Options::new()).has_errors(),
            "{json}"
        );
    }
}

/// What a function gives may be anything; the rest of the string is judged all the same.
#[test]
fn of_a_hole_of_unknown_type_nothing_is_reported() {
    let unknown = |written: &str| {
        let start = written.find("${").unwrap();
        let end = written.find('}').unwrap() + 1;
        Value::String(Text::with_holes(written.to_owned(), [(start..end, Text::UNKNOWN, 0)]))
    };
    let statement = |element: &str, written: &str| {
        let mut statement = vec![
            Member::built("Effect", Node::string("Allow")),
            Member::built("Action", Node::string("s3:GetObject")),
            Member::built("Resource", Node::string("arn:aws:s3:::exports/*")),
        ];
        statement.retain(|member| member.name.written() != element);
        statement.push(Member::built(element.to_owned(), Node::built(unknown(written))));
        Document::new(Node::built(Value::Object(vec![
            Member::built("Version", Node::string("2012-10-17")),
            Member::built("Statement", Node::built(Value::Object(statement))),
        ])))
        .numbered()
    };
    for (element, written, expected) in [
        ("Resource", "${Arn}", None),
        ("Resource", "${Arn}/*", None),
        ("Resource", "arn:${Partition}:s3:::exports/*", None),
        ("Resource", "arn:aws:${Service}:::exports/*", None),
        ("Resource", "arn:aws:s3:::${Anything}", None),
        ("Resource", "arn:aws:s3:::${Bucket}/*", None),
        (
            "Resource",
            "arn:aws:sqs:eu-west-1:111122223333:${Queue}",
            Some(Code::ActionFitsNoResource),
        ),
        ("Resource", "arn:awss:s3:::${Bucket}/*", Some(Code::InvalidPartition)),
        ("Action", "${Action}", None),
        ("Action", "s3:${Action}", None),
        ("Effect", "${Effect}", None),
        ("Condition", "${Condition}", None),
        ("Sid", "Read${Name}", None),
    ] {
        let findings = check(&statement(element, written), Kind::Identity, &Options::new());
        let codes: Vec<Code> = findings.iter().map(Finding::code).collect();
        assert_eq!(
            codes,
            expected.into_iter().collect::<Vec<_>>(),
            "{element} {written}: {findings:?}"
        );
    }
}

/// A document in which `${it}` is a hole of unknown type.
fn with_unknown(json: &str) -> Document<'static> {
    fn text(own: &mut Text<'static>) {
        let ranges: Vec<_> = own
            .written()
            .match_indices("${it}")
            .map(|(at, hole)| (at..at + hole.len(), Text::UNKNOWN, 0))
            .collect();
        *own = Text::with_holes(own.written().to_owned(), ranges);
    }
    fn node(own: &mut Node<'static>) {
        match &mut own.value {
            Value::String(written) => text(written),
            Value::Array(elements) => elements.iter_mut().for_each(node),
            Value::Object(members) => {
                for member in members {
                    text(&mut member.name);
                    node(&mut member.value);
                }
            }
            _ => {}
        }
    }
    let mut root = read(json).root().clone();
    node(&mut root);
    Document::new(root).numbered()
}

/// That no condition restricts something is not reported while one of the conditions may be any.
#[test]
fn a_condition_that_is_not_known_is_not_missing() {
    let mut rows = vec![
        (
            Kind::Resource,
            r#""Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::exports/*""#,
            vec![],
            Code::PublicAccess,
        ),
        (
            Kind::Resource,
            r#""Effect": "Allow", "Principal": { "Service": "cloudtrail.amazonaws.com" }, "Action": "s3:PutObject",
                "Resource": "arn:aws:s3:::exports/*""#,
            vec![],
            Code::RestrictAccessToServicePrincipal,
        ),
        (
            Kind::Resource,
            r#""Effect": "Allow", "Principal": { "AWS": "444455556666" }, "Action": "sqs:SendMessage",
                "Resource": "arn:aws:sqs:eu-west-1:111122223333:q""#,
            vec![],
            Code::CrossAccountAccess,
        ),
        (
            Kind::Trust,
            r#""Effect": "Allow", "Principal": { "AWS": "*" }, "Action": "sts:AssumeRole""#,
            vec![],
            Code::RoleTrustPolicyForEveryone,
        ),
        (
            Kind::Identity,
            r#""Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::exports/*""#,
            vec![r#""Null": { "aws:MultiFactorAuthPresent": "false" }"#],
            Code::MfaConditionIncomplete,
        ),
        (
            Kind::Identity,
            r#""Effect": "Deny", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::exports/*""#,
            vec![r#""Bool": { "aws:MultiFactorAuthPresent": "false" }"#],
            Code::MfaConditionIncomplete,
        ),
        (
            Kind::Identity,
            r#""Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::exports/*""#,
            vec![r#""IpAddress": { "aws:VpcSourceIp": "10.0.0.0/16" }"#],
            Code::MissingPairedConditionKeys,
        ),
        (
            Kind::Identity,
            r#""Effect": "Allow", "Action": "dynamodb:Query", "Resource": "arn:aws:dynamodb:eu-west-1:111122223333:table/orders""#,
            vec![r#""ForAllValues:StringEquals": { "dynamodb:Attributes": ["id"] }"#],
            Code::DynamodbAttributesWithoutSelect,
        ),
        (
            Kind::Identity,
            r#""Effect": "Allow", "Action": "dynamodb:UpdateItem", "Resource": "arn:aws:dynamodb:eu-west-1:111122223333:table/orders""#,
            vec![r#""ForAllValues:StringEquals": { "dynamodb:Attributes": ["id"] }"#],
            Code::DynamodbAttributesWithoutReturnValues,
        ),
        (
            Kind::ResourceControl,
            r#""Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*""#,
            vec![r#""StringNotEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" }"#],
            Code::RcpMissingRelatedPrincipalConditionKey,
        ),
        (
            Kind::ResourceControl,
            r#""Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*""#,
            vec![r#""StringNotEquals": { "aws:SourceOrgID": "o-a1b2c3d4e5" }"#],
            Code::RcpMissingRelatedServicePrincipalConditionKey,
        ),
        (
            Kind::Identity,
            r#""Effect": "Deny", "Action": "sns:Publish", "Resource": "*""#,
            vec![r#""StringNotEquals": { "aws:VpceOrgID": "o-a1b2c3d4e5" }"#],
            Code::UseConditionKeyOnlyWithSupportedServices,
        ),
    ];
    for (action, code) in [
        (
            r#""Action": "iam:PassRole", "Resource": "*""#,
            Code::PassRoleWithStarInResource,
        ),
        (
            r#""Action": "iam:PassRole", "NotResource": "arn:aws:iam::111122223333:role/admin""#,
            Code::PassRoleWithNotResource,
        ),
        (
            r#""Action": "iam:CreateServiceLinkedRole", "Resource": "*""#,
            Code::CreateSlrWithStarInResource,
        ),
    ] {
        rows.push((Kind::Identity, action, vec![], code));
    }
    for (provider, code) in [
        (
            "oidc.eks.eu-west-1.amazonaws.com/id/ABC",
            Code::MissingConditionKeyForOidcPrincipal,
        ),
        (
            "token.actions.githubusercontent.com",
            Code::MissingGithubRepoConditionKey,
        ),
    ] {
        let statement = format!(
            r#""Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                "Principal": {{ "Federated": "arn:aws:iam::111122223333:oidc-provider/{provider}" }}"#
        );
        rows.push((Kind::Trust, Box::leak(statement.into_boxed_str()), vec![], code));
    }
    for (kind, statement, own, code) in rows {
        let effect = if statement.contains("Effect") {
            ""
        } else {
            r#""Effect": "Allow", "#
        };
        let has = |more: Option<&str>| {
            let conditions = own.iter().copied().chain(more).collect::<Vec<_>>().join(", ");
            let document = with_unknown(&policy(&format!(
                r#"{{ {effect}{statement}, "Condition": {{ {conditions} }} }}"#
            )));
            let options = Options::new().account("111122223333".parse().unwrap());
            let findings = check(&document, kind, &options);
            findings.iter().any(|finding| finding.code() == code)
        };
        for more in [None, Some(r#""StringLike": { "aws:UserAgent": "${it}" }"#)] {
            assert!(has(more), "{code}: {statement}: {more:?}");
        }
        for more in [
            r#""${it}": { "${it}": "${it}" }"#,
            r#""ForAnyValue:StringLike": { "${it}": "x" }"#,
            r#""ForAnyValue:StringLike": { "${it}:sub": ["x"] }"#,
            r#""${it}": { "aws:PrincipalTag/team": "x" }"#,
        ] {
            assert!(!has(Some(more)), "{code}: {statement}: {more}");
        }
    }
}

/// A `Deny` whose condition is not known may deny what another statement allows.
#[test]
fn a_denial_that_is_not_known_may_be_one() {
    let allow = r#"{ "Effect": "Allow", "Action": "iam:PassRole", "Resource": "*" }"#;
    for (condition, is_found) in [
        (r#"{ "StringLike": { "aws:UserAgent": "${it}" } }"#, true),
        (r#"{ "${it}": { "${it}": "${it}" } }"#, false),
        (r#"{ "StringNotEquals": { "${it}": "x" } }"#, false),
        (r#"{ "StringNotEquals": { "iam:PassedToService": "${it}" } }"#, false),
    ] {
        let deny =
            format!(r#"{{ "Effect": "Deny", "Action": "iam:PassRole", "Resource": "*", "Condition": {condition} }}"#);
        let document = with_unknown(&policy(&format!("{allow}, {deny}")));
        let findings = check(&document, Kind::Identity, &Options::new());
        let mut codes = findings.iter().map(Finding::code);
        assert_eq!(
            codes.any(|code| code == Code::PassRoleWithStarInResource),
            is_found,
            "{condition}"
        );
    }
}

/// A bucket that is open to everyone, unless a condition that is not known closes it.
#[test]
fn a_condition_of_unknown_type_may_be_a_limit() {
    let unknown = || Text::with_holes("${it}", [(0..5, Text::UNKNOWN, 0)]);
    let known = |text: &'static str| Text::plain(text);
    let document = |operator: Text<'static>, key: Text<'static>, value: Text<'static>| {
        let member = |name: Text<'static>, value: Node<'static>| Member {
            name,
            ..Member::built("", value)
        };
        let object = |members| Node::built(Value::Object(members));
        let keys = object(vec![member(key, Node::built(Value::String(value)))]);
        let statement = object(vec![
            Member::built("Effect", Node::string("Allow")),
            Member::built("Principal", Node::string("*")),
            Member::built("Action", Node::string("s3:GetObject")),
            Member::built("Resource", Node::string("arn:aws:s3:::exports/*")),
            Member::built("Condition", object(vec![member(operator, keys)])),
        ]);
        let version = Member::built("Version", Node::string("2012-10-17"));
        Document::new(object(vec![version, Member::built("Statement", statement)])).numbered()
    };
    let is_public = |document| {
        let findings = check(&document, Kind::Resource, &Options::new());
        findings.iter().any(|finding| finding.code() == Code::PublicAccess)
    };
    let (operator, key, value) = ("StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5");
    assert!(!is_public(document(known(operator), known(key), unknown())));
    assert!(!is_public(document(known(operator), unknown(), known(value))));
    assert!(!is_public(document(unknown(), known(key), known(value))));
    assert!(is_public(document(known(operator), known("aws:UserAgent"), unknown())));
}
