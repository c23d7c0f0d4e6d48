//! Policies, cases, names of files and arguments that are to command the terminal, or the log of a CI system, in which they are shown.

use super::*;

/// An escape sequence, an end of it in C1, a line break and a command of GitHub's runner, one of Azure Pipelines anywhere in the
/// line, a text that is shown from right to left, characters that are not seen.
const HOSTILE: &str = "\u{1b}]0;x\u{7}\u{9b}31m\r\n::stop-commands::x\n  ::error::y\u{85}##[error]z##vso[task.complete]\
                       \u{202e}\u{2066}\u{200e}\u{200f}\u{61c}\u{200b}\u{2028}\u{2029}\u{feff}\u{ad}\u{7f}";

/// What HOSTILE becomes, up to what a source's line shows otherwise.
const SHOWN: &str =
    r"\u{1b}]0;x\u{7}\u{9b}31m\r\n::stop-commands::x\n  ::error::y\u{85}##\u{5b}error]z##vso\u{5b}task.complete]";

fn json(text: &str) -> String {
    Value::from(text).to_string()
}

/// Nothing of a run commands anything, and no line that is not the program's own was made.
fn assert_harmless(run: &Run, what: &str) {
    for (stream, text) in [("stdout", &run.stdout), ("stderr", &run.stderr)] {
        for line in text.split('\n') {
            let unseen = |character: char| {
                character.is_control()
                    || matches!(character, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
                    || matches!(character, '\u{2066}'..='\u{2069}' | '\u{feff}')
            };
            assert!(!line.contains(unseen), "{what}, {stream}: {line:?}");
            assert!(!line.trim_start().starts_with("::"), "{what}, {stream}: {line}");
            assert!(
                !line.contains("##[") && !line.contains("##vso["),
                "{what}, {stream}: {line}"
            );
        }
    }
    assert!(matches!(run.code, Some(0..=2)), "{what}: {run:?}");
}

/// A policy with a text at each place that has one.
fn policies(text: &str) -> Vec<String> {
    let text = json(text);
    let after = |prefix: &str| format!("\"{prefix}{}", &text[1..]);
    let statement = |members: &str| format!(r#"{{ "Version": "2012-10-17", "Statement": [{{ {members} }}] }}"#);
    let condition = |operator: &str, key: &str, value: &str| {
        statement(&format!(
            r#""Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Condition": {{ {operator}: {{ {key}: {value} }} }}"#
        ))
    };
    vec![
        statement(&format!(
            r#""Sid": {text}, "Effect": "Allow", "Action": "s3:*", "Resource": "*""#
        )),
        statement(&format!(r#""Effect": "Allow", "Action": {text}, "Resource": "*""#)),
        statement(&format!(
            r#""Effect": "Allow", "Action": {}, "Resource": "*""#,
            after("s3:")
        )),
        statement(&format!(
            r#""Effect": "Allow", "NotAction": {}, "Resource": "*""#,
            after("::")
        )),
        statement(&format!(
            r#""Effect": "Allow", "Action": "s3:GetObject", "Resource": {text}"#
        )),
        statement(&format!(
            r#""Effect": "Allow", "Action": "s3:GetObject", "Resource": {}"#,
            after("arn:aws:s3:::b/${")
        )),
        statement(&format!(
            r#""Effect": {text}, "Action": "s3:GetObject", "Resource": "*""#
        )),
        statement(&format!(
            r#"{text}: "Allow", "Action": "s3:GetObject", "Resource": "*""#
        )),
        statement(&format!(
            r#""Effect": "Allow", "Principal": {{ "AWS": {text} }}, "Action": "sts:AssumeRole""#
        )),
        statement(&format!(
            r#""Effect": "Allow", "Principal": {{ {text}: "*" }}, "Action": "sts:AssumeRole""#
        )),
        condition(&text, r#""aws:username""#, r#""a""#),
        condition(r#""StringEquals""#, &text, r#""a""#),
        condition(r#""StringEquals""#, &after("aws:"), r#""a""#),
        condition(r#""DateLessThan""#, r#""aws:CurrentTime""#, &text),
        condition(r#""IpAddress""#, r#""aws:SourceIp""#, &text),
        format!(r#"{{ "Version": {text}, "Statement": [] }}"#),
        format!(r#"{{ "Version": "2012-10-17", "Statement": [], {text}: 1 }}"#),
        format!(r#"{{ "inside": {{ {text}: {{ "Statement": [] }} }} }}"#),
    ]
}

/// Cases with a text at each place that has one.
fn cases(text: &str) -> Vec<String> {
    let text = json(text);
    let after = |prefix: &str| format!("\"{prefix}{}", &text[1..]);
    let file = |set: &str, members: &str| {
        format!(r#"{{ "policies": {{ "p": {{ {set} }} }}, "cases": [{{ "expect": "allowed", {members} }}] }}"#)
    };
    let policy = format!(
        r#"{{ "Version": "2012-10-17", "Statement": [{{ "Sid": {text}, "Effect": "Deny", "Action": "s3:*", "Resource": "*",
            "Condition": {{ "StringNotEquals": {{ "aws:username": {text} }} }} }}] }}"#
    );
    let denied = format!(r#""caller": "arn:aws:iam::111122223333:user/a", "identity": {policy}"#);
    let none = r#""caller": "anonymous", "identity": []"#;
    let request = r#""action": "s3:ListAllMyBuckets", "resource": "*""#;
    vec![
        file(&denied, request),
        file(&denied, &format!(r#""by": {text}, {request}"#)),
        file(&denied, &format!(r#""by": "no {}, {request}"#, &text[1..])),
        file(
            &denied,
            &format!(r#""context": {{ "aws:username": {text} }}, {request}"#),
        ),
        file(none, &format!(r#""name": {text}, {request}"#)),
        file(none, &format!(r#""action": {text}, "resource": "*""#)),
        file(none, &format!(r#""action": {}, "resource": "*""#, after("::a:"))),
        file(none, &format!(r#""action": {}, "resource": "*""#, after("s3:GetObjct"))),
        file(none, &format!(r#""action": "s3:GetObject", "resource": {text}"#)),
        file(
            none,
            &format!(r#""action": "s3:GetObject", "resource": {}"#, after("arn:aws:s3:::")),
        ),
        file(none, &format!(r#""context": {{ {text}: [{text}, true] }}, {request}"#)),
        file(
            none,
            &format!(
                r#""unchecked": true, "action": {text}, "resource": {text}, "context": {{ {text}: [{text}, true] }}"#
            ),
        ),
        file(none, &format!(r#""caller": {text}, {request}"#)),
        file(none, &format!(r#""caller": {{ "service": {text} }}, {request}"#)),
        file(none, &format!(r#""policies": {text}, {request}"#)),
        file(none, &format!("{text}: 1, {request}")),
        file(none, &format!(r#""resource_account": {text}, {request}"#)),
        file(&format!(r#""identity": {text}"#), request),
        file(&format!("{text}: 1"), request),
        format!("{{ {text}: [] }}"),
        format!("{{ {text}"),
    ]
}

/// The arguments that take a text; the last word is the text.
const TEXTS: [&[&str]; 22] = [
    &["check", "--pointer"],
    &["check", "right.json", "--pointer", "/"],
    &["check", "--allow"],
    &["check", "--deny"],
    &["check", "--severity"],
    &["check", "--format"],
    &["check", "--kind"],
    &["check", "--attached-to"],
    &["check", "--account"],
    &["check", "--explain"],
    &["check", "--"],
    &["check", "--"],
    &["check", "--no-such-option-"],
    &["actions", "--access-level"],
    &["actions", "--format"],
    &["actions"],
    &["simulate", "--format"],
    &["simulate", "--policies-within"],
    &["simulate"],
    &["--explain"],
    &["--"],
    &[],
];

/// The same arguments with a text behind them.
fn arguments(before: &[&str], text: &str) -> Vec<String> {
    let mut arguments: Vec<String> = before.iter().map(|&argument| argument.to_owned()).collect();
    match arguments.last_mut() {
        Some(last) if last == "/" || last.ends_with('-') && last != "--" => last.push_str(text),
        _ => arguments.push(text.to_owned()),
    }
    arguments
}

/// Every way to show policies and cases.
const POLICIES: [&[&str]; 6] = [
    &["check"],
    &["check", "--format", "json"],
    &["check", "--format", "sarif"],
    &["check", "--format", "junit"],
    &["actions"],
    &["actions", "--format", "json"],
];
const CASES: [&[&str]; 3] = [
    &["simulate"],
    &["simulate", "--explain"],
    &["simulate", "--explain", "--format", "json"],
];

#[test]
fn nothing_that_a_file_says_commands_a_terminal_or_a_log() {
    let folder = folder("hostile");
    let mut shown = 0;
    for (content, ways) in policies(HOSTILE)
        .iter()
        .map(|policy| (policy, POLICIES.as_slice()))
        .chain(cases(HOSTILE).iter().map(|cases| (cases, CASES.as_slice())))
    {
        fs::write(folder.join("file.json"), content).unwrap();
        for way in ways {
            let run = finish(command(&folder, way).arg("file.json"), "");
            assert_harmless(&run, &format!("{way:?} {content}"));
            if way.contains(&"--format") {
                // For programs the text is exact.
                assert!(!run.stdout.contains("##"), "{way:?}: {}", run.stdout);
            } else {
                shown += usize::from(run.stdout.contains(SHOWN) || run.stderr.contains(SHOWN));
            }
        }
    }
    // Not harmless because it is not shown.
    assert!(shown > 30, "{shown}");
}

#[test]
fn a_source_that_is_written_raw_keeps_its_columns() {
    let raw = "\u{9b}31m\u{202e}\u{feff}\u{ad}\u{200b}\u{7f}##[error]";
    let policy = format!(
        r#"{{ "Version": "2012-10-17", "Statement": [{{ "Effect": "Allow", "Action": "s3:{raw}é", "Resource": "*" }}] }}"#
    );
    let run = check(
        &folder_of("hostile-raw", &[("a.json", &policy)]),
        &["--kind", "scp", "a.json"],
    );
    assert_harmless(&run, "raw");
    let (source, underline) = run
        .stdout
        .lines()
        .zip(run.stdout.lines().skip(1))
        .find(|(source, _)| source.starts_with("1 | "))
        .unwrap();
    assert_eq!(
        source.chars().count(),
        "1 | ".len() + policy.chars().count(),
        "{source}"
    );
    let at = underline.chars().position(|character| character == '^').unwrap();
    let meant: String = source.chars().skip(at).take(underline.matches('^').count()).collect();
    assert_eq!(
        meant, "\"s3:\u{FFFD}31m\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}␡##\u{FFFD}error]é\"",
        "{}",
        run.stdout
    );
}

#[test]
fn programs_get_the_text_as_it_is() {
    let policy = format!(
        r#"{{ "Version": "2012-10-17", "Statement": [{{ "Effect": "Allow", "Action": {}, "Resource": "*" }}] }}"#,
        json(&format!("s3:{HOSTILE}"))
    );
    let folder = folder_of("hostile-exact", &[("a.json", &policy)]);
    let run = policy_json(&folder, &["actions", "--format", "json"]);
    assert_eq!(run.findings()[0]["action"], format!("s3:{HOSTILE}"));
    let run = policy_json(&folder, &["check", "--kind", "scp", "--format", "json"]);
    assert!(
        run.findings()[0]["message"].as_str().unwrap().contains(HOSTILE),
        "{}",
        run.stdout
    );
}

fn policy_json(folder: &Path, arguments: &[&str]) -> Run {
    finish(command(folder, arguments).arg("a.json"), "")
}

#[cfg(unix)]
#[test]
fn no_name_of_a_file_commands_anything() {
    let folder = folder("hostile-names");
    // A name has no `/`, and no more than 255 bytes.
    for (index, name) in [
        format!("{HOSTILE}.json"),
        "::error::x.json".to_owned(),
        "  ::error::x.json".to_owned(),
    ]
    .iter()
    .enumerate()
    {
        let inside = folder.join(index.to_string());
        fs::create_dir(&inside).unwrap();
        for content in [WRONG, r#"{ "inside": { "Statement": [] } }"#, &cases("a")[0], "{"] {
            fs::write(inside.join(name), content).unwrap();
            for argument in [name.as_str(), "."] {
                for way in [&["check"][..], &["actions"], &["simulate"], &["simulate", "--explain"]] {
                    let run = finish(command(&inside, way).arg(argument), "");
                    assert_harmless(&run, &format!("{way:?} {argument:?} {content}"));
                }
            }
        }
    }
}

#[test]
fn no_argument_commands_anything() {
    let folder = folder_of("hostile-arguments", &[("right.json", RIGHT)]);
    for before in TEXTS {
        let run = finish(command(&folder, &[]).args(arguments(before, HOSTILE)), "");
        assert_harmless(&run, &format!("{before:?}"));
        assert_ne!(run.code, Some(0), "{before:?}: {run:?}");
    }
}

#[test]
fn no_length_of_a_text_ends_a_command() {
    let folder = folder_of("long-texts", &[("right.json", RIGHT)]);
    let assert_ends = |run: &Run, what: &str| {
        assert!(!run.stderr.contains("panicked"), "{what}: {}", run.stderr);
        assert!(matches!(run.code, Some(0..=2)), "{what}: {:?}", run.code);
    };
    for length in [70_000, 1_000_000] {
        let text = "x".repeat(length);
        let all = policies(&text).into_iter().map(|policy| (policy, POLICIES.as_slice()));
        for (index, (content, ways)) in all
            .chain(cases(&text).into_iter().map(|cases| (cases, CASES.as_slice())))
            .enumerate()
        {
            fs::write(folder.join("file.json"), &content).unwrap();
            // Of the longest, the forms that have columns, and all that can be said.
            let is_enough = |way: &&&[&str]| length < 100_000 || !way.contains(&"--format") && **way != ["simulate"];
            for way in ways.iter().filter(is_enough) {
                let run = finish(command(&folder, way).arg("file.json"), "");
                assert_ends(&run, &format!("{way:?}, {length}, text {index}"));
            }
        }
    }
    // No argument can be longer than 128 KiB on Linux.
    for length in [70_000, 130_000] {
        let text = "x".repeat(length);
        for before in TEXTS {
            let run = finish(command(&folder, &[]).args(arguments(before, &text)), "");
            assert_ends(&run, &format!("{before:?}, {length}"));
        }
    }
}

#[test]
fn a_column_is_not_as_wide_as_what_is_longest_in_it() {
    let long = "x".repeat(70_000);
    let policy_text = RIGHT.replace(
        "\"s3:ListAllMyBuckets\"",
        &format!("[\"s3:{long}\", \"s3:ListAllMyBuckets\"]"),
    );
    let folder = folder_of("long-columns", &[("a.json", &policy_text)]);
    let run = policy(&folder, "actions", &["a.json"]);
    let line = run
        .stdout
        .lines()
        .find(|line| line.contains("ListAllMyBuckets"))
        .unwrap();
    assert!(line.len() < 120, "{}", line.len());
}
