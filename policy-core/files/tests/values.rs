//! Values of holes that may make another policy than one with the value in it are told.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod support;

use support::around::{POLICY, template};

/// What is assumed of the only policy of a file with this value of all its holes.
fn with(name: &str, text: &str, value: &str) -> Vec<String> {
    let reading = support::read(name, text);
    let [policy] = reading.policies() else {
        panic!("one policy in {text}")
    };
    let holes = policy.holes();
    assert!(
        !holes.is_empty() && policy.assumptions().is_empty(),
        "{text}: {:?}",
        policy.assumptions()
    );
    let values = holes.into_iter().map(|name| (name, value.to_owned())).collect();
    let policy = policy.clone().with_values(&values);
    assert!(policy.holes().is_empty(), "{text}");
    policy.assumptions().iter().map(|own| own.reason().to_owned()).collect()
}

#[test]
fn values_that_are_put_into_text_which_is_read_afterwards_are_told() {
    let resource = |value: &str| POLICY.replace("\"*\"", value);
    let (inside, bare) = (resource(r#"["${x}"]"#), resource("${x}"));
    let escaped = |text: &str| text.replace('"', "\\\"");
    let ended = |special: &str| {
        vec![format!(
            "the value of `x` has `{special}`, and is put into a text that is read as JSON afterwards: a string may end there"
        )]
    };
    let own = "`x` is a value of its own in the text of JSON, and its value is put there as a string: write that text with the value";
    let terraform = |policy: &str| format!("resource \"aws_iam_policy\" \"p\" {{\n  policy = {policy}\n}}\n");
    let in_json =
        |properties: &str| format!(r#"{{"resource":{{"aws_iam_policy":{{"p":{{"policy":{properties}}}}}}}}}"#);
    let sub = |policy: &str| template("", "", "").replace(POLICY, &format!(r#"{{"Fn::Sub":"{}"}}"#, escaped(policy)));
    let plain = ["arn:aws:s3:::b", "arn:aws:s3:::b/*", "a b", "ü", "${aws:username}"];
    let specials = [
        (r#"arn:aws:s3:::x","*"#, "\""),
        (r"\u0061", "\\"),
        ("a\nb", "\\n"),
        ("a\u{1}", "\\u{1}"),
    ];
    for (name, text) in [
        ("a.tf", terraform(&format!("<<EOT\n{inside}\nEOT"))),
        ("a.tf", terraform(&format!("\"{}\"", escaped(&inside)))),
        ("a.tf.json", in_json(&format!("\"{}\"", escaped(&inside)))),
        ("a.json.tftpl", inside.clone()),
        ("a.json.tftpl", format!(r#"{{"A":{inside}}}"#)),
        ("t.json", sub(&inside)),
        ("t.yaml", sub(&inside)),
    ] {
        for value in plain {
            assert_eq!(with(name, &text, value), Vec::<String>::new(), "{value} {text}");
        }
        for (value, special) in specials {
            assert_eq!(with(name, &text, value), ended(special), "{value} {text}");
        }
    }
    for (name, text) in [
        ("a.tf", terraform(&format!("<<EOT\n{bare}\nEOT"))),
        ("a.json.tftpl", bare.clone()),
        ("a.json", bare),
        ("t.json", sub(&resource("${x}"))),
    ] {
        for value in [plain[0], specials[0].0] {
            assert_eq!(with(name, &text, value), [own], "{text}");
        }
    }
    // What is encoded with its value.
    let encoded = terraform(&format!("jsonencode({})", resource("x.y").replace("\":", "\"=")));
    let referred = template("", "", "").replace("\"*\"", r#"{"Ref":"X"}"#);
    for (name, text) in [
        ("a.tf", encoded),
        ("t.json", referred.clone()),
        ("t.yaml", referred.clone()),
    ] {
        for value in plain.into_iter().chain(specials.map(|(value, _)| value)) {
            assert_eq!(with(name, &text, value), Vec::<String>::new(), "{value} {text}");
        }
    }
    assert_eq!(
        with("t.json", &referred, "{{resolve:ssm:x}}"),
        ["`{{resolve:` is there with the value of `X`, and CloudFormation resolves it when it is deployed"]
    );
}

#[test]
fn values_that_are_read_as_yaml_or_by_a_data_source_are_told() {
    let yaml = "Version: '2012-10-17'\nStatement:\n  - Effect: Deny\n    Action: s3:GetObject\n    Resource: ${x}\n";
    let reason = "the value of `x` is put into a text that is read as YAML afterwards, which may read something else than the value";
    for value in ["arn:aws:s3:::b/*", "a", "true", "12"] {
        assert_eq!(with("a.yaml.tftpl", yaml, value), Vec::<String>::new(), "{value}");
    }
    for value in [
        "a: b", "a #b", "[a", "*", "*a", "yes", "010", "null", "", "a:", "a\n", "\"", "- a", "!a", "ü",
    ] {
        assert_eq!(with("a.yaml.tftpl", yaml, value), [reason], "{value}");
    }
    // Together with what is beside it.
    assert_eq!(with("a.yaml.tftpl", &yaml.replace("${x}", "0${x}"), "12"), [reason]);
    let data = |resource: &str| {
        format!(
            "data \"aws_iam_policy_document\" \"p\" {{\n  statement {{\n    effect = \"Deny\"\n    actions = [\"s3:GetObject\"]\n    resources = [\"{resource}\"]\n  }}\n}}\n"
        )
    };
    let variable = "`aws_iam_policy_document` makes `${` of `&{`, which is there with the value of `var.x`";
    let in_json = r#"{"data":{"aws_iam_policy_document":{"p":{"statement":{"effect":"Deny","actions":["s3:GetObject"],"resources":["${var.x}"]}}}}}"#;
    assert_eq!(with("a.tf", &data("${var.x}/*"), r#"a"b"#), Vec::<String>::new());
    assert_eq!(with("a.tf", &data("${var.x}/*"), "a&{aws:username}"), [variable]);
    assert_eq!(with("a.tf", &data("${var.x}{aws:username}"), "a&"), [variable]);
    assert_eq!(with("a.tf.json", in_json, "a&{aws:username}"), [variable]);
}
