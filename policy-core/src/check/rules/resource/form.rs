//! Resources that are no ARNs.

use crate::arn::ArnErrorKind;
use crate::check::facts::{Facts, ResourceFault, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::document::{Place, Text};
use crate::finding::{Code, Finding};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::InvalidArnPrefix, Code::MissingArnField],
    run: Run::Statement(check),
};

fn check(_: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for resource in &statement.resources {
        for fault in &resource.faults {
            if let ResourceFault::NotAnArn(kind) = fault {
                found.push(no_arn(resource.place, resource.text, kind, is_of_s3(statement)));
            }
        }
    }
    found
}

/// Whether the statement's actions are those of S3, so that any other text names a bucket or an object.
fn is_of_s3(statement: &StatementFacts<'_>) -> bool {
    statement
        .statement
        .action
        .is_some_and(|actions| actions.texts().all(|(_, text)| text.begins_with("s3:")))
}

const FIELDS: &str = "an ARN is `arn:partition:service:region:account:resource`; an empty field keeps its colon";

pub(super) fn no_arn(place: Place, text: &Text<'_>, kind: &ArnErrorKind, is_of_s3: bool) -> Finding {
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
        .note("AWS rejects the policy")
        .with_help(if is_bucket {
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
        format!(
            "write `arn:{}`; ARNs are case-sensitive",
            written.get(4..).unwrap_or_default()
        )
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
    .note("AWS rejects the policy: `Resource must be in ARN format or \"*\"`")
    .with_help(help)
}
