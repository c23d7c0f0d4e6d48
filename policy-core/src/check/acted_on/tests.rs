#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::{ActedOn, continued};
use crate::catalogue;
use crate::names::ArnKind;

fn format(resource_type: &str) -> &'static str {
    let (service, name) = resource_type.split_once(':').unwrap();
    let found = catalogue::service(service).unwrap().resource_type(name).unwrap();
    found.arn_formats().next().unwrap().as_str()
}

/// Whether the actions apply to ARNs of the type with the text behind them, or only without it.
fn outcome(actions: &[&str], resource_type: &str, rest: &str) -> (&'static str, String) {
    let acted_on = ActedOn::of(actions, "<it>", rest).unwrap();
    let is_among = |formats: &[crate::arn::ArnFormat<'_>]| formats.iter().any(|one| *one == format(resource_type));
    let outcome = match (is_among(&acted_on.formats), is_among(&acted_on.alone)) {
        (true, false) => "fits",
        (false, true) => "alone",
        (false, false) => "neither",
        (true, true) => "both",
    };
    (outcome, acted_on.help("take"))
}

#[test]
fn text_after_a_whole_arn_begins_the_arn_of_another_resource() {
    for (action, resource_type, rest, wanted) in [
        ("qldb:DescribeLedger", "qldb:ledger", "", "fits"),
        ("qldb:DescribeLedger", "qldb:ledger", "/*", "alone"),
        ("qldb:DescribeLedger", "qldb:ledger", "*", "fits"),
        ("qldb:DescribeLedger", "qldb:ledger", "-<env>", "fits"),
        ("qldb:DescribeLedger", "qldb:ledger", "${aws:username}", "fits"),
        ("qldb:PartiQLSelect", "qldb:ledger", "/*", "fits"),
        ("qldb:PartiQLSelect", "qldb:ledger", "/table/<id>", "fits"),
        ("qldb:PartiQLSelect", "qldb:ledger", "", "neither"),
        ("qldb:*", "qldb:ledger", "/*", "fits"),
        ("iot:*", "iot:thing", "/*", "alone"),
        ("iot:Publish", "iot:topic", "/*", "fits"),
        ("sqs:SendMessage", "sqs:queue", "/*", "alone"),
        ("sns:Publish", "sqs:queue", "/*", "neither"),
        ("es:ESHttpGet", "es:domain", "/_search", "fits"),
        ("logs:CreateLogStream", "logs:log-group", ":*", "fits"),
        ("states:DescribeStateMachine", "states:statemachine", ":*", "fits"),
        ("states:DescribeStateMachine", "states:statemachine", "/*", "alone"),
        ("cloudformation:DescribeStacks", "cloudformation:stack", "/*", "alone"),
        ("ssm:GetParameter", "ssm:parameter", "/*", "fits"),
        ("secretsmanager:GetSecretValue", "secretsmanager:Secret", "/*", "alone"),
        ("kms:CreateAlias", "kms:alias", "/*", "fits"),
    ] {
        assert_eq!(
            outcome(&[action], resource_type, rest).0,
            wanted,
            "{action} {resource_type} {rest}"
        );
    }
}

#[test]
fn the_help_names_the_type_and_the_string() {
    for (action, rest, wanted) in [
        ("sqs:SendMessage", "/*", "take `QueueArn`, and `\"<it>\"` in the policy"),
        ("sqs:SendMessage", "", "take `QueueArn`"),
        ("s3:GetObject", "/*", "take `BucketArn`"),
        (
            "s3:GetObject",
            "",
            "take `ObjectArn`, or `BucketArn` with `\"<it>/*\"` in the policy",
        ),
        (
            "qldb:PartiQLSelect",
            "/table/*",
            "take `LedgerArn`, which `resource_arn! { pub struct LedgerArn: \"qldb:ledger\" }` makes",
        ),
        (
            "codecommit:GitPull",
            "",
            "take `CodecommitRepositoryArn`, which `resource_arn! { pub struct CodecommitRepositoryArn: \"codecommit:repository\" }` makes",
        ),
        (
            "execute-api:Invoke",
            "/*/GET/*",
            "write the ARN with a hole for each part: \
             `arn:<partition>:execute-api:<region>:<account-id>:<api-id>/<stage>/<method>/<api-specific-resource-path>`",
        ),
        (
            "amplifybackend:GetBackend",
            "",
            "write the ARN with a hole for each part: `arn:<partition>:amplifybackend:<region>:<account-id>:/backend/<app-id>/*` or \
             `arn:<partition>:amplifybackend:<region>:<account-id>:/backend/<app-id>/environments/*`",
        ),
        ("sqs:ListQueues", "/*", "write `\"Resource\": \"*\"`"),
    ] {
        assert_eq!(outcome(&[action], "sqs:queue", rest).1, wanted, "{action} {rest}");
    }
}

/// For actions that can be any, of the types of `policy-core`.
#[test]
fn few_arns_go_on_with_a_path() {
    let formats = continued("/*").unwrap();
    let kinds = ArnKind::ALL
        .iter()
        .filter(|kind| formats.iter().any(|one| *one == kind.format()));
    let names: Vec<&str> = kinds.map(|kind| kind.type_name()).collect();
    assert_eq!(
        names.join(" "),
        "OidcProviderArn BucketArn ObjectArn AccessPointArn EventBusArn RuleArn \
         CustomBusRuleArn ConnectionArn TableArn StreamArn FunctionAliasArn FunctionVersionArn StateMachineArn ExecutionArn RestApiArn \
         HttpApiArn GraphqlApiArn LogGroupArn LogStreamArn KmsAliasArn ParameterArn RepositoryArn JobQueueArn JobDefinitionArn \
         OpenSearchDomainArn GlueCatalogArn WorkGroupArn CodePipelineArn BackupVaultArn"
    );
    assert_eq!(continued("-x*"), None);
}
