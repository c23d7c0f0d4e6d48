//! Service principals for which there is no evidence, and those that are one letter from one that exists.
//!
//! AWS publishes no list of them, so that only a near miss is sure.

use crate::catalogue::Holds;
use crate::check::facts::{ConditionFacts, Evidence, Facts, PrincipalRef, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::collected::CollectVec;
use crate::document::{Place, Text};
use crate::finding::{Code, Finding};
use crate::policy::{Family, PrincipalKey};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::UnknownServicePrincipal],
    run: Run::Statement(check),
};

fn check(_: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let principals = statement.principals.iter().filter_map(of_principal);
    principals
        .chain(statement.conditions.iter().flat_map(of_condition))
        .collect_vec()
}

fn of_principal(principal: &PrincipalRef<'_>) -> Option<Finding> {
    let is_service = principal.key == PrincipalKey::Service;
    let finding = unknown(principal.place, principal.text, principal.text.filled()).filter(|_| is_service)?;
    Some(finding.note("IAM and most other services reject a policy with a service principal that does not exist: `Invalid principal in policy`"))
}

fn of_condition(condition: &ConditionFacts<'_>) -> Vec<Finding> {
    let holds = condition.key_facts.and_then(|key| key.holds);
    let family = condition.operator.map(|operator| operator.comparison.family());
    let is_regional = holds == Some(Holds::RegionalService);
    // That one of these has more than one word is another mistake.
    let has_one_word = holds == Some(Holds::CallingService);
    if family != Some(Family::String) || !is_regional && !matches!(holds, Some(Holds::Service | Holds::CallingService))
    {
        return Vec::new();
    }
    let key = condition.key.written();
    let nodes = condition.value.as_list().iter();
    let texts = nodes.filter_map(|node| Some((node.place, node.as_text()?)));
    let found = texts.filter_map(|(place, text)| {
        if has_one_word && text.filled().split('.').count() > 3 {
            None
        } else if is_regional {
            of_regional(place, text)
        } else {
            unknown(place, text, text.filled())
        }
    });
    found
        .map(|finding| {
            finding.note(format!(
                "AWS accepts it, but no value of `{key}` matches a service that does not exist"
            ))
        })
        .collect_vec()
}

/// Of `kms:ViaService`, whose values have a Region behind the service: only a slip is sure.
pub(in crate::check) fn of_regional(place: Place, text: &Text<'_>) -> Option<Finding> {
    let (name, rest) = text.filled().split_once('.')?;
    let Evidence::Slip(meant) = Evidence::of(&format!("{name}.amazonaws.com")) else {
        return None;
    };
    let (meant, _) = meant.split_once('.')?;
    let right = format!("{meant}.{rest}");
    text.holes().is_empty().then(|| slip(place, text, &right))
}

/// Of a principal that is written out.
pub(in crate::check) fn unknown(place: Place, text: &Text<'_>, filled: &str) -> Option<Finding> {
    if !text.holes().is_empty() {
        return None;
    }
    match Evidence::of(filled) {
        Evidence::Exists => None,
        Evidence::Slip(meant) => Some(slip(place, text, &meant)),
        Evidence::WithRegion(global) => {
            let written = text.written();
            let what = format!("`{written}` has a Region, and the principal of this service has none");
            let finding = Finding::new(Code::UnknownServicePrincipal, place, what)
                .about(written)
                .dead(false);
            Some(finding.with_help(format!(
                "write `{global}`, which is the principal in every Region that is enabled by default"
            )))
        }
        Evidence::None => {
            let written = text.written();
            let what = format!("`{written}` is not a known service principal");
            let finding = Finding::new(Code::UnknownServicePrincipal, place, what)
                .about(written)
                .dead(false);
            Some(
                finding
                    .note("AWS publishes no list; no AWS managed policy and no page that was read names this one")
                    .with_help("write the principal that the guide of the service names; the name of an endpoint is not always one"),
            )
        }
    }
}

fn slip(place: Place, text: &Text<'_>, meant: &str) -> Finding {
    let written = text.written();
    let what = format!("`{written}` is not a known service principal");
    let finding = Finding::new(Code::UnknownServicePrincipal, place, what).about(written);
    finding.with_help(format!("write `{meant}`"))
}
