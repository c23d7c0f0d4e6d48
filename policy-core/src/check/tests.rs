use proptest::prelude::*;

use super::expect::read;
use super::{Options, check};
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
        for kind in Kind::ALL {
            for finding in &check(&document, kind, &Options::new()) {
                prop_assert!(document.path_to(finding.place()).is_some());
                prop_assert!(!finding.what().is_empty());
                if let Some(part) = finding.part_of_string() {
                    let text = super::expect::text_at(&document, finding.place());
                    prop_assert!(text.is_some_and(|text| text.get(part.clone()).is_some()), "{part:?} of {text:?}");
                }
            }
        }
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
