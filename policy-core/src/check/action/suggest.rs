//! What was meant by an action that does not exist.

use std::ops::Range;

use super::super::{catalogue_note, way_out};
use super::Silence;
use crate::arn::Glob;
use crate::catalogue::{self, Service};
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
    let near = nearest(name, service.actions().map(|action| action.name())).filter(|near| is_slip(name, near));
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
    } else {
        let finding = new(format!("no action `{written}` is known")).note(silence.note());
        let finding = match elsewhere(name).or_else(|| likely(service, name)) {
            Some(help) => finding.help(help),
            None => finding,
        };
        finding.help(way_out(Code::InvalidAction, written))
    };
    finding.note(catalogue_note())
}

/// Whether a name is another one misspelt: each of its words is that word of the other, or nearly so. `CreateUser` is near
/// `CreateCluster` by its letters, and it would be wrong to say that this was meant.
fn is_slip(name: &str, near: &str) -> bool {
    let words_of = |name| words(name).collect::<Vec<&str>>();
    let (written, meant) = (words_of(name), words_of(near));
    written.len() == 1
        || written.len() == meant.len()
            && written
                .iter()
                .zip(&meant)
                .all(|(word, meant)| nearest(word, [*meant]).is_some())
}

/// The actions of that name that other services have, if these are not many.
pub(super) fn elsewhere(name: &str) -> Option<String> {
    Some(format!("other services have it: {}", with_prefix(name)?))
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

/// An action without its service, with it; not one that many services have. The shortest prefix is the best known.
pub(super) fn with_prefix(name: &str) -> Option<String> {
    let owners = catalogue::services().filter_map(|service| service.action(name));
    let mut owned: Vec<String> = owners.map(|action| format!("`{}`", action.qualified())).collect();
    owned.sort_by_key(String::len);
    if owned.is_empty() || owned.len() > MANY {
        return None;
    }
    owned.truncate(3);
    Some(owned.join(" or "))
}

/// More services than this have actions such as `TagResource`.
const MANY: usize = 8;

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

/// Actions of the service that share words with this name, those that share most first.
fn likely(service: Service, name: &str) -> Option<String> {
    let shared = |action: &str| {
        words(action)
            .filter(|word| words(name).any(|other| other == *word))
            .count()
    };
    let mut alike: Vec<(usize, &str)> = service
        .actions()
        .map(|action| (shared(action.name()), action.name()))
        .filter(|(count, _)| *count > 0)
        .collect();
    alike.sort_by_key(|(count, name)| (usize::MAX - count, name.len()));
    let names: Vec<String> = alike
        .iter()
        .take(3)
        .map(|(_, action)| format!("`{}:{action}`", service.prefix()))
        .collect();
    (!names.is_empty()).then(|| format!("it has actions named like it: {}", names.join(", ")))
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
