#![allow(
    dead_code,
    clippy::panic,
    clippy::unwrap_used,
    reason = "each test uses some of it, and may panic"
)]

//! What several tests need.

pub mod around;
pub mod forms;
pub mod languages;

use std::fs;
use std::path::{Path, PathBuf};

use policy_core::check::Options;
use policy_files::{FilePolicy, Reading};

/// The policies of a file of this name.
pub fn read(name: &str, text: &str) -> Reading {
    policy_files::read(Path::new(name), text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// The codes and the subjects of a policy's findings, sorted; where each is does not matter.
pub fn found(policy: &FilePolicy) -> Vec<(&'static str, String)> {
    let findings = policy.check(&Options::new());
    let mut found: Vec<_> = findings
        .iter()
        .map(|finding| (finding.code().name(), finding.subject().to_owned()))
        .collect();
    found.sort();
    found
}

/// Each finding's code, and the bytes of the file that it is about.
pub fn shown(text: &str, policy: &FilePolicy) -> Vec<(&'static str, String)> {
    let findings = policy.check(&Options::new());
    let shown = findings.iter().map(|finding| {
        let range = policy.range_of(finding);
        let bytes = text.get(range.clone()).unwrap_or_else(|| panic!("{range:?}"));
        (finding.code().name(), bytes.to_owned())
    });
    shown.collect()
}

/// A new folder for a test, with these files.
pub fn folder_of(test: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
    folder
}
