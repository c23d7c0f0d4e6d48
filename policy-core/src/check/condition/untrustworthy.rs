//! Condition keys that hold what the caller says of itself.

use super::earlier::Earlier;
use crate::finding::{Code, Finding};
use crate::policy::{Condition, PrincipalKey, Statement, principals};

/// Headers of HTTP. Access Analyzer does not publish its list; these are the keys whose own text warns that they should not
/// be used against unauthorized parties:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-referer>,
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-useragent>
const HEADERS: [(&str, &str); 2] = [("aws:referer", "Referer"), ("aws:UserAgent", "User-Agent")];

/// Said once a statement: it is the key that is wrong, whatever it is compared with. Nor does it matter whether the effect
/// is `Deny`: whoever is to be stopped sends another header.
pub(super) fn check(
    statement: &Statement<'_>,
    condition: &Condition<'_>,
    earlier: &Earlier<'_, '_>,
) -> Option<Finding> {
    let (key, header) = HEADERS.into_iter().find(|(key, _)| condition.is_on(key))?;
    if earlier.has(key) || is_about_services(statement) {
        return None;
    }
    Some(
        Finding::new(
            Code::UntrustworthyConditionKey,
            condition.key_place,
            format!("`{}` is whatever the caller writes", condition.key.written()),
        )
        .about(condition.key.written())
        .note(format!("AWS takes it from the header `{header}` of the request, which anyone can set"))
        .help(
            "write a condition on what AWS itself knows of the caller, such as `aws:PrincipalOrgID`, `aws:SourceVpce` or \
             `aws:SourceIp`",
        ),
    )
}

/// A service fills in the header itself; what it does not say is another finding.
fn is_about_services(statement: &Statement<'_>) -> bool {
    statement
        .principal
        .filter(|element| !element.negated)
        .is_some_and(|element| {
            let named = principals(element.value);
            !named.is_empty() && named.iter().all(|principal| principal.key == PrincipalKey::Service)
        })
}
