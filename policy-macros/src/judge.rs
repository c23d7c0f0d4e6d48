//! The checker's findings as compile errors.

use policy_core::__macro::v1::check::check_allowing;
use policy_core::check::Options;
use policy_core::document::{Document, Node, Place, Value};
use policy_core::finding::{Finding, Findings};

use crate::allow;
use crate::header::Header;
use crate::report::{Mistake, Report};

/// Checks the body of a `policy!`, which is `whole` if nothing that was written is missing from it. Reports the
/// findings that stop the compile, unless an allowance hides them, and returns the others.
pub fn judge(document: &Document<'_>, whole: bool, header: &mut Header, report: &mut Report) -> Vec<Finding> {
    let told = check(document, header);
    // Tokens that a mistake has swallowed are not missing, and a place that is wrong already is not checked.
    let told = told.filter(|finding| {
        (whole || !finding.code().name().starts_with("MISSING_")) && !report.is_spoilt(finding.place())
    });
    sort(&told, header, report, |finding| mistake(document.root(), finding))
}

/// Checks a document, as [`judge`] does; `mistake` makes the message of a finding.
pub fn findings(
    document: &Document<'_>,
    header: &mut Header,
    report: &mut Report,
    mistake: impl Fn(&Finding) -> Mistake,
) -> Vec<Finding> {
    let told = check(document, header);
    sort(&told, header, report, mistake)
}

/// The findings that no allowance hides. What an allowance hides, hides no other finding.
fn check(document: &Document<'_>, header: &mut Header) -> Findings {
    let mut options = Options::new();
    if let Some(attachment) = &header.attached_to {
        options = options.attached_to(attachment.resource);
    }
    for allowance in &header.allowances {
        options = allowance.add_to(options);
    }
    let (told, allowed) = check_allowing(document, header.kind, &options);
    allow::used(&mut header.allowances, &allowed);
    told
}

fn sort(told: &Findings, header: &Header, report: &mut Report, mistake: impl Fn(&Finding) -> Mistake) -> Vec<Finding> {
    let mut advice = Vec::new();
    for finding in told {
        if finding.is_blocking() {
            report.push(mistake(finding));
        } else if header.warnings {
            advice.push(finding.clone());
        }
    }
    allow::expired(&header.allowances, told, report);
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
