//! Whether a statement that allows something to `*` means just anybody.

use super::cover::{Matter, covers};
use super::limit::{is_exception, is_limit};
use super::{ConditionFacts, PrincipalRef, StatementFacts};
use crate::collected::CollectVec;
use crate::policy::{PrincipalKey, Version};

/// Which of these statements deny something to all strangers, by their number.
pub(super) fn denials(policy: &[StatementFacts<'_>]) -> Vec<usize> {
    let denials = policy
        .iter()
        .enumerate()
        .filter(|(_, statement)| denies_strangers(statement));
    denials.map(|(number, _)| number).collect_vec()
}

/// Whether a statement allows principals that no condition names.
pub(super) fn names_nobody(statement: &StatementFacts<'_>) -> bool {
    statement.allows() && !statement.conditions.iter().any(is_limit)
}

/// Whether a denial is about all that another statement allows.
pub(super) fn takes_back(deny: &StatementFacts<'_>, allow: &StatementFacts<'_>, version: Version) -> bool {
    covers(deny.statement.action, allow.statement.action, Matter::Action)
        && covers(
            deny.statement.resource,
            allow.statement.resource,
            Matter::Resource(version),
        )
}

/// Whether a principal is `*`.
pub(in crate::check) fn is_everyone(principal: &PrincipalRef<'_>) -> bool {
    principal.key == PrincipalKey::Aws && principal.text.written() == "*"
}

/// Whether a statement denies something to all strangers, as API Gateway writes it:
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html>
fn denies_strangers(deny: &StatementFacts<'_>) -> bool {
    if !deny.denies() {
        return false;
    }
    let Some(element) = deny.statement.principal else {
        return false;
    };
    let is_neutral = |condition: &&ConditionFacts<'_>| condition.is_on("aws:PrincipalIsAWSService");
    let mut telling = deny
        .conditions
        .iter()
        .filter(|condition| !is_neutral(condition))
        .peekable();
    if element.negated {
        return telling.peek().is_none();
    }
    deny.principals.iter().any(is_everyone) && telling.peek().is_some() && telling.all(is_exception)
}
