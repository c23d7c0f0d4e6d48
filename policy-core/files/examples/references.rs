//! Makes `data/cloudformation-references.txt` anew, from the package `@aws-cdk/aws-service-spec` (Apache-2.0), in which AWS
//! publishes what `CloudFormation` knows of each resource type:
//!
//! ```sh
//! npm pack @aws-cdk/aws-service-spec && tar xf aws-cdk-aws-service-spec-*.tgz
//! zcat package/db.json.gz | cargo run -p policy-files --example references > policy-core/files/data/cloudformation-references.txt
//! ```
//!
//! Only types whose ARN is one of the service authorization reference are taken, since only these can be held against
//! actions.

use std::collections::HashSet;
use std::error::Error;
use std::io::{self, BufWriter, Read, Write};

use policy_core::catalogue;
use serde_json::Value;

const HEAD: &str = "\
# What `Fn::GetAtt` and `Ref` give of a resource type: TYPE ARN-FORMAT arn=ATTRIBUTE,... name=ATTRIBUTE,...
# `Ref` is among the attributes. `name` is the last variable of the format.
# Made by examples/references.rs from the npm package @aws-cdk/aws-service-spec; do not edit.
";

fn main() -> Result<(), Box<dyn Error>> {
    let mut json = String::new();
    io::stdin().read_to_string(&mut json)?;
    let specification: Value = serde_json::from_str(&json)?;
    let formats: HashSet<&str> = catalogue::services()
        .flat_map(|service| service.resource_types().collect::<Vec<_>>())
        .flat_map(|resource| resource.arn_formats())
        .collect();
    let resources = specification
        .pointer("/schema/resource/entities")
        .and_then(Value::as_array);
    let mut rows: Vec<String> = resources
        .ok_or("the package has no resources")?
        .iter()
        .filter_map(|resource| row(resource, &formats))
        .collect();
    rows.sort();
    let mut out = BufWriter::new(io::stdout().lock());
    out.write_all(HEAD.as_bytes())?;
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
    let listed = |what: &str, attributes: &[&str]| match attributes {
        [] => String::new(),
        attributes => format!(" {what}={}", attributes.join(",")),
    };
    let (arns, names) = (listed("arn", &arns), listed("name", &names));
    (!arns.is_empty() || !names.is_empty()).then(|| format!("{name} {format}{arns}{names}"))
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
