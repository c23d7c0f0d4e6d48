//! Makes `data/cloudformation-references.txt` anew, from the package `@aws-cdk/aws-service-spec` (Apache-2.0), in which AWS
//! publishes what `CloudFormation` knows of each resource type:
//!
//! ```sh
//! npm pack @aws-cdk/aws-service-spec && tar xf aws-cdk-aws-service-spec-*.tgz
//! zcat package/db.json.gz | cargo run -p policy-files --example references > policy-core/files/data/cloudformation-references.txt
//! ```
//!
//! The names of Terraform's resource types are those of the folders of `@cdktf/provider-aws`; a type is the same as one of
//! `CloudFormation` where its name is made of the service and the resource in the same way:
//!
//! ```sh
//! npm pack @cdktf/provider-aws && tar tf cdktf-provider-aws-*.tgz | sed -n 's#^package/lib/\([a-z0-9-]*\)/index.d.ts$#\1#p' > names
//! zcat package/db.json.gz | cargo run -p policy-files --example references -- names > policy-core/files/data/terraform-references.txt
//! ```
//!
//! Only types whose ARN is one of the service authorization reference are taken, since only these can be held against
//! actions.

use std::collections::HashSet;
use std::error::Error;
use std::fs;
use std::io::{self, BufWriter, Read, Write};

use policy_core::catalogue;
use serde_json::Value;

const TERRAFORM: &str = "\
# What the attribute `arn` of a resource type of Terraform's AWS provider is: TYPE ARN-FORMAT arn=arn
# Made by examples/references.rs from the npm packages @cdktf/provider-aws and @aws-cdk/aws-service-spec; do not edit.
";

const HEAD: &str = "\
# What `Fn::GetAtt` and `Ref` give of a resource type: TYPE ARN-FORMAT arn=ATTRIBUTE,... name=ATTRIBUTE,... other-name=Ref id=Ref
# url=Ref. `Ref` is among the attributes. `name` is the last variable of the format; `other-name`, `id` and `url` are not.
# Made by examples/references.rs from the npm package @aws-cdk/aws-service-spec; do not edit.
";

fn main() -> Result<(), Box<dyn Error>> {
    let mut json = String::new();
    io::stdin().read_to_string(&mut json)?;
    let specification: Value = serde_json::from_str(&json)?;
    let formats: HashSet<&str> = catalogue::services()
        .flat_map(|service| service.resource_types().collect::<Vec<_>>())
        .flat_map(|resource| resource.arn_formats())
        .map(policy_core::arn::ArnFormat::as_str)
        .collect();
    let resources = specification
        .pointer("/schema/resource/entities")
        .and_then(Value::as_array);
    let rows = resources
        .ok_or("the package has no resources")?
        .iter()
        .filter_map(|resource| row(resource, &formats));
    let (head, mut rows) = match std::env::args().nth(1) {
        Some(file) => (TERRAFORM, of_terraform(rows, &fs::read_to_string(file)?)),
        None => (HEAD, rows.collect()),
    };
    rows.sort();
    let mut out = BufWriter::new(io::stdout().lock());
    out.write_all(head.as_bytes())?;
    for row in rows {
        writeln!(out, "{row}")?;
    }
    Ok(out.flush()?)
}

/// The row of a resource type, if it has an ARN or a name that is part of one.
fn row(resource: &Value, formats: &HashSet<&str>) -> Option<String> {
    let name = resource.get("cloudFormationType")?.as_str()?;
    let format = resource.get("arnTemplate")?.as_str()?;
    if !formats.contains(format) {
        return None;
    }
    let identifier = identifier(resource);
    let last = name.rsplit("::").next()?;
    let own = format!("{last}Arn");
    let is_arn = |attribute: &str| attribute == "Arn" || attribute == own;
    let attributes = resource.get("attributes")?.as_object()?;
    let mut arns: Vec<&str> = attributes
        .keys()
        .map(String::as_str)
        .filter(|attribute| is_arn(attribute) || identifier == Some(*attribute) && attribute.ends_with("Arn"))
        .collect();
    let variable = format
        .rsplit_once("${")
        .and_then(|(_, variable)| variable.strip_suffix('}'));
    let mut names: Vec<&str> = attributes
        .keys()
        .map(String::as_str)
        .filter(|attribute| variable == Some(attribute))
        .collect();
    match identifier {
        Some(identifier) if is_arn(identifier) || arns.contains(&identifier) => arns.push("Ref"),
        Some(identifier) if variable == Some(identifier) => names.push("Ref"),
        _ => {}
    }
    let is_told = arns.contains(&"Ref") || names.contains(&"Ref");
    let other = identifier.filter(|_| !is_told).and_then(no_arn);
    let listed = |what: &str, attributes: &[&str]| match attributes {
        [] => String::new(),
        attributes => format!(" {what}={}", attributes.join(",")),
    };
    let (arns, names) = (listed("arn", &arns), listed("name", &names));
    let other = other.map(|other| listed(other, &["Ref"])).unwrap_or_default();
    let known = format!("{arns}{names}{other}");
    (!known.is_empty()).then(|| format!("{name} {format}{known}"))
}

/// What a property is that is not an ARN, as its name says. `Id` alone does not: that of a secret is its ARN.
fn no_arn(property: &str) -> Option<&'static str> {
    let kinds = [("Name", "other-name"), ("Url", "url"), ("Id", "id")];
    let (_, kind) = kinds.into_iter().find(|(end, _)| property.ends_with(end))?;
    (property != "Id").then_some(kind)
}

/// The property or attribute that `Ref` gives.
fn identifier(resource: &Value) -> Option<&str> {
    let reference = resource
        .get("cfnRefIdentifier")
        .or_else(|| resource.get("primaryIdentifier"))?;
    let mut identifiers = reference.as_array()?.iter();
    let only = identifiers.next()?.as_str();
    only.filter(|_| identifiers.next().is_none())
}

/// What Terraform calls a service of `CloudFormation`, where that is not its name in small letters.
const SERVICES: [(&str, &[&str]); 22] = [
    ("APS", &["prometheus"]),
    ("ApiGateway", &["api-gateway"]),
    ("AutoScaling", &["", "autoscaling"]),
    ("CertificateManager", &["acm"]),
    ("CloudWatch", &["cloudwatch"]),
    ("DirectoryService", &["directory-service"]),
    ("EC2", &["", "ec2"]),
    ("ElastiCache", &["elasticache"]),
    ("ElasticLoadBalancing", &[""]),
    ("ElasticLoadBalancingV2", &["", "lb"]),
    ("EventSchemas", &["schemas"]),
    ("Events", &["cloudwatch-event", "cloudwatch"]),
    ("InspectorV2", &["inspector2"]),
    ("KinesisFirehose", &["kinesis-firehose"]),
    ("Logs", &["cloudwatch"]),
    ("AmazonMQ", &["mq"]),
    ("OpenSearchService", &["opensearch"]),
    ("RDS", &["rds", "db", ""]),
    ("SES", &["ses", "sesv2"]),
    ("SSO", &["ssoadmin"]),
    ("ServiceDiscovery", &["service-discovery"]),
    ("StepFunctions", &["sfn"]),
];

/// The rows of the types that Terraform has too, by its names.
fn of_terraform(rows: impl Iterator<Item = String>, names: &str) -> Vec<String> {
    let names: HashSet<&str> = names.lines().collect();
    let mut found = Vec::new();
    for row in rows.filter(|row| row.contains(" arn=")) {
        let mut words = row.split(' ');
        let (Some(name), Some(format)) = (words.next(), words.next()) else {
            continue;
        };
        let mut parts = name.split("::").skip(1);
        let (Some(service), Some(resource)) = (parts.next(), parts.next()) else {
            continue;
        };
        let lower = service.to_ascii_lowercase();
        let known = SERVICES.iter().find(|(own, _)| *own == service);
        let prefixes = known.map_or_else(|| vec![lower.as_str()], |(_, prefixes)| prefixes.to_vec());
        for prefix in prefixes {
            let resource = kebab(resource);
            for resource in [resource.replace('-', ""), resource] {
                let name = if prefix.is_empty() {
                    resource
                } else {
                    format!("{prefix}-{resource}")
                };
                if names.contains(name.as_str()) {
                    found.push(format!("aws_{} {format} arn=arn", name.replace('-', "_")));
                }
            }
        }
    }
    found.dedup();
    found
}

/// `DBInstance` as `db-instance`.
fn kebab(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut kebab = String::new();
    for (index, letter) in letters.iter().enumerate() {
        let is_upper = |at: usize| letters.get(at).is_some_and(char::is_ascii_uppercase);
        let is_lower = |at: usize| letters.get(at).is_some_and(char::is_ascii_lowercase);
        let starts = index > 0 && is_upper(index) && (!is_upper(index - 1) || is_lower(index + 1));
        if starts {
            kebab.push('-');
        }
        kebab.push(letter.to_ascii_lowercase());
    }
    kebab
}
