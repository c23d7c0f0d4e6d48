//! Ways by which the holder of a policy gives itself more than the policy says.
//!
//! The ways are those that others have published; `escalation-paths.txt` has them. A way is open when the policy allows all of
//! its actions, in statements without conditions, on resources that include all of a kind: one that is limited to some
//! roles or by a condition may be intended, and no policy shows which roles these are.

mod family;
mod path;

use std::ops::Range;

use crate::check::facts::{
    ActionMeaning, Coverage, Covering, Facts, StatementFacts, coverage, is_about_all, is_denied,
};
use crate::check::rules::{Rule, Run};
use crate::check::words::listed;
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};
use path::{Needed, Path, Table};

pub(in crate::check::rules::grant) const RULE: Rule = Rule {
    codes: &[Code::PrivilegeEscalation],
    run: Run::Policy(check),
};

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    if !facts.gives_permissions() {
        return Vec::new();
    }
    let (policy, table) = (facts.statements.as_slice(), Table::get());
    let Some(allowed) = Allowed::by(policy, table) else {
        return Vec::new();
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
    groups.iter().filter_map(|group| group.finding(table)).collect_vec()
}

/// What of the [table's](Table) actions a policy allows, on as much as a way needs.
struct Allowed<'d>(Vec<Option<Coverage<'d>>>);

impl<'d> Allowed<'d> {
    /// None where it allows none.
    fn by(policy: &[StatementFacts<'d>], table: &Table) -> Option<Self> {
        let mut allowed = Vec::new();
        for statement in policy {
            if !statement.allows() || !statement.conditions.is_empty() {
                continue;
            }
            let Some(element) = statement.statement.action else {
                continue;
            };
            if element.negated {
                rest(statement, table, &mut allowed);
            } else {
                named(statement, table, &mut allowed);
            }
        }
        (!allowed.is_empty()).then_some(Self(allowed))
    }

    fn get(&self, need: usize) -> Option<Coverage<'d>> {
        self.0.get(need).copied().flatten()
    }

    fn opens(&self, path: &Path, policy: &[StatementFacts<'_>], table: &Table) -> bool {
        path.needs.iter().all(|need| self.get(*need).is_some())
            && !path
                .needs
                .iter()
                .filter_map(|need| table.actions.get(*need))
                .any(|needed| is_denied(policy, needed.service, needed.name, needed.on))
    }
}

/// Adds the actions that a statement includes.
fn named<'d>(statement: &StatementFacts<'d>, table: &Table, allowed: &mut Vec<Option<Coverage<'d>>>) {
    // Actions of one service mostly stand together.
    let mut known: (&str, Range<usize>) = ("", 0..0);
    for action in &statement.actions {
        let (range, by) = match action.meaning {
            ActionMeaning::Everything => (0..table.actions.len(), Covering::Pattern),
            ActionMeaning::One(_) | ActionMeaning::Pattern(_) => {
                let (service, by) = match action.meaning {
                    ActionMeaning::One(one) => (one.service(), Covering::Name),
                    ActionMeaning::Pattern(service) => (service, Covering::Pattern),
                    _ => continue,
                };
                if known.0 != service.prefix() {
                    known = (service.prefix(), table.of(service.prefix()));
                }
                (known.1.clone(), by)
            }
            ActionMeaning::Unknown(_) => continue,
        };
        if range.is_empty() {
            continue;
        }
        let names = action.name();
        for (at, needed) in table.actions.iter().enumerate().take(range.end).skip(range.start) {
            let is_meant = match action.meaning {
                ActionMeaning::Everything => true,
                ActionMeaning::One(one) => one.name() == needed.name,
                _ => names.matches_ignore_ascii_case(needed.name),
            };
            if is_meant {
                let coverage = Coverage {
                    place: action.place,
                    written: action.text.written(),
                    by,
                };
                add(statement, at, needed, coverage, table, allowed);
            }
        }
    }
}

/// Adds what `NotAction` leaves in.
fn rest<'d>(statement: &StatementFacts<'d>, table: &Table, allowed: &mut Vec<Option<Coverage<'d>>>) {
    for (at, needed) in table.actions.iter().enumerate() {
        if let Some(coverage) = coverage(statement, needed.service, needed.name) {
            add(statement, at, needed, coverage, table, allowed);
        }
    }
}

/// Adds one, unless it is there: the first that allows it is as good as any, but one that names it is better than a pattern.
fn add<'d>(
    statement: &StatementFacts<'d>,
    at: usize,
    needed: &Needed,
    coverage: Coverage<'d>,
    table: &Table,
    allowed: &mut Vec<Option<Coverage<'d>>>,
) {
    let earlier = allowed.get(at).copied().flatten();
    let is_better = earlier.is_none_or(|earlier| earlier.by != Covering::Name && coverage.by == Covering::Name);
    if !is_better || !is_about_all(statement, needed.on) {
        return;
    }
    if allowed.is_empty() {
        allowed.resize(table.actions.len(), None);
    }
    if let Some(slot) = allowed.get_mut(at) {
        *slot = Some(coverage);
    }
}

/// Open ways that are one mistake.
struct Group<'d> {
    /// The first way's decisive action.
    decisive: Coverage<'d>,
    paths: Vec<&'static Path>,
}

impl Group<'_> {
    fn finding(&self, table: &Table) -> Option<Finding> {
        let (first, others) = self.paths.split_first()?;
        let Coverage { place, written, by } = self.decisive;
        let names = names(first, table);
        let mut finding = Finding::new(
            Code::PrivilegeEscalation,
            place,
            format!(
                "with {} a principal with this policy can {}",
                listed::all(&names),
                first.gives
            ),
        )
        .about(written);
        let own = names.first().map_or("", String::as_str);
        finding = match by {
            Covering::Name => finding,
            Covering::Pattern => finding.note(format!("`{written}` includes {own}")),
            Covering::Rest => finding.note(format!("`NotAction` does not exclude {own}")),
        };
        if let Some(more) = more(others, &names, table) {
            finding = finding.note(format!("the same is possible with {more}"));
        }
        finding = finding.note(format!("AWS accepts it; see <{}>", first.source));
        if by != Covering::Name {
            finding = finding.with_help(format!("in place of `{written}`, write the actions that are needed"));
        }
        for help in first.family.helps() {
            finding = finding.with_help(*help);
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
    (!decisive.is_empty()).then(|| listed::first(SHOWN, &decisive))
}
