//! Asking allocates nothing. A file of its own, as its allocator is the whole program's.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use allocation_counter::measure;
use workspace_tests::setups::Setup;

#[test]
fn asking_allocates_nothing() {
    // That the counting counts: what must allocate is seen to.
    assert!(measure(|| drop(std::hint::black_box(vec![1]))).count_total > 0);
    for setup in Setup::all("asking_allocates_nothing").unwrap() {
        let authorizer = setup.authorizer().unwrap();
        let request = setup.request().unwrap();
        let mut is_allowed = false;
        let counted = measure(|| is_allowed = authorizer.ask(&request).is_allowed());
        assert!(is_allowed, "{}", setup.name);
        assert_eq!(counted.count_total, 0, "{}", setup.name);
    }
}
