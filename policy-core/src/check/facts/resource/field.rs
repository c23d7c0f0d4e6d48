//! The first four fields of an ARN, each by itself. The resource is judged with the catalogue, a policy variable by itself.

use std::sync::OnceLock;

use super::format::{self, formats};
use crate::arn::{ArnFormat, ArnPattern, Field, is_owned_by_aws};
use crate::catalogue::{self, Removed, ResourceType};
use crate::check::table::{rows, rows_of};
use crate::collected::CollectVec;
use crate::document::Text;
use crate::names::{NameError, NameKind, region};

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
    /// The Region is in another partition, this one.
    OtherPartition(&'static str),
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
    let is_right = partition.contains(['*', '?', '$']) || NameKind::Partition.accepts(partition);
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
    // Nearly every one.
    if catalogue::service(service).is_some() {
        return None;
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
    match NameKind::Region.check(region) {
        Ok(()) if region::is_known(region) => {
            let home = region::partition_of(region)?;
            is_elsewhere(text, arn, home).then_some(ArnFault::OtherPartition(home))
        }
        // As a Region is named, but not one of those listed: `eu-west-9`.
        Ok(()) => Some(ArnFault::UnknownRegion),
        Err(error) => Some(ArnFault::InvalidRegion(error)),
    }
}

/// Whether the Region is not in the partition beside it. What fills a hole is of any partition; a literal partition next to it
/// is a rule by itself.
fn is_elsewhere(text: &Text<'_>, arn: &ArnPattern<'_>, home: &str) -> bool {
    let partition = arn.partition().as_str();
    let is_filled = |field| text.has_hole_in(&arn.range(field));
    !is_filled(Field::Region)
        && !is_filled(Field::Partition)
        && NameKind::Partition.accepts(partition)
        && home != partition
}

fn account(arn: &ArnPattern<'_>) -> Option<ArnFault> {
    let account = arn.account().as_str();
    if account.is_empty() {
        return lacks_account(arn).then_some(ArnFault::NoAccount);
    }
    if account.contains(['*', '?', '$']) || is_owned_by_aws(arn.service().as_str(), account) && !is_of_a_customer(arn) {
        return None;
    }
    NameKind::AccountId.check(account).err().map(ArnFault::InvalidAccount)
}

/// Whether it is one of IAM's resources that AWS has none of in `aws`: its own are policies.
fn is_of_a_customer(arn: &ArnPattern<'_>) -> bool {
    if arn.service().as_str() != "iam" || arn.account().as_str() != "aws" {
        return false;
    }
    let kind = arn.resource().as_str().split('/').next();
    let is_own = |(of, format): (ResourceType, ArnFormat<'_>)| {
        let word = format.field(Field::Resource).split('/').next();
        of.name() != "policy" && format.field(Field::Account).starts_with("${") && word == kind
    };
    kind == Some("root") || formats("iam").any(is_own)
}

/// Whether every ARN that it could match has an account, though this one has none.
fn lacks_account(arn: &ArnPattern<'_>) -> bool {
    let resource = arn.resource().as_str();
    // An author who writes `*` for the resource means all that the service has, and Access Analyzer lets it pass.
    if resource.starts_with(['*', '?', '$']) {
        return false;
    }
    let service = arn.service().as_str();
    let Some(shared) = shared_without_account(service) else {
        return false;
    };
    let head = resource.split(['*', '?', '$']).next().unwrap_or(resource);
    let is_open = head.len() < resource.len();
    let may_be = |start: &str| head.starts_with(start) || is_open && start.starts_with(head);
    // The page of a service has the types of others too.
    let of_service = formats(service).filter(|(_, format)| format.field(Field::Service) == service);
    let mut without = of_service.filter(|(_, format)| format.field(Field::Account) != "${Account}");
    let is_of_reference = without.any(|(_, format)| {
        let resource = format.field(Field::Resource);
        may_be(resource.split('$').next().unwrap_or(resource))
    });
    !is_of_reference && !shared.split(' ').any(|start| !start.is_empty() && may_be(start))
}

/// The beginnings of the names of the resources that AWS shares without an account, if the others have one. `accounts.txt` is the
/// one table of it.
fn shared_without_account(service: &str) -> Option<&'static str> {
    // Read once, for the ARN of nearly every bucket asks.
    static TABLE: OnceLock<Vec<(&str, &str)>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        rows(include_str!("accounts.txt"))
            .map(|row| row.split_once(" without ").unwrap_or((row, "")))
            .collect_vec()
    });
    let of_service = table.get(rows_of(table, |(name, _)| name, service))?;
    of_service.first().map(|(_, shared)| *shared)
}
