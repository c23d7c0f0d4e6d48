//! What fuzzing begins with, and what it once found, on every run of the tests.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use arbitrary::{Arbitrary, Unstructured};
use workspace_tests::generated::{Asked, Document};
use workspace_tests::{invariants, promises};

/// Every seed of a target is held to what holds of any bytes.
fn hold(target: &str, least: usize, promise: impl Fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let mut held = 0;
    for seed in fs::read_dir(folder).unwrap() {
        promise(&fs::read(seed.unwrap().path()).unwrap());
        held += 1;
    }
    assert!(held >= least, "{held} seeds");
}

#[test]
fn what_holds_of_any_bytes_holds_of_the_seeds() {
    hold("bytes", 20, invariants::hold);
}

#[test]
fn what_holds_of_any_cases_holds_of_the_seeds() {
    hold("cases", 20, promises::hold_of_cases);
}

#[test]
fn what_holds_of_any_document_holds_of_those_that_the_seeds_make() {
    hold("documents", 20, |seed| {
        let document = Document::arbitrary_take_rest(Unstructured::new(seed)).unwrap();
        invariants::hold(document.0.to_string().as_bytes());
    });
}

#[test]
fn what_holds_of_any_request_holds_of_those_that_the_seeds_make() {
    hold("requests", 20, |seed| {
        let asked = Asked::arbitrary_take_rest(Unstructured::new(seed)).unwrap();
        promises::hold_of_request(&asked.policies, &asked.request);
    });
}
