//! Whether two statements are equivalent.

use crate::catalogue::is_every_action;
use crate::collected::CollectVec;
use crate::policy::operator::Comparison;
use crate::policy::statement::{Effect, Element, StatementOutline};
use crate::policy::{PrincipalKey, account_of_root, principals};
use crate::sorted;

/// The meaning of a statement, equal for equivalent statements. Its lists are sorted, and have each entry once.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct StatementMeaning<'d> {
    pub(super) allow: bool,
    pub(super) principals: Option<(bool, Vec<(&'static str, String)>)>,
    pub(super) actions: Option<(bool, Vec<String>)>,
    pub(super) resources: Option<(bool, Vec<&'d str>)>,
    pub(super) conditions: Vec<ConditionMeaning>,
}

/// An operator, a key and a list of values. There are several of one operator and key, where the key is written in several cases: AWS does
/// not document whether all must be met. Those of `ArnEquals` and of `ArnLike` must both be met.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ConditionMeaning {
    pub(super) operator: String,
    pub(super) key: String,
    pub(super) values: Vec<String>,
}

impl ConditionMeaning {
    fn subject(&self) -> (&str, &str) {
        (&self.operator, &self.key)
    }
}

impl<'d> StatementMeaning<'d> {
    pub(crate) fn of(statement: &StatementOutline<'d>) -> Self {
        let conditions = statement.conditions.iter().map(|condition| {
            let values = condition.value.as_list().iter();
            let texts = values.map(|node| node.as_scalar().map_or_else(|| node.to_json(), str::to_owned));
            ConditionMeaning {
                operator: condition.operator_text.written().to_owned(),
                key: condition.key.written().to_ascii_lowercase(),
                values: sorted::set(texts.collect_vec()),
            }
        });
        let in_lower_case = |element: Element<'d>| {
            let texts = element.texts();
            let actions = texts.map(|(_, text)| match text.written() {
                every if is_every_action(every) => "*".to_owned(),
                written => written.to_ascii_lowercase(),
            });
            (element.negated, sorted::set(actions.collect_vec()))
        };
        let as_written = |element: Element<'d>| {
            let texts = element.texts().map(|(_, text)| text.written());
            (element.negated, sorted::set(texts.collect_vec()))
        };
        Self {
            allow: statement.effect == Some(Effect::Allow),
            principals: statement.principal.map(principal_set),
            actions: statement.action.map(in_lower_case),
            resources: statement.resource.map(as_written),
            conditions: with_one_arn_operator(conditions.collect_vec()),
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
                everyone || !negated && sorted::includes(ours, theirs)
            }
            _ => false,
        };
        of_all && sorted::includes(&other.conditions, &self.conditions)
    }
}

fn principal_set(element: Element<'_>) -> (bool, Vec<(&'static str, String)>) {
    let named = principals(element.value).into_iter().map(|principal| {
        let text = principal.text.written();
        let who = match principal.key {
            PrincipalKey::Aws => account_of_root(text).filter(|_| is_of_aws(text)).unwrap_or(text),
            _ => text,
        };
        (principal.key.name(), who.to_owned())
    });
    (element.negated, sorted::set(named.collect_vec()))
}

/// Whether an ARN is of the partition `aws`. An account ID is the root of the account in the partition of its policy, which is not
/// known: `aws` unless an ARN says otherwise. The roots of two partitions are never the same principal.
fn is_of_aws(arn: &str) -> bool {
    arn.starts_with("arn:aws:")
}

/// The conditions, sorted, with `ArnLike` for `ArnEquals`, and the same of their negations: they are the same operator. Both stay where they
/// have different values of one key, as both must be met; which has which means nothing, and the lesser are those of `ArnLike`.
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN>
fn with_one_arn_operator(conditions: Vec<ConditionMeaning>) -> Vec<ConditionMeaning> {
    let conditions = sorted::set(conditions);
    let is_equals =
        |line: &ConditionMeaning| arn_names(&line.operator).is_some_and(|(_, equals)| equals == line.operator);
    if !conditions.iter().any(is_equals) {
        return conditions;
    }
    let lines_of = |operator: &str, key: &str| {
        let wanted = (operator, key);
        let from = conditions.partition_point(|line| line.subject() < wanted);
        let rest = conditions.get(from..).unwrap_or_default();
        rest.get(..rest.partition_point(|line| line.subject() == wanted))
            .unwrap_or_default()
    };
    let renamed = conditions.iter().map(|line| {
        let mut line = line.clone();
        if let Some((like, equals)) = arn_names(&line.operator) {
            let other = if line.operator == like { &equals } else { &like };
            let (ours, theirs) = (lines_of(&line.operator, &line.key), lines_of(other, &line.key));
            let values = |lines: &'_ [ConditionMeaning]| lines.iter().map(|line| line.values.clone()).collect_vec();
            let is_like = theirs.is_empty() || values(ours) <= values(theirs);
            line.operator = if is_like { like } else { equals };
        }
        line
    });
    sorted::set(renamed.collect_vec())
}

/// Both names of an operator for ARNs, `ArnLike` first.
fn arn_names(name: &str) -> Option<(String, String)> {
    let pairs = [
        (Comparison::ArnLike.name(), Comparison::ArnEquals.name()),
        (Comparison::ArnNotLike.name(), Comparison::ArnNotEquals.name()),
    ];
    let pair = pairs
        .iter()
        .find(|(like, equals)| name.contains(like) || name.contains(equals));
    pair.map(|(like, equals)| (name.replace(equals, like), name.replace(like, equals)))
}
