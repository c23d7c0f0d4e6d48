//! The characters that the names in ARNs are made of: `${TableName}` in the ARN of a table is of `[-.0-9A-Z_a-z]`, so
//! `table/orders/index/by-day` is not a table.
//!
//! A variable of a format is what a string of the same name in the service's own API is. Where that has a regular expression
//! which leaves out the colon, as names do and identifiers that may be ARNs do not, the set is kept. Where it has none, the formats of
//! the service say which separators a name lacks. `data/names.txt` has the names of which AWS speaks in prose only, and those whose ARNs
//! are not made of the name alone.

mod characters;
mod pattern;
mod siblings;

use std::collections::BTreeSet;

use crate::error::Error;
use crate::model::{Catalogue, NameFact, Service, folded};
use crate::sources::botocore::{Models, StringShape, Strings};
use crate::sources::supplement::NameRow;
use characters::Characters;
use siblings::Siblings;

/// Adds to each resource type what the variables of its formats are made of.
pub fn add(catalogue: &mut Catalogue, models: &Models, by_hand: &[NameRow]) -> Result<(), Error> {
    let mut used: BTreeSet<&NameRow> = BTreeSet::new();
    let siblings = Siblings::of(catalogue);
    for service in catalogue.services.values_mut() {
        for resource in service.resources.values_mut() {
            for variable in resource.arns.iter().flat_map(|arn| Variable::of(arn)) {
                let row = by_hand
                    .iter()
                    .find(|row| row.service == variable.service && row.variable == variable.name);
                used.extend(row);
                let fact = match row {
                    Some(row) => row.fact.map(str::to_owned),
                    None => models
                        .strings
                        .get(variable.service)
                        .and_then(|strings| fact(strings, variable))
                        .or_else(|| siblings.fact(variable)),
                };
                if let Some(fact) = fact {
                    let name = variable.name.to_owned();
                    resource.names.insert(folded(&name), NameFact { name, fact });
                }
            }
        }
    }
    match by_hand.iter().find(|row| !used.contains(row)) {
        None => Ok(()),
        Some(row) => Err(Error::Data(format!(
            "`data/names.txt`: no format of `{}` has `${{{}}}` any more",
            row.service, row.variable
        ))),
    }
}

/// Adds the versions and aliases of a resource to the actions whose operation takes a `Qualifier`: the request is then for
/// `function:NAME:QUALIFIER`, which the reference leaves out for most. Of an action that no operation needs it is not known what
/// its requests have, so it gets them too.
/// <https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html>
pub fn add_qualified(catalogue: &mut Catalogue, models: &Models) {
    for (prefix, service) in &mut catalogue.services {
        let Some(takers) = models
            .strings
            .get(prefix)
            .and_then(|strings| strings.takers.get("qualifier"))
        else {
            continue;
        };
        let unqualified: BTreeSet<String> = models
            .operations
            .get(prefix)
            .into_iter()
            .flat_map(|operations| operations.keys())
            .filter(|operation| !takers.contains(*operation))
            .flat_map(|operation| authorizing(service, operation))
            .collect();
        let qualified: BTreeSet<String> = takers
            .iter()
            .flat_map(|operation| authorizing(service, operation))
            .collect();
        let actions: Vec<String> = service.actions.keys().cloned().collect();
        for action in actions {
            if qualified.contains(&action) || !unqualified.contains(&action) {
                add_qualified_types(service, &action);
            }
        }
    }
}

/// What the service's API says of the names that a variable is for.
fn fact(strings: &Strings, variable: Variable<'_>) -> Option<String> {
    if is_generic(variable.name) {
        return None;
    }
    let name = folded(variable.name);
    // A shape that has the name is the name. A member that has it may be any string that a structure calls so: all have to be
    // names then.
    let of_shapes = strings.shapes.get(&name).into_iter().flatten();
    let of_shapes: Vec<Name> = of_shapes.filter_map(Name::of).collect();
    if !of_shapes.is_empty() {
        return written(&of_shapes, variable.is_whole);
    }
    let of_members = strings.members.get(&name).into_iter().flatten();
    let of_members: Option<Vec<Name>> = of_members.map(Name::of).collect();
    written(&of_members?, variable.is_whole)
}

/// `Id` and `ResourceName` may be those of anything.
fn is_generic(variable: &str) -> bool {
    const GENERIC: [&str; 5] = ["Id", "Identifier", "Label", "Name", "Resource"];
    let mut rest = variable;
    while let Some(after) = GENERIC.iter().rev().find_map(|word| rest.strip_prefix(word)) {
        rest = after;
    }
    rest.is_empty()
}

/// A string that is a name.
struct Name {
    characters: Characters,
    /// The least and the greatest number of them.
    length: Option<(u64, u64)>,
}

impl Name {
    fn of(shape: &StringShape) -> Option<Self> {
        let names = pattern::names(shape.pattern.as_deref()?)?;
        let min = shape.min.max(names.min).unwrap_or(0);
        let max = shape.max.into_iter().chain(names.max).min();
        // The lengths of a string that is a name or an ARN are the ARN's.
        let length = max.filter(|max| !names.or_arn && min <= *max).map(|max| (min, max));
        (!names.characters.has(':')).then_some(Self {
            characters: names.characters,
            length,
        })
    }
}

/// The set of all that one of these may be made of, and how long it may be: `[-_0-9A-Za-z]{1,64}`.
fn written(names: &[Name], is_whole: bool) -> Option<String> {
    let characters = names.iter().map(|name| name.characters).reduce(Characters::or)?;
    let set = characters.written()?;
    let lengths: Option<Vec<(u64, u64)>> = names.iter().map(|name| name.length.filter(|_| is_whole)).collect();
    let lengths = lengths.unwrap_or_default();
    let least = lengths.iter().map(|(least, _)| least).min();
    let most = lengths.iter().map(|(_, most)| most).max();
    Some(match least.zip(most) {
        Some((least, most)) => format!("{set}{{{least},{most}}}"),
        None => set,
    })
}

/// A variable in the last field of a format.
#[derive(Clone, Copy)]
struct Variable<'a> {
    /// The service in the ARN. It is another than that of the page for tasks, which SSM can open sessions on.
    service: &'a str,
    name: &'a str,
    /// The field up to its end, and what follows.
    start: &'a str,
    rest: &'a str,
    /// Whether it is all between two separators: behind `o-`, the API's `OrganizationId` is longer than what is left of it.
    is_whole: bool,
}

impl<'a> Variable<'a> {
    fn of(arn: &'a str) -> impl Iterator<Item = Self> {
        // No variable of the catalogue has a colon.
        let mut fields = arn.splitn(6, ':');
        let service = fields.nth(2).unwrap_or_default();
        let field = fields.nth(2).unwrap_or_default();
        let mut rest = field;
        let mut before = "";
        std::iter::from_fn(move || {
            let (literal, after) = rest.split_once("${")?;
            let (name, after) = after.split_once('}')?;
            let is_apart = |text: &str, end: Option<char>| text.is_empty() || matches!(end, Some('/' | ':'));
            let is_whole = is_apart(literal, literal.chars().last()) && is_apart(after, after.chars().next());
            // Two variables that touch share what is between the separators.
            let touches = literal.is_empty() && !before.is_empty();
            (before, rest) = (name, after);
            Some(Self {
                service,
                name,
                start: field.get(..field.len() - after.len()).unwrap_or_default(),
                rest: after,
                is_whole: is_whole && !touches && !after.starts_with("${"),
            })
        })
    }
}

/// The actions that authorize an operation.
fn authorizing(service: &Service, operation: &str) -> Vec<String> {
    let operation = folded(operation);
    match service.operations.get(&operation) {
        Some(other) => other.actions.iter().map(|action| folded(action)).collect(),
        None => vec![operation],
    }
}

fn add_qualified_types(service: &mut Service, action: &str) {
    let Some(action) = service.actions.get_mut(action) else {
        return;
    };
    let formats = |name: &String| {
        service
            .resources
            .get(name)
            .map_or(&[][..], |resource| resource.arns.as_slice())
    };
    let own: Vec<&String> = action.on.keys().flat_map(formats).collect();
    let is_qualified = |arn: &String| {
        let unqualified = arn.strip_suffix('}').and_then(|arn| arn.rsplit_once(":${"));
        unqualified.is_some_and(|(unqualified, qualifier)| {
            !qualifier.contains('}') && own.iter().any(|own| *own == unqualified)
        })
    };
    let qualified = service
        .resources
        .values()
        .filter(|resource| resource.arns.iter().any(is_qualified));
    let added: Vec<String> = qualified.map(|resource| resource.name.clone()).collect();
    for name in added {
        let used = action.on.entry(folded(&name)).or_default();
        used.name = name;
    }
}
