//! Values of keys whose values have a form that is known: Regions, ids of accounts and VPCs, service principals.

use super::Operand;
use crate::check::not_a_name;
use crate::finding::{Code, Finding};
use crate::names::{AccountId, Name, NameError, Region, ServicePrincipal, VpcEndpointId, VpcId};
use crate::policy::{Comparison, Family, Operator};

pub(super) fn unfit(operand: &Operand<'_, '_>, operator: Operator) -> Option<Finding> {
    let is_pattern = operator.comparison.takes_wildcards() && operand.value.contains(['*', '?']);
    if operator.comparison.family() != Family::String || is_pattern {
        return None;
    }
    match Form::of(operand.condition.key.filled())? {
        Form::Account => named::<AccountId>(operand, Code::InvalidAccountFormat, operand.value),
        Form::Region => named::<Region>(operand, Code::InvalidRegion, operand.value),
        Form::Vpc => named::<VpcId>(operand, Code::InvalidVpcFormat, operand.value),
        Form::VpcEndpoint => named::<VpcEndpointId>(operand, Code::InvalidVpceFormat, operand.value),
        Form::Service => service(operand, operand.value),
        Form::CallingService => service(operand, operand.value).or_else(|| of_a_part(operand, operator.comparison)),
        Form::RegionalService => regional_service(operand),
    }
}

enum Form {
    Account,
    Region,
    Vpc,
    VpcEndpoint,
    Service,
    /// One in whose name another could be called: `athena.amazonaws.com`, and no more words than that.
    CallingService,
    RegionalService,
}

impl Form {
    /// Sources: the page of each key, from
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>,
    /// <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html> and
    /// <https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service>.
    fn of(key: &str) -> Option<Self> {
        const FORMS: [(&str, Form); 16] = [
            ("aws:PrincipalAccount", Form::Account),
            ("aws:ResourceAccount", Form::Account),
            ("aws:SourceAccount", Form::Account),
            ("kms:CallerAccount", Form::Account),
            ("s3:ResourceAccount", Form::Account),
            ("aws:RequestedRegion", Form::Region),
            ("aws:SourceVpc", Form::Vpc),
            ("aws:Ec2InstanceSourceVpc", Form::Vpc),
            ("aws:SourceVpce", Form::VpcEndpoint),
            ("aws:CalledVia", Form::CallingService),
            ("aws:CalledViaFirst", Form::Service),
            ("aws:CalledViaLast", Form::Service),
            ("aws:PrincipalServiceName", Form::Service),
            ("iam:AWSServiceName", Form::Service),
            ("iam:PassedToService", Form::Service),
            ("kms:ViaService", Form::RegionalService),
        ];
        FORMS
            .into_iter()
            .find_map(|(name, form)| name.eq_ignore_ascii_case(key).then_some(form))
    }
}

fn named<N: Name>(operand: &Operand<'_, '_>, code: Code, value: &str) -> Option<Finding> {
    Some(misnamed(operand, code, &N::parse_name(value).err()?))
}

fn service(operand: &Operand<'_, '_>, value: &str) -> Option<Finding> {
    // Alexa's and others' of Amazon's, which Access Analyzer takes too.
    if value.ends_with(".amazon.com") {
        return None;
    }
    named::<ServicePrincipal>(operand, Code::InvalidServicePrincipalFormat, value)
}

/// `aws:CalledVia` has principals of the form `service.amazonaws.com`. Access Analyzer refuses there those of a part of a
/// service, which it takes elsewhere, and AWS's own policies compare `aws:CalledViaLast` with one: so it is this key alone,
/// and no pattern.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-calledvia>
fn of_a_part(operand: &Operand<'_, '_>, comparison: Comparison) -> Option<Finding> {
    if comparison.takes_wildcards() {
        return None;
    }
    let name = [".amazonaws.com", ".amazonaws.com.cn"]
        .into_iter()
        .find_map(|suffix| operand.value.strip_suffix(suffix))?;
    let (part, service) = name.rsplit_once('.')?;
    let suffix = operand.value.get(name.len()..).unwrap_or_default();
    Some(
        operand
            .finding(
                Code::InvalidServicePrincipalFormat,
                format!(
                    "`{}` is not of the form `service{suffix}`, which `{}` has",
                    operand.written,
                    operand.condition.key.written()
                ),
            )
            .note("AWS accepts it; services that call others in a caller's name have a principal of one word")
            .help(if Region::parse_name(service).is_ok() {
                format!("write `{part}{suffix}`, which stands for all Regions")
            } else {
                format!("write the service, such as `{service}{suffix}`")
            })
            // Which principals there are AWS does not publish.
            .dead(false),
    )
}

/// `kms:ViaService` has the Region in it: `s3.eu-west-1.amazonaws.com`.
fn regional_service(operand: &Operand<'_, '_>) -> Option<Finding> {
    let (name, rest) = operand
        .value
        .split_once('.')
        .unwrap_or((operand.value, "amazonaws.com"));
    let Some((region, suffix)) = rest.split_once('.').filter(|(_, suffix)| suffix.contains('.')) else {
        return Some(without_region(operand, name, rest));
    };
    if region == "amazonaws" {
        return Some(without_region(operand, name, rest));
    }
    let Err(error) = Region::parse_name(region) else {
        return service(operand, operand.value);
    };
    let what = format!("`{}` names no Region: {}", operand.written, error.reason());
    let finding = operand
        .finding(Code::InvalidServicePrincipalFormat, what)
        .note(operand.never());
    Some(match error.suggestion() {
        Some(meant) => finding.help(format!("write `{name}.{meant}.{suffix}`")),
        None => finding.help(format!(
            "write `{name}.{}.amazonaws.com`, with your Region",
            Region::SAMPLE
        )),
    })
}

fn without_region(operand: &Operand<'_, '_>, name: &str, domain: &str) -> Finding {
    operand
        .finding(
            Code::InvalidServicePrincipalFormat,
            format!("`{}` does not name the Region", operand.written),
        )
        .note(operand.never())
        .help(format!(
            "write `{name}.{}.{domain}`, or `{name}.*.{domain}` with `StringLike`",
            Region::SAMPLE
        ))
}

fn misnamed(operand: &Operand<'_, '_>, code: Code, error: &NameError) -> Finding {
    not_a_name(code, operand.place, operand.written, error).note(operand.never())
}
