//! What was meant by an action that does not exist.

use std::ops::Range;
use std::sync::OnceLock;

use super::silence::Silence;
use super::slip::{is_same_verb, misspelt, words};
use crate::catalogue::{self, Service};
use crate::check::words::{added_later, catalogue_note, listed};
use crate::collected::CollectVec;
use crate::document::{Place, Text};
use crate::finding::{Code, Finding, Fix};
use crate::numbers::{ByText, Texts};
use crate::sorted::sort;
use crate::spelling::nearest;

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
    let near = misspelt(service, name);
    let new = |what: String| {
        Finding::new(Code::InvalidAction, place, what)
            .part(text, range)
            .about(written)
    };
    let finding = if let Some(all) = authorizing(service, name) {
        let mut finding = new(format!("`{written}` is not an action"));
        if let Some(removed) = service.removed_action(name) {
            let last = removed.last_seen();
            finding = finding.note(format!(
                "AWS no longer documents it as an action (last documented {last})"
            ));
        }
        let finding = finding
            .note(format!("the API operation `{name}` is authorized as {all}"))
            .note(silence.note());
        let mut actions = service.operation(name);
        match (actions.next(), actions.next()) {
            (Some(only), None) => finding.with_fix(Fix::write(place, only.qualified())),
            _ => finding.with_help(format!("write those of {all} that your requests need")),
        }
    } else if let Some(command) = sql_command(prefix, name) {
        // What the database grants by itself.
        new(format!("`{written}` is not an action"))
            .note(format!(
                "`{command}` is an SQL command: Redshift grants it in the database, to database users, and not through IAM"
            ))
            .note(silence.note())
            .with_help("remove the action, and `GRANT` the privileges in the database")
            .with_help("to log in as a database user write `redshift:GetClusterCredentials`, to run SQL through the API `redshift-data:ExecuteStatement`")
    } else if let Some(near) = near {
        new(format!("`{written}` is not an action"))
            .note(silence.note())
            .with_fix(Fix::write(place, format!("{prefix}:{near}")))
    } else {
        let finding = new(format!("unknown action `{written}`")).note(silence.note());
        let alike = || elsewhere(name).or_else(|| likely(service, name));
        let finding = match alike() {
            Some(help) => finding.with_help(help),
            None => finding,
        };
        finding.allow_if(added_later("action"))
    };
    finding.note(catalogue_note())
}

/// The actions that authorize the API operation of this name, in words.
pub(super) fn authorizing(service: Service, operation: &str) -> Option<String> {
    let actions: Vec<String> = service
        .operation(operation)
        .map(|action| format!("`{}`", action.qualified()))
        .collect_vec();
    (!actions.is_empty()).then(|| listed::all(&actions))
}

/// The SQL command that a name spells: `CreateUser` of Redshift is `CREATE USER`.
/// <https://docs.aws.amazon.com/redshift/latest/dg/c_SQL_commands.html>
fn sql_command(prefix: &str, name: &str) -> Option<String> {
    const VERBS: [&str; 3] = ["CREATE", "ALTER", "DROP"];
    const NOUNS: [&str; 8] = [
        "USER",
        "DATABASE",
        "SCHEMA",
        "TABLE",
        "GROUP",
        "VIEW",
        "ROLE",
        "PROCEDURE",
    ];
    let name = name.to_ascii_uppercase();
    let verb = VERBS.iter().find(|verb| name.starts_with(**verb))?;
    let noun = NOUNS.iter().find(|noun| name.get(verb.len()..) == Some(**noun))?;
    (prefix == "redshift").then(|| format!("{verb} {noun}"))
}

/// The actions of that name that other services have, if these are not many.
pub(super) fn elsewhere(name: &str) -> Option<String> {
    Some(format!("other services have this action: {}", with_prefix(name)?))
}

/// The service that was meant by a prefix: one whose full name, or the initials of that, are written so, or one spelt nearly
/// so. One that is not certain by its name has to have the action: `kns:Publish` is `sns`, `kns:Decrypt` is `kms`. Of an
/// action that no service has nothing more can be asked.
pub(super) fn service(prefix: &str, name: &str) -> Option<Service> {
    if let Some(certain) = by_full_name(prefix) {
        return Some(certain);
    }
    // Of the few that can be meant, those that have the action, which takes longer to know.
    let length = prefix.chars().count();
    let is_near = |service: &Service| {
        // More edits than this nobody takes for a slip; the length tells of most at once.
        service.prefix().len().abs_diff(length) <= (length / 3).max(1) && nearest(prefix, [service.prefix()]).is_some()
    };
    let (mut owners, mut others) = (Vec::new(), Vec::new());
    for (service, initials) in &FullNames::get().initials {
        if are_initials(initials, prefix) || is_near(service) {
            if has(*service, name) {
                owners.push(*service);
            } else {
                others.push(*service);
            }
        }
    }
    if owners.is_empty() && !others.is_empty() && !is_of_any_service(name) {
        owners = others;
    }
    let by_initials = owners
        .iter()
        .find(|owner| are_initials(&initials(**owner), prefix))
        .copied();
    by_initials.or_else(|| nearest(prefix, owners.iter().map(|owner| owner.prefix())).and_then(catalogue::service))
}

/// An action without its service, with it; not one that many services have. The shortest prefix is the best known.
pub(super) fn with_prefix(name: &str) -> Option<String> {
    let owners = owners(name);
    if owners.is_empty() || owners.len() > MANY {
        return None;
    }
    let actions = owners.iter().filter_map(|service| service.action(name));
    let mut owned: Vec<String> = actions.map(|action| format!("`{}`", action.qualified())).collect_vec();
    sort(&mut owned, |one, other| one.len().cmp(&other.len()));
    owned.truncate(3);
    Some(owned.join(" or "))
}

/// More services than this have actions such as `TagResource`.
const MANY: usize = 8;

/// The services that have an action with this name, in any case. Read from all of them once, since each of many unknown actions may be
/// looked for.
fn owners(name: &str) -> &'static [Service] {
    static OWNERS: OnceLock<ByText<'static, Vec<Service>>> = OnceLock::new();
    let owners = OWNERS.get_or_init(|| {
        let mut owners = ByText::<Vec<Service>>::new();
        for service in catalogue::services() {
            for action in service.actions() {
                let name = action.name().to_ascii_lowercase();
                owners.update(name.into(), Vec::new(), |owners| owners.push(service));
            }
        }
        owners
    });
    owners.get(&*name.to_ascii_lowercase()).map_or(&[], Vec::as_slice)
}

/// Whether the service has such an action, or one that the pattern matches.
pub(super) fn has(service: Service, name: &str) -> bool {
    service.actions_matching(name).next().is_some()
}

fn is_of_any_service(name: &str) -> bool {
    if name.contains(['*', '?']) {
        catalogue::services().any(|service| has(service, name))
    } else {
        !owners(name).is_empty()
    }
}

/// For a pattern that matches nothing: the pattern nearest to it that does, or how the service's actions begin.
pub(super) fn for_pattern(service: Service, name: &str) -> String {
    let prefix = service.prefix();
    let mut literals = name.split(['*', '?']).filter(|part| !part.is_empty());
    let (mut begin, mut end) = (Vec::new(), Vec::new());
    for action in service.actions() {
        let mut words = words(action.name());
        if let Some(first) = words.next() {
            begin.push(first);
            end.push(words.last().unwrap_or(first));
        }
    }
    let near = match (literals.next(), literals.next()) {
        // `s3:Gett*` and `s3:*Objekt` are judged by the words that names begin and end with.
        (Some(word), None) if name.starts_with(word) && name.ends_with('*') => {
            let begin = begin.into_iter().filter(|verb| is_same_verb(word, verb));
            nearest(word, begin).map(|near| format!("{near}*"))
        }
        (Some(word), None) if name.ends_with(word) => nearest(word, end).map(|near| format!("*{near}")),
        _ => None,
    };
    let whole = || misspelt(service, &name.replace(['*', '?'], "")).map(str::to_owned);
    match near.or_else(whole) {
        Some(near) => format!("write `{prefix}:{near}`"),
        None => format!("its action names start with {}", beginnings(service)),
    }
}

/// The words that the names of a service's actions begin with, those of most actions first.
fn beginnings(service: Service) -> String {
    let mut counted: Vec<(usize, &str)> = Vec::new();
    for action in service.actions() {
        let Some(word) = words(action.name()).next() else {
            continue;
        };
        match counted.iter_mut().find(|(_, known)| *known == word) {
            Some((count, _)) => *count += 1,
            None => counted.push((1, word)),
        }
    }
    let more = if counted.len() > MANY { ", ..." } else { "" };
    let ranked = counted.iter().map(|(count, word)| ((*count, 0), *word)).collect_vec();
    let words: Vec<String> = first(ranked, MANY).map(|word| format!("`{word}`")).collect_vec();
    format!("{}{more}", words.join(", "))
}

/// Actions of the service that share words with this name, those that share most first.
fn likely(service: Service, name: &str) -> Option<String> {
    // Divided once: a name can be a whole file.
    let own: Texts<'_> = words(name).map(|word| word.to_ascii_lowercase().into()).collect();
    let shared = |action: &str| {
        words(action)
            .filter(|word| own.contains(&*word.to_ascii_lowercase()))
            .count()
    };
    let mut ranked: Vec<Ranked<'_>> = Vec::new();
    for action in service.actions().map(|action| action.name()) {
        let count = shared(action);
        if count > 0 {
            ranked.push(((count, action.len()), action));
        }
    }
    let names = first(ranked, 3).map(|action| format!("`{}:{action}`", service.prefix()));
    let names: Vec<String> = names.collect_vec();
    (!names.is_empty()).then(|| format!("similar actions: {}", names.join(", ")))
}

/// A text, with what ranks it: a count, and a cost where the counts are equal.
type Ranked<'t> = ((usize, usize), &'t str);

/// The texts of the highest counts; of equal counts those of the lowest costs, then the earlier.
fn first(ranked: Vec<Ranked<'_>>, few: usize) -> impl Iterator<Item = &str> {
    let order = |((count, cost), _): Ranked<'_>| (usize::MAX - count, cost);
    let mut best: Vec<Ranked<'_>> = Vec::new();
    for one in ranked {
        let at = best.partition_point(|other| order(*other) <= order(one));
        if at < few {
            best.insert(at, one);
            best.truncate(few);
        }
    }
    best.into_iter().map(|(_, text)| text)
}

/// The full names of the services, as prefixes are made of them.
struct FullNames {
    /// Without blanks, and without the company.
    squashed: ByText<'static, Service>,
    initials: Vec<(Service, String)>,
}

impl FullNames {
    fn get() -> &'static Self {
        static NAMES: OnceLock<FullNames> = OnceLock::new();
        NAMES.get_or_init(|| {
            let mut squashed = ByText::new();
            for service in catalogue::services() {
                let full = self::squashed(service.name());
                let short = full.strip_prefix("aws").or_else(|| full.strip_prefix("amazon"));
                if let Some(short) = short {
                    squashed.first(short.to_owned().into(), service);
                }
                squashed.first(full.into(), service);
            }
            Self {
                squashed,
                initials: catalogue::services()
                    .map(|service| (service, initials(service)))
                    .collect_vec(),
            }
        })
    }
}

/// `stepfunctions` for AWS Step Functions.
fn by_full_name(prefix: &str) -> Option<Service> {
    FullNames::get().squashed.get(&*squashed(prefix)).copied()
}

/// Whether a prefix is the initials of a name. No name has more words than that.
fn are_initials(initials: &str, prefix: &str) -> bool {
    (3..=8).contains(&prefix.len()) && initials.eq_ignore_ascii_case(prefix)
}

/// `efs` for Amazon Elastic File System, `mwaa` for Amazon Managed Workflows for Apache Airflow.
fn initials(service: Service) -> String {
    let mut initials = String::new();
    for part in service.name().split([' ', '-']) {
        for word in words(part) {
            let is_company = matches!(word, "Amazon" | "AWS");
            if let Some(first @ 'A'..='Z') = word.chars().next().filter(|_| !is_company) {
                initials.push(first);
            }
        }
    }
    initials
}

fn squashed(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect()
}
