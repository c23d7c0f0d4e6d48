//! Any bytes at all.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|json: &[u8]| workspace_tests::invariants::hold(json));
