//! Changes of conditions that mend findings of several families.

use crate::check::facts::{ConditionFacts, StatementFacts};
use crate::document::Member;
use crate::finding::{Change, Fix};

/// Removes a condition: the key, or the operator of which it is the only key, or the whole `Condition` if that has nothing else.
/// `None` where another line has the same operator and key, in letters of another case: AWS compares the values of both.
pub(super) fn removal(statement: &StatementFacts<'_>, condition: &ConditionFacts<'_>) -> Option<Change> {
    let is_twin = |other: &ConditionFacts<'_>| {
        other.key_place != condition.key_place
            && other.operator == condition.operator
            && other.key.filled().eq_ignore_ascii_case(condition.key.filled())
    };
    if statement.conditions.iter().any(is_twin) {
        return None;
    }
    let (whole, operator) = written(statement, condition)?;
    let place = match (whole.value.members().len(), operator.value.members().len()) {
        (1, 1) => whole.name_place,
        (_, 1) => operator.name_place,
        _ => condition.key_place,
    };
    Some(Change::Remove(place))
}

/// Writes another operator; `None` if it has other keys, which keep theirs.
pub(super) fn operator(statement: &StatementFacts<'_>, condition: &ConditionFacts<'_>, name: &str) -> Option<Fix> {
    let (_, operator) = written(statement, condition)?;
    let is_alone = operator.value.members().len() == 1;
    is_alone.then(|| Fix::write(condition.operator_place, name))
}

/// The `Condition` of the statement, and the operator of a line of it.
fn written<'d>(
    statement: &StatementFacts<'d>,
    condition: &ConditionFacts<'_>,
) -> Option<(&'d Member<'d>, &'d Member<'d>)> {
    let mut elements = statement.statement.node.members().iter();
    let whole = elements.find(|member| member.name.written() == "Condition")?;
    let mut operators = whole.value.members().iter();
    let own = operators.find(|own| own.name_place == condition.operator_place)?;
    Some((whole, own))
}
