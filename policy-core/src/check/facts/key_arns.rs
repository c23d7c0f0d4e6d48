//! The ARNs that a condition key has, where they are of one type of resource, or of one service.

use super::{ConditionFacts, StatementFacts, before_domain};
use crate::arn::{ArnFormat, ArnPattern, Field};
use crate::catalogue::{self, ConditionKey, Scalar, Service};
use crate::collected::CollectVec;
use crate::kebab::letters;
use crate::policy::PrincipalKey;
use crate::sorted;

/// What the values of a key are.
pub(in crate::check) enum KeyArns {
    /// ARNs of one type of resource.
    Held(Held),
    /// ARNs of the services that make the request.
    Sent(Vec<String>),
}

impl KeyArns {
    pub fn of(statement: &StatementFacts<'_>, condition: &ConditionFacts<'_>) -> Option<Self> {
        let key = condition
            .known_key
            .filter(|key| key.value_type().scalar == Scalar::Arn)?;
        if condition.is_on("aws:SourceArn") {
            return sent(statement).map(Self::Sent);
        }
        Held::by(key).map(Self::Held)
    }

    /// Whether one of them can match this ARN.
    pub fn fit(&self, arn: &ArnPattern<'_>) -> bool {
        let service = arn.service().as_str();
        match self {
            // AWS's own policies compare `cloudformation:RoleArn` with the sessions of a role, too.
            Self::Held(held) if service == "sts" && held.format.field(Field::Service) == "iam" => true,
            Self::Held(held) => held.formats.iter().any(|format| arn.fits_format(*format).is_yes()),
            Self::Sent(services) => services.iter().any(|own| own == service),
        }
    }

    /// The formats of all of them. No request is caused by an object: S3 sends the ARN of its bucket.
    pub fn formats(&self) -> Vec<ArnFormat<'static>> {
        match self {
            Self::Held(held) => held.formats.clone(),
            Self::Sent(services) => {
                let mut sent = Vec::new();
                for service in services.iter().filter_map(|own| catalogue::service(own)) {
                    sent.append(&mut formats(service));
                }
                sent.retain(|format| services.iter().any(|own| own == format.field(Field::Service)));
                sent
            }
        }
    }
}

/// The ARNs of one type of resource.
pub(in crate::check) struct Held {
    /// The name of the resource type.
    pub name: &'static str,
    /// The first format of its ARNs.
    pub format: ArnFormat<'static>,
    /// All formats of the service's types of such a name, as a function's versions are of `lambda:FunctionArn`.
    formats: Vec<ArnFormat<'static>>,
}

impl Held {
    /// By the name of the key: AWS's reference says of a key that its values are ARNs, and names it as it names a resource type of
    /// the same service, or of IAM if it is a role or an instance profile. Of other keys nothing is known.
    fn by(key: ConditionKey) -> Option<Self> {
        let (prefix, name) = key.name().split_once(':')?;
        let name = letters(name.rsplit('/').next()?);
        let word = ["arns", "arn", "s"]
            .iter()
            .find_map(|end| name.strip_suffix(end))
            .unwrap_or(&name);
        let own = catalogue::service(prefix)?;
        Self::of(own, &[word, &name], word).or_else(|| {
            let word = ["role", "instanceprofile"]
                .into_iter()
                .find(|word| name_ends_with(&name, word))?;
            Self::of(catalogue::service("iam")?, &[word], word)
        })
    }

    /// The first type with one of these names, and all whose names have the word.
    fn of(service: Service, names: &[&str], word: &str) -> Option<Self> {
        let mut first = None;
        let mut formats = Vec::new();
        for kind in service.resource_types() {
            let name = letters(kind.name());
            if first.is_none() && names.contains(&&*name) {
                first = Some(kind);
            }
            if name.contains(word) {
                formats.append(&mut kind.arn_formats().collect_vec());
            }
        }
        let first = first?;
        Some(Self {
            name: first.name(),
            format: first.arn_formats().next()?,
            formats,
        })
    }
}

fn name_ends_with(key: &str, word: &str) -> bool {
    let key = key.strip_suffix("arn").unwrap_or(key);
    key.ends_with(word)
}

/// Services of whose requests a page of AWS's says that their source is a resource of their own. Of others it is not known: Redshift
/// sends the ARN of the database that it copies from, API Gateway those of `execute-api`.
/// <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html>,
/// <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html>,
/// <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/US_SetupSNS.html>,
/// <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html>,
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html>,
/// <https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html>
const SENDS_OWN: [&str; 6] = ["cloudfront", "cloudtrail", "cloudwatch", "events", "s3", "sns"];

/// The services that make the request, if each is known to send ARNs of its own resources.
fn sent(statement: &StatementFacts<'_>) -> Option<Vec<String>> {
    let mut services = Vec::new();
    for principal in statement.named_principals()? {
        let is_service = principal.key == PrincipalKey::Service;
        let service =
            before_domain(principal.text.filled()).filter(|service| is_service && SENDS_OWN.contains(service))?;
        services.push(service.to_owned());
    }
    let services = sorted::set(services);
    (!services.is_empty()).then_some(services)
}

fn formats(service: Service) -> Vec<ArnFormat<'static>> {
    let mut formats = Vec::new();
    for kind in service.resource_types() {
        if !kind.name().ends_with("object") {
            formats.append(&mut kind.arn_formats().collect_vec());
        }
    }
    formats
}

/// The source of a request, where no resource of its service has such an ARN.
pub(in crate::check) struct NoSource {
    /// The formats of the service's ARNs.
    pub formats: Vec<ArnFormat<'static>>,
    /// Whether it is known of the service that it sends ARNs of these formats only.
    pub is_settled: bool,
}

/// Sources with ARNs that are not in the service authorization reference, by the beginning of the resource: a rule of a rule set for
/// email, <https://docs.aws.amazon.com/ses/latest/dg/receiving-email-permissions.html>.
const UNLISTED: [(&str, &str); 1] = [("ses", "receipt-rule-set/")];

impl NoSource {
    pub fn of(statement: &StatementFacts<'_>, condition: &ConditionFacts<'_>, arn: &ArnPattern<'_>) -> Option<Self> {
        if !condition.is_on("aws:SourceArn") {
            return None;
        }
        let (service, resource) = (arn.service().as_str(), arn.resource().as_str());
        let is_own = |services: &Vec<String>| services.iter().any(|own| own == service);
        let sent = sent(statement).filter(is_own).map(KeyArns::Sent);
        let is_unlisted = |(of, start): &(&str, &str)| *of == service && resource.starts_with(start);
        // An audit of IoT Device Defender is a source without a resource.
        // https://docs.aws.amazon.com/iot-device-defender/latest/devguide/dd-cross-service-confused-deputy-prevention.html
        let has_no_name = resource.is_empty() || resource.starts_with(['*', '?', '$']);
        let is_open = || has_no_name || UNLISTED.iter().any(is_unlisted);
        if sent.is_none() && is_open() {
            return None;
        }
        let all = || super::formats(service).map(|(_, format)| format).collect_vec();
        let formats = sent.as_ref().map_or_else(all, KeyArns::formats);
        let is_one = formats.iter().any(|format| arn.fits_format(*format).is_yes());
        (!is_one && !formats.is_empty()).then_some(Self {
            formats,
            is_settled: sent.is_some(),
        })
    }
}
