//! Conditions of which a file does not say what they are: none is missing, and what is written of them is checked.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may panic")]

mod support;

use support::forms::{of, resource};

/// The codes of the only policy of a file, but for that of a resource that is `*`.
fn codes(name: &str, text: &str) -> Vec<&'static str> {
    let codes = of(name, text).into_iter().map(|(code, _)| code);
    codes.filter(|code| *code != "RESOURCE_COULD_BE_NARROWER").collect()
}

/// Statements that are too wide without a condition: in HCL, as the arguments of a data source, in YAML; the kind, and the code.
const WIDE: [(&str, &str, &str, &str, &str); 4] = [
    (
        r#"Action = "iam:PassRole", Resource = "*""#,
        r#"actions = ["iam:PassRole"]
           resources = ["*"]"#,
        "{ Action: 'iam:PassRole', Resource: '*'",
        "identity",
        "PASS_ROLE_WITH_STAR_IN_RESOURCE",
    ),
    (
        r#"Action = "iam:CreateServiceLinkedRole", Resource = "*""#,
        r#"actions = ["iam:CreateServiceLinkedRole"]
           resources = ["*"]"#,
        "{ Action: 'iam:CreateServiceLinkedRole', Resource: '*'",
        "identity",
        "CREATE_SLR_WITH_STAR_IN_RESOURCE",
    ),
    (
        r#"Action = "sts:AssumeRoleWithWebIdentity", Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC" }"#,
        r#"actions = ["sts:AssumeRoleWithWebIdentity"]
           principals {
             type        = "Federated"
             identifiers = ["arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC"]
           }"#,
        "{ Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC' }",
        "trust",
        "MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL",
    ),
    (
        r#"Action = "sts:AssumeRoleWithWebIdentity", Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }"#,
        r#"actions = ["sts:AssumeRoleWithWebIdentity"]
           principals {
             type        = "Federated"
             identifiers = ["arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"]
           }"#,
        "{ Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' }",
        "trust",
        "MISSING_GITHUB_REPO_CONDITION_KEY",
    ),
];

#[test]
fn an_object_of_terraform() {
    for (statement, _, _, kind, code) in WIDE {
        let own = |condition: &str| {
            let (resource, argument) = match kind {
                "trust" => ("aws_iam_role", "assume_role_policy"),
                _ => ("aws_iam_policy", "policy"),
            };
            let text = format!(
                "resource \"{resource}\" \"p\" {{\n  {argument} = jsonencode({{ Version = \"2012-10-17\", Statement = [{{ Effect = \"Allow\", {statement}{condition} }}] }})\n}}\nlocals {{\n  c = {{ none = {{ StringLike = {{ \"aws:RequestedRegion\" = \"eu-west-1\" }} }} }}\n}}\n"
            );
            codes("a.tf", &text)
        };
        for condition in [
            "",
            ", Condition = { StringLike = { \"aws:RequestedRegion\" = var.x } }",
            ", Condition = local.c[\"none\"]",
        ] {
            assert_eq!(own(condition), [code], "{condition}");
        }
        for condition in [
            ", Condition = var.cond",
            ", Condition = local.c[var.x]",
            ", Condition = merge(var.a, { StringLike = {} })",
            ", Condition = { StringEquals = var.eq }",
            ", Condition = { StringEquals = { \"${var.i}:sub\" = \"x\" } }",
            ", Condition = { StringEquals = { (var.key) = \"x\" } }",
            ", Condition = { (var.op) = { \"aws:PrincipalTag/a\" = \"x\" } }",
            ", Condition = { for k, v in var.c : k => v }",
            ", Condition = { StringEquals = { for k, v in var.c : k => v } }",
        ] {
            assert_eq!(own(condition), [""; 0], "{condition}");
        }
    }
}

#[test]
fn a_data_source() {
    let block = |test: &str, variable: &str| {
        format!("condition {{\n test = {test}\n variable = {variable}\n values = [\"eu-west-1\"]\n }}")
    };
    let dynamic = |test: &str, variable: &str| {
        format!(
            "dynamic \"condition\" {{\n for_each = var.c\n content {{\n test = {test}\n variable = {variable}\n values = [\"eu-west-1\"]\n }}\n }}"
        )
    };
    for (_, arguments, _, kind, code) in WIDE {
        let used = match kind {
            "trust" => {
                "resource \"aws_iam_role\" \"r\" {\n assume_role_policy = data.aws_iam_policy_document.d.json\n}\n"
            }
            _ => "",
        };
        let own = |condition: &str| {
            let text = format!(
                "data \"aws_iam_policy_document\" \"d\" {{\n statement {{\n {arguments}\n {condition}\n }}\n}}\n{used}"
            );
            codes("a.tf", &text)
        };
        for condition in [
            String::new(),
            block("\"StringLike\"", "\"aws:RequestedRegion\""),
            dynamic("\"StringLike\"", "\"aws:RequestedRegion\""),
        ] {
            assert_eq!(own(&condition), [code], "{condition}");
        }
        for condition in [
            block("\"StringEquals\"", "var.key"),
            block("\"StringEquals\"", "\"${var.issuer}:sub\""),
            block("var.test", "\"aws:RequestedRegion\""),
            block("\"StringEquals\"", "var.keys[var.x]"),
            dynamic("condition.value.test", "condition.value.variable"),
            dynamic("\"StringEquals\"", "condition.value[\"variable\"]"),
        ] {
            assert_eq!(own(&condition), [""; 0], "{condition}");
        }
    }
}

#[test]
fn a_template_of_cloudformation() {
    for (_, _, statement, kind, code) in WIDE {
        let own = |condition: &str| {
            let (resource_, property) = match kind {
                "trust" => ("AWS::IAM::Role", "AssumeRolePolicyDocument"),
                _ => ("AWS::IAM::ManagedPolicy", "PolicyDocument"),
            };
            let properties = format!(
                "{property}:\n  Version: '2012-10-17'\n  Statement:\n    - {statement}, Effect: Allow{condition} }}"
            );
            codes("a.yaml", &resource(resource_, &properties))
        };
        for condition in ["", ", Condition: { StringLike: { 'aws:RequestedRegion': !Ref X } }"] {
            assert_eq!(own(condition), [code], "{condition}");
        }
        for condition in [
            ", Condition: !FindInMap [A, b, c]",
            ", Condition: { StringEquals: !FindInMap [A, b, c] }",
            ", Condition: { 'Fn::Transform': { Name: X, Parameters: {} } }",
            ", Condition: { StringEquals: { 'Fn::Transform': { Name: X, Parameters: {} } } }",
        ] {
            assert_eq!(own(condition), [""; 0], "{condition}");
        }
    }
}
