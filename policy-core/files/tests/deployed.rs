//! What the tool that deploys a file leaves out of it, merges or changes is told of the policies in it.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod support;

use support::around::{POLICY, assumed, encoded, reasons, template};

#[test]
fn what_sam_does_not_deploy_as_it_is_written_is_told() {
    let template = |globals: &str, own: &str, properties: &str| {
        format!(r#"{{{globals}"Resources":{{"F":{{"Type":"AWS::Serverless::{own}","Properties":{{{properties}}}}}}}}}"#)
    };
    let policies = format!(r#""Policies":[{POLICY},{{"SQSPollerPolicy":{{"QueueName":"q"}}}}]"#);
    let trust = r#""AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#;
    let role =
        |property: &str| format!("AWS SAM makes no role where there is a `Role`, and does not deploy `{property}`");
    let all = |of_policies: Vec<String>, of_trust: Vec<String>| vec![of_policies.clone(), of_policies, of_trust];
    let read = |globals: &str, own: &str, properties: &str| {
        let text = template(globals, own, &format!("{policies},{properties}{trust}"));
        let all = reasons("t.json", &text);
        assert_eq!(reasons("t.yaml", &text), all);
        // What `aws cloudformation get-template` returns, which reads no policy templates.
        let mut others = reasons("t.json", &format!(r#"{{"TemplateBody":{text}}}"#));
        if all.len() > others.len() {
            others.insert(1, all[1].clone());
        }
        assert_eq!(others, all, "{text}");
        all
    };
    let (function, machine) = ("Function", "StateMachine");
    let global = r#""Globals":{"Function":{"Role":"arn:aws:iam::123456789012:role/r"}},"#;
    for (globals, own, properties, is_beside) in [
        ("", function, "", false),
        ("", function, r#""Role":null,"#, false),
        ("", function, r#""Role":"arn:aws:iam::123456789012:role/r","#, true),
        (
            "",
            function,
            r#""Role":{"Fn::If":["C",{"Ref":"R"},{"Ref":"AWS::NoValue"}]},"#,
            true,
        ),
        ("", machine, r#""Role":{"Ref":"R"},"#, true),
        (global, function, "", true),
        (global, machine, "", false),
        ("", "Api", r#""Role":"r","#, false),
    ] {
        let of = |property: &str| if is_beside { vec![role(property)] } else { vec![] };
        let mut expected = all(of("Policies"), of("AssumeRolePolicyDocument"));
        if own == "Api" {
            // It has no policy templates.
            expected.remove(0);
        }
        assert_eq!(read(globals, own, properties), expected, "{globals} {own} {properties}");
    }
    let merged = "AWS SAM merges it with `AssumeRolePolicyDocument` of `Globals`".to_owned();
    let globals = r#""Globals":{"Function":{"AssumeRolePolicyDocument":{"Statement":[]},"Timeout":3}},"#;
    assert_eq!(read(globals, function, ""), all(vec![], vec![merged]));
    let api = |beside: &str| {
        let statement =
            r#"{"Effect":"Allow","Principal":"*","Action":"execute-api:Invoke","Resource":"execute-api:/*"}"#;
        let own = format!(r#""Auth":{{"ResourcePolicy":{{{beside}"CustomStatements":[{statement}]}}}}"#);
        reasons("t.json", &template("", "Api", &own))
    };
    assert_eq!(api(""), [Vec::<String>::new()]);
    assert_eq!(
        api(r#""IpRangeBlacklist":["10.0.0.0/8"],"#),
        [["AWS SAM adds statements for `IpRangeBlacklist` to it"]]
    );
}

#[test]
fn members_on_the_way_that_are_there_twice_are_told() {
    let twice = |name: &str| {
        format!(
            "`{name}` is there more than once, and which of them counts depends on what reads the file: write it once"
        )
    };
    let own = template("", "", "");
    let resource = own.strip_prefix(r#"{"Resources":"#).unwrap().strip_suffix('}').unwrap();
    for (text, name) in [
        (format!(r#"{{"Resources":{resource},"Resources":{{}}}}"#), "Resources"),
        (
            format!(r#"{{"Resources":{{"X":{{"Type":"AWS::SQS::Queue"}}}},"Resources":{resource}}}"#),
            "Resources",
        ),
        (own.replace(r#""Resources":{"#, r#""Resources":{"P":{},"#), "P"),
        (
            own.replace(r#""Properties":{"#, r#""Properties":{},"Properties":{"#),
            "Properties",
        ),
        (
            own.replace(r#""PolicyDocument":"#, r#""PolicyDocument":{},"PolicyDocument":"#),
            "PolicyDocument",
        ),
        (own.replace(r#""Type":"#, r#""Type":"AWS::SQS::Queue","Type":"#), "Type"),
        (
            format!(r#"{{"resources":{{}},"service":"x","provider":{{}},"resources":{own}}}"#),
            "resources",
        ),
        (format!(r#"{{"A":{{"B":{POLICY}}},"A":{{}}}}"#), "A"),
        (format!(r#"{{"A":{{"B":{POLICY},"B":[]}}}}"#), "B"),
        (
            format!(
                r#"{{"apiVersion":"iam.aws.upbound.io/v1beta1","kind":"Policy","spec":{{}},"spec":{{"forProvider":{{"policy":{}}}}}}}"#,
                encoded()
            ),
            "spec",
        ),
        (
            format!(
                r#"{{"planned_values":{{"root_module":{{"resources":[{{"address":"aws_iam_policy.p","type":"aws_iam_policy","values":{{}},"values":{{"policy":{}}}}}]}}}}}}"#,
                encoded()
            ),
            "values",
        ),
    ] {
        for file in ["t.json", "t.yaml"] {
            assert_eq!(reasons(file, &text), [[twice(name)]], "{text}");
        }
    }
    // A merge in YAML is no second member.
    let text = format!("base: &base\n  B: []\nA:\n  <<: *base\n  B: {POLICY}\n");
    assert_eq!(reasons("t.yaml", &text), [Vec::<String>::new()]);
}

#[test]
fn what_is_not_a_resource_of_a_service_is_told() {
    for own in [
        "Custom::Policy",
        "AWS::CloudFormation::CustomResource",
        "AWS::CloudFormation::Stack",
        "AWS::Serverless::Application",
        "My::Iam::Policy::MODULE",
        "AWS::Iam::Policy::MODULE",
        "Third::Party::Type",
    ] {
        let text = template("", "", "").replace("AWS::IAM::ManagedPolicy", own);
        let reason = format!("`{own}` is not a resource of AWS, and may make another policy of what it gets");
        assumed("t.json", &text, &[&reason], false);
    }
    assumed(
        "t.json",
        &template("", "", "").replace("ManagedPolicy", "Unknown"),
        &[],
        true,
    );
}

#[test]
fn a_version_that_is_not_in_force_is_told() {
    let output = |name: &str, value: &str| {
        format!(r#"{{"PolicyVersion":{{"Document":{POLICY},"VersionId":"v1","{name}":{value}}}}}"#)
    };
    for name in ["IsDefaultVersion", "isDefaultVersion"] {
        assert_eq!(reasons("v.json", &output(name, "true")), [Vec::<String>::new()]);
        assert_eq!(
            reasons("v.json", &output(name, "false")),
            [["it is a version of the policy that is not in force"]]
        );
    }
}

#[test]
fn statements_that_the_serverless_framework_does_not_use_are_told() {
    let statements = r#"[{"Effect":"Deny","Action":["s3:Get*","s3:GetObject"],"Resource":"*"}]"#;
    let own = |provider: &str, members: &str| {
        reasons(
            "serverless.yml",
            &format!(r#"{{"service":"x",{members}"provider":{{"name":"aws",{provider}}}}}"#),
        )
    };
    let new = |beside: &str| format!(r#""iam":{{"role":{{{beside}"statements":{statements}}}}}"#);
    let old = |beside: &str| format!(r#"{beside}"iamRoleStatements":{statements}"#);
    let none = [Vec::<String>::new()];
    assert_eq!(own(&new(""), ""), none);
    assert_eq!(own(&new(r#""name":"n","#), ""), none);
    assert_eq!(own(&old(""), ""), none);
    let role =
        [["the Serverless Framework makes no role where there is a `role`, and does not deploy these statements"]];
    let arn = r#""role":"arn:aws:iam::123456789012:role/r","#;
    for provider in [
        old(arn),
        old(r#""role":{"Fn::GetAtt":["R","Arn"]},"#),
        old(r#""iam":{"role":"${self:custom.role}"},"#),
        format!("{arn}{}", new("")),
        format!(r#"{},"iam":{{"role":"r"}}"#, old("")),
    ] {
        assert_eq!(own(&provider, ""), role, "{provider}");
    }
    let function = |plugins: &str, own: &str| {
        reasons(
            "serverless.yml",
            &format!(r#"{{"service":"x","provider":{{"role":"r"}},{plugins}"functions":{{"f":{{{own}}}}}}}"#),
        )
    };
    // The statements of the policy of the API are no role's.
    let resource = format!(
        r#"{arn}"apiGateway":{{"resourcePolicy":{}}}"#,
        statements.replace("\"Action", r#""Principal":"*","Action"#)
    );
    assert_eq!(own(&resource, ""), none);
    let unread = "the Serverless Framework takes statements of a function only with the plugin `serverless-iam-roles-per-function`";
    let plugin = "a plugin of the Serverless Framework may make another policy of it";
    for of_function in [old(""), new("")] {
        assert_eq!(function("", &of_function), [[unread]]);
        assert_eq!(function(r#""plugins":["a"],"#, &of_function), [[plugin, unread]]);
        for plugins in [
            r#""plugins":["serverless-iam-roles-per-function"],"#,
            r#""plugins":{"modules":["serverless-iam-roles-per-function"]},"#,
        ] {
            assert_eq!(function(plugins, &of_function), [[plugin]]);
        }
    }
}

#[test]
fn what_a_controller_leaves_or_a_function_changes_is_told() {
    let managed = |annotations: &str, members: &str| {
        format!(
            r#"{{"apiVersion":"iam.aws.upbound.io/v1beta1","kind":"Policy","metadata":{{"annotations":{{{annotations}}}}},"spec":{{{members}"forProvider":{{"policy":{}}}}}}}"#,
            encoded()
        )
    };
    let ack = |annotations: &str, _: &str| {
        format!(
            r#"{{"apiVersion":"iam.services.k8s.aws/v1alpha1","kind":"Policy","metadata":{{"annotations":{{{annotations}}}}},"spec":{{"policyDocument":{}}}}}"#,
            encoded()
        )
    };
    let composed = |annotations: &str, members: &str| {
        format!(
            r#"{{"apiVersion":"apiextensions.crossplane.io/v1","kind":"Composition","spec":{{"resources":[{{"name":"p","base":{}}}]}}}}"#,
            managed(annotations, members)
        )
    };
    let left = |name: &str| format!("`{name}` decides whether its controller writes it to AWS or leaves what is there");
    let policy = "`managementPolicy` decides whether Crossplane writes it to AWS or leaves what is there";
    let (paused, read_only) = ("crossplane.io/paused", "services.k8s.aws/read-only");
    for of in [&managed as &dyn Fn(&str, &str) -> String, &composed, &ack] {
        for (annotations, reason) in [
            ("", None),
            (r#""crossplane.io/external-name":"true""#, None),
            (r#""crossplane.io/paused":"false""#, None),
            (r#""crossplane.io/paused":"true""#, Some(left(paused))),
            (r#""crossplane.io/paused":true"#, Some(left(paused))),
            (r#""services.k8s.aws/read-only":"true""#, Some(left(read_only))),
        ] {
            let all: Vec<String> = reason.into_iter().collect();
            assert_eq!(reasons("c.yaml", &of(annotations, "")), [all], "{annotations}");
        }
    }
    for of in [&managed as &dyn Fn(&str, &str) -> String, &composed] {
        assert_eq!(
            reasons("c.yaml", &of("", r#""managementPolicy":"ObserveOnly","#)),
            [[policy]]
        );
        assert_eq!(
            reasons("c.yaml", &of("", r#""managementPolicy":"FullControl","#)),
            [Vec::<String>::new()]
        );
    }
    let pipeline = |before: &str, input: &str, after: &str| {
        format!(
            r#"{{"apiVersion":"apiextensions.crossplane.io/v1","kind":"Composition","spec":{{"mode":"Pipeline","pipeline":[{before}{{"step":"p","functionRef":{{"name":"f"}},"input":{{"apiVersion":"{input}/v1beta1","kind":"Resources","resources":[{{"name":"p","base":{}}}]}}}}{after}]}}}}"#,
            managed("", "")
        )
    };
    let step = r#"{"step":"x","functionRef":{"name":"x"}}"#;
    let later = "a later step of the pipeline may make another policy of it";
    let own = "the function of its step may make another policy of it";
    let patching = "pt.fn.crossplane.io";
    for (text, expected) in [
        (pipeline("", patching, ""), vec![]),
        (pipeline(&format!("{step},"), patching, ""), vec![]),
        (pipeline("", patching, &format!(",{step}")), vec![later]),
        (pipeline("", "other.fn.example.org", ""), vec![own]),
        (
            pipeline("", "other.fn.example.org", &format!(",{step}")),
            vec![own, later],
        ),
    ] {
        assert_eq!(reasons("c.yaml", &text), [expected], "{text}");
    }
}

#[test]
fn what_pulumi_reads_or_makes_another_policy_of_is_told() {
    let own = |resource: &str| {
        reasons(
            "Pulumi.yaml",
            &format!(r#"{{"name":"x","runtime":"yaml","resources":{{"p":{{"type":"aws:iam:Policy",{resource}}}}}}}"#),
        )
    };
    let none = [Vec::<String>::new()];
    assert_eq!(own(&format!(r#""properties":{{"policy":{}}}"#, encoded())), none);
    assert_eq!(
        own(&format!(r#""get":{{"id":"arn","state":{{"policy":{}}}}}"#, encoded())),
        [["`get` reads what AWS has, and deploys nothing"]]
    );
    let called = |function: &str| own(&format!(r#""properties":{{"policy":{{"{function}":{POLICY}}}}}"#));
    assert_eq!(called("fn::toJSON"), none);
    assert_eq!(called("fn::secret"), none);
    assert_eq!(
        called("fn::toBase64"),
        [["the function `fn::toBase64` around it may make another policy of it"]]
    );
}

/// What is shared by many resources is told of each without being compared with each.
#[test]
fn much_that_is_shared_is_told_at_once() {
    let shared: Vec<String> = (0..5_000).map(|index| format!(r#""P{index}":1"#)).collect();
    let policies = format!(r#"{{"Type":"AWS::Serverless::Function","Properties":{{"Policies":[{POLICY}]}}}}"#);
    let resources: Vec<String> = (0..5_000).map(|index| format!(r#""F{index}":{policies}"#)).collect();
    let text = format!(
        r#"{{"Globals":{{"Function":{{{},"Role":"r"}}}},"Resources":{{{}}}}}"#,
        shared.join(","),
        resources.join(",")
    );
    let started = std::time::Instant::now();
    let reading = support::read("t.json", &text);
    assert!(started.elapsed().as_secs() < 30, "{:?}", started.elapsed());
    assert_eq!(reading.policies().len(), 5_000);
    for policy in reading.policies() {
        let [own] = policy.assumptions() else { panic!("one") };
        assert_eq!(own.reason(), "AWS SAM merges it with `Globals`");
    }
}
