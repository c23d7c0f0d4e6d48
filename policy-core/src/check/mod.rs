//! The checker: a document in, findings out.
//!
//! One room for each family of rules. A rule is a function of the outline and the catalogue; it never reads JSON, and it
//! judges templates as it judges text, because a [`Text`](crate::document::Text) gives it the string with every hole
//! filled.

mod action;
mod character;
mod condition;
#[cfg(test)]
mod expect;
mod fit;
mod partition;
mod placeholder;
mod principal;
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

/// Everything that is wrong with a policy of this kind, in the order in which it stands in the document.
///
/// ```
/// use policy_core::document::Document;
/// use policy_core::policy::Kind;
///
/// let document = Document::read(r#"{ "Version": "2012-10-17", "Statement": [] }"#)?;
/// let findings = policy_core::check::check(&document, Kind::Identity);
/// assert_eq!(findings.iter().map(|finding| finding.code().name()).collect::<Vec<_>>(), ["MISSING_STATEMENT"]);
/// # Ok::<(), policy_core::document::SyntaxError>(())
/// ```
pub fn check(document: &Document<'_>, kind: Kind) -> Findings {
    let mut findings = Findings::new();
    let outline = policy::read(document, kind, &mut findings);
    size::check(document, kind, &mut findings);
    sid::check(&outline, kind, &mut findings);
    for statement in &outline.statements {
        let actions = action::check(statement, kind, &mut findings);
        let resources = resource::check(statement, kind, &mut findings);
        fit::check(statement, kind, &actions, &resources, &mut findings);
        principal::check(statement, kind, &mut findings);
        trust::check(statement, kind, &mut findings);
        condition::check(statement, &mut findings);
    }
    partition::check(document, &mut findings);
    variable::check(&outline, &mut findings);
    // The last, since they take back what others said of the same characters.
    placeholder::check(document, &mut findings);
    character::check(document, kind, &mut findings);
    findings.sort();
    findings
}

/// How to keep what AWS has and the catalogue does not: the help of what is a stranger to it.
fn way_out(code: Code, subject: &str) -> String {
    format!(
        "if AWS has it and the catalogue of {} does not yet, allow {code} for `{subject}`: in `policy!` by \
         `#[allow_finding({code}, \"{subject}\", reason = \"...\")]`",
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
