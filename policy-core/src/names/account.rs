//! Accounts and organizations.

use super::reason::{Fault, Reason, Repair, Why};
use super::scan::{self, Set, check, strip_prefix};

/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html>: `^\d{12}$`, including leading
/// zeros.
pub(super) const fn account_id(text: &str) -> Result<(), Reason> {
    if let Err(reason) = scan::only(text, Set::DIGIT) {
        if scan::only(text, Set::DIGIT.and("-")).is_ok() {
            return Err(
                Reason::clause("it has hyphens, as in the console; policies do not allow them")
                    .repaired(Repair::Without('-')),
            );
        }
        return Err(reason);
    }
    match text.len() {
        12 => Ok(()),
        has @ 0..12 => Err(Reason::new(Fault::Digits {
            has,
            clause: "; leading zeros may have been lost",
        })),
        has => Err(Reason::new(Fault::Digits { has, clause: "" })),
    }
}

/// Whether a text is an account ID.
pub(crate) fn is_account_id(text: &str) -> bool {
    account_id(text).is_ok()
}

/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html>: `^o-[a-z0-9]{10,32}$`.
pub(super) const fn organization_id(text: &str) -> Result<(), Reason> {
    id_after(text, "o-", "it does not start with `o-`")
}

/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_OrganizationalUnit.html>:
/// `^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$`.
pub(super) const fn organizational_unit_id(text: &str) -> Result<(), Reason> {
    check!(scan::only(text, Set::LOWER_DIGIT.and("-")));
    let Some(rest) = strip_prefix(text, "ou-") else {
        return Err(Reason::clause("it does not start with `ou-`"));
    };
    let Some((root, unit)) = scan::split_once(rest, b'-') else {
        return Err(Reason::clause("it does not have a root ID and a unit ID"));
    };
    if scan::find(unit, b'-').is_some() {
        return Err(Reason::clause("it has more than three parts"));
    }
    if let Err(reason) = scan::length(root, 4, 32) {
        return Err(reason.within("root ID", 3, 3 + root.len()));
    }
    if let Err(reason) = scan::length(unit, 8, 32) {
        return Err(reason.within("unit ID", text.len() - unit.len(), text.len()));
    }
    Ok(())
}

/// A prefix followed by lowercase letters and digits.
pub(super) const fn id_after(text: &str, prefix: &str, without: &'static str) -> Result<(), Reason> {
    check!(scan::only(text, Set::LOWER_DIGIT.and("-")));
    let Some(id) = strip_prefix(text, prefix) else {
        return Err(Reason::clause(without));
    };
    match scan::find(id, b'-') {
        Some(at) => Err(Reason::character('-', prefix.len() + at + 1, Why::NotAllowed)),
        None => Ok(()),
    }
}
