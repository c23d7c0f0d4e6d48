//! What references of a configuration of Terraform lead to: the parts of a value, in each argument, across files.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod support;

use policy_files::Reader;
use support::forms::{found, hcl, of};

const PARTS: &str = r#"
locals {
  list   = ["s3:GetObject", "s3:PutObjct"]
  arns   = { a = "arn:aws:s3:::a/*", "b" = "arn:aws:sqs:eu-west-1:111122223333:q", (var.k) = "x", c = "arn:aws:s3:::c/*" }
  nested = { read = ["s3:GetObjct"], write = ["s3:PutObject"], of = [["s3:GetObject"], ["s3:DeleteObjct"]] }
  sorted = sort(["s3:PutObject", "s3:GetObjct"])
  both   = concat(var.x, ["s3:GetObjct"])
  inside = { all = distinct(["s3:GetObjct"]), one = ["s3:PutObjct"] }
  each   = [for a in var.actions : "s3:GetObjct"]
}
variable "v" {
  default = ["s3:GetObject", "s3:PutObjct"]
}
variable "m" {
  default = { a = "s3:GetObjct" }
}
"#;

/// A part that is written out is what it is, and of any other nothing is known.
#[test]
fn a_part_of_a_value_is_what_it_leads_to() {
    for (action, misspelt) in [
        ("local.list[0]", None),
        ("local.list[1]", Some("PutObjct")),
        ("local.list.1", Some("PutObjct")),
        ("[local.list[1], \"s3:GetObject\"]", Some("PutObjct")),
        ("concat([\"s3:GetObject\"], [local.list[1]])", Some("PutObjct")),
        (
            "concat(local.nested[\"write\"], local.nested[\"read\"])",
            Some("GetObjct"),
        ),
        ("local.nested[\"read\"]", Some("GetObjct")),
        ("local.nested.read", Some("GetObjct")),
        ("local.nested[\"write\"]", None),
        ("local.nested[\"read\"][0]", Some("GetObjct")),
        ("local.nested.of[0]", None),
        ("local.nested.of[1]", Some("DeleteObjct")),
        ("local.nested.of[1][0]", Some("DeleteObjct")),
        ("local.inside.one[0]", Some("PutObjct")),
        ("var.v[0]", None),
        ("[var.v[1]]", Some("PutObjct")),
        // What is not written out, or not there.
        ("local.list[2]", None),
        ("local.list[var.n]", None),
        ("[local.list[var.n]]", None),
        ("local.list[-1]", None),
        ("local.list[\"a\"]", None),
        ("local.list[*]", None),
        ("local.list.*", None),
        ("element(local.list, 1)", None),
        ("local.nested[var.k]", None),
        ("local.nested[each.key][0]", None),
        ("local.nested[\"none\"]", None),
        ("local.nested.read[each.value]", None),
        ("local.nested[0]", None),
        ("local.sorted[1]", None),
        ("local.sorted", Some("GetObjct")),
        ("local.both[1]", None),
        ("local.inside.all[0]", None),
        ("local.each[0]", None),
        ("var.m[\"a\"]", None),
        ("[var.m.a]", None),
        ("local.none[0]", None),
    ] {
        let written = "\"arn:aws:s3:::b/*\"";
        let block = format!(
            "data \"aws_iam_policy_document\" \"d\" {{\n  statement {{\n    actions   = flatten([{action}])\n    resources = [{written}]\n  }}\n}}\n"
        );
        for text in [hcl(action, written), block] {
            let text = text + PARTS;
            let expected = misspelt.map_or_else(Vec::new, |name| found("INVALID_ACTION", name));
            assert_eq!(of("a.tf", &text), expected, "{text}");
        }
    }
    for (resource, has_finding) in [
        ("local.arns[\"c\"]", false),
        ("local.arns[var.k]", false),
        // The name that is not known may be this one.
        ("local.arns[\"b\"]", false),
        ("[local.arns[\"c\"], local.arns[\"a\"]]", false),
        ("local.nested[\"write\"]", true),
    ] {
        let findings = of("a.tf", &(hcl("\"s3:GetObject\"", resource) + PARTS));
        assert_eq!(!findings.is_empty(), has_finding, "{resource}: {findings:?}");
    }
}

#[test]
fn a_part_is_known_in_json_and_across_files() {
    let locals =
        r#""locals": { "list": ["s3:GetObject", "s3:PutObjct"], "m": { "a": "s3:GetObjct", "op": "StringEqual" } }"#;
    for (action, is_misspelt) in [
        ("local.list[0]", false),
        ("local.list[1]", true),
        ("local.m[\\\"a\\\"]", true),
        ("local.m[var.x]", false),
        ("var.x ? \\\"s3:GetObject\\\" : \\\"s3:PutObjct\\\"", true),
    ] {
        let expected: &[&str] = if is_misspelt { &["INVALID_ACTION"] } else { &[] };
        for (before, after) in [("", ""), ("[", "]")] {
            let text = format!(
                r#"{{ {locals}, "data": {{ "aws_iam_policy_document": {{ "d": {{ "statement": {{
                    "actions": {before}"${{{action}}}"{after}, "resources": ["arn:aws:s3:::b/*"] }} }} }} }} }}"#
            );
            let codes: Vec<&str> = of("a.tf.json", &text).iter().map(|found| found.0).collect();
            assert_eq!(codes, expected, "{text}");
        }
        let text = format!(
            r#"{{ {locals}, "resource": {{ "aws_iam_policy": {{ "p": {{ "policy": "${{jsonencode({{ Version = \"2012-10-17\",
                Statement = [{{ Effect = \"Allow\", Action = [{action}], Resource = \"arn:aws:s3:::b/*\" }}] }})}}" }} }} }} }}"#
        );
        let text = text.replace('\n', " ");
        let codes: Vec<&str> = of("a.tf.json", &text).iter().map(|found| found.0).collect();
        assert_eq!(codes, expected, "{text}");
    }
    let use_of = |action: &str| {
        format!(
            "data \"aws_iam_policy_document\" \"d\" {{\n  statement {{\n    actions   = [{action}]\n    resources = [\"arn:aws:s3:::b/*\"]\n  }}\n}}\n"
        )
    };
    for (action, codes) in [
        ("local.list[0]", vec![]),
        ("local.list[1]", vec!["INVALID_ACTION"]),
        ("local.inside.all[0]", vec![]),
    ] {
        let main = use_of(action);
        let folder = support::folder_of(
            "a_part_is_known_across_files",
            &[("locals.tf", PARTS), ("main.tf", &main)],
        );
        let reading = Reader::new().open(&folder.join("main.tf")).unwrap();
        let shown = support::shown(&main, &reading.policies()[0]);
        assert_eq!(shown.iter().map(|found| found.0).collect::<Vec<_>>(), codes, "{action}");
        if let [(_, bytes)] = shown.as_slice() {
            assert_eq!(bytes, action);
        }
    }
}

/// Each argument of a statement, from parts of a value, is what it would be if it were written there.
#[test]
fn every_argument_can_be_a_part() {
    let locals = r#"
locals {
  m = { allow = "Allow", test = "StringEquals", key = "aws:PrincipalOrgID", org = "o-abcdefghij", aws = "AWS", id = "111122223333", sid = "A" }
  c = { org = { StringEquals = { "aws:PrincipalOrgID" = "o-abcdefghij" } } }
}
"#;
    let statement = r#"resource "aws_s3_bucket_policy" "p" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [{
    Sid = local.m["sid"], Effect = local.m["allow"], Action = "s3:GetObject", Resource = "arn:aws:s3:::b/*"
    Principal = PRINCIPAL, Condition = CONDITION }] })
}
"#;
    for (principal, condition) in [
        ("\"*\"", "local.c[\"org\"]"),
        ("\"*\"", "local.c.org"),
        ("\"*\"", "local.c[var.x]"),
        ("\"*\"", "{ StringEquals = { (local.m[\"key\"]) = local.m[\"org\"] } }"),
        (
            "{ (local.m[\"aws\"]) = local.m[\"id\"] }",
            "{ (local.m[\"test\"]) = { \"aws:PrincipalOrgID\" = [local.m[\"org\"]] } }",
        ),
    ] {
        let text = statement
            .replace("PRINCIPAL", principal)
            .replace("CONDITION", condition)
            + locals;
        assert_eq!(of("a.tf", &text), [], "{text}");
    }
    let block = r#"data "aws_iam_policy_document" "p" {
  statement {
    sid       = local.m["sid"]
    effect    = local.m["allow"]
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::b/*"]
    principals {
      type        = TYPE
      identifiers = [local.m["id"]]
    }
    condition {
      test     = TEST
      variable = VARIABLE
      values   = [local.m["org"]]
    }
  }
}
"#;
    for (kind, test, variable, expected) in [
        ("local.m[\"aws\"]", "local.m[\"test\"]", "local.m[\"key\"]", vec![]),
        ("local.m[var.x]", "local.m[var.x]", "local.m[var.x]", vec![]),
        // No text, and nothing is known of it.
        ("local.c[\"org\"]", "local.c.org", "local.c", vec![]),
        (
            "local.m[\"test\"]",
            "local.m[\"test\"]",
            "local.m[\"key\"]",
            found("INVALID_PRINCIPAL_KEY", "\"StringEquals\""),
        ),
        (
            "\"AWS\"",
            "local.m[\"aws\"]",
            "local.m[\"key\"]",
            found("INVALID_CONDITION_OPERATOR", "\"AWS\""),
        ),
        (
            "\"AWS\"",
            "\"StringEquals\"",
            "local.m[\"test\"]",
            found("INVALID_CONDITION_KEY_FORMAT", "\"StringEquals\""),
        ),
        // Either of two.
        (
            "\"AWS\"",
            "var.x ? \"StringEquals\" : \"StringLike\"",
            "\"aws:PrincipalOrgID\"",
            vec![],
        ),
        (
            "\"AWS\"",
            "var.x ? \"StringEquals\" : \"StringLik\"",
            "\"aws:PrincipalOrgID\"",
            found("INVALID_CONDITION_OPERATOR", "\"StringLik\""),
        ),
        (
            "\"AWS\"",
            "var.x ? var.y ? \"StringEquals\" : \"StringEqual\" : \"StringLike\"",
            "\"aws:PrincipalOrgID\"",
            found("INVALID_CONDITION_OPERATOR", "\"StringEqual\""),
        ),
        (
            "\"AWS\"",
            "\"StringEquals\"",
            "var.x ? \"aws:PrincipalOrgID\" : \"aws:PrincipalOrgId2\"",
            found("INVALID_GLOBAL_CONDITION_KEY", "\"aws:PrincipalOrgId2\""),
        ),
        (
            "var.x ? \"AWS\" : \"Federated2\"",
            "\"StringEquals\"",
            "\"aws:PrincipalOrgID\"",
            found("INVALID_PRINCIPAL_KEY", "\"Federated2\""),
        ),
        (
            "var.x ? \"AWS\" : var.kind",
            "var.x ? var.a : var.b",
            "var.x ? var.a : var.b",
            vec![],
        ),
    ] {
        let text = block
            .replace("TYPE", kind)
            .replace("TEST", test)
            .replace("VARIABLE", variable)
            + locals;
        assert_eq!(of("a.tf", &text), expected, "{text}");
    }
}

/// Blocks with one name are one member, also where a condition decides the name of one of them.
#[test]
fn names_that_a_condition_decides_meet_others() {
    let text = |first: &str, second: &str, third: &str| {
        let condition = |test: &str, variable: &str| {
            format!("condition {{\n test = {test}\n variable = \"{variable}\"\n values = [\"x\"]\n }}\n")
        };
        format!(
            "data \"aws_iam_policy_document\" \"p\" {{\n statement {{\n actions = [\"s3:GetObject\"]\n resources = [\"arn:aws:s3:::b/*\"]\n {}{}{}}}\n}}\n",
            condition(first, "aws:PrincipalTag/a"),
            condition(second, "aws:PrincipalTag/b"),
            condition(third, "aws:PrincipalTag/a")
        )
    };
    let either = "var.x ? \"StringEquals\" : \"StringLike\"";
    let other = "var.y ? \"StringEquals\" : \"StringLike\"";
    let reversed = "var.x ? \"StringLike\" : \"StringEquals\"";
    for (first, second, third, documents) in [
        ("\"StringEquals\"", either, "\"StringNotEquals\"", 2),
        (either, either, "\"StringNotEquals\"", 2),
        (either, reversed, "\"StringNotEquals\"", 2),
        (either, other, "\"StringNotEquals\"", 4),
        (
            either,
            "var.a ? \"StringEquals\" : \"StringLike\"",
            "var.b ? \"StringNotEquals\" : \"StringNotLike\"",
            8,
        ),
    ] {
        let text = text(first, second, third);
        assert_eq!(of("a.tf", &text), [], "{text}");
        assert_eq!(
            support::read("a.tf", &text).policies()[0].documents().len(),
            documents,
            "{text}"
        );
    }
    // More than are decided: of some names nothing is known.
    let names: Vec<String> = (0..5)
        .map(|at| format!("var.v{at} ? \"StringEquals\" : \"StringLike\""))
        .collect();
    let nested = (0..5).fold("\"StringEquals\"".to_owned(), |inner, at| {
        format!("(var.w{at} ? {inner} : \"StringLike\")")
    });
    let text = text(&nested, &names[0], &names[1]);
    assert_eq!(of("a.tf", &text), [], "{text}");
}
