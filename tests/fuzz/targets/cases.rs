//! Files of cases: any bytes at all, of which a dictionary makes something like cases.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|cases: &[u8]| workspace_tests::promises::hold_of_cases(cases));
