//! The crate `cloudcover-aws` (MIT): AWS's machine-readable service reference, whole, with the actions that each API operation may be
//! authorized as: <https://docs.aws.amazon.com/service-authorization/latest/reference/service-reference.html>.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;

use super::read_json;
use crate::error::Error;

const PACKAGE: &str = "cloudcover-aws";

/// What the package says.
#[derive(Debug)]
pub struct ServiceReference {
    /// The day on which the data was taken, `2026-10-24`.
    pub date: String,
    /// The operations of each service, by its prefix.
    pub operations: BTreeMap<String, Vec<Authorized>>,
}

/// An operation, and the actions that its requests may be authorized as.
#[derive(Debug)]
pub struct Authorized {
    pub operation: String,
    /// The names that Python's SDK has for the services with this operation, `lexv2-models`.
    pub sdks: BTreeSet<String>,
    /// Qualified, `iam:PassRole`. AWS does not publish which of them every request needs.
    pub actions: BTreeSet<String>,
    /// The services to which it passes a role: `lambda.amazonaws.com`.
    pub passed_to: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Manifest {
    retrieved_at: String,
}

#[derive(Deserialize)]
struct RawCatalogue {
    services: Vec<RawService>,
}

#[derive(Deserialize)]
struct RawService {
    service: String,
    document: RawDocument,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct RawDocument {
    #[serde(default)]
    operations: Vec<RawOperation>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct RawOperation {
    name: String,
    #[serde(default)]
    authorized_actions: Vec<RawAction>,
    #[serde(rename = "SDK", default)]
    sdk: Vec<RawSdk>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct RawSdk {
    name: String,
    package: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct RawAction {
    name: String,
    service: String,
    /// The values of condition keys.
    #[serde(default)]
    context: BTreeMap<String, Vec<String>>,
}

/// Reads the unpacked crate. Operations without actions are left out: that AWS lists no action does not say that it needs no permission.
pub fn read(folder: &Path) -> Result<ServiceReference, Error> {
    let root = folder.join("data").join("sar");
    let manifest: Manifest = read_json(&root.join("manifest.json"), PACKAGE)?;
    let catalogue: RawCatalogue = read_json(&root.join("catalog.json"), PACKAGE)?;
    let mut operations = BTreeMap::<String, Vec<Authorized>>::new();
    for raw in catalogue.services {
        let of_service = operations.entry(raw.service).or_default();
        for operation in raw.document.operations {
            let actions = || operation.authorized_actions.iter();
            if operation.authorized_actions.is_empty() {
                continue;
            }
            let passed = actions().filter_map(|action| action.context.get("iam:PassedToService"));
            let python = operation.sdk.iter().filter(|sdk| sdk.package == "Boto3");
            of_service.push(Authorized {
                sdks: python.map(|sdk| sdk.name.clone()).collect(),
                actions: actions()
                    .map(|action| format!("{}:{}", action.service, action.name))
                    .collect(),
                passed_to: passed.flatten().cloned().collect(),
                operation: operation.name,
            });
        }
    }
    Ok(ServiceReference {
        date: manifest.retrieved_at.split('T').next().unwrap_or_default().to_owned(),
        operations,
    })
}
