//! Documents that look like policies.
#![no_main]

use libfuzzer_sys::fuzz_target;
use workspace_tests::generated::Document;
use workspace_tests::invariants;

fuzz_target!(|document: Document| invariants::hold(document.0.to_string().as_bytes()));
