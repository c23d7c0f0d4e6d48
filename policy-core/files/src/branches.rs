//! What is found in the documents of one policy, put together.
//!
//! A policy with conditions is read as several documents. A mistake in one of them is a mistake: it is deployed where the conditions are
//! decided so. But that something is redundant is true only if it is so however they are decided, since it is written once: what is
//! removed for one branch is not there in the other. It is the same with a fix, whatever it is of: it changes all documents that have
//! what it changes.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::ops::Range;

use policy_core::document::{Document, Node, Place, Value};
use policy_core::finding::{Change, Code, Finding, Findings, Fix};

use crate::build::Unsure;

/// How much of a policy a finding has to be true of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Needs {
    /// One branch: where the conditions are decided so, the policy has the mistake.
    OneBranch,
    /// All branches that have the place, and the other branches of the statement decide about it.
    Statement,
    /// The same, and other statements decide about it too.
    Policy,
}

/// A finding needs all branches if it says of something that it could be left out, or that nothing uses it: then another branch may
/// need it. What is wrong by itself, or because something is missing beside it, is wrong in the branch in which it is so.
const fn needs(code: Code) -> Needs {
    match code {
        Code::RedundantStatement | Code::AllowSwallowedByDeny => Needs::Policy,
        Code::RedundantAction
        | Code::RedundantResource
        | Code::RedundantPrincipalInRoleTrustPolicy
        | Code::RedundantConditionValueNum
        | Code::RedundantKeyDueToWildcardInCondition
        | Code::RedundantStatementDueToWildcardInCondition
        // Of a list for the actions of two branches, each branch uses a part.
        | Code::ResourceFitsNoAction => Needs::Statement,
        _ => Needs::OneBranch,
    }
}

/// The findings of a policy that is read as these documents, and apart from them those whose subjects are allowed: each once. `further`
/// is what else it can be.
pub(crate) fn merged(
    documents: &[Document<'static>],
    further: &[Document<'static>],
    unsure: &Unsure,
    check: impl Fn(&Document<'static>) -> (Findings, Findings),
) -> (Findings, Findings) {
    let mut branches: Vec<Branch<'_>> = documents.iter().map(|document| Branch::new(document, &check)).collect();
    let is_plain = branches.len() <= 1 && further.is_empty();
    let depends = |finding: &Finding| needs(finding.code()) != Needs::OneBranch || !finding.fixes().is_empty();
    if !is_plain && branches.iter().flat_map(Branch::all).any(depends) {
        let further = further.iter().map(|document| Branch::new(document, &check));
        branches.extend(further);
        let branches = Branches { all: &branches, unsure };
        let (told, allowed): (Vec<Findings>, Vec<Findings>) = branches
            .all
            .iter()
            .take(documents.len())
            .map(|branch| (branches.holding(&branch.told), branches.holding(&branch.allowed)))
            .unzip();
        return (once(told), once(allowed));
    }
    if branches.len() == 1
        && let Some(only) = branches.pop()
    {
        return (only.told, only.allowed);
    }
    let (told, allowed) = branches.into_iter().map(|branch| (branch.told, branch.allowed)).unzip();
    (once(told), once(allowed))
}

fn once(all: Vec<Findings>) -> Findings {
    let mut last = None;
    let all: Findings = all.into_iter().flatten().collect();
    all.filter(|finding| last.replace(finding.clone()).as_ref() != Some(finding))
}

/// One of the documents, with what is found in it.
struct Branch<'d> {
    document: &'d Document<'static>,
    told: Findings,
    allowed: Findings,
    places: OnceCell<HashSet<Place>>,
}

impl<'d> Branch<'d> {
    fn new(document: &'d Document<'static>, check: impl Fn(&Document<'static>) -> (Findings, Findings)) -> Self {
        let (told, allowed) = check(document);
        Self {
            document,
            told,
            allowed,
            places: OnceCell::new(),
        }
    }

    fn all(&self) -> impl Iterator<Item = &Finding> {
        self.told.iter().chain(&self.allowed)
    }

    fn has(&self, place: Place) -> bool {
        let places = self.places.get_or_init(|| {
            let mut places = HashSet::new();
            add_places(self.document.root(), &mut places);
            places
        });
        places.contains(&place)
    }

    /// Whether the same is found here at the place of a finding, if there is that place.
    fn agrees(&self, finding: &Finding) -> bool {
        let is_same = |own: &Finding| {
            own.code() == finding.code()
                && own.place() == finding.place()
                && own.span_in_string() == finding.span_in_string()
        };
        !self.has(finding.place()) || self.all().any(is_same)
    }

    /// Whether what a fix of such a finding changes here is what a fix of this document would change.
    fn agrees_to(&self, fix: &Fix, code: Code) -> bool {
        let changes: Vec<&Change> = fix.changes().iter().filter(|change| self.has(change.place())).collect();
        let own = || self.all().filter(|own| own.code() == code).flat_map(Finding::fixes);
        let is_same = |own: &Fix| own.changes().iter().eq(changes.iter().copied());
        // What may be left out together may be left out one by one.
        let is_removed = |change: &&Change| {
            let mut removing = own().filter(|own| only_removes(own));
            only_removes(fix) && removing.any(|own| own.changes().contains(change))
        };
        changes.is_empty() || own().any(is_same) || changes.iter().all(is_removed)
    }

    /// The statement that has a place.
    fn statement_of(&self, place: Place) -> Option<Place> {
        let statements = self.document.root().member("Statement")?.as_list();
        let has = |statement: &&Node<'_>| statement.place.start <= place.start && place.end <= statement.place.end;
        statements.iter().find(has).map(|statement| statement.place)
    }
}

fn add_places(node: &Node<'_>, places: &mut HashSet<Place>) {
    places.insert(node.place);
    match &node.value {
        Value::Array(elements) => elements.iter().for_each(|element| add_places(element, places)),
        Value::Object(members) => {
            for member in members {
                places.insert(member.name_place);
                add_places(&member.value, places);
            }
        }
        _ => {}
    }
}

fn only_removes(fix: &Fix) -> bool {
    fix.changes().iter().all(|change| matches!(change, Change::Remove(_)))
}

/// All that a policy can be.
struct Branches<'b> {
    all: &'b [Branch<'b>],
    unsure: &'b Unsure,
}

impl Branches<'_> {
    /// Those of the findings of one document that are true of the policy, with the fixes that are.
    fn holding(&self, findings: &Findings) -> Findings {
        let holding = findings.iter().filter_map(|finding| {
            let mut own = finding.clone();
            let code = finding.code();
            own.retain_fixes(|fix| self.all.iter().all(|branch| branch.agrees_to(fix, code)));
            let is_true = needs(code) == Needs::OneBranch || !self.is_unsure(finding) && self.is_true(finding, &own);
            is_true.then_some(own)
        });
        holding.collect()
    }

    /// Whether a finding that needs all branches is true, of which these fixes are left. One whose fix removes something says of all that
    /// it removes that it could be left out.
    fn is_true(&self, finding: &Finding, left: &Finding) -> bool {
        if !finding.fixes().is_empty() && finding.fixes().iter().all(only_removes) {
            left.fixes().len() == finding.fixes().len()
        } else {
            self.all.iter().all(|branch| branch.agrees(finding))
        }
    }

    /// Whether there are ways to decide the conditions that are in no document, and would matter.
    fn is_unsure(&self, finding: &Finding) -> bool {
        let overlaps =
            |own: &Range<usize>, place: Place| own.start < place.end as usize && (place.start as usize) < own.end;
        match needs(finding.code()) {
            Needs::OneBranch => false,
            Needs::Policy => self.unsure.is_any,
            Needs::Statement => {
                let place = finding.place();
                let statement = self
                    .all
                    .iter()
                    .find_map(|branch| branch.statement_of(place))
                    .unwrap_or(place);
                self.unsure.statements.iter().any(|own| overlaps(own, statement))
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by it")]
mod tests;
