//! Condition keys about the owner of a VPC endpoint, and services whose requests lack them.
//!
//! AWS fills these keys in for some services only. A request to another has none, however it came, so that a `Deny` of what
//! is not from the organization's own endpoints denies everything.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-vpceorgid>

use std::cell::OnceCell;

use super::global::OF_ENDPOINT_OWNERS;
use super::without_key::WithoutKey;
use crate::check::action::{Meant, Named};
use crate::check::listed;
use crate::check::table::rows;
use crate::finding::{Code, Finding, Findings};
use crate::policy::{Comparison, Condition, Effect, Statement};

/// The prefixes of the services that fill the keys in.
fn services() -> impl Iterator<Item = &'static str> {
    rows(include_str!("vpc-endpoint.txt"))
}

/// Reports a condition on such a key in a statement about services that do not fill it in.
pub(super) fn check(statement: &Statement<'_>, actions: &[Named<'_>], findings: &mut Findings) {
    let Some((condition, without_key)) = statement.conditions.iter().find_map(judged(statement)) else {
        return;
    };
    let lacking = if statement.action.is_none_or(|element| element.negated) {
        Lacking::Others
    } else {
        Lacking::of(actions)
    };
    let what = match lacking {
        Lacking::None => return,
        Lacking::Others => format!(
            "most services never fill in `{}`, and the statement takes them in",
            condition.key.written()
        ),
        Lacking::Known(names) => format!(
            "requests for {} never carry `{}`",
            listed::first(3, names.into_iter().map(listed::quoted)),
            condition.key.written()
        ),
    };
    let outcome = match (without_key, statement.effect) {
        (WithoutKey::Fails, Some(Effect::Deny)) => "the condition is never met for them, and they are never denied",
        (WithoutKey::Fails, _) => "the condition is never met for them, and they are never allowed",
        (_, Some(Effect::Deny)) => "the condition is always met for them, and they are denied from everywhere",
        (_, _) => "the condition is always met for them, and they are allowed from everywhere",
    };
    findings.push(
        Finding::new(
            Code::UseConditionKeyOnlyWithSupportedServices,
            condition.key_place,
            what,
        )
        .about(condition.key.written())
        .note(format!("AWS accepts it; {outcome}"))
        .help(
            "name with `Action` the actions of services that fill it in, such as `kms:*` and `s3:*`; for others compare \
             `aws:SourceVpc`",
        ),
    );
}

/// Whether a condition is on such a key, and does not provide for requests that lack it.
fn judged<'s, 'd>(
    statement: &'s Statement<'d>,
) -> impl Fn(&'s Condition<'d>) -> Option<(&'s Condition<'d>, WithoutKey)> {
    let asked = OnceCell::new();
    move |condition| {
        let comparison = condition.operator?.comparison;
        if !condition.compares() || !condition.is_on_one_of(&OF_ENDPOINT_OWNERS) {
            return None;
        }
        let without_key = WithoutKey::of(condition)?;
        // `IfExists` says that it need not be there. But in a `Deny` of what is not so, it is how all write it.
        let is_excused =
            without_key == WithoutKey::Excused && !(statement.effect == Some(Effect::Deny) && comparison.is_negated());
        let asked = asked.get_or_init(|| OF_ENDPOINT_OWNERS.map(|key| asks_for(statement, key)));
        let mut keys = OF_ENDPOINT_OWNERS.iter().zip(asked);
        let is_asked_for = keys.any(|(key, is_asked_for)| *is_asked_for && condition.is_on(key));
        (!is_excused && !is_asked_for).then_some((condition, without_key))
    }
}

/// Whether a condition asks if the key is there.
fn asks_for(statement: &Statement<'_>, key: &str) -> bool {
    statement.conditions.iter().any(|condition| {
        let comparison = condition.operator.map(|operator| operator.comparison);
        comparison == Some(Comparison::Null) && condition.is_on(key)
    })
}

/// What a statement takes in of services that do not fill the keys in.
enum Lacking<'d> {
    None,
    /// All services that there are.
    Others,
    /// These actions.
    Known(Vec<&'d str>),
}

impl<'d> Lacking<'d> {
    fn of(actions: &[Named<'d>]) -> Self {
        let mut known = Vec::new();
        for named in actions {
            let lacks = match &named.meant {
                Meant::Everything => return Self::Others,
                // The one action of IAM without them.
                Meant::One(action) if action.service().prefix() == "iam" && action.name() == "PassRole" => true,
                Meant::One(action) => !services().any(|prefix| prefix == action.service().prefix()),
                Meant::Pattern(service) => !services().any(|prefix| prefix == service.prefix()),
                Meant::Unknown => false,
            };
            if lacks {
                known.push(named.text.written());
            }
        }
        if known.is_empty() {
            Self::None
        } else {
            Self::Known(known)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::services;
    use crate::catalogue;

    #[test]
    fn every_service_of_the_list_exists() {
        assert!(services().count() > 40);
        let unknown: Vec<&str> = services()
            .filter(|prefix| catalogue::service(prefix).is_none())
            .collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }
}
