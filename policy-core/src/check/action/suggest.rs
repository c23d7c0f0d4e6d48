//! What was meant by an action that does not exist.

use std::ops::Range;

use super::super::catalogue_note;
use super::Silence;
use crate::arn::Glob;
use crate::catalogue::{self, Service, snapshot};
use crate::document::{Place, Text};
use crate::finding::{Code, Finding};
use crate::names::nearest;

/// An action that its service does not have, told by what it looks like.
pub(super) fn unknown_action(
    place: Place,
    text: &Text<'_>,
    range: Range<usize>,
    service: Service,
    name: &str,
    silence: Silence,
) -> Finding {
    let written = text.written();
    let prefix = service.prefix();
    let authorising: Vec<String> = service
        .operation(name)
        .map(|action| format!("`{}`", action.qualified()))
        .collect();
    let near = nearest(name, service.actions().map(|action| action.name()));
    let new = |what: String| {
        Finding::new(Code::InvalidAction, place, what)
            .part(text, range)
            .about(written)
    };
    let finding = if let Some((last, others)) = authorising.split_last() {
        let all = if others.is_empty() {
            last.clone()
        } else {
            format!("{} and {last}", others.join(", "))
        };
        new(format!("there is no action `{written}`"))
            .note(format!("the API operation `{name}` is authorised as {all}"))
            .note(silence.note())
            .help(format!("write {all}"))
    } else if let Some(near) = near {
        new(format!("there is no action `{written}`"))
            .note(silence.note())
            .help(format!("write `{prefix}:{near}`"))
    } else if let Some(other) = only_owner(name) {
        new(format!("`{prefix}` has no action `{name}`"))
            .note(silence.note())
            .help(elsewhere(other, name))
            .help(way_out(Code::InvalidAction, written))
    } else {
        new(format!("no action `{written}` is known"))
            .note(silence.note())
            .help(likely(service, name))
            .help(way_out(Code::InvalidAction, written))
    };
    finding.note(catalogue_note())
}

/// An action of the same name that another service has, the only one.
pub(super) fn elsewhere(other: Service, name: &str) -> String {
    let prefix = other.prefix();
    format!("if the action of {} is meant, write `{prefix}:{name}`", other.name())
}

/// How to keep what AWS has and the catalogue does not.
pub(super) fn way_out(code: Code, written: &str) -> String {
    format!(
        "if AWS has it and the catalogue of {} does not yet, allow {code} for `{written}`: in `policy!` by \
         `#[allow_finding({code}, \"{written}\", reason = \"...\")]`",
        snapshot().date()
    )
}

/// The service that was meant by a prefix: one spelt nearly so, or one whose full name is written so.
pub(super) fn service(prefix: &str, name: &str) -> Option<Service> {
    // Of the prefixes that are near, one that has the action first: `kns:Publish` is `sns`, `kns:Decrypt` is `kms`.
    let owners = catalogue::services().filter(|service| has(*service, name));
    let near_owner = nearest(prefix, owners.map(Service::prefix));
    near_owner
        .and_then(catalogue::service)
        .or_else(|| by_full_name(prefix))
        .or_else(|| nearest(prefix, catalogue::services().map(Service::prefix)).and_then(catalogue::service))
}

/// An action without its service, with it, if one service only has it.
pub(super) fn with_prefix(name: &str) -> Option<String> {
    let service = only_owner(name)?;
    Some(service.action(name)?.qualified())
}

/// Whether the service has such an action, or one that the pattern matches.
pub(super) fn has(service: Service, name: &str) -> bool {
    if name.contains(['*', '?']) {
        let glob = Glob::wildcards(name);
        service
            .actions()
            .any(|action| glob.matches_ignore_ascii_case(action.name()))
    } else {
        service.action(name).is_some()
    }
}

/// For a pattern that matches nothing: the pattern nearest to it that does.
pub(super) fn for_pattern(service: Service, name: &str) -> String {
    let prefix = service.prefix();
    // `s3:Gett*` is judged as `Gett` against the beginnings of names: words of one capital each.
    let word = name.split(['*', '?']).find(|part| !part.is_empty()).unwrap_or_default();
    let beginnings: Vec<&str> = service
        .actions()
        .filter_map(|action| first_word(action.name()))
        .collect();
    let all = format!("`{prefix}:*` matches every action of the service");
    if word.is_empty() {
        return all;
    }
    match nearest(word, beginnings.iter().copied()) {
        Some(near) if name.ends_with('*') && name.starts_with(word) => format!("write `{prefix}:{near}*`"),
        _ => match nearest(word, service.actions().map(|action| action.name())) {
            Some(near) => format!("write `{prefix}:{near}`"),
            None => all,
        },
    }
}

/// Actions of the service that have the first word of this name, `redshift:CreateUser` for `CreateFrobnicator`.
fn likely(service: Service, name: &str) -> String {
    let prefix = service.prefix();
    let shared = |action: &str| {
        words(action)
            .filter(|word| words(name).any(|other| other == *word))
            .count()
    };
    let mut best: Vec<(usize, &str)> = service
        .actions()
        .map(|action| (shared(action.name()), action.name()))
        .filter(|(count, _)| *count > 0)
        .collect();
    best.sort_by_key(|(count, name)| (usize::MAX - count, name.len()));
    let names: Vec<String> = best
        .iter()
        .take(3)
        .map(|(_, action)| format!("`{prefix}:{action}`"))
        .collect();
    if names.is_empty() {
        format!(
            "the actions of {} are those that AWS lists for the prefix `{prefix}`",
            service.name()
        )
    } else {
        format!(
            "actions of {} that are named like it: {}",
            service.name(),
            names.join(", ")
        )
    }
}

/// The words of a name in camel case: `Get`, `Object`.
fn words(name: &str) -> impl Iterator<Item = &str> {
    let mut rest = name;
    std::iter::from_fn(move || {
        let mut end = rest.len();
        for (at, byte) in rest.bytes().enumerate() {
            if at > 0 && byte.is_ascii_uppercase() {
                end = at;
                break;
            }
        }
        let (word, after) = rest.split_at_checked(end)?;
        rest = after;
        (!word.is_empty()).then_some(word)
    })
}

fn first_word(name: &str) -> Option<&str> {
    words(name).next()
}

/// The service that has this action, if it is one only.
pub(super) fn only_owner(name: &str) -> Option<Service> {
    let mut owners = catalogue::services().filter(|service| service.action(name).is_some());
    let owner = owners.next()?;
    owners.next().is_none().then_some(owner)
}

/// `stepfunctions` for AWS Step Functions.
fn by_full_name(prefix: &str) -> Option<Service> {
    let meant = squashed(prefix);
    catalogue::services().find(|service| {
        let full = squashed(service.name());
        full == meant || full.strip_prefix("aws").or_else(|| full.strip_prefix("amazon")) == Some(&meant)
    })
}

fn squashed(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect()
}
