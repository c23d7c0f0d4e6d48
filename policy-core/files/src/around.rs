//! What is around a policy in a document of JSON or YAML, and may change it or decides whether it is there.
//!
//! Each map on the way to a policy is looked at, in a template as in any other document, so that no reader of a format can forget it.

mod kubernetes;
pub(crate) mod serverless;

use std::cell::LazyCell;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use crate::assumption::Assumption;
use crate::item::{Entry, Item, Part, Template, Value};
use crate::reading::Source;
use crate::yaml::{AllMisread, Misread};

pub(crate) use kubernetes::Steps;

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
    // Each looks at all members, which a file can repeat.
    let has_resources = LazyCell::new(|| map.member("Resources").is_some());
    let is_resource = LazyCell::new(|| is_resource(map));
    for entry in map.entries() {
        let Some(name) = entry.name() else { continue };
        let place = || entry.name_place.clone();
        let mut changed = |reason: String| assumed.push(Assumption::new(place(), reason));
        match name {
            "Transform" if *has_resources => {
                assumed.extend(macros(&entry.value).map(|(place, name)| {
                    let reason = format!("{name} of `Transform` may make another policy of it");
                    Assumption::new(place, reason)
                }));
            }
            "Fn::Transform" => {
                changed("the macro of `Fn::Transform` beside it gets it, and may make another policy of it".to_owned());
            }
            "Condition" if *is_resource => {
                if let Some(condition) = entry.value.as_str() {
                    let reason = format!("the condition `{condition}` decides whether its resource is deployed");
                    assumed.push(Assumption::of_presence(place(), reason));
                }
            }
            "Type" if *is_resource => {
                if let Some(own) = entry.value.as_str().filter(|own| is_of_others(own)) {
                    changed(format!(
                        "`{own}` is not a resource of AWS, and may make another policy of what it gets"
                    ));
                }
            }
            "IsDefaultVersion" | "isDefaultVersion" if matches!(entry.value.value, Value::Bool(false)) => {
                changed("it is a version of the policy that is not in force".to_owned());
            }
            "extensions" if *has_resources => changed(
                "`extensions` changes resources that the Serverless Framework makes, and may change this one"
                    .to_owned(),
            ),
            // A resource of Pulumi.
            "get" if map.member("type").is_some() && entry.value.member("id").is_some() => {
                changed("`get` reads what AWS has, and deploys nothing".to_owned());
            }
            _ => assumed.extend(kubernetes::of(entry)),
        }
    }
    // What a resource is decides what its properties mean.
    assumed.extend(["Type", "type"].iter().filter_map(|name| of_repeated(map, name)));
    assumed
}

/// What is assumed of all that is in a member of a map.
#[derive(Default)]
pub(crate) struct Members<'m> {
    /// The names that several members have.
    repeated: HashSet<&'m str>,
}

impl<'m> Members<'m> {
    pub(crate) fn of(map: &'m Item) -> Self {
        let mut known = HashSet::new();
        let names = map.entries().iter().filter_map(Entry::name);
        Self {
            repeated: names.filter(|name| !known.insert(*name)).collect(),
        }
    }

    pub(crate) fn assumed(&self, entry: &Entry) -> Vec<Assumption> {
        let Some(name) = entry.name() else { return Vec::new() };
        let mut reasons = Vec::new();
        if is_loop(name) {
            reasons.push(format!(
                "the list of `{name}` decides how often it is there, if at all, and with which values"
            ));
        }
        if self.repeated.contains(name) {
            reasons.push(repeated(name));
        }
        let of = |reason| Assumption::new(entry.name_place.clone(), reason);
        reasons.into_iter().map(of).collect()
    }
}

/// Whether a member with this name is there once for each element of a list.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html>
pub(crate) fn is_loop(name: &str) -> bool {
    name.starts_with("Fn::ForEach")
}

/// What is assumed of all that is in members with this name, if there are several.
pub(crate) fn of_repeated(map: &Item, name: &str) -> Option<Assumption> {
    let mut all = map.entries().iter().filter(|entry| entry.name() == Some(name));
    let (_, second) = (all.next()?, all.next()?);
    Some(Assumption::new(second.name_place.clone(), repeated(name)))
}

/// Languages do not say what two members with one name are, and their readers differ.
fn repeated(name: &str) -> String {
    format!("`{name}` is there more than once, and which of them counts depends on what reads the file: write it once")
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
    // A plugin may change all that is deployed.
    if serverless::is_configuration(root) {
        assumed.extend(serverless::of(root));
    }
    assumed
}

/// What is assumed of a policy by what is in it, in this file: macros among its members, and scalars of YAML.
pub(crate) fn inside(policy: &Item, file: Source<'_>) -> Vec<Assumption> {
    let mut assumed = of(policy);
    let loops = policy
        .entries()
        .iter()
        .filter(|entry| entry.name().is_some_and(is_loop));
    let members = Members::of(policy);
    assumed.extend(loops.flat_map(|entry| members.assumed(entry)));
    assumed.extend(misread_in(policy, file));
    assumed
}

/// The scalars that a reader of the file may take for something else than a text: an account ID of octal digits that begins with 0 is
/// another number in YAML 1.1, which `CloudFormation` reads, and `yes` is `true`.
pub(crate) fn misread_in(item: &Item, file: Source<'_>) -> Vec<Assumption> {
    let mut assumed = Vec::new();
    if let Some(misread) = file.misread.filter(|misread| !misread.is_empty()) {
        add_misread(item, misread, &mut assumed);
    }
    assumed
}

fn add_misread(item: &Item, misread: &AllMisread, assumed: &mut Vec<Assumption>) {
    match &item.value {
        Value::List(items) => items.iter().for_each(|item| add_misread(item, misread, assumed)),
        Value::Map(entries) => {
            for entry in entries {
                add_if_misread(&entry.name, &entry.name_place, misread, assumed);
                add_misread(&entry.value, misread, assumed);
            }
        }
        Value::Text(text) => add_if_misread(text, &item.place, misread, assumed),
        _ => {}
    }
}

fn add_if_misread(text: &Template, place: &Range<usize>, misread: &AllMisread, assumed: &mut Vec<Assumption>) {
    let (Some(own), Some(written)) = (misread.get(&place.start), text.as_written()) else {
        return;
    };
    let (written, Misread { version, noun }) = (written.text(), own);
    let reason = format!("YAML {version} has `{written}` for {noun}: write it in quotation marks, `'{written}'`");
    assumed.push(Assumption::new(place.clone(), reason));
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
    let reason: Arc<str> = format!("`{argument}` keeps what AWS has, which may be another policy").into();
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

/// Types that get values which are policies, and do with them what they like: custom resources, modules, types that are not AWS's, and
/// templates of their own, which have them as parameters.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-custom-resources.html>
fn is_of_others(own: &str) -> bool {
    const PASSING: [&str; 4] = [
        "AWS::CloudFormation::CustomResource",
        "AWS::CloudFormation::Stack",
        "AWS::CloudFormation::StackSet",
        "AWS::Serverless::Application",
    ];
    !own.starts_with("AWS::") || own.ends_with("::MODULE") || PASSING.contains(&own)
}

fn has_some(value: &Item) -> bool {
    match &value.value {
        Value::List(items) => !items.is_empty(),
        Value::Map(entries) => !entries.is_empty(),
        Value::Null | Value::Absent => false,
        _ => true,
    }
}
