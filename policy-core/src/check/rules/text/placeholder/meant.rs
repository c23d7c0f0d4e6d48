//! Words for a value that are placeholders by where they are: `account-id` as a principal, and not as the value of a tag.

use std::ops::Range;

use crate::catalogue::{Holds, Scalar};
use crate::check::facts::{
    ConditionFacts, Facts, Noun, PrincipalRef, ResourceFault, StatementFacts, before_domain, placeholders,
};
use crate::document::{Place, Text};
use crate::names::NameKind;
use crate::policy::{Family, PrincipalKey};

/// A word, and where it is in its string.
type Word<'d> = (Place, &'d Text<'d>, Range<usize>);

pub(super) fn words<'d>(facts: &Facts<'d>) -> Vec<Word<'d>> {
    let mut words = Vec::new();
    for statement in &facts.statements {
        of_resources(statement, &mut words);
        for principal in &statement.principals {
            words.extend(of_principal(principal));
        }
        for condition in &statement.conditions {
            of_condition(condition, &mut words);
        }
    }
    // A placeholder that is spelt as one is found wherever it is.
    words.retain(|(_, text, _)| text.holes().is_empty() && placeholders(text).next().is_none());
    words
}

fn of_resources<'d>(statement: &StatementFacts<'d>, words: &mut Vec<Word<'d>>) {
    for resource in &statement.resources {
        let is_arn = !resource
            .faults
            .iter()
            .any(|fault| matches!(fault, ResourceFault::NotAnArn(_)));
        if !is_arn && is_word_for_arn(resource.text.filled()) {
            words.push(whole(resource.place, resource.text));
        }
    }
}

fn of_principal<'d>(principal: &PrincipalRef<'d>) -> Option<Word<'d>> {
    let (place, text) = (principal.place, principal.text);
    let filled = text.filled();
    // `accounts.google.com` is below the wrong key.
    if principal.right_key().is_some() {
        return None;
    }
    let is_word = match principal.key {
        PrincipalKey::Aws => {
            principal.arn.is_none()
                && (is_meant_for(NameKind::AccountId, Noun::Account, filled) && !filled.contains(':')
                    || is_word_for_arn(filled))
        }
        PrincipalKey::Service => return Some((place, text, in_service_principal(filled)?)),
        PrincipalKey::Federated => is_word_for_arn(filled),
        PrincipalKey::CanonicalUser => false,
    };
    is_word.then(|| whole(place, text))
}

fn of_condition<'d>(condition: &ConditionFacts<'d>, words: &mut Vec<Word<'d>>) {
    let holds = condition.key_facts.and_then(|key| key.holds);
    let holds_arns = condition
        .known_key
        .is_some_and(|key| key.value_type().scalar == Scalar::Arn);
    for (operand, operator) in condition.operands() {
        let Some(text) = operand.text else { continue };
        let value = operand.value;
        let family = operator.comparison.family();
        let is_word = match holds {
            _ if family == Family::Arn || family == Family::String && holds_arns => is_word_for_arn(value),
            _ if family != Family::String => false,
            Some(Holds::Account) => is_meant_for(NameKind::AccountId, Noun::Account, value),
            Some(Holds::Region) => is_meant_for(NameKind::Region, Noun::Region, value),
            Some(Holds::Organization) => is_meant_for(NameKind::OrganizationId, Noun::Organization, value),
            Some(Holds::Vpc) => is_meant_for(NameKind::VpcId, Noun::Vpc, value),
            Some(Holds::VpcEndpoint) => is_meant_for(NameKind::VpcEndpointId, Noun::Vpc, value),
            Some(Holds::Service | Holds::CallingService | Holds::RegionalService) => {
                words.extend(in_service_principal(value).map(|range| (operand.place, text, range)));
                false
            }
            _ => false,
        };
        if is_word {
            words.push(whole(operand.place, text));
        }
    }
}

/// Whether a text is a word for a name, and not one.
fn is_meant_for(kind: NameKind, noun: Noun, text: &str) -> bool {
    !kind.accepts(text) && noun.is_meant_by(text)
}

fn whole<'d>(place: Place, text: &'d Text<'d>) -> Word<'d> {
    (place, text, 0..text.filled().len())
}

/// What begins as an ARN does is one with a mistake.
fn is_word_for_arn(text: &str) -> bool {
    !text.starts_with("arn:") && Noun::Arn.is_meant_by(text)
}

/// `region` in `s3.region.amazonaws.com`, `SERVICE-NAME` in `SERVICE-NAME.amazonaws.com`.
fn in_service_principal(text: &str) -> Option<Range<usize>> {
    let labels = before_domain(text)?;
    let mut at = 0;
    labels.split('.').find_map(|label| {
        let range = at..at + label.len();
        at = range.end + 1;
        let is_word = Noun::Region.is_meant_by(label) || Noun::Service.is_meant_by(label);
        is_word.then_some(range)
    })
}
