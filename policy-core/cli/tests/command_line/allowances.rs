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
            r#"/* policy: allow(INVALID_ACTION, "s3:GetFuture", reason = "in preview") */"#,
            0,
            "no findings in 1 file\n",
        ),
        (
            "/*\n     * policy: allow(INVALID_ACTION, \"s3:GetFuture\", reason = \"in preview\")\n     */",
            0,
            "no findings in 1 file\n",
        ),
        (
            r#"# Policy: allow(INVALID_ACTION, "s3:GetFuture", reason = "in preview")"#,
            2,
            "policy: main.tf: line 3, column 7: `policy: allow` cannot be read: the comment begins with `Policy: allow(`; write `policy: \
             allow(CODE, \"what is wrong\", reason = \"why it is right\", until = \"2027-03-01\")`\n1 error in 1 file\n",
        ),
        (
            r#"# policy: allow(INVALID_ACTION, "s3:GetFuture", reason = "in preview", untill = "2999-12-31")"#,
            2,
            "policy: main.tf: line 3, column 7: `policy: allow` cannot be read: `untill` is not a part of an allowance; write `until`\n1 \
             error in 1 file\n",
        ),
        (
            r#"# policy: allow(MISSING_VERSION, "", reason = "in preview")"#,
            1,
            "policy: main.tf:3:7: the allowance of MISSING_VERSION for `` hides no finding: remove the allowance\n1 error in 1 file; 1 \
             allowance to remove or renew\n",
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
            "policy: main.tf:3:7: the allowance of INVALID_ACTION for `s3:GetPast` hides no finding: write `\"s3:GetFuture\"` instead of \
             `\"s3:GetPast\"`, or remove the allowance\n1 error in 1 file; 1 allowance to remove or renew\n",
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

#[test]
fn an_allowance_in_metadata_has_the_parts_of_any_other() {
    let template = |metadata: &str| {
        format!(
            r#"{{ "Resources": {{ "A": {{ "Type": "AWS::IAM::ManagedPolicy", "Metadata": {{ "policy": {metadata} }}, "Properties": {{
                "PolicyDocument": {{ "Version": "2012-10-17", "Statement": [{{ "Effect": "Allow", "Action": "s3:GetFuture",
                "Resource": "*" }}] }} }} }} }} }}"#
        )
    };
    let own = r#""code": "INVALID_ACTION", "subject": "s3:GetFuture", "reason": "in preview""#;
    let folder = folder("allowances-metadata");
    for (metadata, code, said) in [
        (format!(r#"{{ "allow": [{{ {own} }}] }}"#), 0, ""),
        (format!(r#"{{ "allow": {{ {own} }}, "owner": "us" }}"#), 0, ""),
        (
            format!(r#"{{ "allow": [{{ {own}, "untill": "2020-01-01" }}] }}"#),
            2,
            "`untill` is not a part of an allowance; write `until`",
        ),
        (
            format!(r#"{{ "allow": [{{ {own}, "owner": 1 }}] }}"#),
            2,
            "`owner` is not a part of an allowance; write `code`, `subject`, `reason` or `until`",
        ),
        (
            format!(r#"{{ "allow": [{{ {own}, "until": 2020 }}] }}"#),
            2,
            "`until` is not a text in quotes",
        ),
        (
            format!(r#"{{ "alow": [{{ {own} }}] }}"#),
            2,
            "`alow` is not a list of allowances; write `allow`",
        ),
    ] {
        fs::write(folder.join("a.json"), template(&metadata)).unwrap();
        let run = check(&folder, &["a.json"]);
        assert_eq!(run.code, Some(code), "{metadata}: {run:?}");
        assert!(run.stderr.contains(said), "{metadata}: {run:?}");
    }
}

/// What an allowance names is in the output for programs, in that for people where they would not see it, and in the message about an
/// allowance that names something else.
#[test]
fn what_an_allowance_has_to_name_is_told() {
    let arn = "arn:aws:sqs:eu-west-1a:111122223333:q";
    let policy = format!(
        "data \"aws_iam_policy_document\" \"a\" {{\n  statement {{\n    actions   = [\"sqs:SendMessage\"]\n    resources = [\"{arn}\"]\n  }}\n}}\n"
    );
    let settings = "[[allow]]\ncode = \"INVALID_ARN_REGION\"\nsubject = \"eu-west-1a\"\nreason = \"new\"\n";
    let folder = folder_of("allowances-subject", &[("main.tf", &policy)]);
    assert_eq!(
        check(&folder, &["--format", "json", "main.tf"]).column("subject"),
        [arn]
    );
    let named = format!("if this is intended, an allowance names `{arn}`\n");
    assert!(check(&folder, &["main.tf"]).stdout.contains(&named));
    let said = format!(
        "the allowance of INVALID_ARN_REGION for `eu-west-1a` hides no finding: write `\"{arn}\"` instead of `\"eu-west-1a\"`, or remove \
         the allowance\n"
    );
    let comment = "# policy: allow(INVALID_ARN_REGION, \"eu-west-1a\", reason = \"new\")\n";
    fs::write(folder.join("main.tf"), format!("{comment}{policy}")).unwrap();
    let run = check(&folder, &["."]);
    assert!(run.stderr.contains(&said), "{run:?}");
    fs::write(folder.join("main.tf"), &policy).unwrap();
    fs::write(folder.join("policy.toml"), settings).unwrap();
    let run = check(&folder, &["."]);
    assert!(run.stderr.contains(&said), "{run:?}");
    fs::write(folder.join("policy.toml"), settings.replace("eu-west-1a", arn)).unwrap();
    assert_eq!(check(&folder, &["."]).code, Some(0));
}
