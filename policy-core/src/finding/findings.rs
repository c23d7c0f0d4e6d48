//! The findings of a document, and the error that they are.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;

use super::{Code, Finding, Severity};
use crate::collected::CollectVec;
use crate::document::Place;
use crate::sorted::sort;

/// The findings of one document, in order of place.
///
/// Displayed as one line for each; with `{:#}` each with its notes and help.
///
/// ```
/// use policy_core::check::{Options, check_json};
/// use policy_core::finding::{Code, Severity};
/// use policy_core::policy::Kind;
///
/// let json = br#"{ "Statement": { "Effect": "Allow", "Action": "s3:GetObjct", "Resource": "*" } }"#;
/// let findings = check_json(json, Kind::Identity, &Options::new());
/// assert_eq!(
///     findings.to_string(),
///     "the policy has no `Version` [MISSING_VERSION]\n\
///      `s3:GetObjct` is not an action [INVALID_ACTION]"
/// );
/// assert_eq!(findings.of_severity(Severity::Error).count(), 1);
/// assert_eq!(findings.by_code().len(), 2);
///
/// let error = findings.into_result().unwrap_err();
/// assert_eq!(error.to_string(), "`s3:GetObjct` is not an action [INVALID_ACTION]");
/// assert!(error.findings().of_code(Code::MissingVersion).next().is_some());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings(Vec<Finding>);

impl Findings {
    pub(crate) const fn new() -> Self {
        Self(Vec::new())
    }

    pub(crate) fn push(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    /// Sorts the findings by their place in the document.
    pub(crate) fn sort(&mut self) {
        sort(&mut self.0, Finding::order);
    }

    pub(crate) fn retain(&mut self, keep: impl FnMut(&Finding) -> bool) {
        self.0.retain(keep);
    }

    pub(crate) fn extend(&mut self, findings: impl IntoIterator<Item = Finding>) {
        self.0.extend(findings);
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
        self.of_severity(Severity::Error).next().is_some()
    }

    /// The findings with this severity.
    pub fn of_severity(&self, severity: Severity) -> impl Iterator<Item = &Finding> {
        self.0.iter().filter(move |finding| finding.severity() == severity)
    }

    /// The findings with this code.
    pub fn of_code(&self, code: Code) -> impl Iterator<Item = &Finding> {
        self.0.iter().filter(move |finding| finding.code() == code)
    }

    /// The findings grouped by code, the codes in the order of [`Code::ALL`].
    #[inline]
    pub fn by_code(&self) -> BTreeMap<Code, Vec<&Finding>> {
        let mut groups: BTreeMap<Code, Vec<&Finding>> = BTreeMap::new();
        for finding in self {
            groups.entry(finding.code()).or_default().push(finding);
        }
        groups
    }

    /// Only the findings for which `keep` returns true.
    #[must_use]
    pub fn filter(mut self, keep: impl FnMut(&Finding) -> bool) -> Self {
        self.retain(keep);
        self
    }

    /// The same findings at other places: where the document is part of a larger one, `place` converts each place.
    #[must_use]
    pub fn map_places(mut self, place: impl Fn(Place) -> Place) -> Self {
        for finding in &mut self.0 {
            finding.place = place(finding.place);
            for fix in &mut finding.fixes {
                fix.map_places(&place);
            }
        }
        self
    }

    /// The findings, if none [blocks](Finding::is_blocking).
    ///
    /// # Errors
    ///
    /// A finding blocks: the error has all of them.
    #[inline]
    pub fn into_result(self) -> Result<Self, FindingsError> {
        if self.is_blocking() {
            Err(FindingsError(self))
        } else {
            Ok(self)
        }
    }
}

impl fmt::Display for Findings {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, finding) in self.iter().enumerate() {
            f.write_str(if index == 0 { "" } else { "\n" })?;
            finding.fmt(f)?;
        }
        Ok(())
    }
}

/// The findings of several documents that are at places of one text, in the order of place.
impl FromIterator<Finding> for Findings {
    fn from_iter<I: IntoIterator<Item = Finding>>(findings: I) -> Self {
        let mut findings = Self(findings.into_iter().collect_vec());
        findings.sort();
        findings
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

/// The error for findings of which at least one [blocks](Finding::is_blocking): see [`Findings::into_result`].
///
/// Displayed as the first that blocks, and how many more do; with `{:#}` as all findings with their notes and help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingsError(Findings);

impl FindingsError {
    /// All findings, also those that do not block.
    pub const fn findings(&self) -> &Findings {
        &self.0
    }

    /// The same by value.
    pub fn into_findings(self) -> Findings {
        self.0
    }
}

impl fmt::Display for FindingsError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut blocking = self.0.iter().filter(|finding| finding.is_blocking());
        match blocking.next() {
            Some(first) if !f.alternate() => write!(f, "{first}{}", AndMore(blocking.count())),
            _ => self.0.fmt(f),
        }
    }
}

impl Error for FindingsError {}

/// How many mistakes an error has besides the first, which is displayed before this: ` (and 2 more mistakes)`.
pub(crate) struct AndMore(pub(crate) usize);

impl fmt::Display for AndMore {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => Ok(()),
            1 => f.write_str(" (and 1 more mistake)"),
            more => write!(f, " (and {more} more mistakes)"),
        }
    }
}
