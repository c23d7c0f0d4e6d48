//! Requests in the situations that people met in public, `tests/situations/`, each beside near twins with another answer. AWS's answer is from
//! the thread or page of that situation.

use policy_core::evaluate::cases::Cases;

#[test]
fn each_request_is_decided_as_aws_does() {
    let text = include_str!("situations.json");
    let mut no_files = |file: &str| Err(format!("`{file}` is not part of the cases"));
    let cases = Cases::read(text, &mut no_files).unwrap_or_else(|error| panic!("{error}"));
    let report = cases.run();
    assert!(report.is_success(), "{report:#}");
    assert_eq!(report.tally(), "54 cases, 0 failed");
}
