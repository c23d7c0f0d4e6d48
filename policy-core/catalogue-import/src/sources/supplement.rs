//! The tables kept by hand, `data/` beside this crate, for what no downloadable data says. Each names its page.

use crate::error::Error;
use crate::model::{ByName, GlobalKey, Key, folded};

const GLOBAL_KEYS: &str = include_str!("../../data/global-keys.txt");
const SERVICE_KEYS: &str = include_str!("../../data/service-keys.txt");
const UNDOCUMENTED: &str = include_str!("../../data/undocumented.txt");
const NAMES: &str = include_str!("../../data/names.txt");
const FORMATS: &str = include_str!("../../data/formats.txt");

/// A row of `undocumented.txt`.
#[derive(Debug, PartialEq, Eq)]
pub struct UndocumentedRow {
    /// `key aws:PrincipalOrgMasterAccountId`.
    pub name: &'static str,
    pub policy: &'static str,
}

/// A row of `names.txt`.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NameRow {
    pub service: &'static str,
    pub variable: &'static str,
    /// What it is made of, if that is known.
    pub fact: Option<&'static str>,
}

/// A row of `formats.txt`.
#[derive(Debug, PartialEq, Eq)]
pub struct FormatRow {
    /// The whole row, for messages.
    pub written: &'static str,
    pub service: &'static str,
    pub resource_type: &'static str,
    pub kind: FormatKind,
}

/// What a row of `formats.txt` adds.
#[derive(Debug, PartialEq, Eq)]
pub enum FormatKind {
    /// Another format of the resource type.
    Format(&'static str),
    /// The resource type, with this format.
    Type(&'static str),
    /// The resource type to those that this action applies to.
    On(&'static str),
}

/// A row of `service-keys.txt`.
#[derive(Debug, PartialEq, Eq)]
pub struct KeyRow {
    /// The whole row, for messages.
    pub written: &'static str,
    pub service: &'static str,
    pub key: Key,
    /// The action whose requests have the key, if the service's page has the key for other actions.
    pub action: Option<&'static str>,
}

/// The ARN formats that the reference leaves out, and the actions that they are for.
pub fn formats() -> Result<Vec<FormatRow>, Error> {
    rows(FORMATS)
        .map(|row| {
            let (service, resource_type, kind) = match *row.split(' ').collect::<Vec<_>>().as_slice() {
                ["format", service, resource_type, format] => (service, resource_type, FormatKind::Format(format)),
                ["type", service, resource_type, format] => (service, resource_type, FormatKind::Type(format)),
                ["on", action, resource_type] => {
                    let (service, action) = action.split_once(':').unwrap_or_default();
                    (service, resource_type, FormatKind::On(action))
                }
                _ => {
                    return Err(Error::Data(format!(
                        "`data/formats.txt`: `{row}` is not `<format|type> <service> <type> <ARN format>` or \
                         `on <service>:<action> <type>`"
                    )));
                }
            };
            Ok(FormatRow {
                written: row,
                service,
                resource_type,
                kind,
            })
        })
        .collect()
}

/// The names of which the service models say nothing, or too little.
pub fn names() -> Result<Vec<NameRow>, Error> {
    rows(NAMES)
        .map(|row| match row.splitn(3, ' ').collect::<Vec<_>>().as_slice() {
            &[service, variable, fact] if fact == ANYTHING || fact.starts_with('[') => Ok(NameRow {
                service,
                variable,
                fact: (fact != ANYTHING).then_some(fact),
            }),
            _ => Err(Error::Data(format!(
                "`data/names.txt`: `{row}` is not `<service> <variable> [<characters>]` or `<service> <variable> {ANYTHING}`"
            ))),
        })
        .collect()
}

/// In `names.txt`, for a name that may be made of anything.
const ANYTHING: &str = "anything";

/// The global condition keys.
pub fn global_keys() -> Result<ByName<GlobalKey>, Error> {
    let mut keys = ByName::new();
    for row in rows(GLOBAL_KEYS) {
        let mut words = row.split(' ');
        let (Some(name), Some(value_type), listed, None) = (words.next(), words.next(), words.next(), words.next())
        else {
            return Err(Error::Data(format!(
                "`data/global-keys.txt`: `{row}` is not `<key> <type> [listed]`"
            )));
        };
        let key = Key {
            name: name.to_owned(),
            value_type: value_type.to_owned(),
        };
        keys.insert(
            folded(name),
            GlobalKey {
                key,
                listed: listed == Some("listed"),
            },
        );
    }
    Ok(keys)
}

/// Keys that a service or one of its actions has besides those of its page, or in another type.
pub fn service_keys() -> Result<Vec<KeyRow>, Error> {
    rows(SERVICE_KEYS)
        .map(|row| {
            let mut words = row.split(' ');
            let (Some(service), Some(name), Some(value_type), action, None) =
                (words.next(), words.next(), words.next(), words.next(), words.next())
            else {
                return Err(Error::Data(format!(
                    "`data/service-keys.txt`: `{row}` is not `<service> <key> <type> [<action>]`"
                )));
            };
            Ok(KeyRow {
                written: row,
                service,
                key: Key {
                    name: name.to_owned(),
                    value_type: value_type.to_owned(),
                },
                action,
            })
        })
        .collect()
}

/// The names that AWS does not document, and that no imported policy has.
pub fn undocumented() -> Result<Vec<UndocumentedRow>, Error> {
    rows(UNDOCUMENTED)
        .map(|row| match row.rsplit_once(' ') {
            Some((name, policy)) if name.contains(' ') => Ok(UndocumentedRow { name, policy }),
            _ => Err(Error::Data(format!(
                "`data/undocumented.txt`: `{row}` is not `<action|key|service> <name> <policy>`"
            ))),
        })
        .collect()
}

fn rows(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}
