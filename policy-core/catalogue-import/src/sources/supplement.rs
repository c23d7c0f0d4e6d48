//! The tables kept by hand, `data/` beside this crate, for what no downloadable data says. Each names its page.

use crate::error::Error;
use crate::model::{ByName, GlobalKey, Key, folded};

const GLOBAL_KEYS: &str = include_str!("../../data/global-keys.txt");
const SERVICE_KEYS: &str = include_str!("../../data/service-keys.txt");
const UNDOCUMENTED: &str = include_str!("../../data/undocumented.txt");
const NAMES: &str = include_str!("../../data/names.txt");

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

/// Keys that a service has besides those of its page, or in another type, each with the service's prefix.
pub fn service_keys() -> Result<Vec<(&'static str, Key)>, Error> {
    rows(SERVICE_KEYS)
        .map(|row| match row.split(' ').collect::<Vec<_>>().as_slice() {
            &[service, name, value_type] => Ok((
                service,
                Key {
                    name: name.to_owned(),
                    value_type: value_type.to_owned(),
                },
            )),
            _ => Err(Error::Data(format!(
                "`data/service-keys.txt`: `{row}` is not `<service> <key> <type>`"
            ))),
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
