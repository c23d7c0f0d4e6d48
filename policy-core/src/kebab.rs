//! Names as those of holes: in lowercase, with hyphens.

/// The name in lowercase, its words joined by hyphens, as the name of a hole is spelt; empty if no letters are left.
///
/// ```
/// use policy_core::__macro::v1::hole::kebab;
///
/// assert_eq!(kebab("Account ID"), "account-id");
/// assert_eq!(kebab("account_id"), "account-id");
/// assert_eq!(kebab("accountId"), "account-id");
/// assert_eq!(kebab("Ipv4PoolId"), "ipv4-pool-id");
/// ```
pub fn kebab(name: &str) -> String {
    let mut kebab = String::with_capacity(name.len());
    let mut is_in_word = false;
    for character in name.chars() {
        let starts_word = character.is_ascii_uppercase() && is_in_word;
        let separates = !character.is_ascii_alphanumeric() || starts_word;
        if separates && !kebab.is_empty() && !kebab.ends_with('-') {
            kebab.push('-');
        }
        if character.is_ascii_alphanumeric() && !(kebab.is_empty() && character.is_ascii_digit()) {
            kebab.push(character.to_ascii_lowercase());
        }
        is_in_word = character.is_ascii_lowercase() || character.is_ascii_digit();
    }
    kebab.truncate(kebab.trim_end_matches('-').len());
    kebab
}
