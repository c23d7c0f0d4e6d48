//! The mistakes of one macro call, collected: one compile reports them all.

use policy_core::document::Place;

use crate::code::Code;

/// One mistake: where it stands, and what is said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The tokens to underline.
    pub place: Place,
    /// The message, with a line for each note and help.
    pub message: String,
}

impl Mistake {
    /// `what` says in one sentence, lower case and without a full stop, what is wrong.
    pub fn new(place: Place, what: impl Into<String>) -> Self {
        Self {
            place,
            message: what.into(),
        }
    }

    /// Adds what to write instead. The compiler shows such lines as it does its own.
    #[must_use]
    pub fn help(mut self, help: impl AsRef<str>) -> Self {
        self.message.push_str("\n= help: ");
        self.message.push_str(help.as_ref());
        self
    }

    /// Adds why.
    #[must_use]
    pub fn note(mut self, note: impl AsRef<str>) -> Self {
        self.message.push_str("\n= note: ");
        self.message.push_str(note.as_ref());
        self
    }
}

/// All mistakes of one macro call.
#[derive(Debug, Default)]
pub struct Report {
    mistakes: Vec<Mistake>,
}

impl Report {
    /// Adds one.
    pub fn push(&mut self, mistake: Mistake) {
        self.mistakes.push(mistake);
    }

    /// Them all.
    #[cfg(test)]
    pub fn mistakes(&self) -> &[Mistake] {
        &self.mistakes
    }

    /// The compile errors, in the order in which they stand in the source.
    pub fn into_code(mut self) -> Code {
        self.mistakes.sort_by_key(|mistake| mistake.place.start);
        let mut code = Code::default();
        for Mistake { place, message } in self.mistakes {
            code.push(Code::error(place, message));
        }
        code
    }
}
