#![allow(clippy::unwrap_used, reason = "a test may panic")]
#![allow(clippy::too_many_lines, reason = "a table is as long as it is")]

use super::{IdentityPolicy, Kind, ResourcePolicy, TrustPolicy, Version, read};
use crate::document::Document;
use crate::finding::{Code, Finding, Findings};

/// A kind, a policy or the elements of a statement, and the codes and paths of its mistakes.
type Case = (Kind, &'static str, &'static [(&'static str, &'static str)]);

/// The codes and paths of the mistakes of a policy.
fn form(kind: Kind, text: &str) -> Vec<(&'static str, String)> {
    let document = Document::read(text).unwrap();
    let (_, mut findings) = read(&document, kind);
    findings.sort();
    let path = |finding: &crate::finding::Finding| document.path_to(finding.place()).unwrap().to_string();
    findings
        .iter()
        .map(|finding| (finding.code().name(), path(finding)))
        .collect()
}

/// A policy of one statement with these elements.
fn statement(elements: &str) -> String {
    format!(r#"{{ "Version": "2012-10-17", "Statement": {{ {elements} }} }}"#)
}

const SOUND: &str = r#""Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*""#;

#[test]
fn each_mistake_of_form_is_found_once_and_its_twin_is_not() {
    let cases: &[Case] = &[
        (Kind::Identity, "[]", &[("DATA_TYPE_MISMATCH", "")]),
        // A statement without its policy is one mistake, and so is an element that slipped into `Principal`.
        (
            Kind::Identity,
            r#"{ "Sid": "A", "Effect": "Allow", "NotAction": "iam:*", "Resource": "*", "Condition": {} }"#,
            &[("MISSING_STATEMENT", "")],
        ),
        (
            Kind::Trust,
            r#"{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow",
                 "Principal": { "Service": "ec2.amazonaws.com", "Action": "sts:AssumeRole" } }] }"#,
            &[("INVALID_PRINCIPAL_KEY", "/Statement/0/Principal/Action")],
        ),
        (
            Kind::Identity,
            r#"{ "Version": "2012-10-17" }"#,
            &[("MISSING_STATEMENT", "")],
        ),
        (
            Kind::Identity,
            r#"{ "Version": "2012-10-17", "Statement": [] }"#,
            &[("MISSING_STATEMENT", "/Statement")],
        ),
        (
            Kind::Identity,
            r#"{ "Version": "2012-10-17", "Statement": ["x"] }"#,
            &[("DATA_TYPE_MISMATCH", "/Statement/0")],
        ),
        // As the APIs return it.
        (
            Kind::Identity,
            r#"{ "PolicyName": "P", "PolicyDocument": { "Version": "2012-10-17", "Statement": [] } }"#,
            &[("INVALID_POLICY_ELEMENT", "/PolicyDocument")],
        ),
        (
            Kind::Resource,
            r#"{ "Policy": "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }"#,
            &[("INVALID_POLICY_ELEMENT", "/Policy")],
        ),
        (
            Kind::Identity,
            r#"{ "Version": "2012-10-17", "Statement": [], "Policy": {} }"#,
            &[
                ("MISSING_STATEMENT", "/Statement"),
                ("INVALID_POLICY_ELEMENT", "/Policy"),
            ],
        ),
        (
            Kind::Identity,
            r#"{ "version": "2012-10-17", "Statement": [] }"#,
            &[
                ("INVALID_POLICY_ELEMENT", "/version"),
                ("MISSING_STATEMENT", "/Statement"),
            ],
        ),
    ];
    for (kind, text, expected) in cases {
        let expected: Vec<_> = expected
            .iter()
            .map(|(code, path)| (*code, (*path).to_owned()))
            .collect();
        assert_eq!(form(*kind, text), expected, "{text}");
    }

    let in_statement: &[Case] = &[
        (Kind::Identity, SOUND, &[]),
        (
            Kind::Identity,
            r#""Action": "a:B", "Resource": "*""#,
            &[("MISSING_EFFECT", "/Statement")],
        ),
        (
            Kind::Identity,
            r#""Effect": "Permit", "Action": "a:B", "Resource": "*""#,
            &[("INVALID_EFFECT", "/Statement/Effect")],
        ),
        (
            Kind::Identity,
            r#""Effect": true, "Action": "a:B", "Resource": "*""#,
            &[("DATA_TYPE_MISMATCH", "/Statement/Effect")],
        ),
        (
            Kind::Identity,
            r#""Effect": "Allow", "Resource": "*""#,
            &[("MISSING_ACTION", "/Statement")],
        ),
        (
            Kind::Identity,
            r#""Effect": "Allow", "Action": "a:B""#,
            &[("MISSING_RESOURCE", "/Statement")],
        ),
        (
            Kind::Resource,
            r#""Effect": "Allow", "Principal": "*", "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]"#,
            &[],
        ),
        (
            Kind::Resource,
            r#""Effect": "Allow", "Principal": "*", "Action": ["cloudsearch:search", "CloudSearch:document"]"#,
            &[],
        ),
        (
            Kind::Resource,
            r#""Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": ["waf:UpdateWebACL", "waf-regional:UpdateWebACL"]"#,
            &[],
        ),
        (
            Kind::Resource,
            r#""Effect": "Allow", "Principal": "*", "Action": ["ecr-public:PutImage", "s3:GetObject"]"#,
            &[("MISSING_RESOURCE", "/Statement")],
        ),
        (
            Kind::Identity,
            r#""Effect": "Allow", "Action": "cloudsearch:search""#,
            &[("MISSING_RESOURCE", "/Statement")],
        ),
        (
            Kind::Identity,
            r#""Effect": "Allow", "Actoin": "a:B", "Resource": "*""#,
            &[("INVALID_POLICY_ELEMENT", "/Statement/Actoin")],
        ),
        (
            Kind::Identity,
            r#""Effect": "Allow", "Action": [], "Resource": []"#,
            &[
                ("EMPTY_ARRAY_ACTION", "/Statement/Action"),
                ("EMPTY_ARRAY_RESOURCE", "/Statement/Resource"),
            ],
        ),
        (
            Kind::Identity,
            r#""Effect": "Allow", "Action": "a:B", "NotAction": "a:C", "Resource": "*""#,
            &[("UNSUPPORTED_ELEMENT_COMBINATION", "/Statement/NotAction")],
        ),
        (
            Kind::Identity,
            r#""Effect": "Allow", "Action": "a:B", "Action": "a:C", "Resource": "*""#,
            &[("DUPLICATE_ELEMENT", "/Statement/Action")],
        ),
        (
            Kind::Identity,
            r#""Effect": "Allow", "Action": ["a:B", 1], "Resource": "*""#,
            &[("DATA_TYPE_MISMATCH", "/Statement/Action/1")],
        ),
        (
            Kind::Identity,
            r#""Effect": "Allow", "Action": "a:B", "Resource": "*", "Condition": { "Bool": {} }"#,
            &[("EMPTY_OBJECT_CONDITION", "/Statement/Condition/Bool")],
        ),
        (
            Kind::Identity,
            r#""Effect": "Allow", "Action": "a:B", "Resource": "*", "Condition": { "Bool": { "a:c": [null, true, 1, "x"] } }"#,
            &[("DATA_TYPE_MISMATCH", "/Statement/Condition/Bool/a:c/0")],
        ),
        (
            Kind::Identity,
            r#""Effect": "Allow", "Principal": "*", "Action": "a:B", "Resource": "*""#,
            &[("UNSUPPORTED_PRINCIPAL", "/Statement/Principal")],
        ),
        (
            Kind::ServiceControl,
            r#""Effect": "Deny", "NotPrincipal": "*", "Action": "a:B", "Resource": "*""#,
            &[("SCP_SYNTAX_ERROR_PRINCIPAL", "/Statement/NotPrincipal")],
        ),
        (
            Kind::ResourceControl,
            r#""Effect": "Deny", "Principal": { "AWS": "*" }, "Action": "a:B", "Resource": "*""#,
            &[("RCP_SYNTAX_ERROR_PRINCIPAL", "/Statement/Principal")],
        ),
        (
            Kind::ResourceControl,
            r#""Effect": "Deny", "Principal": "*", "Action": "a:B", "Resource": "*""#,
            &[],
        ),
        (Kind::Resource, SOUND, &[("MISSING_PRINCIPAL", "/Statement")]),
        (
            Kind::Resource,
            r#""Effect": "Allow", "Principal": "1", "Action": "a:B", "Resource": "*""#,
            &[("INVALID_PRINCIPAL_FORMAT", "/Statement/Principal")],
        ),
        (
            Kind::Resource,
            r#""Effect": "Allow", "Principal": { "Aws": "1" }, "Action": "a:B", "Resource": "*""#,
            &[("INVALID_PRINCIPAL_KEY", "/Statement/Principal/Aws")],
        ),
        (
            Kind::Resource,
            r#""Effect": "Allow", "Principal": {}, "Action": "a:B", "Resource": "*""#,
            &[("EMPTY_OBJECT_PRINCIPAL", "/Statement/Principal")],
        ),
        (
            Kind::Resource,
            r#""Effect": "Allow", "Principal": { "AWS": [] }, "Action": "a:B", "Resource": "*""#,
            &[("EMPTY_ARRAY_PRINCIPAL", "/Statement/Principal/AWS")],
        ),
        (
            Kind::Trust,
            r#""Effect": "Allow", "Action": "sts:AssumeRole""#,
            &[("MISSING_PRINCIPAL", "/Statement")],
        ),
        (
            Kind::Trust,
            r#""Effect": "Allow", "NotPrincipal": "*", "Action": "sts:AssumeRole""#,
            &[("ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL", "/Statement/NotPrincipal")],
        ),
        (
            Kind::Trust,
            r#""Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole", "Resource": "*""#,
            &[("ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE", "/Statement/Resource")],
        ),
        // The value of an unsupported element is not checked.
        (
            Kind::Trust,
            r#""Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole", "Resource": []"#,
            &[("ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE", "/Statement/Resource")],
        ),
        (
            Kind::Identity,
            r#""Effect": "Allow", "Principal": { "AWS": [] }, "Action": "a:B", "Resource": "*""#,
            &[("UNSUPPORTED_PRINCIPAL", "/Statement/Principal")],
        ),
        (
            Kind::ResourceControl,
            r#""Effect": "Deny", "NotPrincipal": "someone", "Action": "a:B", "Resource": "*""#,
            &[("RCP_SYNTAX_ERROR_PRINCIPAL", "/Statement/NotPrincipal")],
        ),
        (
            Kind::ResourceControl,
            r#""Effect": "Deny", "Principal": "*", "NotAction": "s3:*", "Resource": "*""#,
            &[("RCP_SYNTAX_ERROR_NOTACTION", "/Statement/NotAction")],
        ),
        (
            Kind::ResourceControl,
            r#""Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*""#,
            &[("RCP_SYNTAX_ERROR_ALLOW", "/Statement/Effect")],
        ),
        // `RCPFullAWSAccess`
        (
            Kind::ResourceControl,
            r#""Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*""#,
            &[],
        ),
        (
            Kind::ServiceControl,
            r#""Effect": "Deny", "NotAction": "s3:*", "Resource": "*""#,
            &[],
        ),
    ];
    for (kind, elements, expected) in in_statement {
        let expected: Vec<_> = expected
            .iter()
            .map(|(code, path)| (*code, (*path).to_owned()))
            .collect();
        assert_eq!(form(*kind, &statement(elements)), expected, "{elements}");
    }
}

#[test]
fn the_version_is_known_or_named() {
    for (text, code) in [
        (r#"{ "Version": "2012-10-17", "Statement": {} }"#, None),
        (r#"{ "Version": "2008-10-17", "Statement": {} }"#, None),
        (
            r#"{ "Version": "2012-10-18", "Statement": {} }"#,
            Some("INVALID_VERSION"),
        ),
        (
            r#"{ "Version": 20121017, "Statement": {} }"#,
            Some("DATA_TYPE_MISMATCH"),
        ),
        (r#"{ "Statement": {} }"#, Some("MISSING_VERSION")),
    ] {
        let found = form(Kind::Identity, text);
        assert_eq!(
            found
                .iter()
                .map(|(code, _)| *code)
                .find(|code| code.contains("VERSION") || code.contains("TYPE")),
            code
        );
    }
    let old = IdentityPolicy::from_json(format!(r#"{{ "Statement": {{ {SOUND} }} }}"#)).unwrap();
    let document = old.document();
    assert_eq!(read(document, Kind::Identity).0.version, Version::V2008);
}

#[test]
fn a_misspelt_element_is_named_with_the_right_one() {
    let error =
        IdentityPolicy::from_json(statement(r#""effect": "Allow", "Action": "a:B", "Resource": "*""#)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "line 1, column 43: `effect` is not an element of a statement [INVALID_POLICY_ELEMENT]"
    );
    assert_eq!(
        format!("{error:#}"),
        "line 1, column 43: `effect` is not an element of a statement [INVALID_POLICY_ELEMENT]\n= note: AWS rejects the policy, often with only the message `The policy failed legacy parsing`\n= help: write `Effect`; element names are case-sensitive",
    );
}

/// Without the element, and without a condition in its place, a `Deny` of one account would deny all.
#[test]
fn a_principal_that_is_not_allowed_becomes_a_condition() {
    for (principal, help) in [
        (
            r#""Principal": { "AWS": "111122223333" }"#,
            r#", and restrict the statement with a condition, such as `"StringEquals": { "aws:PrincipalAccount": "111122223333" }`"#,
        ),
        (
            r#""Principal": { "AWS": ["arn:aws:iam::111122223333:root"] }"#,
            r#", and restrict the statement with a condition, such as `"StringEquals": { "aws:PrincipalAccount": "111122223333" }`"#,
        ),
        (
            r#""NotPrincipal": { "AWS": "111122223333" }"#,
            r#", and restrict the statement with a condition, such as `"StringNotEquals": { "aws:PrincipalAccount": "111122223333" }`"#,
        ),
        (
            r#""NotPrincipal": { "AWS": "arn:aws:iam::111122223333:role/ops" }"#,
            r#", and restrict the statement with a condition, such as `"ArnNotLike": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/ops" }`"#,
        ),
        (
            r#""Principal": { "AWS": "arn:aws:sts::111122223333:assumed-role/ops/jane" }"#,
            r#", and restrict the statement with a condition, such as `"ArnLike": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/ROLE_NAME" }`"#,
        ),
        (r#""Principal": { "AWS": "*" }"#, ""),
    ] {
        let text = statement(&format!(
            r#""Effect": "Deny", {principal}, "Action": "s3:GetObject", "Resource": "*""#
        ));
        let document = Document::read(&text).unwrap();
        for (kind, instead) in [
            (Kind::ResourceControl, "write `\"Principal\": \"*\"`"),
            (
                Kind::ServiceControl,
                if principal.contains("NotPrincipal") {
                    "remove `NotPrincipal`"
                } else {
                    "remove `Principal`"
                },
            ),
        ] {
            let (_, findings) = read(&document, kind);
            let helps: Vec<&str> = findings.iter().flat_map(Finding::help).collect();
            assert_eq!(helps, [format!("{instead}{help}")], "{principal}");
        }
    }
}

#[test]
fn a_policy_of_one_kind_is_not_one_of_another() {
    let identity = statement(SOUND);
    assert!(IdentityPolicy::from_json(identity.as_str()).is_ok());
    assert!(ResourcePolicy::from_json(identity.as_str()).is_err());
    assert!(TrustPolicy::from_json(identity.as_str()).is_err());
}

#[test]
fn what_aws_reads_is_read_and_written_the_same() {
    for text in [
        r#"{"Statement":{"Resource":"*","Action":["s3:*"],"Effect":"Allow"}}"#,
        r#"{"Version":"2008-10-17","Statement":[{"Sid":"","Effect":"Deny","NotAction":"s3:*","NotResource":["*"],"Condition":{"Bool":{"aws:SecureTransport":[true,"false"]},"NumericLessThan":{"aws:MultiFactorAuthAge":3600.50}}}]}"#,
    ] {
        assert_eq!(IdentityPolicy::from_json(text).unwrap().to_json(), text);
    }
}

#[test]
fn policies_and_what_is_said_of_them_cross_threads() {
    fn crosses<T: Send + Sync + 'static>() {}
    crosses::<IdentityPolicy>();
    crosses::<super::ConstPolicy<super::kind::Trust>>();
    crosses::<super::ReadError>();
    crosses::<Document<'static>>();
    crosses::<Findings>();
    crosses::<crate::catalogue::Service>();
}

#[test]
fn equal_policies_are_one_key() {
    let policy = |space: &str| -> IdentityPolicy { statement(&format!("{space}{SOUND}")).parse().unwrap() };
    let both = std::collections::HashSet::from([policy(""), policy("  ")]);
    assert_eq!(both.len(), 1);
}

#[test]
fn a_constant_answers_as_its_owned_form_does() {
    const JSON: &str =
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObjct","Resource":"*"}}"#;
    const CONSTANT: super::ConstPolicy<super::kind::Identity> = super::ConstPolicy {
        __policy: &super::Policy::__constant(JSON),
    };
    let constant = CONSTANT;
    let owned = constant.to_policy();
    assert_eq!((constant.json(), constant.to_json()), (JSON, owned.to_json()));
    assert_eq!(constant.to_json_pretty(), owned.to_json_pretty());
    assert_eq!(constant.check(), owned.check());
    assert_eq!(constant.check().len(), 1);
}

#[test]
fn a_policy_is_read_once_and_its_clones_share_what_was_read() {
    let root = |policy: &IdentityPolicy| -> *const crate::document::Node<'static> {
        std::ptr::from_ref(policy.document().root()).cast()
    };
    let read = IdentityPolicy::from_json(statement(SOUND)).unwrap();
    let converted = IdentityPolicy::from_document(read.document()).unwrap();
    let constant = IdentityPolicy::__constant(String::leak(converted.to_json()));
    for policy in [read, converted, constant] {
        let first = root(&policy);
        assert_eq!(root(&policy), first);
        assert_eq!(root(&policy.clone()), first);
    }
}

/// How a policy came to be does not matter to its equality.
#[test]
fn a_constant_is_equal_to_the_policy_with_other_whitespace() {
    use std::hash::{BuildHasher, RandomState};
    let json = IdentityPolicy::from_json(statement(SOUND)).unwrap().to_json();
    let constant = IdentityPolicy::__constant(String::leak(json.clone()));
    let converted = IdentityPolicy::from_document(constant.document()).unwrap();
    let state = RandomState::new();
    for other in [json.clone(), json.replace(',', ",\n ")].map(|text| IdentityPolicy::from_json(text).unwrap()) {
        assert_eq!(other, constant);
        assert_eq!(constant, other);
        assert_eq!(other, converted);
        assert_eq!(state.hash_one(&other), state.hash_one(&constant));
        assert_eq!(other.to_string(), constant.to_string());
    }
    let different = IdentityPolicy::from_json(json.replace("Allow", "Deny")).unwrap();
    for policy in [&constant, &converted] {
        assert_ne!(&different, policy);
        assert_ne!(policy, &different);
    }
}

/// In large objects duplicates are found by a different method.
#[test]
fn every_member_that_stands_twice_is_found() {
    for count in [2, 10, 10_000] {
        let members = (0..count).map(|number| format!(r#""m{}": 0"#, number / 2));
        let text = format!("{{ {} }}", members.collect::<Vec<_>>().join(", "));
        let document = Document::read(&text).unwrap();
        let (_, findings) = read(&document, Kind::Identity);
        let twice = findings
            .iter()
            .filter(|finding| finding.code() == Code::DuplicateElement);
        let subjects: Vec<&str> = twice.map(Finding::subject).collect();
        let expected: Vec<String> = (0..count / 2).map(|number| format!("m{number}")).collect();
        assert_eq!(subjects, expected);
    }
}

#[test]
fn a_policy_in_its_wrapper_is_to_be_taken_out() {
    let text = r#"{ "PolicyDocument": { "Version": "2012-10-17", "Statement": [] } }"#;
    let document = Document::read(text).unwrap();
    let (_, findings) = read(&document, Kind::Identity);
    let told: Vec<String> = findings.iter().map(|finding| format!("{finding:#}")).collect();
    assert_eq!(
        told,
        [
            "the policy is inside `PolicyDocument`, which is not part of it [INVALID_POLICY_ELEMENT]\n\
             = note: AWS rejects the policy; its API and CLI return a policy inside such a member\n\
             = help: keep only the object after `\"PolicyDocument\":`"
        ]
    );
}

/// The words of an ARN have a meaning only in their fields.
#[test]
fn a_name_that_has_the_words_of_an_arn_is_a_name() {
    for (who, key) in [
        ("arn:aws:iam::111122223333:oidc-provider/example.com", "Federated"),
        ("arn:aws:iam::111122223333:role/x:oidc-provider/y", "AWS"),
        (
            "arn:aws:iam::111122223333:role/aws-service-role/ecs.amazonaws.com/y",
            "AWS",
        ),
        ("ecs.amazonaws.com", "Service"),
    ] {
        let elements = format!(r#""Effect": "Allow", "Principal": "{who}", "Action": "sts:AssumeRole""#);
        let error = format!("{:#}", TrustPolicy::from_json(statement(&elements)).unwrap_err());
        assert!(error.contains(&format!(r#"`{{ "{key}": "{who}" }}`"#)), "{error}");
    }
}

#[test]
fn policies_are_in_the_order_of_their_json() {
    let policy = |action: &str| {
        IdentityPolicy::from_json(format!(
            r#"{{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow", "Action": "{action}", "Resource": "*" }} }}"#
        ))
        .unwrap()
    };
    let (get, put) = (policy("s3:GetObject"), policy("s3:PutObject"));
    assert!(get < put && get.cmp(&get.clone()).is_eq());
}
