#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use crate::evaluate::{Authorizer, Caller, Outcome, Request};
use crate::policy::kind::{Resource, ResourceControl};
use crate::policy::{IdentityPolicy, Policy, PolicyKind, ResourceControlPolicy, ResourcePolicy};

/// The normal form of a policy with these statements.
fn normal<K: PolicyKind>(statements: &str) -> Policy<K> {
    let text = format!(r#"{{ "Version": "2012-10-17", "Statement": {statements} }}"#);
    Policy::from_json(text).unwrap().normalize()
}

#[test]
fn equivalent_spellings_have_one_normal_form() {
    let forms: [&[&str]; 3] = [
        &[
            r#"{ "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*" }"#,
            r#"[{ "Sid": "A", "Resource": ["*"], "Principal": { "AWS": ["*"] }, "Action": ["S3:getobject"], "Effect": "Allow" }]"#,
        ],
        &[
            r#"{ "Effect": "Deny", "NotPrincipal": { "AWS": "111122223333" }, "NotAction": ["sqs:*", "s3:*"], "Resource": "*" }"#,
            r#"{ "Effect": "Deny", "NotPrincipal": { "AWS": ["arn:aws:iam::111122223333:root", "111122223333"] },
                 "NotAction": ["S3:*", "SQS:*", "s3:*"], "Resource": "*" }"#,
        ],
        &[
            r#"{ "Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*",
                 "Condition": { "ArnLike": { "aws:SourceArn": "arn:aws:s3:::b" }, "Bool": { "aws:SecureTransport": true } } }"#,
            r#"{ "Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*",
                 "Condition": { "Bool": { "AWS:SecureTransport": ["true"] }, "ArnEquals": { "aws:sourceArn": ["arn:aws:s3:::b"] } } }"#,
        ],
    ];
    for spellings in forms {
        let normal: Vec<ResourcePolicy> = spellings.iter().map(|statement| normal(statement)).collect();
        for form in &normal {
            assert_eq!(Some(form), normal.first());
            assert_eq!(form.normalize().text(), form.text());
        }
    }
}

#[test]
fn conditions_that_must_all_be_met_stay_several() {
    let of = |condition: &str| {
        normal::<Resource>(&format!(
            r#"{{ "Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {condition} }}"#
        ))
    };
    let cases = [
        (
            r#"{ "ArnEquals": { "aws:SourceArn": "arn:aws:s3:::a*" }, "ArnLike": { "aws:SourceArn": "arn:aws:s3:::*b" } }"#,
            r#"{"ArnEquals":{"aws:sourcearn":"arn:aws:s3:::a*"},"ArnLike":{"aws:sourcearn":"arn:aws:s3:::*b"}}"#,
        ),
        (
            r#"{ "StringLike": { "aws:TagKeys": "a*", "aws:tagkeys": "*b", "AWS:tagkeys": "*c*" } }"#,
            r#"{"StringLike":{"aws:tagkeys":"*b","Aws:tagkeys":"*c*","aWs:tagkeys":"a*"}}"#,
        ),
        // It is not documented that those of one operator must all be met, so they stay in one.
        (
            r#"{ "ArnLike": { "aws:SourceArn": "arn:aws:sns:*:*:t", "AWS:SOURCEARN": "*" } }"#,
            r#"{"ArnLike":{"aws:sourcearn":"*","Aws:sourcearn":"arn:aws:sns:*:*:t"}}"#,
        ),
        (
            r#"{ "ArnNotEquals": { "aws:SourceArn": "b", "AWS:SOURCEARN": "a" }, "ArnNotLike": { "aws:sourceArn": "a" } }"#,
            r#"{"ArnNotEquals":{"aws:sourcearn":"a","Aws:sourcearn":"b"},"ArnNotLike":{"aws:sourcearn":"a"}}"#,
        ),
        (
            r#"{ "ForAnyValue:ArnEqualsIfExists": { "aws:SourceArn": "a", "AWS:SourceArn": "b" },
                 "ForAnyValue:ArnLikeIfExists": { "aws:SourceArn": "b", "AWS:SourceArn": "a" } }"#,
            r#"{"ForAnyValue:ArnLikeIfExists":{"aws:sourcearn":"a","Aws:sourcearn":"b"}}"#,
        ),
        // Nothing that AWS has, and still a policy.
        (
            r#"{ "ArnLike": { "1": "a", "é": "b" }, "ArnEquals": { "1": "b", "é": "a" } }"#,
            r#"{"ArnEquals":{"1":"b","é":"b"},"ArnLike":{"1":"a","é":"a"}}"#,
        ),
    ];
    for (condition, expected) in cases {
        let normal = of(condition);
        let statement = normal.statements().next().unwrap();
        assert_eq!(statement.node().member("Condition").unwrap().to_json(), expected);
        assert_eq!(of(expected), normal);
        assert_eq!(ResourcePolicy::from_json(normal.text()).as_ref(), Ok(&normal));
    }
    let either = of(r#"{ "ArnLike": { "aws:SourceArn": ["arn:aws:s3:::a*", "arn:aws:s3:::*b"] } }"#);
    assert!(!either.is_equivalent(&of(cases[0].0)));
}

/// The evaluator denies in doubt: where a `Deny` has two lists of values for one key, as long as one of them matches.
#[test]
fn a_deny_whose_key_is_in_two_cases_still_denies() {
    for (operator, values) in [
        ("ArnLike", ["arn:aws:sns:*:*:t", "*"]),
        ("ArnEquals", ["arn:aws:sns:*:*:t", "*"]),
        ("ArnNotLike", ["arn:aws:sns:*:*:u", "arn:aws:sns:*:*:x"]),
        ("ArnNotEquals", ["arn:aws:sns:*:*:u", "arn:aws:sns:*:*:x"]),
        ("StringLike", ["*:t", "*"]),
    ] {
        let [one, other] = values;
        let text = format!(
            r#"{{ "Version": "2012-10-17", "Statement": [{{ "Effect": "Allow", "Action": "*", "Resource": "*" }},
                {{ "Effect": "Deny", "Action": "s3:GetObject", "Resource": "*",
                   "Condition": {{ "{operator}": {{ "aws:SourceArn": "{one}", "AWS:SOURCEARN": "{other}" }} }} }}] }}"#
        );
        let policy = IdentityPolicy::from_json(text).unwrap();
        let caller = Caller::from_arn("arn:aws:iam::111122223333:user/ann").unwrap();
        let request = Request::unchecked(caller, "s3:GetObject", "arn:aws:s3:::b/x")
            .with_unchecked("aws:SourceArn", "arn:aws:sns:eu-west-1:111122223333:u");
        for policy in [policy.clone(), policy.normalize(), policy.minify()] {
            let authorizer = Authorizer::builder().identity(&policy).build();
            assert_eq!(
                authorizer.ask(&request).outcome(),
                Outcome::ExplicitlyDenied,
                "{policy}"
            );
        }
    }
}

/// An account ID is the root of the account in the partition `aws`; roots of two partitions are two principals.
#[test]
fn roots_of_two_partitions_are_two_principals() {
    let of = |principal: &str| {
        normal::<Resource>(&format!(
            r#"{{ "Effect": "Deny", "NotPrincipal": {{ "AWS": [{principal}] }}, "Action": "s3:*", "Resource": "*" }}"#
        ))
    };
    let [id, aws, cn, gov] = [
        "\"111122223333\"",
        "\"arn:aws:iam::111122223333:root\"",
        "\"arn:aws-cn:iam::111122223333:root\"",
        "\"arn:aws-us-gov:iam::111122223333:root\"",
    ]
    .map(of);
    assert_eq!(id, aws);
    for (one, other) in [(&id, &cn), (&aws, &cn), (&aws, &gov), (&cn, &gov)] {
        assert!(!one.is_equivalent(other) && one != other, "{one} {other}");
    }
    for (policy, root) in [(&cn, "arn:aws-cn"), (&gov, "arn:aws-us-gov")] {
        assert!(policy.minify().text().contains(root), "{policy}");
        let caller = Caller::from_arn("arn:aws:iam::111122223333:root").unwrap();
        let request = Request::unchecked(caller, "s3:GetObject", "arn:aws:s3:::b/x");
        for policy in [policy.clone(), policy.minify()] {
            let authorizer = Authorizer::builder().resource(&policy).build();
            assert_eq!(
                authorizer.ask(&request).outcome(),
                Outcome::ExplicitlyDenied,
                "{policy}"
            );
        }
    }
}

#[test]
fn a_resource_control_policy_names_every_principal_in_its_one_way() {
    let rcp = normal::<ResourceControl>(r#"{ "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*" }"#);
    assert!(rcp.text().contains(r#""Principal":"*""#));
    assert!(ResourceControlPolicy::from_json(rcp.text()).is_ok());
}
