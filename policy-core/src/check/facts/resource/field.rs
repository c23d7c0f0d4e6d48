//! The first four fields of an ARN, each by itself. The resource is judged with the catalogue, a policy variable by itself.

use super::format;
use crate::arn::{ArnPattern, Field};
use crate::catalogue::{self, Removed};
use crate::document::Text;
use crate::names::{AccountId, NameError, Partition, Region};

/// What is wrong with one of the first fields.
pub(in crate::check) enum ArnFault {
    /// There is no such partition, or none is written.
    UnknownPartition,
    /// The service has a wildcard. That is wide, and may be meant.
    WildcardInService,
    /// The service has capital letters.
    ServiceCase,
    /// AWS has closed the service.
    ClosedService(Removed),
    /// There is no such service, or none is written.
    UnknownService,
    /// It is written as a Region is, and is not a known one.
    UnknownRegion,
    /// It is not a Region.
    InvalidRegion(NameError),
    /// The Region is in another partition.
    OtherPartition(Region),
    /// It is not an account.
    InvalidAccount(NameError),
    /// Every resource of the service is in an account, and none is written.
    NoAccount,
}

impl ArnFault {
    /// The field that it is about.
    pub const fn field(&self) -> Field {
        match self {
            Self::UnknownPartition => Field::Partition,
            Self::WildcardInService | Self::ServiceCase | Self::ClosedService(_) | Self::UnknownService => {
                Field::Service
            }
            Self::UnknownRegion | Self::InvalidRegion(_) | Self::OtherPartition(_) => Field::Region,
            Self::InvalidAccount(_) | Self::NoAccount => Field::Account,
        }
    }
}

/// What is wrong with partition, service, region and account.
pub(in crate::check) fn faults(text: &Text<'_>, arn: &ArnPattern<'_>) -> impl Iterator<Item = ArnFault> + use<> {
    let faults = [partition(arn), service(arn), region(text, arn), account(arn)];
    faults.into_iter().flatten()
}

fn partition(arn: &ArnPattern<'_>) -> Option<ArnFault> {
    let partition = arn.partition().as_str();
    let is_right = partition.contains(['*', '?', '$']) || Partition::new(partition).is_ok();
    (!is_right).then_some(ArnFault::UnknownPartition)
}

fn service(arn: &ArnPattern<'_>) -> Option<ArnFault> {
    let service = arn.service().as_str();
    if service.contains('$') {
        return None;
    }
    if service.contains(['*', '?']) {
        return Some(ArnFault::WildcardInService);
    }
    if service.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Some(ArnFault::ServiceCase);
    }
    // Before the formats are asked: those of others may name a service that is closed.
    if let Some(removed) = catalogue::removed_service(service) {
        return Some(ArnFault::ClosedService(removed));
    }
    (!format::is_arn_service(service)).then_some(ArnFault::UnknownService)
}

fn region(text: &Text<'_>, arn: &ArnPattern<'_>) -> Option<ArnFault> {
    let region = arn.region().as_str();
    if region.is_empty() || region.contains(['*', '?', '$']) {
        return None;
    }
    match Region::new(region) {
        Ok(known) if known.is_known() => is_elsewhere(text, arn, &known).then_some(ArnFault::OtherPartition(known)),
        // As a Region is named, but not one of those listed: `eu-west-9`.
        Ok(_) => Some(ArnFault::UnknownRegion),
        Err(error) => Some(ArnFault::InvalidRegion(error)),
    }
}

/// Whether the Region is not in the partition beside it. What fills a hole is of any partition; a literal partition next to it
/// is a rule by itself.
fn is_elsewhere(text: &Text<'_>, arn: &ArnPattern<'_>, region: &Region) -> bool {
    let partition = arn.partition().as_str();
    let is_filled = |field| text.has_hole_in(&arn.range(field));
    !is_filled(Field::Region)
        && !is_filled(Field::Partition)
        && Partition::new(partition).is_ok()
        && region.partition().as_str() != partition
}

fn account(arn: &ArnPattern<'_>) -> Option<ArnFault> {
    let account = arn.account().as_str();
    // What AWS owns itself is in the account `aws`.
    if account.is_empty() || account == "aws" || account.contains(['*', '?', '$']) {
        return lacks_account(arn).then_some(ArnFault::NoAccount);
    }
    AccountId::new(account).err().map(ArnFault::InvalidAccount)
}

fn lacks_account(arn: &ArnPattern<'_>) -> bool {
    // An author who writes `*` for the resource means all that the service has, and Access Analyzer lets it pass.
    let is_all = arn.resource().as_str().starts_with('*');
    !is_all && arn.account().is_empty() && ALWAYS_IN_AN_ACCOUNT.contains(&arn.service().as_str())
}

/// Services of which AWS shares no resources without an account, as it does the documents of `ssm`; the catalogue's formats
/// do not tell these apart.
/// - `iam`: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns>, AWS's own are
///   in the account `aws`
/// - `kms`: <https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id-key-ARN>
/// - `lambda`: <https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html>
/// - `secretsmanager`: <https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_iam-permissions.html>
/// - `sqs`: <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-overview-of-managing-access.html>
const ALWAYS_IN_AN_ACCOUNT: [&str; 5] = ["iam", "kms", "lambda", "secretsmanager", "sqs"];
