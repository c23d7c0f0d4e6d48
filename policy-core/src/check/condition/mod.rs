//! Conditions: operators, keys, values, and whether the actions carry the keys at all.

mod carried;
mod key;
mod operator;
pub(super) mod tag;
#[cfg(test)]
mod tests;
mod value;
pub(super) mod vpc_endpoint;
mod without_key;

use crate::catalogue;
use crate::finding::Findings;
use crate::policy::Statement;

pub(super) use key::nearest_key;
pub(super) use without_key::WithoutKey;

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

/// The first three in backquotes, and how many there are besides.
fn first_three(mut names: impl ExactSizeIterator<Item = String>) -> String {
    let quoted = |name: String| format!("`{name}`");
    let first: Vec<String> = names.by_ref().take(3).map(quoted).collect();
    match (first.as_slice(), names.len()) {
        ([], _) => String::new(),
        ([one], _) => one.clone(),
        ([most @ .., last], 0) => format!("{} and {last}", most.join(", ")),
        (names, others) => format!("{} and {others} more", names.join(", ")),
    }
}
