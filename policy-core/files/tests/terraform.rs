//! The forms in which configurations of Terraform have policies: what is found of each, and where.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod support;
use policy_core::check::Options;
use policy_core::document::Lines;
use policy_core::policy::Kind;
use std::path::Path;
use support::forms::{all, found, hcl, of, resource};
#[test]
fn an_interpolation_is_no_mistake() {
    for value in [
        "var.any",
        "\"${var.any}/*\"",
        "\"arn:${data.aws_partition.current.partition}:s3:::${var.any}/*\"",
        "\"${aws_s3_bucket.b.arn}/*\"",
        "\"arn:aws:s3:::${local.bucket}/$${aws:username}/*\"",
        "format(\"%s/*\", aws_s3_bucket.b.arn)",
        "join(\"/\", [aws_s3_bucket.b[0].arn, \"*\"])",
        "[for b in var.buckets : \"arn:aws:s3:::${b}/*\"]",
        "formatlist(\"arn:aws:s3:::%s/*\", var.buckets)",
        "concat([\"arn:aws:s3:::a/*\"], var.any)",
        "var.a ? \"arn:aws:s3:::a/*\" : \"arn:aws:s3:::b/*\"",
        "flatten([[\"arn:aws:s3:::a/*\"], var.any])",
        "try(var.any, \"x\")",
        "module.a.arn",
        "[aws_s3_bucket.b.arn, \"${aws_s3_bucket.b.arn}/*\"]",
    ] {
        let action = if value.starts_with("[aws") {
            "[\"s3:GetObject\", \"s3:ListBucket\"]"
        } else {
            "\"s3:GetObject\""
        };
        assert_eq!(of("a.tf", &hcl(action, value)), [], "{value}");
    }
}
#[test]
fn a_reference_of_terraform_has_a_type() {
    for value in [
        "aws_s3_bucket.b.arn",
        "aws_s3_bucket.b[\"k\"].arn",
        "\"arn:aws:s3:::${aws_s3_bucket.b.id}\"",
        "data.aws_s3_bucket.b.arn",
    ] {
        let findings = of("a.tf", &hcl("\"s3:GetObject\"", value));
        assert_eq!(findings, found("RESOURCE_FITS_NO_ACTION", value), "{value}");
    }
    for value in ["aws_sqs_queue.q.arn", "aws_lambda_function.f.arn", "aws_sns_topic.t.id"] {
        let findings = of("a.tf", &hcl("\"s3:GetObject\"", value));
        assert_eq!(findings[0].0, "ACTION_FITS_NO_RESOURCE", "{value}");
    }
}
#[test]
fn names_of_the_module_are_what_they_are() {
    for (action, bytes) in [
        ("local.actions", vec!["GetObjct"]),
        ("concat(local.actions, var.more)", vec!["GetObjct", "PutObjct"]),
        ("\"s3:${var.any}\"", vec![]),
        ("[\"s3:GetObject\", local.other]", vec![]),
    ] {
        let text = hcl(action, "\"*\"");
        let findings = of("a.tf", &text);
        let found: Vec<&str> = findings
            .iter()
            .filter(|found| found.0 == "INVALID_ACTION")
            .map(|found| found.1.as_str())
            .collect();
        assert_eq!(found, bytes, "{action}: {findings:?}");
    }
}
const DATA: &str = r#"
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AsumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.me.account_id}:root"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.me.account_id]
    }
  }
  dynamic "statement" {
    for_each = var.more
    content {
      actions     = try(statement.value.actions, null)
      not_actions = try(statement.value.not_actions, null)
      dynamic "principals" {
        for_each = statement.value.principals
        content {
          type        = principals.value.type
          identifiers = principals.value.identifiers
        }
      }
    }
  }
}
data "aws_iam_policy_document" "all" {
  source_policy_documents = [data.aws_iam_policy_document.trust.json]
}
resource "aws_iam_role" "r" {
  assume_role_policy = data.aws_iam_policy_document.all.json
  inline_policy {
    policy = <<-EOF
      { "Version": "2012-10-17", "Statement": [
        { "Effect": "Allow", "Action": "s3:GetObjct", "Resource": ${jsonencode(var.all)} },
        { "Effect": "Allow", "Action": "s3:PutObjct", "Resource": "arn:aws:s3:::b/$${aws:username}/${var.x}" }] }
    EOF
  }
}
"#;
#[test]
fn data_sources_are_of_the_kind_of_their_use() {
    let all = all("a.tf", DATA);
    let shown: Vec<_> = all
        .iter()
        .map(|(address, kind, findings)| (address.as_str(), *kind, findings.clone()))
        .collect();
    assert_eq!(
        shown,
        [
            (
                "data.aws_iam_policy_document.trust",
                Kind::Trust,
                found("INVALID_ACTION", "AsumeRole")
            ),
            ("data.aws_iam_policy_document.all", Kind::Trust, vec![]),
            (
                "aws_iam_role.r.inline_policy.policy",
                Kind::Identity,
                vec![
                    ("INVALID_ACTION", "GetObjct".to_owned()),
                    ("INVALID_ACTION", "PutObjct".to_owned())
                ]
            ),
        ]
    );
}
/// `${...}` is an interpolation in a configuration, and a policy variable anywhere else.
#[test]
fn an_interpolation_is_one_where_terraform_reads_it() {
    let policy = r#"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b/${aws:usrname}\"}]}"#;
    let text = format!(r#"{{ "resource": {{ "aws_iam_policy": {{ "p": {{ "policy": "{policy}" }} }} }} }}"#);
    let reading = support::read("a.tf.json", &text);
    assert_eq!(reading.policies()[0].holes(), ["aws:usrname"]);
    // Terraform has no such expression.
    assert_eq!(&text[reading.unread()[0].place()], "${aws:usrname}");
    assert_eq!(of("a.json", &text), found("UNKNOWN_VARIABLE", "${aws:usrname}"));
}
/// Which issuer it is, a reference to a provider does not tell.
#[test]
fn a_provider_is_of_no_known_issuer() {
    for provider in [
        "aws_iam_openid_connect_provider.github.arn",
        "data.aws_iam_openid_connect_provider.github.arn",
    ] {
        let text = format!(
            r#"resource "aws_iam_role" "r" {{
              assume_role_policy = jsonencode({{ Version = "2012-10-17", Statement = [{{
                Effect = "Allow", Principal = {{ Federated = {provider} }}, Action = "sts:AssumeRoleWithWebIdentity"
                Condition = {{
                  StringEquals = {{ "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com" }}
                  StringLike   = {{ "token.actions.githubusercontent.com:sub" = "repo:owner/name:*" }}
                }} }}] }})
            }}"#
        );
        assert_eq!(of("a.tf", &text), [], "{provider}");
    }
    let text = resource(
        "AWS::IAM::Role",
        "AssumeRolePolicyDocument:\n  Version: '2012-10-17'\n  Statement:\n    - Effect: Allow\n      Principal: { Federated: !Ref P }\n      Action: sts:AssumeRoleWithWebIdentity\n      Condition: { StringEquals: { 'oidc.example.com:sub': a } }",
    ) + "  P:\n    Type: AWS::IAM::OIDCProvider\n";
    assert_eq!(of("a.yaml", &text), []);
}
#[test]
fn policies_of_another_vendor_are_none_of_aws() {
    let text = hcl("\"oss:GetObject\"", "\"acs:oss:*\"").replace("aws_iam_policy", "alicloud_ram_policy");
    assert_eq!(all("a.tf", &text), []);
}
#[test]
fn a_configuration_in_json_is_read() {
    let text = r#"{ "resource": { "aws_iam_role": { "r": { "assume_role_policy":
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"${data.aws_caller_identity.me.account_id}\"},\"Action\":\"sts:AsumeRole\"}]}" } } } }"#;
    let all = all("a.tf.json", text);
    assert_eq!(
        (all[0].0.as_str(), all[0].1),
        ("aws_iam_role.r.assume_role_policy", Kind::Trust)
    );
    assert_eq!(all[0].2.len(), 1, "{all:?}");
}
/// A policy of AWS IoT Core is in another language, also where a data source makes it: one that is used as nothing else is not read.
#[test]
fn a_data_source_for_another_language_is_not_read() {
    let data = |name: &str, rest: &str| {
        format!(
            "data \"aws_iam_policy_document\" \"{name}\" {{\n  {rest}\n  statement {{\n    actions   = [\"iot:Connect\"]\n    resources = \
             [\"arn:aws:iot:eu-west-1:111122223333:client/$${{iot:ClientId}}\"]\n  }}\n}}\n"
        )
    };
    let reference = "data.aws_iam_policy_document.all.json";
    let iot = format!("resource \"aws_iot_policy\" \"p\" {{\n  policy = {reference}\n}}\n");
    let role = format!("resource \"aws_iam_policy\" \"p\" {{\n  policy = {reference}\n}}\n");
    let both = data("part", "")
        + &data(
            "all",
            "source_policy_documents = [data.aws_iam_policy_document.part.json]",
        );
    for (uses, read) in [
        (String::new(), 2),
        (iot.clone(), 0),
        (role.clone(), 2),
        // What a role has is a policy of IAM, also if something else has it.
        (iot + &role, 2),
    ] {
        let text = both.clone() + &uses;
        assert_eq!(support::read("main.tf", &text).policies().len(), read, "{uses}");
    }
    let json = |uses: &str| {
        format!(
            r#"{{ "data": {{ "aws_iam_policy_document": {{ "all": {{ "statement": [{{ "actions": ["iot:Connect"],
                "resources": ["arn:aws:iot:eu-west-1:111122223333:client/$${{iot:ClientId}}"] }}] }} }} }},
                "resource": {{ "{uses}": {{ "p": {{ "policy": "${{data.aws_iam_policy_document.all.json}}" }} }} }} }}"#
        )
    };
    for (resource, read) in [("aws_iot_policy", 0), ("aws_iam_policy", 1)] {
        assert_eq!(
            support::read("main.tf.json", &json(resource)).policies().len(),
            read,
            "{resource}"
        );
    }
    let policy = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:Connect","Resource":"*"}]}"#;
    let state = |resource: &str| {
        let of = |mode: &str, own: &str, attribute: &str, policy: &str| serde_json::json!({ "mode": mode, "type": own, "name": "p", "instances": [{ "attributes": { attribute: policy } }] });
        let spaced = policy.replace(',', ",\n  ");
        let resources = [
            of("data", "aws_iam_policy_document", "json", &spaced),
            of("managed", resource, "policy", policy),
        ];
        serde_json::json!({ "version": 4, "terraform_version": "1.9.0", "resources": resources }).to_string()
    };
    for (resource, read) in [("aws_iot_policy", 0), ("aws_iam_policy", 1)] {
        let reading = support::read("state.json", &state(resource));
        assert_eq!(reading.policies().len(), read, "{resource}");
    }
}
/// Of a key that is twice in an object the last counts, and the rest of the file is checked.
#[test]
fn a_key_that_is_there_twice() {
    let checked = |object: &str| format!("locals {{\n  a = {object}\n}}\n{}", hcl("local.a.x", "\"*\""));
    for (object, misspelt) in [
        (r#"{ x = "s3:GetObject", x = "s3:PutObjct" }"#, true),
        (r#"{ x = "s3:PutObjct", x = "s3:GetObject" }"#, false),
        (r#"{ "x" = "s3:GetObject", "x" = "s3:PutObjct", y = 1 }"#, true),
        (r#"{ x : "s3:PutObjct", x : "s3:PutObjct", x : "s3:GetObject" }"#, false),
        // The keys that take their place may be there.
        (
            r#"{ Y = 1, X = 2, W = 3, x = "s3:PutObjct", x = "s3:GetObject", V = 4, U = 5, Z = 6 }"#,
            false,
        ),
        (
            r#"{ x = "s3:PutObjct", nested = { "a-b" = 1, "a-b" = 2, "a-b" = 3 }, x = "s3:GetObject" }"#,
            false,
        ),
        ("{\n é = 1\n é = 2\n x = \"s3:PutObjct\"\n}", true),
    ] {
        let findings = of("a.tf", &checked(object));
        let is_found = findings.iter().any(|found| found.0 == "INVALID_ACTION");
        assert_eq!(is_found, misspelt, "{object}: {findings:?}");
    }
    // What is no object's key is still an error, and so is what comes after one.
    for text in [
        "locals {\n a = 1\n a = 2\n}\n".to_owned(),
        "locals {\n a = { x = 1, x = 2, = 3 }\n}\n".to_owned(),
        "locals {\n a = { \"${var.x}\" = 1, \"${var.x}\" = 2 }\n}\n".to_owned(),
    ] {
        assert!(policy_files::read(Path::new("a.tf"), &text).is_err(), "{text}");
    }
    let policy = r#"jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:GetObject", Action = "s3:GetObject", Resource = "arn:aws:s3:::b/*" }] })"#;
    for text in [
        format!("resource \"aws_iam_policy\" \"p\" {{\n  policy = {policy}\n}}\n"),
        format!(
            "resource \"aws_iam_policy\" \"p\" {{\n  policy = {}\n}}\n",
            policy.replace("Action", "\"Action\"")
        ),
    ] {
        let findings = of("a.tf", &text);
        assert_eq!(
            findings.iter().map(|found| found.0).collect::<Vec<_>>(),
            ["DUPLICATE_ELEMENT"],
            "{text}"
        );
        assert!(findings[0].1.contains("Action"), "{findings:?}");
    }
    let in_json = format!(
        r#"{{ "resource": {{ "aws_iam_policy": {{ "p": {{ "policy": "${{{}}}" }} }} }} }}"#,
        policy.replace('"', "\\\"")
    );
    let findings = of("a.tf.json", &in_json);
    assert_eq!(
        findings.iter().map(|found| found.0).collect::<Vec<_>>(),
        ["DUPLICATE_ELEMENT"]
    );
    // A policy with a key twice is at its own address.
    let twice = r#"locals {
  a = {
    one = { Version = "2012-10-17", Statement = [] }
    one = { Version = "2012-10-17", Statement = [] }
  }
}
"#;
    let addresses: Vec<String> = all("a.tf", twice).into_iter().map(|(address, ..)| address).collect();
    assert_eq!(addresses, ["locals.a.one", "locals.a.one"]);
    // So many that reading them all would take too long.
    let many = "{ a = 1, a = 2 },\n".repeat(50_000);
    assert!(policy_files::read(Path::new("a.tf"), &format!("locals {{\n x = [{many}]\n}}\n")).is_err());
}
/// A policy that is a local value is one policy, where something has it.
#[test]
fn a_policy_that_is_a_local_value_is_there_once() {
    let local = r#"locals {
  pol  = { Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:GetObjct", Resource = "*" }] }
  many = { a = { Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:GetObjct", Resource = "*" }] } }
}
"#;
    let used = |name: &str, policy: &str| {
        format!("resource \"aws_iam_policy\" \"{name}\" {{\n  policy = jsonencode({policy})\n}}\n")
    };
    for (uses, expected) in [
        (String::new(), vec!["locals.pol", "locals.many.a"]),
        (used("p", "local.pol"), vec!["locals.many.a", "aws_iam_policy.p.policy"]),
        (
            used("p", "local.many[\"a\"]"),
            vec!["locals.pol", "aws_iam_policy.p.policy"],
        ),
        (
            used("p", "local.many.a") + &used("q", "local.pol"),
            vec!["aws_iam_policy.p.policy", "aws_iam_policy.q.policy"],
        ),
        (
            used("p", "local.pol") + &used("q", "local.pol"),
            vec!["locals.many.a", "aws_iam_policy.p.policy", "aws_iam_policy.q.policy"],
        ),
        (
            used("p", "merge(local.pol, {})"),
            vec!["locals.pol", "locals.many.a", "aws_iam_policy.p.policy"],
        ),
        (used("p", "local.many[var.x]"), vec!["locals.pol", "locals.many.a"]),
    ] {
        for text in [format!("{local}{uses}"), format!("{uses}{local}")] {
            let mut addresses: Vec<String> = all("a.tf", &text).into_iter().map(|(address, ..)| address).collect();
            addresses.sort();
            let mut expected = expected.clone();
            expected.sort_unstable();
            assert_eq!(addresses, expected, "{text}");
        }
    }
}
/// Every editor of Windows writes them so.
#[test]
fn places_are_the_same_with_other_ends_of_lines() {
    let text = r#"data "aws_iam_policy_document" "d" {
  statement {
    # policy: allow(
    actions   = ["s3:GetObjct"] # one
    resources = ["arn:aws:s3:::b/*"]
  }
}
resource "aws_iam_policy" "p" {
  policy = <<-EOT
    {
      "Version": "2012-10-17", "Statement": [
        { "Effect": "Allow", "Action": "s3:GetObjct", "Resource": "arn:aws:s3:::b/*" }]
    }
  EOT
}
resource "aws_iam_policy" "q" {
  policy = jsonencode({ /* a
      b */
    Version = "2012-10-17"
    Statement = [{ Effect = "Allow",
      Action = "s3:GetObjct", Resource = "arn:aws:s3:::b/*" }]
  })
}
"#;
    let places = |text: &str| {
        let reading = support::read("main.tf", text);
        let found = reading.policies().iter().flat_map(|policy| {
            let findings = policy.check(&Options::new());
            let found = findings.iter().map(|finding| policy.range_of(finding).start);
            found.collect::<Vec<_>>()
        });
        let unread = reading.unread().iter().map(|unread| unread.place().start);
        let lines = Lines::of(text);
        let all = found.chain(unread).map(|at| lines.position(at));
        all.collect::<Vec<_>>()
    };
    let found = places(text);
    assert_eq!(found.len(), 4);
    assert_eq!(places(&text.replace('\n', "\r\n")), found);
}
/// A function that makes a text of others is read as what it makes, where that is known, and not as what it gets.
#[test]
fn a_text_is_what_its_function_makes() {
    let heredoc = |resource: &str| {
        format!(
            "<<EOF\n{{ \"Version\": \"2012-10-17\", \"Statement\": [{{ \"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"{resource}\" }}] }}\nEOF\n"
        )
    };
    let policy = |value: &str| format!("resource \"aws_iam_policy\" \"p\" {{\n  policy = {value}\n}}\n");
    for (value, holes) in [
        (format!("format({}, var.arn)", heredoc("%s")), 1),
        (format!("format({}, 7, var.name, \"*\")", heredoc("arn:aws:s3:::b/%03d%%/%q/%s")), 2),
        (format!("format({}, var.name)", heredoc("arn:aws:s3:::${var.b}/%s")), 2),
        (format!("replace({}, \"BUCKET_ARN\", \"${{aws_s3_bucket.b.arn}}/*\")", heredoc("BUCKET_ARN")), 1),
        (format!("trimspace(replace({}, \"-A-\", \"arn:aws:s3:::a/*\"))", heredoc("-A-")), 0),
        ("join(\"\", [\"{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":\", jsonencode(var.statements), \"}\"])".to_owned(), 1),
        ("jsonencode(merge({ Version = \"2012-10-17\" }, { Statement = [{ Effect = \"Allow\", Action = \"s3:GetObject\", Resource = \"arn:aws:s3:::a/*\" }] }))".to_owned(), 0),
        ("jsonencode(merge(var.base, { Statement = [{ Effect = \"Allow\", Action = \"s3:GetObject\", Resource = \"arn:aws:s3:::a/*\" }] }))".to_owned(), 0),
    ] {
        let text = policy(&value);
        assert_eq!(of("a.tf", &text), [], "{text}");
        let reading = policy_files::read(Path::new("a.tf"), &text).unwrap();
        assert_eq!(reading.policies()[0].holes().len(), holes, "{text}");
    }
    let text = policy(&format!("format({}, aws_s3_bucket.b.arn)", heredoc("%s")));
    assert_eq!(of("a.tf", &text), found("RESOURCE_FITS_NO_ACTION", "\"%s\""));
    // Of the rest only what is written is read.
    let text = policy(&format!("replace({}, \"/X+/\", var.x)", heredoc("arn:aws:s3:::a/*")));
    assert_eq!(
        policy_files::read(Path::new("a.tf"), &text).unwrap().policies()[0]
            .assumptions()
            .len(),
        1
    );
    let text = policy("join(var.between, [\"{ \\\"Statement\\\": \", var.x])");
    let reading = policy_files::read(Path::new("a.tf"), &text).unwrap();
    let counts = (
        reading.policies().len(),
        reading.unread().len(),
        reading.skipped().len(),
    );
    assert_eq!(counts, (0, 0, 1));
    let local = "locals {\n  doc = merge({ Version = \"2012-10-17\" }, { Statement = [{ Effect = \"Allow\", Action = \"s3:ListAllMyBuckets\", Resource = \"*\" }] })\n}\n";
    assert_eq!(of("a.tf", local), []);
}
/// What is where a policy has to be is one, whatever it looks like.
#[test]
fn a_text_in_place_of_a_policy_is_refused() {
    let policy = |value: &str| format!("resource \"aws_iam_policy\" \"p\" {{\n  policy = {value}\n}}\n");
    for (value, reason) in [
        (
            "<<-EOT\n  {'Version': '2012-10-17', 'Statement': []}\n  EOT",
            "expected a name in double quotes, found `'`",
        ),
        ("\"{ nope\"", "expected a name in double quotes, found `nope`"),
        ("\"reader\"", "expected a value, found `reader`"),
        (
            "var.a ? \"reader\" : jsonencode({})",
            "expected a value, found `reader`",
        ),
    ] {
        let reading = policy_files::read(Path::new("a.tf"), &policy(value)).unwrap();
        let unread: Vec<_> = reading
            .unread()
            .iter()
            .map(|own| (own.address(), own.reason()))
            .collect();
        assert_eq!(unread, [("aws_iam_policy.p.policy", reason)], "{value}");
    }
    for value in [
        "\"\"",
        "\"${var.policy}\"",
        "\"${file(\"x\")}\\n\"",
        "file(\"x.json\")",
        "null",
    ] {
        let reading = policy_files::read(Path::new("a.tf"), &policy(value)).unwrap();
        assert_eq!(reading.unread(), [], "{value}");
    }
}
