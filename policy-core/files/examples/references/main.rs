//! Makes `data/cloudformation-references.txt` anew, from the package `@aws-cdk/aws-service-spec` (Apache-2.0), in which AWS
//! publishes what `CloudFormation` knows of each resource type:
//!
//! ```sh
//! npm pack @aws-cdk/aws-service-spec && tar xf aws-cdk-aws-service-spec-*.tgz
//! zcat package/db.json.gz | cargo run -p policy-files --example references > policy-core/files/data/cloudformation-references.txt
//! ```
//!
//! Terraform's resource types and their attributes are those of `@cdktf/provider-aws`; a type is the same as one of
//! `CloudFormation` where its name is made of the service and the resource in the same way. What its `id` is, the name or the ARN,
//! is what Crossplane's provider makes it of (CC0-1.0), `config/externalname.go` of the repository
//! `crossplane-contrib/provider-upjet-aws`:
//!
//! ```sh
//! npm pack @cdktf/provider-aws && tar xf cdktf-provider-aws-*.tgz
//! zcat package/db.json.gz | cargo run -p policy-files --example references -- package/lib externalname.go \
//!     > policy-core/files/data/terraform-references.txt
//! ```
//!
//! Only types whose ARN is one of the service authorization reference are taken, since only these can be held against
//! actions.

mod terraform;

use std::collections::HashSet;
use std::error::Error;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

use policy_core::catalogue;
use serde_json::Value;

const HEAD: &str = "\
# What `Fn::GetAtt` and `Ref` give of a resource type: TYPE ARN-FORMAT arn=ATTRIBUTE,... name=ATTRIBUTE,... other-name=Ref id=Ref
# url=Ref. `Ref` is among the attributes. `name` is the last variable of the format; `other-name`, `id` and `url` are not.
# Made by examples/references from the npm package @aws-cdk/aws-service-spec; do not edit.
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
    let mut arguments = std::env::args().skip(1);
    let (head, mut rows) = match (arguments.next(), arguments.next()) {
        (Some(types), Some(names)) => (
            terraform::HEAD,
            terraform::rows(rows, Path::new(&types), Path::new(&names))?,
        ),
        _ => (HEAD, rows.collect()),
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
