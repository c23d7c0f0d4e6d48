//! Expressions that are all of a text of Terraform, which have the values that they have by themselves.

#![allow(clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

mod support;

use std::path::Path;

use policy_core::check::Options;
use policy_core::policy::Kind;
use policy_files::Reader;
use support::forms::{all, found, hcl, of};

/// What is written at the place of each mistake in the name of an action, in the order of the alphabet.
fn mistaken(text: &str) -> Vec<String> {
    let shown = all("a.tf", text).into_iter().flat_map(|(.., shown)| shown);
    let actions = shown.filter(|(code, _)| *code == "INVALID_ACTION");
    let mut actions: Vec<String> = actions.map(|(_, bytes)| bytes).collect();
    actions.sort();
    actions
}

const WHOLE: &str =
    r#"{ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:GetObjct", Resource = "*" }] }"#;

#[test]
fn a_policy_is_read_in_a_text() {
    let encoded = format!("jsonencode({WHOLE})");
    for value in [
        format!("\"${{{encoded}}}\""),
        format!("\"${{ {encoded} }}\""),
        format!("\"${{~ {encoded} ~}}\""),
        format!("\"${{(\"${{{encoded}}}\")}}\""),
        format!("<<POLICY\n${{{encoded}}}\nPOLICY"),
        format!("<<-POLICY\n\n    ${{{encoded}}}\n\n  POLICY"),
        format!("<<POLICY\r\n${{{encoded}}}\r\nPOLICY"),
        format!("trimspace(\"${{{encoded}}}\")"),
        format!("\"${{var.is_open ? {encoded} : \"\"}}\""),
        format!("[\"${{{encoded}}}\"]"),
        format!("jsonencode(\"${{{WHOLE}}}\")"),
        format!("\"${{jsonencode(merge({{}}, \"${{{WHOLE}}}\"))}}\""),
    ] {
        let text = format!("resource \"aws_iam_policy\" \"p\" {{\n  policy = {value}\n}}\n");
        assert_eq!(mistaken(&text), ["GetObjct"], "{text}");
        let in_no_place = format!("module \"p\" {{\n  source = \"./p\"\n  any    = {value}\n}}\n");
        assert_eq!(mistaken(&in_no_place), ["GetObjct"], "{in_no_place}");
    }
}

#[test]
fn an_element_is_the_value_of_its_text() {
    for (action, expected) in [
        ("\"${local.actions}\"", vec!["GetObjct"]),
        (
            "\"${concat(local.actions, [\"s3:PutObjct\"])}\"",
            vec!["GetObjct", "PutObjct"],
        ),
        (
            "concat(\"${local.actions}\", \"${var.more}\")",
            vec!["GetObjct", "PutObjct"],
        ),
        (
            "\"${[\"s3:GetObjct\", \"${\"s3:PutObjct\"}\"]}\"",
            vec!["GetObjct", "PutObjct"],
        ),
        ("[\"${\"s3:GetObjct\"}\"]", vec!["GetObjct"]),
        (
            "\"${var.a ? \"s3:GetObjct\" : \"s3:PutObjct\"}\"",
            vec!["GetObjct", "PutObjct"],
        ),
        ("\"${local.actions[0]}\"", vec!["GetObjct"]),
        ("\"${var.any}\"", vec![]),
        ("[\"${var.any}\", \"s3:${var.any}\"]", vec![]),
    ] {
        assert_eq!(mistaken(&hcl(action, "\"*\"")), expected, "{action}");
        let document = format!(
            "data \"aws_iam_policy_document\" \"d\" {{\n  statement {{\n    actions   = {action}\n    resources = [\"*\"]\n  }}\n}}\nlocals {{\n  actions = \"${{[\"s3:GetObjct\"]}}\"\n}}\nvariable \"more\" {{\n  default = [\"s3:PutObjct\"]\n}}\n"
        );
        assert_eq!(mistaken(&document), expected, "{document}");
    }
    for statement in [
        "\"${[STATEMENT]}\"",
        "[\"${STATEMENT}\"]",
        "\"${concat([STATEMENT], [])}\"",
    ] {
        let own = r#"{ Effect = "Allow", Action = "s3:GetObjct", Resource = "*" }"#;
        let statement = statement.replace("STATEMENT", own);
        let text = format!(
            "resource \"aws_iam_policy\" \"p\" {{\n  policy = jsonencode({{ Version = \"2012-10-17\", Statement = {statement} }})\n}}\n"
        );
        assert_eq!(mistaken(&text), ["GetObjct"], "{text}");
    }
}

#[test]
fn a_reference_in_a_text_has_its_type() {
    for value in ["\"${aws_s3_bucket.b.arn}\"", "[\"${aws_s3_bucket.b.arn}\"]"] {
        let bytes = value.trim_matches(['[', ']']);
        let findings = of("a.tf", &hcl("\"s3:GetObject\"", value));
        assert_eq!(findings, found("RESOURCE_FITS_NO_ACTION", bytes), "{value}");
    }
}

#[test]
fn a_document_has_the_kind_of_the_heredoc_that_it_is_in() {
    let text = r#"data "aws_iam_policy_document" "d" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}
resource "aws_iam_role" "r" {
  assume_role_policy = <<POLICY
${data.aws_iam_policy_document.d.json}
POLICY
}
"#;
    let kinds: Vec<Kind> = all("a.tf", text).into_iter().map(|(_, kind, _)| kind).collect();
    assert_eq!(kinds, [Kind::Trust]);
}

#[test]
fn a_fix_is_written_within_the_text() {
    for (action, fixed) in [
        ("\"${\"s3:GetObjct\"}\"", "\"${\"s3:GetObject\"}\""),
        ("\"${[\"s3:GetObjct\"]}\"", "\"${[\"s3:GetObject\"]}\""),
        ("[\"s3:Get*\", \"${\"s3:GetObject\"}\"]", "[\"s3:Get*\"]"),
        ("\"${[\"s3:Get*\", \"s3:GetObject\"]}\"", "\"${[\"s3:Get*\"]}\""),
    ] {
        for policy in [
            "jsonencode(POLICY)",
            "\"${jsonencode(POLICY)}\"",
            "<<P\n${jsonencode(POLICY)}\nP",
        ] {
            let whole = |action: &str| {
                let policy = policy.replace("POLICY", &WHOLE.replace("\"s3:GetObjct\"", action));
                format!("resource \"aws_iam_policy\" \"p\" {{\n  policy = {policy}\n}}\n")
            };
            let (path, text, mut reader) = (Path::new("a.tf"), whole(action), Reader::new());
            let policies = support::read("a.tf", &text).into_policies();
            let findings = policies[0].check(&Options::new());
            let fixes: Vec<_> = findings
                .iter()
                .filter_map(|finding| finding.fixes().first())
                .map(|fix| (&policies[0], fix))
                .collect();
            assert_eq!(reader.fix(path, &text, &fixes), Some((whole(fixed), 1)), "{text}");
        }
    }
}

#[test]
fn a_file_whose_name_tells_no_language_is_named() {
    for (value, count) in [
        (
            "templatefile(\"${path.module}/templates/a.policy\", { arn = file(\"b.policy\") })",
            1,
        ),
        ("file(\"a\")", 1),
        ("\"${file(\"${var.name}.policy\")}\"", 1),
        ("<<P\n${replace(file(\"a.txt\"), \"x\", var.x)}\nP", 1),
        ("file(\"a.json\")", 0),
        ("file(\"${var.name}.json\")", 0),
        ("templatefile(\"${path.module}/a.tftpl\", {})", 0),
        ("templatefile(\"${path.module}/${var.name}.tpl\", {})", 0),
        ("file(var.path)", 0),
        ("file(\"${path.module}/${var.path}\")", 0),
    ] {
        for (property, count) in [("policy", count), ("description", 0)] {
            let text = format!("resource \"aws_iam_policy\" \"p\" {{\n  {property} = {value}\n}}\n");
            let reading = support::read("a.tf", &text);
            assert_eq!((reading.skipped().len(), reading.unread().len()), (count, 0), "{text}");
        }
    }
}

#[test]
fn a_template_in_a_text_is_not_passed_over() {
    let policy = r#"{ "PolicyDocument": { "Statement": [] } }"#;
    for (body, count) in [
        (
            "Resources:\n  R:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument: {}".to_owned(),
            1,
        ),
        (
            format!(r#"{{ "Resources": {{ "R": {{ "Type": "AWS::IAM::ManagedPolicy", "Properties": {policy} }} }} }}"#),
            1,
        ),
        ("Resources:\n  T:\n    Type: AWS::SNS::Topic".to_owned(), 0),
        ("PolicyDocument: a text about AWS::IAM::Policy".to_owned(), 0),
    ] {
        let text =
            format!("resource \"aws_cloudformation_stack\" \"s\" {{\n  template_body = <<EOF\n{body}\nEOF\n}}\n");
        let reading = support::read("a.tf", &text);
        let skipped = reading.skipped();
        assert_eq!((skipped.len(), reading.unread().len()), (count, 0), "{text}");
        for skipped in skipped {
            assert_eq!(skipped.address(), "aws_cloudformation_stack.s.template_body");
            assert_eq!(
                text.get(skipped.place().start..),
                text.find(body.as_str()).and_then(|at| text.get(at..))
            );
        }
    }
}
