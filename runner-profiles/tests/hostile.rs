//! Arguments that try to command the terminal, or the log of a CI system, through the error about them.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

use std::process::Command;

const HOSTILE: &str =
    "\u{1b}]0;x\u{7}\u{9b}31m\r\n::stop-commands::x\n  ::error::y\u{85}##[error]z\u{202e}\u{2028}\u{feff}\u{ad}";

/// The options with a text.
const OPTIONS: [&str; 31] = [
    "--name",
    "--region",
    "--account",
    "--platform-secret",
    "--pipeline-secret",
    "--kms-key",
    "--pipeline-kms-key",
    "--credentials-kms-key",
    "--kms-via-service",
    "--log-group",
    "--ecr-repository",
    "--task-source",
    "--execution-source",
    "--form",
    "--path",
    "--description",
    "--tag",
    "--max-session-duration",
    "--permissions-boundary",
    "--format",
    "--staging-bucket",
    "--staging-prefix",
    "--staging-kms-key",
    "--extension-library",
    "--script-runner-secret",
    "--eks-issuer",
    "--eks-namespace",
    "--eks-service-account",
    "--execution-scope",
    "--role",
    "--no-such-option",
];

fn run(arguments: &[&str]) -> (Option<i32>, String) {
    let whole = [
        "hybrid",
        "--region",
        "eu-west-1",
        "--account",
        "111122223333",
        "--platform-secret",
        "credentials",
    ];
    let named = |option: &str| arguments.iter().any(|argument| argument.starts_with(option));
    let given = whole[1..].chunks(2).filter(|pair| !named(pair[0])).flatten();
    let output = Command::new(env!("CARGO_BIN_EXE_runner-profiles"))
        .arg(whole[0])
        .args(given)
        .args(arguments)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!said.contains("panicked"), "{said}");
    assert!(matches!(output.status.code(), Some(0..=2)), "{:?}", output.status);
    (output.status.code(), said)
}

#[test]
fn no_argument_commands_anything() {
    let mut shown = 0;
    for option in OPTIONS {
        for text in [HOSTILE.to_owned(), format!("a=b{HOSTILE}")] {
            for arguments in [
                &[option, &text][..],
                &[&format!("{option}={text}")],
                &[&format!("{option}{text}")],
                &[&text],
            ] {
                let (code, said) = run(arguments);
                assert_ne!(code, Some(0), "{arguments:?}");
                for line in said.lines() {
                    let unseen = ['\u{202e}', '\u{2028}', '\u{feff}', '\u{ad}'];
                    assert!(
                        !line.contains(|character: char| character.is_control() || unseen.contains(&character)),
                        "{line:?}"
                    );
                    assert!(!line.trim_start().starts_with("::") && !line.contains("##["), "{line}");
                }
                shown += usize::from(said.contains(r"\u{1b}]0;x"));
            }
        }
    }
    assert!(shown > 100, "{shown}");
}

#[test]
fn no_length_of_an_argument_ends_it() {
    // No argument can be longer than 128 KiB on Linux.
    for length in [70_000, 130_000] {
        let text = "x".repeat(length);
        for option in OPTIONS {
            run(&[option, &text]);
        }
        run(&["--tag", &format!("k={text}")]);
        run(&[&text]);
    }
}

/// An error on standard error is ignored.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_no_panic() {
    let full = || std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    for (arguments, code) in [(&["hybrid", "--region", "nowhere"][..], 2), (&["--version"], 0)] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_runner-profiles"));
        let status = command.args(arguments).stderr(full()).status().unwrap();
        assert_eq!(status.code(), Some(code));
    }
}
