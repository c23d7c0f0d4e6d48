//! Who alone brings a condition key, if it is one that services do not.

use crate::catalogue::Bearer;
use crate::check::facts::ConditionFacts;

pub(super) fn who_brings(condition: &ConditionFacts<'_>) -> Option<&'static str> {
    Some(match condition.key_facts?.brought_by? {
        Bearer::Organization => "the members of an organization",
        Bearer::Tags => "users and roles with tags",
        Bearer::Users => "IAM users",
        Bearer::Federation => "sessions of an identity provider",
        Bearer::RoleSessions => "sessions of a role",
    })
}
