//! Allowances in files, and the day on which they end.

use super::*;

fn terraform(comment: &str) -> String {
    format!(
        "data \"aws_iam_policy_document\" \"reader\" {{\n  statement {{\n    {comment}\n    actions   = [\"s3:GetFuture\"]\n    \
         resources = [\"arn:aws:s3:::exports/*\"]\n  }}\n}}\n"
    )
}

#[test]
fn an_allowance_hides_what_it_names_until_its_day() {
    let folder = folder("allowances");
    for (comment, code, said) in [
        (
            r#"# policy: allow(INVALID_ACTION, "s3:GetFuture", reason = "in preview", until = "2999-12-31")"#,
            0,
            "no findings in 1 file\n",
        ),
        (
            r#"// policy: allow(INVALID_ACTION, "s3:getfuture", reason = "in preview")"#,
            0,
            "no findings in 1 file\n",
        ),
        (
            r#"# policy: allow(INVALID_ACTION, "s3:GetFuture", reason = "in preview", until = "2020-01-01")"#,
            1,
            "policy: main.tf:3:7: the allowance of INVALID_ACTION for `s3:GetFuture` ended on 2020-01-01: fix the finding, or allow \
             it with a later day\n1 error in 1 file; 1 allowance to remove or renew\n",
        ),
        (
            r#"# policy: allow(INVALID_ACTION, "s3:GetPast", reason = "in preview")"#,
            1,
            "policy: main.tf:3:7: the allowance of INVALID_ACTION for `s3:GetPast` hides no finding: remove the allowance\n1 error in \
             1 file; 1 allowance to remove or renew\n",
        ),
        (
            r#"# policy: allow(INVALID_ACTION, "s3:GetFuture")"#,
            2,
            "policy: main.tf: line 3, column 7: `policy: allow` cannot be read: it needs a `reason`, why the finding is right\n1 error in 1 file\n",
        ),
    ] {
        fs::write(folder.join("main.tf"), terraform(comment)).unwrap();
        let run = check(&folder, &["main.tf"]);
        assert_eq!((run.code, &*run.stderr), (Some(code), said), "{comment}");
    }
}

#[test]
fn what_is_not_asked_for_is_not_missed() {
    let comment = r#"# policy: allow(INVALID_ACTION, "s3:GetFuture", reason = "in preview")"#;
    let folder = folder_of("allowances-allowed", &[("main.tf", &terraform(comment))]);
    let run = check(&folder, &["--allow", "INVALID_ACTION", "main.tf"]);
    assert_eq!((run.code, &*run.stderr), (Some(0), "no findings in 1 file\n"));
}

#[test]
fn an_allowance_is_of_its_policy_and_in_the_metadata_of_a_resource() {
    let policy = |action: &str| {
        format!(
            r#"{{ "Version": "2012-10-17", "Statement": [{{ "Effect": "Allow", "Action": "{action}", "Resource": "*" }}] }}"#
        )
    };
    let resource = |metadata: &str| {
        format!(
            r#"{{ "Type": "AWS::IAM::ManagedPolicy", {metadata} "Properties": {{ "PolicyDocument": {} }} }}"#,
            policy("s3:GetFuture")
        )
    };
    let allowed = r#""Metadata": { "policy": { "allow": [{ "code": "INVALID_ACTION", "subject": "s3:GetFuture",
        "reason": "in preview", "until": "2999-12-31" }] } },"#;
    let template = format!(
        r#"{{ "Resources": {{ "A": {}, "B": {} }} }}"#,
        resource(allowed),
        resource("")
    );
    let yaml = "\
Resources:
  # policy: allow(INVALID_ACTION, \"s3:GetFuture\", reason = \"in preview\")
  A:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument: POLICY
  B:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument: POLICY
"
    .replace("POLICY", &policy("s3:GetFuture"));
    let folder = folder_of("allowances-places", &[("a.json", &template), ("b.yaml", &yaml)]);
    for file in ["a.json", "b.yaml"] {
        let run = check(&folder, &["--format", "json", file]);
        assert_eq!(
            run.column("address"),
            ["Resources.B.Properties.PolicyDocument"],
            "{run:?}"
        );
    }
}
