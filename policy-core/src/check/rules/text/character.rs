//! Characters that IAM accepts in no policy.
//!
//! Source: the pattern of `PolicyDocument`, `[\u0009\u000A\u000D\u0020-\u00FF]+`, in
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html>, of `AssumeRolePolicyDocument` and of
//! STS's `Policy`. Organizations and the services that keep resource policies have no such pattern.

#[cfg(test)]
mod tests;

use crate::check::facts::Facts;
use crate::check::rules::{Rule, Run};
use crate::document::{Document, Place, Signs, Text};
use crate::finding::{Code, Finding};
use crate::policy::Kind;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::UnsupportedCharacter],
    run: Run::Policy(check),
};

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    // What fills a hole has not been looked at.
    let may_have_one = facts.size.has_odd || facts.size.is_least;
    if !facts.size.is_judged() || !may_have_one {
        return Vec::new();
    }
    unsupported_characters(facts.document, facts.kind)
}

/// One finding a string with such a character.
pub(in crate::check) fn unsupported_characters(document: &Document<'_>, kind: Kind) -> Vec<Finding> {
    let mut found = Vec::new();
    if matches!(kind, Kind::Identity | Kind::Trust | Kind::Session) {
        let root = document.root();
        root.each_text(&mut |met| found.extend(unsupported(met.place, met.text)));
    }
    found
}

/// One finding a string, at its first such character.
fn unsupported(place: Place, text: &Text<'_>) -> Option<Finding> {
    if !text.signs().has(Signs::ODD) {
        return None;
    }
    let (start, character) = text.filled().char_indices().find(|(_, found)| !is_supported(*found))?;
    let finding = Finding::new(
        Code::UnsupportedCharacter,
        place,
        format!("a policy cannot contain the character {}", Named(character)),
    )
    .part(text, start..start + character.len_utf8())
    .note("IAM accepts U+0020 to U+00FF, tabs and line breaks, and answers others with `MalformedPolicyDocument`");
    Some(match plain(text.written()) {
        Some(plain) => finding.with_help(format!("write `{plain}`")),
        None => finding.with_help("write it in characters of Latin-1"),
    })
}

const fn is_supported(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{FF}')
}

/// The character where it can be seen, and its code point.
struct Named(char);

impl std::fmt::Display for Named {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if !self.0.is_control() && !self.0.is_whitespace() && !is_unseen(self.0) {
            write!(f, "`{}`, ", self.0)?;
        }
        write!(f, "U+{:04X}", u32::from(self.0))
    }
}

/// The same text with plain characters, if all of its others have one.
fn plain(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            _ if is_supported(character) => plain.push(character),
            '\u{2018}'..='\u{201B}' | '\u{2032}' => plain.push('\''),
            '\u{201C}'..='\u{201F}' | '\u{2033}' => plain.push('"'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => plain.push('-'),
            '\u{2026}' => plain.push_str("..."),
            // Full-width forms, as Chinese and Japanese keyboards give them, are ASCII moved.
            '\u{FF01}'..='\u{FF5E}' => plain.push(char::from_u32(u32::from(character) - 0xFEE0)?),
            _ if is_unseen(character) || character.is_control() => {}
            _ if character.is_whitespace() => plain.push(' '),
            _ => return None,
        }
    }
    Some(plain)
}

/// Zero-width characters, which come along when text is copied from a web page.
const fn is_unseen(character: char) -> bool {
    matches!(character, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}
