//! Ways by which the holder of a policy gives itself more than the policy says.
//!
//! The ways are those that others have published; `escalation-paths.txt` has them. A way is open when the policy allows all of
//! its actions, in statements without conditions, on resources that take in all of a kind: what is held to some roles or
//! by some condition may be meant so, and which roles these are no policy says.

mod family;
mod path;

use std::ops::Range;

use super::taken::{By, Taken, covers, is_denied, taken};
use crate::check::action::Meant;
use crate::check::judged::Judged;
use crate::check::listed;
use crate::finding::{Code, Finding, Findings};
use crate::policy::Effect;

use path::{Needed, Path, Table};

pub(super) fn check(policy: &[Judged<'_, '_>], findings: &mut Findings) {
    let table = Table::get();
    let Some(allowed) = Allowed::by(policy, table) else {
        return;
    };
    let mut groups: Vec<Group<'_>> = Vec::new();
    for path in table.paths.iter().filter(|path| allowed.opens(path, policy, table)) {
        let Some(decisive) = path.needs.first().and_then(|need| allowed.get(*need)) else {
            continue;
        };
        // A pattern may open ways of every kind; that is one mistake.
        let same = |group: &&mut Group<'_>| {
            group.decisive.place == decisive.place || group.paths.iter().any(|other| other.family == path.family)
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.paths.push(path),
            None => groups.push(Group {
                decisive,
                paths: vec![path],
            }),
        }
    }
    findings.extend(groups.iter().filter_map(|group| group.finding(table)));
}

/// What of the [table's](Table) actions a policy allows, on as much as a way needs.
struct Allowed<'d>(Vec<Option<Taken<'d>>>);

impl<'d> Allowed<'d> {
    /// None where it allows none.
    fn by(policy: &[Judged<'_, 'd>], table: &Table) -> Option<Self> {
        let mut allowed = Vec::new();
        for judged in policy {
            let statement = judged.statement;
            if statement.effect != Some(Effect::Allow) || !statement.conditions.is_empty() {
                continue;
            }
            let Some(element) = statement.action else { continue };
            if element.negated {
                rest(judged, table, &mut allowed);
            } else {
                named(judged, table, &mut allowed);
            }
        }
        (!allowed.is_empty()).then_some(Self(allowed))
    }

    fn get(&self, need: usize) -> Option<Taken<'d>> {
        self.0.get(need).copied().flatten()
    }

    fn opens(&self, path: &Path, policy: &[Judged<'_, '_>], table: &Table) -> bool {
        path.needs.iter().all(|need| self.get(*need).is_some())
            && !path
                .needs
                .iter()
                .filter_map(|need| table.actions.get(*need))
                .any(|needed| is_denied(policy, needed.service, needed.name, needed.on))
    }
}

/// Adds what the actions of a statement take in.
fn named<'d>(judged: &Judged<'_, 'd>, table: &Table, allowed: &mut Vec<Option<Taken<'d>>>) {
    // Actions of one service mostly stand together.
    let mut known: (&str, Range<usize>) = ("", 0..0);
    for action in &judged.actions {
        let (range, by) = match action.meant {
            Meant::Everything => (0..table.actions.len(), By::Pattern),
            Meant::One(_) | Meant::Pattern(_) => {
                let (service, by) = match action.meant {
                    Meant::One(one) => (one.service(), By::Name),
                    Meant::Pattern(service) => (service, By::Pattern),
                    _ => continue,
                };
                if known.0 != service.prefix() {
                    known = (service.prefix(), table.of(service.prefix()));
                }
                (known.1.clone(), by)
            }
            Meant::Unknown => continue,
        };
        if range.is_empty() {
            continue;
        }
        let names = action.name();
        for (at, needed) in table.actions.iter().enumerate().take(range.end).skip(range.start) {
            let is_meant = match action.meant {
                Meant::Everything => true,
                Meant::One(one) => one.name() == needed.name,
                _ => names.matches_ignore_ascii_case(needed.name),
            };
            if is_meant {
                let taken = Taken {
                    place: action.place,
                    written: action.text.written(),
                    by,
                };
                add(judged, at, needed, taken, table, allowed);
            }
        }
    }
}

/// Adds what `NotAction` leaves in.
fn rest<'d>(judged: &Judged<'_, 'd>, table: &Table, allowed: &mut Vec<Option<Taken<'d>>>) {
    for (at, needed) in table.actions.iter().enumerate() {
        if let Some(taken) = taken(judged, needed.service, needed.name) {
            add(judged, at, needed, taken, table, allowed);
        }
    }
}

/// Adds one, unless it is there: the first that allows it is as good as any, but one that names it is better than a pattern.
fn add<'d>(
    judged: &Judged<'_, 'd>,
    at: usize,
    needed: &Needed,
    taken: Taken<'d>,
    table: &Table,
    allowed: &mut Vec<Option<Taken<'d>>>,
) {
    let earlier = allowed.get(at).copied().flatten();
    let is_better = earlier.is_none_or(|earlier| earlier.by != By::Name && taken.by == By::Name);
    if !is_better || !covers(judged, needed.on) {
        return;
    }
    if allowed.is_empty() {
        allowed.resize(table.actions.len(), None);
    }
    if let Some(slot) = allowed.get_mut(at) {
        *slot = Some(taken);
    }
}

/// Open ways that are one mistake.
struct Group<'d> {
    /// The first way's decisive action.
    decisive: Taken<'d>,
    paths: Vec<&'static Path>,
}

impl Group<'_> {
    fn finding(&self, table: &Table) -> Option<Finding> {
        let (first, others) = self.paths.split_first()?;
        let Taken { place, written, by } = self.decisive;
        let names = names(first, table);
        let mut finding = Finding::new(
            Code::PrivilegeEscalation,
            place,
            format!(
                "with {} the holder of this policy can {}",
                listed::all(&names),
                first.gives
            ),
        )
        .about(written);
        let own = names.first().map_or("", String::as_str);
        finding = match by {
            By::Name => finding,
            By::Pattern => finding.note(format!("`{written}` takes in {own}")),
            By::Rest => finding.note(format!("`NotAction` leaves in {own}")),
        };
        if let Some(more) = more(others, &names, table) {
            finding = finding.note(format!("so can it by {more}"));
        }
        finding = finding.note(format!("AWS accepts it; <{}> shows how it is done", first.source));
        if by != By::Name {
            finding = finding.help(format!("in place of `{written}`, write the actions that are needed"));
        }
        for help in first.family.helps() {
            finding = finding.help(*help);
        }
        Some(finding)
    }
}

/// The actions of a way, each once.
fn names(path: &Path, table: &Table) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(path.needs.len());
    for needed in path.needs.iter().filter_map(|need| table.actions.get(*need)) {
        let name = format!("`{}:{}`", needed.service, needed.name);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The decisive actions of further ways, but those that have been named, and how many more there are.
fn more(paths: &[&'static Path], named: &[String], table: &Table) -> Option<String> {
    const SHOWN: usize = 4;
    let mut decisive: Vec<String> = Vec::new();
    for path in paths {
        let name = names(path, table).into_iter().next();
        decisive.extend(name.filter(|name| !decisive.contains(name) && !named.contains(name)));
    }
    (!decisive.is_empty()).then(|| listed::first(SHOWN, decisive.into_iter()))
}
