//! What IAM Access Analyzer itself said of AWS's managed policies, against what we say.
//!
//! The differences that are left are in `differences.txt`, each with its reason.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod difference;

use std::collections::{BTreeMap, BTreeSet};

use policy_core::check::{Options, check};
use policy_core::document::Document;
use policy_core::finding::Code;
use policy_core::policy::Kind;
use serde_json::Value;
use workspace_tests::{data_file, gzipped_lines};

use difference::{Difference, Side};

/// How many of a hundred must agree, of theirs and of ours.
const AGREEMENT: usize = 98;

#[derive(Default)]
struct Tally {
    theirs: usize,
    ours: usize,
    same: usize,
}

#[test]
#[ignore = "needs the data of POLICY_TEST_DATA"]
fn access_analyzer_and_we_say_the_same() {
    let path = data_file("corpus/access-analyzer-findings.jsonl.gz").unwrap();
    let explained = difference::explained();
    let mut met: BTreeSet<&Difference> = BTreeSet::new();
    let mut unexplained = Vec::new();
    let mut tallies: BTreeMap<Code, Tally> = BTreeMap::new();
    for line in gzipped_lines(&path).unwrap() {
        let row: Value = serde_json::from_str(&line).unwrap();
        let policy = row["name"].as_str().unwrap();
        let mut note = |side: Side, code: Code, path: &str| {
            let difference = explained
                .iter()
                .find(|known| (known.side, &*known.policy, known.code, &*known.path) == (side, policy, code, path));
            match difference {
                Some(known) => drop(met.insert(known)),
                None => unexplained.push(format!("{side} {policy} {code} {path}")),
            }
            difference.is_some()
        };
        let mut ours = ours(&row["document"].to_string());
        for finding in row["findings"].as_array().unwrap() {
            let code: Code = finding["code"].as_str().unwrap().parse().unwrap();
            let paths: Vec<String> = finding["paths"].as_array().unwrap().iter().map(pointer).collect();
            let tally = tallies.entry(code).or_default();
            let same = ours.iter().position(|(our, path)| *our == code && paths.contains(path));
            if let Some(index) = same {
                ours.swap_remove(index);
                tally.theirs += 1;
                tally.ours += 1;
                tally.same += 1;
            } else if !note(Side::Theirs, code, &paths[0]) {
                tally.theirs += 1;
            }
        }
        for (code, path) in ours {
            if !note(Side::Ours, code, &path) {
                tallies.entry(code).or_default().ours += 1;
            }
        }
    }
    let mut all = Tally::default();
    println!("theirs  ours  same");
    for (code, tally) in &tallies {
        println!("{:>6} {:>5} {:>5}  {code}", tally.theirs, tally.ours, tally.same);
        all.theirs += tally.theirs;
        all.ours += tally.ours;
        all.same += tally.same;
    }
    println!(
        "{:>6} {:>5} {:>5}  all, and {} differences explained",
        all.theirs,
        all.ours,
        all.same,
        met.len()
    );
    for difference in &unexplained {
        println!("{difference}");
    }
    let stale: Vec<_> = explained.iter().filter(|known| !met.contains(known)).collect();
    assert!(stale.is_empty(), "explained, and no longer there: {stale:#?}");
    assert!(all.same > 100, "{} agree", all.same);
    assert!(all.same * 100 >= all.theirs * AGREEMENT, "of theirs we miss too many");
    assert!(all.same * 100 >= all.ours * AGREEMENT, "of ours they lack too many");
}

/// What we say with a code of Access Analyzer's, and where.
fn ours(json: &str) -> Vec<(Code, String)> {
    let document = Document::read(json).unwrap();
    check(&document, Kind::Identity, &Options::new())
        .iter()
        .filter(|finding| !finding.code().is_own())
        .map(|finding| (finding.code(), document.path_to(finding.place()).unwrap().to_string()))
        .collect()
}

/// A path of theirs as a JSON pointer.
fn pointer(path: &Value) -> String {
    let steps = path.as_array().unwrap().iter();
    steps
        .filter_map(|step| {
            let step = step
                .get("index")
                .or_else(|| step.get("value"))
                .or_else(|| step.get("key"))?;
            let text = step.as_str().map_or_else(|| step.to_string(), str::to_owned);
            Some(format!("/{}", text.replace('~', "~0").replace('/', "~1")))
        })
        .collect()
}
