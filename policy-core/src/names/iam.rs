//! Roles, policies and principals.

use super::host::hostname;
use super::reason::{Reason, Repair, Why};
use super::scan::{self, Set, check, ends_with, starts_with};

/// `[\w+=,.@-]+`: roles, policies and sessions.
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html>
const NAME: Set = Set::WORD.and("+=,.@-");

pub(super) const fn name(text: &str) -> Result<(), Reason> {
    if starts_with(text, "arn:") {
        return Err(Reason::clause("it is an ARN; the name is after its last `/`"));
    }
    if let Some(at) = scan::find(text, b'/') {
        return Err(Reason::character('/', at + 1, Why::NotAllowed));
    }
    scan::only(text, NAME)
}

/// `/`, or a path that starts and ends with it: `(\u002F)|(\u002F[\u0021-\u007E]+\u002F)`, without wildcards and the
/// characters that JSON escapes.
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html>
pub(super) const fn path(text: &str) -> Result<(), Reason> {
    check!(scan::only(text, Set::ALPHANUMERIC.and("!#$%&'()+,-./:;<=>@[]^_`{|}~")));
    if !starts_with(text, "/") {
        return Err(Reason::clause("it does not start with `/`"));
    }
    if !ends_with(text, "/") {
        return Err(Reason::clause("it does not end with `/`").repaired(Repair::Append("/")));
    }
    if text.len() == 2 {
        return Err(Reason::clause("there is nothing between its slashes").repaired(Repair::Keep { start: 0, end: 1 }));
    }
    Ok(())
}

/// `[\w+=,.@:\/-]*`. <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>
pub(super) const fn external_id(text: &str) -> Result<(), Reason> {
    scan::only(text, NAME.and(":/"))
}

/// IAM: 'Statement IDs (SID) must be alpha-numeric'.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html>
pub(super) const fn sid(text: &str) -> Result<(), Reason> {
    scan::only(text, Set::ALPHANUMERIC)
}

/// `SERVICE.amazonaws.com`, in lowercase; some have the Region before that, and some in China end with
/// `amazonaws.com.cn`.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services>
pub(super) const fn service_principal(text: &str) -> Result<(), Reason> {
    if scan::find(text, b'.').is_none() {
        check!(scan::only(text, Set::LOWER_DIGIT.and("-")));
        return Err(Reason::clause("it does not end with `.amazonaws.com`").repaired(Repair::Append(".amazonaws.com")));
    }
    check!(hostname(text));
    if !super::region::ends_in_dns_suffix(text) {
        return Err(Reason::clause(
            "it does not end with the DNS suffix of a partition, such as `.amazonaws.com`",
        ));
    }
    Ok(())
}

/// The issuer without `https://`, as in a provider's ARN and its condition keys.
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html>: a host, perhaps a path;
/// no query, no port.
pub(super) const fn oidc_issuer(text: &str) -> Result<(), Reason> {
    const SCHEME: &str = "https://";
    if starts_with(text, SCHEME) {
        return Err(Reason::clause(
            "it starts with `https://`, which the provider's ARN and condition keys do not contain",
        )
        .repaired(Repair::Keep {
            start: SCHEME.len(),
            end: text.len(),
        }));
    }
    if starts_with(text, "arn:") {
        return Err(Reason::clause("it is an ARN; the issuer is after `oidc-provider/`"));
    }
    let host = match scan::split_once(text, b'/') {
        Some((host, _)) => host,
        None => text,
    };
    if let Some(at) = scan::find(host, b':') {
        return Err(Reason::piece(
            at,
            text.len(),
            "follows the host; IAM does not accept a port or another scheme",
        ));
    }
    if let Err(reason) = hostname(host) {
        return Err(reason.within("host", 0, host.len()));
    }
    if scan::find(host, b'.').is_none() {
        return Err(Reason::clause("its host has no dot"));
    }
    scan::only(text, Set::ALPHANUMERIC.and("/.-_~%+=@"))
}
