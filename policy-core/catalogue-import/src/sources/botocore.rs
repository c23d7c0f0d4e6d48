//! The package `botocore` (Apache-2.0): the names of API operations and the requests they are, partitions and Regions.
//!
//! Names of operations only: an operation is never made into an action.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{entries, read_json};
use crate::error::Error;
use crate::model::Partition;

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

#[derive(Deserialize)]
struct Model {
    metadata: Metadata,
    operations: BTreeMap<String, RawOperation>,
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
}

#[derive(Deserialize)]
struct RawHttp {
    method: String,
    #[serde(rename = "requestUri", default)]
    request_uri: String,
}

/// Reads the service models of the unpacked wheel, every version of each.
pub fn operations(folder: &Path) -> Result<Operations, Error> {
    let mut operations = Operations::new();
    for service in entries(&data(folder), PACKAGE)? {
        if !service.is_dir() {
            continue;
        }
        for version in entries(&service, PACKAGE)? {
            let Some(path) = ["service-2.json", "service-2.json.gz"]
                .iter()
                .map(|name| version.join(name))
                .find(|path| path.exists())
            else {
                continue;
            };
            let model: Model = read_json(&path, PACKAGE)?;
            let rest = model.metadata.protocol.starts_with("rest");
            let prefix = model.metadata.signing_name.unwrap_or(model.metadata.endpoint_prefix);
            let known = operations.entry(prefix).or_default();
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
    }
    if operations.is_empty() {
        return Err(Error::Missing {
            path: data(folder).join("s3"),
            package: PACKAGE,
        });
    }
    Ok(operations)
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
