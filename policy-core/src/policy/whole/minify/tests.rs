#![allow(clippy::unwrap_used, reason = "a test may panic")]

use crate::finding::{Finding, Severity};
use crate::policy::{IdentityPolicy, Version};

#[test]
fn what_others_cover_is_left_out_and_what_agrees_is_joined() {
    let cases = [
        // Statements that differ in one list.
        (
            r#"[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::a/*"},
                {"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"},
                {"Effect":"Allow","Action":"s3:PutObject","Resource":["arn:aws:s3:::b/*","arn:aws:s3:::a/*"]}]"#,
            r#"{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":["arn:aws:s3:::a/*","arn:aws:s3:::b/*"]}"#,
        ),
        // In both, or in the effect, or a condition: not.
        (
            r#"[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::a/*"},
                {"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::b/*"}]"#,
            r#"[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::a/*"},{"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::b/*"}]"#,
        ),
        (
            r#"[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"},{"Effect":"Deny","Action":"s3:PutObject","Resource":"*"}]"#,
            r#"[{"Effect":"Deny","Action":"s3:PutObject","Resource":"*"},{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]"#,
        ),
        // A whole statement, and elements of one; a variable may be anything.
        (
            r#"[{"Effect":"Allow","Action":["s3:Get*","s3:GetObject"],"Resource":["arn:aws:s3:::*","arn:aws:s3:::a/*","arn:aws:s3:::${aws:username}/*"]},
                {"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::c"}]"#,
            r#"{"Effect":"Allow","Action":"s3:get*","Resource":["arn:aws:s3:::${aws:username}/*","arn:aws:s3:::*"]}"#,
        ),
        // Negated lists are not those of the statement: two are not one.
        (
            r#"[{"Effect":"Deny","NotAction":"s3:*","Resource":"*"},{"Effect":"Deny","NotAction":"sqs:*","Resource":"*"}]"#,
            r#"[{"Effect":"Deny","NotAction":"s3:*","Resource":"*"},{"Effect":"Deny","NotAction":"sqs:*","Resource":"*"}]"#,
        ),
        (
            r#"{"Sid":"A","Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"},"NumericLessThan":{"s3:max-keys":["07","10"]}}}"#,
            r#"{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:securetransport":false},"NumericLessThan":{"s3:max-keys":["07",10]}}}"#,
        ),
    ];
    for (statements, expected) in cases {
        assert_minified(statements, expected);
    }
}

/// Of those that cover each other the shortest stays, and of those of one length the first.
#[test]
fn one_of_those_that_cover_each_other_stays() {
    let cases = [
        (r#"["s3:*","s3:**"]"#, r#""*""#, r#""Action":"s3:*","Resource":"*""#),
        (
            r#"["s3:Get**","s3:Get*"]"#,
            r#""*""#,
            r#""Action":"s3:get*","Resource":"*""#,
        ),
        (
            r#"["s3:Get*?","s3:Get?*"]"#,
            r#""*""#,
            r#""Action":"s3:get*?","Resource":"*""#,
        ),
        (
            r#"["s3:Get*?","s3:GetObject","s3:Get?*","s3:Get*?*"]"#,
            r#""*""#,
            r#""Action":"s3:get*?","Resource":"*""#,
        ),
        (
            r#""s3:*""#,
            r#"["arn:aws:s3:::a/*","arn:aws:s3:::a/**"]"#,
            r#""Action":"s3:*","Resource":"arn:aws:s3:::a/*""#,
        ),
        (
            r#""s3:*""#,
            r#"["arn:aws:s3:::e/?*","arn:aws:s3:::e/*?","arn:aws:s3:::e/x"]"#,
            r#""Action":"s3:*","Resource":"arn:aws:s3:::e/*?""#,
        ),
        (
            r#""sqs:*""#,
            r#"["arn:aws:sqs:*:**:q","arn:aws:sqs:**:*:q"]"#,
            r#""Action":"sqs:*","Resource":"arn:aws:sqs:**:*:q""#,
        ),
    ];
    for (actions, resources, expected) in cases {
        for (action, resource) in [
            ("Action", "Resource"),
            ("NotAction", "Resource"),
            ("Action", "NotResource"),
        ] {
            for effect in ["Allow", "Deny"] {
                let statement = format!(r#"{{"Effect":"{effect}","{action}":{actions},"{resource}":{resources}}}"#);
                let expected = expected.replace("Action", action).replace("Resource", resource);
                assert_minified(&statement, &format!(r#"{{"Effect":"{effect}",{expected}}}"#));
            }
        }
    }
    let across = r#"[{"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::a/*"},
        {"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::a/**"},
        {"Effect":"Deny","Action":"s3:**","Resource":"arn:aws:s3:::a/**"}]"#;
    assert_minified(
        across,
        r#"{"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::a/*"}"#,
    );
    // Two statements that cover each other, and are not joined.
    let statements = r#"[{"Effect":"Deny","Action":["s3:*","sqs:*?"],"Resource":"arn:aws:s3:::a/*?"},
        {"Effect":"Deny","Action":["s3:**","sqs:?*"],"Resource":"arn:aws:s3:::a/?*"}]"#;
    assert_minified(
        statements,
        r#"{"Effect":"Deny","Action":["s3:*","sqs:*?"],"Resource":"arn:aws:s3:::a/*?"}"#,
    );
}

#[test]
fn a_statement_that_is_there_twice_stays_once() {
    for elements in [
        r#""NotAction":"s3:*","Resource":"*""#,
        r#""Action":"s3:*","NotResource":"arn:aws:s3:::a/*""#,
        r#""Action":"s3:*","Resource":"exports/*""#,
        r#""Action":"s3:*","Resource":"arn:aws:s3:::a/${aws:username}""#,
    ] {
        let statement = format!(r#"{{"Effect":"Deny",{elements}}}"#);
        assert_minified(&format!("[{statement},{statement}]"), &statement);
    }
}

fn assert_minified(statements: &str, expected: &str) {
    let policy = |statement: &str| format!(r#"{{"Version":"2012-10-17","Statement":{statement}}}"#);
    let minified = IdentityPolicy::from_json(policy(statements)).unwrap().minify();
    assert_eq!(minified.text(), policy(expected));
    assert_eq!(minified.minify(), minified);
}

/// AWS stores no policy with one of these, so that another statement with it, or this one without it, would grant more or less.
#[test]
fn what_has_not_the_form_of_an_action_or_a_resource_stays_in_its_statement() {
    for (actions, resources) in [
        (r#"["s3:GetObject","s3:Get*"," s3:GetObject"]"#, r#""*""#),
        (r#"["*","s3GetObject"]"#, r#""*""#),
        (r#"["*","s3:s3:GetObject"]"#, r#""*""#),
        (r#"["*","s*:GetObject"]"#, r#""*""#),
        (r#"["s3:*","s3:Get Object"]"#, r#""*""#),
        (r#"["s3:*",":GetObject","s3:"]"#, r#""*""#),
        (r#""s3:GetObject""#, r#"["exports/*","*"]"#),
    ] {
        let text = format!(
            r#"{{"Version":"2012-10-17","Statement":[
                {{"Effect":"Allow","Action":{actions},"Resource":{resources}}},
                {{"Effect":"Allow","Action":"s3:PutObject","Resource":"*"}},
                {{"Effect":"Allow","Action":"*","Resource":"*"}}]}}"#
        );
        let policy = IdentityPolicy::from_json(text).unwrap();
        let minified = policy.minify();
        let codes = |policy: &IdentityPolicy| {
            let errors = policy.check();
            let mut errors: Vec<_> = errors.of_severity(Severity::Error).map(Finding::code).collect();
            errors.sort();
            errors
        };
        assert!(
            !codes(&policy).is_empty() && codes(&policy) == codes(&minified),
            "{minified}"
        );
        assert_eq!(minified.statements().len(), 2, "{minified}");
        assert_eq!(minified.minify(), minified);
    }
}

/// AWS takes `*:*` for `*`.
#[test]
fn all_actions_are_all_actions_in_either_form() {
    let of = |actions: &str| {
        let text =
            format!(r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Deny","Action":{actions},"Resource":"*"}}}}"#);
        IdentityPolicy::from_json(text).unwrap()
    };
    let star = of(r#""*""#);
    for actions in [r#""*:*""#, r#"["*","*:*"]"#, r#"["*:*","s3:GetObject","**"]"#] {
        let either = of(actions);
        assert!(either.check().of_severity(Severity::Error).next().is_none(), "{either}");
        assert!(either.is_equivalent(&star) || actions.contains("s3"), "{either}");
        assert_eq!(either.minify(), star);
        assert_eq!(
            either
                .shrink_actions(crate::policy::Wildcards::AtTheEnd)
                .statements()
                .len(),
            1
        );
        assert_eq!(either.expand_actions(), star.expand_actions());
    }
    let malformed = of(r#""s*:*""#);
    assert!(!malformed.is_equivalent(&star) && malformed.expand_actions() == malformed);
}

#[test]
fn the_older_version_needs_no_mention_and_the_current_one_does() {
    let minified = |version: &str| {
        let text = format!(r#"{{{version}"Statement":{{"Effect":"Deny","Action":"*","Resource":"*"}}}}"#);
        IdentityPolicy::from_json(text).unwrap().minify()
    };
    let older = minified(r#""Version":"2008-10-17","#);
    assert_eq!((older.clone(), older.version()), (minified(""), Version::V2008));
    assert_eq!(minified(r#""Version":"2012-10-17","#).version(), Version::V2012);
}
