//! Conditions: operators, keys, values, and whether the actions carry the keys at all.
//!
//! AWS takes nearly every condition as it stands. One on a key that no request has, or with a value that none can have, is
//! never met or always, and the statement does not do what it says.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html>

mod carried;
mod dynamodb;
mod earlier;
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

use std::cell::OnceCell;

use super::judged::Judged;
use super::size::Reach;
use crate::catalogue;
use crate::finding::Findings;
use crate::policy::Kind;

use earlier::Earlier;

pub(super) use global::{OF_SERVICES, OF_SOURCES};
pub(super) use key::nearest_key;
pub(super) use without_key::WithoutKey;

/// The findings from `before` on are about the statement's actions and resources.
pub(super) fn check(judged: &Judged<'_, '_>, kind: Kind, reach: Reach, before: usize, findings: &mut Findings) {
    let statement = judged.statement;
    let mut carried = carried::Rule::new(judged);
    let mut earlier = Earlier::of(&statement.conditions);
    let services = OnceCell::new();
    let services = || services.get_or_init(|| key::services(statement)).as_slice();
    for condition in &statement.conditions {
        let key = catalogue::condition_key(condition.key.filled());
        operator::check(condition, &earlier, key, findings);
        match (key::duplicate(condition, &earlier), key) {
            (Some(duplicate), _) => findings.push(duplicate),
            (None, Some(key)) => {
                // Each of the conditions with each of the actions.
                if reach == Reach::All {
                    findings.extend(carried.check(condition, key));
                    findings.extend(s3_prefix::check(judged, condition));
                }
                findings.extend(untrustworthy::check(statement, condition, &earlier));
                findings.extend(paired::check(statement, condition, &earlier));
            }
            (None, None) => findings.extend(key::unknown(condition, &earlier, statement, reach, services)),
        }
        value::check(condition, key, statement.effect, findings);
        earlier.add(condition);
    }
    dynamodb::check(judged, findings);
    tag::check(statement, kind, &judged.actions, before, findings);
    vpc_endpoint::check(statement, &judged.actions, findings);
}
