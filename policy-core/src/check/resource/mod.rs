//! Resources: the form of ARNs.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>

mod field;
pub(super) mod log_group;
mod secret;
mod shape;

use std::ops::Range;

use super::catalogue_note;
use crate::arn::{ArnErrorKind, ArnPattern, Field, Glob};
use crate::document::{Place, Text};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::policy::{Kind, Statement};

pub(super) use shape::{judge as judge_shape, type_of};

/// A resource of a statement and what it covers.
pub(super) struct Target<'d> {
    pub place: Place,
    pub text: &'d Text<'d>,
    pub scope: Scope<'d>,
}

/// What a resource covers.
pub(super) enum Scope<'d> {
    /// `*`
    Everything,
    /// What this pattern matches.
    Arn(ArnPattern<'d>),
    /// A placeholder stands in it: it may come to be anything, `*` too.
    Unknown,
    /// Something that was found wrong, or that the catalogue does not list: it may be what some action acts on.
    Unsettled,
}

/// Judges the form of a statement's resources and says what each covers.
pub(super) fn check<'d>(statement: &Statement<'d>, kind: Kind, findings: &mut Findings) -> Vec<Target<'d>> {
    // A role trust policy has no resources; that one has is said where the kind's elements are judged.
    let Some(element) = statement.resource.filter(|_| kind != Kind::Trust) else {
        return Vec::new();
    };
    element
        .texts()
        .map(|(place, text)| Target {
            place,
            text,
            scope: scope(place, text, kind, is_of_s3(statement), findings),
        })
        .collect()
}

/// Whether the statement's actions are those of S3, so that what is no ARN is the name of a bucket or an object.
fn is_of_s3(statement: &Statement<'_>) -> bool {
    statement
        .action
        .is_some_and(|actions| actions.texts().all(|(_, text)| text.begins_with("s3:")))
}

fn scope<'d>(place: Place, text: &'d Text<'d>, kind: Kind, is_of_s3: bool, findings: &mut Findings) -> Scope<'d> {
    let resource = text.filled();
    if Glob::wildcards(resource).is_everything() {
        return Scope::Everything;
    }
    // API Gateway fills in what comes before.
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
    let is_short = kind == Kind::Resource && resource.starts_with("execute-api:/");
    if is_short || super::placeholder::stands_in(text) {
        return Scope::Unknown;
    }
    let arn = match ArnPattern::parse(resource) {
        Ok(arn) => arn,
        Err(error) => {
            findings.push(no_arn(place, text, error.kind(), is_of_s3));
            return Scope::Unsettled;
        }
    };
    let before = findings.len();
    field::check(place, text, &arn, findings);
    findings.extend(secret::check(place, text, &arn));
    let is_wrong = findings
        .iter()
        .skip(before)
        .any(|finding| finding.severity() != Severity::Suggestion);
    if is_wrong || is_unlisted(&arn) {
        Scope::Unsettled
    } else {
        Scope::Arn(arn)
    }
}

/// Why a resource cannot be read as an ARN of this world: a field is missing, or nothing is in a partition or service of that name.
#[cfg(feature = "evaluate")]
pub(super) fn unreadable(place: Place, text: &Text<'_>) -> Option<Finding> {
    let resource = text.filled();
    if Glob::wildcards(resource).is_everything() {
        return None;
    }
    match ArnPattern::parse(resource) {
        Ok(arn) => field::unreadable(place, text, &arn),
        Err(error) => Some(no_arn(place, text, error.kind(), false)),
    }
}

/// Resources that AWS documents, though not in the reference that the catalogue is made of.
/// - `transform`, whose change sets it allows: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-template.html>
const UNLISTED: [(&str, &str); 1] = [("cloudformation", "transform/")];

fn is_unlisted(arn: &ArnPattern<'_>) -> bool {
    UNLISTED
        .iter()
        .any(|(service, start)| arn.service().as_str() == *service && arn.resource().as_str().starts_with(start))
}

/// What is wrong with the fields of an ARN that a condition compares with. There a pattern of services is right: it says
/// which services, and the key what about them.
pub(super) fn unfit_fields(place: Place, text: &Text<'_>) -> Vec<Finding> {
    let Ok(arn) = ArnPattern::parse(text.filled()) else {
        return Vec::new();
    };
    let mut found = Findings::new();
    field::check(place, text, &arn, &mut found);
    found.retain(|finding| finding.code() != Code::WildcardInServiceName);
    found.into_iter().collect()
}

const FIELDS: &str = "an ARN is `arn:partition:service:region:account:resource`; an empty field keeps its colon";

fn no_arn(place: Place, text: &Text<'_>, kind: &ArnErrorKind, is_of_s3: bool) -> Finding {
    let written = text.written();
    let bucket = written.trim_start_matches("arn:aws:s3:").trim_start_matches(':');
    let is_bucket = is_of_s3 && !bucket.is_empty() && !bucket.contains(':') && !bucket.starts_with("arn");
    if let ArnErrorKind::MissingFrom(field) = kind {
        return Finding::new(
            Code::MissingArnField,
            place,
            format!("the ARN `{written}` ends before its {field}"),
        )
        .about(written)
        .note("AWS rejects it")
        .help(if is_bucket {
            format!("write `arn:aws:s3:::{bucket}`: an empty field keeps its colon")
        } else {
            FIELDS.to_owned()
        });
    }
    let help = if written.starts_with("aws:") || written.starts_with(':') {
        format!("write `arn:{}`", written.trim_start_matches(':'))
    } else if written.starts_with("s3://") {
        format!("write `arn:aws:s3:::{}`", written.trim_start_matches("s3://"))
    } else if written.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("arn:")) {
        format!("write `arn:{}`: case matters", written.get(4..).unwrap_or_default())
    } else if is_bucket {
        format!("write `arn:aws:s3:::{bucket}`")
    } else {
        FIELDS.to_owned()
    };
    Finding::new(
        Code::InvalidArnPrefix,
        place,
        format!("the resource `{written}` is neither `*` nor an ARN"),
    )
    .about(written)
    .note("AWS rejects it: `Resource must be in ARN format or \"*\"`")
    .help(help)
}

/// The bytes to point at for a field: for an empty one the colons around it.
fn shown(arn: &ArnPattern<'_>, field: Field) -> Range<usize> {
    let range = arn.range(field);
    if range.is_empty() {
        range.start.saturating_sub(1)..(range.end + 1).min(arn.as_str().len())
    } else {
        range
    }
}

/// A finding about an ARN that the catalogue was asked for.
fn by_catalogue(finding: Finding) -> Finding {
    finding.note(catalogue_note())
}

#[cfg(test)]
mod tests;
