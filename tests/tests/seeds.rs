//! What fuzzing begins with, and what it once found, on every run of the tests.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use workspace_tests::invariants;

#[test]
fn what_holds_of_any_bytes_holds_of_the_seeds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds/bytes");
    let mut held = 0;
    for seed in fs::read_dir(folder).unwrap() {
        invariants::hold(&fs::read(seed.unwrap().path()).unwrap());
        held += 1;
    }
    assert!(held >= 20, "{held} seeds");
}
