//! The reasons why a name is invalid.

use super::told::Told;
use super::{region, scan};
use crate::arn::meant;

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
    /// A piece of the text that ends before this part.
    Lacks {
        start: usize,
        end: usize,
        part: &'static str,
    },
    /// It is one letter from this one, which exists.
    #[cfg(feature = "values")]
    Slip(&'static str),
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
    /// Write this partition into an ARN, and remove these bytes.
    Fields {
        partition: Option<&'static str>,
        start: usize,
        end: usize,
    },
    /// Insert the colons of empty fields.
    Insert {
        at: usize,
        colons: &'static str,
    },
    /// The ARN of the queue that has this URL.
    QueueArn,
    /// Remove this character.
    Without(char),
    Append(&'static str),
    /// This text.
    #[cfg(feature = "values")]
    Write(&'static str),
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
        let mut told = Told::new();
        self.tell(input, &mut told);
        told.as_str().to_owned()
    }

    /// The same in a message.
    pub(super) const fn tell(&self, input: &str, told: &mut Told) {
        let mut text = input;
        if let Some(Part { name, start, end }) = self.part {
            text = scan::slice(input, start, end);
            if matches!(self.fault, Fault::Empty) {
                told.push("its ");
                told.push(name);
                told.push(" is empty");
                return;
            }
            told.push("in its ");
            told.push(name);
            told.push(" ");
            told.quote(text);
            told.push(", ");
        }
        match self.fault {
            Fault::Empty => told.push("it is empty"),
            Fault::Length { has, min, max, unit } => {
                told.counted(has, unit);
                if min == max {
                    told.push(", and must have exactly ");
                    told.number(min);
                } else if has < min {
                    told.push(", and must have at least ");
                    told.number(min);
                } else {
                    told.push(", and can have at most ");
                    told.number(max);
                }
            }
            #[cfg(feature = "values")]
            Fault::Slip(meant) => {
                told.push("nothing that AWS publishes names it, and it is one letter from ");
                told.quote(meant);
                told.push("; if AWS has added it, use `ServicePrincipal::unlisted`");
            }
            Fault::Digits { has, clause } => {
                told.counted(has, "digit");
                told.push(clause);
            }
            Fault::Character { found, position, why } => {
                told.character(found);
                told.push(" at position ");
                told.number(position);
                told.push(why.words());
            }
            Fault::Clause(clause) => told.push(clause),
            Fault::Piece { start, end, clause } => {
                told.quote(scan::slice(text, start, end));
                told.push(" ");
                told.push(clause);
            }
            Fault::Lacks { start, end, part } => {
                told.quote(scan::slice(text, start, end));
                told.push(" lacks ");
                told.quote(part);
                told.push(" and what follows it");
            }
        }
    }

    /// The likely intended text.
    pub(super) fn repair(&self, input: &str) -> Option<String> {
        let (start, end) = self.part.map_or((0, input.len()), |part| (part.start, part.end));
        let text = input.get(start..end)?;
        let meant = match self.repair {
            Repair::None => return None,
            Repair::LowerCase => text.to_ascii_lowercase(),
            Repair::Keep { start, end } => text.get(start..end)?.to_owned(),
            Repair::Fields { partition, start, end } => meant::moved(text, partition, start..end)?,
            Repair::Insert { at, colons } => [text.get(..at)?, colons, text.get(at..)?].concat(),
            Repair::QueueArn => meant::of_queue_url(text)?,
            Repair::Without(character) => text.replace(character, ""),
            Repair::Append(tail) => format!("{text}{tail}"),
            #[cfg(feature = "values")]
            Repair::Write(meant) => meant.to_owned(),
            Repair::NearestPartition => region::nearest_partition(text)?.to_owned(),
            Repair::NearestRegion => region::nearest(text)?.to_owned(),
        };
        if meant == text {
            return None;
        }
        Some([input.get(..start)?, &meant, input.get(end..)?].concat())
    }
}

impl Why {
    const fn words(self) -> &'static str {
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
