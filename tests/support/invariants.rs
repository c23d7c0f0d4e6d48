//! What holds of the checker whatever it is given.
#![allow(
    clippy::panic,
    reason = "a broken promise fails the test, or the fuzzing, that calls this"
)]

use policy_core::check::{Options, check, check_json};
use policy_core::document::Document;
use policy_core::finding::{Finding, Findings};
use policy_core::policy::{
    IdentityPolicy, Kind, ResourceControlPolicy, ResourcePolicy, ServiceControlPolicy, SessionPolicy, TrustPolicy,
};

/// Holds the checker and the model to what they promise of any bytes.
///
/// # Panics
///
/// A promise is broken.
pub fn hold(json: &[u8]) {
    let text = std::str::from_utf8(json);
    let found: Vec<_> = Kind::ALL
        .iter()
        .map(|kind| check_json(json, *kind, &Options::new()))
        .collect();
    for findings in &found {
        for finding in findings {
            assert!(!finding.message().is_empty(), "{finding:?}");
            if let Ok(text) = text {
                assert!(
                    text.get(finding.range_in(text)).is_some(),
                    "{finding:?} is outside of {text}"
                );
            }
        }
        let starts = findings.iter().map(|finding| finding.place().start);
        assert!(starts.is_sorted(), "{findings:?}");
    }
    let Ok(text) = text else { return };
    let Ok(document) = Document::read(text) else { return };
    // However it is printed, it is the same document with the same findings.
    let pretty = document.to_json_pretty();
    let again = Document::read(&pretty).unwrap_or_else(|error| panic!("{error}: {pretty}"));
    assert_eq!(again.to_json(), document.to_json());
    for (&kind, findings) in Kind::ALL.iter().zip(&found) {
        let of_again = check(&again, kind, &Options::new());
        assert_eq!(said(&again, &of_again), said(&document, findings), "{pretty}");
    }
    macro_rules! same_when_read_as {
        ($($policy:ty),+) => {$(
            if let Ok(policy) = <$policy>::from_json(text) {
                assert_eq!(policy.to_json(), document.to_json());
            }
        )+};
    }
    same_when_read_as!(
        IdentityPolicy,
        TrustPolicy,
        ResourcePolicy,
        SessionPolicy,
        ServiceControlPolicy,
        ResourceControlPolicy
    );
}

/// Every finding with the way to it.
fn said(document: &Document<'_>, findings: &Findings) -> Vec<(String, String)> {
    let path = |finding: &Finding| {
        let path = document.path_to(finding.place());
        path.unwrap_or_else(|| panic!("{finding:?} has no place")).to_string()
    };
    findings
        .iter()
        .map(|finding| (path(finding), format!("{finding:#}")))
        .collect()
}
