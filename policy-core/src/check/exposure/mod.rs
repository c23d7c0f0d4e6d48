//! Who is let in by the policy of a resource or of a role.
//!
//! What an identity policy allows, it allows to whoever it is attached to. The policy of a resource says itself to whom, and
//! a slip there opens the resource to the world, to another account, or to every customer of a service. Only the policy of a
//! VPC endpoint opens nothing: what passes the endpoint, the resource and the caller's own policies have to allow as well.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html>,
//! <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html>

mod account;
mod limit;
mod public;
mod source;
#[cfg(test)]
mod tests;
mod uncarried;

use std::cell::OnceCell;

use super::Options;
use super::judged::Judged;
use super::size::Reach;
use crate::finding::Findings;
use crate::policy::{AttachedTo, Effect, Kind, principals};

pub(super) use public::Strangers;

pub(super) fn check(judged: &[Judged<'_, '_>], kind: Kind, reach: Reach, options: &Options, findings: &mut Findings) {
    if !matches!(kind, Kind::Resource | Kind::Trust) {
        return;
    }
    let strangers = Strangers::of(judged, reach);
    let denies_others = OnceCell::new();
    for one in judged {
        // Of `NotPrincipal` there is a rule by itself.
        let Some(element) = one.statement.principal.filter(|element| !element.negated) else {
            continue;
        };
        let principals = principals(element.value);
        uncarried::check(one.statement, &principals, findings);
        if one.statement.effect != Some(Effect::Allow) || options.resource() == Some(AttachedTo::VpcEndpoint) {
            continue;
        }
        if kind == Kind::Resource {
            findings.extend(public::check(one, &principals, &strangers, options));
        }
        let denies_others = || *denies_others.get_or_init(|| judged.iter().any(source::denies_others));
        source::check(one, &principals, kind, denies_others, findings);
        account::check(one, &principals, kind, options, findings);
    }
}
