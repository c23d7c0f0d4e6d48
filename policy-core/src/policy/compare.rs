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

/// An operator, a key and a list of values. Where there are several of one operator and key, as of `ArnEquals` and `ArnLike`, all must
/// be met.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ConditionMeaning {
    pub(super) operator: String,
    pub(super) key: String,
    pub(super) values: Vec<String>,
}

impl<'d> StatementMeaning<'d> {
    pub(crate) fn of(statement: &StatementOutline<'d>) -> Self {
        let conditions = statement.conditions.iter().map(|condition| {
            let values = condition.value.as_list().iter();
            let texts = values.map(|node| node.as_scalar().map_or_else(|| node.to_json(), str::to_owned));
            ConditionMeaning {
                operator: operator_name(condition.operator_text.written()),
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
            conditions: sorted::set(conditions.collect_vec()),
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
            PrincipalKey::Aws => account_of_root(text).unwrap_or(text),
            _ => text,
        };
        (principal.key.name(), who.to_owned())
    });
    (element.negated, sorted::set(named.collect_vec()))
}

/// `ArnEquals` and `ArnLike` are the same operator, and so are their negations.
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN>
fn operator_name(name: &str) -> String {
    name.replace(Comparison::ArnEquals.name(), Comparison::ArnLike.name())
        .replace(Comparison::ArnNotEquals.name(), Comparison::ArnNotLike.name())
}
