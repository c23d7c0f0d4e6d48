//! What AWS refuses to store: a policy with any of it is never asked by AWS.

#[cfg(feature = "cases")]
use std::collections::BTreeSet;

use super::facts::PrincipalRef;
use super::rules::{action, principal, resource, text, variable};
#[cfg(feature = "cases")]
use super::{Options, check};
use crate::document::Document;
#[cfg(feature = "cases")]
use crate::document::Place;
use crate::finding::Finding;
#[cfg(feature = "cases")]
use crate::finding::{Code, Findings};
#[cfg(feature = "cases")]
use crate::policy;
use crate::policy::{Element, Kind, Outline, principals};

/// Everything for which AWS would refuse to store a policy, as far as its text shows: the findings whose code is
/// [rejected](crate::finding::Code::is_rejected) anywhere, and what is [`unreadable`] at its place. And the placeholders: what AWS gets is
/// another policy.
#[cfg(feature = "cases")]
pub(crate) fn refused(document: &Document<'_>, kind: Kind) -> Findings {
    let (outline, _) = policy::read(document, kind);
    let mut unread = unreadable(document, &outline, kind);
    // AWS takes a malformed variable for text.
    unread.retain(|finding| !variable::MALFORMED.contains(&finding.code()));
    let unread: BTreeSet<(Code, Place)> = unread.iter().map(|other| (other.code(), other.place())).collect();
    let is_unread = |finding: &Finding| unread.contains(&(finding.code(), finding.place()));
    let mut findings = check(document, kind, &Options::new());
    let is_placeholder = |finding: &Finding| finding.code() == Code::UnfilledPlaceholder;
    findings.retain(|finding| finding.code().is_rejected() || is_unread(finding) || is_placeholder(finding));
    findings
}

/// What the reader takes and nobody can read: actions, resources, principals and variables that have not the form of one, and
/// characters that no policy has. The catalogue of actions and resources is not asked.
pub(crate) fn unreadable(document: &Document<'_>, outline: &Outline<'_>, kind: Kind) -> Vec<Finding> {
    let mut found = Vec::new();
    for statement in &outline.statements {
        for (place, text) in statement.action.iter().flat_map(Element::texts) {
            found.extend(action::unreadable(place, text, kind));
        }
        for (place, text) in statement.resource.iter().flat_map(Element::texts) {
            found.extend(resource::unreadable(place, text, kind, outline.version));
        }
        for principal in statement.principal.iter().flat_map(|element| principals(element.value)) {
            found.extend(principal::unreadable(&PrincipalRef::of(principal)));
        }
    }
    found.extend(variable::malformed(outline));
    found.extend(text::unsupported_characters(document, kind));
    found
}
