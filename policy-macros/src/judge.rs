//! The checker's findings as compile errors.

use policy_core::check::{Options, check};
use policy_core::document::{Document, Node, Place, Value};
use policy_core::finding::{Finding, Findings};

use crate::allow;
use crate::header::Header;
use crate::report::{Mistake, Report};

/// Checks the body of a `policy!`, which is `whole` if nothing that was written is missing from it. Reports the
/// findings that stop the compile, unless an allowance hides them, and returns the others.
pub fn judge(document: &Document<'_>, whole: bool, header: &mut Header, report: &mut Report) -> Vec<Finding> {
    let all = check(document, header.kind, &options(header));
    // Tokens that a mistake has swallowed are not missing, and a place that is wrong already is not checked.
    let all = all.filter(|finding| {
        (whole || !finding.code().name().starts_with("MISSING_")) && !report.is_spoilt(finding.place())
    });
    sort(&all, header, report, |finding| mistake(document.root(), finding))
}

/// Checks a document, as [`judge`] does; `mistake` makes the message of a finding.
pub fn findings(
    document: &Document<'_>,
    header: &mut Header,
    report: &mut Report,
    mistake: impl Fn(&Finding) -> Mistake,
) -> Vec<Finding> {
    sort(&check(document, header.kind, &options(header)), header, report, mistake)
}

fn options(header: &Header) -> Options {
    match &header.attached_to {
        Some(attachment) => Options::new().attached_to(attachment.resource),
        None => Options::new(),
    }
}

fn sort(
    all: &Findings,
    header: &mut Header,
    report: &mut Report,
    mistake: impl Fn(&Finding) -> Mistake,
) -> Vec<Finding> {
    let mut advice = Vec::new();
    for finding in all {
        if allow::hides(&mut header.allowances, finding) {
            continue;
        }
        if finding.is_blocking() {
            report.push(mistake(finding));
        } else if header.warnings {
            advice.push(finding.clone());
        }
    }
    allow::expired(&header.allowances, all, report);
    advice
}

/// The message of a finding: what is wrong, the part of the string, why, and the fix.
pub fn mistake(root: &Node<'_>, finding: &Finding) -> Mistake {
    let mut mistake = Mistake::new(finding.place(), format!("{} [{}]", finding.message(), finding.code()));
    let string = string_at(root, finding.place());
    if let Some(part) = finding.span_in_string()
        && let Some(string) = string
        && part.len() < string.len()
    {
        mistake = mistake.part(string, &part);
    }
    for note in finding.notes() {
        mistake = mistake.note(note);
    }
    for help in finding.help() {
        mistake = mistake.help(help);
    }
    match allow::when(finding, string) {
        Some(when) => mistake.help(format!("if {when}, write {}", allow::written(finding))),
        None => mistake,
    }
}

/// The string, or the member's name, at a place.
pub fn string_at<'n>(node: &'n Node<'_>, place: Place) -> Option<&'n str> {
    match &node.value {
        Value::String(text) => (node.place == place).then(|| text.written()),
        Value::Array(elements) => elements.iter().find_map(|element| string_at(element, place)),
        Value::Object(members) => members.iter().find_map(|member| {
            if member.name_place == place {
                Some(member.name.written())
            } else {
                string_at(&member.value, place)
            }
        }),
        _ => None,
    }
}
