//! What may be another policy when it is deployed says so: it is checked, and neither evaluated nor changed by a safe fix.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod support;

use std::path::Path;

use policy_core::check::Options;
use policy_files::{Assumption, FilePolicy, Reader};
use support::folder_of;

/// A statement in HCL, as an object and as a block, with a safe fix.
const OBJECT: &str = r#"{ Effect = "Deny", Action = ["s3:Get*", "s3:GetObject"], Resource = "*" }"#;
const BLOCK: &str = r#"statement {
    effect    = "Deny"
    actions   = ["s3:Get*", "s3:GetObject"]
    resources = ["*"]
  }"#;

/// The places and the reasons of the assumptions of the only policy of a file.
fn assumptions(name: &str, text: &str) -> Vec<(String, String)> {
    let reading = support::read(name, text);
    let [policy] = reading.policies() else {
        panic!("one policy in {text}: {reading:?}")
    };
    let shown = |own: &Assumption| (text[own.place()].to_owned(), own.reason().to_owned());
    let own: Vec<_> = policy.assumptions().iter().map(shown).collect();
    let fixer = policy.fixer(text);
    let findings = policy.check(&Options::new());
    assert!(!findings.is_empty(), "{text}");
    let is_exact = own.is_empty() && policy.documents().len() == 1 && policy.holes().is_empty();
    let mut offered = findings.iter().flat_map(|finding| fixer.fixes(finding));
    assert_eq!(offered.any(|fix| fix.is_safe()), is_exact, "{text}");
    own
}

fn data(arguments: &str) -> String {
    format!("data \"aws_iam_policy_document\" \"p\" {{\n  {arguments}\n}}\n")
}

fn resource(policy: &str) -> String {
    format!("resource \"aws_iam_policy\" \"p\" {{\n  policy = {policy}\n}}\n")
}

fn one(place: &str, reason: &str) -> Vec<(String, String)> {
    vec![(place.to_owned(), reason.to_owned())]
}

#[test]
fn what_is_written_out_is_not_assumed() {
    let encoded = format!("jsonencode({{ Version = \"2012-10-17\", Statement = [{OBJECT}] }})");
    for text in [
        data(BLOCK),
        data(&format!(
            "source_policy_documents = []\n  override_json = null\n  {BLOCK}"
        )),
        resource(&encoded),
        resource(&format!("sensitive({encoded})")),
        resource(
            "<<-EOF\n {\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Action\":[\"s3:Get*\",\"s3:GetObject\"],\"Resource\":\"*\"}}\n EOF",
        ),
        resource(&format!(
            "jsonencode(merge({{ Version = \"2012-10-17\" }}, {{ Statement = concat([{OBJECT}], []) }}))"
        )),
        format!(
            "locals {{ actions = [\"s3:GetObject\"] }}\n{}",
            data(&format!(
                "{BLOCK}\n  statement {{\n    actions = local.actions\n    resources = [\"*\"]\n  }}"
            ))
        ),
    ] {
        assert_eq!(assumptions("a.tf", &text), [], "{text}");
    }
}

#[test]
fn policies_that_are_made_part_of_a_data_source_are_told() {
    for (argument, reason) in [
        (
            "source_json",
            "the statements of the policies in `source_json` are part of it and are not read here",
        ),
        (
            "source_policy_documents",
            "the statements of the policies in `source_policy_documents` are part of it and are not read here",
        ),
        (
            "override_json",
            "the policies in `override_json` replace statements of it and are not read here",
        ),
        (
            "override_policy_documents",
            "the policies in `override_policy_documents` replace statements of it and are not read here",
        ),
    ] {
        let in_json = |value: &str| {
            format!(
                r#"{{ "data": {{ "aws_iam_policy_document": {{ "p": {{ "{argument}": {value},
                "statement": {{ "effect": "Deny", "actions": ["s3:Get*", "s3:GetObject"], "resources": ["*"] }} }} }} }} }}"#
            )
        };
        for value in [
            "var.x",
            "local.x",
            "[data.aws_iam_policy_document.g.json]",
            "[for x in var.xs : x.json]",
        ] {
            let found = assumptions("a.tf", &data(&format!("{argument} = {value}\n  {BLOCK}")));
            assert_eq!(found.last(), one(argument, reason).last(), "{value}");
        }
        for value in ["\"${var.x}\"", "[\"${data.aws_iam_policy_document.g.json}\"]"] {
            assert_eq!(
                assumptions("a.tf.json", &in_json(value)),
                one(&format!("\"{argument}\""), reason),
                "{value}"
            );
        }
        assert_eq!(assumptions("a.tf.json", &in_json("[]")), []);
    }
}

#[test]
fn blocks_that_are_repeated_are_told() {
    let condition = r#"dynamic "condition" {
      for_each = var.users
      content {
        test     = "StringEquals"
        variable = "aws:username"
        values   = ["bob"]
      }
    }
  }"#;
    let reason = |name: &str| format!("`for_each` decides how many blocks `dynamic \"{name}\"` makes, if any");
    let block = format!("{}{condition}", BLOCK.trim_end_matches('}'));
    assert_eq!(assumptions("a.tf", &data(&block)), one("dynamic", &reason("condition")));
    let statement = format!(
        "dynamic \"statement\" {{\n  for_each = var.x\n  content {}\n  }}",
        BLOCK.trim_start_matches("statement")
    );
    assert_eq!(
        assumptions("a.tf", &data(&statement)),
        one("dynamic", &reason("statement"))
    );
    let in_json = r#"{ "data": { "aws_iam_policy_document": { "p": { "dynamic": { "statement": { "for_each": "${var.x}", "content": {
        "effect": "Deny", "actions": ["s3:Get*", "s3:GetObject"], "resources": ["*"] } } } } } } }"#;
    assert_eq!(
        assumptions("a.tf.json", in_json),
        one("\"statement\"", &reason("statement"))
    );
    let role = format!(
        "resource \"aws_iam_role\" \"r\" {{\n  dynamic \"inline_policy\" {{\n    for_each = var.x\n    content {{\n      policy = jsonencode({{ \
         Statement = {OBJECT} }})\n    }}\n  }}\n}}"
    );
    assert_eq!(assumptions("a.tf", &role), one("dynamic", &reason("inline_policy")));
    let each = format!("jsonencode({{ Version = \"2012-10-17\", Statement = [for own in var.x : {OBJECT}] }})");
    assert_eq!(
        assumptions("a.tf", &resource(&each)),
        one(
            &format!("[for own in var.x : {OBJECT}]"),
            "how often `for` repeats it, if at all, depends on other values"
        )
    );
}

#[test]
fn the_default_of_a_variable_is_assumed_wherever_it_is_used() {
    let reason = "the default of `var.acts` is its value only if nothing else sets the variable";
    let variable = "variable \"acts\" { default = [\"s3:Get*\"] }\n";
    for value in ["var.acts", "concat(var.acts, [\"s3:GetObject\"])", "distinct(var.acts)"] {
        let text = format!(
            "{variable}{}",
            data(&format!(
                "{BLOCK}\n  statement {{\n    actions   = {value}\n    resources = [\"*\"]\n  }}"
            ))
        );
        assert_eq!(assumptions("a.tf", &text), one("var.acts", reason), "{value}");
    }
    // The value of a text is a hole.
    let text = "variable \"act\" { default = \"s3:Get*\" }\ndata \"aws_iam_policy_document\" \"p\" {\n  statement {\n    actions = [var.act]\n    resources = [\"*\"]\n  }\n}";
    let reading = support::read("a.tf", text);
    assert_eq!(reading.policies()[0].holes(), ["var.act"]);
}

#[test]
fn what_is_assumed_of_a_local_value_is_assumed_where_it_is_used() {
    let text = format!(
        "locals {{\n  acts = [for own in var.x : \"s3:Get*\"]\n}}\n{}",
        data(
            "statement {\n    effect = \"Deny\"\n    actions = concat(local.acts, [\"s3:GetObject\"])\n    resources = [\"*\"]\n  }"
        )
    );
    assert_eq!(
        assumptions("a.tf", &text),
        one(
            "local.acts",
            "how often `for` repeats it, if at all, depends on other values"
        )
    );
}

/// Nothing is edited inside of a function that makes another text of it.
#[test]
fn a_function_around_a_policy_is_told_and_nothing_in_it_is_fixed() {
    let map = format!("{{ Version = \"2012-10-17\", Statement = [{OBJECT}] }}");
    for (function, policy) in [
        ("merge", format!("jsonencode(merge({map}, var.more))")),
        (
            "replace",
            format!("replace(jsonencode({map}), \"s3:Get*\", \"ec2:Get*\")"),
        ),
        ("try", format!("try(jsonencode({map}), null)")),
        ("jsonencode", format!("provider::x::jsonencode({map})")),
    ] {
        let text = resource(&policy);
        let reason = format!("the function `{function}` around it may make another policy of it");
        assert_eq!(assumptions("a.tf", &text), one(function, &reason), "{policy}");
        let reading = support::read("a.tf", &text);
        let policy = &reading.policies()[0];
        let (findings, fixer) = (policy.check(&Options::new()), policy.fixer(&text));
        assert_eq!(
            findings.iter().flat_map(|finding| fixer.fixes(finding)).count(),
            0,
            "{text}"
        );
    }
}

#[test]
fn a_condition_around_a_policy_is_told() {
    let text = resource(&format!(
        "var.on ? jsonencode({{ Statement = {OBJECT} }}) : data.aws_iam_policy_document.x.json"
    ));
    assert_eq!(
        assumptions("a.tf", &text),
        one("var.on", "a condition decides whether it is this policy")
    );
}

#[test]
fn white_space_that_an_interpolation_removes_is_told() {
    let text = format!(
        "locals {{ name = \"*\" }}\n{}",
        data(&format!(
            "{BLOCK}\n  statement {{\n    actions = [\"s3:Get ${{~ local.name }}\"]\n    resources = [\"*\"]\n  }}"
        ))
    );
    assert_eq!(
        assumptions("a.tf", &text),
        one(
            "${~ local.name }",
            "`~` removes white space beside it, which is not done here"
        )
    );
}

/// A configuration in JSON takes the same values for known.
#[test]
fn the_default_of_a_variable_is_assumed_in_json_too() {
    let reason = "the default of `var.acts` is its value only if nothing else sets the variable";
    let file = |actions: &str| {
        format!(
            r#"{{ "variable": {{ "acts": {{ "default": ["s3:Get*"] }} }}, "data": {{ "aws_iam_policy_document": {{ "p": {{ "statement": {{
            "effect": "Deny", "actions": "{actions}", "resources": ["*", "arn:aws:s3:::b/*"] }} }} }} }} }}"#
        )
    };
    for (actions, place) in [
        ("${var.acts}", "\"${var.acts}\""),
        ("${concat(var.acts, [])}", "var.acts"),
    ] {
        assert_eq!(
            assumptions("a.tf.json", &file(actions)),
            one(place, reason),
            "{actions}"
        );
    }
}

/// Of a text with conditions both branches are checked: that in which all hold, and that in which none does.
#[test]
fn both_branches_of_a_conditional_text_are_checked() {
    let statement = |action: &str| format!("{{\"Effect\":\"Allow\",\"Action\":\"{action}\",\"Resource\":\"*\"}}");
    let (yes, no) = (statement("s3:GetObjct"), statement("s3:PutObjct"));
    let reason = "a condition of the text decides whether this part is in it";
    let heredoc = |text: &str| {
        resource(&format!(
            "<<-EOF\n{{\"Version\":\"2012-10-17\",\"Statement\":[{text}]}}\nEOF"
        ))
    };
    let object = |text: &str| {
        resource(&format!(
            "jsonencode({{ Version = \"2012-10-17\", Statement = [{{ Effect = \"Allow\", Action = \"{text}\", Resource = \"*\" }}] }})"
        ))
    };
    for (text, wanted) in [
        (
            heredoc(&format!("%{{ if var.x }}{yes}%{{ else }}{no}%{{ endif }}")),
            vec!["s3:GetObjct", "s3:PutObjct"],
        ),
        (
            heredoc(&format!("{no}%{{ if var.x }},{yes}%{{ endif }}")),
            vec!["s3:GetObjct", "s3:PutObjct"],
        ),
        (
            object("s3:%{ if var.x }GetObjct%{ else }PutObjct%{ endif }"),
            vec!["s3:GetObjct", "s3:PutObjct"],
        ),
    ] {
        let reading = support::read("a.tf", &text);
        assert_eq!(reading.policies().len(), 1, "{text}");
        let mut subjects = Vec::new();
        for policy in reading.policies() {
            assert!(policy.assumptions().iter().all(|own| own.reason() == reason), "{text}");
            assert!(!policy.assumptions().is_empty(), "{text}");
            let (findings, fixer) = (policy.check(&Options::new()), policy.fixer(&text));
            assert_eq!(
                findings.iter().flat_map(|finding| fixer.fixes(finding)).count(),
                0,
                "{text}"
            );
            assert!(
                findings
                    .iter()
                    .all(|finding| text.get(policy.range_of(finding)).is_some()),
                "{text}"
            );
            let actions = findings
                .iter()
                .filter(|finding| finding.code().name() == "INVALID_ACTION");
            subjects.extend(actions.map(|finding| finding.subject().to_owned()));
        }
        subjects.sort();
        assert_eq!(subjects, wanted, "{text}");
    }
}

/// The texts within a text are read once.
#[test]
fn conditional_texts_within_each_other_are_read_in_time() {
    let text = (0..60).fold("a".to_owned(), |inner, _| {
        format!("%{{ if var.x }}${{\"{inner}\"}}%{{ else }}b%{{ endif }}")
    });
    let text = resource(&format!(
        "jsonencode({{ Version = \"2012-10-17\", Statement = [{{ Effect = \"Allow\", Action = \"{text}\", Resource = \"*\" }}] }})"
    ));
    let _ = policy_files::read(Path::new("a.tf"), &text);
}

/// Which branch of a directive is in a text of JSON is not known, and what it decides is a hole.
#[test]
fn directives_in_json_are_holes() {
    let text = r#"{ "data": { "aws_iam_policy_document": { "p": { "statement": { "effect": "%{ if var.on }Allow%{ else }Deny%{ endif }",
        "actions": ["%%{s3}:Get*"], "resources": ["*"] } } } } }"#;
    let reading = support::read("a.tf.json", text);
    assert_eq!(reading.policies()[0].holes(), [" if var.on ", " else ", " endif "]);
    let document = reading.policies()[0].documents()[0].to_json();
    assert!(document.contains("\"%{s3}:Get*\""), "{document}");
}

/// The files of a folder, read one by one.
fn in_folder(test: &str, files: &[(&str, &str)], name: &str) -> Vec<(String, Vec<String>)> {
    let folder = folder_of(test, files);
    let reading = Reader::new().open(&folder.join(name)).unwrap();
    let reasons = |policy: &FilePolicy| policy.assumptions().iter().map(|own| own.reason().to_owned()).collect();
    let policies = reading.policies().iter();
    policies
        .map(|policy| (policy.address().to_owned(), reasons(policy)))
        .collect()
}

#[test]
fn what_an_override_file_has_too_is_told() {
    let main = format!(
        "locals {{ acts = [\"s3:Get*\"] }}\n{}{}",
        data(BLOCK),
        resource(&format!(
            "jsonencode({{ Statement = [{}] }})",
            OBJECT.replace("[\"s3:Get*\", \"s3:GetObject\"]", "local.acts")
        ))
    );
    let in_json = format!(
        r#"{{ "resource": {{ "aws_iam_policy": {{ "p": {{ "policy": "${{jsonencode({{ Statement = [{}] }})}}" }} }} }} }}"#,
        OBJECT.replace('"', "\\\"")
    );
    let merged = |file: &str| format!("Terraform merges it with what `{file}` has of this name");
    let unread = "Terraform merges it with what `override.tf` has, which cannot be read".to_owned();
    let document = "data.aws_iam_policy_document.p";
    let policy = "aws_iam_policy.p.policy";
    for (file, text, wanted) in [
        ("other.tf", data(""), [vec![], vec![]]),
        (
            "override.tf",
            "resource \"aws_iam_policy\" \"q\" {}\n".to_owned(),
            [vec![], vec![]],
        ),
        ("override.tf", data(""), [vec![merged("override.tf")], vec![]]),
        (
            "dev_override.tofu",
            data(""),
            [vec![merged("dev_override.tofu")], vec![]],
        ),
        (
            "override.tf.json",
            r#"{ "data": { "aws_iam_policy_document": { "p": {} } } }"#.to_owned(),
            [vec![merged("override.tf.json")], vec![]],
        ),
        ("override.tf", resource("var.x"), [vec![], vec![merged("override.tf")]]),
        (
            "override.tf",
            "locals { acts = [\"s3:*\"] }\n".to_owned(),
            [vec![], vec![format!("`local.acts`: {}", merged("override.tf"))]],
        ),
        (
            "override.tf",
            "resource {".to_owned(),
            [
                vec![unread.clone()],
                vec![format!("`local.acts`: {unread}"), unread.clone()],
            ],
        ),
    ] {
        let [of_document, of_policy] = wanted;
        let read = in_folder("overrides", &[("main.tf", &main), (file, &text)], "main.tf");
        assert_eq!(
            read,
            [
                (document.to_owned(), of_document),
                (policy.to_owned(), of_policy.clone())
            ],
            "{file}: {text}"
        );
        // A local value is not used there.
        let read = in_folder(
            "overrides-json",
            &[("main.tf.json", &in_json), (file, &text)],
            "main.tf.json",
        );
        let wanted: Vec<String> = of_policy
            .into_iter()
            .filter(|reason| !reason.starts_with("`local.acts`"))
            .collect();
        assert_eq!(read, [(policy.to_owned(), wanted)], "{file}: {text}");
    }
}
