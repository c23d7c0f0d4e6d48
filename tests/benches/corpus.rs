//! What it takes to read and to check AWS's own managed policies, beside `serde_json::Value`.
//!
//! `cargo bench -p workspace-tests --bench corpus`

#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark may panic")]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use policy_core::document::Document;
use policy_core::policy::{IdentityPolicy, Kind};

fn corpus(criterion: &mut Criterion) {
    let policies = workspace_tests::managed_policies().unwrap();
    let texts: Vec<&str> = policies.iter().map(|(_, text)| text.as_str()).collect();

    let mut reading = criterion.benchmark_group("read all managed policies");
    reading.throughput(Throughput::Bytes(texts.iter().map(|text| text.len() as u64).sum()));
    reading.bench_function("Document", |b| {
        b.iter(|| texts.iter().filter(|text| Document::read(text).is_ok()).count());
    });
    reading.bench_function("IdentityPolicy", |b| {
        b.iter(|| {
            texts
                .iter()
                .filter(|text| IdentityPolicy::from_json(**text).is_ok())
                .count()
        });
    });
    reading.bench_function("serde_json::Value", |b| {
        b.iter(|| {
            texts
                .iter()
                .filter(|text| serde_json::from_str::<serde_json::Value>(text).is_ok())
                .count()
        });
    });
    reading.finish();

    let documents: Vec<Document<'_>> = texts.iter().map(|text| Document::read(text).unwrap()).collect();
    let mut checking = criterion.benchmark_group("check all managed policies");
    checking.throughput(Throughput::Elements(documents.len() as u64));
    checking.bench_function("check", |b| {
        b.iter(|| {
            documents
                .iter()
                .map(|document| {
                    policy_core::check::check(document, Kind::Identity, &policy_core::check::Options::new()).len()
                })
                .sum::<usize>()
        });
    });
    checking.finish();
}

criterion_group!(benches, corpus);
criterion_main!(benches);
