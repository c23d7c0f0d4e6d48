//! The catalogue as text: one file a service, sorted, one fact a line, so that a refresh is a diff that can be read.
//!
//! The forms of the lines are documented where they are read, in `policy-core/src/catalogue/`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::error::Error;
use crate::model::{Action, ActionResource, Catalogue, Service};

/// A package that went into the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Package {
    pub name: String,
    pub version: String,
    pub sha256: String,
}

/// What `snapshot.txt` says besides the counts.
#[derive(Debug, Default)]
pub struct Record {
    pub date: String,
    pub operations_date: String,
    pub packages: Vec<Package>,
    /// The older packages from which tombstones were made.
    pub history: BTreeSet<String>,
}

/// Every file of the catalogue: its path in the catalogue's folder, and its text.
pub fn render(catalogue: &Catalogue, record: &Record) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for (prefix, service) in &catalogue.services {
        files.insert(format!("services/{prefix}.txt"), service_text(prefix, service));
    }
    for (prefix, retired) in &catalogue.retired {
        let text = format!("service {prefix} {}\nretired {}\n", retired.name, retired.last_seen);
        files.insert(format!("services/{prefix}.txt"), text);
    }
    files.insert("services.rs".to_owned(), list_text(catalogue));
    files.insert("global-keys.txt".to_owned(), global_keys_text(catalogue));
    files.insert("further-actions.txt".to_owned(), further_actions_text(catalogue));
    files.insert("passed-roles.txt".to_owned(), passed_roles_text(catalogue));
    files.insert("pages.txt".to_owned(), pages_text(catalogue));
    files.insert("undocumented.txt".to_owned(), undocumented_text(catalogue));
    files.insert("key-prefixes.txt".to_owned(), key_prefixes_text(catalogue));
    files.insert("partitions.txt".to_owned(), partitions_text(catalogue));
    files.insert("snapshot.txt".to_owned(), snapshot_text(catalogue, record));
    files
}

/// Writes the files that differ from what is there. Returns how many did.
pub fn write(folder: &Path, files: &BTreeMap<String, String>) -> Result<usize, Error> {
    let mut changed = 0;
    for (name, text) in files {
        let path = folder.join(name);
        let io = |cause| Error::Io {
            path: path.clone(),
            cause,
        };
        if fs::read_to_string(&path).is_ok_and(|present| present == *text) {
            continue;
        }
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(io)?;
        }
        fs::write(&path, text).map_err(io)?;
        changed += 1;
    }
    Ok(changed)
}

fn service_text(prefix: &str, service: &Service) -> String {
    let mut out = Lines::default();
    out.line(0, &["service", prefix, &service.name]);
    if service.rcp {
        out.line(0, &["rcp"]);
    }
    for key in service.keys.values() {
        out.line(0, &["key", &key.name, &key.value_type]);
    }
    for resource in service.resources.values() {
        out.line(0, &["resource", &resource.name, &resource.arns.join(" ")]);
        // First, so that a reader knows at once whether a type has them.
        for known in resource.names.values() {
            out.line(1, &["name", &known.name, &known.fact]);
        }
        for key in resource.keys.values() {
            out.line(1, &[key]);
        }
    }
    for action in service.actions.values() {
        action_lines(&mut out, action);
    }
    for operation in service.operations.values() {
        out.line(0, &["operation", &operation.name, &joined(&operation.actions)]);
    }
    for removed in service.removed.values() {
        out.line(0, &["removed", &removed.name, &removed.last_seen]);
    }
    out.text
}

fn action_lines(out: &mut Lines, action: &Action) {
    out.line(0, &["action", &action.name, &action.levels.join(" ")]);
    // First, and in one line, since that is what is asked most.
    let types: Vec<String> = action.on.values().map(written).collect();
    if !types.is_empty() {
        out.line(1, &["on", &types.join(", ")]);
    }
    for key in action.keys.values() {
        out.line(1, &[key]);
    }
    for needed in &action.needs {
        out.line(1, &["needs", needed]);
    }
    for used in action.on.values() {
        if !used.keys.is_empty() || !used.needs.is_empty() {
            out.line(1, &["of", &used.name]);
        }
        for key in used.keys.values() {
            out.line(2, &[key]);
        }
        for needed in &used.needs {
            out.line(2, &["needs", needed]);
        }
    }
}

/// The name of a resource type, with a star if the action requires it.
fn written(used: &ActionResource) -> String {
    let star = if used.required { "*" } else { "" };
    format!("{}{star}", used.name)
}

fn list_text(catalogue: &Catalogue) -> String {
    let mut out = String::from(
        "// Written by catalogue-import from the names of the files in `services/`, in the order of the prefixes.\n\n\
         use super::service::Row;\n",
    );
    let lists: [(&str, Vec<&String>); 2] = [
        ("SERVICES", catalogue.services.keys().collect()),
        ("RETIRED", catalogue.retired.keys().collect()),
    ];
    for (name, prefixes) in lists {
        let _ = writeln!(out, "\npub(super) static {name}: [Row; {}] = [", prefixes.len());
        for prefix in prefixes {
            out.push_str(&row(prefix));
        }
        out.push_str("];\n");
    }
    out
}

fn row(prefix: &str) -> String {
    format!("    Row::new(\"{prefix}\", include_str!(\"services/{prefix}.txt\")),\n")
}

fn global_keys_text(catalogue: &Catalogue) -> String {
    let mut out = Lines::default();
    for global in catalogue.global_keys.values() {
        let listed = if global.listed { " listed" } else { "" };
        out.line(
            0,
            &["key", &global.key.name, &format!("{}{listed}", global.key.value_type)],
        );
    }
    out.text
}

fn further_actions_text(catalogue: &Catalogue) -> String {
    let mut out = Lines::default();
    for operation in catalogue.further_actions.values() {
        out.line(0, &[&operation.name, &joined(&operation.actions)]);
    }
    out.text
}

fn passed_roles_text(catalogue: &Catalogue) -> String {
    let mut out = Lines::default();
    for role in catalogue.passed_roles.values() {
        out.line(0, &[&role.name, &role.parameter, &joined(&role.services)]);
    }
    out.text
}

fn pages_text(catalogue: &Catalogue) -> String {
    let mut out = Lines::default();
    for (prefix, page) in &catalogue.pages {
        out.line(0, &[prefix, page.as_deref().unwrap_or_default()]);
    }
    out.text
}

fn undocumented_text(catalogue: &Catalogue) -> String {
    let mut out = Lines::default();
    for (name, policy) in &catalogue.undocumented {
        out.line(0, &[name, policy]);
    }
    out.text
}

fn joined(names: &BTreeSet<String>) -> String {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    names.join(" ")
}

/// The keys of identity providers stand in the file of the service that carries them: `saml:aud` in that of `sts`.
fn key_prefixes_text(catalogue: &Catalogue) -> String {
    let mut homes: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (service, facts) in &catalogue.services {
        for key in facts.keys.values() {
            let Some((prefix, _)) = split_key(&key.name) else {
                continue;
            };
            // `ec2:osuser` is a key of EC2 Instance Connect alone, and EC2 does not list it.
            let has_it = |own: &Service| {
                own.keys
                    .values()
                    .any(|other| other.name.eq_ignore_ascii_case(&key.name))
            };
            if prefix != "aws" && !catalogue.services.get(&prefix.to_ascii_lowercase()).is_some_and(has_it) {
                homes.entry(prefix).or_default().insert(service);
            }
        }
    }
    let mut out = Lines::default();
    for (prefix, services) in homes {
        let services: Vec<&str> = services.into_iter().collect();
        out.line(0, &["prefix", prefix, &services.join(" ")]);
    }
    out.text
}

/// The prefix and the rest of a condition key: the colon of `github.com/enterprises/${Name}:actor` that is in no variable.
fn split_key(key: &str) -> Option<(&str, &str)> {
    key.split_once(':')
}

fn partitions_text(catalogue: &Catalogue) -> String {
    let mut out = Lines::default();
    for (name, partition) in &catalogue.partitions {
        out.line(0, &["partition", name, &partition.dns_suffix]);
        out.line(1, &["dual-stack", &partition.dual_stack]);
        out.line(1, &["global-region", &partition.global_region]);
        for prefix in &partition.region_prefixes {
            out.line(1, &["region-prefix", prefix]);
        }
        for region in &partition.regions {
            out.line(1, &["region", region]);
        }
    }
    out.text
}

fn snapshot_text(catalogue: &Catalogue, record: &Record) -> String {
    let services = || catalogue.services.values();
    let counts: [(&str, usize); 11] = [
        ("services", catalogue.services.len()),
        ("services-retired", catalogue.retired.len()),
        ("actions", services().map(|service| service.actions.len()).sum()),
        ("actions-removed", services().map(|service| service.removed.len()).sum()),
        (
            "resource-types",
            services().map(|service| service.resources.len()).sum(),
        ),
        ("condition-keys", services().map(|service| service.keys.len()).sum()),
        ("operations", services().map(|service| service.operations.len()).sum()),
        ("operations-with-further-actions", catalogue.further_actions.len()),
        ("passed-roles", catalogue.passed_roles.len()),
        ("undocumented", catalogue.undocumented.len()),
        ("global-keys", catalogue.global_keys.len()),
    ];
    let mut out = Lines::default();
    out.line(0, &["date", &record.date]);
    out.line(0, &["operations-date", &record.operations_date]);
    for package in &record.packages {
        out.line(0, &["source", &package.name, &package.version, &package.sha256]);
    }
    for (name, count) in counts {
        out.line(0, &["count", name, &count.to_string()]);
    }
    for package in &record.history {
        out.line(0, &["history", package]);
    }
    out.text
}

/// A text of lines, each of words after an indentation.
#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    fn line(&mut self, indent: usize, words: &[&str]) {
        let line = words.join(" ");
        // Writing to a `String` cannot fail.
        let _ = writeln!(self.text, "{:indent$}{}", "", line.trim_end());
    }
}
