//! A build script that checks the JSON policies in a folder, and fails the build if one has a mistake. Copy it as your
//! `build.rs`, with `policy-core` under `[build-dependencies]`, and put the policies into `policies` next to your
//! `Cargo.toml`.
//!
//! Cargo then shows each mistake with its file, line and column:
//!
//! ```text
//! error: app@0.1.0: policies/exports.json:5:66: `s3:GetObjct` is not an action [INVALID_ACTION]; AWS accepts it, but it grants nothing; ...
//! ```
//!
//! `cargo run -p policy-core --example build_script policy-core/examples/policies` tries it on this folder.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use policy_core::check::{Options, check_json};
use policy_core::document::line_and_column;
use policy_core::finding::{Finding, Severity};
use policy_core::policy::Kind;

fn main() -> io::Result<()> {
    let folder = env::args().nth(1).unwrap_or_else(|| "policies".to_owned());
    println!("cargo::rerun-if-changed={folder}");
    let mut files = fs::read_dir(&folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<io::Result<Vec<PathBuf>>>()?;
    files.sort();
    for file in files {
        if file.extension().is_some_and(|extension| extension == "json") {
            check_file(&file)?;
        }
    }
    Ok(())
}

fn check_file(file: &Path) -> io::Result<()> {
    let json = fs::read_to_string(file)?;
    // The kind of policy depends on what it is attached to: here the file name shows it.
    let kind = match file.file_name().and_then(|name| name.to_str()) {
        Some(name) if name.ends_with(".trust.json") => Kind::Trust,
        _ => Kind::Identity,
    };
    for finding in &check_json(json.as_bytes(), kind, &Options::new()) {
        let (line, column) = line_and_column(&json, finding.range_in(&json).start);
        // An error stops the build after the script has checked all policies; a suggestion is left to reviews.
        let directive = match finding.severity() {
            _ if finding.is_blocking() => "error",
            Severity::Suggestion => continue,
            _ => "warning",
        };
        println!(
            "cargo::{directive}={}:{line}:{column}: {}",
            file.display(),
            sentence(finding)
        );
    }
    Ok(())
}

/// The mistake and what to write instead, on the single line that Cargo accepts.
fn sentence(finding: &Finding) -> String {
    let mut sentence = format!("{} [{}]", finding.message(), finding.code());
    for part in finding.notes().chain(finding.help()) {
        sentence.push_str("; ");
        sentence.push_str(part);
    }
    sentence.replace('\n', " ")
}
