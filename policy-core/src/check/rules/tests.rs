#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use std::collections::BTreeSet;
use std::path::Path;

use proptest::prelude::*;

use super::{FAMILIES, Rule, all, run};
use crate::check::expect::{examples, read, statements};
use crate::check::facts::Facts;
use crate::check::{Options, check_allowing, verdict};
use crate::finding::Code;
use crate::policy::Kind;

/// A text that is not JSON is not a document, and no rule looks at it.
const OF_NO_RULE: [Code; 1] = [Code::JsonSyntaxError];

#[test]
fn every_code_is_found_by_a_rule() {
    let found: BTreeSet<Code> = all().flat_map(|rule| rule.codes).copied().collect();
    let others: Vec<Code> = Code::ALL.iter().copied().filter(|code| !found.contains(code)).collect();
    assert_eq!(others, OF_NO_RULE);
    for rule in all() {
        let mut codes: Vec<Code> = rule.codes.to_vec();
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), rule.codes.len(), "{:?}", rule.codes);
    }
}

/// A page that is of no code would not be read by anybody.
#[test]
fn every_page_is_beside_a_rule_that_finds_its_code() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/check/rules");
    let mut pages = 0;
    for family in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let Ok(files) = std::fs::read_dir(&family) else {
            continue;
        };
        let names = files.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let codes = names.filter_map(|name| Some(name.strip_suffix(".md")?.to_owned()));
        let codes: Vec<Code> = codes.map(|name| name.parse().unwrap()).collect();
        pages += codes.len();
        let is_of_family = |rules: &&[Rule]| {
            let of_rule = |code: &Code| rules.iter().any(|rule| rule.codes.contains(code));
            codes.iter().all(|code| of_rule(code) || OF_NO_RULE.contains(code))
        };
        assert!(FAMILIES.iter().any(is_of_family), "{}", family.display());
    }
    assert_eq!(pages, Code::ALL.len());
}

#[test]
fn a_rule_finds_its_own_codes_only() {
    for (example, document) in examples() {
        let resource = example
            .attached_to
            .map_or_else(Options::new, |resource| Options::new().attached_to(resource));
        let facts = Facts::of(&document, example.kind, &resource);
        for rule in all() {
            for finding in run(std::iter::once(rule), &facts) {
                assert!(
                    rule.codes.contains(&finding.code()),
                    "{finding} is not of {:?}",
                    rule.codes
                );
            }
        }
    }
}

/// A rule that is called for each statement and then walks all of them takes the square of their number.
#[test]
fn a_rule_of_one_statement_does_not_walk_the_policy() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/check/rules");
    let mut folders = vec![folder];
    let mut rules = 0;
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            if path.ends_with("tests.rs") {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let is_of_one = ["run: Run::Statement(", "run: Run::Condition("]
                .into_iter()
                .any(|run| text.contains(run));
            if is_of_one {
                rules += 1;
                let walks = text.split_whitespace().collect::<String>().contains("facts.statements");
                assert!(!walks, "{}: let it run once, as `Run::Policy`", path.display());
            }
        }
    }
    assert!(rules > 40, "{rules}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_order_of_the_rules_does_not_matter(
        policy in statements(),
        order in Just((0..all().count()).collect::<Vec<usize>>()).prop_shuffle(),
    ) {
        let document = read(&policy);
        let options = Options::new();
        for &kind in Kind::ALL {
            let facts = Facts::of(&document, kind, &options);
            let rules = order.iter().filter_map(|index| all().nth(*index));
            let found = run(rules, &facts);
            for rule in all() {
                let own = run(std::iter::once(rule), &facts);
                prop_assert!(own.iter().all(|finding| rule.codes.contains(&finding.code())), "{:?}", rule.codes);
            }
            prop_assert_eq!(verdict::settle(found, &facts), check_allowing(&document, kind, &options));
        }
    }
}
