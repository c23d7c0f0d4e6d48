//! Conditions: operators, keys, values, and whether the actions carry the keys at all.
//!
//! AWS takes nearly every condition as it stands. One on a key that no request has, or with a value that none can have, is
//! never met or always, and the statement does not do what it says.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html>

mod carried;
mod dynamodb;
mod global;
mod key;
mod operator;
mod paired;
mod s3_prefix;
mod sensitive;
mod tag;
#[cfg(test)]
mod tests;
mod untrustworthy;
mod value;
mod vpc_endpoint;
mod without_key;

use super::judged::Judged;
use crate::catalogue;
use crate::finding::Findings;
use crate::policy::Kind;

pub(super) use global::{OF_SERVICES, OF_SOURCES};
pub(super) use key::nearest_key;
pub(super) use without_key::WithoutKey;

pub(super) fn check(judged: &Judged<'_, '_>, kind: Kind, findings: &mut Findings) {
    let statement = judged.statement;
    let mut carried = carried::Rule::new(judged);
    for (index, condition) in statement.conditions.iter().enumerate() {
        let earlier = statement.conditions.get(..index).unwrap_or_default();
        let key = catalogue::condition_key(condition.key.filled());
        operator::check(condition, earlier, key, findings);
        match (key::duplicate(condition, earlier), key) {
            (Some(duplicate), _) => findings.push(duplicate),
            (None, Some(key)) => {
                findings.extend(carried.check(condition, key));
                findings.extend(s3_prefix::check(judged, condition));
                findings.extend(untrustworthy::check(statement, condition, earlier));
                findings.extend(paired::check(statement, condition, earlier));
            }
            (None, None) => findings.extend(key::unknown(condition, earlier, statement)),
        }
        value::check(condition, key, statement.effect, findings);
    }
    dynamodb::check(judged, findings);
    tag::check(statement, kind, &judged.actions, findings);
    vpc_endpoint::check(statement, &judged.actions, findings);
}
