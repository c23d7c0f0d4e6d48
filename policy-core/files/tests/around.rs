//! What is around a policy in its document and may change it, or decides whether it is there, is told.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod support;

use support::around::{POLICY, assumed, encoded, read, template};

#[test]
fn macros_around_a_policy_of_a_template_are_told() {
    for kept in [
        "",
        r#""Transform":"AWS::Serverless-2016-10-31","#,
        r#""Transform":["AWS::LanguageExtensions","AWS::SecretsManager-2024-09-16"],"#,
        r#""Conditions":{"C":{"Fn::Equals":["a","b"]}},"#,
    ] {
        assumed("t.json", &template(kept, "", ""), &[], true);
    }
    let of_transform = |name: &str| format!("{name} of `Transform` may make another policy of it");
    for (transform, name) in [
        (r#""Mine""#, "the macro `Mine`"),
        (r#"["AWS::Serverless-2016-10-31","Mine"]"#, "the macro `Mine`"),
        (r#""AWS::ServerlessX""#, "the macro `AWS::ServerlessX`"),
        (
            r#"[{"Name":"AWS::Include","Parameters":{"Location":"s3://b/k"}}]"#,
            "the macro `AWS::Include`",
        ),
        (r#"{"Ref":"X"}"#, "a macro"),
    ] {
        let text = template(&format!(r#""Transform":{transform},"#), "", "");
        assumed("t.json", &text, &[&of_transform(name)], false);
    }
    let beside = "the macro of `Fn::Transform` beside it gets it, and may make another policy of it";
    let own = r#""Fn::Transform":{"Name":"M"},"#;
    for text in [
        template(own, "", ""),
        template("", own, ""),
        template("", "", own),
        template("", "", "").replace(r#""Resources":{"#, &format!(r#""Resources":{{{own}"#)),
        // Where it is not the whole document that is a template.
        format!(r#"{{"TemplateBody":{}}}"#, template("", own, "")),
    ] {
        assumed("t.json", &text, &[beside], false);
        assumed("t.yaml", &text, &[beside], false);
    }
}

#[test]
fn macros_in_a_policy_are_told() {
    let beside = "the macro of `Fn::Transform` beside it gets it, and may make another policy of it";
    let text = template("", "", "").replace("\"Version\"", r#""Fn::Transform":{"Name":"M"},"Version""#);
    let looped = template("", "", "").replace("\"Version\"", r#""Fn::ForEach::A":["a",["b"],{"c":"d"}],"Version""#);
    let often = "the list of `Fn::ForEach::A` decides how often it is there, if at all, and with which values";
    for name in ["t.json", "t.yaml"] {
        assumed(name, &text, &[beside], false);
        assumed(name, &looped, &[often], false);
    }
}

#[test]
fn texts_that_the_versions_of_yaml_read_differently_are_told() {
    let of = |value: &str| {
        format!(
            "Resources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      AssumeRolePolicyDocument:\n        \
             Version: 2012-10-17\n        Statement:\n          - Effect: Allow\n            Action: sts:AssumeRole\n            \
             Principal: {{ AWS: 123456789012 }}\n            Condition:\n              StringEquals:\n                \
             sts:ExternalId: {value}\n              Bool:\n                aws:ViaAWSService: true\n"
        )
    };
    for (value, misread) in [
        ("012345670123", Some("1.1 has `012345670123` for an octal number")),
        ("012345678901", Some("1.2 has `012345678901` for a number")),
        ("yes", Some("1.1 has `yes` for a boolean")),
        ("[a, Off]", Some("1.1 has `Off` for a boolean")),
        ("0x1F", Some("1.1 has `0x1F` for a number")),
        ("0b11", Some("1.1 has `0b11` for a number")),
        ("1_000", Some("1.1 has `1_000` for a number")),
        ("190:20:30", Some("1.1 has `190:20:30` for a number")),
        ("1e3", Some("1.2 has `1e3` for a number")),
        ("1.50", Some("1.1 has `1.50` for a number")),
        ("+5", Some("1.1 has `+5` for a number")),
        (".5", Some("1.1 has `.5` for a number")),
        ("-0", Some("1.1 has `-0` for a number")),
        ("'yes'", None),
        ("\"012345670123\"", None),
        ("!!str 012345670123", None),
        ("|-\n                  yes", None),
        ("123456789012", None),
        ("true", None),
        ("1.5", None),
        ("2024-01-01T00:00:00Z", None),
        ("arn:aws:iam::012345670123:root", None),
    ] {
        let told = |misread: &str| {
            let (_, written) = misread.split_once('`').unwrap();
            let (written, _) = written.split_once('`').unwrap();
            format!("YAML {misread}: write it in quotation marks, `'{written}'`")
        };
        let reasons: Vec<String> = misread.into_iter().map(told).collect();
        let all = read("t.yaml", &of(value));
        assert_eq!(all.len(), 1, "{value}");
        assert_eq!(all[0].0, reasons, "{value}");
        // An anchor has it elsewhere.
        let text = format!("Mappings: &m {value}\n{}", of("*m"));
        if !value.contains('\n') {
            assert_eq!(read("t.yaml", &text)[0].0, reasons, "{text}");
        }
        // Values of a policy template and of a text that is a policy.
        let sam = format!(
            "Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Policies:\n        - S3ReadPolicy:\n            \
             BucketName: {value}\n"
        );
        let sub = format!(
            "Resources:\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument: !Sub\n        - '{}'\n        - Name: \
             {value}\n",
            POLICY.replace("\"*\"", "\"arn:aws:s3:::${Name}\"")
        );
        if !value.starts_with(['|', '[']) {
            for text in [sam, sub] {
                assert_eq!(read("t.yaml", &text)[0].0, reasons, "{text}");
            }
        }
    }
    // Names are texts too.
    let text = of("a").replace("sts:ExternalId", "0x1F");
    assert_eq!(
        read("t.yaml", &text)[0].0,
        ["YAML 1.1 has `0x1F` for a number: write it in quotation marks, `'0x1F'`"]
    );
    let text = of("a").replace("123456789012", "012345670123");
    assert_eq!(read("t.yaml", &text)[0].0.len(), 1);
}

/// A policy is what it is, if it is there.
#[test]
fn what_decides_whether_a_resource_is_deployed_is_told() {
    let reason = "the condition `C` decides whether its resource is deployed";
    let text = template("", r#""Condition":"C","#, "");
    assumed("t.json", &text, &[reason], true);
    assumed("t.json", &format!(r#"{{"TemplateBody":{text}}}"#), &[reason], true);
    let policy = |arguments: &str| {
        format!(
            "resource \"aws_iam_policy\" \"p\" {{\n  {arguments}\n  policy = jsonencode({})\n}}\n",
            POLICY.replace("\":", "\"=")
        )
    };
    let data = |arguments: &str| {
        format!(
            "data \"aws_iam_policy_document\" \"p\" {{\n  {arguments}\n  statement {{\n    effect = \"Deny\"\n    actions = [\"s3:Get*\", \"s3:GetObject\"]\n    resources = [\"*\"]\n  }}\n}}\n"
        )
    };
    let module = |arguments: &str| policy(arguments).replace("resource \"aws_iam_policy\" \"p\"", "module \"p\"");
    let often = |name: &str| format!("`{name}` decides how often it is there, if at all");
    let blocks: [&dyn Fn(&str) -> String; 3] = [&policy, &data, &module];
    for (arguments, reason) in [
        ("", None),
        ("count = 1", None),
        (
            "lifecycle {\n    enabled = true\n    create_before_destroy = true\n  }",
            None,
        ),
        ("count = 0", Some(often("count"))),
        ("count = var.on ? 1 : 0", Some(often("count"))),
        ("for_each = toset([\"a\"])", Some(often("for_each"))),
        (
            "lifecycle {\n    enabled = var.on\n  }",
            Some("`enabled` decides whether it is there".to_owned()),
        ),
    ] {
        let reasons: Vec<&str> = reason.iter().map(String::as_str).collect();
        for block in blocks {
            assumed("a.tf", &block(arguments), &reasons, true);
        }
    }
}

#[test]
fn blocks_of_json_have_the_same_arguments() {
    let encoded = encoded();
    let statement = r#""statement":{"effect":"Deny","actions":["s3:Get*","s3:GetObject"],"resources":["*"]}"#;
    let often = "`count` decides how often it is there, if at all";
    for (arguments, reasons) in [
        ("", vec![]),
        (r#""count":1,"#, vec![]),
        (r#""count":"${var.x}","#, vec![often]),
        (
            r#""lifecycle":[{"enabled":"${var.x}"}],"#,
            vec!["`enabled` decides whether it is there"],
        ),
    ] {
        let resource = format!(r#""resource":{{"aws_iam_policy":{{"p":{{{arguments}"policy":{encoded}}}}}}}"#);
        let list = format!(r#""resource":[{{"aws_iam_policy":[{{"p":[{{{arguments}"policy":{encoded}}}]}}]}}]"#);
        let module = format!(r#""module":{{"p":{{{arguments}"policy":{encoded}}}}}"#);
        let data = format!(r#""data":{{"aws_iam_policy_document":{{"p":{{{arguments}{statement}}}}}}}"#);
        for block in [&resource, &list, &module, &data] {
            assumed("a.tf.json", &format!("{{{block}}}"), &reasons, true);
            // A list of bodies, and members with one name.
            assumed(
                "a.tf.json",
                &format!(r#"[{{"resource":{{"x":{{"y":{{}}}}}}}},{{{block}}}]"#),
                &reasons,
                true,
            );
            assumed(
                "a.tf.json",
                &format!(r#"{{{block},"resource":{{"x":{{"y":{{}}}}}},"data":{{}},"module":{{}}}}"#),
                &reasons,
                true,
            );
        }
    }
}

#[test]
fn changes_that_are_ignored_are_told_of_the_argument_that_has_them() {
    let kept = |name: &str| format!("`{name}` keeps what AWS has, which may be another policy");
    let hcl = |ignored: &str| {
        format!(
            "resource \"aws_iam_policy\" \"p\" {{\n  policy = jsonencode({})\n  lifecycle {{\n    ignore_changes = {ignored}\n  }}\n}}\n",
            POLICY.replace("\":", "\"=")
        )
    };
    let json = |ignored: &str| {
        format!(
            r#"{{"resource":{{"aws_iam_policy":{{"p":{{"policy":{},"lifecycle":{{"ignore_changes":{ignored}}}}}}}}}}}"#,
            encoded()
        )
    };
    let pulumi = |ignored: &str| {
        format!(
            r#"{{"name":"x","runtime":"yaml","resources":{{"p":{{"type":"aws:iam:Policy","properties":{{"policy":{}}},"options":{{"ignoreChanges":{ignored}}}}}}}}}"#,
            encoded()
        )
    };
    for (name, text, argument, is_ignored) in [
        ("a.tf", hcl("[policy]"), "ignore_changes", true),
        ("a.tf", hcl("[tags, policy]"), "ignore_changes", true),
        ("a.tf", hcl("all"), "ignore_changes", true),
        ("a.tf", hcl("[\"policy\"]"), "ignore_changes", true),
        ("a.tf", hcl("[tags[\"policy\"]]"), "ignore_changes", false),
        ("a.tf", hcl("[]"), "ignore_changes", false),
        ("a.tf.json", json(r#"["policy"]"#), "ignore_changes", true),
        ("a.tf.json", json(r#""all""#), "ignore_changes", true),
        ("a.tf.json", json(r#"["tags"]"#), "ignore_changes", false),
        ("Pulumi.yaml", pulumi(r#"["policy"]"#), "ignoreChanges", true),
        ("Pulumi.yaml", pulumi(r#"["*"]"#), "ignoreChanges", true),
        ("Pulumi.yaml", pulumi(r#"["policy.Statement"]"#), "ignoreChanges", true),
        ("Pulumi.yaml", pulumi(r#"["tags"]"#), "ignoreChanges", false),
    ] {
        let reason = kept(argument);
        let reasons: &[&str] = if is_ignored { &[&reason] } else { &[] };
        assumed(name, &text, reasons, !is_ignored);
    }
}

#[test]
fn what_makes_a_policy_of_other_tools_another_one_is_told() {
    let managed = |members: &str| {
        format!(
            r#"{{"apiVersion":"iam.aws.upbound.io/v1beta1","kind":"Policy","spec":{{{members}"forProvider":{{"policy":{}}}}}}}"#,
            encoded()
        )
    };
    let composition = |members: &str, beside: &str| {
        format!(
            r#"{{"apiVersion":"apiextensions.crossplane.io/v1","kind":"Composition","spec":{{{members}"resources":[{{"name":"p",{beside}"base":{}}}]}}}}"#,
            managed("")
        )
    };
    let patches = "`patches` may write another policy in its place";
    assumed("c.yaml", &managed(""), &[], true);
    assumed(
        "c.yaml",
        &managed(r#""managementPolicies":["*"],"initProvider":{},"#),
        &[],
        true,
    );
    assumed("c.yaml", &composition("", ""), &[], true);
    assumed("c.yaml", &composition("", r#""patches":[],"#), &[], true);
    assumed(
        "c.yaml",
        &composition("", r#""patches":[{"toFieldPath":"spec.forProvider.policy"}],"#),
        &[patches],
        false,
    );
    assumed(
        "c.yaml",
        &composition(r#""patchSets":[{"name":"x"}],"#, ""),
        &["`patchSets` may write another policy in its place"],
        false,
    );
    assumed(
        "c.yaml",
        &managed(r#""initProvider":{"tags":{"a":"b"}},"#),
        &["`initProvider` beside it has values for when the resource is created, and they are not merged here"],
        false,
    );
    assumed(
        "c.yaml",
        &managed(r#""managementPolicies":["Observe"],"#),
        &["`managementPolicies` decides whether Crossplane writes it to AWS or leaves what is there"],
        false,
    );
    let serverless = |members: &str, of_resources: &str| {
        format!(
            r#"{{"service":"x","provider":{{"name":"aws"}},{members}"resources":{}}}"#,
            template(of_resources, "", "")
        )
    };
    let extensions = "`extensions` changes resources that the Serverless Framework makes, and may change this one";
    assumed("serverless.yml", &serverless("", ""), &[], true);
    assumed(
        "serverless.yml",
        &serverless("", r#""extensions":{"P":{}},"#),
        &[extensions],
        false,
    );
    let of_list = serverless("", "").replace(r#""resources":{"#, r#""resources":[{"extensions":{}},{"#);
    let of_list = format!("{}]}}", of_list.strip_suffix('}').unwrap());
    let merged = "the Serverless Framework merges the elements of `resources`, and another one may change it";
    assumed("serverless.yml", &of_list, &[extensions, merged], false);
    let one = serverless("", "").replace(r#""resources":{"#, r#""resources":[{"#);
    let one = one.strip_suffix('}').unwrap();
    assumed("serverless.yml", &format!("{one}]}}"), &[], true);
    assumed(
        "serverless.yml",
        &format!("{one},{{\"Resources\":{{}}}}]}}"),
        &[merged],
        false,
    );
    assumed(
        "serverless.yml",
        &serverless(r#""plugins":["serverless-x"],"#, ""),
        &["a plugin of the Serverless Framework may make another policy of it"],
        false,
    );
}

#[test]
fn a_plan_that_is_not_whole_is_told() {
    let resource = |values: &str| {
        format!(r#"{{"address":"aws_iam_policy.p","mode":"managed","type":"aws_iam_policy","name":"p",{values}}}"#)
    };
    let planned = resource(&format!(r#""values":{{"policy":{}}}"#, encoded()));
    let changed = resource(&format!(
        r#""change":{{"actions":["create"],"after":{{"policy":{}}}}}"#,
        encoded()
    ));
    let plan = |members: &str| {
        format!(
            r#"{{"format_version":"1.2","planned_values":{{"root_module":{{"resources":[{planned}]}}}},"resource_changes":[{changed}]{members}}}"#
        )
    };
    let error = "the plan has ended with an error, and does not have all that will be: make it again";
    let partial =
        "the plan is not complete, and what it puts off may change this policy: plan again after it is applied";
    let later = "Terraform puts it off to a later plan, which may make another policy of it";
    assumed("plan.json", &plan(r#","errored":false,"complete":true"#), &[], false);
    // What a plan is made of is in it once more.
    let made_of = resource(&format!(
        r#""expressions":{{"policy":{{"constant_value":{}}}}}"#,
        encoded()
    ));
    let made_of = format!(r#","configuration":{{"root_module":{{"resources":[{made_of}]}}}}"#);
    assumed("plan.json", &plan(&made_of), &[], false);
    assumed("plan.json", &plan(r#","errored":true"#), &[error], false);
    assumed("plan.json", &plan(r#","complete":false"#), &[partial], false);
    // Of a copy as of what is left.
    let deferred = format!(r#""deferred_changes":[{{"reason":"x","resource_change":{changed}}}]"#);
    assumed("plan.json", &plan(&format!(",{deferred}")), &[later], false);
    assumed(
        "plan.json",
        &format!(r#"{{"resource_changes":[],{deferred}}}"#),
        &[later],
        false,
    );
}

/// A dynamic reference is known when a template is deployed, wherever it is.
#[test]
fn dynamic_references_are_holes() {
    let reference = "{{resolve:ssm:x}}";
    for (from, to) in [
        (r#""Deny""#, r#""{{resolve:ssm:x}}""#),
        (r#""s3:Get*""#, r#""{{resolve:ssm:x}}""#),
        (r#""s3:Get*""#, r#""s3:{{resolve:ssm:x}}""#),
        (r#""Resource":"*""#, r#""Resource":"arn:aws:s3:::{{resolve:ssm:x}}/*""#),
        (
            r#""Resource":"*""#,
            r#""Resource":{"Fn::Sub":"arn:aws:s3:::{{resolve:ssm:x}}/*"}"#,
        ),
        (
            r#""Resource":"*""#,
            r#""Resource":{"Fn::Join":["",["arn:aws:s3:::","{{resolve:","ssm:x}}"]]}"#,
        ),
        (
            r#""Resource":"*""#,
            r#""Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/a":"{{resolve:ssm:x}}"}}"#,
        ),
        (
            r#""Resource":"*""#,
            r#""Resource":"*","Condition":{"StringEquals":{"{{resolve:ssm:x}}":"a"}}"#,
        ),
    ] {
        let policy = POLICY.replacen(from, to, 1);
        let quoted = format!("\"{}\"", policy.replace('"', "\\\""));
        let mut templates = vec![
            template("", "", "").replace(POLICY, &policy),
            format!(
                r#"{{"TemplateBody":{}}}"#,
                template("", "", "").replace(POLICY, &policy)
            ),
            format!(
                r#"{{"service":"x","provider":{{}},"resources":{}}}"#,
                template("", "", "").replace(POLICY, &policy)
            ),
        ];
        if !to.contains("Fn::") {
            templates.push(template("", "", "").replace(POLICY, &quoted));
            templates.push(format!(r#"{{"X":{quoted}}}"#));
        }
        for text in templates {
            for name in ["t.json", "t.yaml"] {
                let [(reasons, _, holes)] = &*read(name, &text) else {
                    panic!("{text}")
                };
                assert!(reasons.is_empty() && *holes == ["resolve:ssm:x"], "{holes:?} {text}");
                let reading = support::read(name, &text);
                let found = support::found(&reading.policies()[0]);
                assert!(
                    found.iter().all(|(_, subject)| !subject.contains(reference)),
                    "{found:?} {text}"
                );
                assert!(
                    found
                        .iter()
                        .all(|(code, _)| matches!(*code, "REDUNDANT_ACTION" | "SUPERFLUOUS_ACTION")),
                    "{found:?} {text}"
                );
            }
        }
    }
}

#[test]
fn what_is_in_a_loop_of_a_template_is_read() {
    let policy = POLICY.replace(r#""Resource":"*""#, r#""Resource":"arn:aws:s3:::b-${X}/*""#);
    let text = format!(
        r#"{{"Transform":"AWS::LanguageExtensions","Resources":{{"Other":{{"Type":"AWS::IAM::ManagedPolicy","Properties":{{"PolicyDocument":{POLICY}}}}},
        "Fn::ForEach::L":["X",{{"Ref":"List"}},{{"P${{X}}":{{"Type":"AWS::IAM::ManagedPolicy","Properties":{{"PolicyDocument":{policy}}}}}}}]}}}}"#
    );
    let reason =
        "the list of `Fn::ForEach::L` decides how often it is there, if at all, and with which values".to_owned();
    for name in ["t.json", "t.yaml"] {
        assert_eq!(
            read(name, &text),
            [
                (vec![], true, vec![]),
                (vec![reason.clone()], false, vec!["X".to_owned()])
            ]
        );
        let reading = support::read(name, &text);
        assert_eq!(
            reading.policies()[1].address(),
            "Resources.Fn::ForEach::L.P${X}.Properties.PolicyDocument"
        );
    }
}
