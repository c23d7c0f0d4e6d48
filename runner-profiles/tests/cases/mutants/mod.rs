//! The cases notice it when a policy is broken: each of the presets' policies is changed in every way that [`rules`] knows, one
//! change at a time, and for each there is a case whose answer is another, unless the change is listed as [`equivalent`].

mod equivalent;
mod rules;

use std::collections::{BTreeMap, BTreeSet};

use runner_profiles::Role;
use serde_json::Value;

use crate::cases;
use crate::presets::{Shipped, shipped};
use equivalent::EQUIVALENT;
use rules::mutants;

/// How many there have to be at least.
const LEAST: usize = 226;

#[test]
fn the_cases_catch_every_mutant() {
    let mut table: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    let mut missed = Vec::new();
    let equivalent = EQUIVALENT.iter().flat_map(|(_, names)| *names).copied();
    let mut listed: BTreeSet<&str> = equivalent.clone().collect();
    assert_eq!(listed.len(), equivalent.count(), "a mutant is listed twice");
    for shipped in shipped() {
        let roles: Value = serde_json::from_str(&Role::all_to_json_pretty(&shipped.roles)).unwrap();
        for (pointer, sets) in policies(&shipped) {
            let text = cases_of(&shipped, &sets);
            let set = sets.first().unwrap();
            for mutant in mutants(roles.pointer(&pointer).unwrap()) {
                let name = format!("{}, {set}, {}: {}", shipped.name, mutant.at, mutant.rule);
                let mut roles = roles.clone();
                *roles.pointer_mut(&pointer).unwrap() = mutant.policy;
                let is_caught = !cases(&text, &roles.to_string()).run().is_success();
                let [caught, equivalent] = table.entry(mutant.rule).or_default();
                match (is_caught, listed.remove(&*name)) {
                    (true, false) => *caught += 1,
                    (false, true) => *equivalent += 1,
                    (true, true) => missed.push(format!("is caught, and yet listed as equivalent: {name}")),
                    (false, false) => missed.push(format!("no case catches: {name}")),
                }
            }
        }
    }
    missed.extend(
        listed
            .iter()
            .map(|name| format!("is listed, and there is no such mutant: {name}")),
    );
    let mut sums = [0, 0];
    println!("{:45} {:>7} {:>10}", "mutants", "caught", "equivalent");
    for (rule, [caught, equivalent]) in &table {
        println!("{rule:45} {caught:>7} {equivalent:>10}");
        sums = [sums[0] + caught, sums[1] + equivalent];
    }
    println!("{:45} {:>7} {:>10}", "all", sums[0], sums[1]);
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    assert!(sums[0] + sums[1] >= LEAST, "{sums:?}");
}

/// The places of the policies that a file of cases is about, each with the names of the sets that it is in, the shortest first.
fn policies(shipped: &Shipped) -> BTreeMap<String, Vec<String>> {
    let file: Value = serde_json::from_str(shipped.cases).unwrap();
    let mut policies: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, set) in file["policies"].as_object().unwrap() {
        let paths: Vec<&str> = ["identity", "trust"]
            .iter()
            .filter_map(|layer| set[*layer].as_str())
            .collect();
        let [path] = paths.as_slice() else {
            panic!("`{name}` is not of one policy of a role")
        };
        let pointer = path.strip_prefix("roles.json#").unwrap();
        policies.entry(pointer.to_owned()).or_default().push(name.clone());
    }
    for sets in policies.values_mut() {
        sets.sort_by_key(String::len);
    }
    policies
}

/// The cases of these sets, by their answers alone: it is no feat to notice by its `Sid` that a statement is gone.
fn cases_of(shipped: &Shipped, sets: &[String]) -> String {
    let mut file: Value = serde_json::from_str(shipped.cases).unwrap();
    let is_of = |name: &str| sets.iter().any(|set| set == name);
    file["policies"].as_object_mut().unwrap().retain(|name, _| is_of(name));
    let cases = file["cases"].as_array_mut().unwrap();
    cases.retain(|case| is_of(case["policies"].as_str().unwrap()));
    for case in cases {
        case.as_object_mut().unwrap().remove("by");
    }
    file.to_string()
}
