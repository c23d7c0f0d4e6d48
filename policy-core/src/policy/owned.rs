//! Policies that are known to have the form of their kind.

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::Deref;
use std::str::FromStr;

use crate::document::{Document, Node, Path, Value, line_and_column};
use crate::finding::{Finding, Findings, Severity};
use crate::policy::kind::{Identity, Kind, PolicyKind, Resource, ResourceControl, ServiceControl, Session, Trust};
use crate::policy::read::{STATEMENT, read};
use crate::shown::Shown;

/// A policy of a user, group or role; also a permissions boundary.
pub type IdentityPolicy = Policy<Identity>;
/// A role trust policy: who may assume the role.
pub type TrustPolicy = Policy<Trust>;
/// A policy attached to a resource: a bucket, a key, a queue.
pub type ResourcePolicy = Policy<Resource>;
/// A policy passed when a role is assumed.
pub type SessionPolicy = Policy<Session>;
/// A service control policy (SCP).
pub type ServiceControlPolicy = Policy<ServiceControl>;
/// A resource control policy (RCP).
pub type ResourceControlPolicy = Policy<ResourceControl>;

/// A policy of one kind, kept as it was written.
///
/// Made by `policy!`, by [`from_json`](Self::from_json), or by [`from_document`](Self::from_document). Each makes sure of
/// the form: elements, their types, what the kind demands. Whether the actions exist and the resources fit is for
/// [`check`](crate::check::check()) to say.
///
/// Two policies are equal when they are written the same but for white space; [`means_the_same`](Self::means_the_same)
/// compares what they say.
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
/// assert_eq!(error.to_string(), "line 1, column 1: the policy has no `Statement` [MISSING_STATEMENT]\n= note: AWS rejects the policy\n= help: write `\"Statement\": [ ... ]`");
/// # Ok::<(), policy_core::policy::ReadError>(())
/// ```
#[derive(Clone)]
pub struct Policy<K> {
    /// JSON that has the form of the kind: whoever sets it has made sure.
    text: Cow<'static, str>,
    kind: PhantomData<fn() -> K>,
}

impl<K> Policy<K> {
    /// What `policy!` has checked, or rendered from a template that it has checked.
    #[doc(hidden)]
    pub const fn __checked(text: Cow<'static, str>) -> Self {
        Self {
            text,
            kind: PhantomData,
        }
    }

    /// What `policy!` has checked and has no holes.
    #[doc(hidden)]
    pub const fn __constant(json: &'static str) -> Self {
        Self::__checked(Cow::Borrowed(json))
    }
}

impl<K: PolicyKind> Policy<K> {
    /// What kind of policy it is.
    pub const KIND: Kind = K::KIND;

    /// Reads a policy from JSON text. It takes whatever AWS takes: one statement or a list of them, a scalar or a list
    /// wherever a list can stand, numbers and booleans as condition values, a missing `Version`.
    ///
    /// # Errors
    ///
    /// The text is not JSON, or not a policy of this kind; every mistake of its form is named with its line and column.
    pub fn from_json(text: impl Into<String>) -> Result<Self, ReadError> {
        let text = text.into();
        let findings = match Document::read(&text) {
            Ok(document) => {
                let mistakes = Self::mistakes(&document);
                located(&document, mistakes, |offset| Some(line_and_column(&text, offset)))
            }
            Err(error) => vec![Located {
                finding: Finding::from(&error),
                path: Path::default(),
                line_and_column: Some(line_and_column(&text, error.offset())),
            }],
        };
        if findings.is_empty() {
            Ok(Self::__checked(Cow::Owned(text)))
        } else {
            Err(ReadError { findings })
        }
    }

    /// Takes a document as a policy of this kind.
    ///
    /// # Errors
    ///
    /// The document is not a policy of this kind; every mistake of its form is named with its path.
    pub fn from_document(document: &Document<'_>) -> Result<Self, ReadError> {
        let findings = located(document, Self::mistakes(document), |_| None);
        if findings.is_empty() {
            Ok(Self::__checked(Cow::Owned(document.to_json())))
        } else {
            Err(ReadError { findings })
        }
    }

    fn mistakes(document: &Document<'_>) -> Findings {
        let (_, mut findings) = read(document, K::KIND);
        findings.retain(|finding| finding.severity() == Severity::Error);
        findings.sort();
        findings
    }

    /// The policy as it was written, white space included.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The policy as a document, whose places count the bytes of [`text`](Self::text). Read anew at each call.
    pub fn document(&self) -> Document<'_> {
        Document::read(&self.text).unwrap_or_else(|_| unreachable!("only what has been read becomes a policy"))
    }

    /// Everything that is wrong with the policy: see [`check`](crate::check::check()).
    pub fn check(&self) -> Findings {
        crate::check::check(&self.document(), K::KIND, &crate::check::Options::new())
    }

    /// The policy as JSON without white space: what AWS counts against its quotas.
    pub fn to_json(&self) -> String {
        self.document().to_json()
    }

    /// The policy as JSON for people.
    pub fn to_json_pretty(&self) -> String {
        self.document().to_json_pretty()
    }

    /// This policy with the statements of another after its own.
    ///
    /// Statements keep their `Sid`s: if both policies have one of the same name, [`check`](Self::check) says so.
    #[must_use]
    pub fn followed_by(&self, other: &Self) -> Self {
        let (ours, theirs) = (self.document(), other.document());
        let Value::Object(members) = &ours.root().value else {
            return self.clone();
        };
        let statements = |document: &Document<'_>| -> Vec<Node<'static>> {
            let Value::Object(members) = &document.root().value else {
                return Vec::new();
            };
            let lists = members.iter().filter(|member| member.name.written() == STATEMENT);
            lists
                .flat_map(|member| member.value.as_list())
                .map(|node| node.clone().into_owned())
                .collect()
        };
        let mut joined = members.clone();
        for member in joined.iter_mut().filter(|member| member.name.written() == STATEMENT) {
            let all = statements(&ours).into_iter().chain(statements(&theirs)).collect();
            member.value = Node::built(Value::Array(all));
        }
        Self::__checked(Cow::Owned(Node::built(Value::Object(joined)).to_json()))
    }
}

/// Two policies are equal when they are written the same but for white space.
impl<K: PolicyKind> PartialEq for Policy<K> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text || self.document() == other.document()
    }
}

impl<K: PolicyKind> Eq for Policy<K> {}

impl<K: PolicyKind> Hash for Policy<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.to_json().hash(state);
    }
}

impl<K: PolicyKind> fmt::Debug for Policy<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({})", K::KIND.type_name(), self.to_json())
    }
}

/// The policy as JSON without white space; with `{:#}` as JSON for people.
impl<K: PolicyKind> fmt::Display for Policy<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&if f.alternate() {
            self.to_json_pretty()
        } else {
            self.to_json()
        })
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
    /// The policy as JSON without white space. Nothing is left to do at run time.
    pub const fn json(self) -> &'static str {
        match &self.__policy.text {
            Cow::Borrowed(json) => json,
            // `policy!` borrows a literal, and a constant cannot own a `String` that has text in it.
            Cow::Owned(_) => "",
        }
    }

    /// The policy in its owned form; costs nothing.
    pub const fn to_policy(self) -> Policy<K> {
        Policy::__constant(self.json())
    }

    /// The policy as JSON without white space, as [`Policy::to_json`] gives it; [`json`](Self::json) needs no allocation.
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

/// The policy as JSON without white space.
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

/// A text is not a policy of the kind asked for: everything that is wrong with its form, each with its place.
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
    /// The way to it from the root of the document.
    pub path: Path,
    /// The line and column, from 1, where the document was read from text.
    pub line_and_column: Option<(usize, usize)>,
}

impl ReadError {
    /// What is wrong, in the order of the text; at least one.
    pub fn findings(&self) -> &[Located] {
        &self.findings
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (
            index,
            Located {
                finding,
                path,
                line_and_column,
            },
        ) in self.findings.iter().enumerate()
        {
            if index > 0 {
                f.write_str("\n")?;
            }
            match line_and_column {
                Some((line, column)) => write!(f, "line {line}, column {column}: ")?,
                None if path.steps().is_empty() => {}
                None => write!(f, "{}: ", Shown(path))?,
            }
            finding.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for ReadError {}

fn located(
    document: &Document<'_>,
    findings: Findings,
    line_and_column: impl Fn(usize) -> Option<(usize, usize)>,
) -> Vec<Located> {
    findings
        .into_iter()
        .map(|finding| Located {
            path: document.path_to(finding.place()).unwrap_or_default(),
            line_and_column: line_and_column(finding.place().start as usize),
            finding,
        })
        .collect()
}
