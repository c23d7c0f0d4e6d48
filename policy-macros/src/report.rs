//! The mistakes of one macro call, collected: one compile reports them all.

use std::ops::Range;

use policy_core::__macro::v1::list::sort;
use policy_core::document::Place;
use policy_core::shown::Shown;
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote_spanned};

use crate::token::{Input, joined};

/// One mistake: its place and its message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The tokens to underline.
    pub place: Place,
    /// What is wrong, in one sentence, lower case and without a full stop.
    pub what: String,
    /// The part of a string that is wrong, if it is not the whole.
    pub part: Option<Part>,
    /// The lines of a file that show it, for a policy in a file.
    pub excerpt: Vec<String>,
    /// The notes and helps, each a line in the compiler's format.
    pub lines: Vec<String>,
}

/// A part of a string: stable Rust can only underline a whole literal, so the message shows the part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The whole string.
    pub string: String,
    /// The part, in bytes.
    pub range: Range<usize>,
}

impl Mistake {
    /// `what` is one sentence, lower case and without a full stop.
    pub fn new(place: Place, what: impl Into<String>) -> Self {
        Self {
            place,
            what: what.into(),
            part: None,
            excerpt: Vec::new(),
            lines: Vec::new(),
        }
    }

    /// Points at a part of the string at the place.
    #[must_use]
    pub fn part(mut self, string: &str, range: &Range<usize>) -> Self {
        self.part = Some(Part {
            string: string.to_owned(),
            range: range.clone(),
        });
        self
    }

    /// Adds the fix. The compiler shows such lines like its own.
    #[must_use]
    pub fn help(mut self, help: impl AsRef<str>) -> Self {
        self.lines.push(format!("= help: {}", help.as_ref()));
        self
    }

    /// Adds an explanation.
    #[must_use]
    pub fn note(mut self, note: impl AsRef<str>) -> Self {
        self.lines.push(format!("= note: {}", note.as_ref()));
        self
    }

    /// The whole message; `position` is the position of the part of the string, if it is known.
    pub fn message(&self, position: Option<&str>) -> String {
        let mut message = Shown(&self.what).to_string();
        if let Some(Part { string, range }) = &self.part {
            let shown = |text: Option<&str>| text.unwrap_or_default().escape_debug().to_string();
            let before = shown(string.get(..range.start)).chars().count();
            let under = shown(string.get(range.clone())).chars().count().max(1);
            message.push_str("\n  \"");
            message.push_str(&string.escape_debug().to_string());
            message.push_str("\"\n   ");
            message.push_str(&" ".repeat(before));
            message.push_str(&"^".repeat(under));
            if let Some(position) = position {
                message.push_str(" at ");
                message.push_str(position);
            }
        }
        for line in &self.excerpt {
            message.push_str("\n  ");
            message.push_str(line);
        }
        for line in &self.lines {
            message.push('\n');
            message.push_str(&Shown(line).to_string());
        }
        message
    }

    /// The compile error. The compiler underlines a macro's call from its first token to its last: so a range of tokens is
    /// underlined by giving the first of these the span of its first, and the last that of its last.
    pub fn to_error(&self, input: &Input) -> TokenStream {
        let position = self.part.as_ref().and_then(|part| input.position(self.place, part));
        let (first, last) = (input.span_of_first(self.place), input.span_of_last(self.place));
        let mut message = Literal::string(&self.message(position.as_deref()));
        message.set_span(last);
        joined(&[
            quote_spanned!(first=> ::core::compile_error!),
            quote_spanned!(last=> { #message }),
        ])
    }
}

/// All mistakes of one macro call.
#[derive(Debug, Default)]
pub struct Report {
    mistakes: Vec<Mistake>,
    spoilt: Vec<Place>,
}

impl Report {
    /// Adds one.
    pub fn push(&mut self, mistake: Mistake) {
        self.mistakes.push(mistake);
    }

    /// Adds one, and excludes its place from the check: the checker would report it again in other words.
    pub fn spoil(&mut self, mistake: Mistake) {
        self.spoilt.push(mistake.place);
        self.mistakes.push(mistake);
    }

    /// Whether a place is excluded from the check.
    pub fn is_spoilt(&self, place: Place) -> bool {
        self.spoilt.contains(&place)
    }

    /// All of them.
    #[cfg(test)]
    pub fn mistakes(&self) -> &[Mistake] {
        &self.mistakes
    }

    /// Only the first of them.
    pub fn into_first(mut self, input: &Input) -> TokenStream {
        self.sort();
        self.mistakes
            .first()
            .map(|mistake| mistake.to_error(input))
            .unwrap_or_default()
    }

    /// The compile errors, in the order of the source.
    pub fn into_errors(mut self, input: &Input) -> TokenStream {
        self.sort();
        let mut errors = TokenStream::new();
        for mistake in &self.mistakes {
            mistake.to_error(input).to_tokens(&mut errors);
        }
        errors
    }

    fn sort(&mut self) {
        sort(&mut self.mistakes, |one, other| one.place.start.cmp(&other.place.start));
    }
}
