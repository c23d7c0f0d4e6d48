//! The service that makes a request, or that a condition key names.

use crate::check::facts::Evidence;
use crate::check::request::{MayExist, RequestMistake, mistakes, text};
use crate::check::rules::principal;
use crate::document::Node;
use crate::finding::{Code, Finding, Findings};
use crate::names::NameKind;

/// The mistake of a service that makes a request: it has no such name, or nothing names it.
pub(crate) fn of_service(name: &Node<'_>) -> Option<RequestMistake> {
    match NameKind::ServicePrincipal.check(text(name)) {
        Err(error) => Some(RequestMistake::new(name.place, error.to_string())),
        Ok(()) => unknown_service(name),
    }
}

/// The mistake of a service principal that nothing names. In a policy that is an error only where it is one letter from another, since
/// AWS publishes no list; a request with it would be denied whatever the policies are.
pub(crate) fn unknown_service(name: &Node<'_>) -> Option<RequestMistake> {
    let text = name.as_text()?;
    let mistake = mistake(principal::unknown(name.place, text, text.filled()))?;
    Some(RequestMistake {
        may_exist: (Evidence::of(text.filled()) == Evidence::None).then_some(MayExist::Unlisted),
        ..mistake
    })
}

/// The same of a service with its Region behind it.
pub(super) fn unknown_in_region(name: &Node<'_>) -> Option<RequestMistake> {
    mistake(principal::of_regional(name.place, name.as_text()?))
}

fn mistake(finding: Option<Finding>) -> Option<RequestMistake> {
    let found: Findings = finding.into_iter().collect();
    mistakes(&found, &[(Code::UnknownServicePrincipal, "")]).pop()
}
