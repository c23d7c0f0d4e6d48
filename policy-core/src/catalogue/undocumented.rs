//! Names that AWS uses in its own policies, and does not document.

use super::action;

/// A name that AWS does not document, although one of its managed policies has it.
///
/// ```
/// use policy_core::catalogue::{undocumented_action, undocumented_condition_key};
///
/// let action = undocumented_action("payments:GetAccountBalance").unwrap();
/// assert_eq!(action.policy(), "AWSManagedSettingsAdminAccess");
/// // Of some services, AWS documents no action.
/// assert_eq!(undocumented_action("crowd:GetTask").unwrap().name(), "crowd");
/// assert!(undocumented_action("s3:GetObject").is_none());
///
/// let key = undocumented_condition_key("aws:PrincipalOrgMasterAccountId").unwrap();
/// assert_eq!(key.policy(), "AWSSSOServiceRolePolicy");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Undocumented {
    name: &'static str,
    policy: &'static str,
}

impl Undocumented {
    /// The name as AWS writes it: of the action or condition key, or the prefix of the service.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The name of the managed policy that has it: a page of the [AWS managed policy reference](
    /// https://docs.aws.amazon.com/aws-managed-policy/latest/reference/about-managed-policy-reference.html).
    pub fn policy(&self) -> &'static str {
        self.policy
    }
}

/// An action that AWS does not document, in any case, or its service, if AWS does not document that; none if it is a documented action, or
/// if no managed policy has it.
pub fn undocumented_action(qualified: &str) -> Option<Undocumented> {
    if action(qualified).is_some() {
        return None;
    }
    let (prefix, _) = qualified.split_once(':')?;
    find("action", qualified).or_else(|| find("service", prefix))
}

/// A condition key that AWS does not document, in any case.
pub fn undocumented_condition_key(key: &str) -> Option<Undocumented> {
    find("key", key)
}

/// Searched line by line: only names that are not in the catalogue are looked for.
fn find(kind: &str, name: &str) -> Option<Undocumented> {
    TABLE.lines().find_map(|line| {
        let mut words = line.split(' ');
        let is_it = words.next() == Some(kind);
        let known = words.next().filter(|known| is_it && known.eq_ignore_ascii_case(name))?;
        Some(Undocumented {
            name: known,
            policy: words.next()?,
        })
    })
}

/// Rows such as `action payments:GetAccountBalance AWSManagedSettingsAdminAccess`; `key` and `service` are the other kinds.
pub(super) const TABLE: &str = include_str!("../../catalogue/undocumented.txt");
