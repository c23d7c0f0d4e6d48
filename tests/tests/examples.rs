//! The crates' examples, run as a newcomer runs them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// Every example of the crates runs, and prints what `examples-print/NAME.txt` says.
#[test]
fn every_example_prints_what_it_shows() {
    let expected = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples-print");
    let mut run = Vec::new();
    for (name, program) in programs() {
        let output = Command::new(program)
            .args((name == "build_script").then_some("policy-core/examples/policies"))
            .current_dir(workspace())
            .output()
            .unwrap();
        assert!(output.status.success(), "{name}: {}", text(&output.stderr));
        let file = expected.join(&name).with_extension("txt");
        if std::env::var_os("BLESS").is_some() {
            fs::write(&file, &output.stdout).unwrap();
        }
        let shown = fs::read_to_string(&file).unwrap_or_default();
        assert_eq!(text(&output.stdout), shown, "{name}; BLESS=1 writes {}", file.display());
        run.push(name);
    }
    assert_eq!(
        run,
        [
            "build_script",
            "drift",
            "edit_policy",
            "extended_preset",
            "own_policy",
            "preset",
            "tested_role",
            "who_can_pass"
        ]
    );
}

/// As the `build.rs` of a crate, the example stops its build, and reports the place of the mistake.
#[test]
fn the_build_script_fails_the_build_at_the_mistake() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("build-script");
    let write = |path: &str, text: &str| {
        let file = folder.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    };
    write(
        "Cargo.toml",
        &format!(
            "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[workspace]\n[build-dependencies]\npolicy-core = {{ path = '{}' }}\n",
            workspace().join("policy-core").display()
        ),
    );
    write("build.rs", include_str!("../../policy-core/examples/build_script.rs"));
    write("src/main.rs", "fn main() {}\n");
    let build = |policy: &str| -> Output {
        write("policies/exports.json", policy);
        Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--offline"])
            .current_dir(&folder)
            .env("CARGO_TARGET_DIR", folder.join("target"))
            .output()
            .unwrap()
    };

    let right = include_str!("../../policy-core/examples/policies/exports.json");
    let wrong = right.replace("s3:GetObject", "s3:GetObjct");
    let output = build(&wrong);
    assert!(!output.status.success());
    let errors = text(&output.stderr);
    let mistake = "error: app@0.1.0: policies/exports.json:5:66: `s3:GetObjct` is not an action [INVALID_ACTION]; ";
    assert!(
        errors.contains(mistake) && errors.contains("; write `s3:GetObject`"),
        "{errors}"
    );

    let output = build(right);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(text(&output.stderr), "");
}

/// The examples of the three crates by their names, each built. They are asked for as the test command does, so that nothing is
/// built twice.
fn programs() -> BTreeMap<String, PathBuf> {
    let output = Command::new(env!("CARGO"))
        .args([
            "build",
            "--workspace",
            "--all-features",
            "--examples",
            "--offline",
            "--message-format=json",
        ])
        .current_dir(workspace())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    let is_example = |target: &Value| target["kind"][0] == "example";
    let crates = ["policy-core", "policy-macros", "runner-profiles"].map(|name| workspace().join(name));
    text(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .filter(|message| message["reason"] == "compiler-artifact" && is_example(&message["target"]))
        .filter(|message| {
            let source = Path::new(message["target"]["src_path"].as_str().unwrap());
            // Those that make tables from downloaded data are not for newcomers.
            let generators = ["references/main.rs", "exports.rs", "policy_templates.rs"]
                .map(|name| format!("files/examples/{name}"));
            let is_generator = generators.iter().any(|generator| source.ends_with(generator));
            !is_generator && crates.iter().any(|folder| source.starts_with(folder))
        })
        .map(|message| {
            let name = message["target"]["name"].as_str().unwrap().to_owned();
            (name, message["executable"].as_str().unwrap().into())
        })
        .collect()
}

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}
