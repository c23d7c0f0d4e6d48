//! What binds a request to `DynamoDB` by some actions only.
//!
//! <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html>

use super::{ConditionFacts, WithoutKey};
use crate::catalogue::{AccessLevel, Action};
use crate::policy::Effect;

pub(in crate::check) const LEADING_KEYS: &str = "dynamodb:LeadingKeys";
pub(in crate::check) const RETURN_VALUES: &str = "dynamodb:ReturnValues";
pub(in crate::check) const SELECT: &str = "dynamodb:Select";

/// The action that reads every item, and so carries no key of any.
pub(in crate::check) const SCAN: &str = "Scan";

/// Whether what is wrong with such an action below this condition has a code of Access Analyzer's own.
pub(in crate::check) fn speaks_of(action: Action, condition: &ConditionFacts<'_>, effect: Option<Effect>) -> bool {
    is_of_dynamodb(condition)
        && action.service().prefix() == "dynamodb"
        && (is_wrong_way(action, condition) || action.name() == SCAN && scan_escapes(condition, effect))
}

pub(in crate::check) fn is_of_dynamodb(condition: &ConditionFacts<'_>) -> bool {
    condition.key.begins_with("dynamodb:")
}

pub(in crate::check) fn reads(action: Action) -> bool {
    action.access_levels().any(|level| level == AccessLevel::Read)
}

pub(in crate::check) fn writes(action: Action) -> bool {
    action.access_levels().any(|level| level == AccessLevel::Write)
}

/// Whether a request that names no item gets past a condition on the items' keys.
pub(in crate::check) fn scan_escapes(condition: &ConditionFacts<'_>, effect: Option<Effect>) -> bool {
    let Some(without_key) = condition.without_key else {
        return false;
    };
    let denies_all = effect == Some(Effect::Deny) && without_key != WithoutKey::Fails;
    condition.is_on(LEADING_KEYS) && !denies_all
}

/// Whether the action reads and the key is of writes, or the other way round.
pub(in crate::check) fn is_wrong_way(action: Action, condition: &ConditionFacts<'_>) -> bool {
    if condition.is_on(SELECT) {
        writes(action) && !action.carries(SELECT)
    } else {
        // AWS's tables list the key with some that read; Access Analyzer's page says that only writes have it.
        condition.is_on(RETURN_VALUES) && reads(action)
    }
}
