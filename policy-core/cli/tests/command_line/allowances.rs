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

/// The comment may be in the line of the finding, also if that is the last of the policy.
#[test]
fn an_allowance_behind_a_policy_is_of_it() {
    let comment = r#"# policy: allow(INVALID_ACTION, "s3:GetFuture", reason = "in preview")"#;
    let statement = r#"{ "Effect": "Allow", "Action": "s3:GetFuture", "Resource": "arn:aws:s3:::b/*" }"#;
    let json = format!(r#"{{ "Version": "2012-10-17", "Statement": {statement} }}"#);
    let encoded =
        |behind: &str| format!("resource \"aws_iam_policy\" \"p\" {{\n  policy = jsonencode({json}){behind}\n");
    let document = "data \"aws_iam_policy_document\" \"d\" {\n  statement {\n    actions = [\"s3:GetObject\"]\n    resources = [\"arn:aws:s3:::b/*\"]\n  }\n}\n";
    let yaml = |behind: &str, next: &str| {
        format!(
            "Resources:\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Version: '2012-10-17'\n        \
             Statement:\n          - Effect: Allow\n            Resource: arn:aws:s3:::b/*\n            Action: s3:GetFuture{behind}\n{next}"
        )
    };
    let other = "  Q:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Version: '2012-10-17'\n        \
                 Statement: [{ Effect: Allow, Action: s3:GetObject, Resource: 'arn:aws:s3:::b/*' }]\n";
    let folder = folder("allowances-behind");
    for (name, text, code) in [
        ("a.tf", format!("{}}}\n", encoded(&format!(" {comment}"))), 0),
        ("a.tf", format!("{}}}\n{document}", encoded(&format!(" {comment}"))), 0),
        ("a.tf", format!("{}  {comment}\n}}\n{document}", encoded("")), 0),
        (
            "a.tf",
            format!("resource \"aws_iam_policy\" \"p\" {{\n  policy = <<EOT\n{json}\nEOT\n  {comment}\n}}\n{document}"),
            0,
        ),
        // It is about the next policy, or about none.
        ("a.tf", format!("{}}}\n{comment}\n{document}", encoded("")), 1),
        ("a.tf", format!("{}}}\n{comment}\n", encoded("")), 2),
        ("b.yaml", yaml(&format!(" {comment}"), ""), 0),
        ("b.yaml", yaml(&format!(" {comment}"), other), 0),
        ("b.yaml", yaml(&format!("\n            {comment}"), other), 0),
        ("b.yaml", yaml("", &format!("  {comment}\n{other}")), 1),
    ] {
        fs::write(folder.join(name), &text).unwrap();
        let run = check(&folder, &[name]);
        assert_eq!(run.code, Some(code), "{run:?}\n{text}");
    }
}
