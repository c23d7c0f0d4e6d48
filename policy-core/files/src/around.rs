//! What is around a policy in a document of JSON or YAML, and may change it or decides whether it is there.
//!
//! Each map on the way to a policy is looked at, in a template as in any other document, so that no reader of a format can forget it.

use std::ops::Range;

use crate::assumption::Assumption;
use crate::item::{Entry, Item, Part, Template, Value};

/// The transforms of AWS that leave a policy as it is written, without their dates. `AWS::Include` is not one: it inserts what is
/// elsewhere.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-reference.html>
const KEEPING: [&str; 5] = [
    "AWS::CodeDeployBlueGreen",
    "AWS::LanguageExtensions",
    "AWS::SecretsManager",
    "AWS::Serverless",
    "AWS::ServiceCatalog",
];

/// What is assumed of all that is in a map, by its members.
pub(crate) fn of(map: &Item) -> Vec<Assumption> {
    let mut assumed = Vec::new();
    for entry in map.entries() {
        let Some(name) = entry.name() else { continue };
        let place = || entry.name_place.clone();
        let mut changed = |reason: String| assumed.push(Assumption::new(place(), reason));
        match name {
            "Transform" if map.member("Resources").is_some() => {
                assumed.extend(macros(&entry.value).map(|(place, name)| {
                    let reason = format!("{name} of `Transform` may make another policy of it");
                    Assumption::new(place, reason)
                }));
            }
            "Fn::Transform" => {
                changed("the macro of `Fn::Transform` beside it gets it, and may make another policy of it".to_owned());
            }
            "Condition" if is_resource(map) => {
                if let Some(condition) = entry.value.as_str() {
                    let reason = format!("the condition `{condition}` decides whether its resource is deployed");
                    assumed.push(Assumption::of_presence(place(), reason));
                }
            }
            "patches" | "patchSets" if !entry.value.list().is_empty() => {
                changed(format!("`{name}` may write another policy in its place"));
            }
            "extensions" if map.member("Resources").is_some() => changed(
                "`extensions` changes resources that the Serverless Framework makes, and may change this one"
                    .to_owned(),
            ),
            "initProvider" if has_some(&entry.value) => changed(
                "`initProvider` beside it has values for when the resource is created, and they are not merged here"
                    .to_owned(),
            ),
            "managementPolicies" if !is_all(&entry.value) => changed(
                "`managementPolicies` decides whether Crossplane writes it to AWS or leaves what is there".to_owned(),
            ),
            _ => {}
        }
    }
    assumed
}

/// What is assumed of all that is in a member that is repeated.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html>
pub(crate) fn of_member(entry: &Entry) -> Option<Assumption> {
    let name = entry.name().filter(|name| name.starts_with("Fn::ForEach"))?;
    let reason = format!("the list of `{name}` decides how often it is there, if at all, and with which values");
    Some(Assumption::new(entry.name_place.clone(), reason))
}

/// What is assumed of the policies of a whole document.
pub(crate) fn of_document(root: &Item) -> Vec<Assumption> {
    let is = |name: &str, own: bool| {
        let mut all = root.entries().iter().filter(move |entry| entry.name() == Some(name));
        all.find(move |entry| matches!(entry.value.value, Value::Bool(value) if value == own))
    };
    let is_plan = root.member("planned_values").is_some() || root.member("resource_changes").is_some();
    let mut assumed = Vec::new();
    let mut add = |entry: &Entry, reason: &str| {
        assumed.push(Assumption::new(entry.name_place.clone(), reason.to_owned()));
    };
    if is_plan {
        if let Some(entry) = is("errored", true) {
            add(
                entry,
                "the plan has ended with an error, and does not have all that will be: make it again",
            );
        }
        if let Some(entry) = is("complete", false) {
            add(
                entry,
                "the plan is not complete, and what it puts off may change this policy: plan again after it is applied",
            );
        }
    }
    // What the Serverless Framework is given: a plugin may change all that is deployed.
    if root.member("service").is_some() && root.member("provider").is_some() {
        let mut plugins = root.entries().iter().filter(|entry| entry.name() == Some("plugins"));
        if let Some(entry) = plugins.find(|entry| has_some(&entry.value)) {
            add(
                entry,
                "a plugin of the Serverless Framework may make another policy of it",
            );
        }
        let lists = root.members("resources").flat_map(Item::list);
        for own in lists.flat_map(Item::entries) {
            if own.name() == Some("extensions") {
                add(
                    own,
                    "`extensions` changes resources that the Serverless Framework makes, and may change this one",
                );
            }
        }
    }
    assumed
}

/// What is assumed of a policy by what is in it, in a file with this text: macros among its members, and numbers of YAML.
pub(crate) fn inside(policy: &Item, text: &str) -> Vec<Assumption> {
    let mut assumed = of(policy);
    assumed.extend(policy.entries().iter().filter_map(of_member));
    misread_in(policy, text, &mut assumed);
    assumed
}

/// The numbers that the versions of YAML read differently: an account ID of octal digits that begins with 0 is another number in
/// YAML 1.1, which `CloudFormation` and Kubernetes read.
/// <https://yaml.org/type/int.html>
fn misread_in(item: &Item, text: &str, assumed: &mut Vec<Assumption>) {
    match &item.value {
        Value::List(items) => items.iter().for_each(|item| misread_in(item, text, assumed)),
        Value::Map(entries) => entries.iter().for_each(|entry| misread_in(&entry.value, text, assumed)),
        // A text in quotation marks is written with them.
        Value::Text(_) if item.as_str().is_some_and(is_octal) && text.get(item.place.clone()) == item.as_str() => {
            let written = item.as_str().unwrap_or_default();
            let reason =
                format!("YAML 1.1 has `{written}` for an octal number: write it in quotation marks, `'{written}'`");
            assumed.push(Assumption::new(item.place.clone(), reason));
        }
        _ => {}
    }
}

fn is_octal(text: &str) -> bool {
    let digits = text.strip_prefix('0').filter(|digits| !digits.is_empty());
    digits.is_some_and(|digits| digits.bytes().all(|byte| matches!(byte, b'0'..=b'7' | b'_')))
}

/// Changes that a resource of Pulumi does not make: the properties, and why a policy in one of them may be another.
/// <https://www.pulumi.com/docs/iac/concepts/resources/options/ignorechanges/>
pub(crate) fn ignored_by_pulumi(resource: &Item) -> Vec<(String, Assumption)> {
    let options = resource.members("options").flat_map(Item::entries);
    let ignored = options.filter(|entry| entry.name() == Some("ignoreChanges"));
    ignored
        .flat_map(|entry| ignored_by("ignoreChanges", &entry.name_place, &entry.value))
        .collect()
}

/// The first step of each path of a list of ignored changes; none for all of them.
pub(crate) fn ignored_by(argument: &str, place: &Range<usize>, value: &Item) -> Vec<(String, Assumption)> {
    let first = |item: &Item| {
        let path = item.as_template().map(spelt).unwrap_or_default();
        let path = path.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '$' | '{' | '}'));
        let first = path.split(['.', '[']).next().unwrap_or_default().to_owned();
        if matches!(first.as_str(), "all" | "*") {
            String::new()
        } else {
            first
        }
    };
    let reason = format!("`{argument}` keeps what AWS has, which may be another policy");
    let paths = value.as_list().iter();
    paths
        .map(|path| (first(path), Assumption::new(place.clone(), reason.clone())))
        .collect()
}

/// The macros of a value of `Transform` that are not known to keep policies: their places and how they are called.
fn macros(value: &Item) -> impl Iterator<Item = (Range<usize>, String)> {
    value.as_list().iter().filter_map(|own| {
        let keeps = |name: &str| {
            let dates = KEEPING.iter().filter_map(|known| name.strip_prefix(known));
            dates.into_iter().any(|date| date.is_empty() || date.starts_with('-'))
        };
        match own.as_str() {
            Some(name) if keeps(name) => None,
            Some(name) => Some((own.place.clone(), format!("the macro `{name}`"))),
            None => {
                let name = own.member("Name").and_then(Item::as_str);
                let name = name.map_or_else(|| "a macro".to_owned(), |name| format!("the macro `{name}`"));
                Some((own.place.clone(), name))
            }
        }
    })
}

/// A text as it is written, with what is not known of it.
fn spelt(text: &Template) -> String {
    let part = |part: &Part| match part {
        Part::Text(written) => written.text().to_owned(),
        Part::Hole(hole) => hole.name.clone(),
    };
    text.parts.iter().map(part).collect()
}

/// Whether a map is a resource of a template.
fn is_resource(map: &Item) -> bool {
    let own = map.member("Type").and_then(Item::as_str);
    own.is_some_and(|own| own.contains("::"))
}

/// Whether a value is `["*"]`.
fn is_all(value: &Item) -> bool {
    matches!(value.list(), [only] if only.as_str() == Some("*"))
}

fn has_some(value: &Item) -> bool {
    match &value.value {
        Value::List(items) => !items.is_empty(),
        Value::Map(entries) => !entries.is_empty(),
        Value::Null | Value::Absent => false,
        _ => true,
    }
}
