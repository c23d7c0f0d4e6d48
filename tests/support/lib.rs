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

/// The folder with test data that is not ours to keep in the repository: `POLICY_TEST_DATA`, or `shared` beside the workspace.
pub fn data_folder() -> PathBuf {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    std::env::var_os("POLICY_TEST_DATA").map_or_else(beside, PathBuf::from)
}

/// A file of the test data. A test that asks for one is `#[ignore = "needs the data of POLICY_TEST_DATA"]`.
///
/// # Errors
///
/// It is absent: the error says where it was looked for, and how to name another place.
pub fn data_file(name: &str) -> io::Result<PathBuf> {
    let path = data_folder().join(name);
    if path.exists() {
        return Ok(path);
    }
    let said = format!(
        "{} is absent; set POLICY_TEST_DATA to the folder that has {name}",
        path.display()
    );
    Err(io::Error::new(io::ErrorKind::NotFound, said))
}

/// The folder that says what the presets make: `runner-profiles/golden`, which has a README.
pub fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../runner-profiles/golden")
}

/// The lines of a gzipped file.
///
/// # Errors
///
/// The file cannot be read.
pub fn gzipped_lines(path: &Path) -> io::Result<Vec<String>> {
    BufReader::new(GzDecoder::new(File::open(path)?)).lines().collect()
}

/// AWS's managed policies, each with its name, as the very JSON of the data, which has no white space.
///
/// # Errors
///
/// The file is absent, cannot be read, or is not what it should be.
pub fn managed_policies() -> io::Result<Vec<(String, String)>> {
    gzipped_lines(&data_file("corpus/managed-policies.jsonl.gz")?)?
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
