//! Quick fixes.

use super::client::position;
use super::*;
use policy_core::check::Example;
use policy_core::finding::Code;
use serde_json::json;

/// A name that is misspelt, and which `s3:Get*` matches all the same, as it does the third.
const CONFIGURATION: &str = r#"# kept
resource "aws_iam_policy" "a" {
  policy = jsonencode({
    Version = "2012-10-17" # 😀
    Statement = [{
      Sid      = "é", Effect = "Allow", Action = ["s3:GetObjct", "s3:Get*", "s3:GetObject"]
      Resource = "arn:aws:s3:::exports/*"
    }]
  })
}
"#;

/// The text after an action, whose edits are positions in UTF-16.
fn applied(text: &str, uri: &str, action: &Value) -> String {
    let offset = |place: &Value| {
        let at = |part: &str| usize::try_from(place[part].as_u64().unwrap()).unwrap();
        let line: usize = text.split_inclusive('\n').take(at("line")).map(str::len).sum();
        let mut units = 0;
        let behind = text[line..].char_indices().find(|(_, character)| {
            let is_there = units == at("character");
            units += character.len_utf16();
            is_there
        });
        line + behind.map_or(0, |(at, _)| at)
    };
    let mut edits: Vec<(usize, usize, &str)> = action["edit"]["changes"][uri]
        .as_array()
        .unwrap()
        .iter()
        .map(|edit| {
            let range = &edit["range"];
            (
                offset(&range["start"]),
                offset(&range["end"]),
                edit["newText"].as_str().unwrap(),
            )
        })
        .collect();
    edits.sort_unstable();
    let mut text = text.to_owned();
    for (start, end, with) in edits.into_iter().rev() {
        text.replace_range(start..end, with);
    }
    text
}

fn ask(editor: &mut Client, file: &str, text: &str, at: &str, context: &Value) -> Vec<Value> {
    let (before, _) = text.split_once(at).unwrap();
    let (start, end) = (position(before), position(&format!("{before}{at}")));
    let parameters = json!({
        "textDocument": { "uri": editor.uri(file) },
        "range": { "start": start, "end": end },
        "context": context,
    });
    editor
        .request("textDocument/codeAction", &parameters)
        .as_array()
        .unwrap()
        .clone()
}

#[test]
fn a_finding_is_mended_where_it_is() {
    let mut editor = Client::in_folder("fixes", &[]);
    editor.open("a.tf", CONFIGURATION);
    let found = ask(
        &mut editor,
        "a.tf",
        CONFIGURATION,
        "GetObjct",
        &json!({ "diagnostics": [], "only": ["quickfix"] }),
    );
    assert_eq!(found.len(), 2, "{found:#?}");
    assert_eq!(
        (&found[0]["title"], &found[0]["isPreferred"]),
        (&json!("write `s3:GetObject`"), &json!(true))
    );
    assert_eq!(
        found[1]["title"],
        "allow INVALID_ACTION for `s3:GetObjct`, with a reason"
    );
    assert_eq!(found[0]["diagnostics"][0]["code"], "INVALID_ACTION");
    let uri = editor.uri("a.tf");
    assert_eq!(
        applied(CONFIGURATION, &uri, &found[0]),
        CONFIGURATION.replace("GetObjct", "GetObject")
    );
    // Where there is no finding, and while the text is broken.
    assert_eq!(
        ask(
            &mut editor,
            "a.tf",
            CONFIGURATION,
            "# kept",
            &json!({ "only": ["quickfix"] })
        ),
        [] as [Value; 0]
    );
    let broken = CONFIGURATION.replace("})\n", "\n");
    editor.change("a.tf", &broken);
    assert_eq!(
        ask(&mut editor, "a.tf", &broken, "GetObjct", &json!({})),
        [] as [Value; 0]
    );
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn a_finding_that_may_be_right_is_allowed_with_a_reason() {
    let mut editor = Client::in_folder("allowances", &[]);
    let only = json!({ "only": ["quickfix"] });
    let text = CONFIGURATION.replace("GetObjct\", \"s3:Get*\"", "UnheardOf\"");
    let text = text.replace('é', "a");
    editor.open("a.tf", &text);
    let found = ask(&mut editor, "a.tf", &text, "UnheardOf", &only);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(
        found[0]["title"],
        "allow INVALID_ACTION for `s3:UnheardOf`, with a reason"
    );
    let comment = "      # policy: allow(INVALID_ACTION, \"s3:UnheardOf\", reason = \"REASON\")\n";
    let allowed = text.replace("      Sid ", &format!("{comment}      Sid "));
    let uri = editor.uri("a.tf");
    assert_eq!(applied(&text, &uri, &found[0]), allowed);
    assert_eq!(editor.change("a.tf", &allowed), [] as [Value; 0]);
    // One that hides nothing is an error.
    let stale = editor.change("a.tf", &allowed.replace("\"s3:UnheardOf\", \"s3:Get", "\"s3:Get"));
    assert_eq!((stale.len(), &stale[0]["severity"]), (1, &json!(1)), "{stale:#?}");
    assert!(
        stale[0]["message"].as_str().unwrap().contains("hides no finding"),
        "{stale:#?}"
    );
    // In a heredoc a comment would be text, and it is above that.
    let heredoc = "resource \"aws_iam_policy\" \"a\" {\n  policy = <<EOT\n{ \"Version\": \"2012-10-17\", \"Statement\": [{\n\
        \"Effect\": \"Allow\", \"Action\": \"s3:UnheardOf\", \"Resource\": \"*\" }] }\nEOT\n}\n";
    editor.open("b.tf", heredoc);
    let found = ask(&mut editor, "b.tf", heredoc, "UnheardOf", &only);
    let comment = "  # policy: allow(INVALID_ACTION, \"s3:UnheardOf\", reason = \"REASON\")\n  policy";
    assert_eq!(
        applied(heredoc, &editor.uri("b.tf"), &found[0]),
        heredoc.replacen("  policy", comment, 1)
    );
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn all_safe_fixes_are_those_of_the_command_line() {
    let folder = folder_of("fixed", &[("a.tf", CONFIGURATION)]);
    check(&folder, &["--fix", "a.tf"]);
    let fixed = fs::read_to_string(folder.join("a.tf")).unwrap();
    assert_eq!(
        fixed,
        CONFIGURATION.replace(r#""s3:GetObjct", "s3:Get*", "s3:GetObject""#, r#""s3:Get*""#)
    );
    let mut editor = Client::in_folder("fix-all", &[]);
    let uri = editor.uri("a.tf");
    editor.open("a.tf", CONFIGURATION);
    for only in ["source", "source.fixAll", "source.fixAll.policy"] {
        let found = ask(&mut editor, "a.tf", CONFIGURATION, "# kept", &json!({ "only": [only] }));
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!(applied(CONFIGURATION, &uri, &found[0]), fixed);
    }
    assert_eq!(
        ask(
            &mut editor,
            "a.tf",
            CONFIGURATION,
            "# kept",
            &json!({ "only": ["sourced"] })
        ),
        [] as [Value; 0]
    );
    assert_eq!(editor.end(), Some(0));
}

/// The actions of a whole file are those of each of its findings, although the file is not read again for each.
#[test]
fn the_actions_of_a_file_are_those_of_its_findings() {
    let policy = |name: &str| {
        format!(
            "resource \"aws_iam_policy\" \"{name}\" {{\n  policy = jsonencode({{\n    Version = \"2012-10-17\"\n    Statement = [{{\n      \
             Effect   = \"Allow\"\n      Action   = [\"s3:GetObjct\", \"s3:UnheardOf\"]\n      Resource = \"arn:aws:s3:::{name}/*\"\n    \
             }}]\n  }})\n}}\n"
        )
    };
    let heredoc = "resource \"aws_iam_policy\" \"text\" {\n  policy = <<EOT\n{ \"Version\": \"2012-10-17\", \"Statement\": [{\n\
        \"Effect\": \"Allow\", \"Action\": [\"s3:PutObjct\", \"s3:UnknownOf\"], \"Resource\": \"*\" }] }\nEOT\n}\n";
    let text = format!("{}{heredoc}{}", policy("one"), policy("two"));
    let mut editor = Client::in_folder("actions-of-a-file", &[]);
    editor.open("a.tf", &text);
    let only = json!({ "only": ["quickfix"] });
    let all = ask(&mut editor, "a.tf", &text, &text, &only);
    let mut of_lines = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let place = |character: usize| json!({ "line": number, "character": character });
        let parameters = json!({
            "textDocument": { "uri": editor.uri("a.tf") },
            "range": { "start": place(0), "end": place(line.len()) },
            "context": only,
        });
        let own = editor.request("textDocument/codeAction", &parameters);
        for action in own.as_array().unwrap() {
            // One that is about several lines is in the answer for each.
            if !of_lines.contains(action) {
                of_lines.push(action.clone());
            }
        }
    }
    assert_eq!(all.len(), of_lines.len(), "{all:#?}");
    assert!(all.iter().all(|action| of_lines.contains(action)), "{all:#?}");
    let titles = |word: &str| {
        let titles = all.iter().filter_map(|action| action["title"].as_str());
        titles.filter(|title| title.contains(word)).count()
    };
    assert_eq!(
        (
            titles("allow INVALID_ACTION"),
            titles("UnknownOf"),
            titles("write `s3:PutObject`")
        ),
        (6, 1, 1)
    );
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn what_is_generated_is_not_edited() {
    let policy = r#"{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": ["s3:Get*", "s3:GetObject"], "Resource": "*" }] }"#;
    let template = format!(
        "{{ \"Resources\": {{ \"P\": {{ \"Type\": \"AWS::IAM::ManagedPolicy\",\n\"Properties\": {{ \"PolicyDocument\": {policy} }} }} }} }}"
    );
    let mut editor = Client::in_folder("fixes-generated", &[]);
    let context = json!({ "diagnostics": [] });
    for (file, is_edited) in [
        ("a.template.json", true),
        ("cdk.out/a.template.json", false),
        (".aws-sam/template.yaml", false),
    ] {
        let diagnostics = editor.open(file, &template);
        assert!(!diagnostics.is_empty(), "{file}");
        let found = ask(&mut editor, file, &template, "s3:GetObject", &context);
        assert_eq!(found.is_empty(), !is_edited, "{file}: {found:#?}");
    }
}

/// Whatever is found in a file that has comments can be allowed there: what the action writes hides it, and is about nothing else.
#[test]
fn all_that_is_found_can_be_allowed() {
    let mut editor = Client::in_folder("allowances-of-all", &[]);
    let only = json!({ "only": ["quickfix"] });
    let codes = |diagnostics: &[Value]| -> Vec<String> {
        let codes = diagnostics
            .iter()
            .map(|own| own["code"].as_str().unwrap_or_default().to_owned());
        codes.collect()
    };
    let mut known = std::collections::BTreeSet::new();
    for code in Code::ALL {
        let example = Example::of(*code).unwrap();
        // Of a policy of its own: in its lines, and as a text of JSON.
        if example.is_template || example.wrong.len() > 4000 {
            continue;
        }
        let lines = example.wrong.replace('\n', "\n        ");
        let name = format!("{code}.yaml");
        let text = format!("# A policy.\n{}\n", example.wrong);
        let resource = format!(
            "Resources:\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument: |\n        {lines}\n"
        );
        for (name, text) in [(name, text), (format!("{code}.resource.yaml"), resource)] {
            let found = editor.open(&name, &text);
            let offered = ask(&mut editor, &name, &text, &text, &only);
            let uri = editor.uri(&name);
            let allowances = offered
                .iter()
                .filter(|action| action["title"].as_str().unwrap().starts_with("allow "));
            let mut allowed: Vec<String> = Vec::new();
            for action in allowances {
                let own = codes(action["diagnostics"].as_array().unwrap()).remove(0);
                let left = codes(&editor.change(&name, &applied(&text, &uri, action)));
                let count = |all: &[String]| all.iter().filter(|other| **other == own).count();
                assert!(count(&left) < count(&codes(&found)), "{own} of {text}: {left:?}");
                // The code of an allowance that hides nothing is empty.
                assert!(left.iter().all(|own| !own.is_empty()), "{own} of {text}: {left:?}");
                allowed.push(own);
            }
            editor.change(&name, &text);
            let mut found = codes(&found);
            found.retain(|own| !own.is_empty());
            found.sort();
            allowed.sort();
            known.extend(allowed.iter().cloned());
            assert_eq!(found, allowed, "{text}");
        }
    }
    assert!(known.len() > 120, "{}", known.len());
    assert_eq!(editor.end(), Some(0));
}
