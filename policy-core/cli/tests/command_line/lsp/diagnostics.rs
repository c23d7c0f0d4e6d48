//! Diagnostics while a file is being written.

use super::client::position;
use super::*;
use serde_json::json;

const TEMPLATE: &str = r#"
Resources:
  Exports:
    Type: AWS::S3::Bucket
  Reader:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      Description: "😀 🚀"
      PolicyDocument: { Version: "2012-10-17", Statement: [{ Sid: a, Effect: Allow, Action: "s3:GetObjct", Resource: !Sub "${Exports.Arn}/*" }] }
"#;

/// The codes, and the texts at the ranges.
fn shown(text: &str, diagnostics: &[Value]) -> Vec<(String, String)> {
    let lines: Vec<Vec<u16>> = text.split('\n').map(|line| line.encode_utf16().collect()).collect();
    let place = |range: &Value| {
        let at = |end: &str, part: &str| usize::try_from(range[end][part].as_u64().unwrap()).unwrap();
        assert_eq!(at("start", "line"), at("end", "line"), "{range}");
        let line = &lines[at("start", "line")];
        String::from_utf16(&line[at("start", "character")..at("end", "character")]).unwrap()
    };
    let each = diagnostics.iter().map(|diagnostic| {
        let code = diagnostic["code"].as_str().unwrap_or("-").to_owned();
        (code, place(&diagnostic["range"]))
    });
    each.collect()
}

fn owned(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    let each = expected
        .iter()
        .map(|(code, text)| ((*code).to_owned(), (*text).to_owned()));
    each.collect()
}

#[test]
fn a_finding_is_shown_where_it_is_in_each_language() {
    let mut editor = Client::in_folder("languages", &[]);
    let heredoc = "resource \"aws_iam_policy\" \"a\" {\n  policy = <<EOT\n{ \"Statement\": [{ \"Sid\": \"😀\", \"Effect\": \"Allow\", \
        \"Action\": \"s3:GetObjct\", \"Resource\": \"${aws_s3_bucket.b.arn}/*\" }], \"Version\": \"2012-10-17\" }\nEOT\n}\n";
    let json = WRONG.replace(
        "\"Effect\": \"Allow\", \"Action\": \"s3:GetObjct\"",
        "\"Sid\": \"😀\", \"Effect\": \"Allow\", \"Action\": \"s3:GetObjct\"",
    );
    for (file, text) in [
        ("template.yaml", TEMPLATE.replace("Sid: a", "Sid: 😀")),
        ("main.tf", heredoc.to_owned()),
        ("policy.json", json),
    ] {
        let diagnostics = editor.open(file, &text);
        let found = shown(&text, &diagnostics);
        assert!(
            found.contains(&("INVALID_ACTION".to_owned(), "GetObjct".to_owned())),
            "{file}: {found:?}"
        );
        let action = diagnostics
            .iter()
            .find(|found| found["code"] == "INVALID_ACTION")
            .unwrap();
        let message = action["message"].as_str().unwrap();
        assert!(
            message.starts_with("`s3:GetObjct` is not an action\nAWS accepts it"),
            "{message}"
        );
        assert!(message.ends_with("\nhelp: write `s3:GetObject`"), "{message}");
        assert_eq!((&action["severity"], &action["source"]), (&json!(1), &json!("policy")));
    }
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn a_kind_is_that_of_the_name_or_the_resource() {
    let mut editor = Client::in_folder("kinds", &[]);
    let statement = r#"{ "Version": "2012-10-17", "Statement": [{ "Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": { "StringNotEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } } }] }"#;
    assert_eq!(shown(statement, &editor.open("a.scp.json", statement)), []);
    let found = shown(statement, &editor.open("a.rcp.json", statement));
    assert!(!found.is_empty());
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn what_was_found_last_stays_while_the_text_is_broken() {
    let mut editor = Client::in_folder("broken", &[]);
    let finding = ("INVALID_ACTION", "GetObjct");
    assert_eq!(shown(TEMPLATE, &editor.open("a.yaml", TEMPLATE)), owned(&[finding]));
    // A line more before it, which is not finished.
    let broken = TEMPLATE.replace("  Exports:", "  New: [\n  Exports:");
    let diagnostics = editor.change("a.yaml", &broken);
    let (last, rest) = diagnostics.split_last().unwrap();
    assert_eq!(shown(&broken, rest), owned(&[finding]));
    assert_eq!((&last["severity"], last.get("code")), (&json!(3), None));
    assert!(last["message"].as_str().unwrap().starts_with("not YAML: "), "{last:#}");
    // What is being changed is not what was found.
    let changed = TEMPLATE.replace("GetObjct", "GetO").replace("}] }", "}]");
    assert_eq!(editor.change("a.yaml", &changed).len(), 1);
    let mended = TEMPLATE.replace("GetObjct", "GetObject");
    assert_eq!(shown(&mended, &editor.change("a.yaml", &mended)), []);
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn changes_come_as_ranges_too() {
    let mut editor = Client::in_folder("changes", &[]);
    editor.open("a.yaml", TEMPLATE);
    let at = |text: &str| position(TEMPLATE.split_once(text).unwrap().0);
    let range = json!({ "start": at("GetObjct"), "end": at("\", Resource") });
    let diagnostics = editor.change_by("a.yaml", &[json!({ "range": range, "text": "GetObject" })]);
    assert_eq!(shown(TEMPLATE, &diagnostics), []);
    let start = at("Resources:");
    let diagnostics = editor.change_by(
        "a.yaml",
        &[
            json!({ "range": range, "text": "GetObjektor" }),
            json!({ "range": { "start": start, "end": start }, "text": "# 😀\n" }),
        ],
    );
    assert_eq!(diagnostics[0]["range"]["start"]["line"], 9);
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn bytes_are_counted_where_the_editor_can() {
    let capabilities = json!({ "general": { "positionEncodings": ["utf-8", "utf-16"] } });
    let text = r#"{ "Id": "😀", "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:GetObjct", "Resource": "*" } }"#;
    for (test, capabilities, start) in [
        ("bytes", capabilities, text.find("GetObjct").unwrap()),
        ("units", json!({}), text.find("GetObjct").unwrap() - 2),
    ] {
        let mut editor = Client::of_capabilities(test, &[], &capabilities);
        let found = editor.open("a.json", text);
        let action = found.iter().find(|found| found["code"] == "INVALID_ACTION").unwrap();
        assert_eq!(action["range"]["start"], json!({ "line": 0, "character": start }));
        assert_eq!(editor.end(), Some(0));
    }
}

#[test]
fn a_file_of_terraform_depends_on_those_beside_it_as_they_are_in_the_editor() {
    let main = "data \"aws_iam_policy_document\" \"a\" {\n  statement {\n    actions   = local.read\n    resources = [\"arn:aws:s3:::exports/*\"]\n  }\n}\n";
    let locals = |action: &str| format!("locals {{\n  read = [\"{action}\"]\n}}\n");
    let files = [("locals.tf", &*locals("s3:GetObjct")), ("main.tf", main)];
    let mut editor = Client::in_folder("beside", &files);
    let finding = owned(&[("INVALID_ACTION", "local.read")]);
    assert_eq!(shown(main, &editor.open("main.tf", main)), finding);
    // Not saved yet.
    editor.open("locals.tf", &locals("s3:GetObject"));
    assert_eq!(shown(main, &editor.change("main.tf", main)), []);
    // Closed without saving.
    let document = json!({ "uri": editor.uri("locals.tf") });
    editor.notify("textDocument/didClose", &json!({ "textDocument": document }));
    assert_eq!(shown(main, &editor.diagnostics("main.tf")), finding);
    // Changed by another program.
    fs::write(editor.path("locals.tf"), locals("s3:GetObjectTagging")).unwrap();
    let change = json!({ "uri": editor.uri("locals.tf"), "type": 2 });
    editor.notify("workspace/didChangeWatchedFiles", &json!({ "changes": [change] }));
    assert_eq!(shown(main, &editor.diagnostics("main.tf")), []);
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn a_policy_that_cannot_be_read_in_a_file_that_can_is_an_error() {
    let mut editor = Client::in_folder("unread", &[]);
    let text = "resource \"aws_iam_policy\" \"a\" {\n  policy = <<EOT\n{ \"Version\": \"2012-10-17\", \"Statement\": [\nEOT\n}\n";
    let found = editor.open("main.tf", text);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!((&found[0]["severity"], found[0].get("code")), (&json!(1), None));
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn what_is_not_a_policy_has_no_diagnostics() {
    let mut editor = Client::in_folder("others", &[]);
    for (file, text) in [
        ("package.json", "{ \"name\": "),
        ("values.yaml", "a: [\n"),
        ("notes.txt", "not a language"),
    ] {
        assert_eq!(editor.open(file, text), [] as [Value; 0], "{file}");
    }
    // A template of Helm becomes YAML later: it is reported as such, and not as a mistake.
    let chart = "policy:\n  {{- if .Values.a }}\n  Statement: []\n  {{ end }}\n";
    let found = editor.open("chart.yaml", chart);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0]["severity"], 3);
    assert!(
        found[0]["message"]
            .as_str()
            .unwrap()
            .starts_with("a template of YAML, as Helm"),
        "{found:#?}"
    );
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn settings_count_in_the_editor_too() {
    let settings = "[[allow]]\ncode = \"INVALID_ACTION\"\nsubject = \"s3:GetFuture\"\nreason = \"in preview\"\n";
    let policy = r#"{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "s3:GetFuture", "Resource": "*" }] }"#;
    let mut editor = Client::in_folder("settings", &[("policy.toml", settings)]);
    assert_eq!(editor.open("a/p.json", policy), [Value::Null; 0]);
    // They are read again when they change.
    fs::write(editor.path("policy.toml"), "severty = 1\n").unwrap();
    let uri = editor.uri("policy.toml");
    editor.notify(
        "workspace/didChangeWatchedFiles",
        &json!({ "changes": [{ "uri": uri, "type": 2 }] }),
    );
    let found = editor.diagnostics("a/p.json");
    let messages: Vec<&str> = found.iter().map(|one| one["message"].as_str().unwrap()).collect();
    assert_eq!(messages.len(), 2, "{found:#?}");
    assert!(messages[0].contains("`s3:GetFuture`"), "{messages:?}");
    assert_eq!(
        messages[1],
        "policy.toml:1:1: `severty` is not a setting; write `severity`"
    );
    fs::remove_file(editor.path("policy.toml")).unwrap();
    editor.notify(
        "workspace/didChangeWatchedFiles",
        &json!({ "changes": [{ "uri": uri, "type": 3 }] }),
    );
    assert_eq!(editor.diagnostics("a/p.json").len(), 1);
}
