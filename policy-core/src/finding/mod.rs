//! The mistakes of a policy: each [`Finding`] has a place, a reason and a remedy.

mod code;
mod excerpt;
mod registry;
mod severity;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::ops::Range;

use crate::document::{Place, SyntaxError, Text};
use crate::shown::Shown;

pub use code::{Code, ParseCodeError};
pub(crate) use excerpt::Excerpt;
use excerpt::shortened;
pub use severity::Severity;

/// One mistake in a policy.
///
/// Displayed on several lines, like rustc's diagnostics: what is wrong, then a `= note:` with what AWS does about it,
/// then a `= help:` with what to write instead; each line is safe for a terminal, [`Shown`].
///
/// How to allow a finding depends on the program that shows it: an attribute in `policy!`, `--allow` on the command
/// line, [`Options::allow`](crate::check::Options::allow) in code. A finding therefore only has the condition under
/// which that is right, [`allowed_if`](Self::allowed_if).
///
/// ```
/// use policy_core::check::{Options, check_json};
/// use policy_core::policy::Kind;
///
/// let json = br#"{ "Version": "2012-10-17", "Statement": {
///     "Effect": "Allow", "Action": "s3:Frobnicate", "Resource": "*" } }"#;
/// let findings = check_json(json, Kind::Identity, &Options::new());
/// let finding = findings.iter().next().ok_or("a finding")?;
/// assert_eq!((finding.what(), finding.subject()), ("unknown action `s3:Frobnicate`", "s3:Frobnicate"));
/// assert!(finding.allowed_if().is_some_and(|when| when.starts_with("AWS has it and the catalogue of ")));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    code: Code,
    place: Place,
    part: Option<Range<usize>>,
    subject: String,
    dead: bool,
    what: String,
    notes: Vec<Cow<'static, str>>,
    help: Vec<Cow<'static, str>>,
    allowed_if: Option<Cow<'static, str>>,
}

impl Finding {
    /// Creates a finding with this code at this place; `what` describes the mistake in one sentence, in lower case and
    /// without a full stop. The middle of a very long quotation is left out, here and in notes and help.
    pub fn new(code: Code, place: Place, what: impl Into<String>) -> Self {
        let mut what = shortened(what.into());
        // A text that was put together piece by piece may have twice its length, and a policy a million findings.
        what.shrink_to_fit();
        Self {
            code,
            place,
            part: None,
            subject: String::new(),
            dead: code.is_dead(),
            what,
            notes: Vec::new(),
            help: Vec::new(),
            allowed_if: None,
        }
    }

    /// Sets the text that is wrong, which an allowance must name.
    #[must_use]
    pub fn about(mut self, subject: impl Into<String>) -> Self {
        self.subject = subject.into();
        self
    }

    /// Narrows the place to a part of a string, a range of the string as filled. The part is also the subject of the
    /// finding, unless [`about`](Self::about) sets one.
    #[must_use]
    pub fn part(mut self, text: &Text<'_>, filled: Range<usize>) -> Self {
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
    pub fn note(mut self, note: impl Into<Cow<'static, str>>) -> Self {
        add(&mut self.notes, note.into());
        self
    }

    /// Adds what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<Cow<'static, str>>) -> Self {
        add(&mut self.help, help.into());
        self
    }

    /// Sets the condition under which it is right to allow the finding; it is displayed after `if`.
    #[must_use]
    pub fn allow_if(mut self, condition: impl Into<Cow<'static, str>>) -> Self {
        self.allowed_if = Some(condition.into());
        self
    }

    /// Sets whether the statement has no effect, where that differs from the default of the code.
    #[must_use]
    pub const fn dead(mut self, dead: bool) -> Self {
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

    /// Whether the statement has no effect: AWS accepts it, and it grants (or denies) nothing.
    pub const fn is_dead(&self) -> bool {
        self.dead
    }

    /// Whether the finding blocks: `policy!` does not compile the policy, and `policy check` fails.
    ///
    /// Three kinds of findings block: an [`Error`](Severity::Error), since AWS rejects the policy or part of it does
    /// not work; a [`SecurityWarning`](Severity::SecurityWarning), since the policy allows access that is too wide;
    /// and, whatever the severity, a statement without any effect ([`is_dead`](Self::is_dead)), since AWS accepts it
    /// without an error. Other warnings and suggestions do not block.
    ///
    /// ```
    /// use policy_core::check::{Options, check_json};
    /// use policy_core::finding::{Finding, Severity};
    /// use policy_core::policy::Kind;
    ///
    /// // An object action on a bucket: AWS accepts it, and it grants nothing.
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
    pub fn part_of_string(&self) -> Option<Range<usize>> {
        self.part.clone()
    }

    /// The range of bytes in `text`, where the document was read from `text` by
    /// [`Document::read`](crate::document::Document::read). A part of a string that contains escapes is widened to the
    /// whole string.
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
    pub fn what(&self) -> &str {
        &self.what
    }

    /// Why AWS does not report the mistake, or what it does instead.
    pub fn notes(&self) -> impl Iterator<Item = &str> {
        self.notes.iter().map(|note| &**note)
    }

    /// What to write instead.
    pub fn helps(&self) -> impl Iterator<Item = &str> {
        self.help.iter().map(|help| &**help)
    }

    /// When it is right to allow it, if the policy alone does not decide: `AWS has it and the catalogue does not yet`.
    pub fn allowed_if(&self) -> Option<&str> {
        self.allowed_if.as_deref()
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
            .then_with(|| self.what.cmp(&other.what))
            .then_with(|| self.notes.cmp(&other.notes))
            .then_with(|| self.help.cmp(&other.help))
            .then_with(|| self.allowed_if.cmp(&other.allowed_if))
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
    fn from(error: &SyntaxError) -> Self {
        let finding = Self::new(Code::JsonSyntaxError, error.place(), error.message());
        if error.help().is_empty() {
            finding
        } else {
            finding.help(error.help().to_owned())
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Shown(format_args!("{} [{}]", self.what, self.code)))?;
        for note in &self.notes {
            write!(f, "\n= note: {}", Shown(note))?;
        }
        for help in &self.help {
            write!(f, "\n= help: {}", Shown(help))?;
        }
        if let Some(condition) = &self.allowed_if {
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

/// The findings of one document, in order of place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// Creates an empty list.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds a finding.
    pub fn push(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    /// Sorts the findings by their place in the document.
    pub fn sort(&mut self) {
        self.0.sort_by(Finding::order);
    }

    /// Keeps only the findings for which `keep` returns true.
    pub fn retain(&mut self, keep: impl FnMut(&Finding) -> bool) {
        self.0.retain(keep);
    }

    /// Whether there are no findings.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of findings.
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Iterates over the findings.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.0.iter()
    }

    /// Whether a finding [blocks](Finding::is_blocking).
    pub fn is_blocking(&self) -> bool {
        self.0.iter().any(Finding::is_blocking)
    }

    /// Whether a finding is an [`Severity::Error`].
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|finding| finding.severity() == Severity::Error)
    }
}

impl<'f> IntoIterator for &'f Findings {
    type Item = &'f Finding;
    type IntoIter = std::slice::Iter<'f, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl IntoIterator for Findings {
    type Item = Finding;
    type IntoIter = std::vec::IntoIter<Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Extend<Finding> for Findings {
    fn extend<T: IntoIterator<Item = Finding>>(&mut self, findings: T) {
        self.0.extend(findings);
    }
}
