//! The forms in which files have policies: what is found of each, and where.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod support;
use policy_core::check::Options;
use policy_core::policy::{AttachedTo, Kind};
use policy_files::{Language, Unreadable};
use std::path::Path;
use support::forms::{all, found, hcl, of, resource};
use support::read;
#[test]
fn the_place_decides_the_kind() {
    let statement = "Statement: { Effect: Allow, Principal: { Service: sns.amazonaws.com }, Action: 'sts:AssumeRole' }";
    for (own, properties, kind, attached_to) in [
        ("AWS::IAM::Role", "AssumeRolePolicyDocument:\n  @", Kind::Trust, None),
        (
            "AWS::IAM::Role",
            "Policies:\n  - PolicyDocument:\n      @",
            Kind::Identity,
            None,
        ),
        (
            "AWS::Serverless::Function",
            "Policies:\n  - AWSXRayDaemonWriteAccess\n  - @",
            Kind::Identity,
            None,
        ),
        ("AWS::Serverless::Function", "Policies:\n  @", Kind::Identity, None),
        (
            "AWS::S3::BucketPolicy",
            "PolicyDocument:\n  @",
            Kind::Resource,
            Some(AttachedTo::S3Bucket),
        ),
        ("AWS::SQS::QueuePolicy", "PolicyDocument:\n  @", Kind::Resource, None),
        ("AWS::KMS::Key", "KeyPolicy:\n  @", Kind::Resource, None),
        (
            "AWS::EC2::VPCEndpoint",
            "PolicyDocument:\n  @",
            Kind::Resource,
            Some(AttachedTo::VpcEndpoint),
        ),
        (
            "AWS::Organizations::Policy",
            "Type: RESOURCE_CONTROL_POLICY\nContent:\n  @",
            Kind::ResourceControl,
            None,
        ),
        (
            "AWS::Organizations::Policy",
            "Content:\n  @",
            Kind::ServiceControl,
            None,
        ),
        ("Custom::Anything", "Document:\n  @", Kind::Trust, None),
    ] {
        let text = resource(own, &properties.replace('@', statement));
        let reading = read("a.yaml", &text);
        let [policy] = reading.policies() else {
            panic!("{text}\n{reading:?}")
        };
        assert_eq!((policy.kind(), policy.attached_to()), (kind, attached_to), "{text}");
        assert_eq!(text.get(policy.place()), Some(statement));
    }
    let tags = resource("AWS::Organizations::Policy", "Type: TAG_POLICY\nContent: { tags: {} }");
    assert_eq!(all("a.yaml", &tags), []);
}
/// Policies in other languages than that of IAM have other variables, condition keys and actions.
#[test]
fn what_is_not_a_policy_of_iam_is_not_read() {
    let policy = r#"{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "iot:Connect",
        "Resource": "arn:aws:iot:eu-west-1:111122223333:client/${iot:ClientId}" }] }"#;
    assert_eq!(
        all(
            "a.yaml",
            &resource("AWS::IoT::Policy", &format!("PolicyDocument: {policy}"))
        ),
        []
    );
    let hcl = r#"{ Statement = [{ Effect = "Deny", Principal = "*", Action = "Update:*", Resource = "*" }] }"#;
    let json = r#"{ "Statement": [{ "Effect": "Deny", "Principal": "*", "Action": "Update:*", "Resource": "*" }] }"#;
    for (own, argument) in [
        ("aws_iot_policy", "policy"),
        ("aws_cloudformation_stack", "policy_body"),
    ] {
        let block = format!("resource \"{own}\" \"p\" {{\n  {argument} = jsonencode({hcl})\n}}\n");
        assert_eq!(all("main.tf", &block), [], "{own}");
        let plan = serde_json::json!({ "format_version": "1.2", "planned_values": { "root_module": { "resources": [
            { "address": format!("{own}.p"), "mode": "managed", "type": own, "name": "p", "values": { argument: json } },
        ] } } });
        assert_eq!(all("plan.json", &plan.to_string()), [], "{own}");
    }
}
/// The arguments of a statement for policies of any kind are `null` where the kind has no such element.
#[test]
fn a_trust_policy_has_no_resources_that_may_be_null() {
    let hcl = "data \"aws_iam_policy_document\" \"trust\" {\n  dynamic \"statement\" {\n    for_each = var.statements\n    content {\n      actions   = statement.value.actions\n      resources = statement.value.resources\n      principals {\n        type        = \"Service\"\n        identifiers = [\"ecs-tasks.amazonaws.com\"]\n      }\n    }\n  }\n}\nresource \"aws_iam_role\" \"r\" {\n  assume_role_policy = data.aws_iam_policy_document.trust.json\n}\n";
    let codes = |text: &str| {
        of("main.tf", text)
            .into_iter()
            .map(|(code, _)| code)
            .collect::<Vec<_>>()
    };
    let code = "ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE";
    assert!(!codes(hcl).contains(&code));
    assert!(codes(&hcl.replace("statement.value.resources", "[\"*\"]")).contains(&code));
}
#[test]
fn a_statement_of_an_event_bus_is_a_policy() {
    let text = resource(
        "AWS::Events::EventBusPolicy",
        "StatementId: a\nStatement:\n  Effect: Allow\n  Principal: { AWS: '111122223333' }\n  Action: events:PutEvnts\n  Resource: '*'",
    );
    let all = all("a.yaml", &text);
    assert_eq!(all[0].0, "Resources.R.Properties.Statement");
    assert_eq!(all[0].2[0], ("INVALID_ACTION", "PutEvnts".to_owned()));
}
/// A policy whose resource is this, of `s3:GetObject`.
fn getting(resource_: &str) -> String {
    let bucket = "\n  B:\n    Type: AWS::S3::Bucket\n  Q:\n    Type: AWS::SQS::Queue\n  T:\n    Type: AWS::SNS::Topic";
    let policy = format!(
        "PolicyDocument:\n  Version: 2012-10-17\n  Statement:\n    - Effect: Allow\n      Action: s3:GetObject\n      Resource: {resource_}"
    );
    resource("AWS::IAM::ManagedPolicy", &policy).trim_end().to_owned() + bucket + "\n"
}
#[test]
fn a_function_is_no_mistake() {
    for value in [
        "!Ref Any",
        "!Sub '${Any}/*'",
        "!Sub 'arn:${AWS::Partition}:s3:::${Any}/*'",
        "!Sub ['arn:aws:s3:::${a}/*', { a: !Ref B }]",
        "{ 'Fn::Sub': !Join ['', [a, b]] }",
        "!Sub 'arn:aws:s3:::home/${!aws:username}/*'",
        "!Sub '${B.Arn}/*'",
        "{ 'Fn::Join': ['', [{ 'Fn::GetAtt': [B, Arn] }, '/*']] }",
        "!Join ['/', [!GetAtt B.Arn, '*']]",
        "!ImportValue Any",
        "!FindInMap [a, b, c]",
        "!Select [0, !Split [',', !Ref Any]]",
        "!If [C, !Sub '${B.Arn}/*', 'arn:aws:s3:::a/*']",
        "!Split [',', !Ref Any]",
        "['arn:aws:s3:::a/*', !If [C, 'arn:aws:s3:::b/*', !Ref 'AWS::NoValue']]",
    ] {
        assert_eq!(of("a.yaml", &getting(value)), [], "{value}");
    }
}
#[test]
fn a_reference_has_the_type_that_aws_says() {
    for (value, code, bytes) in [
        ("!GetAtt B.Arn", "RESOURCE_FITS_NO_ACTION", "!GetAtt B.Arn"),
        ("!Sub '${B.Arn}'", "RESOURCE_FITS_NO_ACTION", "!Sub '${B.Arn}'"),
        (
            "!Sub 'arn:aws:s3:::${B}'",
            "RESOURCE_FITS_NO_ACTION",
            "!Sub 'arn:aws:s3:::${B}'",
        ),
        ("!GetAtt Q.Arn", "ACTION_FITS_NO_RESOURCE", "s3:GetObject"),
        ("!Ref T", "ACTION_FITS_NO_RESOURCE", "s3:GetObject"),
    ] {
        let findings = of("a.yaml", &getting(value));
        assert!(findings.contains(&(code, bytes.to_owned())), "{value}: {findings:?}");
    }
}
/// A mistake in either branch is found, and the branches do not meet.
#[test]
fn both_branches_of_a_condition_are_read() {
    let text = resource(
        "AWS::IAM::ManagedPolicy",
        "PolicyDocument:\n  Version: '2012-10-17'\n  Statement:\n    - Effect: !If [C, Allow, Deny]\n      Action: !If [C, 's3:GetObjct', 's3:PutObjct']\n      Resource: '*'\n    - !If [D, { Effect: Allow, Action: 's3:ListBuckt', Resource: '*' }, !Ref AWS::NoValue]",
    );
    let codes: Vec<_> = of("a.yaml", &text)
        .into_iter()
        .filter(|found| found.0 == "INVALID_ACTION")
        .collect();
    let bytes: Vec<_> = codes.iter().map(|found| found.1.as_str()).collect();
    assert_eq!(bytes, ["GetObjct", "PutObjct", "ListBuckt"]);
    assert_eq!(read("a.yaml", &text).policies()[0].documents().len(), 2);
}
/// The action is one of these scalars, and is underlined where it is written.
#[test]
fn a_part_of_a_scalar_is_where_it_is_written() {
    for scalar in [
        "s3:GetObjct",
        "'s3:GetObjct'",
        "\"s3:GetObjct\"",
        ">-\n          s3:GetObjct",
        "|-\n          s3:GetObjct",
        "!Sub 's3:GetObjct'",
        "&a s3:GetObjct",
        "\n        - s3:GetObjct",
        "[s3:GetObjct]",
    ] {
        let policy = format!(
            "PolicyDocument:\n  Version: 2012-10-17\n  Statement:\n    - Sid: É\n      Effect: Allow # é😀\n      Action: {scalar}\n      Resource: '*'"
        );
        for line_end in ["\n", "\r\n"] {
            let text = resource("AWS::IAM::ManagedPolicy", &policy).replace('\n', line_end);
            let findings = of("a.yaml", &text);
            assert!(
                findings.contains(&("INVALID_ACTION", "GetObjct".to_owned())),
                "{text}: {findings:?}"
            );
            let marked = format!("\u{feff}{text}");
            assert_eq!(of("a.yaml", &marked), findings);
        }
    }
    let escaped = of("a.yaml", &getting("\"arn:awss:s3:::\\u0065\\x78/*\""));
    assert_eq!(escaped, found("INVALID_PARTITION", "awss"));
}
/// As 68 of 2,264 policies are written.
#[test]
fn a_policy_that_is_a_text_is_read() {
    let json = "!Sub |\n  {\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [{ \"Effect\": \"Allow\", \"Action\": [\"s3:GetObjct\"],\n      \"Resource\": \"arn:${AWS::Partition}:s3:::${Any}/*\" }]\n  }";
    let text = resource(
        "AWS::IAM::ManagedPolicy",
        &format!("PolicyDocument: {}", json.replace('\n', "\n  ")),
    );
    assert_eq!(of("a.yaml", &text), found("INVALID_ACTION", "GetObjct"));
    let broken = text.replace("[{ \"Effect\"", "{ \"Effect\"");
    let reading = read("a.yaml", &broken);
    let [unread] = reading.unread() else {
        panic!("{reading:?}")
    };
    assert_eq!(unread.address(), "Resources.R.Properties.PolicyDocument");
    // The code of a function is not a policy, whatever it has.
    let code = resource(
        "AWS::Lambda::Function",
        "Code:\n  ZipFile: |\n    policy = { \"Statement\": [{ \"Action\": \"s3:GetObjct\" }] }",
    );
    assert_eq!(all("a.yaml", &code), []);
}
#[test]
fn what_a_macro_makes_is_not_known() {
    let text = resource(
        "AWS::IAM::ManagedPolicy",
        "PolicyDocument:\n  Version: '2012-10-17'\n  Statement:\n    'Fn::Transform': { Name: AWS::Include, Parameters: { Location: s3://a } }",
    );
    assert_eq!(of("a.yaml", &text), []);
    let looped = text.replace(
        "'Fn::Transform': { Name: AWS::Include, Parameters: { Location: s3://a } }",
        "Fn::ForEach::A: [a, [b], { c: d }]",
    );
    assert_eq!(of("a.yaml", &looped), []);
}
#[test]
fn anchors_and_merged_maps_are_read() {
    let text = resource(
        "AWS::IAM::Role",
        "Policies:\n  - PolicyDocument: &a\n      Version: '2012-10-17'\n      Statement: [{ Effect: Allow, Action: 's3:GetObjct', Resource: '*' }]\n  - PolicyDocument: *a\n  - PolicyDocument: { <<: *a, Version: '2012-10-17' }",
    );
    let all = all("a.yaml", &text);
    assert_eq!(all.len(), 3);
    for (_, _, findings) in all {
        assert_eq!(findings, found("INVALID_ACTION", "GetObjct"));
    }
}
const EXPORT: &str = r#"{
  "RoleDetailList": [{ "RoleName": "a",
    "AssumeRolePolicyDocument": { "Version": "2012-10-17", "Statement": [
      { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "sts:AsumeRole" }] },
    "RolePolicyList": [{ "PolicyName": "p", "PolicyDocument": "%7B%22Version%22:%222012-10-17%22,%22Statement%22:[%7B%22Effect%22:%22Allow%22,%22Action%22:%22s3:GetObjct%22,%22Resource%22:%22%2A%22%7D]%7D" }],
    "InstanceProfileList": [{ "Roles": [{ "AssumeRolePolicyDocument": { "Version": "2012-10-17", "Statement": [] } }] }] }],
  "Policies": [
    { "Arn": "arn:aws:iam::aws:policy/ReadOnlyAccess", "PolicyVersionList": [
      { "IsDefaultVersion": true, "Document": { "Version": "2012-10-17", "Statement": [] } }] },
    { "Arn": "arn:aws:iam::111122223333:policy/own", "PolicyVersionList": [
      { "IsDefaultVersion": false, "Document": { "Version": "2012-10-17", "Statement": [] } },
      { "IsDefaultVersion": true, "Document": { "Version": "2012-10-17", "Statement": [
        { "Effect": "Deny", "Action": "s3:PutObjct", "Resource": "*" }] } }] }]
}"#;

#[test]
fn an_export_of_an_account_has_each_policy_once() {
    let all = all("export.json", EXPORT);
    let expected = [
        ("RoleDetailList[0].AssumeRolePolicyDocument", Kind::Trust, "AsumeRole"),
        (
            "RoleDetailList[0].RolePolicyList[0].PolicyDocument",
            Kind::Identity,
            "GetObjct",
        ),
        ("Policies[1].PolicyVersionList[1].Document", Kind::Identity, "PutObjct"),
    ];
    assert_eq!(all.len(), expected.len(), "{all:?}");
    for ((address, kind, findings), (own, of, bytes)) in all.iter().zip(expected) {
        assert_eq!((address.as_str(), *kind), (own, of));
        assert!(findings.iter().any(|finding| finding.1 == bytes), "{findings:?}");
    }
}
#[test]
fn a_plan_has_what_will_be() {
    let policy = |action: &str| {
        let json = format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":"{action}","Resource":"*"}}]}}"#
        );
        serde_json::Value::from(json).to_string()
    };
    let resource = |address: &str, value: &str| {
        format!(
            r#"{{ "address": "{address}", "mode": "managed", "type": "aws_iam_policy", "name": "p", "values": {{ "policy": {value} }} }}"#
        )
    };
    let (new, old, gone) = (policy("s3:GetObjct"), policy("s3:OldObjct"), policy("s3:GoneObjct"));
    let text = format!(
        r#"{{ "format_version": "1.2",
        "planned_values": {{ "root_module": {{ "resources": [{}] }} }},
        "resource_changes": [
          {{ "address": "aws_iam_policy.p", "type": "aws_iam_policy", "change": {{ "actions": ["update"], "before": {{ "policy": {old} }}, "after": {{ "policy": {new} }} }} }},
          {{ "address": "aws_iam_policy.q", "type": "aws_iam_policy", "change": {{ "actions": ["delete"], "before": {{ "policy": {gone} }}, "after": null }} }}],
        "prior_state": {{ "values": {{ "root_module": {{ "resources": [{}, {},
          {{ "address": "data.aws_iam_policy_document.p", "mode": "data", "type": "aws_iam_policy_document", "name": "p", "values": {{ "json": {new} }} }}] }} }} }} }}"#,
        resource("aws_iam_policy.p", &new),
        resource("aws_iam_policy.p", &old),
        resource("aws_iam_policy.q", &gone),
    );
    let all = all("plan.json", &text);
    assert_eq!(all.len(), 1, "{all:?}");
    assert_eq!(
        (all[0].0.as_str(), all[0].1),
        ("aws_iam_policy.p.policy", Kind::Identity)
    );
    assert_eq!(all[0].2, found("INVALID_ACTION", "GetObjct"));
}
/// What is known only after the plan is applied is not what it was before.
#[test]
fn a_plan_has_nothing_that_was() {
    let policy = r#""{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:OldObjct\",\"Resource\":\"*\"}]}""#;
    let old = |mode: &str, kind: &str, member: &str| {
        let data = if mode == "data" { "data." } else { "" };
        format!(
            r#"{{ "address": "{data}{kind}.p", "mode": "{mode}", "type": "{kind}", "name": "p", "values": {{ "{member}": {policy} }} }}"#
        )
    };
    let plan = |changes: &str, prior: &str| {
        format!(
            r#"{{ "format_version": "1.2",
            "planned_values": {{ "root_module": {{ "resources": [
              {{ "address": "aws_iam_policy.p", "mode": "managed", "type": "aws_iam_policy", "name": "p", "values": {{ "name": "p" }} }}] }} }},
            "resource_drift": [{{ "address": "aws_iam_policy.p", "mode": "managed", "type": "aws_iam_policy", "name": "p",
              "change": {{ "actions": ["update"], "before": {{}}, "after": {{ "policy": {policy} }} }} }}],
            "resource_changes": [{{ "address": "aws_iam_policy.p", "mode": "managed", "type": "aws_iam_policy", "name": "p", "change": {{
              "actions": ["update"], "before": {{ "policy": {policy} }}, "after": {{ "name": "p" }}, "after_unknown": {{ "policy": true }} }} }}{changes}],
            "prior_state": {{ "values": {{ "root_module": {{ "resources": [{prior}] }} }} }} }}"#
        )
    };
    let managed = old("managed", "aws_iam_policy", "policy");
    assert_eq!(all("plan.json", &plan("", &managed)), []);
    // A data source that is read while planning is in the state before, and nowhere else.
    let read = old("data", "aws_iam_policy_document", "json");
    let found = all("plan.json", &plan("", &format!("{managed}, {read}")));
    let addresses: Vec<&str> = found.iter().map(|(address, ..)| address.as_str()).collect();
    assert_eq!(addresses, ["data.aws_iam_policy_document.p.json"]);
    let later = r#", { "address": "data.aws_iam_policy_document.p", "mode": "data", "type": "aws_iam_policy_document", "name": "p",
        "change": { "actions": ["read"], "before": null, "after": {}, "after_unknown": { "json": true } } }"#;
    assert_eq!(all("plan.json", &plan(later, &format!("{managed}, {read}"))), []);
}
#[test]
fn a_list_of_constructs_repeats_what_the_templates_have() {
    let policy = r#"{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "s3:GetObjct", "Resource": "*" }] }"#;
    assert_eq!(
        all(
            "tree.json",
            &format!(r#"{{ "version": "tree-0.1", "tree": {{ "a": {policy} }} }}"#)
        ),
        []
    );
    assert_eq!(all("any.json", &format!(r#"{{ "a": {policy} }}"#)).len(), 1);
}
#[test]
fn resources_of_kubernetes_have_terraforms_types() {
    let text = "apiVersion: organizations.aws.m.upbound.io/v1beta1\nkind: Policy\nspec:\n  forProvider:\n    content: |-\n      { \"Version\": \"2012-10-17\", \"Statement\": [{ \"Effect\": \"Deny\", \"Action\": \"s3:GetObjct\", \"Resource\": \"*\" }] }\n---\napiVersion: iam.aws.upbound.io/v1beta1\nkind: Role\nspec:\n  forProvider:\n    assumeRolePolicy: '{ \"Version\": \"2012-10-17\", \"Statement\": [{ \"Effect\": \"Allow\", \"Principal\": { \"AWS\": \"111122223333\" }, \"Action\": \"sts:AssumeRole\" }] }'\n";
    let all = all("a.yaml", text);
    let kinds: Vec<_> = all.iter().map(|(address, kind, _)| (address.as_str(), *kind)).collect();
    assert_eq!(
        kinds,
        [
            ("spec.forProvider.content", Kind::ServiceControl),
            ("spec.forProvider.assumeRolePolicy", Kind::Trust)
        ]
    );
}
#[test]
fn the_serverless_framework_has_statements_and_variables() {
    let text = "service: a\nprovider:\n  name: aws\n  iam:\n    role:\n      statements:\n        - Effect: Allow\n          Action: s3:GetObjct\n          Resource: arn:aws:s3:::${self:custom.bucket}/${aws:username}\nresources:\n  Resources:\n    P:\n      Type: AWS::IAM::ManagedPolicy\n      Properties:\n        PolicyDocument: { Version: 2012-10-17, Statement: [{ Effect: Allow, Action: 's3:PutObjct', Resource: '*' }] }\n";
    let all = all("serverless.yml", text);
    let shown: Vec<_> = all
        .iter()
        .map(|(address, _, findings)| (address.as_str(), findings.clone()))
        .collect();
    assert_eq!(
        shown,
        [
            (
                "resources.Resources.P.Properties.PolicyDocument",
                found("INVALID_ACTION", "PutObjct")
            ),
            ("provider.iam.role.statements", found("INVALID_ACTION", "GetObjct")),
        ]
    );
}
#[test]
fn what_is_not_read_says_why() {
    for (name, text, said) in [
        ("a.txt", "", "not JSON, YAML or HCL by its name"),
        (
            "a.yaml",
            "a: {{ .Values.a }}\nb: {{ x }}: {",
            "a template of YAML, as Helm, Jinja and Terraform have them: check what it becomes",
        ),
        (
            "a.yaml",
            "Statement:\n  - Effect: Allow\n    Action: s3:GetObject\n    Resource: '*'\n  # {% include 'deny.j2' %}\n",
            "a template of YAML, as Helm, Jinja and Terraform have them: check what it becomes",
        ),
        ("a.tf", "a {", "not HCL: "),
        ("a.json", "{", "not JSON: "),
    ] {
        let error = policy_files::read(Path::new(name), text).unwrap_err();
        assert!(error.to_string().starts_with(said), "{error}");
    }
    let error = policy_files::read(Path::new("a.tf"), "a = 1\nb = \n").unwrap_err();
    let Unreadable::Syntax(syntax) = error else {
        panic!("{error}")
    };
    assert_eq!(syntax.language(), Language::Hcl);
    assert!(syntax.offset() >= 10, "{syntax:?}");
}
#[test]
fn help_is_in_the_language_of_the_file() {
    let helps = |name: &str, text: &str| {
        let reading = read(name, text);
        let policy = &reading.policies()[0];
        let findings = policy.check(&Options::new());
        findings
            .iter()
            .flat_map(|finding| policy.helps(finding))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        helps("a.yaml", &getting("!GetAtt B.Arn")),
        ["write `!Sub \"${B.Arn}/*\"`"]
    );
    assert_eq!(
        helps("a.tf", &hcl("\"s3:GetObject\"", "aws_s3_bucket.b.arn")),
        ["write `\"${aws_s3_bucket.b.arn}/*\"`"]
    );
    let list = "data \"aws_iam_policy_document\" \"p\" {\n  statement {\n    actions = [\"sqs:ListQueues\"]\n    resources = [aws_sqs_queue.q.arn]\n  }\n}";
    assert_eq!(helps("a.tf", list), ["write `resources = [\"*\"]`"]);
}
#[test]
fn the_first_line_of_a_block_is_where_it_is_written() {
    for block in ["|", "|-", ">", "| # JSON"] {
        let text = format!(
            "Resources:\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument: !Sub {block}\n        \
             {{ \"Version\": \"2012-10-17\", \"Statement\": [{{ \"Effect\": \"Alow\",\n          \"Action\": [\"s3:GetObjct\"],\n          \
             \"Resource\": \"*\" }}] }}\n"
        );
        let found = support::shown(&text, &support::read("t.yaml", &text).policies()[0]);
        let expected = [
            ("INVALID_EFFECT", "\"Alow\"".to_owned()),
            ("INVALID_ACTION", "GetObjct".to_owned()),
        ];
        assert_eq!(found, expected, "{block}");
    }
}
/// What a function of Pulumi gives is text, if it is written out, or not known.
#[test]
fn functions_of_pulumi() {
    let program = |action: &str, resource: &str, rest: &str| {
        format!(
            "name: a\nruntime: yaml\nresources:\n  p:\n    type: aws:iam:Policy\n    properties:\n      policy:\n        fn::toJSON:\n          Version: '2012-10-17'\n          Statement:\n            - {{ Effect: Allow, Action: {action}, Resource: {resource}{rest} }}\n"
        )
    };
    let action = "'s3:GetObject'";
    for resource in [
        "{ 'fn::join': ['', ['arn:aws:s3:::', x, '/*']] }",
        "{ 'Fn::Join': ['', ['arn:aws:s3:::', x, '/*']] }",
        "{ 'fn::join': ['', ['arn:aws:s3:::', '${bucket.id}', '/*']] }",
        "{ 'fn::join': ['', '${parts}'] }",
        "{ 'fn::select': [0, ['arn:aws:s3:::b/*']] }",
        "{ 'Fn::Select': ['${n}', ['arn:aws:s3:::b/*']] }",
        "{ 'fn::select': [3, ['arn:aws:s3:::b/*']] }",
        "{ 'fn::split': [',', '${list}'] }",
        "{ 'fn::invoke': { function: 'aws:x:y', arguments: { a: b }, return: c } }",
        "{ 'fn::aws:s3:getBucket': { bucket: b } }",
        "{ 'fn::secret': 'arn:aws:s3:::b/*' }",
        "{ 'fn::secret': { 'fn::join': ['', ['arn:aws:s3:::', x, '/*']] } }",
        "{ 'fn::toBase64': x }",
        "{ 'fn::readFile': ./x }",
        "{ 'fn::stackReference': [a, b] }",
        "{ 'fn::toJSON': [a, b] }",
        "[{ 'fn::join': ['', ['arn:aws:s3:::', x, '/*']] }, '${bucket.arn}/*']",
    ] {
        assert_eq!(of("Pulumi.yaml", &program(action, resource, "")), [], "{resource}");
        assert_eq!(
            of("Pulumi.yaml", &program("{ 'fn::split': [',', x] }", resource, "")),
            [],
            "{resource}"
        );
    }
    for condition in [
        "{ 'fn::invoke': { function: 'aws:x:y' } }",
        "{ StringEquals: { 'fn::select': [0, '${list}'] } }",
        "{ StringEquals: { 'aws:PrincipalOrgID': { 'fn::secret': o-abcdefghij } } }",
    ] {
        let rest = format!(", Condition: {condition}");
        assert_eq!(
            of("Pulumi.yaml", &program(action, "'arn:aws:s3:::b/*'", &rest)),
            [],
            "{condition}"
        );
    }
    for (action, resource, code) in [
        (
            action,
            "{ 'fn::join': ['', ['arn:aws:sqs:eu-west-1:', '111122223333:q']] }",
            "ACTION_FITS_NO_RESOURCE",
        ),
        (
            "{ 'fn::select': [1, [x, 's3:GetObjct']] }",
            "'arn:aws:s3:::b/*'",
            "INVALID_ACTION",
        ),
        (
            "{ 'fn::secret': 's3:GetObjct' }",
            "'arn:aws:s3:::b/*'",
            "INVALID_ACTION",
        ),
        // No functions: of one name with others, of `CloudFormation`.
        (action, "{ 'fn::join': ['', [a]], x: y }", "DATA_TYPE_MISMATCH"),
        (action, "{ Ref: B }", "DATA_TYPE_MISMATCH"),
        (action, "{ a: b }", "DATA_TYPE_MISMATCH"),
    ] {
        let findings = of("Pulumi.yaml", &program(action, resource, ""));
        assert!(
            findings.iter().any(|found| found.0 == code),
            "{action} {resource}: {findings:?}"
        );
    }
    // In a template they are no functions.
    let text = resource(
        "AWS::IAM::ManagedPolicy",
        "PolicyDocument:\n  Version: '2012-10-17'\n  Statement: { Effect: Allow, Action: 's3:GetObject', Resource: { 'fn::join': ['', [a]] } }",
    );
    assert_eq!(of("a.yaml", &text)[0].0, "DATA_TYPE_MISMATCH");
}
/// The text of a policy in a resource of Crossplane is one, whatever its property is called.
#[test]
fn a_text_of_crossplane_that_is_not_json_is_refused() {
    for (group, kind, property) in [
        ("iam.aws.crossplane.io", "Policy", "document"),
        ("iam.aws.upbound.io", "Policy", "policy"),
        ("iam.aws.crossplane.io", "Role", "assumeRolePolicyDocument"),
        ("ecr.aws.crossplane.io", "RepositoryPolicy", "rawPolicy"),
        ("s3.aws.crossplane.io", "BucketPolicy", "rawPolicy"),
        ("cloudsearch.aws.crossplane.io", "Domain", "accessPolicies"),
    ] {
        let text = format!(
            "apiVersion: {group}/v1beta1\nkind: {kind}\nspec:\n  forProvider:\n    {property}: |\n      {{ \"Statement\": [] , }}\n"
        );
        let reading = read("a.yaml", &text);
        let addresses: Vec<&str> = reading.unread().iter().map(policy_files::Unread::address).collect();
        assert_eq!(addresses, [format!("spec.forProvider.{property}")], "{text}");
    }
}
/// The text of a policy in a template is one where it starts as an object does; another is perhaps a name.
#[test]
fn a_text_of_a_template_that_is_not_json_is_refused() {
    for (kind, property, value, is_refused) in [
        ("AWS::IAM::ManagedPolicy", "PolicyDocument", "'{ nope'", true),
        (
            "AWS::Serverless::Function",
            "Policies",
            "AWSXRayDaemonWriteAccess",
            false,
        ),
        ("AWS::IAM::ManagedPolicy", "PolicyDocument", "!Ref Document", false),
    ] {
        let text = resource(kind, &format!("{property}: {value}"));
        assert_eq!(!read("a.yaml", &text).unread().is_empty(), is_refused, "{text}");
    }
}
