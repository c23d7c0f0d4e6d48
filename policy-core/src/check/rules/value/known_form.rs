//! Values of keys whose values have a form that is known: Regions, ids of accounts and VPCs, service principals.

use super::words::{finding, never, with_value};
use crate::catalogue::{self, Holds};
use crate::check::facts::{ConditionFacts, Operand, StatementFacts, before_domain};
use crate::check::rules::{Rule, Run};
use crate::check::words::{added_later, catalogue_note, not_a_name};
use crate::collected::CollectVec;
use crate::finding::{Code, Finding, Fix};
use crate::names::{NameError, NameKind, region};
use crate::policy::{Comparison, Family, Operator};

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::InvalidAccountFormat,
        Code::InvalidRegion,
        Code::InvalidVpcFormat,
        Code::InvalidVpceFormat,
        Code::InvalidServicePrincipalFormat,
    ],
    run: Run::Condition(check),
};

fn check(_: &StatementFacts<'_>, condition: &ConditionFacts<'_>) -> Vec<Finding> {
    if condition.key_facts.is_none_or(|key| key.holds.is_none()) {
        return Vec::new();
    }
    let operands = condition.operands();
    operands
        .filter_map(|(operand, operator)| unfit(condition, &operand, operator))
        .collect_vec()
}

fn unfit(condition: &ConditionFacts<'_>, operand: &Operand<'_>, operator: Operator) -> Option<Finding> {
    let is_pattern = operator.comparison.supports_wildcards() && operand.value.contains(['*', '?']);
    if operator.comparison.family() != Family::String || is_pattern {
        return None;
    }
    match condition.key_facts?.holds? {
        Holds::Account => named(NameKind::AccountId, condition, operand, Code::InvalidAccountFormat),
        Holds::Region => region(condition, operand),
        Holds::Vpc => named(NameKind::VpcId, condition, operand, Code::InvalidVpcFormat),
        Holds::VpcEndpoint => named(NameKind::VpcEndpointId, condition, operand, Code::InvalidVpceFormat),
        Holds::Service => service(condition, operand),
        Holds::CallingService => {
            service(condition, operand).or_else(|| of_a_part(condition, operand, operator.comparison))
        }
        Holds::RegionalService => regional_service(condition, operand),
        // Of some of these a pattern is judged too, in a rule of its own; what the last two may be is up to others.
        Holds::Organization
        | Holds::OrganizationPath
        | Holds::KmsAlias
        | Holds::Operation
        | Holds::Principal
        | Holds::ExternalId
        | Holds::SessionName
        | Holds::Wildcards => None,
    }
}

fn named(kind: NameKind, condition: &ConditionFacts<'_>, operand: &Operand<'_>, code: Code) -> Option<Finding> {
    Some(misnamed(condition, operand, code, &kind.check(operand.value).err()?))
}

/// A Region that has the form of one and is in no list may be a new one.
fn region(condition: &ConditionFacts<'_>, operand: &Operand<'_>) -> Option<Finding> {
    let (written, code) = (operand.value, Code::InvalidRegion);
    match NameKind::Region.check(written) {
        Err(error) => Some(misnamed(condition, operand, code, &error)),
        Ok(()) => (!region::is_known(written)).then(|| unknown_region(condition, operand, code, written)),
    }
}

fn unknown_region(condition: &ConditionFacts<'_>, operand: &Operand<'_>, code: Code, region: &str) -> Finding {
    let finding = finding(operand, code, format!("unknown Region `{region}`"))
        .note(never(condition))
        .note(catalogue_note())
        .allow_if(added_later("Region"));
    match region::nearest(region) {
        Some(near) => finding.with_help(format!("did you mean `{near}`?")),
        None => finding,
    }
}

fn service(condition: &ConditionFacts<'_>, operand: &Operand<'_>) -> Option<Finding> {
    // Alexa's and others' of Amazon's, which Access Analyzer takes too.
    if operand.value.ends_with(".amazon.com") {
        return None;
    }
    named(
        NameKind::ServicePrincipal,
        condition,
        operand,
        Code::InvalidServicePrincipalFormat,
    )
}

/// `aws:CalledVia` has principals of the form `service.amazonaws.com`. Access Analyzer refuses there those of a part of a
/// service, which it takes elsewhere, and AWS's own policies compare `aws:CalledViaLast` with one: so it is this key alone,
/// and no pattern.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-calledvia>
fn of_a_part(condition: &ConditionFacts<'_>, operand: &Operand<'_>, comparison: Comparison) -> Option<Finding> {
    if comparison.supports_wildcards() {
        return None;
    }
    let name = before_domain(operand.value)?;
    let (part, service) = name.rsplit_once('.')?;
    let suffix = operand.value.get(name.len()..).unwrap_or_default();
    Some(
        finding(
            operand,
            Code::InvalidServicePrincipalFormat,
            format!(
                "`{}` is not of the form `service{suffix}`, which `{}` has",
                operand.written,
                condition.key.written()
            ),
        )
        .note("AWS accepts it, but services that call others on a caller's behalf have a one-word principal")
        .with_help(if NameKind::Region.accepts(service) {
            format!("write `{part}{suffix}`, which matches all Regions")
        } else {
            format!("write the service, such as `{service}{suffix}`")
        })
        // Which principals there are AWS does not publish.
        .dead(false),
    )
}

/// `kms:ViaService` has the Region in it: `s3.eu-west-1.amazonaws.com`.
fn regional_service(condition: &ConditionFacts<'_>, operand: &Operand<'_>) -> Option<Finding> {
    let (name, rest) = operand
        .value
        .split_once('.')
        .unwrap_or((operand.value, "amazonaws.com"));
    let Some((region, suffix)) = rest.split_once('.').filter(|(_, suffix)| suffix.contains('.')) else {
        return Some(without_region(condition, operand, name, rest));
    };
    if region == "amazonaws" {
        return Some(without_region(condition, operand, name, rest));
    }
    let error = match NameKind::Region.check(region) {
        Ok(()) if region::is_known(region) => return service(condition, operand),
        Ok(()) => {
            let code = Code::InvalidServicePrincipalFormat;
            return Some(unknown_region(condition, operand, code, region));
        }
        Err(error) => error,
    };
    let what = format!("`{}` does not contain a Region: {}", operand.written, error.reason());
    let finding = finding(operand, Code::InvalidServicePrincipalFormat, what).note(never(condition));
    Some(match error.suggestion() {
        Some(meant) => with_value(finding, operand, format!("{name}.{meant}.{suffix}")),
        None => finding.with_help(format!(
            "write `{name}.{}.amazonaws.com`, with your Region",
            NameKind::Region.sample()
        )),
    })
}

fn without_region(condition: &ConditionFacts<'_>, operand: &Operand<'_>, name: &str, domain: &str) -> Finding {
    finding(
        operand,
        Code::InvalidServicePrincipalFormat,
        format!("`{}` does not name the Region", operand.written),
    )
    .note(never(condition))
    .with_help(if catalogue::service(name).is_some() {
        format!(
            "write `{name}.{}.{domain}`, or `{name}.*.{domain}` with `StringLike`",
            NameKind::Region.sample()
        )
    } else {
        format!(
            "write the service that sends the request, and its Region, such as `secretsmanager.{}.{domain}`",
            NameKind::Region.sample()
        )
    })
}

fn misnamed(condition: &ConditionFacts<'_>, operand: &Operand<'_>, code: Code, error: &NameError) -> Finding {
    let finding = not_a_name(code, operand.place, operand.written, error).note(never(condition));
    let meant = error.suggestion().filter(|_| operand.text.is_some());
    finding.fixed_by(meant.map(|meant| Fix::write(operand.place, meant)))
}
