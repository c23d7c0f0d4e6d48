//! `--fix`, `--unsafe-fixes` and `--diff`.

use super::*;

const TERRAFORM: &str = r#"# The reader.
data "aws_iam_policy_document" "reader" {
  statement {
    actions   = ["s3:Get*", "s3:GetObject", "s3:ListAllMyBucket"] # for now
    resources = ["*"]
  }
}
"#;

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

#[test]
fn safe_fixes_are_made_and_others_with_their_own_argument() {
    let folder = folder_of("fixes-made", &[("main.tf", TERRAFORM), ("p.json", WRONG)]);
    let run = check(&folder, &["--fix", "."]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(
        run.stderr.starts_with("1 fix; 3 errors, 1 suggestion in 2 files"),
        "{run:?}"
    );
    let safe = TERRAFORM.replace(r#", "s3:GetObject""#, "");
    assert_eq!(
        (read(&folder, "main.tf"), read(&folder, "p.json")),
        (safe.clone(), WRONG.to_owned())
    );

    let shown = check(&folder, &["--diff", "--unsafe-fixes", "main.tf"]);
    assert_eq!(shown.code, Some(1), "{shown:?}");
    assert!(
        shown
            .stdout
            .contains("\n-    actions   = [\"s3:Get*\", \"s3:ListAllMyBucket\"] # for now\n+    actions"),
        "{shown:?}"
    );
    assert_eq!(read(&folder, "main.tf"), safe);

    let run = check(&folder, &["--fix", "--unsafe-fixes", "."]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(
        read(&folder, "main.tf"),
        safe.replace("ListAllMyBucket", "ListAllMyBuckets")
    );
    let right = WRONG
        .replace("GetObjct", "GetObject")
        .replace("\"effect\"", "\"Effect\"");
    assert_eq!(read(&folder, "p.json"), right);
    // Twice is once, and a file without fixes is not written.
    let before = fs::metadata(folder.join("p.json")).unwrap().modified().unwrap();
    let again = check(&folder, &["--fix", "--unsafe-fixes", "."]);
    assert_eq!(again.stderr, "2 suggestions in 2 files\n");
    assert_eq!(fs::metadata(folder.join("p.json")).unwrap().modified().unwrap(), before);
}

#[cfg(unix)]
#[test]
fn a_link_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = folder_of("fixes-link", &[("real/p.tf", TERRAFORM)]);
    let real = folder.join("real/p.tf");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    symlink(&real, folder.join("link.tf")).unwrap();
    check(&folder, &["--fix", "link.tf"]);
    assert!(folder.join("link.tf").symlink_metadata().unwrap().is_symlink());
    assert!(!read(&folder, "real/p.tf").contains("s3:GetObject"));
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(fs::read_dir(folder.join("real")).unwrap().count(), 1);
}

/// Who wrote a folder, as in a pull request, does not say what outside it is written.
#[cfg(unix)]
#[test]
fn no_link_in_a_folder_has_a_file_outside_it_written() {
    use std::os::unix::fs::symlink;

    let folder = folder_of(
        "fixes-link-out",
        &[
            ("outside/real.tf", TERRAFORM),
            ("in/own.tf", TERRAFORM),
            ("in/sub/.hidden.tf", TERRAFORM),
        ],
    );
    symlink("../outside/real.tf", folder.join("in/link.tf")).unwrap();
    symlink("link.tf", folder.join("in/again.tf")).unwrap();
    symlink("sub/.hidden.tf", folder.join("in/within.tf")).unwrap();
    symlink("in", folder.join("other")).unwrap();
    let fixed = |name: &str| !read(&folder, name).contains("s3:GetObject");
    for named in ["in", "other", "in/../in/."] {
        let run = check(&folder, &["--fix", "--diff", named]);
        assert!(!run.stdout.contains("again.tf"), "{}", run.stdout);
        let run = check(&folder, &["--fix", "--unsafe-fixes", named]);
        assert!(!fixed("outside/real.tf"), "{named}: {run:?}");
        let said = format!(
            "policy: {}: not fixed: it is a link to a file outside the folder; to have that file fixed, name the link or the file\n",
            Path::new(named).join("again.tf").display()
        );
        assert!(run.stderr.starts_with(&said), "{}", run.stderr);
        assert_eq!(run.stderr.matches("not fixed").count(), 1, "{}", run.stderr);
        assert!(folder.join("in/link.tf").symlink_metadata().unwrap().is_symlink());
    }
    assert!(fixed("in/own.tf") && fixed("in/sub/.hidden.tf"));
    // What the user names is what the user means, also beside the folder.
    check(&folder, &["--fix", "in", "in/link.tf"]);
    assert!(fixed("outside/real.tf"));
}

#[test]
fn programs_get_fixes_as_edits() {
    let folder = folder_of("fixes-shown", &[("main.tf", TERRAFORM)]);
    let findings = check(&folder, &["--format", "json", "main.tf"]).findings();
    let of = |code: &str| findings.iter().find(|finding| finding["code"] == code).unwrap()["fixes"].clone();
    assert_eq!(
        of("INVALID_ACTION"),
        serde_json::json!([{
            "edits": [{ "line": 4, "column": 64, "end_line": 4, "end_column": 64, "text": "s" }],
            "safe": false,
            "title": "write `s3:ListAllMyBuckets`",
        }])
    );
    let redundant = of("REDUNDANT_ACTION");
    assert_eq!(
        (&redundant[0]["safe"], &redundant[0]["edits"][0]["text"]),
        (&Value::from(true), &Value::from(""))
    );
    let log: Value = serde_json::from_str(&check(&folder, &["--format", "sarif", "main.tf"]).stdout).unwrap();
    let fixes = log["runs"][0]["results"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|result| result.get("fixes"));
    let inserted: Vec<&Value> = fixes
        .map(|fixes| &fixes[0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"])
        .collect();
    assert_eq!(inserted, ["", "s"]);
}

/// The actions of a statement of HCL or YAML, and whether the one that is redundant can be removed.
const REMOVALS: [(&str, &str, bool); 12] = [
    ("a.tf", r#"["s3:Get*", "s3:GetObject"]"#, true),
    ("a.tf", r#"["s3:Get*", /* c */ "s3:GetObject" /* d */ , ]"#, false),
    ("a.tf", r#"["s3:Get*", /* c */ "s3:GetObject"]"#, true),
    ("a.tf", r#"["s3:Get*", "s3:GetObject", ]"#, true),
    (
        "a.tf",
        r#"["s3:Get*", var.x ? "s3:GetObject" : "s3:GetObjectAcl"]"#,
        false,
    ),
    (
        "a.tf",
        r#"concat(["s3:Get*"], var.x ? ["s3:GetObject"] : ["s3:PutObject"])"#,
        true,
    ),
    ("b.yaml", "[s3:Get*, s3:GetObject]", true),
    (
        "b.yaml",
        "\n              - s3:Get*\n              - |-\n                s3:GetObject",
        false,
    ),
    (
        "b.yaml",
        "\n              - s3:Get*\n              - s3:GetObject",
        true,
    ),
    ("b.yaml", "[s3:Get*, !If [C, s3:GetObject, s3:PutObject]]", false),
    ("b.yaml", "[s3:Get*, !If [C, s3:GetObject, !Ref AWS::NoValue]]", false),
    (
        "b.yaml",
        "[s3:Get*, !If [C, [s3:GetObject, s3:PutObject], !Ref AWS::NoValue]]",
        true,
    ),
];

/// A file is not broken by an edit that a program gets of it.
#[test]
fn programs_get_the_fixes_that_are_made_and_no_others() {
    for (number, (name, actions, is_fixed)) in REMOVALS.into_iter().enumerate() {
        let text = if name == "a.tf" {
            format!(
                "data \"aws_iam_policy_document\" \"a\" {{\n  statement {{\n    actions   = {actions}\n    \
                 resources = [\"arn:aws:s3:::b/*\"]\n  }}\n}}\n"
            )
        } else {
            format!(
                "Resources:\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        \
                 Version: '2012-10-17'\n        Statement:\n          - Effect: Allow\n            Action: {actions}\n            \
                 Resource: arn:aws:s3:::b/*\n"
            )
        };
        let folder = folder_of(&format!("fixes-programs-{number}"), &[(name, &text)]);
        let findings = check(&folder, &["--format", "json", name]).findings();
        let of = |finding: &Value| finding["code"] == "REDUNDANT_ACTION" && finding["fixes"].is_array();
        assert_eq!(findings.iter().any(of), is_fixed, "{actions}: {findings:?}");
        let log: Value = serde_json::from_str(&check(&folder, &["--format", "sarif", name]).stdout).unwrap();
        let results = log["runs"][0]["results"].as_array().unwrap();
        let has_fixes = results.iter().any(|result| result.get("fixes").is_some());
        assert_eq!(has_fixes, is_fixed, "{actions}");
        check(&folder, &["--fix", "--unsafe-fixes", name]);
        assert_eq!(read(&folder, name) != text, is_fixed, "{actions}");
    }
}

#[test]
fn a_difference_can_be_applied_however_files_are_named() {
    let files = [("a.tf", TERRAFORM), ("sub/b.tf", TERRAFORM)];
    let folder = folder_of("fixes-difference-names", &files);
    let whole = folder.to_str().unwrap();
    for named in [".", "./.", "sub/..", whole, &format!("{whole}/sub/..")] {
        for (program, arguments) in [("git", &["apply", "-p0"][..]), ("patch", &["-p0", "--batch"])] {
            let shown = difference_of(&folder, named);
            assert!(
                shown.contains("\n+++ a.tf\n") && shown.contains("\n+++ sub/b.tf\n"),
                "{named}: {shown}"
            );
            apply(&folder, program, arguments, &shown);
            for (name, text) in files {
                assert_ne!(read(&folder, name), text, "{named} {name}");
                fs::write(folder.join(name), text).unwrap();
            }
        }
    }
    // Outside, from the root.
    let inner = folder.join("sub");
    let shown = difference_of(&inner, "../a.tf");
    apply(&inner, "patch", &["-d", "/", "-p1", "--batch"], &shown);
    assert_ne!(read(&folder, "a.tf"), TERRAFORM);
}

/// What `--diff` writes for a program.
fn difference_of(folder: &Path, named: &str) -> String {
    let mut shown = command(folder, &["check", "--diff", "--unsafe-fixes", named]);
    for name in ["CI", "TF_BUILD", "TEAMCITY_VERSION"] {
        shown.env_remove(name);
    }
    finish(&mut shown, "").stdout
}

fn apply(folder: &Path, program: &str, arguments: &[&str], difference: &str) {
    let mut apply = Command::new(program);
    // Nothing of a repository around the folder counts.
    apply
        .current_dir(folder)
        .env("GIT_CEILING_DIRECTORIES", folder)
        .env("GIT_DIR", "none");
    let run = finish(apply.args(arguments), difference);
    assert_eq!(run.code, Some(0), "{program}: {run:?}\n{difference}");
}

#[test]
fn a_difference_can_be_applied() {
    let json = FIXABLE.replace("\n    ", "\n\t");
    for (name, text) in [
        ("main.tf", TERRAFORM.to_owned()),
        ("tabs.json", json.clone()),
        ("tabs and end.json", json.clone() + "\n"),
        ("crlf.json", json.replace('\n', "\r\n")),
        ("crlf-end.json", json.replace('\n', "\r\n") + "\r\n"),
        ("alone.json", json.replace("\"s3:GetObject\"", "\r\"s3:GetObject\"\r")),
        (
            "escape.tf",
            TERRAFORM.replace("# The reader.", "# \u{1b}[31m \u{202e}\n/*\n::error::x\n*/"),
        ),
    ] {
        let folder = folder_of("fixes-difference", &[(name, &text)]);
        let shown = difference_of(&folder, name);
        apply(&folder, "git", &["apply", "-p0", "--whitespace=nowarn"], &shown);
        let applied = read(&folder, name);
        fs::write(folder.join(name), &text).unwrap();
        check(&folder, &["--fix", "--unsafe-fixes", name]);
        assert_eq!(applied, read(&folder, name), "{name}");
        assert_ne!(applied, text, "{name}");
    }
}

#[cfg(unix)]
#[test]
fn what_is_not_to_be_written_is_reported_as_it_is() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let folder = folder_of("fixes-read-only", &[("main.tf", TERRAFORM), ("linked.tf", TERRAFORM)]);
    let path = folder.join("main.tf");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    fs::hard_link(folder.join("linked.tf"), folder.join("other.txt")).unwrap();
    for (name, reason) in [
        ("main.tf", "it is read-only"),
        (
            "linked.tf",
            "it has other hard links, which would keep the old text: apply what `--diff` shows",
        ),
    ] {
        let before = fs::metadata(folder.join(name)).unwrap();
        let run = check(&folder, &["--fix", name]);
        assert_eq!(run.code, Some(2), "{run:?}");
        assert_eq!(
            run.stderr,
            format!("policy: {name}: not fixed: {reason}\n1 error, 2 suggestions in 1 file\n")
        );
        assert!(
            run.stdout.contains("[INVALID_ACTION]") && run.stdout.contains("[REDUNDANT_ACTION]"),
            "{run:?}"
        );
        let after = fs::metadata(folder.join(name)).unwrap();
        assert_eq!(read(&folder, name), TERRAFORM);
        assert_eq!((before.ino(), before.mode()), (after.ino(), after.mode()));
    }
    // It is shown all the same.
    let run = check(&folder, &["--diff", "main.tf"]);
    assert!(
        run.code == Some(1) && run.stdout.starts_with("--- main.tf\n"),
        "{run:?}"
    );
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    check(&folder, &["--fix", "main.tf"]);
    assert_ne!(read(&folder, "main.tf"), TERRAFORM);
    assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o640);
}

#[test]
fn what_cannot_be_written_is_refused() {
    let folder = folder_of("fixes-refused", &[("main.tf", TERRAFORM)]);
    for (arguments, reason) in [
        (&["--fix", "-"][..], "`--fix` writes files"),
        (&["--unsafe-fixes", "main.tf"], "`--unsafe-fixes` has no effect"),
        (&["--diff", "--format", "json", "main.tf"], "`--diff` shows"),
    ] {
        let run = check(&folder, arguments);
        assert_eq!(run.code, Some(2), "{run:?}");
        assert!(run.stderr.contains(reason), "{run:?}");
    }
    // What is no text is left alone.
    fs::write(folder.join("odd.json"), b"{ \"Statement\": \"\xFF\" }").unwrap();
    let run = check(&folder, &["--fix", "odd.json"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert_eq!(
        fs::read(folder.join("odd.json")).unwrap(),
        b"{ \"Statement\": \"\xFF\" }"
    );
}

/// A policy with a safe fix, and one that is not safe.
const FIXABLE: &str = r#"{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow",
    "Action": ["s3:Get*", "s3:GetObject", "s3:ListAllMyBucket"], "Resource": "*" }] }"#;

/// Files that something has made of others, each with the reason that is given.
fn generated() -> Vec<(&'static str, String, &'static str)> {
    let text = serde_json::to_string(FIXABLE).unwrap();
    let terraform = "it is generated by `terraform show -json`: fix the configuration";
    let state = "it is generated by `terraform apply`: fix the configuration";
    let cdk = "it is generated by `cdk synth`: fix the CDK app";
    let aws = "it is generated by `aws`: fix the policy where it is deployed from";
    let resource = |values: &str| {
        format!(
            r#"{{ "address": "aws_iam_policy.p", "type": "aws_iam_policy", "name": "p", "{values}": {{ "policy": {text} }} }}"#
        )
    };
    let template = |metadata: &str| {
        format!(
            r#"{{ "Resources": {{ "P": {{ "Type": "AWS::IAM::ManagedPolicy", {metadata}"Properties": {{ "PolicyDocument": {FIXABLE} }} }} }} }}"#
        )
    };
    vec![
        (
            "plan.json",
            format!(
                r#"{{ "format_version": "1.2", "planned_values": {{ "root_module": {{ "resources": [{}] }} }} }}"#,
                resource("values")
            ),
            terraform,
        ),
        (
            "state.json",
            format!(
                r#"{{ "format_version": "1.0", "values": {{ "root_module": {{ "resources": [{}] }} }} }}"#,
                resource("values")
            ),
            terraform,
        ),
        (
            "stored.json",
            format!(
                r#"{{ "version": 4, "terraform_version": "1.9.0", "resources": [{{ "mode": "managed", "type": "aws_iam_policy",
                    "name": "p", "instances": [{{ "attributes": {{ "policy": {text} }} }}] }}] }}"#
            ),
            state,
        ),
        (
            "account.json",
            format!(
                r#"{{ "UserDetailList": [], "GroupDetailList": [], "RoleDetailList": [], "Policies": [{{ "PolicyName": "p",
                    "PolicyVersionList": [{{ "Document": {FIXABLE}, "VersionId": "v1", "IsDefaultVersion": true }}] }}] }}"#
            ),
            aws,
        ),
        (
            "role-policy.json",
            format!(r#"{{ "RoleName": "r", "PolicyName": "p", "PolicyDocument": {FIXABLE} }}"#),
            aws,
        ),
        (
            "organization.json",
            format!(
                r#"{{ "Policy": {{ "PolicySummary": {{ "Type": "SERVICE_CONTROL_POLICY" }}, "Content": {text} }} }}"#
            ),
            aws,
        ),
        ("cdk.out/S.template.json", template(""), cdk),
        (
            "synthesised.json",
            template(r#""Metadata": { "aws:cdk:path": "S/P/Resource" }, "#),
            cdk,
        ),
        (
            "bootstrapped.json",
            template("").replacen(
                '{',
                r#"{ "Parameters": { "BootstrapVersion": { "Type": "AWS::SSM::Parameter::Value<String>",
                    "Default": "/cdk-bootstrap/hnb659fds/version" } }, "#,
                1,
            ),
            cdk,
        ),
    ]
}

#[test]
fn what_is_generated_is_left_alone() {
    let made = generated();
    let files: Vec<(&str, &str)> = made.iter().map(|(name, text, _)| (*name, text.as_str())).collect();
    let folder = folder_of("fixes-generated", &files);
    for (name, text, reason) in &made {
        let plain = check(&folder, &[name]);
        assert!(plain.stdout.contains("s3:ListAllMyBucket"), "{plain:?}");
        for arguments in [
            &["--fix"][..],
            &["--fix", "--unsafe-fixes"],
            &["--diff"],
            &["--diff", "--unsafe-fixes"],
        ] {
            let run = check(&folder, &[arguments, &[name]].concat());
            assert_eq!(run.code, plain.code, "{name}");
            assert_eq!(
                run.stderr,
                format!("policy: {name}: not fixed: {reason}\n{}", plain.stderr)
            );
            assert_eq!(&read(&folder, name), text);
        }
        let json = check(&folder, &["--format", "json", name]);
        assert!(
            !json.stdout.is_empty() && !json.stdout.contains("\"fixes\""),
            "{json:?}"
        );
        let sarif = check(&folder, &["--format", "sarif", name]);
        assert!(
            sarif.stdout.contains("ruleId") && !sarif.stdout.contains("\"fixes\""),
            "{sarif:?}"
        );
    }
}

#[test]
fn what_is_written_by_hand_and_like_an_output_is_fixed() {
    for (name, text) in [
        ("policies.json", format!(r#"{{ "reader": {FIXABLE}, "Policies": [] }}"#)),
        (
            "tagged.json",
            format!(r#"{{ "RoleName": "r", "PolicyName": "p", "Tags": [], "PolicyDocument": {FIXABLE} }}"#),
        ),
        // Of a service whose policies are texts.
        ("object.json", format!(r#"{{ "Policy": {FIXABLE} }}"#)),
        (
            "template.json",
            format!(
                r#"{{ "Resources": {{ "P": {{ "Type": "AWS::IAM::ManagedPolicy", "Properties": {{ "PolicyDocument": {FIXABLE} }} }} }} }}"#
            ),
        ),
    ] {
        let folder = folder_of("fixes-by-hand", &[(name, &text)]);
        let run = check(&folder, &["--fix", name]);
        assert_eq!(read(&folder, name), text.replace(r#""s3:GetObject", "#, ""), "{run:?}");
    }
}

#[test]
fn the_input_of_a_command_is_fixed() {
    let text = serde_json::to_string(FIXABLE).unwrap();
    let input = format!(r#"{{ "RoleName": "r", "PolicyName": "p", "PolicyDocument": {text} }}"#);
    let folder = folder_of("fixes-input", &[("input.json", &input)]);
    let run = check(&folder, &["--fix", "input.json"]);
    assert_eq!(
        read(&folder, "input.json"),
        input.replace(r#"\"s3:GetObject\", "#, ""),
        "{run:?}"
    );
}

#[test]
fn utf_16_is_not_written_as_utf_8() {
    let text = format!(r#"{{ "reader": {FIXABLE} }}"#);
    let bytes: Vec<u8> = format!("\u{FEFF}{text}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let folder = folder("fixes-utf-16");
    fs::write(folder.join("p.json"), &bytes).unwrap();
    for arguments in [&["p.json"][..], &["--pointer", "/reader", "p.json"]] {
        let plain = check(&folder, arguments);
        let run = check(&folder, &[&["--fix"], arguments].concat());
        assert_eq!(
            (run.code, run.stderr),
            (
                plain.code,
                format!(
                    "policy: p.json: not fixed: it is in UTF-16: save it in UTF-8 first\n{}",
                    plain.stderr
                )
            )
        );
        assert_eq!(fs::read(folder.join("p.json")).unwrap(), bytes);
        let json = check(&folder, &[&["--format", "json"], arguments].concat());
        assert!(
            !json.stdout.is_empty() && !json.stdout.contains("\"fixes\""),
            "{json:?}"
        );
    }
}
