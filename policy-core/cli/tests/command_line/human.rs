//! What people see.

use super::*;

#[test]
fn what_is_right_is_passed_without_a_finding() {
    let run = check(&folder_of("right", &[("right.json", RIGHT)]), &["right.json"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""));
    assert_eq!(run.stderr, "no findings in 1 file\n");
}

#[test]
fn people_see_the_line_with_the_part_underlined_and_what_to_write() {
    let run = check(&folder_of("wrong", &[("wrong.json", WRONG)]), &["wrong.json"]);
    assert_eq!(run.code, Some(1));
    let date = policy_core::catalogue::snapshot().date();
    let (first, rest) = run.stdout.split_once("\n\n").unwrap();
    assert_eq!(
        first,
        format!(
            r#"error[INVALID_ACTION]: `s3:GetObjct` is not an action
 --> wrong.json:4:44
  |
4 |         {{ "Effect": "Allow", "Action": "s3:GetObjct", "Resource": "*" }},
  |                                            ^^^^^^^^
  |
  = note: AWS accepts it, but it grants nothing
  = note: checked against AWS's service authorization reference of {date}
  = help: write `s3:GetObject`"#
        )
    );
    assert!(rest.starts_with("error[INVALID_POLICY_ELEMENT]: "), "{rest}");
    assert!(rest.ends_with("\n\n"), "{rest}");
    assert_eq!(run.stderr, "2 errors in 1 file\n");
}

#[test]
fn advice_is_for_the_command_line() {
    let stranger = RIGHT.replace("ListAllMyBuckets", "Frobnicate");
    let large = RIGHT.replace(
        "\"s3:ListAllMyBuckets\"",
        &format!("[{}\"s3:*\"]", "\"s3:ListBucket\", ".repeat(500)),
    );
    let files = folder_of("advice", &[("stranger.json", &stranger), ("large.json", &large)]);
    for (file, code, when) in [
        ("stranger.json", "INVALID_ACTION", "AWS added the "),
        (
            "large.json",
            "POLICY_SIZE_EXCEEDS_MANAGED_POLICY_QUOTA",
            "it will be an inline policy of a role",
        ),
    ] {
        for format in ["human", "json", "sarif"] {
            let run = check(&files, &[file, "--format", format, "--deny", code]);
            for part in [
                &format!("if {when}"),
                &format!(", `--allow {code}` hides such findings"),
            ] {
                assert!(run.stdout.contains(part.as_str()), "{format}: {}", run.stdout);
            }
            assert!(!run.stdout.contains("allow_finding"), "{format}: {}", run.stdout);
        }
        let run = check(&files, &[file, "--allow", code]);
        assert!(!run.stdout.contains(code), "{}", run.stdout);
    }
}

#[test]
fn of_a_policy_on_one_long_line_the_part_is_shown() {
    let before: Vec<String> = (0..300)
        .map(|n| format!(r#""s3:GetObject","ec2:Describe{n}""#))
        .collect();
    let actions = before.join(",").replace("ec2:Describe", "ec2:DescribeInstances?");
    let line = format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Deny","Action":["s3:GetObjct",{actions},"s3:PutObjct"],"Resource":"*"}}]}}"#
    );
    assert!(line.len() > 6_000, "{}", line.len());
    let run = check(
        &folder_of("long", &[("long.json", &line)]),
        &["long.json", "--severity", "ERROR"],
    );
    for action in ["s3:GetObjct", "s3:PutObjct"] {
        let column = line.find(action).unwrap() + "s3:".len() + 1;
        let place = format!(" --> long.json:1:{column}\n");
        let (_, snippet) = run
            .stdout
            .split_once(&place)
            .unwrap_or_else(|| panic!("{place}: {}", run.stdout));
        let mut lines = snippet.lines().skip(1);
        let (source, underline) = (lines.next().unwrap(), lines.next().unwrap());
        assert!(source.chars().count() <= 140, "{source}");
        let (from, to) = (underline.find('^').unwrap(), underline.rfind('^').unwrap());
        assert_eq!(
            source.get(from..=to),
            action.split_once(':').map(|(_, name)| name),
            "{snippet}"
        );
    }
}

#[test]
fn a_line_counts_what_was_found() {
    let folder = folder_of(
        "counted",
        &[("a.json", WRONG), ("b.json", DEAD), ("package.json", "{}")],
    );
    let run = check(&folder, &["."]);
    assert_eq!(
        run.stderr,
        "2 errors, 1 warning in 2 files; 1 blocking; 1 file skipped, without a policy\n"
    );
    let run = check(&folder, &["b.json"]);
    assert_eq!(run.stderr, "1 warning in 1 file; 1 blocking\n");
    let run = check(&folder, &["b.json", "--lenient"]);
    assert_eq!(run.stderr, "1 warning in 1 file\n");
}

#[test]
fn colours_are_for_terminals_and_those_who_ask() {
    let folder = folder_of("colours", &[("wrong.json", WRONG)]);
    let coloured = |variables: &[(&str, &str)]| {
        let mut command = command(&folder, &["check", "wrong.json"]);
        finish(command.envs(variables.iter().copied()), "")
            .stdout
            .contains('\u{1b}')
    };
    assert!(!coloured(&[]));
    assert!(coloured(&[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "0")]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "")]));
}

/// Of a very long line the renderer is given a part, and the place is that in the line.
#[test]
fn a_finding_far_in_a_long_line_is_shown_where_it_stands() {
    let actions = format!(
        "[{}\"s3:GetObjct\", {}\"s3:GetObject\"]",
        "\"s3:ListBucket\", ".repeat(400),
        "\"s3:PutObject\", ".repeat(400)
    );
    let text = format!(
        r#"{{ "Version": "2012-10-17", "Statement": {{ "Sid": "é", "Effect": "Allow", "Action": {actions}, "Resource": "*" }} }}"#
    );
    let run = check(&folder_of("long_line", &[("long.json", &text)]), &["long.json"]);
    let findings: Vec<&str> = run.stdout.split("\n\n").collect();
    let shown = findings
        .iter()
        .find(|finding| finding.contains("[INVALID_ACTION]"))
        .unwrap();
    let column = text.split_once("GetObjct").unwrap().0.chars().count() + 1;
    assert!(shown.contains(&format!(" --> long.json:1:{column}\n")), "{shown}");
    let lines: Vec<&str> = shown.lines().collect();
    let at = lines.iter().position(|line| line.starts_with("1 | ")).unwrap();
    assert!(
        lines[at].starts_with("1 | ...") && lines[at].ends_with("..."),
        "{shown}"
    );
    let start = lines[at + 1].find('^').unwrap();
    assert_eq!(lines[at].get(start..start + 8), Some("GetObjct"), "{shown}");
    assert_eq!(lines[at + 1].trim_start_matches([' ', '|']), "^^^^^^^^");
}

/// A string can have a finding for each of its characters, and each is shown with its line.
#[test]
fn of_very_many_findings_in_one_string_the_first_are_shown() {
    let policy = |count: usize, half: &str| {
        format!(
            r#"{{ "Version": "2012-10-17", "Statement": [{{ "Effect": "Allow", "Action": "s3:GetObject",
                "Resource": "arn:aws:s3:::exports/{}" }}] }}"#,
            half.repeat(count)
        )
    };
    for (count, half, shown) in [(100, "<", 100), (101, "<", 100), (300, "<", 100), (300, "\\u003c", 100)] {
        let folder = folder_of("many-findings", &[("policy.json", &policy(count, half))]);
        let run = check(&folder, &["policy.json"]);
        assert_eq!(
            run.stdout.matches("error[UNFILLED_PLACEHOLDER]").count(),
            shown,
            "{half}"
        );
        let more = format!(
            "{} more of UNFILLED_PLACEHOLDER in the string in line 2: `--format json` shows all\n",
            count - shown
        );
        assert_eq!(run.stdout.contains(&more), count > shown, "{}", run.stdout);
        assert!(run.stderr.contains(&format!("{count} error")), "{}", run.stderr);
        let all = check(&folder, &["--format", "json", "policy.json"]);
        assert_eq!(all.findings().len(), count);
    }
}
