//! What it takes to ask an authorizer, and to ask a request that has to be made first.
//!
//! `cargo bench -p workspace-tests --bench evaluate`

#![allow(missing_docs, reason = "a benchmark has no users")]
#![allow(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use workspace_tests::setups::Setup;

fn evaluate(criterion: &mut Criterion) {
    for setup in Setup::all("the benchmark of the evaluator").unwrap() {
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
