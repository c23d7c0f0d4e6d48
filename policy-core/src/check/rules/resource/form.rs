//! Resources that are no ARNs.

use crate::arn::{ArnErrorKind, ArnPattern, Field, completion, meant};
use crate::check::facts::{Facts, ResourceFault, StatementFacts, matches_nothing};
use crate::check::rules::{Rule, Run, short_arn};
use crate::check::words::{ARN_FIELDS, arn_of_named};
use crate::document::{Place, Text};
use crate::finding::{Code, Finding, Fix};
use crate::policy::Kind;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::InvalidArnPrefix, Code::MissingArnField],
    run: Run::Statement(check),
};

fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for resource in &statement.resources {
        for fault in &resource.faults {
            if let ResourceFault::NotAnArn(error) = fault {
                let (place, text) = (resource.place, resource.text);
                found.push(no_arn(place, text, error, facts.kind, is_of_s3(statement)));
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

pub(super) fn no_arn(place: Place, text: &Text<'_>, error: &ArnErrorKind, kind: Kind, is_of_s3: bool) -> Finding {
    let written = text.written();
    let bucket = written.trim_start_matches("arn:aws:s3:").trim_start_matches(':');
    let is_bucket = is_of_s3 && !bucket.is_empty() && !bucket.contains(':') && !bucket.starts_with("arn");
    if let ArnErrorKind::MissingFrom(field) = error {
        let help = if is_bucket {
            format!("write `arn:aws:s3:::{bucket}`: an empty field keeps its colon")
        } else {
            short_arn::help(text)
        };
        return cut_short(place, text, *field, kind, help);
    }
    let write = |meant: String| (format!("write `{meant}`"), Some(meant));
    let (help, meant) = if let Some(named) = arn_of_named(text) {
        named
    } else if let Some(arn) = meant::of_queue_url(written) {
        (format!("this is the URL of a queue: write its ARN, `{arn}`"), None)
    } else if written.starts_with("aws:") || written.starts_with(':') {
        write(format!("arn:{}", written.trim_start_matches(':')))
    } else if written.starts_with("s3://") {
        write(format!("arn:aws:s3:::{}", written.trim_start_matches("s3://")))
    } else if written.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("arn:")) {
        let meant = format!("arn:{}", written.get(4..).unwrap_or_default());
        (format!("write `{meant}`; ARNs are case-sensitive"), Some(meant))
    } else if is_bucket {
        write(format!("arn:aws:s3:::{bucket}"))
    } else {
        (ARN_FIELDS.to_owned(), None)
    };
    let finding = Finding::new(
        Code::InvalidArnPrefix,
        place,
        format!("the resource `{written}` is neither `*` nor an ARN"),
    )
    .about(written)
    .note("AWS rejects the policy: `Resource must be in ARN format or \"*\"`")
    .with_help(help);
    let finding = finding.fixed_by(meant.map(|meant| Fix::write(place, meant)));
    // What is wrong is the text before the hole, of which nothing is known.
    match text.unknown().next().map(|hole| hole.filled.start) {
        Some(start) if start > 0 => finding.part(text, 0..start),
        _ => finding,
    }
}

/// An ARN that ends before a field. AWS completes it in an identity-based policy, and rejects it in a session policy:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html#arns-paths-wildcards>
fn cut_short(place: Place, text: &Text<'_>, field: Field, kind: Kind, help: String) -> Finding {
    let written = text.written();
    let finding = Finding::new(
        Code::MissingArnField,
        place,
        format!("the ARN `{written}` ends before its {field}"),
    )
    .about(written);
    let more = completion(text.filled(), true).filter(|_| kind == Kind::Identity);
    let (note, full) = match (kind, more) {
        (Kind::Session, _) => ("AWS rejects the policy".to_owned(), None),
        (Kind::Identity, None) => ("AWS does not document what it matches".to_owned(), None),
        (_, None) => (
            "AWS documents what it matches only for identity-based policies".to_owned(),
            None,
        ),
        (_, Some(more)) => {
            let full = format!("{written}{more}");
            let completed = format!("{}{more}", text.filled());
            if ArnPattern::parse(&completed).is_ok_and(|arn| matches_nothing(text, &arn)) {
                let note =
                    format!("AWS accepts it, but reads `*` for each missing field, and `{full}` matches nothing");
                return finding.note(note).with_help(help).dead(true);
            }
            let note = format!("AWS accepts it, but reads `*` for each missing field: `{full}`");
            (note, Some(full))
        }
    };
    let finding = finding.note(note).with_help(help);
    match full {
        // It is what AWS reads.
        Some(full) => finding
            .with_help(format!("if this is intended, write `{full}`"))
            .fixed_by(Fix::write(place, full).safe()),
        None => finding,
    }
}
