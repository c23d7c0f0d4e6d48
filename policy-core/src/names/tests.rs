//! What is true of all names; the rules of each are in the tables below.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;

#[test]
fn every_sample_is_valid_and_fits_its_lengths() {
    for &kind in NameKind::ALL {
        assert_eq!(kind.check(kind.sample()), Ok(()), "{kind:?}");
        assert!(
            (kind.min_len()..=kind.max_len()).contains(&kind.sample().chars().count()),
            "{kind:?}"
        );
        assert_eq!(NameKind::from_type_name(kind.type_name()), Some(kind));
    }
}
