//! Names by their words: joined by hyphens in lowercase, as those of holes are, or without what joins them.

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
    joined(name, '-')
}

/// The same with another joint.
pub(crate) fn joined(name: &str, joint: char) -> String {
    let mut words = String::with_capacity(name.len());
    let mut is_in_word = false;
    for character in name.chars() {
        let starts_word = character.is_ascii_uppercase() && is_in_word;
        let separates = !character.is_ascii_alphanumeric() || starts_word;
        if separates && !words.is_empty() && !words.ends_with(joint) {
            words.push(joint);
        }
        if character.is_ascii_alphanumeric() && !(words.is_empty() && character.is_ascii_digit()) {
            words.push(character.to_ascii_lowercase());
        }
        is_in_word = character.is_ascii_lowercase() || character.is_ascii_digit();
    }
    words.truncate(words.trim_end_matches(joint).len());
    words
}

/// The letters and digits of a name in lowercase: equal for names that differ only in how their words are joined.
pub(crate) fn letters(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}
