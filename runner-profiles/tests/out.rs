//! The effect of `--out` on a folder, with any content and any error.

// Windows has no such links, limits or permissions.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};

use tempfile::TempDir;

/// The formats, and a file that each writes.
const FORMATS: [(&str, &str); 4] = [
    ("json", "index.json"),
    ("terraform", "roles.tf.json"),
    ("cloudformation", "roles.template.json"),
    ("cli", "roles.sh"),
];

const INLINE: &str = "maia-hybrid-task.inline";

fn folder() -> TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap()
}

/// The program, after `before`: how a shell sets limits, or nothing.
fn command(before: &str, out: &Path, options: &[&str]) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("{before}\nexec \"$@\""), "sh"]);
    command.arg(env!("CARGO_BIN_EXE_runner-profiles"));
    command.args(["hybrid", "--region", "eu-west-1", "--account", "111122223333"]);
    command.args(["--platform-secret", "matillion-oauth-credentials", "--out"]);
    command.arg(out).args(options);
    command
}

struct Run {
    status: ExitStatus,
    out: String,
    err: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            status: output.status,
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Run {
    fn done(&self) {
        assert_eq!((self.status.code(), self.err.as_str()), (Some(0), ""));
        assert!(!self.out.is_empty());
    }

    fn refused(&self, says: &str) {
        assert_eq!((self.status.code(), self.out.as_str()), (Some(1), ""), "{}", self.err);
        assert!(self.err.contains(says), "{} does not say: {says}", self.err);
    }
}

fn run(out: &Path, options: &[&str]) -> Run {
    command("", out, options).output().unwrap().into()
}

/// Everything below the folder, links as their targets.
fn all(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let (name, kind) = (entry.file_name().into_string().unwrap(), entry.file_type().unwrap());
        if kind.is_symlink() {
            let leads_to = fs::read_link(entry.path()).unwrap();
            found.insert(name, format!("-> {}", leads_to.display()));
        } else if kind.is_dir() {
            let below = all(&entry.path()).into_iter();
            found.extend(below.map(|(path, text)| (format!("{name}/{path}"), text)));
            found.insert(name + "/", String::new());
        } else {
            found.insert(name, fs::read_to_string(entry.path()).unwrap());
        }
    }
    found
}

fn hidden(folder: &Path) -> Vec<String> {
    all(folder)
        .into_keys()
        .filter(|path| path.contains(".runner-profiles-"))
        .collect()
}

/// As on a disk that is full after one block: a write fails.
const FULL: &str = "trap '' XFSZ; ulimit -f 1";
/// The same, where the program is killed for it.
const KILLED: &str = "ulimit -f 1";

#[test]
fn on_a_full_disk_all_is_as_it_was() {
    for (format, name) in FORMATS {
        let folder = folder();
        let out = folder.path().join("new/roles");
        let options = ["--format", format];
        let full: Run = command(FULL, &out, &options).output().unwrap().into();
        full.refused(", and nothing was written");
        assert!(all(folder.path()).is_empty(), "{format}: {:?}", all(folder.path()));
        run(&out, &options).done();

        fs::write(out.join(name), "old").unwrap();
        let before = all(&out);
        let options = ["--format", format, "--name", "other", "--force"];
        let full: Run = command(FULL, &out, &options).output().unwrap().into();
        full.refused(", and nothing was written");
        assert_eq!(all(&out), before, "{format}");
        let done = run(&out, &options);
        assert_eq!(done.status.code(), Some(0), "{}", done.err);
        assert!(all(&out)[name].contains("other-execution"), "{format}");
    }
}

#[test]
fn a_run_that_is_killed_leaves_hidden_files_only_and_the_next_ignores_them() {
    for (format, name) in FORMATS {
        let folder = folder();
        let options = ["--format", format, "--force"];
        fs::write(folder.path().join(name), "old").unwrap();
        let killed: Run = command(KILLED, folder.path(), &options).output().unwrap().into();
        assert!(killed.status.signal().is_some(), "{format}: {}", killed.err);
        let left = hidden(folder.path());
        assert!(!left.is_empty(), "{format}");
        let mut others = all(folder.path());
        others.retain(|path, _| !left.contains(path) && !path.ends_with('/'));
        assert_eq!(
            others,
            BTreeMap::from([(name.to_owned(), "old".to_owned())]),
            "{format}"
        );

        run(folder.path(), &options).done();
        assert_eq!(hidden(folder.path()), left, "{format}");
        assert_ne!(all(folder.path())[name], "old");
    }
}

#[test]
fn a_file_where_a_folder_has_to_be_stops_all() {
    for force in [&[][..], &["--force"]] {
        let folder = folder();
        fs::write(folder.path().join(INLINE), "mine").unwrap();
        let before = all(folder.path());
        let refused = run(folder.path(), force);
        refused.refused(&format!("{INLINE}` cannot be made: "));
        refused.refused(", and nothing was written");
        assert_eq!(all(folder.path()), before);
        run(&folder.path().join(INLINE).join("below"), force).refused(", and nothing was written");

        fs::remove_file(folder.path().join(INLINE)).unwrap();
        run(folder.path(), force).done();
    }
}

#[test]
fn a_folder_where_a_file_has_to_be_stops_all() {
    let folder = folder();
    let index = folder.path().join("index.json");
    fs::create_dir(&index).unwrap();
    let before = all(folder.path());
    run(folder.path(), &[]).refused("index.json` is there already, and nothing was written");
    run(folder.path(), &["--force"])
        .refused("index.json` is a folder, where a file has to be, and nothing was written");
    assert_eq!(all(folder.path()), before);
    fs::remove_dir(&index).unwrap();
    run(folder.path(), &[]).done();
}

#[test]
fn a_link_is_replaced_and_not_followed() {
    let outside = folder();
    let precious = outside.path().join("precious");
    fs::write(&precious, "precious").unwrap();
    for (format, name) in FORMATS {
        for leads_to in [&precious, &outside.path().join("nowhere"), outside.path()] {
            let folder = folder();
            let path = folder.path().join(name);
            symlink(leads_to, &path).unwrap();
            let before = all(folder.path());
            run(folder.path(), &["--format", format]).refused("is there already, and nothing was written");
            assert_eq!(all(folder.path()), before);
            run(folder.path(), &["--format", format, "--force"]).done();
            assert!(path.symlink_metadata().unwrap().is_file());
        }
    }
    assert_eq!(
        all(outside.path()),
        BTreeMap::from([("precious".to_owned(), "precious".to_owned())])
    );
}

#[test]
fn no_link_within_the_folder_leads_out_of_it() {
    let outside = folder();
    for force in [&[][..], &["--force"]] {
        let folder = folder();
        let inline = folder.path().join(INLINE);
        symlink(outside.path(), &inline).unwrap();
        let before = all(folder.path());
        run(folder.path(), force).refused(&format!("{INLINE}` is a link, where a folder has to be, and nothing"));
        assert_eq!(all(folder.path()), before);
    }
    assert!(all(outside.path()).is_empty());

    // The folder itself is the user's to choose.
    let folder = folder();
    let link = folder.path().join("link");
    symlink(outside.path(), &link).unwrap();
    run(&link, &[]).done();
    assert!(outside.path().join("index.json").is_file());
}

#[test]
fn permissions_are_those_of_any_file_or_of_the_one_before() {
    let folder = folder();
    let script = folder.path().join("roles.sh");
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o7777;
    let any = folder.path().join("any");
    fs::write(&any, "").unwrap();
    run(folder.path(), &["--format", "cli"]).done();
    assert_eq!(mode(&script), mode(&any));
    fs::set_permissions(&script, Permissions::from_mode(0o750)).unwrap();
    run(folder.path(), &["--format", "cli", "--force"]).done();
    assert_eq!(mode(&script), 0o750);
}

#[test]
fn of_many_runs_at_once_one_writes() {
    for (format, name) in FORMATS {
        let folder = folder();
        let out = folder.path().join("out");
        let start = |number: usize| -> Child {
            let text = format!("by run {number}");
            command("", &out, &["--format", format, "--description", &text])
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        };
        let runs: Vec<Child> = (0..8).map(start).collect();
        let runs: Vec<Run> = runs
            .into_iter()
            .map(|run| run.wait_with_output().unwrap().into())
            .collect();
        let won: Vec<usize> = (0..8)
            .filter(|&number| runs.get(number).unwrap().status.success())
            .collect();
        assert_eq!(
            won.len(),
            1,
            "{format}: {:?}",
            runs.iter().map(|run| &run.err).collect::<Vec<_>>()
        );
        for run in runs.iter().filter(|run| !run.status.success()) {
            run.refused("there already, and nothing was written");
        }
        let won = format!("by run {}", won.first().unwrap());
        assert!(all(&out)[name].contains(&won), "{format}");
        assert!(hidden(&out).is_empty(), "{format}");
    }
}

#[test]
fn files_of_roles_that_are_gone_are_named_and_stay() {
    let folder = folder();
    run(folder.path(), &[]).done();
    let before = all(folder.path());
    let gone = [
        "maia-hybrid-task.trust.json",
        "maia-hybrid-task.inline/maia-hybrid-task.json",
        "maia-hybrid-script-runner-task.trust.json",
    ];
    fs::write(folder.path().join("mine.json"), "mine").unwrap();
    let fewer = run(folder.path(), &["--role", "execution", "--force"]);
    assert_eq!(fewer.status.code(), Some(0));
    for name in gone {
        let path = format!("`{}`", folder.path().join(name).display());
        assert!(fewer.err.contains(&path), "{path}: {}", fewer.err);
        assert_eq!(all(folder.path())[name], before[name]);
    }
    assert!(
        fewer.err.starts_with("warning: ") && fewer.err.lines().count() == 1,
        "{}",
        fewer.err
    );
    assert!(
        !fewer.err.contains("mine.json") && !fewer.err.contains("execution.trust.json"),
        "{}",
        fewer.err
    );

    // The index no longer names them, and the user was told.
    run(folder.path(), &["--role", "execution", "--force"]).done();
}

#[test]
fn an_index_that_is_not_ours_says_nothing() {
    let folder = folder();
    let index = folder.path().join("index.json");
    let target = folder.path().join("x.trust.json");
    fs::write(&target, "mine").unwrap();
    let below = folder.path().join("out");
    fs::create_dir(&below).unwrap();
    fs::write(below.join("\u{1b}[31m.json"), "mine").unwrap();
    for (out, path) in [
        (below.as_path(), "../x.trust.json".to_owned()),
        (&below, target.display().to_string()),
        (&below, "\\u001b[31m.json".to_owned()),
        (&below, "./index.json".to_owned()),
        (folder.path(), "out/./x.json".to_owned()),
    ] {
        let ours = format!(r#"[{{ "RoleName": "x", "AssumeRolePolicyDocument": "{path}" }}]"#);
        fs::write(out.join("index.json"), ours).unwrap();
        run(out, &["--force"]).done();
    }
    for text in [
        "",
        "mine",
        "[1]",
        "{}",
        r#"[{ "AssumeRolePolicyDocument": 1 }]"#,
        "[[[[[[",
    ] {
        fs::write(&index, text).unwrap();
        run(folder.path(), &["--force"]).done();
    }
    // Reading something that is not a file may never end.
    fs::remove_file(&index).unwrap();
    assert!(Command::new("mkfifo").arg(&index).status().unwrap().success());
    run(folder.path(), &["--force"]).done();
    assert!(index.is_file());
}
