//! Statements without those that others cover.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::arn::Candidates;
use crate::policy::compare::StatementMeaning;
use crate::policy::whole::covered::{Item, Matter};

/// The statements that no other applies to as much as: of those that cover each other, the first.
pub(super) fn without_covered(statements: Vec<StatementMeaning<'_>>) -> Vec<StatementMeaning<'_>> {
    let mut groups: BTreeMap<_, Vec<Lists<'_>>> = BTreeMap::new();
    for (index, statement) in statements.iter().enumerate() {
        if let Some(lists) = Lists::of(index, statement) {
            let alike = (
                statement.allow,
                lists.resources.is_some(),
                &statement.principals,
                &statement.conditions,
            );
            groups.entry(alike).or_default().push(lists);
        }
    }
    let mut is_covered = vec![false; statements.len()];
    for group in groups.into_values().filter(|group| group.len() > 1) {
        for covered in covered_of(&group) {
            if let Some(slot) = is_covered.get_mut(covered) {
                *slot = true;
            }
        }
    }
    let kept = statements.into_iter().zip(is_covered);
    kept.filter(|(_, is_covered)| !is_covered)
        .map(|(statement, _)| statement)
        .collect()
}

/// The actions and resources of the statement of an index, which has no `NotAction` and no `NotResource`.
struct Lists<'s> {
    index: usize,
    actions: Vec<Item<'s>>,
    resources: Option<Vec<Item<'s>>>,
}

impl<'s> Lists<'s> {
    fn of(index: usize, statement: &'s StatementMeaning<'_>) -> Option<Self> {
        let Some((false, actions)) = &statement.actions else {
            return None;
        };
        let resources = match &statement.resources {
            None => None,
            Some((true, _)) => return None,
            Some((false, resources)) => {
                let items = resources.iter().map(|text| Item::of(text, Matter::Resources));
                Some(items.collect())
            }
        };
        Some(Self {
            index,
            actions: actions.iter().map(|text| Item::of(text, Matter::Actions)).collect(),
            resources,
        })
    }

    fn resources(&self) -> &[Item<'s>] {
        self.resources.as_deref().unwrap_or_default()
    }

    fn covers(&self, other: &Self) -> bool {
        is_within(other.resources(), self.resources()) && is_within(&other.actions, &self.actions)
    }
}

/// Whether others cover each of these. Both are sorted, in which what is in both is found at once.
fn is_within(items: &[Item<'_>], others: &[Item<'_>]) -> bool {
    items.iter().all(|item| {
        others.binary_search_by(|other| other.folded.cmp(&item.folded)).is_ok()
            || others
                .iter()
                .any(|other| other.is_pattern() && other.may_cover(item) && other.covers(item))
    })
}

fn first<'s>(items: &[Item<'s>]) -> Cow<'s, str> {
    items.first().map(|item| item.folded.clone()).unwrap_or_default()
}

/// The indexes of the statements of a group, the same but for their actions and resources, that others of the group cover.
fn covered_of(group: &[Lists<'_>]) -> Vec<usize> {
    // A statement that covers another covers its first action, and its first resource.
    let by_action = Candidates::of(group.iter().map(|lists| first(&lists.actions)).collect());
    let by_resource = Candidates::of(group.iter().map(|lists| first(lists.resources())).collect());
    let mut is_covered = vec![false; group.len()];
    for (number, wide) in group.iter().enumerate() {
        if is_covered.get(number) == Some(&true) {
            continue;
        }
        let count = |items: &[Item<'_>], candidates: &Candidates<'_>| -> usize {
            items.iter().map(|item| candidates.count(&item.folded)).sum()
        };
        let (actions, resources) = (&wide.actions, wide.resources());
        let (items, candidates) = if resources.is_empty() || count(actions, &by_action) < count(resources, &by_resource)
        {
            (&**actions, &by_action)
        } else {
            (resources, &by_resource)
        };
        for item in items {
            candidates.of_pattern(&item.folded, &mut |other| {
                if let (Some(lists), Some(slot)) = (group.get(other), is_covered.get_mut(other)) {
                    *slot = *slot || other != number && wide.covers(lists);
                }
            });
        }
    }
    let found = group.iter().zip(is_covered).filter(|(_, is_covered)| *is_covered);
    found.map(|(lists, _)| lists.index).collect()
}
