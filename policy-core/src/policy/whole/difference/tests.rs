#![allow(clippy::unwrap_used, reason = "a test may panic")]

use crate::policy::{IdentityPolicy, TrustPolicy, Version};

fn trust(elements: &str) -> TrustPolicy {
    TrustPolicy::from_json(format!(
        r#"{{ "Version": "2012-10-17", "Statement": {{ {elements} }} }}"#
    ))
    .unwrap()
}

#[test]
fn meaning_is_compared_without_regard_to_form() {
    let base = trust(
        r#""Effect": "Allow", "Principal": { "AWS": ["arn:aws:iam::111122223333:root", "444455556666"] }, "Action": "sts:AssumeRole",
           "Condition": { "ArnEquals": { "aws:SourceArn": "a" }, "Bool": { "aws:MultiFactorAuthPresent": true } }"#,
    );
    let same = trust(
        r#""Sid": "X", "Condition": { "Bool": { "aws:multifactorauthpresent": ["true"] }, "ArnLike": { "aws:SourceArn": ["a"] } },
           "Action": ["STS:AssumeRole"], "Principal": { "AWS": ["arn:aws:iam::444455556666:root", "111122223333"] }, "Effect": "Allow""#,
    );
    assert!(base.is_equivalent(&same));
    for other in [
        r#""Effect": "Deny", "Principal": { "AWS": ["111122223333", "444455556666"] }, "Action": "sts:AssumeRole",
           "Condition": { "ArnLike": { "aws:SourceArn": "a" }, "Bool": { "aws:MultiFactorAuthPresent": true } }"#,
        r#""Effect": "Allow", "Principal": { "AWS": ["111122223333", "444455556666"] }, "Action": "sts:AssumeRole",
           "Condition": { "ArnNotLike": { "aws:SourceArn": "a" }, "Bool": { "aws:MultiFactorAuthPresent": true } }"#,
        r#""Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "sts:AssumeRole",
           "Condition": { "ArnLike": { "aws:SourceArn": "a" }, "Bool": { "aws:MultiFactorAuthPresent": true } }"#,
        r#""Effect": "Allow", "Principal": { "AWS": ["111122223333", "444455556666"] }, "Action": "sts:AssumeRole""#,
    ] {
        assert!(!base.is_equivalent(&trust(other)), "{other}");
    }
}

#[test]
fn a_difference_names_what_only_one_policy_says() {
    let policy = |version: &str, sids: &[&str]| {
        let statements = sids
            .iter()
            .map(|sid| format!(r#"{{"Sid":"{sid}","Effect":"Allow","Action":"s3:Get{sid}","Resource":"*"}}"#));
        let statements = statements.collect::<Vec<String>>().join(",");
        IdentityPolicy::from_json(format!(r#"{{"Version":"{version}","Statement":[{statements}]}}"#)).unwrap()
    };
    let ours = policy("2012-10-17", &["A", "B", "B", "C"]);
    assert_eq!(ours.difference(&policy("2012-10-17", &["C", "A", "B"])).to_string(), "");
    let difference = ours.difference(&policy("2008-10-17", &["D", "A", "C", "D"]));
    assert_eq!(difference.versions(), Some((Version::V2012, Version::V2008)));
    assert_eq!(
        difference.to_string(),
        concat!(
            "- \"Version\": \"2012-10-17\"\n+ \"Version\": \"2008-10-17\"\n",
            "- {\"Sid\":\"B\",\"Effect\":\"Allow\",\"Action\":\"s3:GetB\",\"Resource\":\"*\"}\n",
            "+ {\"Sid\":\"D\",\"Effect\":\"Allow\",\"Action\":\"s3:GetD\",\"Resource\":\"*\"}\n",
        ),
    );
}

/// The words of an ARN have a meaning only in their fields.
#[test]
fn a_name_that_has_the_words_of_an_arn_is_another_principal() {
    let policy = |who: &str| {
        let elements = format!(r#""Effect": "Allow", "Principal": {{ "AWS": "{who}" }}, "Action": "sts:AssumeRole""#);
        trust(&elements)
    };
    let account = policy("111122223333");
    assert!(account.is_equivalent(&policy("arn:aws:iam::111122223333:root")));
    for other in [
        "arn:aws:sts::444455556666:x:iam::111122223333:root",
        "arn:aws:iam:eu-west-1:111122223333:root",
        "arn:aws:iam::444455556666:user/x:iam::111122223333:root",
    ] {
        assert!(!account.is_equivalent(&policy(other)), "{other}");
    }
}
