//! `policy`, as a user runs it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod actions;
mod allowances;
mod baseline;
mod config;
mod exact;
mod exit;
mod explain;
mod files;
mod fixes;
mod formats;
mod forms;
mod hostile;
mod human;
mod inputs;
mod kinds;
mod lsp;
#[cfg(unix)]
mod pages;
mod programs;
mod sarif;
mod simulate;
mod templates;
mod threads;
mod within;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

const RIGHT: &str = r#"{
    "Version": "2012-10-17",
    "Statement": [{ "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*" }]
}"#;

const WRONG: &str = r#"{
    "Version": "2012-10-17",
    "Statement": [
        { "Effect": "Allow", "Action": "s3:GetObjct", "Resource": "*" },
        { "effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*" }
    ]
}"#;

/// It can never work, which is a warning on existing JSON.
const DEAD: &str = r#"{ "Version": "2012-10-17", "Statement": [
    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::exports" }] }"#;

const TRUST: &str = r#"{ "Version": "2012-10-17", "Statement": [
    { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:role/ops" }, "Action": "sts:AssumeRole" }] }"#;

/// A folder of a test's own, empty, in the folder that cargo has for such.
fn folder(test: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    if path.exists() {
        fs::remove_dir_all(&path).unwrap();
    }
    fs::create_dir_all(&path).unwrap();
    path
}

/// A folder with these files.
fn folder_of(test: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = folder(test);
    for (name, content) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    folder
}

/// What a run printed, and how it ended.
#[derive(Debug)]
struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Run {
    /// The findings of `--format json`.
    fn findings(&self) -> Vec<Value> {
        self.stdout
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// One field of each finding, as text.
    fn column(&self, field: &str) -> Vec<String> {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        self.findings().iter().map(|finding| text(&finding[field])).collect()
    }
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_policy"));
    for variable in ["NO_COLOR", "CLICOLOR_FORCE"] {
        command.env_remove(variable);
    }
    command.current_dir(folder).args(arguments);
    command
}

fn finish(command: &mut Command, stdin: &str) -> Run {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Who asks for no input may have ended before it comes.
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    let output = child.wait_with_output().unwrap();
    Run {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// `policy check` in this folder.
fn check(folder: &Path, arguments: &[&str]) -> Run {
    policy(folder, "check", arguments)
}

/// A command of `policy` in this folder.
fn policy(folder: &Path, name: &str, arguments: &[&str]) -> Run {
    finish(command(folder, &[name]).args(arguments), "")
}
