//! The names in ARNs are made of what the catalogue has for the same variables, from the models of the services' own APIs.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::super::*;
use crate::arn::{ArnFormat, Field, NameFormat};
use crate::catalogue;

/// Where a type of names differs from the catalogue: the type of ARNs and the variable, how they differ, and why.
const DIFFERENT: &[(&str, &str, &str)] = &[
    ("QueueArn QueueName", "only the catalogue has .", FIFO),
    ("TopicArn TopicName", "only the catalogue has .", FIFO),
];

/// The type is the narrower one.
const FIFO: &str = "a name has a dot only in the `.fifo` at its end";

/// Every variable of the ARN types for which the catalogue has what it is made of.
fn variables() -> Vec<(ArnKind, &'static str, NameKind, NameFormat<'static>)> {
    let mut found = Vec::new();
    for kind in ArnKind::ALL {
        let (service, name) = kind.resource_type().split_once(':').unwrap();
        let Some(resource_type) = catalogue::service(service).and_then(|service| service.resource_type(name)) else {
            continue;
        };
        let format = resource_type.arn_formats().next().unwrap();
        let mut index = 0;
        for variable in ArnFormat::parse(kind.format()).unwrap().variables(Field::Resource) {
            index += usize::from(variable.ends_with("WithPath"));
            if let Some(name) = format.name_format(variable) {
                found.push((*kind, variable, kind.part(index).unwrap(), name));
            }
            index += 1;
        }
    }
    found
}

/// Whether some name of the kind has the character.
fn has(kind: NameKind, character: char) -> bool {
    let sample = kind.sample();
    (0..sample.len()).any(|at| {
        let (before, rest) = sample.split_at(at);
        let after = rest.get(1..).unwrap_or_default();
        [rest, after]
            .iter()
            .any(|rest| kind.check(&format!("{before}{character}{rest}")).is_ok())
    })
}

/// How a type differs from the catalogue: the characters and lengths that only one has.
fn difference(kind: NameKind, name: NameFormat<'_>) -> String {
    // Of these only the separators count, as where an ARN is matched with a format: AWS gives resources names that its API accepts
    // from nobody.
    let is_of_any = kind.is_of_any_resource();
    // Where the API says nothing, the catalogue has it of the separators alone, from the formats of the service.
    let is_of_formats = ["[^/]", "[^:]", "[^/:]"].contains(&name.as_str());
    let mut told = Vec::new();
    let characters = || {
        ('!'..='~').filter(|character| !"*?<>\"\\".contains(*character) && (!is_of_any || "/:".contains(*character)))
    };
    let only = |wanted: fn(bool, bool) -> bool| -> String {
        characters()
            .filter(|character| wanted(has(kind, *character), name.allows(*character)))
            .collect()
    };
    for (owner, characters) in [
        ("type", only(|ours, theirs| ours && !theirs)),
        ("catalogue", only(|ours, theirs| !ours && theirs)),
    ] {
        let is_known = owner == "type" || !is_of_formats;
        if is_known && !characters.is_empty() {
            told.push(format!("only the {owner} has {characters}"));
        }
    }
    if !is_of_any
        && let Some((least, most)) = name.lengths()
        && (least.max(1), most) != (kind.min_len(), kind.max_len())
    {
        told.push(format!("{}-{} and {least}-{most}", kind.min_len(), kind.max_len()));
    }
    told.join("; ")
}

#[test]
fn names_are_made_of_what_the_catalogue_has() {
    let mut told = Vec::new();
    for (arn, variable, kind, name) in variables() {
        let difference = difference(kind, name);
        let place = format!("{} {variable}", arn.type_name());
        let row = DIFFERENT.iter().find(|(row, ..)| *row == place);
        if row.map_or("", |(_, known, _)| known) != difference {
            told.push(format!("{place}, {kind:?} and {name}: {difference}"));
        }
    }
    let places: Vec<String> = variables()
        .iter()
        .map(|(arn, variable, ..)| format!("{} {variable}", arn.type_name()))
        .collect();
    assert!(
        DIFFERENT
            .iter()
            .all(|(row, _, why)| !why.is_empty() && places.iter().any(|place| place == row))
    );
    assert!(places.len() >= 30, "{}", places.len());
    assert!(told.is_empty(), "{}", told.join("\n"));
}
