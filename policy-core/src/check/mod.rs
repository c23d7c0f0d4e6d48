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
#[cfg(test)]
mod large;
mod listed;
mod options;
mod organization;
mod partition;
mod placeholder;
mod principal;
mod redundant;
#[cfg(feature = "evaluate")]
pub(crate) mod refused;
mod resource;
mod sid;
mod size;
mod table;
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
use size::Reach;

pub use example::Example;
pub use options::Options;

/// Everything that is wrong with a policy of this kind, in the order in which it stands in the document.
///
/// The document is any JSON: what makes it no policy is found too. In a template every hole is judged by a sample of its
/// type, and quoted as it is written. The rules are those of [`Code`], each with its source.
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
    let reach = size::check(document, kind, &mut findings);
    if reach != Reach::SizeOnly {
        judge(document, kind, reach, options, &mut findings);
    }
    findings.retain(|finding| options.wants(finding));
    findings.sort();
    findings
}

fn judge(document: &Document<'_>, kind: Kind, reach: Reach, options: &Options, findings: &mut Findings) {
    // The form of the policy.
    let outline = policy::read(document, kind, findings);
    sid::check(&outline, kind, findings);

    // Each action and each resource by itself; what they were found to mean the rest begins with.
    let judged: Vec<Judged<'_, '_>> = outline
        .statements
        .iter()
        .map(|statement| Judged::of(statement, kind, reach, findings))
        .collect();

    // The elements of each statement together.
    for one in &judged {
        let before = findings.len();
        fit::check(one, kind, reach, findings);
        principal::check(one.statement, kind, options, findings);
        // Of an action that `fit` found lost it does not say that it lacks a condition's key too.
        condition::check(one, kind, reach, before, findings);
        organization::check(one, kind, findings);
    }

    // The statements together: what one allows another may deny, or allow too.
    trust::check(&judged, kind, reach, findings);
    exposure::check(&judged, kind, reach, options, findings);
    // It takes back what `fit` said of what cannot stand in the policy at all.
    attached::check(&judged, kind, options, findings);
    grant::check(&judged, kind, findings);
    redundant::check(&outline, &judged, kind, reach, findings);

    // The strings, wherever they stand. A `Sid` that was refused for its characters `variable` leaves alone; the last two take
    // back what others said of the same characters.
    partition::check(document, kind, findings);
    variable::check(&outline, reach, findings);
    placeholder::check(document, findings);
    character::check(document, kind, findings);
}

/// The same of the bytes of a file, which may be anything.
///
/// What is no JSON ([RFC 8259](https://www.rfc-editor.org/rfc/rfc8259), in UTF-8) has the one finding
/// [`JsonSyntaxError`](Code::JsonSyntaxError), where it stops being JSON, and is not looked at further. So this has no error:
/// whoever wants to tell a broken file from a wrong policy looks for that code. The places of findings are bytes of `json`.
///
/// ```
/// use policy_core::check::{Options, check_json};
/// use policy_core::document::Place;
/// use policy_core::policy::Kind;
///
/// let json = b"{ \"Version\": \"2012-10-17\", }";
/// let findings = check_json(json, Kind::Identity, &Options::new());
/// let [finding] = findings.iter().collect::<Vec<_>>()[..] else { panic!("one finding") };
/// assert_eq!(finding.code().name(), "JSON_SYNTAX_ERROR");
/// assert_eq!(json[finding.place().start as usize], b',');
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
