//! The reasons why a name is invalid.

use super::{Partition, Region};

/// The maximum length of a quotation, in bytes.
const QUOTED: usize = 120;

/// The reason why a name is invalid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reason {
    /// The part of the text, if the name is composed.
    part: Option<Part>,
    fault: Fault,
    repair: Repair,
}

/// A part of a composed name, such as the account of an ARN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Part {
    name: &'static str,
    start: usize,
    end: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    Empty,
    Length {
        has: usize,
        min: usize,
        max: usize,
        unit: &'static str,
    },
    /// A character and its position, counted in characters from 1.
    Character {
        found: char,
        position: usize,
        why: Why,
    },
    /// A clause about the whole text.
    Clause(&'static str),
    /// A clause about a piece of the text, which precedes it.
    Piece {
        start: usize,
        end: usize,
        clause: &'static str,
    },
    /// The number of digits, and a likely cause.
    Digits {
        has: usize,
        clause: &'static str,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    Control,
    Escaped,
    First,
    Last,
    NotAllowed,
    NotAscii,
    OutsidePolicies,
    Placeholder,
    Repeated,
    Space,
    UpperCase,
    Variable,
    Wildcard,
}

/// How to derive the likely intended text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repair {
    None,
    LowerCase,
    /// Keep only these bytes.
    Keep {
        start: usize,
        end: usize,
    },
    /// Remove this character.
    Without(char),
    Append(&'static str),
    NearestPartition,
    NearestRegion,
}

impl Reason {
    pub(super) const fn new(fault: Fault) -> Self {
        Self {
            part: None,
            fault,
            repair: Repair::None,
        }
    }

    pub(super) const fn clause(clause: &'static str) -> Self {
        Self::new(Fault::Clause(clause))
    }

    pub(super) const fn piece(start: usize, end: usize, clause: &'static str) -> Self {
        Self::new(Fault::Piece { start, end, clause })
    }

    pub(super) const fn character(found: char, position: usize, why: Why) -> Self {
        let repair = if matches!(why, Why::UpperCase) {
            Repair::LowerCase
        } else {
            Repair::None
        };
        Self {
            part: None,
            fault: Fault::Character { found, position, why },
            repair,
        }
    }

    pub(super) const fn repaired(self, repair: Repair) -> Self {
        Self { repair, ..self }
    }

    /// The same reason, for a part of a longer text.
    pub(super) const fn within(self, name: &'static str, start: usize, end: usize) -> Self {
        Self {
            part: Some(Part { name, start, end }),
            ..self
        }
    }

    /// The reason, as a clause that can follow a colon.
    pub(super) fn words(&self, input: &str) -> String {
        let (within, text) = match self.part {
            Some(Part { name, start, end }) => {
                let text = input.get(start..end).unwrap_or_default();
                (format!("in its {name} {}, ", quoted(text)), text)
            }
            None => (String::new(), input),
        };
        let fault = match self.fault {
            Fault::Empty => "it is empty".to_owned(),
            Fault::Length { has, min, max, unit } => {
                let has_it = counted(has, unit);
                match has {
                    _ if min == max => format!("{has_it}, and must have exactly {min}"),
                    _ if has < min => format!("{has_it}, and must have at least {min}"),
                    _ => format!("{has_it}, and can have at most {max}"),
                }
            }
            Fault::Digits { has, clause } => counted(has, "digit") + clause,
            Fault::Character { found, position, why } => {
                format!("{} at position {position}{}", character(found), why.words())
            }
            Fault::Clause(clause) => clause.to_owned(),
            Fault::Piece { start, end, clause } => {
                format!("{} {clause}", quoted(text.get(start..end).unwrap_or_default()))
            }
        };
        within + &fault
    }

    /// The likely intended text.
    pub(super) fn repair(&self, input: &str) -> Option<String> {
        let (start, end) = self.part.map_or((0, input.len()), |part| (part.start, part.end));
        let text = input.get(start..end)?;
        let meant = match self.repair {
            Repair::None => return None,
            Repair::LowerCase => text.to_ascii_lowercase(),
            Repair::Keep { start, end } => text.get(start..end)?.to_owned(),
            Repair::Without(character) => text.replace(character, ""),
            Repair::Append(tail) => format!("{text}{tail}"),
            Repair::NearestPartition => Partition::nearest(text)?.to_string(),
            Repair::NearestRegion => Region::nearest(text)?.to_string(),
        };
        if meant == text {
            return None;
        }
        Some([input.get(..start)?, &meant, input.get(end..)?].concat())
    }
}

/// The text in backticks, cut if it is long.
pub(super) fn quoted(text: &str) -> String {
    if text.len() <= QUOTED {
        return format!("`{text}`");
    }
    let head = (0..=QUOTED).rev().find_map(|end| text.get(..end));
    format!("`{}...`", head.unwrap_or_default())
}

/// The character in backticks, or its code point if it is invisible.
fn character(found: char) -> String {
    if found <= ' ' || ('\u{7f}'..='\u{a0}').contains(&found) {
        format!("U+{:04X}", u32::from(found))
    } else {
        format!("`{found}`")
    }
}

fn counted(has: usize, unit: &str) -> String {
    format!("it has {has} {unit}{}", if has == 1 { "" } else { "s" })
}

impl Why {
    fn words(self) -> &'static str {
        match self {
            Why::Control => " is a control character",
            Why::Escaped => " must be escaped in JSON",
            Why::First => " cannot be the first character",
            Why::Last => " cannot be the last character",
            Why::NotAllowed => " is not allowed",
            Why::NotAscii => " is not an ASCII character",
            Why::OutsidePolicies => " is not a character that policies allow (U+0020 to U+00FF)",
            Why::Placeholder => " is part of a placeholder that was not replaced",
            Why::Repeated => " cannot follow the character before it",
            Why::Space => " is a space",
            Why::UpperCase => " is uppercase",
            Why::Variable => " starts a policy variable, which is not allowed here",
            Why::Wildcard => " is a wildcard, which is not allowed here",
        }
    }
}
