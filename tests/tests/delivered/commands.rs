//! What shells make of a script for the AWS CLI, with an `aws` on the path that writes down how it was called.

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use runner_profiles::Role;
use runner_profiles::render::aws_cli;
use serde_json::Value as Json;
use tempfile::TempDir;

use crate::every_field::{dynamic, role, roles};
use crate::{Account, Deployed, made};

/// Each call as the number of its arguments and these, with NUL behind each. The ARN is one that only quotes keep whole.
const AWS: &str = r#"#!/bin/sh
printf '%s\0' "$#" "$@" >>"$CALLS"
if [ "$2" = create-policy ]; then
    number=$(($(cat "$CALLS.number" 2>/dev/null || echo 0) + 1))
    echo "$number" >"$CALLS.number"
    printf '%s%s\n' 'arn:aws:iam::111122223333:policy/$(touch${IFS}x)*"/' "$number"
fi
"#;
const ARN: &str = r#"arn:aws:iam::111122223333:policy/$(touch${IFS}x)*"/"#;

/// The shells that a user may have, each with how it is called. A missing one fails the test.
const SHELLS: [&[&str]; 4] = [&["sh"], &["dash"], &["bash"], &["bash", "--posix"]];

/// A folder of an account that a script is run in.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        for empty in ["bin", "here"] {
            fs::create_dir(folder.path().join(empty)).unwrap();
        }
        let aws = folder.path().join("bin/aws");
        fs::write(&aws, AWS).unwrap();
        fs::set_permissions(&aws, Permissions::from_mode(0o755)).unwrap();
        Self(folder)
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    /// Runs the script: as a file, or as what comes through a pipe.
    fn run(&self, shell: &[&str], script: &[u8], piped: bool) -> ExitStatus {
        let file = self.path("roles.sh");
        fs::write(&file, script).unwrap();
        let [program, options @ ..] = shell else {
            panic!("no shell")
        };
        let path = std::env::var("PATH").unwrap();
        let mut command = Command::new(program);
        command.args(options).current_dir(self.path("here"));
        command.env("PATH", format!("{}:{path}", self.path("bin").display()));
        command.env("CALLS", self.path("calls"));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        if !piped {
            return command
                .arg(file)
                .status()
                .unwrap_or_else(|error| panic!("{program}: {error}"));
        }
        let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
        // A shell may stop before it has read all.
        let _ = child.stdin.take().unwrap().write_all(script);
        child.wait().unwrap()
    }

    /// How `aws` was called. Nothing else happened.
    fn calls(&self) -> Vec<Vec<String>> {
        assert_eq!(fs::read_dir(self.path("here")).unwrap().count(), 0, "something ran");
        let calls = fs::read(self.path("calls")).unwrap_or_default();
        let calls = String::from_utf8(calls).unwrap();
        let mut words = calls.split_terminator('\0').map(str::to_owned);
        let mut calls = Vec::new();
        while let Some(number) = words.next() {
            calls.push(words.by_ref().take(number.parse().unwrap()).collect());
        }
        calls
    }
}

/// A command's operation and its parameters, as the AWS CLI reads its arguments: what begins with `-` is no value.
fn parsed(call: &[String]) -> (String, BTreeMap<String, Json>) {
    assert_eq!(call[0], "iam");
    let mut parameters = BTreeMap::new();
    let mut options = call[2..].iter();
    while let Some(option) = options.next() {
        let value = options.next().unwrap();
        assert!(!value.starts_with('-'), "{option}: expected one argument");
        assert!(
            !value.contains("://") || value.starts_with('{'),
            "{option} would be read from {value}"
        );
        match option.as_str() {
            "--query" => assert_eq!(value, "Policy.Arn"),
            "--output" => assert_eq!(value, "text"),
            "--policy-arn" => drop(parameters.insert("PolicyArn".to_owned(), Json::String(value.clone()))),
            "--cli-input-json" => {
                let input: serde_json::Map<String, Json> = serde_json::from_str(value).unwrap();
                parameters.extend(input);
            }
            _ => panic!("no such option: {option}"),
        }
    }
    (call[1].clone(), parameters)
}

/// The roles that the calls make.
fn called(calls: &[Vec<String>]) -> Account {
    let mut account: Account = BTreeMap::new();
    let mut own: BTreeMap<String, BTreeMap<String, Json>> = BTreeMap::new();
    for call in calls {
        let (operation, parameters) = parsed(call);
        let text = |name: &str| parameters.get(name).map(|text| text.as_str().unwrap().to_owned());
        let document = |name: &str| serde_json::from_str::<Json>(&text(name).unwrap()).unwrap();
        let tags = parameters.get("Tags").and_then(Json::as_array).into_iter().flatten();
        let string = |json: &Json| json.as_str().unwrap().to_owned();
        let name = text("RoleName");
        match operation.as_str() {
            "create-role" => {
                let deployed = Deployed {
                    path: text("Path"),
                    description: text("Description"),
                    max_session_duration: parameters
                        .get("MaxSessionDuration")
                        .map(|number| number.as_u64().unwrap()),
                    boundary: text("PermissionsBoundary"),
                    tags: tags.map(|tag| (string(&tag["Key"]), string(&tag["Value"]))).collect(),
                    trust: document("AssumeRolePolicyDocument"),
                    ..Deployed::default()
                };
                assert!(account.insert(name.unwrap(), deployed).is_none());
            }
            "put-role-policy" => {
                let role = account.get_mut(&name.unwrap()).unwrap();
                role.inline
                    .insert(text("PolicyName").unwrap(), document("PolicyDocument"));
            }
            "create-policy" => drop(own.insert(format!("{ARN}{}", own.len() + 1), parameters)),
            "attach-role-policy" => {
                let (role, arn) = (account.get_mut(&name.unwrap()).unwrap(), text("PolicyArn").unwrap());
                let Some(policy) = own.get(&arn) else {
                    role.attached.push(arn);
                    continue;
                };
                let text = |name: &str| policy.get(name).map(string);
                assert_eq!(text("Path"), role.path);
                let document = serde_json::from_str(&text("PolicyDocument").unwrap()).unwrap();
                role.managed.insert(text("PolicyName").unwrap(), document);
            }
            _ => panic!("no such operation: {operation}"),
        }
    }
    account
}

fn is_made_by_every_shell(roles: &[Role]) {
    let (script, made) = (aws_cli(roles).unwrap(), made(roles));
    for (shell, piped) in SHELLS.into_iter().zip([false, true, true, false]) {
        let place = Place::new();
        assert!(place.run(shell, script.as_bytes(), piped).success(), "{shell:?}");
        assert_eq!(called(&place.calls()), made, "{shell:?}");
    }
}

#[test]
fn a_text_reaches_the_aws_cli_from_every_field() {
    is_made_by_every_shell(&roles());
    is_made_by_every_shell(&dynamic());
}

/// Where to cut: at each end of a line, all over the beginning and the end, and here and there between.
fn cuts(script: &[u8]) -> Vec<usize> {
    let ends = (0..script.len())
        .filter(|&at| script[at] == b'\n')
        .flat_map(|at| [at, at + 1]);
    let edges = (0..260).step_by(3).chain(script.len() - 20..script.len());
    let mut cuts: Vec<usize> = ends.chain(edges).chain((0..script.len()).step_by(499)).collect();
    cuts.sort_unstable();
    cuts.dedup();
    // All is there without the last line end.
    cuts.retain(|&at| at < script.len() - 1);
    cuts
}

#[test]
fn a_script_that_was_cut_does_nothing() {
    let roles = [role("-foo", "\n}\ntouch x\n{\n"), role("r", "'; touch x; '")];
    let script = aws_cli(&roles).unwrap();
    let first = script.find("\n{ ").unwrap() + 2;
    let script = script.as_bytes();
    let cuts = cuts(script);
    assert!(cuts.len() > 150, "{}", cuts.len());
    for shell in SHELLS {
        let place = Place::new();
        for &cut in &cuts {
            let status = place.run(shell, &script[..cut], cut % 2 == 0);
            assert_eq!(place.calls(), Vec::<Vec<String>>::new(), "{shell:?}, cut at {cut}");
            assert_eq!(status.success(), cut < first, "{shell:?}, cut at {cut}");
        }
        assert!(place.run(shell, &script[..script.len() - 1], false).success());
        assert_eq!(called(&place.calls()), made(&roles), "{shell:?}");
    }
}

#[test]
fn a_script_stops_at_the_first_command_that_fails() {
    let script = aws_cli(&roles()[..2]).unwrap();
    for shell in SHELLS {
        let place = Place::new();
        let fails = AWS.replace("if [", "[ \"$2\" != create-policy ] || exit 254\nif [");
        fs::write(Path::new(&place.path("bin/aws")), fails).unwrap();
        assert_eq!(place.run(shell, script.as_bytes(), false).code(), Some(254));
        let operations = place.calls();
        let operations: Vec<&str> = operations.iter().map(|call| call[1].as_str()).collect();
        assert_eq!(operations.last(), Some(&"create-policy"), "{operations:?}");
        assert_eq!(operations.iter().filter(|name| **name == "create-policy").count(), 1);
    }
}
