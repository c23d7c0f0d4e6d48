//! Whether a statement that allows something to `*` means just anybody.

use super::limit::{is_exception, is_limit};
use super::{ConditionFacts, PrincipalRef, StatementFacts};
use crate::arn::Glob;
use crate::document::Text;
use crate::policy::{Element, PrincipalKey};

/// Whether a statement that allows something to `*` means just anybody, in a policy of these statements.
pub(in crate::check) fn takes_strangers(statement: &StatementFacts<'_>, policy: &[StatementFacts<'_>]) -> bool {
    statement.allows()
        && !statement.conditions.iter().any(is_limit)
        && !policy.iter().any(|other| denies_strangers(other, statement))
}

/// Whether a principal is `*`.
pub(in crate::check) fn is_everyone(principal: &PrincipalRef<'_>) -> bool {
    principal.key == PrincipalKey::Aws && principal.text.written() == "*"
}

/// Whether a statement denies to all strangers what the other allows, as API Gateway writes it:
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html>
fn denies_strangers(deny: &StatementFacts<'_>, allow: &StatementFacts<'_>) -> bool {
    if !deny.denies()
        || !covers(deny.statement.action, allow.statement.action)
        || !covers(deny.statement.resource, allow.statement.resource)
    {
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

/// Whether the patterns of one element take in all that those of another stand for.
fn covers(all: Option<Element<'_>>, some: Option<Element<'_>>) -> bool {
    match (all, some) {
        (None, None) => true,
        (Some(all), Some(some)) if !all.negated && !some.negated => some
            .texts()
            .all(|(_, one)| all.texts().any(|(_, pattern)| takes_in(pattern, one))),
        _ => false,
    }
}

fn takes_in(pattern: &Text<'_>, one: &Text<'_>) -> bool {
    let (pattern, one) = (pattern.filled(), one.filled());
    // A `?` would take a `*` for one character.
    pattern == one || !pattern.contains('?') && Glob::wildcards(pattern).matches_ignore_ascii_case(one)
}
