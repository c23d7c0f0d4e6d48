//! `policy simulate`.

use super::*;

const READER: &str = r#"{
    "Version": "2012-10-17",
    "Statement": [
        { "Sid": "ReadExports", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::exports/*",
          "Condition": { "Bool": { "aws:SecureTransport": "true" } } },
        { "Sid": "NoSecrets", "Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::*/secret/*" }
    ]
}"#;

/// Two cases that hold, and two that do not.
const CASES: &str = r#"{
    "policies": {
        "reader": { "caller": "arn:aws:iam::111122223333:role/reader", "identity": "../roles/reader.json" }
    },
    "cases": [
        { "action": "s3:GetObject", "resource": ["arn:aws:s3:::exports/a", "arn:aws:s3:::exports/b"],
          "context": { "aws:SecureTransport": true }, "expect": "allowed", "by": "ReadExports" },
        { "name": "without TLS", "action": "s3:GetObject", "resource": "arn:aws:s3:::exports/a", "expect": "allowed" },
        { "action": "s3:GetObject", "resource": "arn:aws:s3:::exports/secret/a", "expect": "implicitly denied" }
    ]
}"#;

const RIGHT_CASES: &str = r#"{
    "policies": { "reader": { "identity": "../roles/reader.json" } },
    "cases": [{ "caller": "arn:aws:iam::111122223333:role/reader", "action": "s3:PutObject",
                "resource": "arn:aws:s3:::exports/a", "expect": "denied" }]
}"#;

/// What is remarked on the second of `CASES`.
const REMARK: &str = "policy: cases/reader.json:8:9: the case does not give `aws:SecureTransport`, which AWS includes in every request: \
                      with a value the decision could differ; add it to the `context`";

/// `policy simulate` of cases whose policies stand in a folder beside theirs.
fn simulate(folder: &Path, arguments: &[&str]) -> Run {
    policy(
        folder,
        "simulate",
        &[&["--policies-within", "roles"], arguments].concat(),
    )
}

fn files(test: &str) -> PathBuf {
    folder_of(
        test,
        &[
            ("roles/reader.json", READER),
            ("cases/reader.json", CASES),
            ("cases/right.json", RIGHT_CASES),
        ],
    )
}

#[test]
fn a_policy_that_aws_rejects_fails_unless_its_set_says_so() {
    let wrong = READER.replace("arn:aws:s3:::*/secret/*", "secret");
    let meant = RIGHT_CASES.replace(r#""identity""#, r#""rejected": true, "identity""#);
    let folder = folder_of(
        "simulate-rejected",
        &[
            ("roles/reader.json", &wrong),
            ("cases/right.json", RIGHT_CASES),
            ("cases/meant.json", &meant),
        ],
    );
    let remark = "AWS rejects this policy: INVALID_ARN_PREFIX";
    let run = simulate(&folder, &["cases/right.json"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""), "{run:?}");
    assert!(run.stderr.contains(remark), "{run:?}");
    let tally = "1 case, 0 failed; AWS rejects 1 policy: correct it, or write `\"rejected\": true` in its set if that is meant\n";
    assert!(run.stderr.ends_with(tally), "{run:?}");
    let run = simulate(&folder, &["cases/meant.json"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(
        run.stderr.contains(remark) && run.stderr.ends_with("1 case, 0 failed\n"),
        "{run:?}"
    );
}

#[test]
fn failures_are_a_table() {
    let run = simulate(&files("simulate-table"), &["cases/reader.json"]);
    assert_eq!(run.code, Some(1));
    assert_eq!(
        run.stdout,
        "case                 expected           given              decided by\n\
         cases/reader.json:8  allowed            implicitly denied  no statement in the identity-based policies allows it\n    \
             s3:GetObject on arn:aws:s3:::exports/a: without TLS\n\
         cases/reader.json:9  implicitly denied  explicitly denied  statement 2 `NoSecrets` of ../roles/reader.json, identity-based policies\n    \
             s3:GetObject on arn:aws:s3:::exports/secret/a\n"
    );
    assert_eq!(run.stderr, format!("{REMARK}\n4 cases, 2 failed\n"));
}

#[test]
fn a_failure_is_explained_where_that_is_asked() {
    let folder = files("simulate-explain");
    for arguments in [["--explain", "cases/reader.json"], ["cases/reader.json", "--explain"]] {
        let run = simulate(&folder, &arguments);
        assert_eq!(run.code, Some(1));
        let reasons: Vec<&str> = run.stdout.lines().filter(|line| line.starts_with("        ")).collect();
        assert_eq!(
            reasons,
            [
                "        Allow in statement 1 `ReadExports` of ../roles/reader.json, identity-based policies: does not apply: `Bool` requires `aws:SecureTransport` to be `true`, but the key is missing from the request context",
                "        Deny in statement 2 `NoSecrets` of ../roles/reader.json, identity-based policies: does not match the resource",
                "        Allow in statement 1 `ReadExports` of ../roles/reader.json, identity-based policies: does not apply: `Bool` requires `aws:SecureTransport` to be `true`, but the key is missing from the request context",
                "        Deny in statement 2 `NoSecrets` of ../roles/reader.json, identity-based policies: applies",
            ],
            "{}",
            run.stdout
        );
    }
}

#[test]
fn nothing_but_the_count_is_said_of_cases_that_hold() {
    let run = simulate(&files("simulate-right"), &["cases/right.json"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""));
    assert_eq!(run.stderr, "1 case, 0 failed\n");
}

#[test]
fn several_files_are_counted_together() {
    let run = simulate(&files("simulate-several"), &["cases/right.json", "cases/reader.json"]);
    assert_eq!(
        (run.code, run.stderr),
        (Some(1), format!("{REMARK}\n5 cases, 2 failed\n"))
    );
}

#[test]
fn programs_get_every_answer() {
    let run = simulate(
        &files("simulate-json"),
        &["--format", "json", "--explain", "cases/reader.json"],
    );
    assert_eq!(run.code, Some(1));
    assert_eq!(run.column("passed"), ["true", "true", "false", "false"]);
    assert_eq!(run.column("line"), ["6", "6", "8", "9"]);
    assert_eq!(
        run.column("expected"),
        ["allowed", "allowed", "allowed", "implicitly denied"]
    );
    assert_eq!(
        run.column("given"),
        ["allowed", "allowed", "implicitly denied", "explicitly denied"]
    );
    assert_eq!(run.column("name"), ["null", "null", "without TLS", "null"]);
    let last = run.findings().pop().unwrap();
    assert_eq!(
        last["statement"],
        serde_json::json!({ "policy": "../roles/reader.json", "policy_line": null, "index": 1, "sid": "NoSecrets" })
    );
    assert_eq!(last["statements"][1]["reason"], "applies");
    assert_eq!(last["statements"].as_array().unwrap().len(), 2);
}

#[test]
fn what_cannot_be_read_is_told_in_one_go() {
    let folder = folder_of(
        "simulate-unreadable",
        &[
            ("roles/reader.json", READER),
            (
                "cases/wrong.json",
                r#"{
    "policies": { "reader": { "identity": "roles/reader.json" } },
    "cases": [{ "acton": "s3:GetObject", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "expect": "alowed" }]
}"#,
            ),
            ("cases/reader.json", CASES),
            ("cases/empty.json", r#"{ "cases": [] }"#),
        ],
    );
    let run = simulate(
        &folder,
        &[
            "cases/wrong.json",
            "cases/reader.json",
            "nowhere.json",
            "cases/empty.json",
        ],
    );
    assert_eq!(run.code, Some(2));
    let said: Vec<&str> = run.stderr.lines().collect();
    let wanted = [
        "policy: cases/wrong.json:2:43: `roles/reader.json`: ",
        "policy: cases/wrong.json:3:17: a case has no member `acton`; did you mean `action`?",
        "policy: cases/wrong.json:3:110: `alowed` is not an answer; did you mean `allowed`?",
        REMARK,
        "policy: nowhere.json: ",
        "policy: cases/empty.json: there are no cases",
        "4 cases, 2 failed",
    ];
    assert_eq!(said.len(), wanted.len(), "{}", run.stderr);
    for (said, wanted) in said.iter().zip(wanted) {
        assert!(said.starts_with(wanted), "{said}\n{wanted}");
    }
    let run = simulate(&folder, &["nowhere.json"]);
    assert_eq!(run.code, Some(2));
    assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
}

#[test]
fn a_request_that_aws_never_gets_is_refused() {
    let folder = folder_of(
        "simulate-refused",
        &[(
            "cases.json",
            r#"{ "policies": { "none": { "caller": "anonymous", "identity": [] } },
    "cases": [{ "action": "s3:DeletObject", "resource": "arn:aws:s3::b/x", "expect": "denied" },
              { "action": "s3:DeleteObject", "resource": "arn:aws:s3:::b", "expect": "denied" }] }"#,
        )],
    );
    let run = simulate(&folder, &["cases.json"]);
    assert_eq!(run.code, Some(2));
    assert_eq!(
        run.stderr,
        "policy: cases.json:2:27: `s3:DeletObject` is not an action; write `s3:DeleteObject`\n\
         policy: cases.json:2:57: the ARN `arn:aws:s3::b/x` ends before its resource; write `arn:aws:s3:::b/x`: an empty field \
         keeps its colon\n\
         policy: cases.json:3:58: `s3:DeleteObject` applies to resources of type `accesspointobject` or `object`, and \
         `arn:aws:s3:::b` is not the ARN of one; write an ARN such as `arn:aws:s3:::BUCKET_NAME/OBJECT_NAME`\n"
    );
}

/// A configuration of Terraform whose role depends on what another file says.
const TERRAFORM: &str = r#"resource "aws_iam_role" "reader" {
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "reader" {
  role = aws_iam_role.reader.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "ReadExports", Effect = "Allow", Action = local.actions, Resource = "arn:aws:s3:::${var.bucket}/*" },
    ]
  })
}
"#;

/// Cases about the policies of that file, by these addresses.
fn addressed(identity: &str) -> String {
    format!(
        r#"{{ "policies": {{ "reader": {{ "caller": "arn:aws:iam::111122223333:role/reader", "identity": "{identity}" }},
               "task": {{ "caller": {{ "service": "ecs-tasks.amazonaws.com" }}, "trust": "main.tf#aws_iam_role.reader.assume_role_policy" }} }},
    "cases": [
        {{ "policies": "reader", "action": "s3:GetObject", "resource": "arn:aws:s3:::exports/a", "expect": "allowed", "by": "ReadExports" }},
        {{ "policies": "reader", "action": "s3:PutObject", "resource": "arn:aws:s3:::exports/a", "expect": "denied" }},
        {{ "policies": "task", "action": "sts:AssumeRole", "resource": "arn:aws:iam::111122223333:role/reader", "expect": "allowed" }}] }}"#
    )
}

#[test]
fn a_policy_is_named_by_its_address_in_a_file() {
    let template = r#"{ "Resources": { "Reader": { "Type": "AWS::IAM::ManagedPolicy", "Properties": { "PolicyDocument": {
        "Version": "2012-10-17", "Statement": [{ "Sid": "ReadExports", "Effect": "Allow", "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::exports/*" }] } } } } }"#;
    let full = addressed("main.tf#aws_iam_role_policy.reader.policy");
    let resource = addressed("main.tf#aws_iam_role_policy.reader");
    let of_template = addressed("stack.json#Resources.Reader");
    let by_pointer = addressed("stack.json#/Resources/Reader/Properties/PolicyDocument");
    let folder = folder_of(
        "simulate-addressed",
        &[
            ("main.tf", TERRAFORM),
            ("locals.tf", "locals { actions = [\"s3:GetObject\"] }\n"),
            ("policy.toml", "[holes]\n\"var.bucket\" = \"exports\"\n"),
            ("stack.json", template),
            ("full.json", &full),
            ("resource.json", &resource),
            ("template.json", &of_template),
            ("pointer.json", &by_pointer),
        ],
    );
    let run = simulate(
        &folder,
        &["full.json", "resource.json", "template.json", "pointer.json"],
    );
    assert_eq!(
        (run.code, &*run.stderr),
        (Some(0), "12 cases, 0 failed\n"),
        "{}",
        run.stdout
    );
}

#[test]
fn what_is_not_at_an_address_is_told() {
    for (identity, wanted) in [
        (
            "main.tf#aws_iam_role_policy.reder.policy",
            "no policy has this address; did you mean `aws_iam_role_policy.reader.policy`?",
        ),
        (
            "main.tf#module.x",
            "no policy has this address; write one of `aws_iam_role.reader.assume_role_policy`, `aws_iam_role_policy.reader.policy`",
        ),
        (
            "main.tf",
            "there are several policies; write one of `aws_iam_role.reader.assume_role_policy`, `aws_iam_role_policy.reader.policy`",
        ),
        (
            "main.tf#aws_iam_role_policy.reader.policy",
            "the values of `var.bucket` are only known when it is deployed; write them in `[holes]` of `policy.toml`, or name the policy \
             in the JSON of a plan, which has it as it will be",
        ),
        (
            "main.tf#/resource",
            "a JSON Pointer is for JSON; write an address, such as `main.tf#aws_iam_role.reader.assume_role_policy`",
        ),
        ("locals.tf#aws_iam_role.reader", "the file has no policy"),
        ("nowhere.tf#aws_iam_role.reader", "No such file or directory"),
        (
            "../main.tf#aws_iam_role.reader",
            "it is outside the folder of the cases",
        ),
    ] {
        let cases = addressed(identity);
        let folder = folder_of(
            "simulate-unaddressed",
            &[
                ("cases/main.tf", TERRAFORM),
                ("cases/locals.tf", "locals { actions = [\"s3:GetObject\"] }\n"),
                ("main.tf", TERRAFORM),
                ("cases/cases.json", &cases),
            ],
        );
        let run = simulate(&folder, &["cases/cases.json"]);
        assert_eq!(run.code, Some(2), "{identity}");
        assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
        assert!(run.stderr.contains(wanted), "{identity}: {}", run.stderr);
    }
}

/// What is read outside the folder of the cases is not quoted.
#[test]
fn an_address_elsewhere_tells_nothing_of_the_file() {
    let cases = addressed("../infrastructure/main.tf#aws_iam_role_policy.secret");
    let folder = folder_of(
        "simulate-elsewhere",
        &[
            ("infrastructure/main.tf", TERRAFORM),
            ("cases/cases.json", &cases),
            ("cases/main.tf", TERRAFORM),
        ],
    );
    let run = simulate(&folder, &["--policies-within", "infrastructure", "cases/cases.json"]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.stderr
            .contains("no policy has this address, or its values are only known when it is deployed")
            && !run.stderr.contains("reader"),
        "{}",
        run.stderr
    );
}

/// A `Deny` that is not read, or whose condition may be absent, must not be missed: nothing is answered.
#[test]
fn a_policy_that_may_be_another_one_when_it_is_deployed_is_not_evaluated() {
    const ALL: &str = "statement {\n    actions   = [\"*\"]\n    resources = [\"*\"]\n  }";
    let data = |blocks: &str| format!("data \"aws_iam_policy_document\" \"d\" {{\n  {blocks}\n  {ALL}\n}}\n");
    let resource = |policy: &str| format!("resource \"aws_iam_policy\" \"d\" {{\n  policy = {policy}\n}}\n");
    let map = r#"{ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] }"#;
    let plan = "; name the policy in the JSON of a plan, which has it as it will be\n";
    for (name, text, wanted) in [
        (
            "main.tf",
            data("source_policy_documents = [data.aws_iam_policy_document.guard.json]"),
            "line 2, column 3: the statements of the policies in `source_policy_documents` are part of it and are not read here",
        ),
        (
            "main.tf",
            data("statement {\n    effect = \"Deny\"\n    actions = [\"s3:*\"]\n    resources = [\"*\"]\n    dynamic \"condition\" {\n      content {}\n    }\n  }"),
            "line 6, column 5: `for_each` decides how many blocks `dynamic \"condition\"` makes, if any",
        ),
        (
            "main.tf",
            format!(
                "variable \"x\" {{ default = [\"ec2:*\"] }}\n{}",
                data("statement {\n    effect = \"Deny\"\n    actions = var.x\n    resources = [\"*\"]\n  }")
            ),
            "line 5, column 15: the default of `var.x` is its value only if nothing else sets the variable",
        ),
        (
            "main.tf",
            resource(&format!("jsonencode(merge({map}, var.more))")),
            "line 2, column 23: the function `merge` around it may make another policy of it",
        ),
        (
            "main.tf",
            resource(&format!("var.x ? jsonencode({map}) : jsonencode({map})")),
            "several policies have this address, and conditions of the file decide which of them are deployed",
        ),
        (
            "main.tf.json",
            r#"{ "data": { "aws_iam_policy_document": { "d": { "override_json": "${var.x}", "statement": { "actions": ["*"], "resources": ["*"] } } } } }"#.to_owned(),
            "line 1, column 49: the policies in `override_json` replace statements of it and are not read here",
        ),
    ] {
        let kind = if text.contains("aws_iam_policy_document") { "data.aws_iam_policy_document.d" } else { "aws_iam_policy.d.policy" };
        let cases = format!(
            r#"{{ "policies": {{ "p": {{ "caller": "arn:aws:iam::111122223333:user/alice", "identity": "{name}#{kind}" }} }},
               "cases": [{{ "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "expect": "denied" }}] }}"#
        );
        let folder = folder_of("simulate-assumed", &[(name, &text), ("cases.json", &cases)]);
        let run = simulate(&folder, &["cases.json"]);
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{text}");
        assert!(run.stderr.ends_with(&format!(": {wanted}{plan}")), "{}\n{wanted}", run.stderr);
    }
}

/// Of the branches of `Fn::If` neither is taken for the policy.
#[test]
fn a_policy_of_which_a_condition_decides_is_not_evaluated() {
    let branch = r#"{ "Statement": [{ "Effect": "Allow", "Action": "*", "Resource": "*" }] }"#;
    for (other, wanted) in [
        (
            branch,
            "several policies have this address, and conditions of the file decide which of them are deployed",
        ),
        (
            r#"{ "Fn::ImportValue": "policy" }"#,
            "line 1, column 107: a condition decides whether it is this policy",
        ),
    ] {
        let template = format!(
            r#"{{ "Resources": {{ "P": {{ "Type": "AWS::IAM::ManagedPolicy", "Properties": {{ "PolicyDocument": {{ "Fn::If": ["C", {branch}, {other}] }} }} }} }} }}"#
        );
        let cases = r#"{ "policies": { "p": { "caller": "arn:aws:iam::111122223333:user/alice", "identity": "t.json#Resources.P" } },
               "cases": [{ "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "expect": "denied" }] }"#;
        let folder = folder_of("simulate-branches", &[("t.json", &template), ("cases.json", cases)]);
        let run = simulate(&folder, &["cases.json"]);
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{other}");
        assert!(
            run.stderr
                .ends_with(&format!(": {wanted}; name a file with the policy as it is deployed\n")),
            "{}",
            run.stderr
        );
    }
}

#[test]
fn a_policy_that_is_known_after_apply_is_not_the_one_before() {
    let old = r#""{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}""#;
    let head = r#""address": "aws_iam_policy.p", "mode": "managed", "type": "aws_iam_policy", "name": "p""#;
    let plan = format!(
        r#"{{ "planned_values": {{ "root_module": {{ "resources": [{{ {head}, "values": {{}} }}] }} }}, "resource_changes": [{{ {head},
        "change": {{ "actions": ["update"], "before": {{ "policy": {old} }}, "after": {{}}, "after_unknown": {{ "policy": true }} }} }}],
        "prior_state": {{ "values": {{ "root_module": {{ "resources": [{{ {head}, "values": {{ "policy": {old} }} }}] }} }} }} }}"#
    );
    let cases = r#"{ "policies": { "p": { "caller": "arn:aws:iam::111122223333:user/alice", "identity": "plan.json#aws_iam_policy.p" } },
               "cases": [{ "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "expect": "denied" }] }"#;
    let folder = folder_of("simulate-after-apply", &[("plan.json", &plan), ("cases.json", cases)]);
    let run = simulate(&folder, &["cases.json"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""));
    let wanted = "the file has no policy: a plan does not have a policy that is only known after it is applied\n";
    assert!(run.stderr.ends_with(wanted), "{}", run.stderr);
    let listed = policy(&folder, "list", &["plan.json"]);
    assert_eq!((listed.code, listed.stdout.as_str()), (Some(2), ""));
}

/// Terraform replaces blocks of a file by those of `override.tf`.
#[test]
fn a_policy_that_another_file_overrides_is_not_evaluated() {
    let data = |effect: &str| {
        format!(
            "data \"aws_iam_policy_document\" \"d\" {{\n  statement {{\n    effect = \"{effect}\"\n    actions = [\"*\"]\n    resources = [\"*\"]\n  }}\n}}\n"
        )
    };
    let cases = r#"{ "policies": { "p": { "caller": "arn:aws:iam::111122223333:user/alice", "identity": "main.tf" } },
               "cases": [{ "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "expect": "denied" }] }"#;
    let (allow, deny) = (data("Allow"), data("Deny"));
    let folder = folder_of(
        "simulate-override",
        &[("main.tf", &allow), ("override.tf", &deny), ("cases.json", cases)],
    );
    let run = simulate(&folder, &["cases.json"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""));
    let wanted = "line 1, column 1: Terraform merges it with what `override.tf` has of this name; name the policy in the JSON of a plan, \
                  which has it as it will be\n";
    assert!(run.stderr.ends_with(wanted), "{}", run.stderr);
    fs::remove_file(folder.join("override.tf")).unwrap();
    assert_eq!(simulate(&folder, &["cases.json"]).code, Some(1));
}
