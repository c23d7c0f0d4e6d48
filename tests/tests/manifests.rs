//! The manifests: what crates.io shows of each published crate.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use std::process::Command;

use serde_json::Value;

#[test]
fn each_published_crate_says_what_it_is() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    // `publish = false` is an empty list of registries.
    let published: Vec<&Value> = packages.iter().filter(|package| package["publish"].is_null()).collect();
    for package in &published {
        let name = package["name"].as_str().unwrap();
        for member in ["description", "license", "readme", "rust_version"] {
            assert!(package[member].is_string(), "{name} has no `{member}`");
        }
        assert_eq!(package["documentation"], format!("https://docs.rs/{name}"), "{name}");
        // crates.io rejects more.
        for member in ["keywords", "categories"] {
            let count = package[member].as_array().unwrap().len();
            assert!((1..=5).contains(&count), "{name} has {count} {member}");
        }
    }
    assert_eq!(published.len(), 5);
}
