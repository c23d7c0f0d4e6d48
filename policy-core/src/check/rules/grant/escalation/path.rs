//! The published ways, read from `escalation-paths.txt` when they are first asked for.

use std::ops::Range;
use std::str::FromStr;
use std::sync::OnceLock;

use super::family::Family;
use crate::check::facts::Breadth;
use crate::check::table::{rows, rows_of};
use crate::collected::CollectVec;

/// One way: actions that lead to more when a policy allows all of them.
#[derive(Debug)]
pub(super) struct Path {
    pub family: Family,
    /// Which of the [table's](Table) actions, the decisive one first.
    pub needs: Vec<usize>,
    /// What the holder can do then, as the end of a sentence.
    pub gives: &'static str,
    /// Where it is described.
    pub source: &'static str,
}

/// An action that some way needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Needed {
    pub service: &'static str,
    pub name: &'static str,
    /// What it must be allowed on, where not any resource will do.
    pub on: Option<Breadth>,
}

/// All of them.
#[derive(Debug)]
pub(super) struct Table {
    pub paths: Vec<Path>,
    /// By service, then by name.
    pub actions: Vec<Needed>,
}

impl Table {
    /// The table.
    pub fn get() -> &'static Self {
        static TABLE: OnceLock<Table> = OnceLock::new();
        TABLE.get_or_init(|| Self::read(include_str!("escalation-paths.txt")))
    }

    /// The actions of a service.
    pub fn of(&self, service: &str) -> Range<usize> {
        rows_of(&self.actions, |needed| needed.service, service)
    }

    fn read(text: &'static str) -> Self {
        let rows: Vec<Row> = rows(text).filter_map(Row::read).collect_vec();
        let mut actions: Vec<Needed> = Vec::new();
        for needed in rows.iter().flat_map(|row| &row.needs) {
            if let Err(at) = actions.binary_search(needed) {
                actions.insert(at, *needed);
            }
        }
        let at = |needed: &Needed| actions.binary_search(needed).unwrap_or_default();
        let paths = rows
            .iter()
            .map(|row| Path {
                family: row.family,
                needs: row.needs.iter().map(at).collect_vec(),
                gives: row.gives,
                source: row.source,
            })
            .collect_vec();
        Self { paths, actions }
    }
}

struct Row {
    family: Family,
    needs: Vec<Needed>,
    gives: &'static str,
    source: &'static str,
}

impl Row {
    /// That each line is one is a test's matter.
    fn read(line: &'static str) -> Option<Self> {
        let mut fields = line.split(" | ");
        let family = Family::from_str(fields.next()?).ok()?;
        let needs: Option<Vec<Needed>> = fields.next()?.split(" + ").map(Needed::read).collect();
        Some(Self {
            family,
            needs: needs?,
            gives: fields.next()?,
            source: fields.next()?,
        })
    }
}

impl Needed {
    fn read(text: &'static str) -> Option<Self> {
        let (action, on) = match text.split_once(" on ") {
            Some((action, on)) => {
                let (service, resource) = on.split_once(':')?;
                let start = resource.strip_suffix('*')?;
                (action, Some(Breadth { service, start }))
            }
            None => (text, None),
        };
        let (service, name) = action.split_once(':')?;
        Some(Self { service, name, on })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{Table, rows};
    use crate::arn::{ArnFormat, Field};
    use crate::catalogue;

    #[test]
    fn every_line_is_read_and_names_what_aws_has() {
        let table = Table::get();
        assert_eq!(table.paths.len(), rows(include_str!("escalation-paths.txt")).count());
        for needed in &table.actions {
            let service = catalogue::service(needed.service).unwrap();
            let action = service.action(needed.name);
            assert_eq!(action.map(|action| action.name()), Some(needed.name), "{needed:?}");
            let Some(whole) = needed.on else { continue };
            let mut formats = action.unwrap().arn_formats();
            let wanted = |format: ArnFormat<'_>| {
                format.field(Field::Service) == whole.service && format.field(Field::Resource).starts_with(whole.start)
            };
            assert!(formats.any(wanted), "{needed:?}");
        }
    }

    #[test]
    fn a_way_is_not_found_twice() {
        let table = Table::get();
        for (at, path) in table.paths.iter().enumerate() {
            assert!(path.source.starts_with("https://"), "{path:?}");
            assert!(!path.gives.ends_with('.') && path.gives.is_ascii(), "{path:?}");
            for other in table.paths.iter().skip(at + 1) {
                assert_ne!(path.needs, other.needs, "{path:?}");
            }
        }
    }
}
