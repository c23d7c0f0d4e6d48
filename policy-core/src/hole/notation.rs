//! The notation of holes.

use std::ops::Range;

/// A pair of angle brackets, or one of the two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bracketed {
    /// The byte range in the string, including the brackets.
    pub range: Range<usize>,
    /// Why it is not a hole.
    pub malformed: Option<Malformed>,
}

/// Why angle brackets are not a hole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// `<>`: there is nothing between the brackets.
    Empty,
    /// `<account_id>`, `<Account ID>`: not lowercase words separated by hyphens.
    NotKebab,
    /// `<` without `>`.
    Unclosed,
    /// `>` without `<`.
    Unopened,
}

/// The angle brackets in a string, in order.
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
