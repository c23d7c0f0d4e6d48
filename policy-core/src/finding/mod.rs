//! The mistakes of a policy: each [`Finding`] has a place, a reason and a remedy.

mod code;
mod excerpt;
mod findings;
mod fix;
mod meant;
mod registry;
mod severity;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::ops::Range;

use crate::document::{Place, SyntaxError, Text};
use crate::shown::Shown;

pub use code::Code;
pub(crate) use excerpt::Excerpt;
use excerpt::shortened;
#[cfg(feature = "values")]
pub(crate) use findings::AndMore;
pub use findings::{Findings, FindingsError};
pub use fix::{Change, Fix};
#[doc(hidden)]
pub use meant::Meant;
pub use severity::Severity;

/// One mistake in a policy.
///
/// Displayed as what is wrong, and the code; with `{:#}` on several lines, like rustc's diagnostics: then a `= note:`
/// with what AWS does about it, and a `= help:` with what to write instead. Each line is safe for a terminal, [`Shown`].
///
/// How to allow a finding depends on the program that shows it: an attribute in `policy!`, `--allow` on the command
/// line, [`Options::allow`](crate::check::Options::allow) in code. A finding therefore only has the condition under
/// which that is right, [`allow_when`](Self::allow_when).
///
/// ```
/// use policy_core::check::{Options, check_json};
/// use policy_core::policy::Kind;
///
/// let json = br#"{ "Version": "2012-10-17", "Statement": {
///     "Effect": "Allow", "Action": "s3:Frobnicate", "Resource": "*" } }"#;
/// let findings = check_json(json, Kind::Identity, &Options::new());
/// let finding = findings.iter().next().ok_or("a finding")?;
/// assert_eq!(finding.to_string(), "unknown action `s3:Frobnicate` [INVALID_ACTION]");
/// assert_eq!((finding.message(), finding.subject()), ("unknown action `s3:Frobnicate`", "s3:Frobnicate"));
/// assert!(format!("{finding:#}").contains("\n= help: "));
/// assert!(finding.allow_when().is_some_and(|when| when.starts_with("AWS added the ")));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    code: Code,
    place: Place,
    part: Option<Range<usize>>,
    subject: String,
    dead: bool,
    message: String,
    notes: Vec<Cow<'static, str>>,
    help: Vec<Cow<'static, str>>,
    allow_when: Option<Cow<'static, str>>,
    fixes: Vec<Fix>,
}

impl Finding {
    /// Creates a finding with this code at this place; `message` describes the mistake in one sentence, in lower case and
    /// without a full stop. The middle of a very long quotation is left out, here and in notes and help.
    pub(crate) fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        let mut message = shortened(message.into());
        // A text that was put together piece by piece may have twice its length, and a policy a million findings.
        message.shrink_to_fit();
        Self {
            code,
            place,
            part: None,
            subject: String::new(),
            dead: code.has_no_effect(),
            message,
            notes: Vec::new(),
            help: Vec::new(),
            allow_when: None,
            fixes: Vec::new(),
        }
    }

    /// Sets the text that is wrong, which an allowance must name.
    #[must_use]
    pub(crate) fn about(mut self, subject: impl Into<String>) -> Self {
        self.subject = subject.into();
        self
    }

    /// Narrows the place to a part of a string, a range of the string as filled. The part is also the subject of the
    /// finding, unless [`about`](Self::about) sets one.
    #[must_use]
    pub(crate) fn part(mut self, text: &Text<'_>, filled: Range<usize>) -> Self {
        let written = text.written_range(filled);
        if self.subject.is_empty() {
            self.subject
                .push_str(text.written().get(written.clone()).unwrap_or(text.written()));
        }
        self.part = Some(written);
        self
    }

    /// Adds a note: why AWS does not report the mistake, or what it does instead.
    #[must_use]
    pub(crate) fn note(mut self, note: impl Into<Cow<'static, str>>) -> Self {
        add(&mut self.notes, note.into());
        self
    }

    /// Adds what to write instead.
    #[must_use]
    pub(crate) fn with_help(mut self, help: impl Into<Cow<'static, str>>) -> Self {
        add(&mut self.help, help.into());
        self
    }

    /// Adds a change that mends the mistake, and its title as what to write instead.
    #[must_use]
    pub(crate) fn with_fix(self, fix: Fix) -> Self {
        let title = fix.title().to_owned();
        self.with_help(title).fixed_by(fix)
    }

    /// Adds a change that mends the mistake, if there is one, where the help has more words than its title.
    #[must_use]
    pub(crate) fn fixed_by(mut self, fix: impl Into<Option<Fix>>) -> Self {
        if let Some(fix) = fix.into() {
            self.fixes.reserve_exact(1);
            self.fixes.push(fix);
        }
        self
    }

    /// Sets the condition under which it is right to allow the finding; it is displayed after `if`.
    #[must_use]
    pub(crate) fn allow_if(mut self, condition: impl Into<Cow<'static, str>>) -> Self {
        self.allow_when = Some(condition.into());
        self
    }

    /// Sets whether the statement, or a part of it, has no effect, where that differs from the default of the code.
    #[must_use]
    pub(crate) const fn dead(mut self, dead: bool) -> Self {
        self.dead = dead;
        self
    }

    /// The kind of mistake.
    pub const fn code(&self) -> Code {
        self.code
    }

    /// The severity, on Access Analyzer's scale.
    pub const fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// Whether the statement, or a part of it, has no effect: AWS accepts it, but it grants (or denies) nothing. A value to which a
    /// negated operator makes an exception has no effect either if no request has it: the statement applies to every request.
    pub const fn has_no_effect(&self) -> bool {
        self.dead
    }

    /// Whether the finding blocks: `policy!` does not compile the policy, and `policy check` fails.
    ///
    /// Three kinds of findings block: an [`Error`](Severity::Error), since AWS rejects the policy or part of it does
    /// not work; a [`SecurityWarning`](Severity::SecurityWarning), since the policy allows access that is too wide;
    /// and, whatever the severity, a statement, or a value of its conditions, without any effect ([`has_no_effect`](Self::has_no_effect)), since AWS accepts it
    /// without an error. Other warnings and suggestions do not block.
    ///
    /// ```
    /// use policy_core::check::{Options, check_json};
    /// use policy_core::finding::{Finding, Severity};
    /// use policy_core::policy::Kind;
    ///
    /// // An object action on a bucket: AWS accepts it, but it grants nothing.
    /// let json = br#"{ "Version": "2012-10-17", "Statement": {
    ///     "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::exports" } }"#;
    /// let findings = check_json(json, Kind::Identity, &Options::new());
    /// let finding = findings.iter().next().ok_or("a finding")?;
    /// assert_eq!(finding.severity(), Severity::Warning);
    /// assert!(finding.is_blocking());
    /// # Ok::<(), &str>(())
    /// ```
    pub const fn is_blocking(&self) -> bool {
        self.dead || matches!(self.severity(), Severity::Error | Severity::SecurityWarning)
    }

    /// The place in the document.
    pub const fn place(&self) -> Place {
        self.place
    }

    /// The range of bytes in the string at its place, as written and without escapes; `None` for the whole string.
    pub fn span_in_string(&self) -> Option<Range<usize>> {
        self.part.clone()
    }

    /// The range of bytes in `text`, where the document was read from `text` by
    /// [`Document::read`](crate::document::Document::read). A part of a string that contains escapes is widened to the
    /// whole string.
    #[inline]
    pub fn range_in(&self, text: &str) -> Range<usize> {
        let whole = self.place.start as usize..self.place.end as usize;
        let literal = text.get(whole.clone()).unwrap_or_default();
        match &self.part {
            Some(part) if !literal.contains('\\') => whole.start + 1 + part.start..whole.start + 1 + part.end,
            _ => whole,
        }
    }

    /// The text that is wrong, as written.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// What is wrong, in one sentence.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Why AWS does not report the mistake, or what it does instead.
    pub fn notes(&self) -> impl Iterator<Item = &str> {
        self.notes.iter().map(|note| &**note)
    }

    /// What to write instead.
    pub fn help(&self) -> impl Iterator<Item = &str> {
        self.help.iter().map(|help| &**help)
    }

    /// The changes of the document that mend the mistake. If there are several, each is one way to do so; if it is empty, what
    /// to write depends on what was meant.
    pub fn fixes(&self) -> &[Fix] {
        &self.fixes
    }

    /// Leaves out the fixes for which `keep` returns false: those that are not right for all that a document is part of.
    pub fn retain_fixes(&mut self, keep: impl FnMut(&Fix) -> bool) {
        self.fixes.retain(keep);
    }

    /// When it is right to allow it, if the policy alone does not decide: `AWS has it and the catalogue does not yet`.
    pub fn allow_when(&self) -> Option<&str> {
        self.allow_when.as_deref()
    }
}

impl Finding {
    /// By place, then by code; the rest only distinguishes findings that differ.
    fn order(&self, other: &Self) -> Ordering {
        let first = |finding: &Self| {
            let part = finding.part.as_ref().map_or(0, |part| part.start);
            (finding.place.start, part, finding.code)
        };
        let last = |finding: &Self| {
            (
                finding.place.end,
                finding.part.as_ref().map(|part| part.end),
                finding.dead,
            )
        };
        first(self)
            .cmp(&first(other))
            .then_with(|| last(self).cmp(&last(other)))
            .then_with(|| self.subject.cmp(&other.subject))
            .then_with(|| self.message.cmp(&other.message))
            .then_with(|| self.notes.cmp(&other.notes))
            .then_with(|| self.help.cmp(&other.help))
            .then_with(|| self.allow_when.cmp(&other.allow_when))
    }
}

/// Adds a note or a help. Most findings have one of each.
fn add(messages: &mut Vec<Cow<'static, str>>, message: Cow<'static, str>) {
    messages.reserve_exact(1);
    messages.push(match message {
        Cow::Borrowed(_) => message,
        Cow::Owned(message) => Cow::Owned(shortened(message)),
    });
}

impl From<&SyntaxError> for Finding {
    #[inline]
    fn from(error: &SyntaxError) -> Self {
        let finding = Self::new(Code::JsonSyntaxError, error.place(), error.message());
        if error.help().is_empty() {
            finding
        } else {
            finding.with_help(error.help().to_owned())
        }
    }
}

impl fmt::Display for Finding {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Shown(format_args!("{} [{}]", self.message, self.code)))?;
        if !f.alternate() {
            return Ok(());
        }
        for note in &self.notes {
            write!(f, "\n= note: {}", Shown(note))?;
        }
        for help in &self.help {
            write!(f, "\n= help: {}", Shown(help))?;
        }
        if let Some(condition) = &self.allow_when {
            write!(
                f,
                "\n= help: {}",
                Shown(format_args!(
                    "if {condition}, allow {} for `{}`",
                    self.code,
                    Excerpt(&self.subject)
                ))
            )?;
        }
        Ok(())
    }
}
