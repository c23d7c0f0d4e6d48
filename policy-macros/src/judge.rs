//! The checker's findings as compile errors.

use policy_core::check::check;
use policy_core::document::{Document, Node, Place, Value};
use policy_core::finding::Finding;
use policy_core::policy::Kind;

use crate::allow::{self, Allowance};
use crate::place::quoted;
use crate::report::{Mistake, Report};

/// Checks a policy. What stops the compile is reported, unless an allowance hides it; what does not is given back.
pub fn judge(
    root: &Node<'static>,
    kind: Kind,
    whole: bool,
    allowances: &mut [Allowance],
    report: &mut Report,
) -> Vec<Finding> {
    let document = Document::new(root.clone());
    let findings: Vec<Finding> = check(&document, kind)
        .into_iter()
        // What a mistake has swallowed is not missing.
        .filter(|finding| whole || !finding.code().name().starts_with("MISSING_"))
        .collect();
    let mut advice = Vec::new();
    for finding in &findings {
        if allow::hides(allowances, finding) {
            continue;
        }
        if allow::stops(finding) {
            report.push(Mistake {
                place: finding.place(),
                message: message(root, finding),
            });
        } else {
            advice.push(finding.clone());
        }
    }
    allow::expired(allowances, &findings, report);
    advice
}

/// What is said about a finding: what is wrong, the part of the string that is meant, why, and what to write instead.
pub fn message(root: &Node<'_>, finding: &Finding) -> String {
    let what = format!("{} [{}]", finding.what(), finding.code());
    let mut message = match (finding.part_of_string(), string_at(root, finding.place())) {
        (Some(part), Some(string)) if part.len() < string.len() => quoted(&what, string, &part),
        _ => what,
    };
    for note in finding.notes() {
        message.push_str("\n= note: ");
        message.push_str(note);
    }
    for help in finding.helps() {
        message.push_str("\n= help: ");
        message.push_str(help);
    }
    message
}

/// The string, or the member's name, at a place.
fn string_at<'n>(node: &'n Node<'_>, place: Place) -> Option<&'n str> {
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
