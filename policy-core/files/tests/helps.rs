//! What a finding says to write is in the language of the file, so that it can be copied.

#![allow(clippy::panic, reason = "a test may panic")]

mod support;

use policy_core::check::Options;

/// The helps of the findings with this code, those of one in a line.
fn helps(name: &str, text: &str, code: &str) -> Vec<String> {
    let reading = support::read(name, text);
    let mut all = Vec::new();
    for policy in reading.policies() {
        let findings = policy.check(&Options::new());
        let own = findings.iter().filter(|finding| finding.code().name() == code);
        all.extend(own.map(|finding| policy.helps(finding).collect::<Vec<_>>().join("; ")));
    }
    all
}

/// A data source with these arguments of a statement.
fn data_source(statement: &str) -> String {
    format!("data \"aws_iam_policy_document\" \"p\" {{\n  statement {{\n    {statement}\n  }}\n}}\n")
}

/// A template of YAML with this statement, in one line.
fn template(statement: &str) -> String {
    format!(
        "Resources:\n  B:\n    Type: AWS::S3::Bucket\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        \
         Version: '2012-10-17'\n        Statement:\n          - {statement}\n"
    )
}

/// The same of JSON.
fn json_template(statement: &str) -> String {
    format!(
        r#"{{ "Resources": {{ "B": {{ "Type": "AWS::S3::Bucket" }}, "P": {{ "Type": "AWS::IAM::ManagedPolicy", "Properties": {{
        "PolicyDocument": {{ "Version": "2012-10-17", "Statement": [{statement}] }} }} }} }} }}"#
    )
}

/// A configuration with this statement of an object.
fn encoded(statement: &str) -> String {
    format!(
        "resource \"aws_iam_policy\" \"p\" {{\n  policy = jsonencode({{ Version = \"2012-10-17\", Statement = [{{ {statement} }}] }})\n}}\n"
    )
}

/// The same of JSON in a text.
fn heredoc(statement: &str) -> String {
    format!(
        "resource \"aws_iam_policy\" \"p\" {{\n  policy = <<EOT\n{{ \"Version\": \"2012-10-17\", \"Statement\": [{{ {statement} }}] }}\nEOT\n}}\n"
    )
}

#[test]
fn variables_are_escaped_where_the_language_has_its_own() {
    for (name, text, help) in [
        (
            "a.tf",
            data_source("actions = [\"s3:GetObject\"]\n resources = [\"arn:aws:s3:::b/&{aws:usrname}/*\"]"),
            "write `&{aws:username}`",
        ),
        (
            "b.tf",
            encoded(r#"Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::b/$${aws:usrname}/*""#),
            "write `$${aws:username}`",
        ),
        (
            "c.tf",
            heredoc(r#""Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/$${aws:usrname}/*""#),
            "write `$${aws:username}`",
        ),
        (
            "d.yaml",
            template("{ Effect: Allow, Action: 's3:GetObject', Resource: !Sub 'arn:aws:s3:::${B}/${!aws:usrname}/*' }"),
            "write `${!aws:username}`",
        ),
        (
            "e.yaml",
            template("{ Effect: Allow, Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/${aws:usrname}/*' }"),
            "write `${aws:username}`",
        ),
        (
            "f.json",
            json_template(
                r#"{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": { "Fn::Sub": "arn:aws:s3:::${B}/${!aws:usrname}/*" } }"#,
            ),
            "write `${!aws:username}`",
        ),
        (
            "g.json",
            r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:GetObject",
                "Resource": "arn:aws:s3:::b/${aws:usrname}/*" } }"#
                .to_owned(),
            "write `${aws:username}`",
        ),
    ] {
        assert_eq!(helps(name, &text, "UNKNOWN_VARIABLE"), [help], "{text}");
    }
}

#[test]
fn the_partition_is_what_the_language_has() {
    for (name, text, help) in [
        (
            "a.yaml",
            template(
                "{ Effect: Allow, Action: 'sqs:SendMessage', Resource: !Sub 'arn:aws:sqs:${AWS::Region}:111122223333:q' }",
            ),
            "write `arn:${AWS::Partition}:`, in `!Sub`",
        ),
        (
            "b.json",
            json_template(
                r#"{ "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": { "Fn::Sub": "arn:aws:sqs:${AWS::Region}:111122223333:q" } }"#,
            ),
            "write `arn:${AWS::Partition}:`, in `Fn::Sub`",
        ),
        (
            "c.tf",
            format!(
                "data \"aws_region\" \"r\" {{}}\n{}",
                data_source(
                    "actions = [\"sqs:SendMessage\"]\n resources = [\"arn:aws:sqs:${data.aws_region.r.name}:111122223333:q\"]"
                )
            ),
            "write `arn:${data.aws_partition.current.partition}:`; `data \"aws_partition\" \"current\" {}` declares it",
        ),
    ] {
        assert_eq!(helps(name, &text, "HARD_CODED_PARTITION"), [help], "{text}");
    }
}

#[test]
fn a_placeholder_of_the_file_s_own_language_is_filled_in_by_it() {
    let value = "replace it with the value";
    for (name, text, help) in [
        (
            "a.yaml",
            template("{ Effect: Allow, Action: 's3:GetObject', Resource: 'arn:aws:s3:::${B}/*' }"),
            "write `!Sub \"arn:aws:s3:::${B}/*\"`, which replaces it",
        ),
        (
            "b.yaml",
            template("{ Effect: Allow, Action: 's3:GetObject', Resource: 'arn:${AWS::Partition}:s3:::b/*' }"),
            "write `!Sub \"arn:${AWS::Partition}:s3:::b/*\"`, which replaces it",
        ),
        (
            "c.yaml",
            template("{ Effect: Allow, Action: 's3:GetObject', Resource: 'arn:aws:s3:::<bucket>/*' }"),
            value,
        ),
        (
            "d.json",
            json_template(r#"{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::${B}/*" }"#),
            "write `{ \"Fn::Sub\": \"arn:aws:s3:::${B}/*\" }`, which replaces it",
        ),
        (
            "e.tf",
            data_source("actions = [\"s3:GetObject\"]\n resources = [\"arn:aws:s3:::$${Bucket}/*\"]"),
            "write the reference with one `$`, if Terraform is to replace it, or replace it with the value",
        ),
        (
            "f.tf",
            data_source("actions = [\"s3:GetObject\"]\n resources = [\"arn:aws:s3:::YOUR_BUCKET/*\"]"),
            value,
        ),
    ] {
        assert_eq!(helps(name, &text, "UNFILLED_PLACEHOLDER"), [help], "{text}");
    }
}

#[test]
fn a_reference_has_its_function() {
    for (name, text, help) in [
        (
            "a.yaml",
            template("{ Effect: Allow, Action: 's3:GetObject', Resource: !Join ['', ['arn:aws:s3:::', !Ref B]] }"),
            "write `!Sub \"arn:aws:s3:::${B}/*\"`",
        ),
        (
            "b.json",
            json_template(
                r#"{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": { "Fn::Join": ["", ["arn:aws:s3:::", { "Ref": "B" }]] } }"#,
            ),
            "write `{ \"Fn::Sub\": \"arn:aws:s3:::${B}/*\" }`",
        ),
        (
            "c.tf",
            format!(
                "resource \"aws_s3_bucket\" \"b\" {{\n  for_each = var.names\n}}\n{}",
                data_source("actions = [\"s3:GetObject\"]\n resources = [aws_s3_bucket.b[\"x\"].arn]")
            ),
            "write `\"${aws_s3_bucket.b[\"x\"].arn}/*\"`",
        ),
    ] {
        let helps = helps(name, &text, "RESOURCE_FITS_NO_ACTION");
        assert!(helps.iter().any(|own| own.starts_with(help)), "{helps:?}\n{text}");
    }
}

#[test]
fn a_data_source_has_blocks_and_no_elements() {
    let pass = data_source("actions = [\"iam:PassRole\"]\n resources = [\"*\"]");
    let helps_of = helps("a.tf", &pass, "PASS_ROLE_WITH_STAR_IN_RESOURCE").join("; ");
    assert!(
        helps_of.contains(
            "`condition` with `test = \"StringEquals\"`, `variable = \"iam:PassedToService\"` and `values = [\"SERVICE.amazonaws.com\"]`"
        ) && helps_of.contains("`resources = [\"arn:"),
        "{helps_of}"
    );
    for (statement, code, help) in [
        (
            r#"actions = ["s3:GetObject", "s3:ListAllMyBuckets"]
            resources = ["arn:aws:s3:::b/*"]"#,
            "ACTION_NEEDS_STAR_RESOURCE",
            r#"write the action in a separate statement, with `resources = ["*"]`"#,
        ),
        (
            r#"actions = ["sts:AssumeRole"]
            principals {
              type = "AWS"
              identifiers = ["arn:aws:iam::111122223333:role/a-*"]
            }"#,
            "UNSUPPORTED_WILDCARD_IN_PRINCIPAL",
            r#"`test = "ArnLike"`, `variable = "aws:PrincipalArn"` and `values = ["arn:aws:iam::111122223333:role/a-*"]`"#,
        ),
    ] {
        let helps = helps("a.tf", &data_source(statement), code).join("; ");
        assert!(helps.contains(help), "{helps}");
    }
    let trust = "resource \"aws_iam_role\" \"r\" {\n  assume_role_policy = data.aws_iam_policy_document.p.json\n}\n";
    let text = format!("{}{trust}", data_source("actions = [\"sts:AssumeRole\"]"));
    let helps_of = helps("a.tf", &text, "MISSING_PRINCIPAL").join("; ");
    assert!(
        helps_of.contains("`principals` with `type = \"Service\"` and `identifiers = [\"ecs-tasks.amazonaws.com\"]`"),
        "{helps_of}"
    );
    let json = r#"{ "data": { "aws_iam_policy_document": { "p": { "statement": [{ "actions": ["iam:PassRole"], "resources": ["*"] }] } } } }"#;
    let helps_of = helps("a.tf.json", json, "PASS_ROLE_WITH_STAR_IN_RESOURCE").join("; ");
    assert!(
        helps_of.contains(
            r#"`"condition": { "test": "StringEquals", "variable": "iam:PassedToService", "values": ["SERVICE.amazonaws.com"] }`"#
        ),
        "{helps_of}"
    );
}

/// Two members are two members in every language.
#[test]
fn members_are_those_of_the_language() {
    let statement = "{ Effect: Allow, Action: 'iam:PassRole', Resource: '*' }";
    let helps_of = helps("a.yaml", &template(statement), "PASS_ROLE_WITH_STAR_IN_RESOURCE").join("; ");
    assert!(
        helps_of.contains(r#"`Condition: { "StringEquals": { "iam:PassedToService": "SERVICE.amazonaws.com" } }`"#),
        "{helps_of}"
    );
    for (name, text) in [
        (
            "a.tf",
            encoded(r#"Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::b/&{aws:username}/*""#),
        ),
        (
            "b.tf",
            heredoc(r#""Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/&{aws:username}/*""#),
        ),
    ] {
        assert_eq!(helps(name, &text, "UNFILLED_PLACEHOLDER"), ["write `$${`"], "{text}");
    }
}

#[test]
fn a_message_has_the_members_of_the_language_too() {
    let messages = |name: &str, text: &str| {
        let reading = support::read(name, text);
        let [policy] = reading.policies() else {
            panic!("{reading:?}")
        };
        let findings = policy.check(&Options::new());
        let own = findings
            .iter()
            .filter(|finding| finding.code().name() == "ACTION_NEEDS_STAR_RESOURCE");
        own.map(|finding| policy.message(finding).into_owned())
            .collect::<Vec<_>>()
    };
    let json =
        r#""Effect": "Allow", "Action": ["ec2:DescribeInstances", "s3:GetObject"], "Resource": "arn:aws:s3:::b/*""#;
    for (name, text, end) in [
        (
            "a.tf",
            data_source(
                "actions   = [\"ec2:DescribeInstances\", \"s3:GetObject\"]\n    resources = [\"arn:aws:s3:::b/*\"]",
            ),
            r#"it needs `resources = ["*"]`"#,
        ),
        (
            "a.tf",
            encoded(
                "Effect = \"Allow\", Action = [\"ec2:DescribeInstances\", \"s3:GetObject\"], Resource = \"arn:aws:s3:::b/*\"",
            ),
            r#"it needs `Resource = "*"`"#,
        ),
        ("a.tf", heredoc(json), r#"it needs `"Resource": "*"`"#),
        (
            "a.yaml",
            template(
                "{ Effect: Allow, Action: ['ec2:DescribeInstances', 's3:GetObject'], Resource: 'arn:aws:s3:::b/*' }",
            ),
            r#"it needs `Resource: "*"`"#,
        ),
        (
            "a.json",
            json_template(&format!("{{ {json} }}")),
            r#"it needs `"Resource": "*"`"#,
        ),
    ] {
        let found = messages(name, &text);
        assert!(
            found.first().is_some_and(|found| found.ends_with(end)),
            "{name}: {found:?}"
        );
    }
}

/// It is the macro of Rust, which a file has not.
#[test]
fn nothing_is_said_of_the_macro() {
    let text = |resource: &str| {
        format!(
            r#"{{ "Version": "2012-10-17", "Statement": [{{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "{resource}" }}] }}"#
        )
    };
    for (resource, help) in [
        ("arn:aws:s3:::<bucket>/*", "replace it with the value"),
        ("arn:aws:s3:::YOUR_BUCKET/*", "replace it with the value"),
        ("arn:{{partition}}:s3:::b/*", "write the partition, such as `aws`"),
    ] {
        assert_eq!(
            helps("p.json", &text(resource), "UNFILLED_PLACEHOLDER"),
            [help],
            "{resource}"
        );
    }
}

/// `CloudFormation` has functions in values only.
#[test]
fn what_replaces_a_key_is_a_policy_that_is_a_text() {
    let condition = r#"{ "StringEquals": { "${Host}:sub": "a" } }"#;
    let json = json_template(&format!(
        r#"{{ "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*", "Condition": {condition} }}"#
    ));
    let of = |function: &str| {
        format!(
            "CloudFormation replaces nothing in the name of a member: write the whole policy in `{function}`, as a text of JSON"
        )
    };
    assert_eq!(helps("a.json", &json, "UNFILLED_PLACEHOLDER"), [of("Fn::Sub")]);
    let keys = ["'${Host}:sub'", "!Sub '${Host}:sub'"];
    for key in keys {
        let yaml = template(&format!(
            "Effect: Allow\n            Action: s3:ListAllMyBuckets\n            Resource: '*'\n            Condition:\n              StringEquals:\n                {key}: a"
        ));
        assert_eq!(helps("a.yaml", &yaml, "UNFILLED_PLACEHOLDER"), [of("!Sub")], "{key}");
    }
}

/// Which resource has a policy is not asked where the file says it.
#[test]
fn what_a_policy_is_attached_to_is_asked_where_it_is_not_known() {
    let policy = r#"{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Principal": "*", "Action": "es:ESHttpGet", "Resource": "*" }] }"#;
    let in_resource = |property: &str| {
        format!("resource \"aws_opensearch_domain\" \"d\" {{\n  {property} = <<EOT\n{policy}\nEOT\n}}\n")
    };
    for (property, is_asked) in [("access_policies", false), ("other", true)] {
        let helps = helps("a.tf", &in_resource(property), "PUBLIC_ACCESS");
        assert_eq!(
            helps.iter().any(|help| help.contains("VPC endpoint")),
            is_asked,
            "{helps:?}"
        );
        assert_eq!(helps.len(), 1, "{helps:?}");
    }
}
