//! ARNs of another type of resource than those that a key has: a queue's for `ecs:cluster`.

use super::words::{finding, never};
use crate::arn::{ArnFormat, ArnPattern, Field, write};
use crate::catalogue::{self, ConditionKey, Scalar, Service};
use crate::check::facts::{ConditionFacts, Operand, StatementFacts, type_of};
use crate::check::words::{catalogue_note, listed};
use crate::finding::{Code, Finding};
use crate::names::{ArnKind, NameKind};
use crate::policy::PrincipalKey;
use crate::sorted;

pub(super) fn unfit(
    statement: &StatementFacts<'_>,
    condition: &ConditionFacts<'_>,
    operand: &Operand<'_>,
) -> Option<Finding> {
    let key = condition
        .known_key
        .filter(|key| key.value_type().scalar == Scalar::Arn)?;
    let arn = ArnPattern::parse(operand.value).ok()?;
    // What is wrong with one of the first fields is a mistake by itself.
    catalogue::service(arn.service().as_str())?;
    if condition.is_on("aws:SourceArn") {
        return source(statement, condition, operand, &arn);
    }
    let held = Held::by(key)?;
    // AWS's own policies compare `cloudformation:RoleArn` with the sessions of a role, too.
    let is_session = arn.service().as_str() == "sts" && held.format.field(Field::Service) == "iam";
    if is_session || held.formats.iter().any(|format| arn.fits_format(*format).is_yes()) {
        return None;
    }
    let what = format!(
        "{}, but the values of `{}` are ARNs of resources of type `{}`",
        is_of(operand, &arn),
        condition.key.written(),
        held.name
    );
    let finding = finding(operand, Code::TypeMismatchArn, what).note(never(condition));
    let text = operand.text?;
    let hole = write::whole(text, &arn).filter(|_| text.written().starts_with('<'));
    let kind = ArnKind::of_format(held.format);
    Some(
        finding
            .with_help(match (hole, kind) {
                (Some(hole), Some(kind)) => {
                    let field = hole.name.replace('-', "_");
                    format!("give the field `{field}` the type `{}`", kind.type_name())
                }
                _ => format!("write such an ARN, `{}`", write::arn(held.format, text, &arn)),
            })
            .note(catalogue_note()),
    )
}

/// What the ARN is, by the hole that it fills or by itself.
fn is_of(operand: &Operand<'_>, arn: &ArnPattern<'_>) -> String {
    let written = operand.written;
    if written.starts_with('<')
        && let Some(kind) = ArnKind::of_sample(operand.value)
    {
        return format!("`{written}` is {}", NameKind::Arn(kind).noun());
    }
    match type_of(arn) {
        Some((kind, _)) => format!("`{written}` is of type `{}`", kind.name()),
        None => format!("`{written}` is an ARN of `{}`", arn.service().as_str()),
    }
}

/// What the values of a key are.
struct Held {
    /// The name of the resource type.
    name: &'static str,
    /// The first format of its ARNs.
    format: ArnFormat<'static>,
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
        Self::of(own, |kind| kind == word || kind == name, word).or_else(|| {
            let word = ["role", "instanceprofile"]
                .into_iter()
                .find(|word| name_ends_with(&name, word))?;
            Self::of(catalogue::service("iam")?, |kind| kind == word, word)
        })
    }

    fn of(service: Service, is_it: impl Fn(&str) -> bool, word: &str) -> Option<Self> {
        let kind = service.resource_types().find(|kind| is_it(&letters(kind.name())))?;
        let alike = service
            .resource_types()
            .filter(|kind| letters(kind.name()).contains(word));
        Some(Self {
            name: kind.name(),
            format: kind.arn_formats().next()?,
            formats: alike.flat_map(|kind| kind.arn_formats().collect::<Vec<_>>()).collect(),
        })
    }
}

fn letters(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
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

/// An ARN of another service than the one that sends it as the source of its requests.
fn source(
    statement: &StatementFacts<'_>,
    condition: &ConditionFacts<'_>,
    operand: &Operand<'_>,
    arn: &ArnPattern<'_>,
) -> Option<Finding> {
    let mut services = Vec::new();
    for principal in statement.named_principals()? {
        let name = principal.text.filled();
        let is_service = principal.key == PrincipalKey::Service;
        let service = ["amazonaws.com", "amazonaws.com.cn"]
            .iter()
            .find_map(|suffix| name.strip_suffix(suffix)?.strip_suffix('.'))
            .filter(|service| is_service && SENDS_OWN.contains(service))?;
        services.push(service);
    }
    let service = arn.service().as_str();
    let own = sorted::set(services);
    if own.is_empty() || own.contains(&service) {
        return None;
    }
    let names: Vec<String> = own.iter().map(listed::quoted).collect();
    let names = listed::one_of(&names);
    let what = format!(
        "{}, but the requests of the statement's principal have ARNs of {names}",
        is_of(operand, arn)
    );
    Some(
        finding(operand, Code::TypeMismatchArn, what)
            .note(never(condition))
            .with_help(format!(
                "write the ARN of the resource of {names} that causes the request"
            ))
            .note(catalogue_note()),
    )
}
