//! The principals that alone have a condition key, if services do not.

use crate::catalogue::Bearer;
use crate::check::facts::ConditionFacts;

pub(super) fn principals_with_key(condition: &ConditionFacts<'_>) -> Option<&'static str> {
    Some(match condition.key_facts?.brought_by? {
        Bearer::Organization => "the accounts of an organization",
        Bearer::Tags => "users and roles with tags",
        Bearer::Users => "IAM users",
        Bearer::Federation => "sessions of an identity provider",
        Bearer::RoleSessions => "sessions of a role",
    })
}
