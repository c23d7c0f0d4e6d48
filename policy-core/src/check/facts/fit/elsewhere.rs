//! The resources of actions for which AWS's service authorization reference gives none, or not all: what AWS says of them
//! on another page, and what its own refusals name.

use crate::arn::{ArnFormat, Field, Glob};
use crate::catalogue::{self, Action};

/// What requests are about: service, action, formats of ARNs.
const FORMATS: [(&str, &str, &[&str]); 15] = [
    // https://docs.aws.amazon.com/config/latest/developerguide/security_iam_id-based-policy-examples.html
    ("config", "DescribeComplianceByConfigRule", &[CONFIG_RULE]),
    ("config", "DescribeConfigRuleEvaluationStatus", &[CONFIG_RULE]),
    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/api-permissions-reference.html
    (
        "dynamodb",
        "ListStreams",
        &["arn:${Partition}:dynamodb:${Region}:${Account}:table/${TableName}/stream/${StreamLabel}"],
    ),
    // https://github.com/cortexlabs/cortex/issues/1232
    (
        "eks",
        "CreateCluster",
        &["arn:${Partition}:eks:${Region}:${Account}:cluster/${ClusterName}"],
    ),
    // https://docs.aws.amazon.com/efs/latest/ug/access-control-managing-permissions.html
    (
        "elasticfilesystem",
        "CreateFileSystem",
        &["arn:${Partition}:elasticfilesystem:${Region}:${Account}:file-system/${FileSystemId}"],
    ),
    // https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/386
    (
        "elasticloadbalancing",
        "SetWebAcl",
        &["arn:${Partition}:elasticloadbalancing:${Region}:${Account}:loadbalancer/app/${Name}/${Id}"],
    ),
    // https://docs.aws.amazon.com/iot/latest/developerguide/tunnel-access.html
    ("iot", "ListTunnels", &TUNNEL_OR_THING),
    ("iot", "OpenTunnel", &TUNNEL_OR_THING),
    // https://github.com/maxbanton/cwh/pull/83
    (
        "logs",
        "DescribeLogGroups",
        &["arn:${Partition}:logs:${Region}:${Account}:log-group::log-stream:"],
    ),
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Unified-Cross-Account-Setup.html
    (
        "oam",
        "CreateLink",
        &["arn:${Partition}:oam:${Region}:${Account}:link/${ResourceId}"],
    ),
    (
        "oam",
        "UpdateLink",
        &["arn:${Partition}:oam:${Region}:${Account}:sink/${ResourceId}"],
    ),
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-resourcepolicy.html
    (
        "ssm",
        "CreateOpsItem",
        &["arn:${Partition}:ssm:${Region}:${Account}:opsitem/${ResourceId}"],
    ),
    // https://docs.aws.amazon.com/step-functions/latest/dg/concept-create-iam-advanced.html of activities, and of state
    // machines https://github.com/aws/aws-cdk/pull/8486
    ("states", "SendTaskFailure", &WAITING_TASK),
    ("states", "SendTaskHeartbeat", &WAITING_TASK),
    ("states", "SendTaskSuccess", &WAITING_TASK),
];

const CONFIG_RULE: &str = "arn:${Partition}:config:${Region}:${Account}:config-rule/${ConfigRuleId}";
const TUNNEL_OR_THING: [&str; 2] = [
    "arn:${Partition}:iot:${Region}:${Account}:tunnel/${TunnelId}",
    "arn:${Partition}:iot:${Region}:${Account}:thing/${ThingName}",
];
const WAITING_TASK: [&str; 2] = [
    "arn:${Partition}:states:${Region}:${Account}:activity:${ActivityName}",
    "arn:${Partition}:states:${Region}:${Account}:stateMachine:${StateMachineName}",
];

/// What takes the actions of a resource type and is not of its format: service, type, format.
///
/// - Requests about a log group have `:log-stream:` behind its name, which `:*` in a policy matches:
///   <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html>,
///   <https://github.com/elastic/apm-aws-lambda/issues/526>
/// - A Multi-Region Access Point is an access point whose ARN has no Region:
///   <https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiRegionAccessPointPermissions.html>
/// - An `MLflow` app is a tracking server of another name:
///   <https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateMlflowApp.html>
const ALIKE: [(&str, &str, &str); 4] = [
    (
        "logs",
        "log-group",
        "arn:${Partition}:logs:${Region}:${Account}:log-group:${LogGroupName}:log-stream:",
    ),
    (
        "s3",
        "accesspoint",
        "arn:${Partition}:s3::${Account}:accesspoint/${AccessPointAlias}",
    ),
    (
        "s3",
        "accesspointobject",
        "arn:${Partition}:s3::${Account}:accesspoint/${AccessPointAlias}/object/${ObjectName}",
    ),
    (
        "sagemaker-mlflow",
        "mlflow-tracking-server",
        "arn:${Partition}:sagemaker:${Region}:${Account}:mlflow-app/${MlflowAppId}",
    ),
];

/// The formats that the reference does not give the action.
pub(super) fn formats(action: Action) -> impl Iterator<Item = ArnFormat<'static>> {
    let service = action.service();
    let mut found = Vec::new();
    for (of, name, formats) in &FORMATS {
        if service.prefix() == *of && action.name() == *name {
            found.extend(formats.iter().filter_map(|format| ArnFormat::parse(format).ok()));
        }
    }
    for row in &ALIKE {
        let (of, kind, _) = row;
        if service.prefix() == *of && action.types().any(|on| on.name() == *kind) {
            found.extend(alike(row));
        }
    }
    found.into_iter()
}

/// The formats of a service that are right whatever the action: those of a type, and those of one resource.
pub(super) fn of_any_action(service: Glob<'_>) -> Vec<ArnFormat<'static>> {
    let mut found = Vec::new();
    for (of, _, formats) in &FORMATS {
        if service.matches(of) {
            found.extend(formats.iter().filter_map(|format| ArnFormat::parse(format).ok()));
        }
    }
    found.retain(|format| format.variables(Field::Resource).next().is_none());
    for row in &ALIKE {
        if service.matches(row.0) {
            found.extend(alike(row));
        }
    }
    found
}

/// Its variables are made of the same as those of the type.
fn alike((service, kind, format): &(&str, &str, &'static str)) -> Option<ArnFormat<'static>> {
    let kind = catalogue::service(service)?.resource_type(kind)?;
    let format = ArnFormat::parse(format).ok()?;
    Some(
        kind.arn_formats()
            .next()
            .map_or(format, |own| format.with_names_of(own)),
    )
}

#[cfg(test)]
mod tests {
    use super::{ALIKE, FORMATS};
    use crate::arn::ArnFormat;

    #[test]
    fn every_format_has_the_fields_of_an_arn() {
        let listed = FORMATS.iter().flat_map(|(_, _, formats)| formats.iter());
        for format in listed.chain(ALIKE.iter().map(|(_, _, format)| format)) {
            assert!(ArnFormat::parse(format).is_ok(), "{format}");
        }
    }
}
