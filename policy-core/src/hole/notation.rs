//! How a hole is spelt.

use std::ops::Range;

/// Something in angle brackets, or half of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bracketed {
    /// Where it stands in the string, brackets included, in bytes.
    pub range: Range<usize>,
    /// Why it is no hole.
    pub malformed: Option<Malformed>,
}

/// Why something in angle brackets is no hole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// `<>`: nothing between the brackets.
    Empty,
    /// `<account_id>`, `<Account ID>`: not lower-case words with hyphens between.
    NotKebab,
    /// `<` without `>`.
    Unclosed,
    /// `>` without `<`.
    Unopened,
}

/// Everything in angle brackets in a string, in order.
///
/// ```
/// use policy_core::__macro::v1::hole::{Malformed, bracketed};
///
/// let found = bracketed("arn:aws:s3:::<bucket>/<Object Key>");
/// assert_eq!(found[0].range, 13..21);
/// assert_eq!(found[0].malformed, None);
/// assert_eq!(found[1].malformed, Some(Malformed::NotKebab));
/// ```
pub fn bracketed(text: &str) -> Vec<Bracketed> {
    let mut found = Vec::new();
    let mut open = None;
    for (index, byte) in text.bytes().enumerate() {
        match (byte, open) {
            (b'<', before) => {
                if let Some(start) = before {
                    found.push(Bracketed {
                        range: start..start + 1,
                        malformed: Some(Malformed::Unclosed),
                    });
                }
                open = Some(index);
            }
            (b'>', Some(start)) => {
                let name = text.get(start + 1..index).unwrap_or_default();
                let malformed = match name {
                    "" => Some(Malformed::Empty),
                    _ if is_kebab(name) => None,
                    _ => Some(Malformed::NotKebab),
                };
                found.push(Bracketed {
                    range: start..index + 1,
                    malformed,
                });
                open = None;
            }
            (b'>', None) => {
                found.push(Bracketed {
                    range: index..index + 1,
                    malformed: Some(Malformed::Unopened),
                });
            }
            _ => {}
        }
    }
    if let Some(start) = open {
        found.push(Bracketed {
            range: start..start + 1,
            malformed: Some(Malformed::Unclosed),
        });
    }
    found
}

fn is_kebab(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && !name.ends_with('-')
        && !name.contains("--")
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// The name that was meant, spelt as a hole's name is; empty where nothing of it is left.
///
/// ```
/// use policy_core::__macro::v1::hole::kebab;
///
/// assert_eq!(kebab("Account ID"), "account-id");
/// assert_eq!(kebab("account_id"), "account-id");
/// assert_eq!(kebab("accountId"), "account-id");
/// ```
pub fn kebab(name: &str) -> String {
    let mut kebab = String::with_capacity(name.len());
    let mut lower_before = false;
    for character in name.chars() {
        let starts_word = character.is_ascii_uppercase() && lower_before;
        let separates = !character.is_ascii_alphanumeric() || starts_word;
        if separates && !kebab.is_empty() && !kebab.ends_with('-') {
            kebab.push('-');
        }
        if character.is_ascii_alphanumeric() && !(kebab.is_empty() && character.is_ascii_digit()) {
            kebab.push(character.to_ascii_lowercase());
        }
        lower_before = character.is_ascii_lowercase();
    }
    kebab.truncate(kebab.trim_end_matches('-').len());
    kebab
}
