//! Policies and a request that have much to do with each other.
#![no_main]

use libfuzzer_sys::fuzz_target;
use workspace_tests::generated::Asked;
use workspace_tests::promises;

fuzz_target!(|asked: Asked| promises::hold_of_request(&asked.policies, &asked.request));
