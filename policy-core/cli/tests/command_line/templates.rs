//! Policies inside files of other languages, which are found without being told where.

use super::*;

const TEMPLATE: &str = r#"AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Exports:
    Type: AWS::S3::Bucket
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: 2012-10-17
        Statement:
          - { Effect: Allow, Principal: { Service: ecs-tasks.amazonaws.com }, Action: sts:AsumeRole }
      Policies:
        - PolicyName: exports
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action:
                  - s3:ListBucket
                  - s3:GetObjct # é😀
                Resource: [!GetAtt Exports.Arn, !Sub "${Exports.Arn}/*"]
"#;

#[test]
fn a_misspelt_action_in_a_template_is_found_at_its_line_and_column() {
    let folder = folder_of("templates-yaml", &[("template.yaml", TEMPLATE)]);
    for path in ["template.yaml", "."] {
        let run = check(&folder, &["--format=json", "--severity=ERROR", path]);
        assert_eq!(run.code, Some(1), "{run:?}");
        assert_eq!(run.column("code"), ["INVALID_ACTION", "INVALID_ACTION"]);
        assert_eq!(run.column("kind"), ["TrustPolicy", "IdentityPolicy"]);
        assert_eq!(run.column("path"), ["/Statement/0/Action", "/Statement/0/Action/1"]);
        assert_eq!(
            run.column("address"),
            [
                "Resources.Role.Properties.AssumeRolePolicyDocument",
                "Resources.Role.Properties.Policies[0].PolicyDocument"
            ]
        );
        for (finding, action) in run.findings().iter().zip(["AsumeRole", "GetObjct"]) {
            let number = |field: &str| usize::try_from(finding[field].as_u64().unwrap()).unwrap();
            let line = TEMPLATE.lines().nth(number("line") - 1).unwrap();
            assert_eq!(&line[number("column") - 1..number("end_column") - 1], action);
        }
    }
}

#[test]
fn a_reference_whose_type_is_known_is_held_against_the_actions() {
    let template = TEMPLATE
        .replace("AsumeRole", "AssumeRole")
        .replace("GetObjct", "GetObject");
    let objects = template.replace("!Sub \"${Exports.Arn}/*\"", "!Sub \"${Exports.Arn}\"");
    let folder = folder_of(
        "templates-typed",
        &[("right.yaml", &template), ("wrong.yaml", &objects)],
    );
    let run = check(
        &folder,
        &["--format=json", "--allow=SERVICE_PRINCIPAL_WITHOUT_SOURCE", "."],
    );
    assert_eq!(run.column("file"), ["./wrong.yaml"; 2]);
    assert_eq!(run.column("code"), ["ACTION_FITS_NO_RESOURCE", "REDUNDANT_RESOURCE"]);
}

#[test]
fn a_template_of_json_is_checked_unasked() {
    let template = r#"{ "Resources": { "Role": { "Type": "AWS::IAM::ManagedPolicy", "Properties": { "PolicyDocument": {
        "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "s3:GetObjct",
        "Resource": { "Fn::Join": ["", ["arn:", { "Ref": "AWS::Partition" }, ":s3:::", { "Ref": "Name" }, "/*"]] } }] } } } } }"#;
    let folder = folder_of(
        "templates-json",
        &[("template.json", template), ("right.json", RIGHT), ("none.json", "{}")],
    );
    let run = check(&folder, &["--format=json", "."]);
    assert_eq!(run.column("code"), ["INVALID_ACTION"]);
    assert_eq!((run.column("line"), run.code), (vec!["2".to_owned()], Some(1)));
    assert_eq!(run.stderr, "1 error in 2 files; 1 file skipped, without a policy\n");
}

#[test]
fn a_file_that_is_skipped_is_named_with_the_reason_if_asked() {
    let folder = folder_of(
        "templates-skipped",
        &[
            ("chart.yaml", "policy: {{ .Values.policy }}\n  Statement: {{ x }}\n"),
            ("broken.yaml", "a: [\n"),
            ("right.json", RIGHT),
            ("values.yaml", "a: 1\n"),
        ],
    );
    let run = check(&folder, &["--verbose", "."]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let lines: Vec<&str> = run.stderr.lines().collect();
    let [broken, chart, values, tally] = lines[..] else {
        panic!("{run:?}")
    };
    assert_eq!(broken, "policy: ./broken.yaml: skipped: without a policy");
    assert_eq!(
        chart,
        "policy: ./chart.yaml: skipped: a template of YAML, as Helm, Jinja and Terraform have them: check what it becomes"
    );
    assert_eq!(values, "policy: ./values.yaml: skipped: without a policy");
    assert_eq!(
        tally,
        "no findings in 1 file; 2 files skipped, without a policy; 1 file skipped, a template of Helm, Jinja or the like"
    );
    let listed = policy(&folder, "list", &["."]);
    assert_eq!(
        listed.stderr,
        "1 policy in 1 file; 2 files skipped, without a policy; 1 file skipped, a template of Helm, Jinja or the like\n"
    );
    // What is broken and mentions a policy was to be read.
    fs::write(folder.join("broken.yaml"), "Statement: [\n").unwrap();
    let run = check(&folder, &["."]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.stderr
            .starts_with("policy: ./broken.yaml: line 1, column 12: not YAML: "),
        "{}",
        run.stderr
    );
}

#[test]
fn the_actions_of_templates_are_listed() {
    let data = "data \"aws_iam_policy_document\" \"p\" {\n  statement {\n    actions = [\"s3:GetObject\", var.more]\n    resources = [\"*\"]\n  }\n}\n";
    let folder = folder_of(
        "templates-actions",
        &[
            ("main.tf", data),
            ("template.yaml", TEMPLATE),
            ("values.yaml", "a: 1\n"),
        ],
    );
    let run = policy(&folder, "actions", &["--format=json", "."]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(
        run.column("action"),
        ["s3:GetObject", "s3:GetObjct", "s3:ListBucket", "sts:AsumeRole"]
    );
    let run = policy(&folder, "actions", &["values.yaml"]);
    assert_eq!(
        run.stderr,
        "policy: values.yaml: this is not a policy\nno policy was found\n"
    );
}

/// What is left open is in the list of policies, and so is what is skipped.
#[test]
fn policies_are_listed_with_their_places() {
    let folder = folder_of(
        "templates-list",
        &[("template.yaml", TEMPLATE), ("a.json", RIGHT), ("none.json", "{}")],
    );
    let run = policy(&folder, "list", &["--format=json", "."]);
    assert_eq!(run.code, Some(0));
    assert_eq!(run.stderr, "3 policies in 2 files; 1 file skipped, without a policy\n");
    assert_eq!(
        run.column("address"),
        [
            "",
            "Resources.Role.Properties.AssumeRolePolicyDocument",
            "Resources.Role.Properties.Policies[0].PolicyDocument"
        ]
    );
    assert_eq!(run.column("line"), ["1", "9", "15"]);
    assert_eq!(run.column("holes"), ["[]", "[]", "[\"Exports.Arn\"]"]);
    let run = policy(&folder, "list", &["none.json"]);
    assert_eq!(
        (run.code, run.stderr.as_str()),
        (Some(2), "no policy was found; 1 file skipped, without a policy\n")
    );
    fs::write(folder.join("broken.tf"), "a {").unwrap();
    let run = policy(&folder, "list", &["broken.tf"]);
    assert!(
        run.stderr.starts_with("policy: broken.tf: line 1, column 3: not HCL: "),
        "{}",
        run.stderr
    );
}

/// A file of a folder that has no policy but those that AWS SAM makes of its policy templates.
#[test]
fn a_policy_template_of_sam_is_checked_with_its_values() {
    let template = "Resources:
  Q: { Type: AWS::SQS::Queue }
  F:
    Type: AWS::Serverless::Function
    Properties:
      Policies:
        - SQSPollerPolicy: { QueueName: !GetAtt Q.QueueName }
        - SQSPollerPolicy: { QueueName: !GetAtt Q.Arn }
";
    let folder = folder_of("policy-templates", &[("template.yaml", template)]);
    let run = check(&folder, &["--format=json", "."]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert_eq!(run.column("code"), ["ARN_MATCHES_NO_RESOURCE_TYPE"]);
    assert_eq!(
        run.column("address"),
        ["Resources.F.Properties.Policies[1].SQSPollerPolicy"]
    );
    assert_eq!(run.column("path"), ["/Statement/0/Resource"]);
    assert_eq!(run.findings()[0]["line"].as_u64(), Some(8));

    let folder = folder_of(
        "policy-templates-misspelt",
        &[("template.yaml", &template.replace("SQSPollerPolicy", "SQSPollrPolicy"))],
    );
    let run = check(&folder, &["."]);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.stderr.contains("template.yaml: line 7, column 11: "), "{run:?}");
    assert!(run.stderr.contains(": write `SQSPollerPolicy`\n"), "{run:?}");
}
