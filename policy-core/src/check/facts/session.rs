//! The actions by which a role is assumed, and those that are asked for in the same call.
//!
//! <https://docs.aws.amazon.com/service-authorization/latest/reference/list_sts.html>

use crate::catalogue::Action;

pub(in crate::check) const ASSUME: &str = "sts:AssumeRole";
pub(in crate::check) const ASSUME_WITH_SAML: &str = "sts:AssumeRoleWithSAML";
pub(in crate::check) const ASSUME_WITH_WEB_IDENTITY: &str = "sts:AssumeRoleWithWebIdentity";
const SET_CONTEXT: &str = "sts:SetContext";
pub(in crate::check) const SET_SOURCE_IDENTITY: &str = "sts:SetSourceIdentity";
pub(in crate::check) const TAG_SESSION: &str = "sts:TagSession";

/// The actions that set what a session is to carry.
pub(in crate::check) const SESSION_SETTERS: [&str; 3] = [SET_CONTEXT, SET_SOURCE_IDENTITY, TAG_SESSION];

/// Whether the action is asked for in a call that assumes a role, and so carries all that this call does, whatever AWS's
/// tables list for it.
pub(in crate::check) fn is_part_of_assuming(action: Action) -> bool {
    action.service().prefix() == "sts" && SESSION_SETTERS.contains(&action.qualified().as_str())
}
