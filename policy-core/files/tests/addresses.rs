//! Each instance of a resource is a policy of its own, with its address, and so are different policies with one address.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

mod support;

/// The addresses of a file's policies, and what each is about.
fn addresses(name: &str, text: &str) -> Vec<(String, String)> {
    let reading = support::read(name, text);
    let policies = reading.policies().iter().map(|policy| {
        let json = policy.documents()[0].to_json();
        let about = json
            .split("arn:aws:s3:::")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        (policy.address().to_owned(), about.unwrap_or_default().to_owned())
    });
    policies.collect()
}

fn about(bucket: &str) -> String {
    format!(
        r#""{{\"Version\":\"2012-10-17\",\"Statement\":[{{\"Effect\":\"Deny\",\"Action\":\"s3:*\",\"Resource\":\"arn:aws:s3:::{bucket}\"}}]}}""#
    )
}

/// Each instance of a state, by the address that Terraform gives it.
#[test]
fn each_instance_is_a_policy_of_its_own() {
    let instance = |members: &str, bucket: &str| format!(r#"{{{members}"attributes":{{"policy":{}}}}}"#, about(bucket));
    let resource = |members: &str, instances: &[String]| {
        let instances = instances.join(",");
        format!(r#"{{{members}"mode":"managed","type":"aws_iam_policy","name":"p","instances":[{instances}]}}"#)
    };
    let resources = [
        resource("", &[instance(r#""index_key":0,"#, "0"), instance(r#""index_key":1,"#, "1")]),
        resource(r#""module":"module.a[0]","#, &[instance("", "a0"), instance(r#""deposed":"0a1b2c3d","#, "old")]),
        resource(
            r#""module":"module.a[\"x\"]","#,
            &[instance(r#""index_key":"a\"b\\${c}","#, "k"), instance(r#""index_key":"d$e","#, "l")],
        ),
        format!(
            r#"{{"mode":"data","type":"aws_iam_policy_document","name":"d","instances":[{{"index_key":2,"attributes":{{"json":{}}}}}]}}"#,
            about("d")
        ),
    ]
    .join(",");
    let state = format!(r#"{{"version":4,"terraform_version":"1.9.0","lineage":"x","resources":[{resources}]}}"#);
    let wanted = [
        ("aws_iam_policy.p[0].policy", "0"),
        ("aws_iam_policy.p[1].policy", "1"),
        ("module.a[0].aws_iam_policy.p.policy", "a0"),
        ("module.a[0].aws_iam_policy.p (deposed object 0a1b2c3d).policy", "old"),
        (r#"module.a["x"].aws_iam_policy.p["a\"b\\$${c}"].policy"#, "k"),
        (r#"module.a["x"].aws_iam_policy.p["d$e"].policy"#, "l"),
        ("data.aws_iam_policy_document.d[2].json", "d"),
    ];
    let wanted = wanted.map(|(address, bucket)| (address.to_owned(), bucket.to_owned()));
    assert_eq!(addresses("state.json", &state), wanted);
    // As `terraform show -json` has them, and as it had them without the keys in the addresses.
    for address in [r#"aws_iam_policy.p[\"k\"]"#, "aws_iam_policy.p"] {
        let own = |members: &str, bucket: &str| {
            format!(
                r#"{{"address":"{address}","mode":"managed","type":"aws_iam_policy","name":"p","index":"k",{members}"values":{{"policy":{}}}}}"#,
                about(bucket)
            )
        };
        let state = format!(
            r#"{{"format_version":"1.0","values":{{"root_module":{{"resources":[{},{}]}}}}}}"#,
            own("", "new"),
            own(r#""deposed_key":"0a1b2c3d","#, "old")
        );
        assert_eq!(
            addresses("state.json", &state),
            [
                (r#"aws_iam_policy.p["k"].policy"#.to_owned(), "new".to_owned()),
                (
                    r#"aws_iam_policy.p["k"] (deposed object 0a1b2c3d).policy"#.to_owned(),
                    "old".to_owned()
                ),
            ]
        );
    }
}

/// What an update leaves is deleted, and not what has its address.
#[test]
fn a_plan_deletes_what_is_deposed_and_not_what_is_there() {
    let change = |members: &str, change: &str| {
        format!(
            r#"{{"address":"aws_iam_policy.p","mode":"managed","type":"aws_iam_policy","name":"p",{members}"change":{change}}}"#
        )
    };
    let plan = format!(
        r#"{{"resource_changes":[{},{}]}}"#,
        change(
            "",
            &format!(r#"{{"actions":["no-op"],"after":{{"policy":{}}}}}"#, about("own"))
        ),
        change(r#""deposed":"0a1b2c3d","#, r#"{"actions":["delete"],"after":null}"#)
    );
    assert_eq!(
        addresses("plan.json", &plan),
        [("aws_iam_policy.p.policy".to_owned(), "own".to_owned())]
    );
}

#[test]
fn different_policies_with_one_address_are_all_there() {
    let both = |one: &str, other: &str| vec![(one.to_owned(), "a".to_owned()), (other.to_owned(), "b".to_owned())];
    let values = |bucket: &str| {
        format!(
            r#"{{"address":"aws_iam_policy.p","mode":"managed","type":"aws_iam_policy","name":"p","values":{{"policy":{}}}}}"#,
            about(bucket)
        )
    };
    let state = |one: &str, other: &str| {
        format!(
            r#"{{"values":{{"root_module":{{"resources":[{},{}]}}}}}}"#,
            values(one),
            values(other)
        )
    };
    let address = "aws_iam_policy.p.policy";
    assert_eq!(addresses("state.json", &state("a", "b")), both(address, address));
    assert_eq!(
        addresses("state.json", &state("a", "a")),
        [(address.to_owned(), "a".to_owned())]
    );
    let export = format!(r#"{{"Policy":{},"Policy":{}}}"#, about("a"), about("b"));
    assert_eq!(addresses("e.json", &export), both("Policy", "Policy"));
    let resources = |bucket: &str| {
        format!(
            r#"{{"P":{{"Type":"AWS::IAM::ManagedPolicy","Properties":{{"PolicyDocument":{}}}}}}}"#,
            serde_json::from_str::<String>(&about(bucket)).unwrap()
        )
    };
    let address = "Resources.P.Properties.PolicyDocument";
    let template = format!(r#"{{"Resources":{},"Resources":{}}}"#, resources("a"), resources("b"));
    assert_eq!(addresses("t.json", &template), both(address, address));
    let template = template.replace(r#"},"Resources":{"P":"#, r#","P":"#);
    assert_eq!(addresses("t.json", &template), both(address, address));
}

/// A name is in the address of each policy below it.
#[test]
fn a_long_name_of_many_policies_is_refused() {
    let name = "a".repeat(100_000);
    let block = |number: usize| {
        format!(
            "  inline_policy {{\n    name = \"p{number}\"\n    policy = jsonencode({{ Statement = [{{ Effect = \"Allow\", Action = \"s3:GetObject\", \
             Resource = \"*\" }}] }})\n  }}\n"
        )
    };
    let resource = |policies: usize| {
        let blocks: String = (0..policies).map(block).collect();
        format!("resource \"aws_iam_role\" \"{name}\" {{\n{blocks}}}\n")
    };
    let member = r#"{ "PolicyDocument": { "Statement": [] } }"#;
    let template = |policies: usize| {
        let policies = vec![member; policies].join(",\n");
        format!(
            r#"{{ "Resources": {{ "{name}": {{ "Type": "AWS::IAM::Role", "Properties": {{ "Policies": [{policies}] }} }} }} }}"#
        )
    };
    let few = 300;
    for (file, text) in [
        ("main.tf", &resource as &dyn Fn(usize) -> String),
        ("template.json", &template),
        ("template.yaml", &template),
    ] {
        let read = |policies: usize| policy_files::read(std::path::Path::new(file), &text(policies));
        assert_eq!(read(few).map(|reading| reading.policies().len()), Ok(few), "{file}");
        assert!(
            matches!(read(few + 100), Err(policy_files::Unreadable::TooLarge(_))),
            "{file}"
        );
    }
}
