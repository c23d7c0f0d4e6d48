//! What is wrong with a policy: one [`Finding`] a mistake, each with its place, its reason and the way out.

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

pub use code::{Code, UnknownCode};
pub(crate) use excerpt::Excerpt;
use excerpt::shortened;
pub use severity::Severity;

/// One mistake in a policy.
///
/// Displayed on several lines, as rustc displays its own: what is wrong, then a `= note:` that says why AWS would not have
/// told, then a `= help:` with what to write instead; each line as a terminal can show it, [`Shown`].
///
/// How a finding is allowed depends on who shows it: an attribute in `policy!`, `--allow` of the command line,
/// [`Options::allow`](crate::check::Options::allow) in a program. So a finding says only when that is right, by
/// [`allowed_if`](Self::allowed_if).
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
    /// A finding of this code at this place; `what` says in one sentence, lower case and without a full stop, what is wrong. Of a
    /// quotation of thousands of characters the middle is left out, here and in notes and help.
    pub fn new(code: Code, place: Place, what: impl Into<String>) -> Self {
        Self {
            code,
            place,
            part: None,
            subject: String::new(),
            dead: code.is_dead(),
            what: shortened(what.into()),
            notes: Vec::new(),
            help: Vec::new(),
            allowed_if: None,
        }
    }

    /// Names the text that is wrong: what an allowance has to name.
    #[must_use]
    pub fn about(mut self, subject: impl Into<String>) -> Self {
        self.subject = subject.into();
        self
    }

    /// Narrows the place to a part of a string, given as a range of the string as filled. The part is also what the finding is
    /// about, unless [`about`](Self::about) has said.
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

    /// Adds why AWS would not have told, or what it does instead.
    #[must_use]
    pub fn note(mut self, note: impl Into<Cow<'static, str>>) -> Self {
        self.notes.push(readable(note.into()));
        self
    }

    /// Adds what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<Cow<'static, str>>) -> Self {
        self.help.push(readable(help.into()));
        self
    }

    /// Says when it is right to allow it, so that it reads on after an `if`.
    #[must_use]
    pub fn allow_if(mut self, condition: impl Into<Cow<'static, str>>) -> Self {
        self.allowed_if = Some(condition.into());
        self
    }

    /// Says that the statement grants nothing, or does, other than the code says by itself.
    #[must_use]
    pub const fn dead(mut self, dead: bool) -> Self {
        self.dead = dead;
        self
    }

    /// Which mistake it is.
    pub const fn code(&self) -> Code {
        self.code
    }

    /// How bad it is, by Access Analyzer's scale.
    pub const fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// Whether what is found can never do what it says: AWS accepts it and it grants (or denies) nothing.
    pub const fn is_dead(&self) -> bool {
        self.dead
    }

    /// Whether a policy with this finding must not go on as it is: `policy!` does not compile it, and `policy check` fails.
    ///
    /// Three things block: an [`Error`](Severity::Error), since AWS rejects the policy or part of it does not work; a
    /// [`SecurityWarning`](Severity::SecurityWarning), since it allows access that is too wide; and what has no effect at all
    /// ([`is_dead`](Self::is_dead)), whatever its severity, since AWS accepts that without a word. Other warnings and
    /// suggestions do not block.
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

    /// Where it stands.
    pub const fn place(&self) -> Place {
        self.place
    }

    /// Which bytes of the string at its place are meant, as written and without escapes; `None` where all of it is.
    pub fn part_of_string(&self) -> Option<Range<usize>> {
        self.part.clone()
    }

    /// The bytes of `text` that are meant, where the document was read from `text` by
    /// [`Document::read`](crate::document::Document::read). A part of a string that is written with escapes is widened to
    /// the whole string.
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

    /// Why AWS would not have told, or what it does instead.
    pub fn notes(&self) -> impl Iterator<Item = &str> {
        self.notes.iter().map(|note| &**note)
    }

    /// What to write instead.
    pub fn helps(&self) -> impl Iterator<Item = &str> {
        self.help.iter().map(|help| &**help)
    }

    /// When it is right to allow it, if the policy alone does not decide that: `AWS has it and the catalogue does not yet`.
    pub fn allowed_if(&self) -> Option<&str> {
        self.allowed_if.as_deref()
    }
}

impl Finding {
    /// By where they stand, and of two at one place by their codes; what follows only tells apart what is not the same.
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

fn readable(message: Cow<'static, str>) -> Cow<'static, str> {
    match message {
        Cow::Borrowed(_) => message,
        Cow::Owned(message) => Cow::Owned(shortened(message)),
    }
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

/// The findings of one document, in the order in which they stand in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// No findings.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds one.
    pub fn push(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    /// Puts them in the order in which they stand in the document, whatever the order in which they were found.
    pub fn sort(&mut self) {
        self.0.sort_by(Finding::order);
    }

    /// Keeps those for which `keep` says so.
    pub fn retain(&mut self, keep: impl FnMut(&Finding) -> bool) {
        self.0.retain(keep);
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// One after the other.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.0.iter()
    }

    /// Whether one [blocks](Finding::is_blocking).
    pub fn is_blocking(&self) -> bool {
        self.0.iter().any(Finding::is_blocking)
    }

    /// Whether one is an [`Severity::Error`].
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
