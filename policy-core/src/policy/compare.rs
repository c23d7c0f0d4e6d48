//! Whether two statements are equivalent.

use std::collections::{BTreeMap, BTreeSet};

use crate::policy::operator::Comparison;
use crate::policy::statement::{Effect, Element, StatementOutline};
use crate::policy::{PrincipalKey, account_of_root, principals};

/// The meaning of a statement, equal for equivalent statements.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct StatementMeaning<'d> {
    pub(super) allow: bool,
    pub(super) principals: Option<(bool, BTreeSet<(&'static str, String)>)>,
    pub(super) actions: Option<(bool, BTreeSet<String>)>,
    pub(super) resources: Option<(bool, BTreeSet<&'d str>)>,
    /// By operator and key, the lists of values: where there are several, as of `ArnEquals` and `ArnLike`, all must be met.
    pub(super) conditions: BTreeMap<(String, String), BTreeSet<BTreeSet<String>>>,
}

impl<'d> StatementMeaning<'d> {
    pub(crate) fn of(statement: &StatementOutline<'d>) -> Self {
        let mut conditions: BTreeMap<_, BTreeSet<BTreeSet<String>>> = BTreeMap::new();
        for condition in &statement.conditions {
            let operator = operator_name(condition.operator_text.written());
            let values = condition
                .value
                .as_list()
                .iter()
                .map(|node| node.as_scalar().map_or_else(|| node.to_json(), str::to_owned));
            conditions
                .entry((operator, condition.key.written().to_ascii_lowercase()))
                .or_default()
                .insert(values.collect());
        }
        Self {
            allow: statement.effect == Some(Effect::Allow),
            principals: statement.principal.map(principal_set),
            actions: statement.action.map(|element| {
                (
                    element.negated,
                    element
                        .texts()
                        .map(|(_, text)| text.written().to_ascii_lowercase())
                        .collect(),
                )
            }),
            resources: statement.resource.map(|element| {
                (
                    element.negated,
                    element.texts().map(|(_, text)| text.written()).collect(),
                )
            }),
            conditions,
        }
    }

    /// Whether this applies to each request that the other applies to, as far as principals and conditions decide it.
    pub(crate) fn asks_no_more_than(&self, other: &Self) -> bool {
        let of_all = match (&self.principals, &other.principals) {
            (None, None) => true,
            (Some((false, ours)), Some((negated, theirs))) => {
                let everyone = ours
                    .iter()
                    .any(|(key, who)| *key == PrincipalKey::Aws.name() && who == "*");
                everyone || !negated && ours.is_superset(theirs)
            }
            _ => false,
        };
        let mut lines = self.conditions.iter();
        let includes = |theirs: &BTreeSet<_>, ours| theirs.is_superset(ours);
        of_all
            && lines.all(|(line, values)| {
                other
                    .conditions
                    .get(line)
                    .is_some_and(|theirs| includes(theirs, values))
            })
    }
}

fn principal_set(element: Element<'_>) -> (bool, BTreeSet<(&'static str, String)>) {
    let set = principals(element.value).into_iter().map(|principal| {
        let text = principal.text.written();
        let who = match principal.key {
            PrincipalKey::Aws => account_of_root(text).unwrap_or(text),
            _ => text,
        };
        (principal.key.name(), who.to_owned())
    });
    (element.negated, set.collect())
}

/// `ArnEquals` and `ArnLike` are the same operator, and so are their negations.
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN>
fn operator_name(name: &str) -> String {
    name.replace(Comparison::ArnEquals.name(), Comparison::ArnLike.name())
        .replace(Comparison::ArnNotEquals.name(), Comparison::ArnNotLike.name())
}
