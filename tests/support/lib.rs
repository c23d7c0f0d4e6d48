//! What several test files and benchmarks of the workspace share.

pub mod generated;
pub mod invariants;
pub mod promises;
pub mod setups;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use serde_json::value::RawValue;

/// The folder with test data that is too large, or not ours, to be kept in the repository: `POLICY_TEST_DATA`, or
/// `shared` beside the workspace.
pub fn data_folder() -> PathBuf {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    std::env::var_os("POLICY_TEST_DATA").map_or_else(beside, PathBuf::from)
}

/// A file of the test data; where it is absent, says so under the name of the test, so that the test is not skipped unseen.
pub fn data_file(test: &str, name: &str) -> Option<PathBuf> {
    let path = data_folder().join(name);
    if path.exists() {
        return Some(path);
    }
    println!(
        "SKIPPED {test}: {} is absent; set POLICY_TEST_DATA to the folder that has {name}",
        path.display()
    );
    None
}

/// The lines of a gzipped file.
///
/// # Errors
///
/// The file cannot be read.
pub fn gzipped_lines(path: &Path) -> io::Result<Vec<String>> {
    BufReader::new(GzDecoder::new(File::open(path)?)).lines().collect()
}

/// AWS's managed policies, each with its name, as the very JSON of the data, which has no white space; empty where the
/// data is absent.
///
/// # Errors
///
/// The file cannot be read, or is not what it should be.
pub fn managed_policies(test: &str) -> io::Result<Vec<(String, String)>> {
    let Some(path) = data_file(test, "corpus/managed-policies.jsonl.gz") else {
        return Ok(Vec::new());
    };
    gzipped_lines(&path)?
        .iter()
        .map(|line| {
            let policy: BTreeMap<&str, &RawValue> = serde_json::from_str(line)?;
            let field = |name| policy.get(name).map(|value| value.get()).unwrap_or_default();
            Ok((serde_json::from_str(field("name"))?, field("document").to_owned()))
        })
        .collect()
}

/// The README's examples, so that they run with the tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}
