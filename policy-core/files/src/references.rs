//! What is known of the value of a reference: `!GetAtt Bucket.Arn` is the ARN of a bucket.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use policy_core::names::NameKind;

use crate::item::{ArnOfName, HoleKind, Name};

/// AWS's published specification, and what it leaves out; the first row that has a type and an attribute counts.
const TABLES: [&str; 3] = [
    include_str!("../data/references.txt"),
    include_str!("../data/cloudformation-references.txt"),
    include_str!("../data/terraform-references.txt"),
];

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html>
const QUEUE_URL: &str = "https://sqs.eu-west-1.amazonaws.com/111122223333/example";
const QUEUE_URL_LEAST: usize = "https://sqs.eu-west-1.amazonaws.com/111122223333/q".len();

/// Lambda's part of it is the account of an ARN of API Gateway:
/// <https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html>
const INVOKE_URI: &str = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:111122223333:function:\
                          example/invocations";

const INVOKE_URI_LEAST: usize = INVOKE_URI.len() - "xample".len();
const INVOKED: &str = "URI that API Gateway invokes";

/// What an attribute of a resource type is.
#[derive(Clone, Copy)]
enum Gives {
    /// An ARN of this format.
    Arn(&'static str),
    /// The last variable of this format.
    Name(&'static str),
    /// Another text that is not the ARN: `name`, `ID`, `URL`, or another one in the form of an ARN.
    Other(&'static str),
}

fn references() -> &'static HashMap<(&'static str, &'static str), Gives> {
    static REFERENCES: OnceLock<HashMap<(&'static str, &'static str), Gives>> = OnceLock::new();
    REFERENCES.get_or_init(|| {
        let mut references = HashMap::new();
        let rows = TABLES.into_iter().flat_map(str::lines);
        // The conditions of a trust policy are about one issuer, which such a reference does not tell.
        let is_known = |row: &&str| !row.starts_with('#') && !row.contains("oidc-provider/");
        for row in rows.filter(is_known) {
            let mut words = row.split(' ');
            let (Some(resource), Some(format)) = (words.next(), words.next()) else {
                continue;
            };
            for word in words {
                let (gives, attributes) = match word.split_once('=') {
                    Some(("arn", attributes)) => (Gives::Arn(format), attributes),
                    Some(("name", attributes)) => (Gives::Name(format), attributes),
                    Some(("other-name", attributes)) => (Gives::Other("name"), attributes),
                    Some(("id", attributes)) => (Gives::Other("ID"), attributes),
                    Some(("url", attributes)) => (Gives::Other("URL"), attributes),
                    Some(("invoke-uri", attributes)) => (Gives::Other(INVOKED), attributes),
                    _ => continue,
                };
                for attribute in attributes.split(',') {
                    references.entry((resource, attribute)).or_insert(gives);
                }
            }
        }
        references
    })
}

/// What is known of an attribute of a resource of this type, of `CloudFormation`, where `Ref` is an attribute too, or of
/// Terraform.
pub(crate) fn of(resource: &str, attribute: &str) -> HoleKind {
    let (kind, by, format) = match references().get(&(resource, attribute)) {
        Some(Gives::Arn(format)) => return arn(format),
        Some(Gives::Name(format)) => {
            let variable = format.rsplit_once("${").map_or("", |(_, variable)| variable);
            let variable = variable.trim_end_matches('}');
            let by = if variable.ends_with("Id") { "ID" } else { "name" };
            (
                named(variable, format).map_or(HoleKind::Unknown, like),
                by,
                Some(*format),
            )
        }
        // No part of an ARN is like the URL of a queue.
        Some(Gives::Other(by @ "URL")) if resource.ends_with("::Queue") || resource.ends_with("aws_sqs_queue") => {
            (HoleKind::Like(Cow::Borrowed(QUEUE_URL), QUEUE_URL_LEAST), *by, None)
        }
        Some(Gives::Other(by @ INVOKED)) => (HoleKind::Like(Cow::Borrowed(INVOKE_URI), INVOKE_URI_LEAST), *by, None),
        Some(Gives::Other(by)) => (HoleKind::Unknown, *by, None),
        None => return HoleKind::Unknown,
    };
    let arn = match (arns().get(resource).copied(), attribute, format) {
        (Some(arn), "Ref", _) => ArnOfName::Of(arn),
        (Some(arn), ..) => ArnOfName::Beside(arn),
        (None, "Ref", Some(format)) if is_of_one_name(format) => ArnOfName::Format(format),
        (None, ..) => ArnOfName::Unknown,
    };
    HoleKind::Name(Box::new(Name { kind, by, arn }))
}

/// What is known of an attribute of a data source of Terraform: the same as of the resource, but for the `id`, which need not be.
pub(crate) fn of_data_source(resource: &str, attribute: &str) -> HoleKind {
    let own = of(&format!("data.{resource}"), attribute);
    if own == HoleKind::Unknown && attribute != "id" {
        of(resource, attribute)
    } else {
        own
    }
}

/// The attribute that is the name of a resource of this type, of `CloudFormation`: `Ref`, if it is.
pub(crate) fn name_of(resource: &str) -> Option<&'static str> {
    let rows = TABLES.into_iter().flat_map(str::lines);
    let own = rows
        .filter_map(|row| row.split_once(' '))
        .filter(|(own, _)| *own == resource);
    let mut names = own.flat_map(|(_, row)| row.split(' ')).filter_map(|word| {
        let attributes = word
            .strip_prefix("name=")
            .or_else(|| word.strip_prefix("other-name="))?;
        let mut attributes = attributes.split(',');
        let first = attributes.clone().next();
        attributes.find(|attribute| *attribute == "Ref").or(first)
    });
    names.next()
}

/// Whether the last variable of a format is its end, and the only one that is not the same in all ARNs of an account.
fn is_of_one_name(format: &str) -> bool {
    let variables = format.matches("${").count();
    let common = ["${Partition}", "${Region}", "${Account}"];
    format.ends_with('}') && variables == 1 + common.iter().filter(|own| format.contains(**own)).count()
}

/// The attribute of each resource type that is its ARN: that of this name, before the first of another name, as `StreamArn`.
fn arns() -> &'static HashMap<&'static str, &'static str> {
    static ARNS: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
    ARNS.get_or_init(|| {
        let mut arns = HashMap::new();
        for row in TABLES
            .into_iter()
            .flat_map(str::lines)
            .filter(|row| !row.starts_with('#'))
        {
            let mut words = row.split(' ');
            let resource = words.next();
            let attributes = words.find_map(|word| word.strip_prefix("arn="));
            let mut attributes = attributes.into_iter().flat_map(|attributes| attributes.split(','));
            match (resource, attributes.find(|attribute| *attribute != "Ref")) {
                (Some(resource), Some(arn @ ("Arn" | "arn"))) => drop(arns.insert(resource, arn)),
                (Some(resource), Some(arn)) => drop(arns.entry(resource).or_insert(arn)),
                _ => {}
            }
        }
        arns
    })
}

/// A hole that is a name of this kind.
pub(crate) const fn like(kind: NameKind) -> HoleKind {
    HoleKind::Like(Cow::Borrowed(kind.sample()), kind.min_len())
}

/// A hole that is an ARN of this format.
fn arn(format: &str) -> HoleKind {
    let mut sample = String::new();
    let mut least = 0;
    let mut rest = format;
    while let Some((text, after)) = rest.split_once("${") {
        let (variable, after) = after.split_once('}').unwrap_or((after, ""));
        sample.push_str(text);
        least += text.len();
        let (value, shortest) = named(variable, format).map_or(("example", 1), |kind| (kind.sample(), kind.min_len()));
        sample.push_str(value);
        least += shortest;
        rest = after;
    }
    sample.push_str(rest);
    HoleKind::Like(Cow::Owned(sample), least + rest.len())
}

/// The type of a variable of an ARN format.
fn named(variable: &str, format: &str) -> Option<NameKind> {
    let is_of = |service: &str| format.split(':').nth(2) == Some(service);
    Some(match variable {
        "Partition" => NameKind::Partition,
        "Region" => NameKind::Region,
        "Account" => NameKind::AccountId,
        "BucketName" => NameKind::BucketName,
        "KeyId" if is_of("kms") => NameKind::KmsKeyId,
        "SecretId" => NameKind::SecretId,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{INVOKE_URI, of, of_data_source, references};
    use crate::item::HoleKind;
    use policy_core::arn::{ArnPattern, Fit};
    use policy_core::catalogue;

    /// What is known of the value, if it is a name too.
    fn known(kind: HoleKind) -> HoleKind {
        match kind {
            HoleKind::Name(name) => name.kind,
            kind => kind,
        }
    }

    #[test]
    fn a_name_is_told_from_the_arn_and_says_what_gives_that() {
        for (resource, attribute, written, expected) in [
            ("AWS::SQS::Queue", "Ref", "Q", Some(("URL", Some("${Q.Arn}")))),
            (
                "AWS::SQS::Queue",
                "QueueName",
                "Q.QueueName",
                Some(("name", Some("${Q.Arn}"))),
            ),
            ("AWS::S3::Bucket", "Ref", "B", Some(("name", Some("${B.Arn}")))),
            ("AWS::DynamoDB::Table", "Ref", "T", Some(("name", Some("${T.Arn}")))),
            ("AWS::IAM::Role", "Ref", "R", Some(("name", Some("${R.Arn}")))),
            ("AWS::KMS::Key", "Ref", "K", Some(("ID", Some("${K.Arn}")))),
            ("AWS::Kinesis::Stream", "Ref", "S", Some(("name", Some("${S.Arn}")))),
            (
                "AWS::Serverless::Function",
                "Ref",
                "F",
                Some(("name", Some("${F.Arn}"))),
            ),
            (
                "AWS::EC2::Instance",
                "Ref",
                "I",
                Some((
                    "ID",
                    Some("arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:instance/${I}"),
                )),
            ),
            ("AWS::SNS::Topic", "Ref", "T", None),
            ("AWS::SecretsManager::Secret", "Ref", "S", None),
            ("AWS::CloudFormation::Stack", "Ref", "S", None),
            ("AWS::InternetMonitor::Monitor", "Ref", "M", None),
            ("AWS::StepFunctions::StateMachine", "Ref", "M", None),
            ("AWS::Example::Thing", "Ref", "T", None),
            (
                "aws_sqs_queue",
                "id",
                "aws_sqs_queue.q[0].id",
                Some(("URL", Some("${aws_sqs_queue.q[0].arn}"))),
            ),
            (
                "aws_s3_bucket",
                "id",
                "aws_s3_bucket.b.id",
                Some(("name", Some("${aws_s3_bucket.b.arn}"))),
            ),
            (
                "aws_lambda_function",
                "invoke_arn",
                "aws_lambda_function.f.invoke_arn",
                Some(("URI that API Gateway invokes", Some("${aws_lambda_function.f.arn}"))),
            ),
            ("aws_sns_topic", "id", "aws_sns_topic.t.id", None),
            ("aws_kinesis_stream", "id", "aws_kinesis_stream.s.id", None),
        ] {
            let named = of(resource, attribute).named(written);
            let named = named.as_ref().map(|named| (named.by, named.arn.as_deref()));
            assert_eq!(named, expected, "{resource} {attribute}");
        }
    }

    #[test]
    fn a_reference_is_what_aws_says() {
        for (resource, attribute, expected) in [
            ("AWS::S3::Bucket", "Arn", Some("arn:aws:s3:::maia-staging-111122223333")),
            ("AWS::S3::Bucket", "Ref", Some("maia-staging-111122223333")),
            (
                "AWS::SNS::Topic",
                "Ref",
                Some("arn:aws:sns:eu-west-1:111122223333:example"),
            ),
            (
                "aws_sqs_queue",
                "arn",
                Some("arn:aws:sqs:eu-west-1:111122223333:example"),
            ),
            (
                "aws_lambda_function",
                "arn",
                Some("arn:aws:lambda:eu-west-1:111122223333:function:example"),
            ),
            ("aws_s3_bucket", "id", Some("maia-staging-111122223333")),
            (
                "AWS::SQS::Queue",
                "Ref",
                Some("https://sqs.eu-west-1.amazonaws.com/111122223333/example"),
            ),
            ("AWS::IAM::OIDCProvider", "Arn", None),
            (
                "AWS::SQS::Queue",
                "Arn",
                Some("arn:aws:sqs:eu-west-1:111122223333:example"),
            ),
            (
                "AWS::Logs::LogGroup",
                "Arn",
                Some("arn:aws:logs:eu-west-1:111122223333:log-group:example:*"),
            ),
        ] {
            let sample = match known(of(resource, attribute)) {
                HoleKind::Like(sample, _) => Some(sample.into_owned()),
                _ => None,
            };
            assert_eq!(sample.as_deref(), expected, "{resource} {attribute}");
        }
    }

    /// Crossplane's provider says of each whether its `id` is the ARN, and its tests create them.
    #[test]
    fn the_id_of_terraform_is_the_name_or_the_arn() {
        for (resources, attribute, by) in [
            (
                "sns_topic sfn_state_machine secretsmanager_secret iam_policy kinesis_stream ecs_cluster codebuild_project",
                "id",
                None,
            ),
            (
                "sns_topic sfn_state_machine secretsmanager_secret iam_policy kinesis_stream ecs_cluster codebuild_project",
                "name",
                Some("name"),
            ),
            (
                "cloudwatch_log_group ecr_repository iam_user iam_role ssm_parameter cloudwatch_event_bus",
                "id",
                Some("name"),
            ),
            (
                "cloudwatch_log_group ecr_repository iam_user iam_role ssm_parameter cloudwatch_event_bus",
                "name",
                Some("name"),
            ),
            ("lambda_function", "function_name", Some("name")),
            ("cognito_user_pool kms_key cloudfront_distribution", "id", Some("ID")),
            ("ecr_repository", "repository_url", Some("URL")),
            ("kms_key kms_alias db_instance", "arn", None),
            // A name of another thing, and what is of no type that is known.
            ("lambda_function", "role", None),
            ("example", "name", None),
        ] {
            for resource in resources.split(' ') {
                let written = format!("aws_{resource}.r.{attribute}");
                let named = of(&format!("aws_{resource}"), attribute).named(&written);
                let found = named.map(|named| (named.by, named.arn));
                let expected = by.map(|by| (by, Some(format!("${{aws_{resource}.r.arn}}"))));
                assert_eq!(found, expected, "{resource} {attribute}");
            }
        }
    }

    #[test]
    fn the_id_of_a_data_source_need_not_be_that_of_the_resource() {
        for (resource, attribute, by) in [
            ("aws_kms_alias", "id", None),
            ("aws_batch_compute_environment", "id", None),
            ("aws_s3_bucket", "id", Some("name")),
            ("aws_kms_alias", "name", Some("name")),
            ("aws_lambda_function", "function_name", Some("name")),
        ] {
            let named = of_data_source(resource, attribute).named("data.r.d.a");
            assert_eq!(named.map(|named| named.by), by, "{resource} {attribute}");
        }
    }

    /// A sample that no format of its service takes would be reported wherever it is used.
    #[test]
    fn every_sample_is_an_arn_of_its_service() {
        assert!(references().len() > 1200);
        for (resource, attribute) in references().keys() {
            let HoleKind::Like(sample, least) = known(of(resource, attribute)) else {
                continue;
            };
            assert!(least <= sample.len(), "{resource} {attribute}");
            // What is in the form of an ARN only.
            let Ok(arn) = ArnPattern::parse(&sample) else { continue };
            if sample == INVOKE_URI {
                continue;
            }
            let services = catalogue::services();
            let mut formats = services.flat_map(|service| {
                let types = service.resource_types().collect::<Vec<_>>();
                types.into_iter().flat_map(|own| own.arn_formats().collect::<Vec<_>>())
            });
            assert!(
                formats.any(|format| arn.fits_format(format) == Fit::Yes),
                "{resource} {attribute}: {sample}"
            );
        }
    }
}
