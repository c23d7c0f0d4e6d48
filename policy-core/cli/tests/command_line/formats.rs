//! Annotations of GitHub Actions, and reports of `JUnit`.

use super::*;

#[test]
fn an_annotation_is_one_line_at_its_place() {
    let folder = folder_of("formats-github", &[("a,b/p.json", WRONG)]);
    let run = check(&folder, &["--format", "github", "."]);
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(run.code, Some(1));
    assert_eq!(lines.len(), 2, "{run:?}");
    let start = "::error file=./a%2Cb/p.json,line=4,endLine=4,col=44,endColumn=52,title=INVALID_ACTION::`s3:GetObjct` is not an \
                 action%0Anote: AWS accepts it";
    assert!(
        lines[0].starts_with(start) && lines[0].ends_with("%0Ahelp: write `s3:GetObject`"),
        "{run:?}"
    );
}

#[test]
fn no_text_makes_another_annotation() {
    let hostile = r#"{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "s3:x\n::error::%0A", "Resource": "*" }] }"#;
    let folder = folder_of("formats-hostile", &[("p.json", hostile)]);
    for format in ["github", "junit"] {
        let run = check(&folder, &["--format", format, "p.json"]);
        assert_eq!(run.code, Some(1), "{run:?}");
        let commands = run.stdout.lines().filter(|line| line.trim_start().starts_with("::"));
        assert_eq!(commands.count(), usize::from(format == "github"), "{run:?}");
        assert!(format == "junit" || !run.stdout.contains("%0A`"), "{run:?}");
    }
}

#[test]
fn a_policy_is_a_case_that_fails_if_a_finding_blocks() {
    let folder = folder_of(
        "formats-junit",
        &[("a.json", WRONG), ("b.json", RIGHT), ("c.tf", "locals {")],
    );
    let run = check(&folder, &["--format", "junit", "a.json", "b.json", "c.tf"]);
    assert_eq!(run.code, Some(2), "{run:?}");
    let report = &run.stdout;
    assert!(
        report.contains("<testsuites name=\"policy check\" tests=\"3\" failures=\"2\" errors=\"1\">"),
        "{report}"
    );
    assert!(
        report.contains("<testsuite name=\"b.json\" tests=\"1\" failures=\"0\" errors=\"0\">"),
        "{report}"
    );
    assert!(
        report.contains("<failure type=\"INVALID_ACTION\" message=\"`s3&#58;GetObjct` is not an action\">"),
        "{report}"
    );
    assert!(report.contains("<error message=\""), "{report}");
    // Each element is closed.
    for element in ["testsuites", "testsuite", "testcase", "failure"] {
        let count = |text: String| report.matches(&text).count();
        assert_eq!(
            count(format!("<{element} ")) + count(format!("<{element}>")),
            count(format!("</{element}>")),
            "{element}"
        );
    }
}
