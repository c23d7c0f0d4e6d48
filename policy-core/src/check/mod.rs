//! The checker: a document in, findings out.
//!
//! One room for each family of rules. A rule is a function of the outline and the catalogue; it never reads JSON, and it
//! judges templates as it judges text, because a [`Text`](crate::document::Text) gives it the string with every hole
//! filled.

mod action;
mod attached;
mod character;
mod condition;
mod example;
#[cfg(test)]
mod expect;
mod exposure;
mod fit;
mod grant;
mod judged;
mod options;
mod organization;
mod partition;
mod placeholder;
mod principal;
mod redundant;
mod resource;
mod sid;
mod size;
#[cfg(test)]
mod tests;
mod trust;
mod variable;

use crate::catalogue;
use crate::document::{Document, Place};
use crate::finding::{Code, Finding, Findings};
use crate::names::NameError;
use crate::policy::{self, Kind};

use judged::Judged;

pub use example::Example;
pub use options::Options;

/// Everything that is wrong with a policy of this kind, in the order in which it stands in the document.
///
/// ```
/// use policy_core::check::{Options, check};
/// use policy_core::document::Document;
/// use policy_core::policy::Kind;
///
/// let document = Document::read(r#"{ "Version": "2012-10-17", "Statement": [] }"#)?;
/// let findings = check(&document, Kind::Identity, &Options::new());
/// assert_eq!(findings.iter().map(|finding| finding.code().name()).collect::<Vec<_>>(), ["MISSING_STATEMENT"]);
/// # Ok::<(), policy_core::document::SyntaxError>(())
/// ```
pub fn check(document: &Document<'_>, kind: Kind, options: &Options) -> Findings {
    let mut findings = Findings::new();
    let outline = policy::read(document, kind, &mut findings);
    size::check(document, kind, &mut findings);
    sid::check(&outline, kind, &mut findings);
    let judged: Vec<Judged<'_, '_>> = outline
        .statements
        .iter()
        .map(|statement| Judged::of(statement, kind, &mut findings))
        .collect();
    for one in &judged {
        let Judged {
            statement,
            actions,
            targets,
        } = one;
        fit::check(statement, kind, actions, targets, &mut findings);
        principal::check(statement, kind, options, &mut findings);
        trust::check(statement, kind, &judged, &mut findings);
        condition::check(one, kind, &mut findings);
        organization::check(statement, kind, actions, &mut findings);
    }
    trust::check_session(&judged, kind, &mut findings);
    exposure::check(&judged, kind, options, &mut findings);
    attached::check(&judged, kind, options, &mut findings);
    grant::check(&judged, kind, &mut findings);
    redundant::check(&outline, &judged, kind, &mut findings);
    partition::check(document, kind, &mut findings);
    variable::check(&outline, &mut findings);
    // The last, since they take back what others said of the same characters.
    placeholder::check(document, &mut findings);
    character::check(document, kind, &mut findings);
    findings.retain(|finding| options.wants(finding));
    findings.sort();
    findings
}

/// The same of a text that may be anything: what is no JSON is a finding too.
///
/// ```
/// use policy_core::check::{Options, check_json};
/// use policy_core::policy::Kind;
///
/// let findings = check_json(b"{ \"Version\": \"2012-10-17\", }", Kind::Identity, &Options::new());
/// assert_eq!(findings.iter().map(|finding| finding.code().name()).collect::<Vec<_>>(), ["JSON_SYNTAX_ERROR"]);
/// ```
pub fn check_json(json: &[u8], kind: Kind, options: &Options) -> Findings {
    let read = match std::str::from_utf8(json) {
        Ok(text) => Document::read(text).map_err(|error| Finding::from(&error)),
        Err(error) => Err(not_utf8(error.valid_up_to())),
    };
    match read {
        Ok(document) => check(&document, kind, options),
        Err(finding) => {
            let mut findings = Findings::new();
            findings.extend(options.wants(&finding).then_some(finding));
            findings
        }
    }
}

fn not_utf8(offset: usize) -> Finding {
    let at = u32::try_from(offset).unwrap_or(u32::MAX);
    Finding::new(
        Code::JsonSyntaxError,
        Place::new(at, at),
        format!("byte {offset} is not UTF-8"),
    )
    .note("JSON is UTF-8")
    .help("save the file as UTF-8 without a byte order mark")
}

/// When to allow what is a stranger to the catalogue.
fn newer_than_catalogue() -> String {
    format!(
        "AWS has it and the catalogue of {} does not yet",
        catalogue::snapshot().date()
    )
}

/// The last note of a finding for which the catalogue was asked: how old the data are that it rests on.
fn catalogue_note() -> String {
    format!("catalogue of {}", catalogue::snapshot().date())
}

/// A finding of a text that is not the name that it should be.
fn not_a_name(code: Code, place: Place, written: &str, error: &NameError) -> Finding {
    let kind = error.kind();
    Finding::new(
        code,
        place,
        format!("`{written}` is not {}: {}", kind.noun(), error.reason()),
    )
    .about(written)
    .help(match error.suggestion() {
        Some(meant) => format!("write `{meant}`"),
        None => format!("write {}, such as `{}`", kind.form(), kind.sample()),
    })
}
