//! Conditions: operators, keys, values, and whether the actions carry the keys at all.

mod carried;
mod key;
mod operator;
#[cfg(test)]
mod tests;
mod value;

use crate::catalogue;
use crate::finding::Findings;
use crate::policy::Statement;

pub(super) use carried::WithoutKey;
pub(super) use key::nearest_key;

pub(super) fn check(statement: &Statement<'_>, findings: &mut Findings) {
    let mut carried = carried::Rule::new(statement);
    for (index, condition) in statement.conditions.iter().enumerate() {
        let earlier = statement.conditions.get(..index).unwrap_or_default();
        let key = catalogue::condition_key(condition.key.filled());
        operator::check(condition, earlier, key, findings);
        match (key::duplicate(condition, earlier), key) {
            (Some(duplicate), _) => findings.push(duplicate),
            (None, Some(key)) => findings.extend(carried.check(condition, key)),
            (None, None) => findings.extend(key::unknown(condition, statement)),
        }
        value::check(condition, key, findings);
    }
}
