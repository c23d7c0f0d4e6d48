//! What it takes to ask an authorizer, and to ask a request that has to be made first.
//!
//! `cargo bench -p workspace-tests --bench evaluate`
//!
//! Times differ from machine to machine; instructions hardly do. Those of a question, as `tests/run-cost/ask-setups.sh --peers
//! --cedar` counts them, in November 2026 (iam-rs 0.8.0, cedar-policy 4.14.1, rustc 1.95):
//!
//! | | simple | twenty | hundred |
//! |---|---|---|---|
//! | ours | 868 | 5,596 | 42,928 |
//! | iam-rs | 16,151 | 132,977 | 1,795,692 |
//! | cedar-policy | 22,374 | 315,481 | 4,004,893 |
//!
//! Of the last 1, 10 and 100 policies of `hundred`, each of which has statements about the action: 1,248, 5,041 and 43,008.

#![allow(missing_docs, reason = "a benchmark has no users")]
#![allow(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use workspace_tests::setups::Setup;

fn evaluate(criterion: &mut Criterion) {
    for setup in Setup::all().unwrap() {
        let authorizer = setup.authorizer().unwrap();
        let request = setup.request().unwrap();
        assert!(authorizer.ask(&request).is_allowed(), "{}", setup.name);
        let mut group = criterion.benchmark_group(setup.name.as_str());
        group.bench_function("ask", |b| b.iter(|| authorizer.ask(black_box(&request)).outcome()));
        group.bench_function("make the request and ask", |b| {
            b.iter(|| authorizer.ask(&black_box(&setup).request().unwrap()).outcome());
        });
        group.bench_function("build the authorizer", |b| {
            b.iter(|| black_box(&setup).authorizer().unwrap());
        });
        group.finish();
    }
}

criterion_group!(benches, evaluate);
criterion_main!(benches);
