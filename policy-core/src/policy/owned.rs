//! Policies with the structure of their kind.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::Deref;
use std::str::FromStr;

use crate::collected::CollectVec;
use crate::document::{Document, Lines, Path, SyntaxError, line_and_column};
use crate::finding::{AndMore, Finding, Findings, Severity};
use crate::policy::kind::{Identity, Kind, PolicyKind, Resource, ResourceControl, ServiceControl, Session, Trust};
use crate::policy::read::read;
use crate::policy::written::Written;
use crate::shown::Shown;

/// An identity-based policy; also a permissions boundary.
pub type IdentityPolicy = Policy<Identity>;
/// A role trust policy, which names who may assume the role.
pub type TrustPolicy = Policy<Trust>;
/// A resource-based policy: of a bucket, a key, a queue.
pub type ResourcePolicy = Policy<Resource>;
/// A session policy, passed when a role is assumed.
pub type SessionPolicy = Policy<Session>;
/// A service control policy (SCP).
pub type ServiceControlPolicy = Policy<ServiceControl>;
/// A resource control policy (RCP).
pub type ResourceControlPolicy = Policy<ResourceControl>;

/// A policy of one kind, kept as written.
///
/// Created by `policy!`, [`from_json`](Self::from_json) or [`from_document`](Self::from_document). Each verifies the
/// structure: the elements, their types, and those that the kind requires. Whether the actions exist and apply to the
/// resources is up to [`check`](crate::check::check()).
///
/// Two policies are equal if they are written the same except for whitespace; [`is_equivalent`](Self::is_equivalent)
/// compares their meaning.
///
/// ```
/// use policy_core::policy::IdentityPolicy;
///
/// let policy = IdentityPolicy::from_json(
///     r#"{ "Version": "2012-10-17",
///          "Statement": { "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*" } }"#,
/// )?;
/// assert_eq!(
///     policy.to_json(),
///     r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:ListAllMyBuckets","Resource":"*"}}"#,
/// );
///
/// let error = IdentityPolicy::from_json(r#"{ "Version": "2012-10-17" }"#).unwrap_err();
/// assert_eq!(error.to_string(), "line 1, column 1: the policy has no `Statement` [MISSING_STATEMENT]");
/// assert_eq!(
///     format!("{error:#}"),
///     "line 1, column 1: the policy has no `Statement` [MISSING_STATEMENT]\n\
///      = note: AWS rejects the policy\n\
///      = help: write `\"Statement\": [ ... ]`"
/// );
/// # Ok::<(), policy_core::policy::ReadError>(())
/// ```
#[derive(Clone)]
pub struct Policy<K> {
    /// JSON with the structure of the kind, verified before it is set.
    written: Written,
    kind: PhantomData<fn() -> K>,
}

impl<K> Policy<K> {
    const fn of(written: Written) -> Self {
        Self {
            written,
            kind: PhantomData,
        }
    }

    /// What a template that `policy!` has checked is rendered to: JSON without whitespace.
    pub(crate) fn rendered(json: String) -> Self {
        Self::of(Written::json(json))
    }

    /// What `policy!` has checked and has no holes: JSON without whitespace.
    #[doc(hidden)]
    pub const fn __constant(json: &'static str) -> Self {
        Self::of(Written::Constant(json))
    }
}

impl<K: PolicyKind> Policy<K> {
    /// The kind of policy.
    pub const KIND: Kind = K::KIND;

    /// Reads a policy from JSON text. It accepts everything that AWS accepts: one statement or a list, a scalar or a
    /// list wherever a list is allowed, numbers and booleans as condition values, a missing `Version`.
    ///
    /// # Errors
    ///
    /// The text is not JSON, or not a policy of this kind; the error lists every mistake of its structure with line and
    /// column.
    pub fn from_json(text: impl Into<String>) -> Result<Self, ReadError> {
        Self::verified(text.into(), false)
    }

    /// This policy with another text, which is written as the text of this policy was.
    #[cfg(feature = "edit")]
    pub(super) fn reread(&self, text: String) -> Result<Self, ReadError> {
        Self::verified(text, self.written.as_json().is_some())
    }

    fn verified(text: String, is_json: bool) -> Result<Self, ReadError> {
        let document = Document::read(&text).map_err(|error| ReadError::of_syntax(&text, &error))?;
        let findings = located(&document, mistakes(&document, K::KIND), Some(&text));
        if !findings.is_empty() {
            return Err(ReadError::of(findings));
        }
        let document = document.into_owned();
        Ok(Self::of(Written::read(text, is_json, document)))
    }

    /// Converts a document into a policy of this kind.
    ///
    /// # Errors
    ///
    /// The document is not a policy of this kind; the error lists every mistake of its structure with its path.
    pub fn from_document(document: &Document<'_>) -> Result<Self, ReadError> {
        let findings = located(document, mistakes(document, K::KIND), None);
        if findings.is_empty() {
            Ok(Self::rendered(document.to_json()))
        } else {
            Err(ReadError::of(findings))
        }
    }

    /// The policy as written, including whitespace.
    pub fn text(&self) -> &str {
        self.written.text()
    }

    /// The policy as a document, whose places are byte offsets in [`text`](Self::text). It is read once and shared by
    /// the policy's clones, and for a constant of `policy!` once in a program.
    pub fn document(&self) -> &Document<'_> {
        self.written.document()
    }

    /// Checks the policy: see [`check`](crate::check::check()).
    pub fn check(&self) -> Findings {
        crate::check::check(self.document(), K::KIND, &crate::check::Options::new())
    }

    /// The policy as JSON without whitespace, as AWS counts it against its quotas.
    pub fn to_json(&self) -> String {
        self.written.to_json().into_owned()
    }

    /// The policy as indented JSON.
    pub fn to_json_pretty(&self) -> String {
        self.document().to_json_pretty()
    }
}

/// Two policies are equal if they are written the same except for whitespace.
impl<K: PolicyKind> PartialEq for Policy<K> {
    fn eq(&self, other: &Self) -> bool {
        match (self.written.as_json(), other.written.as_json()) {
            (Some(ours), Some(theirs)) => ours == theirs,
            _ => self.text() == other.text() || self.document() == other.document(),
        }
    }
}

impl<K: PolicyKind> Eq for Policy<K> {}

/// By the JSON without whitespace, so that policies in normal form can be the keys of a sorted map.
impl<K: PolicyKind> Ord for Policy<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.written.to_json().cmp(&other.written.to_json())
    }
}

impl<K: PolicyKind> PartialOrd for Policy<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<K: PolicyKind> Hash for Policy<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.written.to_json().hash(state);
    }
}

impl<K: PolicyKind> fmt::Debug for Policy<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({})", K::KIND.type_name(), self.written.to_json())
    }
}

/// The policy as JSON without whitespace; with `{:#}` as indented JSON.
impl<K: PolicyKind> fmt::Display for Policy<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() {
            f.write_str(&self.to_json_pretty())
        } else {
            f.write_str(&self.written.to_json())
        }
    }
}

impl<K: PolicyKind> FromStr for Policy<K> {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        Self::from_json(text)
    }
}

/// A constant of `policy!`: a policy without holes, checked when the program was compiled.
///
/// It is a reference to a [`Policy`] in the program's read-only data, so it is `Copy`, can be part of other constants and
/// statics, and dereferences to the policy: where a function takes `&IdentityPolicy`, pass `&CONSTANT`. Only `policy!` and
/// `policy_file!` make one, so a function that takes a `ConstPolicy` takes only policies that the compiler has checked.
///
/// ```
/// use policy_core::policy::{ConstPolicy, IdentityPolicy, kind::Identity};
///
/// fn deploy(name: &str, policy: ConstPolicy<Identity>) -> String {
///     format!("{name}: {}", policy.json())
/// }
///
/// fn store(policy: impl Into<IdentityPolicy>) -> IdentityPolicy {
///     policy.into() // takes owned policies too; from a constant it costs nothing
/// }
///
/// fn length(policy: &IdentityPolicy) -> usize {
///     policy.to_json().len()
/// }
/// # let _ = (deploy, |constant: ConstPolicy<Identity>| (length(&constant), store(constant)));
/// ```
pub struct ConstPolicy<K: 'static> {
    // A field and not an argument of a function: in a constant, a value is kept for ever only where it is borrowed like this.
    #[doc(hidden)]
    pub __policy: &'static Policy<K>,
}

impl<K> ConstPolicy<K> {
    /// The policy as JSON without whitespace. It is available without work at run time.
    pub const fn json(self) -> &'static str {
        match &self.__policy.written {
            Written::Constant(json) => json,
            // `policy!` makes nothing else, and a constant cannot share what is allocated.
            Written::Shared(_) => "",
        }
    }

    /// Converts it into the owned form, without a cost.
    pub const fn to_policy(self) -> Policy<K> {
        Policy::__constant(self.json())
    }

    /// The policy as JSON without whitespace, like [`Policy::to_json`]; [`json`](Self::json) does not allocate.
    pub fn to_json(self) -> String {
        self.json().to_owned()
    }
}

impl<K> Deref for ConstPolicy<K> {
    type Target = Policy<K>;

    fn deref(&self) -> &Policy<K> {
        self.__policy
    }
}

impl<K> AsRef<Policy<K>> for ConstPolicy<K> {
    fn as_ref(&self) -> &Policy<K> {
        self.__policy
    }
}

impl<K> Clone for ConstPolicy<K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Copy for ConstPolicy<K> {}

impl<K> PartialEq for ConstPolicy<K> {
    fn eq(&self, other: &Self) -> bool {
        self.json() == other.json()
    }
}

impl<K> Eq for ConstPolicy<K> {}

impl<K> Hash for ConstPolicy<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.json().hash(state);
    }
}

impl<K: PolicyKind> fmt::Debug for ConstPolicy<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({})", K::KIND.type_name(), self.json())
    }
}

/// The policy as JSON without whitespace.
impl<K> fmt::Display for ConstPolicy<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.json())
    }
}

impl<K: PolicyKind> From<ConstPolicy<K>> for Policy<K> {
    fn from(policy: ConstPolicy<K>) -> Self {
        policy.to_policy()
    }
}

/// The error for text that is not a policy of the expected kind: all mistakes of its structure, each with its place.
///
/// Displayed as the first, and how many more there are; with `{:#}` as all of them with their notes and help.
///
/// ```
/// use policy_core::policy::TrustPolicy;
///
/// let error = TrustPolicy::from_json(
///     r#"{ "Version": "2012-10-17", "Statement": [{ "Effect": "allow", "Action": "sts:AssumeRole" }] }"#,
/// )
/// .unwrap_err();
/// let found: Vec<_> = error.findings().iter().map(|at| (at.finding.code().name(), at.path.to_string())).collect();
/// assert_eq!(
///     found,
///     [("MISSING_PRINCIPAL", "/Statement/0".to_owned()), ("INVALID_EFFECT", "/Statement/0/Effect".to_owned())]
/// );
/// assert_eq!(error.findings()[1].line_and_column, Some((1, 54)));
/// assert_eq!(
///     error.to_string(),
///     "line 1, column 42: the statement has no `Principal` [MISSING_PRINCIPAL] (and 1 more mistake)"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    findings: Vec<Located>,
}

/// A finding with its place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Located {
    /// What is wrong.
    pub finding: Finding,
    /// The path from the root of the document.
    pub path: Path,
    /// The line and column, from 1, if the document was read from text.
    pub line_and_column: Option<(usize, usize)>,
}

impl ReadError {
    pub(super) const fn of(findings: Vec<Located>) -> Self {
        Self { findings }
    }

    #[inline]
    pub(super) fn of_syntax(text: &str, error: &SyntaxError) -> Self {
        Self::of(vec![Located {
            finding: Finding::from(error),
            path: Path::default(),
            line_and_column: Some(line_and_column(text, error.offset())),
        }])
    }

    /// The mistakes, in the order of the text; at least one.
    pub fn findings(&self) -> &[Located] {
        &self.findings
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.findings.as_slice() {
            [first, more @ ..] if !f.alternate() => write!(f, "{first}{}", AndMore(more.len())),
            all => {
                for (index, located) in all.iter().enumerate() {
                    f.write_str(if index == 0 { "" } else { "\n" })?;
                    located.fmt(f)?;
                }
                Ok(())
            }
        }
    }
}

/// The place, and the finding as it is displayed alone.
impl fmt::Display for Located {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line_and_column {
            Some((line, column)) => write!(f, "line {line}, column {column}: ")?,
            None if self.path.steps().is_empty() => {}
            None => write!(f, "{}: ", Shown(&self.path))?,
        }
        self.finding.fmt(f)
    }
}

impl std::error::Error for ReadError {}

/// The mistakes of the structure of a policy.
#[inline]
pub(super) fn mistakes(document: &Document<'_>, kind: Kind) -> Findings {
    let (_, mut findings) = read(document, kind);
    findings.retain(|finding| finding.severity() == Severity::Error);
    findings.sort();
    findings
}

/// The findings with their paths, and their lines in the text that the document was read from.
pub(super) fn located(document: &Document<'_>, findings: Findings, text: Option<&str>) -> Vec<Located> {
    let lines = text.map(Lines::of);
    findings
        .into_iter()
        .map(|finding| Located {
            path: document.path_to(finding.place()).unwrap_or_default(),
            line_and_column: lines.as_ref().map(|lines| {
                let at = lines.position(finding.place().start as usize);
                (at.line, at.column)
            }),
            finding,
        })
        .collect_vec()
}
