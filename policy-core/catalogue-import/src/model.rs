//! The catalogue while it is put together: what the text files will say, in the order in which they say it.

use std::collections::{BTreeMap, BTreeSet};

/// Names in the order of the text files: by their ASCII lower-case bytes, so that the reader can search in any case.
///
/// The key is the folded name, the value carries the name as AWS writes it.
pub type ByName<T> = BTreeMap<String, T>;

/// A name as [`ByName`] sorts it.
pub fn folded(name: &str) -> String {
    name.to_ascii_lowercase()
}

/// A year and month, `2026-10`.
pub type Month = String;

/// All that is known.
#[derive(Debug, Default, Clone)]
pub struct Catalogue {
    /// Services by prefix.
    pub services: BTreeMap<String, Service>,
    /// Services that AWS documented once: their name and when they were seen last.
    pub retired: BTreeMap<String, Retired>,
    /// The keys of requests to any service.
    pub global_keys: ByName<GlobalKey>,
    /// Partitions and their Regions, in the order of their names.
    pub partitions: BTreeMap<String, Partition>,
    /// The actions that some requests of an operation need besides, by the operation's name with its service's prefix.
    pub further_actions: ByName<Operation>,
    /// The roles without which operations cannot be called, by the action's name with its service's prefix.
    pub passed_roles: ByName<PassedRole>,
    /// The page of each service in AWS's reference whose name is not the service's prefix; none where it is not known which.
    pub pages: BTreeMap<String, Option<String>>,
    /// Names that AWS uses and does not document, each with the policy that has it.
    pub undocumented: BTreeMap<String, String>,
}

impl Catalogue {
    /// All actions, each as policies have it: `s3:GetObject`.
    pub fn qualified_actions(&self) -> impl Iterator<Item = String> {
        self.services.iter().flat_map(|(prefix, service)| {
            let actions = service.actions.values();
            actions.map(move |action| format!("{prefix}:{}", action.name))
        })
    }
}

/// One service prefix.
#[derive(Debug, Default, Clone)]
pub struct Service {
    /// `AWS Secrets Manager`.
    pub name: String,
    /// Whether resource control policies apply to it.
    pub rcp: bool,
    /// Its condition keys.
    pub keys: ByName<Key>,
    /// Its resource types.
    pub resources: ByName<ResourceType>,
    /// Its actions.
    pub actions: ByName<Action>,
    /// API operations that are no actions, each with the names of the actions that authorize it.
    pub operations: ByName<Operation>,
    /// Actions that AWS documented once.
    pub removed: ByName<Removed>,
}

/// A condition key and its type as AWS writes it, `ArrayOfString`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    pub name: String,
    pub value_type: String,
}

/// A condition key of every service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GlobalKey {
    pub key: Key,
    /// A request carries it only where the service's page lists it, as the tags of a resource are.
    pub listed: bool,
}

/// A resource type.
#[derive(Debug, Default, Clone)]
pub struct ResourceType {
    pub name: String,
    pub arns: Vec<String>,
    pub keys: ByName<String>,
    /// What the variables of its formats are made of.
    pub names: ByName<NameFact>,
}

/// What a variable of a format is made of: `TableName`, `[-.0-9A-Z_a-z]{3,255}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameFact {
    pub name: String,
    pub fact: String,
}

/// An action.
#[derive(Debug, Default, Clone)]
pub struct Action {
    pub name: String,
    /// `read`, `list`, `write`, `tagging`, `permissions-management`.
    pub levels: Vec<String>,
    pub keys: ByName<String>,
    /// Actions that a caller needs besides, whatever the resource.
    pub needs: BTreeSet<String>,
    pub on: ByName<ActionResource>,
}

/// A resource type as one action uses it.
#[derive(Debug, Default, Clone)]
pub struct ActionResource {
    pub name: String,
    pub required: bool,
    pub keys: ByName<String>,
    pub needs: BTreeSet<String>,
}

/// An API operation, and actions that its requests are authorized as.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Operation {
    pub name: String,
    /// With their prefix where they are of another service.
    pub actions: BTreeSet<String>,
}

/// The role that an operation passes to a service, always.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassedRole {
    /// `lambda:CreateFunction`.
    pub name: String,
    /// `Role`, `IngestConfig.RoleArn`.
    pub parameter: String,
    /// To which services, `lambda.amazonaws.com`; none where AWS does not say.
    pub services: BTreeSet<String>,
}

/// An action that is documented no longer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    pub name: String,
    pub last_seen: Month,
}

/// A service that is documented no longer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retired {
    pub name: String,
    pub last_seen: Month,
}

/// A partition of AWS.
#[derive(Debug, Default, Clone)]
pub struct Partition {
    pub dns_suffix: String,
    pub dual_stack: String,
    pub global_region: String,
    /// What a Region's name begins with in this partition, `us-gov`.
    pub region_prefixes: BTreeSet<String>,
    pub regions: BTreeSet<String>,
}
