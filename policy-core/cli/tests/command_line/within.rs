//! Policies inside a larger document: `--pointer`.

use super::*;

const TEMPLATE: &str = r#"{
    "AWSTemplateFormatVersion": "2010-09-09",
    "Resources": { "Role": { "Type": "AWS::IAM::Role", "Properties": {
        "AssumeRolePolicyDocument": { "Version": "2012-10-17", "Statement": [
            { "Effect": "Allow", "Principal": { "Service": "ecs-tasks.amazonaws.com" }, "Action": "sts:AsumeRole" }] },
        "Policies": [{ "PolicyName": "a/b", "PolicyDocument": { "Version": "2012-10-17", "Statement": [
            { "Effect": "Allow", "Action": "redshift:CreateUser", "Resource": "*" }] } }]
    } } }
}"#;
const TRUST_AT: &str = "/Resources/Role/Properties/AssumeRolePolicyDocument";
const POLICY_AT: &str = "/Resources/Role/Properties/Policies/0/PolicyDocument";

#[test]
fn a_policy_in_a_template_is_found_with_its_place_in_the_whole() {
    let folder = folder_of("template", &[("template.json", TEMPLATE)]);
    let run = check(
        &folder,
        &[
            "--format=json",
            "--pointer",
            POLICY_AT,
            "template.json",
            "--pointer",
            TRUST_AT,
            "--severity",
            "ERROR",
        ],
    );
    assert_eq!(run.code, Some(1));
    assert_eq!(
        run.column("path"),
        [
            format!("{POLICY_AT}/Statement/0/Action"),
            format!("{TRUST_AT}/Statement/0/Action")
        ]
    );
    assert_eq!(run.column("kind"), ["IdentityPolicy", "TrustPolicy"]);
    assert_eq!(run.column("line"), ["7", "5"]);
    let column =
        |line: usize, action: &str| (TEMPLATE.lines().nth(line).unwrap().find(action).unwrap() + 1).to_string();
    assert_eq!(run.column("column"), [column(6, "CreateUser"), column(4, "AsumeRole")]);
}

#[test]
fn a_pointer_that_leads_nowhere_says_how_far_it_led() {
    let folder = folder_of("nowhere", &[("template.json", TEMPLATE), ("other.json", "{}")]);
    let run = check(&folder, &["template.json", "--pointer", "/Resources/Rol/Properties"]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.stderr
            .starts_with("policy: template.json: `/Resources` has no member `Rol`; did you mean `Role`?\n"),
        "{}",
        run.stderr
    );
    let run = check(&folder, &["template.json", "--pointer", "Resources"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("starts with `/`"), "{}", run.stderr);
    // In a folder, not every file has to have it.
    let run = check(&folder, &[".", "--pointer", TRUST_AT]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("1 file skipped"), "{}", run.stderr);
}

#[test]
fn a_policy_in_a_string_is_checked_too() {
    let policy =
        r#"{"Version":"2012-10-17","Statement":[{"Sid":"é😀","Effect":"Deny","Action":"s3:GetObjct","Resource":"*"}]}"#;
    let string = serde_json::to_string(policy).unwrap().replace('😀', r"\ud83d\ude00");
    let text = format!("{{\n  \"é\": 1, \"Policy\": {string},\n  \"Broken\": \"{{ \\\"Version\\\": x }}\" }}");
    let folder = folder_of("string", &[("output.json", &text)]);
    let run = check(
        &folder,
        &[
            "--format=json",
            "output.json",
            "--pointer",
            "/Policy",
            "--severity",
            "ERROR",
        ],
    );
    let at = run
        .column("code")
        .iter()
        .position(|code| code == "INVALID_ACTION")
        .unwrap();
    let line = text.lines().nth(1).unwrap();
    let (before, token) = (line.split(r#"\"s3:Get"#).next().unwrap(), r#"\"s3:GetObjct\""#);
    assert_eq!(run.column("path")[at], "/Policy/Statement/0/Action");
    assert_eq!(run.column("line")[at], "2");
    assert_eq!(run.column("column")[at], (before.chars().count() + 1).to_string());
    assert_eq!(
        run.column("end_column")[at],
        (before.chars().count() + 1 + token.len()).to_string()
    );

    let run = check(&folder, &["--format=json", "output.json", "--pointer", "/Broken"]);
    assert_eq!(run.column("code"), ["JSON_SYNTAX_ERROR"]);
    assert_eq!(run.column("path"), ["/Broken"]);
    let column = text.lines().nth(2).unwrap().find("x }").unwrap() + 1;
    assert_eq!(
        (run.column("line"), run.column("column")),
        (vec!["3".into()], vec![column.to_string()])
    );
}

/// As IAM's API returns policies: in a string of the output, and as a file of its own.
#[test]
fn a_policy_that_is_percent_encoded_is_decoded_and_its_places_are_those_of_the_file() {
    let encoded = "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%7B%22Sid%22%3A%22Caf%C3%A9%22%2C%22Effect%22%3A%22Deny%22%2C\
                   %22Action%22%3A%22s3%3AGetObjct%22%2C%22Resource%22%3A%22%2A%22%7D%7D";
    let text = format!(
        "{{\n  \"é\": 1, \"Policy\": \"{encoded}\",\n  \"Cut\": \"{}\",\n  \"Latin\": \"%7B%E9%7D\", \"Other\": \"%7B%22Version%22:x%7D\" }}",
        &encoded[..encoded.len() - 1]
    );
    let folder = folder_of(
        "encoded",
        &[
            ("output.json", &text),
            ("policy.json", encoded),
            ("cut.json", &encoded[..encoded.len() - 2]),
        ],
    );
    let action = "%22s3%3AGetObjct%22";
    let at = encoded.find(action).unwrap();
    let inside = [
        "output.json",
        "--pointer",
        "/Policy",
        "--severity",
        "ERROR",
        "--format=json",
    ];
    let alone = ["policy.json", "--severity", "ERROR", "--format=json"];
    let before = text
        .lines()
        .nth(1)
        .unwrap()
        .split(encoded)
        .next()
        .unwrap()
        .chars()
        .count();
    for (arguments, path, line, column) in [
        (&inside[..], "/Policy/Statement/Action", "2", before + at + 1),
        (&alone, "/Statement/Action", "1", at + 1),
    ] {
        let run = check(&folder, arguments);
        let found = run
            .column("code")
            .iter()
            .position(|code| code == "INVALID_ACTION")
            .unwrap();
        assert_eq!(run.column("path")[found], path);
        assert_eq!(run.column("line")[found], line);
        assert_eq!(run.column("column")[found], column.to_string());
        assert_eq!(run.column("end_column")[found], (column + action.len()).to_string());
    }

    let run = check(&folder, &["output.json", "--pointer", "/Cut"]);
    assert_eq!(run.code, Some(2));
    let column = text.lines().nth(2).unwrap().rfind('%').unwrap() + 1;
    assert!(
        run.stderr.starts_with(&format!(
            "policy: output.json: `/Cut`, line 3, column {column}: the percent-encoding is broken: `%7` is not percent-encoding, which has \
             two hexadecimal digits after a `%`: write `%25` for a `%`, and check whether the text is complete\n"
        )),
        "{}",
        run.stderr
    );
    let run = check(&folder, &["cut.json"]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.stderr.starts_with("policy: cut.json: line 1, column "),
        "{}",
        run.stderr
    );
    let run = check(&folder, &["output.json", "--pointer", "/Latin"]);
    assert!(
        run.stderr.contains("`%E9` is not percent-encoding of UTF-8"),
        "{}",
        run.stderr
    );
    // What is encoded is not JSON.
    let run = check(&folder, &["--format=json", "output.json", "--pointer", "/Other"]);
    assert_eq!(run.column("code"), ["JSON_SYNTAX_ERROR"]);
    assert_eq!(run.column("line"), ["4"]);
}
