//! What is redundant is so however the conditions of a file are decided, or it is not reported.

mod support;

use policy_core::check::Options;
use policy_core::finding::Finding;

/// Those of the findings that are about several parts of a policy: what they are about, as written, and whether that is fixed.
fn found(name: &str, text: &str) -> Vec<String> {
    let reading = support::read(name, text);
    let mut found = Vec::new();
    for policy in reading.policies() {
        let (findings, fixer) = (policy.check(&Options::new()), policy.fixer(text));
        let is_of_several = |finding: &&Finding| {
            let name = finding.code().name();
            name.starts_with("REDUNDANT_") || name.contains("FITS_NO") || name.contains("SWALLOWED")
        };
        for finding in findings.iter().filter(is_of_several) {
            let part = text.get(policy.range_of(finding)).unwrap_or_default();
            let part = part.lines().next().unwrap_or_default().trim_matches('"');
            let and = if fixer.fixes(finding).is_empty() { "" } else { ", fixed" };
            found.push(format!("{} {part}{and}", finding.code()));
        }
    }
    found
}

fn in_data_source(statements: &str) -> Vec<String> {
    found(
        "main.tf",
        &format!("data \"aws_iam_policy_document\" \"p\" {{\n{statements}\n}}\n"),
    )
}

#[test]
fn an_element_is_redundant_if_another_covers_it_in_every_branch_that_has_it() {
    for (actions, expected) in [
        (
            r#"["s3:GetObject", "s3:Get*"]"#,
            &["REDUNDANT_ACTION s3:GetObject, fixed"][..],
        ),
        (r#"["s3:GetObject", var.a ? "s3:Get*" : "s3:PutObject"]"#, &[]),
        (r#"concat(["s3:GetObject"], var.a ? ["s3:Get*"] : [])"#, &[]),
        (
            r#"concat(["s3:Get*"], var.a ? ["s3:GetObject"] : [])"#,
            &["REDUNDANT_ACTION s3:GetObject, fixed"],
        ),
        // In either branch there is one that covers it.
        (
            r#"["s3:GetObject", var.a ? "s3:Get*" : "s3:*Object"]"#,
            &[
                "REDUNDANT_ACTION s3:GetObject, fixed",
                "REDUNDANT_ACTION s3:GetObject, fixed",
            ],
        ),
        // There is one in all of these ways but in that in which `a` is false and `b` is true.
        (
            r#"["s3:GetObject", var.a ? "s3:Get*" : "s3:PutObject", var.b ? "s3:PutObjectAcl" : "s3:*Object"]"#,
            &[],
        ),
        // Both are in the same branch.
        (
            r#"concat(["s3:PutObject"], var.a ? ["s3:GetObject", "s3:Get*"] : [])"#,
            &["REDUNDANT_ACTION s3:GetObject, fixed"],
        ),
        // One of the two that it covers is in both, and it is not.
        (
            r#"concat(["s3:GetObject"], var.a ? ["s3:GetObjectAcl", "s3:Get*"] : [])"#,
            &[],
        ),
    ] {
        let statement =
            format!("  statement {{\n    actions   = {actions}\n    resources = [\"arn:aws:s3:::b/*\"]\n  }}");
        assert_eq!(in_data_source(&statement), expected, "{actions}");
    }
    for (resources, expected) in [
        (
            r#"["arn:aws:s3:::b/x", "arn:aws:s3:::b/*"]"#,
            &["REDUNDANT_RESOURCE arn:aws:s3:::b/x, fixed"][..],
        ),
        (r#"["arn:aws:s3:::b/x", var.a ? "*" : "arn:aws:s3:::c/*"]"#, &[]),
        (
            r#"["arn:aws:s3:::b/x", var.a ? "*" : "arn:aws:s3:::b/*"]"#,
            &[
                "REDUNDANT_RESOURCE arn:aws:s3:::b/x, fixed",
                "REDUNDANT_RESOURCE arn:aws:s3:::b/x, fixed",
            ],
        ),
    ] {
        let statement =
            format!("  statement {{\n    actions   = [\"s3:GetObject\"]\n    resources = {resources}\n  }}");
        assert_eq!(in_data_source(&statement), expected, "{resources}");
    }
}

const READ: &str = r#"statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::b/*"]
  }"#;
const MAYBE_READ: &str = r#"dynamic "statement" {
    for_each = var.a ? [1] : []
    content {
      actions   = ["s3:GetObject"]
      resources = ["arn:aws:s3:::b/*"]
    }
  }"#;

#[test]
fn a_statement_is_redundant_if_its_equivalent_is_always_there() {
    for (statements, expected) in [
        (format!("{READ}\n{READ}"), &["REDUNDANT_STATEMENT statement {, fixed"][..]),
        (format!("{READ}\n{MAYBE_READ}"), &["REDUNDANT_STATEMENT dynamic \"statement\" {, fixed"]),
        (format!("{MAYBE_READ}\n{READ}"), &[]),
        (
            format!("{READ}\n{}", READ.replace(r#"["arn:aws:s3:::b/*"]"#, r#"var.a ? ["arn:aws:s3:::b/*"] : ["*"]"#)),
            &[],
        ),
        // Both are the same in each branch.
        (
            READ.replace(r#"["arn:aws:s3:::b/*"]"#, r#"[var.a ? "arn:aws:s3:::b/*" : "*"]"#).repeat(2).replace("}statement", "}\nstatement"),
            &["REDUNDANT_STATEMENT statement {, fixed"],
        ),
        // The branches are decided by others.
        (
            [
                READ.replace(r#"["arn:aws:s3:::b/*"]"#, r#"[var.a ? "arn:aws:s3:::b/*" : "*"]"#),
                READ.replace(r#"["arn:aws:s3:::b/*"]"#, r#"[var.b ? "arn:aws:s3:::b/*" : "*"]"#),
            ]
            .join("\n"),
            &[],
        ),
        // Its condition may not be there.
        (
            [
                READ.replace("\n  }", "\n  condition {\n test = \"Bool\"\n variable = \"aws:SecureTransport\"\n values = [\"true\"]\n }\n }"),
                READ.replace(
                    "\n  }",
                    "\n  dynamic \"condition\" {\n for_each = var.a\n content {\n test = \"Bool\"\n variable = \"aws:SecureTransport\"\n \
                     values = [\"true\"]\n }\n }\n }",
                ),
            ]
            .join("\n"),
            &[],
        ),
        (
            format!("{READ}\n{}", READ.replace("actions", "effect = var.a ? \"Deny\" : \"Allow\"\n    actions")),
            &[],
        ),
        (
            format!("{READ}\n{}", READ.replace("actions", "effect = \"Deny\"\n    actions")),
            &["ALLOW_SWALLOWED_BY_DENY statement {"],
        ),
    ] {
        assert_eq!(in_data_source(&statements), expected, "{statements}");
    }
}

/// A list of resources for the actions of two branches has those of both. An action that its branch gives nothing to act on is a mistake.
#[test]
fn what_another_branch_uses_is_used() {
    for (actions, resources, expected) in [
        (
            r#"var.a ? ["s3:GetObject"] : ["s3:ListBucket"]"#,
            r#"["arn:aws:s3:::b", "arn:aws:s3:::b/*"]"#,
            &[][..],
        ),
        (
            r#"var.a ? ["s3:GetObject"] : ["s3:PutObject"]"#,
            r#"["arn:aws:s3:::b", "arn:aws:s3:::b/*"]"#,
            &["RESOURCE_FITS_NO_ACTION arn:aws:s3:::b"],
        ),
        (
            r#"["s3:GetObject"]"#,
            r#"var.a ? ["arn:aws:s3:::b"] : ["arn:aws:s3:::b/*"]"#,
            &["RESOURCE_FITS_NO_ACTION arn:aws:s3:::b, fixed"],
        ),
        (
            r#"["s3:GetObject", "s3:ListBucket"]"#,
            r#"var.a ? ["arn:aws:s3:::b"] : ["arn:aws:s3:::b/*", "arn:aws:s3:::b"]"#,
            &["ACTION_FITS_NO_RESOURCE s3:GetObject"],
        ),
    ] {
        let statement = format!("  statement {{\n    actions   = {actions}\n    resources = {resources}\n  }}");
        assert_eq!(in_data_source(&statement), expected, "{actions} {resources}");
    }
}

/// Of more conditions than there are documents, what one statement says is known if it has few of them.
#[test]
fn of_very_many_conditions_only_what_they_do_not_decide_is_redundant() {
    use std::fmt::Write as _;
    let mut others = String::new();
    for number in 0..20 {
        let _ = write!(
            others,
            "\nstatement {{\n actions = [var.c{number} ? \"s3:PutObject\" : \"s3:DeleteObject\"]\n resources = [\"arn:aws:s3:::b{number}/*\"]\n }}\n"
        );
    }
    let of = |actions: &str| in_data_source(&format!("{}\n{others}", READ.replace(r#""s3:GetObject""#, actions)));
    assert_eq!(
        of(r#""s3:GetObject", "s3:Get*""#),
        ["REDUNDANT_ACTION s3:GetObject, fixed"]
    );
    assert_eq!(of(r#""s3:GetObject", var.c1 ? "s3:Get*" : "s3:PutObject""#), [""; 0]);
    assert_eq!(
        of(r#""s3:GetObject", var.x ? "s3:Get*" : "s3:Get*", var.y ? "s3:PutObject" : "s3:List*""#),
        [""; 0]
    );
    assert_eq!(in_data_source(&format!("{READ}\n{READ}\n{others}")), [""; 0]);
}

#[test]
fn templates_are_as_configurations_are() {
    for (statements, expected) in [
        (
            "- { Effect: Allow, Action: [s3:GetObject, !If [C, 's3:Get*', !Ref AWS::NoValue]], Resource: 'arn:aws:s3:::b/*' }",
            &[][..],
        ),
        (
            "- { Effect: Allow, Action: [!If [C, s3:GetObject, !Ref AWS::NoValue], 's3:Get*'], Resource: 'arn:aws:s3:::b/*' }",
            &["REDUNDANT_ACTION s3:GetObject, fixed"],
        ),
        (
            "- { Effect: Allow, Action: s3:GetObject, Resource: 'arn:aws:s3:::b/*' }
          - { Effect: Allow, Action: s3:GetObject, Resource: !If [C, 'arn:aws:s3:::b/*', 'arn:aws:s3:::c/*'] }",
            &[],
        ),
        (
            "- !If [C, { Effect: Allow, Action: s3:GetObject, Resource: 'arn:aws:s3:::b/*' }, !Ref AWS::NoValue]
          - { Effect: Allow, Action: s3:GetObject, Resource: 'arn:aws:s3:::b/*' }",
            &[],
        ),
    ] {
        let template = format!(
            "Resources:
  P:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          {statements}
"
        );
        assert_eq!(found("template.yaml", &template), expected, "{statements}");
    }
}
