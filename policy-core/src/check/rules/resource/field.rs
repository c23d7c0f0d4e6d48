//! The first fields of an ARN, in resources and in what conditions compare with.

use super::replaced::{has_no_region, region_not_allowed, replaced, with_any, without_region};
use super::shown::shown;
use crate::arn::{ArnPattern, Field, meant};
use crate::catalogue::{self, Service};
use crate::check::facts::{ArnFault, Facts, ResourceFault, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::check::words::{added_later, arn_of_named, catalogue_note};
use crate::collected::CollectVec;
use crate::document::{Place, Text};
use crate::finding::{Code, Finding, Fix};
#[cfg(feature = "evaluate")]
use crate::names::NameKind;
use crate::names::{NameError, region};
use crate::spelling::nearest;

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::InvalidPartition,
        Code::InvalidService,
        Code::InvalidArnServiceCase,
        Code::WildcardInServiceName,
        Code::InvalidArnRegion,
        Code::InvalidArnAccount,
        Code::MissingArnAccount,
    ],
    run: Run::Statement(check),
};

fn check(_: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for resource in &statement.resources {
        for fault in &resource.faults {
            if let ResourceFault::Field(fault) = fault {
                found.extend(finding(resource.place, resource.text, fault));
            }
        }
    }
    for condition in &statement.conditions {
        for (operand, fault) in condition.arn_faults() {
            found.extend(operand.text.and_then(|text| finding(operand.place, text, &fault)));
        }
    }
    found
}

fn finding(place: Place, text: &Text<'_>, fault: &ArnFault) -> Option<Finding> {
    let arn = ArnPattern::parse(text.filled()).ok()?;
    let field = Faulty {
        place,
        text,
        arn: &arn,
        field: fault.field(),
    };
    Some(match fault {
        ArnFault::UnknownPartition => field.partition(),
        ArnFault::WildcardInService => field.wildcard_in_service(),
        ArnFault::ServiceCase => field.service_case(),
        ArnFault::UnknownService => field.service(),
        ArnFault::UnknownRegion => field.unknown_region(),
        ArnFault::InvalidRegion(error) => field.region(error),
        ArnFault::OtherPartition(home) => field.other_partition(home),
        ArnFault::InvalidAccount(error) => field.account(error),
        ArnFault::NoAccount => field.no_account(),
        // That is a rule by itself.
        ArnFault::ClosedService(_) => return None,
    })
}

/// Why no resource can have such fields, whatever services there are.
#[cfg(feature = "evaluate")]
pub(super) fn unreadable(place: Place, text: &Text<'_>, arn: &ArnPattern<'_>) -> Option<Finding> {
    let partition = arn.partition().as_str();
    let field = |field| Faulty {
        place,
        text,
        arn,
        field,
    };
    if !partition.contains(['*', '?']) && !NameKind::Partition.accepts(partition) {
        return Some(field(Field::Partition).partition());
    }
    arn.service().is_empty().then(|| field(Field::Service).service())
}

/// A field that is wrong.
struct Faulty<'a> {
    place: Place,
    text: &'a Text<'a>,
    arn: &'a ArnPattern<'a>,
    field: Field,
}

impl Faulty<'_> {
    fn finding(&self, code: Code, what: String) -> Finding {
        Finding::new(code, self.place, what)
            .part(self.text, shown(self.arn, self.field))
            .about(self.text.written())
    }

    /// Writes the field differently.
    fn written_as(&self, meant: &str) -> Fix {
        Fix::write(self.place, replaced(self.text, self.arn, self.field, meant))
    }

    /// What the user wrote in the field.
    fn written(&self) -> &str {
        let range = self.text.written_range(self.arn.range(self.field));
        self.text.written().get(range).unwrap_or_default()
    }

    fn partition(&self) -> Finding {
        let partition = self.arn.partition().as_str();
        let help = region::nearest_partition(partition).map_or_else(
            || {
                let all: Vec<String> = region::partitions().map(|known| format!("`{known}`")).collect_vec();
                format!("the partitions are {}", all.join(", "))
            },
            |near| format!("write `arn:{near}:`"),
        );
        let what = if partition.is_empty() {
            "the ARN has no partition".to_owned()
        } else {
            format!("`{}` is not a partition", self.written())
        };
        self.finding(Code::InvalidPartition, what)
            .note("AWS rejects the policy")
            .with_help(help)
    }

    fn wildcard_in_service(&self) -> Finding {
        let service = self.arn.service().as_str();
        self.finding(
            Code::WildcardInServiceName,
            format!("the service of the ARN, `{service}`, has a wildcard"),
        )
        .note("it matches every service with such a name, including future ones")
        .with_help("write one ARN for each service")
    }

    fn service_case(&self) -> Finding {
        let service = self.arn.service().as_str();
        self.finding(
            Code::InvalidArnServiceCase,
            format!("the service of the ARN, `{service}`, has capital letters"),
        )
        .note("the ARN matches nothing: ARNs are case-sensitive")
        .with_help(format!("write `{}`", service.to_ascii_lowercase()))
        .fixed_by(self.written_as(&service.to_ascii_lowercase()))
    }

    fn service(&self) -> Finding {
        let service = self.arn.service().as_str();
        let near = nearest(service, catalogue::services().map(Service::prefix)).filter(|_| !service.is_empty());
        let is_stranger = near.is_none() && !service.is_empty();
        let help = match near {
            Some(near) => format!("write `{near}`"),
            None if service.is_empty() => "write the service, such as `s3`".to_owned(),
            None => "write the service as it appears in its ARNs, such as `s3`".to_owned(),
        };
        let what = if service.is_empty() {
            "the ARN has no service".to_owned()
        } else {
            format!("`{}` is not a service", self.written())
        };
        let finding = self
            .finding(Code::InvalidService, what)
            .note("AWS accepts it, but it matches nothing: no resource has such an ARN")
            .with_help(help)
            .note(catalogue_note());
        match near {
            Some(near) => finding.fixed_by(self.written_as(near)),
            None if is_stranger => finding.allow_if(added_later("service")),
            None => finding,
        }
    }

    fn unknown_region(&self) -> Finding {
        let finding = self
            .finding(Code::InvalidArnRegion, format!("unknown Region `{}`", self.written()))
            .note("AWS accepts it, but it matches nothing: no such Region exists")
            .note(catalogue_note())
            .allow_if(added_later("Region"));
        match region::nearest(self.arn.region().as_str()) {
            Some(near) => finding.with_help(format!("did you mean `{near}`?")),
            None => finding,
        }
    }

    fn region(&self, error: &NameError) -> Finding {
        let help = error.suggestion().map_or_else(
            || "write the Region's code, such as `eu-west-1`".to_owned(),
            |near| format!("write `{near}`"),
        );
        let finding = self
            .finding(Code::InvalidArnRegion, format!("`{}` is not a Region", self.written()))
            .note("AWS accepts it, but it matches nothing: no such Region exists")
            .note(catalogue_note())
            .with_help(help);
        self.mended(finding, error)
    }

    /// A Region beside a partition that it is not in.
    fn other_partition(&self, home: &str) -> Finding {
        let partition = Some(home);
        let is_without = has_no_region(self.arn);
        let meant = if is_without {
            without_region(self.text, self.arn, partition)
        } else {
            let written = self.text.written();
            meant::moved(written, partition, 0..0).unwrap_or_else(|| written.to_owned())
        };
        self.finding(
            Code::InvalidArnRegion,
            format!(
                "the Region `{}` is not in the partition `{}`",
                self.written(),
                self.arn.partition().as_str()
            ),
        )
        .note(if is_without {
            region_not_allowed(self.arn.service().as_str())
        } else {
            "AWS accepts it, but it matches nothing: each Region is in one partition"
        })
        .note(catalogue_note())
        .with_fix(Fix::write(self.place, meant))
    }

    fn account(&self, error: &NameError) -> Finding {
        if let Some((help, meant)) = arn_of_named(self.text) {
            return self.of_named(help, meant);
        }
        let help = error.suggestion().map_or_else(
            || "write all 12 digits, such as `111122223333`".to_owned(),
            |meant| format!("write `{meant}`"),
        );
        let finding = self
            .finding(
                Code::InvalidArnAccount,
                format!("`{}` is not an account ID: {}", self.written(), error.reason()),
            )
            .note("the ARN matches nothing: no account has this ID")
            .with_help(help);
        self.mended(finding, error)
    }

    /// The field of a reference that is in the form of an ARN, as the URI is by which API Gateway invokes a function.
    fn of_named(&self, help: String, meant: Option<String>) -> Finding {
        let account = self.arn.account().as_str();
        let written = self.text.written();
        let what = format!("`{written}` has `{account}` where an ARN has the account ID");
        Finding::new(Code::InvalidArnAccount, self.place, what)
            .about(written)
            .note("it matches nothing: no account has this ID")
            .with_help(help)
            .fixed_by(meant.map(|meant| Fix::write(self.place, meant)))
    }

    /// With the name that was probably meant as a fix.
    fn mended(&self, finding: Finding, error: &NameError) -> Finding {
        finding.fixed_by(error.suggestion().map(|meant| self.written_as(&meant)))
    }

    fn no_account(&self) -> Finding {
        let service = self.arn.service().as_str();
        self.finding(
            Code::MissingArnAccount,
            format!("the ARN has no account, but the ARN of this type of `{service}` resource has one"),
        )
        .note("AWS accepts it, but it matches nothing")
        .with_help("write the account's 12 digits between the colons, or `*` for any account")
        .fixed_by(Fix::write(self.place, with_any(self.text, self.arn, self.field)))
    }
}
