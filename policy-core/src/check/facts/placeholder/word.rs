//! Words where pages expect the reader's own value: `account-B-id`, `MyRegion`, `57EXAMPLE833`, `your queue ARN`.
//!
//! Pages spell them in every way, so they are told by what they say. That is safe only of a text that is not a value anyway: a
//! bucket may be named `account`, and nobody's account ID is.

use crate::kebab::letters;

/// What a word is written for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum Noun {
    /// An account ID.
    Account,
    /// An ARN.
    Arn,
    /// An organization ID.
    Organization,
    /// A partition.
    Partition,
    /// A Region.
    Region,
    /// The first word of a service principal.
    Service,
    /// The ID of a VPC or of a VPC endpoint.
    Vpc,
}

impl Noun {
    /// Whether a text that is not a value of this kind is a word for one.
    pub fn is_meant_by(self, text: &str) -> bool {
        // Nearly every ARN's.
        if self == Self::Partition && text.starts_with("aws") {
            return false;
        }
        // A policy variable; a value as it should be, or one with a digit too few.
        if text.contains("${") || text.bytes().all(|byte| byte.is_ascii_digit() || is_joint(byte)) {
            return is_left_blank(text);
        }
        match self {
            Self::Account => {
                has_word(text, "account") || has_word(text, "acct") || is_redacted(text) || is_left_blank(text)
            }
            Self::Arn => names_an_arn(text) && !text.contains("arn:aws"),
            Self::Organization => has_word(text, "org") || is_left_blank(text),
            Self::Partition => has_word(text, "partition"),
            Self::Region => has_word(text, "region") && !has_word(text, "regional") || is_left_blank(text),
            Self::Service => matches!(letters(text).as_str(), "service" | "servicename" | "yourservice"),
            Self::Vpc => {
                let letters = letters(text);
                letters.starts_with("vpc") && letters.ends_with("id") || is_left_blank(text)
            }
        }
    }
}

/// Whether the letters of a text have the word in them, however they are joined. The Region of every ARN is asked: without a call, since
/// `policy!` runs without optimisation.
fn has_word(text: &str, word: &str) -> bool {
    let mut rest = text.as_bytes();
    while let [_, after @ ..] = rest {
        if begins_with_word(rest, word.as_bytes()) {
            return true;
        }
        rest = after;
    }
    false
}

fn begins_with_word(mut text: &[u8], mut word: &[u8]) -> bool {
    loop {
        (text, word) = match (text, word) {
            (_, []) => return true,
            ([one, text @ ..], [two, word @ ..]) if one.eq_ignore_ascii_case(two) => (text, word),
            ([joint, text @ ..], _) if !joint.is_ascii_alphanumeric() => (text, word),
            _ => return false,
        }
    }
}

const fn is_joint(byte: u8) -> bool {
    matches!(byte, b'*' | b'?' | b'-')
}

/// `xxxxxxxxxxxx`, `vpce-xxxxxx`, `############`: what a form has for each character.
pub(in crate::check) fn is_left_blank(text: &str) -> bool {
    let is_blank = |byte: u8| matches!(byte, b'x' | b'X' | b'y' | b'Y' | b'n' | b'N' | b'#');
    let mut run = 0;
    let mut before = 0;
    text.bytes().any(|byte| {
        run = if is_blank(byte) && byte == before { run + 1 } else { 1 };
        before = byte;
        run > 3
    })
}

/// `57EXAMPLE833`: an account ID on a page of AWS.
pub(in crate::check) fn is_redacted(text: &str) -> bool {
    text.split_once("EXAMPLE")
        .is_some_and(|(before, after)| before.bytes().chain(after.bytes()).all(|byte| byte.is_ascii_digit()))
}

/// `kms-key-arn`, `SecretARN/*`, `a list of ARNs`; and not `warning`, `learn`.
fn names_an_arn(text: &str) -> bool {
    let begins_a_word = |at: usize| {
        let mut before = text.get(..at).unwrap_or_default().chars();
        let is_capital = text.get(at..).is_some_and(|rest| rest.starts_with('A'));
        before
            .next_back()
            .is_none_or(|last| !last.is_ascii_alphabetic() || is_capital && last.is_ascii_lowercase())
    };
    let ends_a_word = |at: usize| {
        let rest = text.get(at..).unwrap_or_default();
        let rest = rest.strip_prefix(['s', 'S']).unwrap_or(rest);
        !rest.starts_with(|c: char| c.is_ascii_alphabetic())
    };
    text.char_indices().any(|(at, _)| {
        let word = text.get(at..at + "arn".len());
        word.is_some_and(|word| matches!(word, "arn" | "Arn" | "ARN")) && begins_a_word(at) && ends_a_word(at + 3)
    })
}
