//! Texts that become names.

use std::borrow::Cow;

use crate::names::error::NameError;
use crate::names::reason::{Fault, Reason, Repair};
use crate::names::told::Told;
use crate::names::{NameKind, principals};

impl NameKind {
    /// The text of a name in a constant.
    #[track_caller]
    pub(in super::super) const fn of_static(self, text: &'static str) -> &'static str {
        if let Err(reason) = self.verify_value(text) {
            self.refuse(text, reason);
        }
        self.kept(text)
    }

    /// Panics with what is wrong with a name in a constant, and what to write.
    #[allow(clippy::panic, reason = "in a constant a panic is the compile error")]
    #[cold]
    #[track_caller]
    pub(in super::super) const fn refuse(self, text: &str, reason: Reason) -> ! {
        let mut told = Told::new();
        self.wrong(text, reason, &mut told);
        told.push("; write ");
        told.push(self.form());
        told.push(", such as `");
        told.push(self.sample());
        told.push("`");
        panic!("{}", told.as_str());
    }

    /// The text of a name.
    pub(in super::super) fn parse(self, text: String) -> Result<Cow<'static, str>, NameError> {
        match self.verify_value(&text) {
            Ok(()) => {
                let kept = self.kept(&text);
                let is_whole = kept.len() == text.len();
                Ok(Cow::Owned(if is_whole { text } else { kept.to_owned() }))
            }
            Err(reason) => Err(NameError::new(self, text, reason)),
        }
    }

    /// What a value is held to: what the checker is, and not to be a slip of another, which in a policy is a finding that can be allowed.
    const fn verify_value(self, text: &str) -> Result<(), Reason> {
        match self.verify(text) {
            Ok(()) if matches!(self, Self::ServicePrincipal) => {
                match principals::slip(text, principals::all_in_constants()) {
                    Some(meant) => Err(Reason::new(Fault::Slip(meant)).repaired(Repair::Write(meant))),
                    None => Ok(()),
                }
            }
            verified => verified,
        }
    }
}
