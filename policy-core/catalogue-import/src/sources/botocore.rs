//! The package `botocore` (Apache-2.0): the names of API operations and the requests they are, the strings that they take
//! and return, partitions and Regions.
//!
//! Names of operations only: an operation is never made into an action.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{entries, read_json};
use crate::error::Error;
use crate::model::{Partition, folded};

const PACKAGE: &str = "botocore";

/// The operations of every prefix: by the name under which requests are signed, then by the operation's name.
///
/// Several APIs sign under one prefix (S3 and S3 Control), and one operation may stand in several of them.
pub type Operations = BTreeMap<String, BTreeMap<String, Vec<Request>>>;

/// The HTTP request that an operation is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Whether the path tells operations apart; the query and JSON protocols post everything to `/`.
    pub rest: bool,
    pub method: String,
    /// `/{Bucket}?list-type=2`.
    pub uri: String,
}

/// What the models of all services contain.
#[derive(Debug, Default)]
pub struct Models {
    pub operations: Operations,
    /// The strings of every prefix.
    pub strings: BTreeMap<String, Strings>,
    /// The parameter with the role that an operation cannot be called without, `PermissionsConfig.RoleArn`, by the name that
    /// the SDK has for its service and its own.
    pub required_roles: BTreeMap<(String, String), String>,
}

/// The strings of a service's newest APIs, by name in lowercase.
#[derive(Debug, Default)]
pub struct Strings {
    /// Those that have the name themselves.
    pub shapes: BTreeMap<String, BTreeSet<StringShape>>,
    /// Those of the members of a structure that have the name.
    pub members: BTreeMap<String, BTreeSet<StringShape>>,
    /// The operations that take a member of that name.
    pub takers: BTreeMap<String, BTreeSet<String>>,
}

/// What a model says of a string.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct StringShape {
    /// The regular expression that it has to match.
    pub pattern: Option<String>,
    pub min: Option<u64>,
    pub max: Option<u64>,
}

#[derive(Deserialize)]
struct Model {
    metadata: Metadata,
    operations: BTreeMap<String, RawOperation>,
    #[serde(default)]
    shapes: BTreeMap<String, RawShape>,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum RawShape {
    String {
        pattern: Option<String>,
        min: Option<u64>,
        max: Option<u64>,
        #[serde(rename = "enum", default)]
        values: Vec<IgnoredAny>,
    },
    Structure {
        members: BTreeMap<String, RawReference>,
        #[serde(default)]
        required: BTreeSet<String>,
    },
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct RawReference {
    shape: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Metadata {
    endpoint_prefix: String,
    signing_name: Option<String>,
    protocol: String,
}

#[derive(Deserialize)]
struct RawOperation {
    http: RawHttp,
    input: Option<RawReference>,
}

#[derive(Deserialize)]
struct RawHttp {
    method: String,
    #[serde(rename = "requestUri", default)]
    request_uri: String,
}

/// Reads the service models of the unpacked wheel: the operations of every version of each, and the strings of the newest.
pub fn models(folder: &Path) -> Result<Models, Error> {
    let mut models = Models::default();
    for service in entries(&data(folder), PACKAGE)? {
        if !service.is_dir() {
            continue;
        }
        let versions: Vec<PathBuf> = entries(&service, PACKAGE)?
            .iter()
            .flat_map(|version| ["service-2.json", "service-2.json.gz"].map(|name| version.join(name)))
            .filter(|path| path.exists())
            .collect();
        for (at, path) in versions.iter().enumerate() {
            let model: Model = read_json(path, PACKAGE)?;
            let prefix = model.prefix().to_owned();
            if at + 1 == versions.len() {
                models.strings.entry(prefix.clone()).or_default().add(&model);
                let sdk = service.file_name().unwrap_or_default().to_string_lossy();
                let roles = model.operations.keys().filter_map(|operation| {
                    let parameter = model.required_role(operation)?;
                    Some(((sdk.to_string(), operation.clone()), parameter))
                });
                models.required_roles.extend(roles);
            }
            add_operations(models.operations.entry(prefix).or_default(), model);
        }
    }
    if models.operations.is_empty() {
        return Err(Error::Missing {
            path: data(folder).join("s3"),
            package: PACKAGE,
        });
    }
    Ok(models)
}

fn add_operations(known: &mut BTreeMap<String, Vec<Request>>, model: Model) {
    let rest = model.metadata.protocol.starts_with("rest");
    for (name, operation) in model.operations {
        let request = Request {
            rest,
            method: operation.http.method,
            uri: operation.http.request_uri,
        };
        let requests = known.entry(name).or_default();
        if !requests.contains(&request) {
            requests.push(request);
        }
    }
}

impl Model {
    /// The name under which its requests are signed.
    fn prefix(&self) -> &str {
        let metadata = &self.metadata;
        metadata.signing_name.as_ref().unwrap_or(&metadata.endpoint_prefix)
    }

    /// A string that is not one of a few values.
    fn string(&self, shape: &str) -> Option<StringShape> {
        match self.shapes.get(shape)? {
            RawShape::String {
                pattern,
                min,
                max,
                values,
            } if values.is_empty() => Some(StringShape {
                pattern: pattern.clone(),
                min: *min,
                max: *max,
            }),
            _ => None,
        }
    }

    fn members(&self, shape: &str) -> impl Iterator<Item = (&String, &RawReference)> {
        match self.shapes.get(shape) {
            Some(RawShape::Structure { members, .. }) => Some(members),
            _ => None,
        }
        .into_iter()
        .flatten()
    }

    fn required_role(&self, operation: &str) -> Option<String> {
        let input = self.operations.get(operation)?.input.as_ref()?;
        self.required_role_in(&input.shape, 3)
    }

    /// The first member that is a role and required, of the shape or of a required structure in it.
    fn required_role_in(&self, shape: &str, depth: usize) -> Option<String> {
        let Some(RawShape::Structure { members, required }) = self.shapes.get(shape) else {
            return None;
        };
        let mut asked = members.iter().filter(|(member, _)| required.contains(*member));
        asked.find_map(|(member, reference)| match self.shapes.get(&reference.shape)? {
            RawShape::String { .. } | RawShape::Other => is_role(member).then(|| member.clone()),
            RawShape::Structure { .. } if depth > 0 => {
                let inner = self.required_role_in(&reference.shape, depth - 1)?;
                Some(format!("{member}.{inner}"))
            }
            RawShape::Structure { .. } => None,
        })
    }
}

/// `ExecutionRoleArn`, `roleArns`; not `roleAlias`.
fn is_role(member: &str) -> bool {
    let name = member.to_ascii_lowercase();
    let ends = ["role", "rolearn", "rolearns", "rolename"];
    ends.iter().any(|end| name.ends_with(end))
}

impl Strings {
    fn add(&mut self, model: &Model) {
        for name in model.shapes.keys() {
            if let Some(string) = model.string(name) {
                self.shapes.entry(folded(name)).or_default().insert(string);
            }
            for (member, reference) in model.members(name) {
                if let Some(string) = model.string(&reference.shape) {
                    self.members.entry(folded(member)).or_default().insert(string);
                }
            }
        }
        for (name, operation) in &model.operations {
            let input = operation.input.as_ref().map(|input| model.members(&input.shape));
            for (member, _) in input.into_iter().flatten() {
                self.takers.entry(folded(member)).or_default().insert(name.clone());
            }
        }
    }
}

#[derive(Deserialize)]
struct Partitions {
    partitions: Vec<RawPartition>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawPartition {
    id: String,
    outputs: RawOutputs,
    region_regex: String,
    regions: BTreeMap<String, serde_json::Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawOutputs {
    dns_suffix: String,
    dual_stack_dns_suffix: String,
    implicit_global_region: String,
}

#[derive(Deserialize)]
struct Endpoints {
    partitions: Vec<EndpointPartition>,
}

#[derive(Deserialize)]
struct EndpointPartition {
    partition: String,
    regions: BTreeMap<String, serde_json::Value>,
}

/// Reads the partitions: `partitions.json` for what they are, the Regions from there and from `endpoints.json`.
pub fn partitions(folder: &Path) -> Result<BTreeMap<String, Partition>, Error> {
    let path = data(folder).join("partitions.json");
    let raw: Partitions = read_json(&path, PACKAGE)?;
    let endpoints: Endpoints = read_json(&data(folder).join("endpoints.json"), PACKAGE)?;
    let mut partitions = BTreeMap::new();
    for partition in raw.partitions {
        let Some(region_prefixes) = region_prefixes(&partition.region_regex) else {
            return Err(Error::Shape {
                path,
                cause: format!(
                    "the Regions of `{}` are `{}`, expected `^(a|b)\\-\\w+\\-\\d+$`",
                    partition.id, partition.region_regex
                ),
            });
        };
        // `aws-global` and the like name an endpoint, not a place.
        let pseudo = format!("{}-global", partition.id);
        let mut regions: BTreeSet<String> = partition.regions.into_keys().filter(|name| *name != pseudo).collect();
        for known in endpoints
            .partitions
            .iter()
            .filter(|known| known.partition == partition.id)
        {
            regions.extend(known.regions.keys().cloned());
        }
        let outputs = partition.outputs;
        partitions.insert(
            partition.id,
            Partition {
                dns_suffix: outputs.dns_suffix,
                dual_stack: outputs.dual_stack_dns_suffix,
                global_region: outputs.implicit_global_region,
                region_prefixes,
                regions,
            },
        );
    }
    Ok(partitions)
}

/// `^(us|eu)\-\w+\-\d+$` says that Regions begin with `us` or `eu`.
fn region_prefixes(regex: &str) -> Option<BTreeSet<String>> {
    let front = regex
        .strip_prefix('^')?
        .strip_suffix(r"\-\w+\-\d+$")?
        .replace(r"\-", "-");
    let prefixes: BTreeSet<String> = match front.split_once('(') {
        Some((before, group)) => group
            .strip_suffix(')')?
            .split('|')
            .map(|alternative| format!("{before}{alternative}"))
            .collect(),
        None => BTreeSet::from([front]),
    };
    let plain = |prefix: &String| prefix.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    prefixes.iter().all(plain).then_some(prefixes)
}

fn data(folder: &Path) -> PathBuf {
    folder.join("botocore").join("data")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_pattern_is_its_beginnings() {
        let of = |regex| region_prefixes(regex).map(|found| found.into_iter().collect::<Vec<_>>());
        assert_eq!(of(r"^(us|eu)\-\w+\-\d+$"), Some(vec!["eu".to_owned(), "us".to_owned()]));
        assert_eq!(of(r"^us\-gov\-\w+\-\d+$"), Some(vec!["us-gov".to_owned()]));
        assert_eq!(of(r"^eusc\-(de)\-\w+\-\d+$"), Some(vec!["eusc-de".to_owned()]));
        assert_eq!(of(r"^(us|e.)\-\w+\-\d+$"), None);
        assert_eq!(of(r"^us\-\w+$"), None);
    }
}
