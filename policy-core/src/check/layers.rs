//! For tests: the floors of the checker, held to what its files use of each other.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by it")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// A module of the checker, as the path from it: `rules::fit::misfit`; empty for the checker itself.
type Name = String;

/// What the modules say, without their tests.
struct Modules {
    texts: BTreeMap<Name, String>,
    /// What a module hands on, by the name that it gives it: the path of it.
    handed_on: BTreeMap<(Name, String), Vec<String>>,
}

#[test]
fn no_module_uses_what_uses_it() {
    let modules = Modules::read();
    let uses = modules.uses();
    // Whatever uses nothing that is left is taken out, until only circles are.
    let mut left: BTreeMap<&str, BTreeSet<&str>> = uses
        .iter()
        .map(|(name, used)| (name.as_str(), used.iter().map(String::as_str).collect()))
        .collect();
    while let Some(free) = left.iter().find(|(_, used)| used.is_empty()).map(|(name, _)| *name) {
        left.remove(free);
        for used in left.values_mut() {
            used.remove(free);
        }
    }
    assert!(left.is_empty(), "these use each other: {left:#?}");
}

#[test]
fn a_rule_uses_no_other_rule() {
    let modules = Modules::read();
    let is_rule = |name: &str| modules.texts[name].contains("const RULE: Rule");
    let uses = modules.uses();
    assert!(uses.keys().filter(|name| is_rule(name)).count() > 50);
    for (rule, used) in uses.iter().filter(|(name, _)| is_rule(name)) {
        let other = used.iter().find(|used| is_rule(used));
        assert_eq!(other, None, "{rule}");
    }
}

#[test]
fn what_stands_below_knows_nothing_of_what_stands_above() {
    // Each floor, and what it may use: itself, and what comes before it.
    let floors = [
        ("options", &[][..]),
        ("table", &[]),
        ("words", &[]),
        ("facts", &["options", "table"]),
        ("own_type", &[]),
        ("acted_on", &["options", "words", "facts", "own_type"]),
        ("compared", &["options", "words", "facts"]),
        ("rules", &["options", "table", "words", "facts", "own_type", "acted_on"]),
        ("verdict", &["options", "facts"]),
    ];
    for (name, used) in Modules::read().uses() {
        let floor = |name: &str| name.split("::").next().unwrap_or_default().to_owned();
        let Some((own, may_use)) = floors.iter().find(|(own, _)| *own == floor(&name)) else {
            continue;
        };
        for used in used {
            let other = floor(&used);
            assert!(other == *own || may_use.contains(&other.as_str()), "{name} uses {used}");
        }
    }
}

/// A rule that was given the findings of others could take them back.
#[test]
fn no_rule_is_given_what_others_found() {
    for (name, text) in Modules::read().texts {
        assert!(!name.starts_with("rules") || !text.contains("Findings"), "{name}");
    }
}

impl Modules {
    fn read() -> Self {
        let mut modules = Self {
            texts: BTreeMap::new(),
            handed_on: BTreeMap::new(),
        };
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/check");
        modules.read_folder(&folder, "");
        let names: Vec<Name> = modules.texts.keys().cloned().collect();
        for name in names {
            for path in paths(&modules.texts[&name], true) {
                let path = from_the_checker(&name, &path);
                if let (Some(path), Some(last)) = (&path, path.as_ref().and_then(|path| path.last())) {
                    modules.handed_on.insert((name.clone(), last.clone()), path.clone());
                }
            }
        }
        assert!(modules.texts.len() > 80);
        modules
    }

    fn read_folder(&mut self, folder: &Path, above: &str) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let name = match (above, stem.as_str()) {
                (above, "mod") => above.to_owned(),
                ("", stem) => stem.to_owned(),
                (above, stem) => format!("{above}::{stem}"),
            };
            if path.is_dir() {
                self.read_folder(&path, &name);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let is_of_tests = ["tests", "expect", "layers", "large"]
                    .iter()
                    .any(|of_tests| name.contains(of_tests));
                if !is_of_tests {
                    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
                    self.texts.insert(name, text.to_owned());
                }
            }
        }
    }

    /// The modules that each uses.
    fn uses(&self) -> BTreeMap<Name, BTreeSet<Name>> {
        let used_by = |name: &str, text: &str| -> BTreeSet<Name> {
            let paths = paths(text, false).into_iter();
            let used = paths.filter_map(|path| self.module(&from_the_checker(name, &path)?, 0));
            used.filter(|used| used != name).collect()
        };
        self.texts
            .iter()
            .map(|(name, text)| (name.clone(), used_by(name, text)))
            .collect()
    }

    /// The module that a path leads to, be it handed on or not.
    fn module(&self, path: &[String], depth: usize) -> Option<Name> {
        assert!(depth < 9, "{path:?}");
        for length in (0..=path.len()).rev() {
            let name = path[..length].join("::");
            if !self.texts.contains_key(&name) {
                continue;
            }
            let Some(item) = path.get(length) else {
                return Some(name);
            };
            return match self.handed_on.get(&(name.clone(), item.clone())) {
                Some(handed_on) => self.module(handed_on, depth + 1),
                None => Some(name),
            };
        }
        None
    }
}

/// The paths that a module uses in one way or another, or those that it hands on.
fn paths(text: &str, handed_on: bool) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = String::new();
    for statement in text.split_inclusive(';') {
        // After what comes before it: comments, other items.
        let at = statement
            .match_indices("use ")
            .filter(|(at, _)| {
                statement[..*at].lines().next_back().is_none_or(|line| {
                    let line = line.trim();
                    line.is_empty() && statement[..*at].ends_with('\n') || line.starts_with("pub")
                })
            })
            .map(|(at, _)| at)
            .next();
        match at {
            Some(at) => {
                let is_handed_on = statement[..at]
                    .lines()
                    .next_back()
                    .is_some_and(|line| line.starts_with("pub"));
                if is_handed_on == handed_on {
                    let tree: String = statement[at + 4..]
                        .trim_end_matches(';')
                        .split_whitespace()
                        .collect::<Vec<_>>()
                        .join(" ");
                    expand("", &tree, &mut found);
                }
                rest.push_str(&statement[..at]);
            }
            None => rest.push_str(statement),
        }
    }
    if !handed_on {
        // Those that stand in the midst of the code.
        let code: String = rest
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect::<Vec<_>>()
            .join("\n");
        for start in ["super::", "crate::check::", "self::"] {
            for (at, _) in code.match_indices(start) {
                let path = code[at..]
                    .split(|c: char| !c.is_alphanumeric() && c != '_' && c != ':')
                    .next();
                found.extend(path.map(str::to_owned));
            }
        }
    }
    found
}

/// `a::{b, c::{d, e as f}}` as three paths.
fn expand(before: &str, tree: &str, found: &mut Vec<String>) {
    let tree = tree.trim();
    match tree.split_once('{') {
        None => {
            let path = tree.split(" as ").next().unwrap_or(tree);
            found.push(format!("{before}{}", path.trim()));
        }
        Some((start, inner)) => {
            let inner = inner.trim_end().trim_end_matches('}');
            let before = format!("{before}{}", start.trim());
            let (mut depth, mut from) = (0, 0);
            for (at, c) in inner.char_indices() {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    ',' if depth == 0 => {
                        expand(&before, &inner[from..at], found);
                        from = at + 1;
                    }
                    _ => {}
                }
            }
            if !inner[from..].trim().is_empty() {
                expand(&before, &inner[from..], found);
            }
        }
    }
}

/// A path that a module uses, from the checker on; `None` where it leads out of it.
fn from_the_checker(module: &str, path: &str) -> Option<Vec<String>> {
    let mut own: Vec<&str> = module.split("::").filter(|name| !name.is_empty()).collect();
    let mut names = path.split("::").peekable();
    match *names.peek()? {
        "crate" => {
            names.next();
            if names.next() != Some("check") {
                return None;
            }
            own.clear();
        }
        "self" => {
            names.next();
        }
        "super" => {
            while names.next_if_eq(&"super").is_some() {
                own.pop()?;
            }
        }
        // A module of its own, or of another crate.
        _ => {}
    }
    let names = names.filter(|name| !name.is_empty() && *name != "self");
    Some(own.into_iter().chain(names).map(str::to_owned).collect())
}
