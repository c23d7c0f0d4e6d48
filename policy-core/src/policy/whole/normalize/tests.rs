#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use crate::policy::kind::{Resource, ResourceControl};
use crate::policy::{Policy, PolicyKind, ResourceControlPolicy, ResourcePolicy};

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
            r#"{"ArnLike":{"aws:sourcearn":"arn:aws:s3:::*b"},"ArnEquals":{"aws:sourcearn":"arn:aws:s3:::a*"}}"#,
        ),
        (
            r#"{ "StringLike": { "aws:TagKeys": "a*", "aws:tagkeys": "*b", "AWS:tagkeys": "*c*" } }"#,
            r#"{"StringLike":{"aws:tagkeys":"*b","Aws:tagkeys":"*c*","aWs:tagkeys":"a*"}}"#,
        ),
        // Nothing that AWS has, and still a policy.
        (
            r#"{ "ArnLike": { "1": "a", "é": "b" }, "ArnEquals": { "1": "b", "é": "a" } }"#,
            r#"{"ArnLike":{"1":"a","é":"a"},"ArnEquals":{"1":"b","é":"b"}}"#,
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

#[test]
fn a_resource_control_policy_names_every_principal_in_its_one_way() {
    let rcp = normal::<ResourceControl>(r#"{ "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*" }"#);
    assert!(rcp.text().contains(r#""Principal":"*""#));
    assert!(ResourceControlPolicy::from_json(rcp.text()).is_ok());
}
