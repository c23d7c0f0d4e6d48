//! The ARNs that can be the resource of a statement, by its actions: what a hole whose type the checker does not see has to be
//! filled with.

use std::fmt;

use super::Options;
use super::facts::{ActionMeaning, Facts, formats};
use super::own_type::{in_parts, own_format, own_name, resource_type};
use super::words::listed;
use crate::arn::{ArnFormat, Field, Piece, write};
use crate::catalogue::{self, Action, ResourceType, actions_matching};
use crate::collected::CollectVec;
use crate::document::{Document, Member, Node, Text, Value};
use crate::hole::bracketed;
use crate::names::ArnKind;
use crate::policy::Kind;
use crate::sorted;

/// The ARNs to which the actions of a statement apply.
#[derive(Clone, Debug)]
pub struct ActedOn {
    /// The formats of the ARNs that an action of the statement applies to, with the text after the hole.
    pub formats: Vec<ArnFormat<'static>>,
    /// The other formats of the ARNs that an action of the statement applies to, without the text after the hole: the text is the
    /// mistake.
    pub alone: Vec<ArnFormat<'static>>,
    /// The hole, as it is written.
    hole: String,
    /// What the actions apply to, as a clause.
    pub applies: String,
    /// The types to write, the likeliest first; none if the actions do not support resource-level permissions.
    pub types: Vec<Proposed>,
}

/// A type to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proposed {
    /// A type of `policy-core`.
    Known(&'static str),
    /// A type of `policy-core`, and the whole string with the hole that it fills.
    Continued(&'static str, String),
    /// A resource type without a type of `policy-core`: the name of the type to make, and the resource type.
    Own(String, String),
    /// A resource type of which no type can be made, and the ARN with a hole for each part.
    InParts(ResourceType, String),
}

impl ActedOn {
    /// The resources of a statement with these actions, as a hole with `rest` after it can be. `None` if all can be: an action is
    /// unknown, or a pattern of all.
    pub fn of(actions: &[&str], hole: &str, rest: &str) -> Option<Self> {
        let probe = probe(actions, Vec::new());
        let options = Options::new();
        let facts = Facts::of(&probe, Kind::Identity, &options);
        let statement = facts.statements.first()?;
        let is_known =
            |meaning: &ActionMeaning<'_>| matches!(meaning, ActionMeaning::One(_) | ActionMeaning::Pattern(_));
        if statement.actions.is_empty() || !statement.actions.iter().all(|action| is_known(&action.meaning)) {
            return None;
        }
        let meant: Vec<Action> = actions.iter().flat_map(|action| actions_matching(action)).collect_vec();
        let mut applied = Vec::new();
        for action in &meant {
            applied.append(&mut types_of(*action));
        }
        let mut services: Vec<&str> = meant.iter().map(|action| action.service().prefix()).collect_vec();
        services.extend(applied.iter().map(|(_, format)| format.field(Field::Service)));
        let mut candidates: Vec<Candidate> = Vec::new();
        for service in sorted::set(services) {
            candidates.append(&mut formats(service).collect_vec());
        }
        let accepted = accepted(actions, &candidates, rest);
        let alone = if rest.is_empty() {
            Vec::new()
        } else {
            self::accepted(actions, &candidates, "")
        };
        let words = Words {
            first: actions.first().copied().unwrap_or_default(),
            hole,
            rest,
            meant: &meant,
            applied: &applied,
        };
        let only = |candidates: &[Candidate]| candidates.iter().map(|(_, format)| *format).collect_vec();
        let formats = only(&accepted);
        let mut others = only(&alone);
        others.retain(|format| !formats.contains(format));
        Some(Self {
            applies: words.applies(),
            types: words.types(if accepted.is_empty() { &alone } else { &accepted }),
            hole: hole.to_owned(),
            alone: others,
            formats,
        })
    }
}

/// The formats of all ARNs after which the ARN of another resource can go on with this text, for a statement whose actions can be
/// any. `None` if the text begins no new part of an ARN, so that it can be more of a name.
pub fn continued(rest: &str) -> Option<Vec<ArnFormat<'static>>> {
    if !rest.contains(['/', ':']) {
        return None;
    }
    let mut candidates = Vec::new();
    for service in catalogue::services() {
        for kind in service.resource_types() {
            for format in kind.arn_formats() {
                candidates.push((kind, format));
            }
        }
    }
    let mut formats: Vec<ArnFormat<'static>> = Vec::new();
    for (_, format) in accepted(&["*"], &candidates, rest) {
        if let Err(at) = formats.binary_search(&format) {
            formats.insert(at, format);
        }
    }
    Some(formats)
}

/// A resource type, and a format of its ARNs.
type Candidate = (ResourceType, ArnFormat<'static>);

/// The candidates that an action of the statement applies to, as the checker decides.
pub(super) fn accepted(actions: &[&str], candidates: &[Candidate], rest: &str) -> Vec<Candidate> {
    let samples = candidates.iter().map(|(_, format)| string(&sample(*format), rest));
    let probe = probe(actions, samples.collect_vec());
    let options = Options::new();
    let facts = Facts::of(&probe, Kind::Identity, &options);
    let Some(statement) = facts.statements.first() else {
        return Vec::new();
    };
    let mut accepted = Vec::new();
    for (candidate, resource) in candidates.iter().zip(&statement.resources) {
        if resource.is_used && resource.shape.is_none() {
            accepted.push(*candidate);
        }
    }
    accepted
}

/// A hole that is filled with an ARN, and the text after it, whose holes can be any text.
fn string(arn: &str, rest: &str) -> Text<'static> {
    const HOLE: &str = "<arn>";
    let mut holes = vec![(0..HOLE.len(), arn, 0)];
    for found in bracketed(rest) {
        if found.malformed.is_none() {
            let range = HOLE.len() + found.range.start..HOLE.len() + found.range.end;
            holes.push((range, Text::UNKNOWN, 0));
        }
    }
    Text::with_holes(format!("{HOLE}{rest}"), holes)
}

/// A statement with these actions on these resources.
fn probe(actions: &[&str], resources: Vec<Text<'static>>) -> Document<'static> {
    let member = |name: &'static str, value| Member::built(name, value);
    let list = |texts: Vec<Text<'static>>| {
        let strings = texts.into_iter().map(|text| Node::built(Value::String(text)));
        Node::built(Value::Array(strings.collect_vec()))
    };
    let statement = Node::built(Value::Object(vec![
        member("Effect", Node::string("Allow")),
        member(
            "Action",
            list(
                actions
                    .iter()
                    .map(|action| Text::plain((*action).to_owned()))
                    .collect_vec(),
            ),
        ),
        member("Resource", list(resources)),
    ]));
    Document::new(Node::built(Value::Object(vec![member("Statement", statement)])))
}

/// An ARN of the format.
fn sample(format: ArnFormat<'_>) -> String {
    if let Some(kind) = ArnKind::of_format(format) {
        return kind.sample().to_owned();
    }
    let mut arn = String::from("arn");
    for field in Field::ALL {
        arn.push(':');
        for piece in format.pieces(field) {
            arn.push_str(match (piece, field) {
                (Piece::Literal(text), _) => text,
                (_, Field::Partition) => "aws",
                (_, Field::Region) => "eu-west-1",
                (_, Field::Account) => "111122223333",
                _ => "x",
            });
        }
    }
    arn
}

/// The resource types that an action applies to, those that it requires first.
fn types_of(action: Action) -> Vec<Candidate> {
    let mut types = Vec::new();
    for required in [true, false] {
        for on in action.resource_types() {
            if on.required() == required {
                let kind = on.resource_type();
                for format in kind.arn_formats() {
                    types.push((kind, format));
                }
            }
        }
    }
    types
}

struct Words<'w> {
    first: &'w str,
    hole: &'w str,
    rest: &'w str,
    meant: &'w [Action],
    applied: &'w [Candidate],
}

impl Words<'_> {
    fn applies(&self) -> String {
        let mut names: Vec<String> = Vec::new();
        for (kind, _) in self.applied {
            let name = listed::quoted(kind.name());
            if !names.contains(&name) {
                names.push(name);
            }
        }
        if names.is_empty() {
            format!("`{}` does not support resource-level permissions", self.first)
        } else {
            format!(
                "`{}` applies to resources of type {}",
                self.first,
                listed::first(3, &names)
            )
        }
    }

    fn types(&self, accepted: &[Candidate]) -> Vec<Proposed> {
        let mut types = if self.rest.is_empty() {
            self.whole()
        } else {
            self.continued(accepted)
        };
        if types.iter().any(|proposed| matches!(proposed, Proposed::Known(_))) {
            types.retain(|proposed| !matches!(proposed, Proposed::Own(..) | Proposed::InParts(..)));
        }
        let is_continued = |proposed: &Proposed| matches!(proposed, Proposed::Continued(..));
        let shortest = types.iter().position(is_continued).map(|at| types.remove(at));
        types.retain(|proposed| !is_continued(proposed));
        types.truncate(MOST);
        types.extend(shortest);
        types
    }

    /// Those of the resources that the actions apply to, and those that are the beginning of one.
    fn whole(&self) -> Vec<Proposed> {
        let mut types = Vec::new();
        let mut continued: Vec<(usize, Proposed)> = Vec::new();
        for (resource, format) in self.applied {
            let before = continued.len();
            for kind in ArnKind::ALL {
                if let Some(rest) = extends(*format, *kind) {
                    let text = format!("{}{rest}", self.hole);
                    continued.push((text.len(), Proposed::Continued(kind.type_name(), text)));
                }
            }
            match ArnKind::of_format(*format) {
                Some(kind) => push(&mut types, Proposed::Known(kind.type_name())),
                None if continued.len() == before => push(&mut types, own(*resource)),
                None => {}
            }
        }
        let shortest = continued.into_iter().min_by_key(|(len, _)| *len);
        types.extend(
            shortest
                .map(|(_, proposed)| proposed)
                .filter(|shortest| !self.is_served_by(shortest)),
        );
        types
    }

    /// Whether each of the actions applies to resources of the type alone, so that what belongs to one is beside the point.
    fn is_served_by(&self, proposed: &Proposed) -> bool {
        let Proposed::Continued(name, _) = proposed else {
            return false;
        };
        let is_it = |(_, format): &Candidate| ArnKind::of_format(*format).is_some_and(|kind| kind.type_name() == *name);
        self.meant.iter().all(|action| types_of(*action).iter().any(is_it))
    }

    /// Those that are accepted with the text after the hole.
    fn continued(&self, accepted: &[Candidate]) -> Vec<Proposed> {
        // `<bucket>/*` is meant for a bucket, though an access point can be continued like that, too.
        let exact = |kind: &ArnKind| {
            let mut formats = self.applied.iter().map(|(_, format)| *format);
            formats.any(|format| extends(format, *kind).as_deref() == Some(self.rest))
        };
        let kinds = || accepted.iter().filter_map(|(_, format)| ArnKind::of_format(*format));
        let is_exact = kinds().any(|kind| exact(&kind));
        // The name in a longer ARN may swallow the rest of another type's.
        let begins_one = |(_, format): &&Candidate| {
            let mut formats = self.applied.iter().map(|(_, format)| *format);
            formats.any(|longer| longer != *format && longer.as_str().starts_with(format.as_str()))
        };
        let has_beginnings = accepted.iter().any(|candidate| begins_one(&candidate));
        let mut types = Vec::new();
        for (resource, format) in accepted
            .iter()
            .filter(|candidate| !has_beginnings || begins_one(candidate))
        {
            match ArnKind::of_format(*format) {
                Some(kind) if is_exact && !exact(&kind) => {}
                Some(kind) => push(&mut types, Proposed::Known(kind.type_name())),
                None => push(&mut types, own(*resource)),
            }
        }
        types
    }
}

/// How many types a message names.
const MOST: usize = 3;

/// Adds a type, unless it is there, perhaps from another service whose resources are the same.
fn push(list: &mut Vec<Proposed>, proposed: Proposed) {
    let is_same = |other: &Proposed| match (other, &proposed) {
        (Proposed::Own(one, _), Proposed::Own(other, _)) => one == other,
        (Proposed::InParts(one, _), Proposed::InParts(other, _)) => one == other,
        (one, other) => one == other,
    };
    if !list.iter().any(is_same) {
        list.push(proposed);
    }
}

impl ActedOn {
    /// What to write: the types behind `take`, such as "write" or "give the field `x` the type".
    pub fn help(&self, take: &str) -> String {
        let is_type = |proposed: &&Proposed| !matches!(proposed, Proposed::InParts(..));
        let text = |proposed: &Proposed| proposed.to_string();
        let types: Vec<String> = self.types.iter().filter(is_type).map(text).collect_vec();
        let in_parts: Vec<String> = self.types.iter().filter(|one| !is_type(one)).map(text).collect_vec();
        let mut help = match (types.as_slice(), in_parts.as_slice()) {
            ([], []) => return "write `\"Resource\": \"*\"`".to_owned(),
            ([], _) => String::new(),
            ([one], []) => format!("{take} {one}"),
            ([others @ .., last], []) => format!("{take} {}, or {last}", others.join(", ")),
            (all, _) => format!("{take} {}", all.join(", ")),
        };
        if !types.is_empty() && self.formats.is_empty() && !self.alone.is_empty() {
            for part in [", and `\"", &self.hole, "\"` in the policy"] {
                help.push_str(part);
            }
        }
        if !in_parts.is_empty() {
            help.push_str(if help.is_empty() { "" } else { ", or " });
            help.push_str("write the ARN with a hole for each part: ");
            help.push_str(&in_parts.join(" or "));
        }
        help
    }
}

impl fmt::Display for Proposed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(name) => write!(f, "`{name}`"),
            Self::Continued(name, text) => write!(f, "`{name}` with `\"{text}\"` in the policy"),
            Self::Own(name, resource_type) => {
                write!(
                    f,
                    "`{name}`, which `resource_arn! {{ pub struct {name}: \"{resource_type}\" }}` makes"
                )
            }
            Self::InParts(_, arn) => write!(f, "`{arn}`"),
        }
    }
}

/// The text that follows an ARN of the type in one of the format, if it is an ARN of the type and more.
fn extends(format: ArnFormat<'_>, kind: ArnKind) -> Option<String> {
    let rest = format
        .as_str()
        .strip_prefix(kind.format())
        .filter(|rest| !rest.is_empty())?;
    Some(write::any(rest))
}

/// What to write for a resource type of which `policy-core` has no type.
fn own(resource: ResourceType) -> Proposed {
    match own_format(resource) {
        Ok(_) => Proposed::Own(own_name(resource), resource_type(resource)),
        Err(_) => Proposed::InParts(resource, in_parts(resource)),
    }
}

#[cfg(test)]
mod tests;
