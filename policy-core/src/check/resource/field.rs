//! The fields of an ARN, each by itself.

use std::ops::Range;

use super::{by_catalogue, shown};
use crate::arn::{ArnPattern, Field};
use crate::catalogue::{self, Service};
use crate::check::newer_than_catalogue;
use crate::document::{Place, Text};
use crate::finding::{Code, Finding, Findings};
use crate::names::{AccountId, Partition, Region, nearest};

/// Judges partition, service, region and account; the resource is judged with the catalogue. A policy variable in one of them
/// is judged by the room of variables.
pub(super) fn check(place: Place, text: &Text<'_>, arn: &ArnPattern<'_>, findings: &mut Findings) {
    let field = Judged { place, text, arn };
    let found = [field.partition(), field.service(), field.region(), field.account()];
    findings.extend(found.into_iter().flatten());
}

/// Why no resource can have such fields, whatever services there are.
#[cfg(feature = "evaluate")]
pub(super) fn unreadable(place: Place, text: &Text<'_>, arn: &ArnPattern<'_>) -> Option<Finding> {
    let field = Judged { place, text, arn };
    let service = || arn.service().is_empty().then(|| field.service()).flatten();
    field.unknown_partition().or_else(service)
}

struct Judged<'a> {
    place: Place,
    text: &'a Text<'a>,
    arn: &'a ArnPattern<'a>,
}

impl Judged<'_> {
    fn finding(&self, code: Code, field: Field, what: String) -> Finding {
        Finding::new(code, self.place, what)
            .part(self.text, shown(self.arn, field))
            .about(self.text.written())
    }

    /// What the user wrote in the field.
    fn written(&self, field: Field) -> &str {
        let range: Range<usize> = self.text.written_range(self.arn.range(field));
        self.text.written().get(range).unwrap_or_default()
    }

    fn partition(&self) -> Option<Finding> {
        let partition = self.arn.partition().as_str();
        if partition.contains('$') {
            return None;
        }
        self.unknown_partition()
    }

    fn unknown_partition(&self) -> Option<Finding> {
        let partition = self.arn.partition().as_str();
        if partition.contains(['*', '?']) || Partition::new(partition).is_ok() {
            return None;
        }
        let help = Partition::nearest(partition).map_or_else(
            || {
                let all: Vec<String> = Partition::all().map(|known| format!("`{}`", known.as_str())).collect();
                format!("the partitions are {}", all.join(", "))
            },
            |near| format!("write `arn:{}:`", near.as_str()),
        );
        let what = if partition.is_empty() {
            "the ARN has no partition".to_owned()
        } else {
            format!("there is no partition `{}`", self.written(Field::Partition))
        };
        Some(
            self.finding(Code::InvalidPartition, Field::Partition, what)
                .note("AWS rejects it")
                .help(help),
        )
    }

    fn service(&self) -> Option<Finding> {
        let service = self.arn.service().as_str();
        if service.contains('$') {
            return None;
        }
        if service.contains(['*', '?']) {
            return Some(
                self.finding(
                    Code::WildcardInServiceName,
                    Field::Service,
                    format!("the service of the ARN, `{service}`, has a wildcard"),
                )
                .note("it takes in every service of such a name, those to come included")
                .help("write one ARN a service"),
            );
        }
        if service.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Some(
                self.finding(
                    Code::InvalidArnServiceCase,
                    Field::Service,
                    format!("the service of the ARN, `{service}`, has capital letters"),
                )
                .note("ARNs are compared letter by letter: it matches nothing")
                .help(format!("write `{}`", service.to_ascii_lowercase())),
            );
        }
        // Before the formats are asked: those of others may name a service that is closed.
        if let Some(removed) = catalogue::removed_service(service) {
            return Some(by_catalogue(
                self.finding(
                    Code::DeprecatedService,
                    Field::Service,
                    format!(
                        "AWS documents the service `{service}` ({}) no longer; it last did in {}",
                        removed.name(),
                        removed.last_seen()
                    ),
                )
                .note("AWS accepts it; a service that is closed has no resources")
                .help("remove it"),
            ));
        }
        if super::shape::is_arn_service(service) {
            return None;
        }
        let near = nearest(service, catalogue::services().map(Service::prefix)).filter(|_| !service.is_empty());
        let is_stranger = near.is_none() && !service.is_empty();
        let help = match near {
            Some(near) => format!("write `{near}`"),
            None if service.is_empty() => "write the service, such as `s3`".to_owned(),
            None => "write the service as its ARNs have it, such as `s3`".to_owned(),
        };
        let what = if service.is_empty() {
            "the ARN has no service".to_owned()
        } else {
            format!("there is no service `{}`", self.written(Field::Service))
        };
        let finding = self
            .finding(Code::InvalidService, Field::Service, what)
            .note("no ARN has this service: this one matches nothing")
            .help(help);
        let finding = if is_stranger {
            finding.allow_if(newer_than_catalogue())
        } else {
            finding
        };
        Some(by_catalogue(finding))
    }

    fn region(&self) -> Option<Finding> {
        let region = self.arn.region().as_str();
        if region.is_empty() || region.contains(['*', '?', '$']) {
            return None;
        }
        let written = self.written(Field::Region);
        match Region::new(region) {
            Ok(known) if known.is_known() => self.other_partition(&known, written),
            // As a Region is named, but not one of those listed: `eu-west-9`.
            Ok(_) => {
                let finding = self
                    .finding(
                        Code::InvalidArnRegion,
                        Field::Region,
                        format!("no Region `{written}` is known"),
                    )
                    .note("AWS accepts it, and in a Region that does not exist nothing matches");
                let finding = match Region::nearest(region) {
                    Some(near) => finding.help(format!("perhaps `{}` was meant", near.as_str())),
                    None => finding,
                };
                Some(by_catalogue(finding.allow_if(newer_than_catalogue())))
            }
            Err(error) => {
                let help = error.suggestion().map_or_else(
                    || "write the Region's code, such as `eu-west-1`, or `*` for all".to_owned(),
                    |near| format!("write `{near}`"),
                );
                Some(by_catalogue(
                    self.finding(
                        Code::InvalidArnRegion,
                        Field::Region,
                        format!("there is no Region `{written}`"),
                    )
                    .note("AWS accepts it, and in a Region that does not exist nothing matches")
                    .help(help),
                ))
            }
        }
    }

    /// A Region beside a partition that it is not in.
    fn other_partition(&self, region: &Region, written: &str) -> Option<Finding> {
        let partition = self.arn.partition().as_str();
        let home = region.partition();
        let is_filled = |field| self.text.has_hole_in(&self.arn.range(field));
        // What fills a hole is of any partition; a partition by hand beside it is found in the room of partitions.
        if is_filled(Field::Region)
            || is_filled(Field::Partition)
            || Partition::new(partition).is_err()
            || home.as_str() == partition
        {
            return None;
        }
        Some(by_catalogue(
            self.finding(
                Code::InvalidArnRegion,
                Field::Region,
                format!("the Region `{written}` is not in the partition `{partition}`"),
            )
            .note("each Region is in one partition: the ARN matches nothing")
            .help(format!("write `arn:{}:`", home.as_str())),
        ))
    }

    fn account(&self) -> Option<Finding> {
        let account = self.arn.account().as_str();
        // What AWS owns itself stands in the account `aws`.
        if account.is_empty() || account == "aws" || account.contains(['*', '?', '$']) {
            return self.no_account();
        }
        let error = AccountId::new(account).err()?;
        let written = self.written(Field::Account);
        let help = error.suggestion().map_or_else(
            || "write all 12 digits, such as `111122223333`, or `*` for any account".to_owned(),
            |meant| format!("write `{meant}`"),
        );
        Some(
            self.finding(
                Code::InvalidArnAccount,
                Field::Account,
                format!("`{written}` is not an account id: {}", error.reason()),
            )
            .note("no account has this id: the ARN matches nothing")
            .help(help),
        )
    }

    fn no_account(&self) -> Option<Finding> {
        let service = self.arn.service().as_str();
        // Whoever writes `*` for the resource means all that the service has, and Access Analyzer lets it pass.
        let is_all = self.arn.resource().as_str().starts_with('*');
        if is_all || !self.arn.account().is_empty() || !ALWAYS_IN_AN_ACCOUNT.contains(&service) {
            return None;
        }
        Some(
            self.finding(
                Code::MissingArnAccount,
                Field::Account,
                format!("the ARN has no account, and every resource of `{service}` is in one"),
            )
            .note("AWS accepts it, and it matches nothing")
            .help("write the account's 12 digits between the colons, or `*` for any account"),
        )
    }
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
