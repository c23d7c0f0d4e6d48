//! The rows of the types that Terraform has too, by its names.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::error::Error;
use std::fs;
use std::path::Path;

pub(crate) const HEAD: &str = "\
# What attributes of a resource type of Terraform's AWS provider are: TYPE ARN-FORMAT arn=ATTRIBUTE,... name=ATTRIBUTE,...
# other-name=ATTRIBUTE,... id=ATTRIBUTE,... `name` is the last variable of the format; `other-name` and `id` are not.
# Made by examples/references from the npm packages @cdktf/provider-aws and @aws-cdk/aws-service-spec, and from
# crossplane-contrib/provider-upjet-aws; do not edit.
";

/// What the specification does not have.
const BY_HAND: &str = include_str!("../../data/references.txt");

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

/// What the attribute `id` is.
#[derive(Clone, Copy)]
enum Identifier<'t> {
    /// The same as this attribute.
    Attribute(&'t str),
    /// The ARN, which ends with this attribute.
    Arn(&'t str),
    /// What AWS has given it.
    Given,
}

pub(crate) fn rows(
    rows: impl Iterator<Item = String>,
    types: &Path,
    identifiers: &Path,
) -> Result<Vec<String>, Box<dyn Error>> {
    let text = fs::read_to_string(identifiers)?;
    let identifiers: HashMap<&str, Identifier<'_>> = text.lines().filter_map(identifier).collect();
    let folders = fs::read_dir(types)?;
    let names = folders.filter_map(|folder| folder.ok()?.file_name().into_string().ok());
    let names: HashSet<String> = names.collect();
    let mut found = Vec::new();
    for row in rows.filter(|row| row.contains(" arn=")) {
        let mut words = row.split(' ');
        let (Some(name), Some(format)) = (words.next(), words.next()) else {
            continue;
        };
        for own in names_of(name).iter().filter(|own| names.contains(*own)) {
            let class = fs::read_to_string(types.join(own).join("index.d.ts"))?;
            let name = format!("aws_{}", own.replace('-', "_"));
            let identifier = identifiers.get(name.as_str()).copied();
            found.extend(
                known(&row, format, &attributes(&class), identifier).map(|known| format!("{name} {format}{known}")),
            );
        }
    }
    // What is known of the ARNs of other types is written by hand.
    let is_other = |row: &&str| {
        let name = row.split(' ').next().unwrap_or_default();
        name.starts_with("aws_")
            && row.contains(" arn=arn")
            && !found.iter().any(|own| own.starts_with(&format!("{name} ")))
    };
    let mut others = Vec::new();
    for row in BY_HAND.lines().filter(is_other) {
        let mut words = row.split(' ');
        let (Some(name), Some(format)) = (words.next(), words.next()) else {
            continue;
        };
        let folder = types.join(name.trim_start_matches("aws_").replace('_', "-"));
        let class = fs::read_to_string(folder.join("index.d.ts"))?;
        let identifier = identifiers.get(name).copied();
        others
            .extend(known(row, format, &attributes(&class), identifier).map(|known| format!("{name} {format}{known}")));
    }
    found.extend(others);
    found.sort();
    found.dedup();
    Ok(found)
}

/// What is known of the attributes of a type.
fn known(row: &str, format: &str, attributes: &BTreeSet<String>, identifier: Option<Identifier<'_>>) -> Option<String> {
    let is_there = |attribute: &str| attributes.contains(attribute);
    if !is_there("arn") {
        return None;
    }
    let variable = format.rsplit_once("${")?.1;
    let is_last = variable.ends_with("Name}") || variable.ends_with("Id}");
    let own = kebab(variable.trim_end_matches('}')).replace('-', "_");
    let mut names: BTreeSet<&str> = BTreeSet::new();
    names.extend(["name", own.as_str()].into_iter().filter(|name| is_there(name)));
    let (mut arns, mut ids) = (vec!["arn"], Vec::new());
    match identifier {
        Some(Identifier::Attribute(name)) if is_there(name) => names.extend(["id", name]),
        Some(Identifier::Arn(name)) => {
            arns.push("id");
            names.extend(Some(name).filter(|name| is_there(name)));
        }
        // What AWS gives is an ID here if it is one in `CloudFormation`, whose `Ref` is then not the ARN.
        Some(Identifier::Given) if is_given_id(row) => ids.push("id"),
        _ => {}
    }
    names.retain(|name| !name.ends_with("arn"));
    // An ID is in the ARN where a name is not, and the reverse.
    let is_id = variable.ends_with("Id}");
    let (last, other): (Vec<&str>, Vec<&str>) = names.into_iter().partition(|name| {
        let has_id = *name == own || name.ends_with("id") || name.ends_with("identifier");
        is_last && (!is_id || has_id)
    });
    let (last, ids) = if is_id && is_last {
        ([last, ids].concat(), Vec::new())
    } else {
        (last, ids)
    };
    let listed = |what: &str, attributes: &[&str]| match attributes {
        [] => String::new(),
        attributes => format!(" {what}={}", attributes.join(",")),
    };
    Some(
        [
            listed("arn", &arns),
            listed("name", &last),
            listed("other-name", &other),
            listed("id", &ids),
        ]
        .concat(),
    )
}

/// Whether `Ref` is an ID that AWS gives.
fn is_given_id(row: &str) -> bool {
    let of = |attributes: &str| attributes.split(',').any(|attribute| attribute == "Ref");
    row.split(' ').any(|word| match word.split_once('=') {
        Some(("name" | "id", attributes)) => of(attributes) && row.contains("Id}"),
        _ => false,
    })
}

/// A line of Crossplane's provider that says what `id` is made of.
fn identifier(line: &str) -> Option<(&str, Identifier<'_>)> {
    let (name, made) = line.trim().strip_prefix('"')?.split_once("\":")?;
    let made = made.trim().trim_end_matches(',');
    let made = made.strip_prefix("config.").unwrap_or(made);
    let parameter = made.split('"').nth(1).unwrap_or_default();
    let identifier = match made.split('(').next()? {
        "NameAsIdentifier" => Identifier::Attribute("name"),
        "ParameterAsIdentifier" => Identifier::Attribute(parameter),
        "TemplatedStringAsIdentifier" if made.contains("ARNTemplate(") => Identifier::Arn(parameter),
        "IdentifierFromProvider" => Identifier::Given,
        _ => return None,
    };
    Some((name, identifier))
}

/// The attributes of a resource type that are texts.
fn attributes(class: &str) -> BTreeSet<String> {
    let lines = class
        .lines()
        .skip_while(|line| !line.contains(" extends cdktf.TerraformResource "));
    let own = lines.take_while(|line| *line != "}");
    let names = own.filter_map(|line| line.trim().strip_prefix("get ")?.strip_suffix("(): string;"));
    names.map(|name| kebab(name).replace('-', "_")).collect()
}

/// The names that a type of `CloudFormation` may have as a folder.
fn names_of(name: &str) -> Vec<String> {
    let mut parts = name.split("::").skip(1);
    let (Some(service), Some(resource)) = (parts.next(), parts.next()) else {
        return Vec::new();
    };
    let lower = service.to_ascii_lowercase();
    let known = SERVICES.iter().find(|(own, _)| *own == service);
    let prefixes = known.map_or_else(|| vec![lower.as_str()], |(_, prefixes)| prefixes.to_vec());
    let resource = kebab(resource);
    let resources = [resource.replace('-', ""), resource];
    let names = prefixes.into_iter().flat_map(|prefix| {
        resources.iter().map(move |resource| match prefix {
            "" => resource.clone(),
            prefix => format!("{prefix}-{resource}"),
        })
    });
    names.collect()
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
