//! Values of keys whose values have a form that is known: Regions, ids of VPCs, service principals.

use super::Operand;
use crate::check::not_a_name;
use crate::finding::{Code, Finding};
use crate::names::{Name, NameError, Region, ServicePrincipal, VpcEndpointId, VpcId};
use crate::policy::{Family, Operator};

pub(super) fn unfit(operand: &Operand<'_, '_>, operator: Operator) -> Option<Finding> {
    let is_pattern = operator.comparison.takes_wildcards() && operand.value.contains(['*', '?']);
    if operator.comparison.family() != Family::String || is_pattern {
        return None;
    }
    match Form::of(operand.condition.key.filled())? {
        Form::Region => named::<Region>(operand, Code::InvalidRegion, operand.value),
        Form::Vpc => named::<VpcId>(operand, Code::InvalidVpcFormat, operand.value),
        Form::VpcEndpoint => named::<VpcEndpointId>(operand, Code::InvalidVpceFormat, operand.value),
        Form::Service => service(operand, operand.value),
        Form::RegionalService => regional_service(operand),
    }
}

enum Form {
    Region,
    Vpc,
    VpcEndpoint,
    Service,
    RegionalService,
}

impl Form {
    /// Sources: the page of each key, from
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>,
    /// <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html> and
    /// <https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service>.
    fn of(key: &str) -> Option<Self> {
        const FORMS: [(&str, Form); 11] = [
            ("aws:RequestedRegion", Form::Region),
            ("aws:SourceVpc", Form::Vpc),
            ("aws:Ec2InstanceSourceVpc", Form::Vpc),
            ("aws:SourceVpce", Form::VpcEndpoint),
            ("aws:CalledVia", Form::Service),
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
        .note(never(operand));
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
        .note(never(operand))
        .help(format!(
            "write `{name}.{}.{domain}`, or `{name}.*.{domain}` with `StringLike`",
            Region::SAMPLE
        ))
}

fn misnamed(operand: &Operand<'_, '_>, code: Code, error: &NameError) -> Finding {
    not_a_name(code, operand.place, operand.written, error).note(never(operand))
}

fn never(operand: &Operand<'_, '_>) -> String {
    format!(
        "AWS accepts it; `{}` never has such a value",
        operand.condition.key.written()
    )
}
