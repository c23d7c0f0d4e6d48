//! `policy simulate` evaluates a policy only if it is exactly the one that is deployed, however it is named.

use super::*;

const POLICY: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::x/*"}]}"#;

/// What `policy simulate` says of a policy in a file, as the boundary of who may do all.
fn simulated(test: &str, files: &[(&str, &str)], named: &str) -> Run {
    let cases = format!(
        r#"{{ "policies": {{ "p": {{ "caller": "arn:aws:iam::111122223333:user/alice",
            "identity": [{{ "Version": "2012-10-17", "Statement": [{{ "Effect": "Allow", "Action": "*", "Resource": "*" }}] }}, "{named}"] }} }},
            "cases": [{{ "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "context": {{ "aws:SecureTransport": true }}, "expect": "allowed" }}] }}"#
    );
    let folder = folder_of(test, &[files, &[("cases.json", &cases)]].concat());
    policy(&folder, "simulate", &["cases.json"])
}

#[track_caller]
fn refused(test: &str, files: &[(&str, &str)], named: &str, why: &str) {
    let run = simulated(test, files, named);
    assert_eq!((run.code, &*run.stdout), (Some(2), ""), "{named}: {files:?}");
    assert!(run.stderr.contains(why), "{named}: {}\n{why}", run.stderr);
    assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
}

#[track_caller]
fn evaluated(test: &str, files: &[(&str, &str)], named: &str) {
    let run = simulated(test, files, named);
    assert_eq!(
        (run.code, &*run.stderr),
        (Some(0), "1 case, 0 failed\n"),
        "{named}: {}",
        run.stdout
    );
}

fn template(members: &str, of_resource: &str, policy: &str) -> String {
    format!(
        r#"{{ {members} "Resources": {{ "P": {{ {of_resource} "Type": "AWS::IAM::ManagedPolicy", "Properties": {{ "PolicyDocument": {policy} }} }} }} }}"#
    )
}

/// With an address and with a JSON Pointer, which is a place in the same file.
#[test]
fn what_is_around_a_policy_counts_however_it_is_named() {
    let pointer = "t.json#/Resources/P/Properties/PolicyDocument";
    let dynamic = POLICY.replace("::x/", "::{{resolve:ssm:bucket}}/");
    let function = POLICY.replace("\"arn:aws:s3:::x/*\"", r#"{ "Ref": "X" }"#);
    for (text, why) in [
        (template("", "", POLICY), None),
        (
            template(r#""Transform": "Mine","#, "", POLICY),
            Some(
                "line 1, column 16: the macro `Mine` of `Transform` may make another policy of it; name a file with the policy as it is deployed",
            ),
        ),
        (
            template("", r#""Condition": "C","#, POLICY),
            Some(
                "the condition `C` decides whether its resource is deployed; name a file with the policy as it is deployed",
            ),
        ),
        (
            template("", "", &dynamic),
            Some(
                "the values of `resolve:ssm:bucket` are only known when it is deployed; write them in `[holes]` of `policy.toml`, or name a \
                 file with the policy as it is deployed",
            ),
        ),
        (
            template("", "", &function),
            Some("the values of `X` are only known when it is deployed"),
        ),
    ] {
        for named in ["t.json", "t.json#", "t.json#Resources.P", pointer] {
            match why {
                Some(why) => refused("exact-around", &[("t.json", &text)], named, why),
                None => evaluated("exact-around", &[("t.json", &text)], named),
            }
        }
    }
    // What the settings say of a dynamic reference is known.
    let settings = "[holes]\n\"resolve:ssm:bucket\" = \"y\"\n";
    let text = template("", "", &dynamic);
    for named in ["t.json", pointer] {
        evaluated("exact-around", &[("t.json", &text), ("policy.toml", settings)], named);
    }
}

#[test]
fn a_template_file_is_one_however_it_is_named() {
    let of_yaml =
        "Version: '2012-10-17'\nStatement:\n  - Effect: Deny\n    Action: s3:*\n    Resource: arn:aws:s3:::x/*\n";
    for name in [
        "p.json.tftpl",
        "p.tftpl",
        "p.tpl",
        "p.json.tpl",
        "p.tmpl",
        "p.yaml.tftpl",
        "p.yml.tpl",
    ] {
        let text = if name.contains(".y") { of_yaml } else { POLICY };
        let variable = text.replace("::x/", "::${x}/");
        let directive = text.replace("::x/", "::%{if x}*%{endif}/");
        let escaped = text.replace("/*", "/$${aws:username}");
        let of_directive = if name.contains(".y") {
            "the values of `if x`, `endif` are only known when it is deployed"
        } else {
            "a condition of the text decides whether this part is in it"
        };
        for named in [name.to_owned(), format!("{name}#")] {
            evaluated("exact-files", &[(name, text)], &named);
            evaluated("exact-files", &[(name, &escaped)], &named);
            refused(
                "exact-files",
                &[(name, &variable)],
                &named,
                "the values of `x` are only known when it is deployed",
            );
            refused("exact-files", &[(name, &directive)], &named, of_directive);
        }
        if !name.contains(".y") {
            let inner = format!(r#"{{ "a": {POLICY} }}"#);
            refused(
                "exact-files",
                &[(name, &inner)],
                &format!("{name}#/a"),
                "a JSON Pointer is for JSON",
            );
        }
        // It is checked and listed as it is evaluated.
        let folder = folder_of("exact-files-checked", &[(name, &variable)]);
        let listed = policy(&folder, "list", &["--format", "json", "."]);
        assert_eq!(listed.column("holes"), [r#"["x"]"#], "{name}");
        let checked = policy(&folder, "check", &["--format", "json", name]);
        assert_eq!((checked.code, &*checked.stdout), (Some(0), ""), "{name}");
    }
}

/// Each is checked, and none is evaluated.
#[test]
fn policies_with_one_address_are_all_seen() {
    let text = |action: &str| POLICY.replace("s3:*", action).replace('"', "\\\"");
    let (one, other) = (text("s3:GetObjct"), text("s3:PutObjct"));
    let state = |of_one: &str, of_other: &str| {
        format!(
            r#"{{ "version": 4, "terraform_version": "1.9.0", "lineage": "x", "resources": [{{ "mode": "managed", "type": "aws_iam_policy", "name": "p",
            "instances": [{{ {of_one} "attributes": {{ "policy": "{one}" }} }}, {{ {of_other} "attributes": {{ "policy": "{other}" }} }}] }}] }}"#
        )
    };
    let several = "several policies have this address, and the file does not tell which of them AWS has";
    for (name, text, address, why) in [
        ("s.tfstate", state("", ""), "aws_iam_policy.p", several),
        (
            "s.tfstate",
            state(r#""index_key": 0,"#, r#""index_key": 1,"#),
            "aws_iam_policy.p",
            "there are several policies; write one of `aws_iam_policy.p[0].policy`, `aws_iam_policy.p[1].policy`",
        ),
        (
            "e.json",
            format!(r#"{{ "Policy": "{one}", "Policy": "{other}" }}"#),
            "Policy",
            several,
        ),
        (
            "t.yaml",
            format!("---\n{{ \"Policy\": \"{one}\" }}\n---\n{{ \"Policy\": \"{other}\" }}\n"),
            "Policy",
            several,
        ),
        (
            "a.tf",
            [&one, &other]
                .map(|own| format!("resource \"aws_iam_policy\" \"p\" {{\n  policy = \"{own}\"\n}}\n"))
                .concat(),
            "aws_iam_policy.p",
            several,
        ),
    ] {
        let folder = folder_of("exact-several-checked", &[(name, &text)]);
        let checked = policy(&folder, "check", &["--format", "json", name]);
        let codes = checked.column("code");
        assert_eq!(
            codes.iter().filter(|code| *code == "INVALID_ACTION").count(),
            2,
            "{name}: {}",
            checked.stdout
        );
        let listed = policy(&folder, "list", &["--format", "json", name]);
        assert_eq!(listed.column("address").len(), 2, "{name}");
        refused("exact-several", &[(name, &text)], &format!("{name}#{address}"), why);
        refused(
            "exact-several",
            &[(name, &text)],
            name,
            if why == several { several } else { why },
        );
    }
    let (one, other) = (POLICY.to_owned(), POLICY.replace("::x/", "::y/"));
    let objects = format!(r#"{{ "P": {one}, "P": {other} }}"#);
    for named in ["e.json", "e.json#P", "e.json#/P"] {
        refused("exact-several", &[("e.json", &objects)], named, several);
    }
}

#[test]
fn one_instance_of_several_is_named_by_its_key() {
    let text = |bucket: &str| POLICY.replace("::x/", &format!("::{bucket}/")).replace('"', "\\\"");
    let state = format!(
        r#"{{ "version": 4, "terraform_version": "1.9.0", "lineage": "x", "resources": [{{ "module": "module.m[\"a\"]", "mode": "managed", "type": "aws_iam_policy", "name": "p",
        "instances": [{{ "index_key": "k", "attributes": {{ "policy": "{}" }} }}, {{ "index_key": "l", "attributes": {{ "policy": "{}" }} }}] }}] }}"#,
        text("x"),
        text("*")
    );
    let named = |key: &str| format!(r#"s.tfstate#module.m[\"a\"].aws_iam_policy.p[\"{key}\"].policy"#);
    evaluated("exact-instance", &[("s.tfstate", &state)], &named("k"));
    let run = simulated("exact-instance", &[("s.tfstate", &state)], &named("l"));
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.stdout.contains("explicitly denied"), "{}", run.stdout);
}

/// What is beside a file is not read either, if it is a link that leads out of the folder.
#[cfg(unix)]
#[test]
fn a_link_beside_a_file_leads_nowhere_else() {
    use std::os::unix::fs::symlink;
    let data = "data \"aws_iam_policy_document\" \"d\" {\n  statement {\n    effect = \"Deny\"\n    actions = [\"s3:Get*\"]\n    resources = [local.x]\n  }\n}\n";
    let cases = r#"{ "policies": { "p": { "caller": "arn:aws:iam::111122223333:user/alice", "identity": "main.tf" } },
        "cases": [{ "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "expect": "denied" }] }"#;
    for (link, target, text, why) in [
        (
            "locals.tf",
            "../out/secret.tf",
            data,
            "the values of `local.x` are only known when it is deployed",
        ),
        (
            "l.tf.json",
            "../out/secret.tf.json",
            data,
            "the values of `local.x` are only known when it is deployed",
        ),
        (
            "override.tf",
            "../out/secret.tf",
            &*data.replace("local.x", "\"*\""),
            "Terraform merges it with what `override.tf` has, which cannot be read",
        ),
        (
            "policy.toml",
            "../out/secret.toml",
            &*data.replace("local.x", "\"*\""),
            "it is a link to a file outside the folder of the cases, and is not read",
        ),
    ] {
        let folder = folder_of(
            "exact-links",
            &[
                ("in/main.tf", text),
                ("in/cases.json", cases),
                ("out/secret.tf", "locals {\n  x = \"password123 is secret\"\n}\n"),
                (
                    "out/secret.tf.json",
                    r#"{ "locals": { "x": "password123 is secret" } }"#,
                ),
                ("out/secret.toml", "severity = \"password123\"\n"),
            ],
        );
        symlink(target, folder.join("in").join(link)).unwrap();
        let run = policy(&folder, "simulate", &["in/cases.json"]);
        assert_eq!(run.code, Some(2), "{link}: {run:?}");
        assert!(
            run.stderr.contains(why) && !run.stderr.contains("password123"),
            "{link}: {}",
            run.stderr
        );
        // A folder that is allowed is read.
        let run = policy(&folder, "simulate", &["--policies-within", "out", "in/cases.json"]);
        assert!(!run.stderr.contains(why), "{link}: {}", run.stderr);
    }
}
