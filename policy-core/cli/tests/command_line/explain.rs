//! `--explain`.

use super::*;
use policy_core::check::Example;
use policy_core::finding::Code;

fn explain(arguments: &[&str]) -> Run {
    finish(&mut command(&folder("explain"), arguments), "")
}

#[test]
fn every_code_is_explained() {
    for code in Code::ALL {
        let run = finish(&mut command(Path::new("."), &["--explain", code.name()]), "");
        assert_eq!(run.code, Some(0), "{code}");
        let own = if code.is_own() { ", our own" } else { "" };
        let head = format!("{code} ({}{own})\n\n{}\n", code.severity(), code.summary());
        assert!(run.stdout.starts_with(&head), "{}", run.stdout);
        if let Some(example) = Example::of(*code) {
            // A page does not write out what it repeats.
            let whole = [example.wrong, example.right]
                .into_iter()
                .filter(|policy| code.explanation().contains(&**policy));
            for policy in whole {
                let indented: Vec<String> = policy.lines().map(|line| format!("    {line}")).collect();
                assert!(run.stdout.contains(&indented.join("\n")), "{}", run.stdout);
            }
        }
    }
}

#[test]
fn a_code_may_be_asked_for_anywhere_and_in_any_case() {
    let run = explain(&["--explain", "INVALID_ACTION"]);
    assert!(!run.stdout.contains("```"), "{}", run.stdout);
    for arguments in [
        &["check", "--explain", "invalid_action"][..],
        &["check", "absent.json", "--explain=INVALID_ACTION"],
    ] {
        assert_eq!(explain(arguments).stdout, run.stdout, "{arguments:?}");
    }
    let run = explain(&["--explain", "INVALID_ACTON"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("did you mean `INVALID_ACTION`?"), "{}", run.stderr);
}

#[test]
fn what_access_analyzer_does_not_have_is_said_to_be_our_own() {
    let own = explain(&["--explain", "PUBLIC_ACCESS"]).stdout;
    assert!(own.starts_with("PUBLIC_ACCESS (SECURITY_WARNING, our own)\n"), "{own}");
    let access_analyzers = explain(&["--explain", "INVALID_ACTION"]).stdout;
    assert!(
        access_analyzers.starts_with("INVALID_ACTION (ERROR)\n"),
        "{access_analyzers}"
    );
}

#[test]
fn without_a_code_all_are_listed() {
    let run = explain(&["--explain"]);
    let listed: Vec<_> = run.stdout.lines().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(listed, Code::ALL.iter().map(|code| code.name()).collect::<Vec<_>>());
}
