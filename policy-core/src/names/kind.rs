//! What is known of a type of names by its row in the list.

use std::borrow::Cow;

use super::define::Facts;
use super::error::NameError;
use super::reason::{Fault, Reason};
use super::scan::{self, check};
use super::told::Told;
use super::{ArnKind, NameKind};

impl NameKind {
    /// All types.
    pub fn all() -> impl Iterator<Item = Self> {
        let arns = ArnKind::ALL.iter().copied().map(Self::Arn);
        Self::NAMES.iter().copied().chain(arns)
    }

    /// The type with that identifier, such as `AccountId`.
    pub fn from_type_name(identifier: &str) -> Option<Self> {
        Self::all().find(|kind| kind.type_name() == identifier)
    }

    /// The identifier of the type.
    pub const fn type_name(self) -> &'static str {
        match self {
            Self::Arn(kind) => kind.type_name(),
            _ => self.facts().type_name,
        }
    }

    /// The noun for the type, with its article: `an AWS account ID`.
    pub const fn noun(self) -> &'static str {
        self.facts().noun
    }

    /// The required format, as it follows "write".
    pub const fn form(self) -> &'static str {
        self.facts().form
    }

    /// A valid value.
    pub const fn sample(self) -> &'static str {
        self.facts().sample
    }

    /// The minimum length of a value in a policy, in characters.
    pub const fn min_len(self) -> usize {
        self.facts().min
    }

    /// The maximum length of a value in a policy, in characters.
    pub const fn max_len(self) -> usize {
        self.facts().max
    }

    pub(super) const fn verify(self, text: &str) -> Result<(), Reason> {
        if let Self::Arn(_) = self {
            return self.rule(text);
        }
        let Facts { min, max, .. } = self.facts();
        if text.is_empty() && min > 0 {
            return Err(Reason::new(Fault::Empty));
        }
        check!(self.rule(text));
        scan::length(text, min, max)
    }

    /// The text of a name in a constant.
    #[track_caller]
    pub(super) const fn of_static(self, text: &'static str) -> &'static str {
        if let Err(reason) = self.verify(text) {
            self.refuse(text, reason);
        }
        self.kept(text)
    }

    /// Panics with what is wrong with a name in a constant, and what to write.
    #[allow(clippy::panic, reason = "in a constant a panic is the compile error")]
    #[cold]
    #[track_caller]
    pub(super) const fn refuse(self, text: &str, reason: Reason) -> ! {
        let mut told = Told::new();
        self.wrong(text, reason, &mut told);
        told.push("; write ");
        told.push(self.form());
        told.push(", such as `");
        told.push(self.sample());
        told.push("`");
        panic!("{}", told.as_str());
    }

    /// What is wrong with a name, as a sentence without its end.
    pub(super) const fn wrong(self, text: &str, reason: Reason, told: &mut Told) {
        told.quote(text);
        told.push(" is not ");
        told.push(self.noun());
        told.push(": ");
        reason.tell(text, told);
    }

    /// The text of a name.
    pub(super) fn parse(self, text: String) -> Result<Cow<'static, str>, NameError> {
        match self.verify(&text) {
            Ok(()) => {
                let kept = self.kept(&text);
                let is_whole = kept.len() == text.len();
                Ok(Cow::Owned(if is_whole { text } else { kept.to_owned() }))
            }
            Err(reason) => Err(NameError::new(self, text, reason)),
        }
    }

    /// Whether a name of this type can be that of a resource of any type.
    pub(crate) const fn is_of_any_resource(self) -> bool {
        matches!(self, Self::ResourceName | Self::ResourceId | Self::ResourcePart)
    }

    /// Whether the text is a valid name.
    pub(crate) const fn accepts(self, text: &str) -> bool {
        self.verify(text).is_ok()
    }

    /// Checks whether the text is a valid name.
    pub fn check(self, text: &str) -> Result<(), NameError> {
        self.verify(text)
            .map_err(|reason| NameError::new(self, text.to_owned(), reason))
    }
}
