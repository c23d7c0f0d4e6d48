//! The elements of a policy and their places in a document.

use std::fmt;
use std::slice;
use std::str::FromStr;

use crate::document::{Node, Place, Text};
use crate::policy::operator::{Comparison, Operator};
use crate::spelling::{self, UnknownNameError};

/// `Allow` or `Deny`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// Allows the requests that match, unless a statement denies them.
    Allow,
    /// Denies the requests that match, whatever allows them.
    Deny,
}

impl Effect {
    /// Both effects.
    pub const ALL: [Self; 2] = [Self::Allow, Self::Deny];

    /// The effect as written in a policy.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Allow => "Allow",
            Self::Deny => "Deny",
        }
    }
}

/// The effect as written in a policy.
impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Case matters, as in AWS.
impl FromStr for Effect {
    type Err = UnknownNameError;

    #[inline]
    fn from_str(name: &str) -> Result<Self, UnknownNameError> {
        spelling::find("an effect", name, &Self::ALL, Self::name)
    }
}

/// The version of the policy language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Version {
    /// `2012-10-17`: the current version.
    V2012,
    /// `2008-10-17`, also the default: `${...}` is not a variable but literal text.
    V2008,
}

impl Version {
    /// All versions, the current one first.
    pub const ALL: &'static [Self] = &[Self::V2012, Self::V2008];

    /// The version as written in a policy.
    pub const fn name(self) -> &'static str {
        match self {
            Self::V2012 => "2012-10-17",
            Self::V2008 => "2008-10-17",
        }
    }
}

/// The version as written in a policy.
impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Version {
    type Err = UnknownNameError;

    #[inline]
    fn from_str(name: &str) -> Result<Self, UnknownNameError> {
        spelling::find("a version of the policy language", name, Self::ALL, Self::name)
    }
}

/// The meaning of a document as far as it can be understood: the basis of the checker and the evaluator.
///
/// It borrows from the document and leaves out malformed parts, so that one mistake does not hide the others.
///
/// ```
/// use policy_core::document::Document;
/// use policy_core::policy::{Effect, Kind, read};
///
/// let document = Document::read(r#"{ "Version": "2012-10-17", "Statement": {
///     "Effect": "Deny", "NotAction": ["iam:*", "sts:*"], "Resource": "*" } }"#)?;
/// let (outline, findings) = read(&document, Kind::ServiceControl);
/// assert!(findings.is_empty());
///
/// let statement = &outline.statements[0];
/// assert_eq!(statement.effect, Some(Effect::Deny));
/// let action = statement.action.unwrap();
/// assert!(action.negated);
/// assert!(action.texts().map(|(_, text)| text.written()).eq(["iam:*", "sts:*"]));
/// # Ok::<(), policy_core::document::SyntaxError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Outline<'d> {
    /// The version of the policy language.
    pub version: Version,
    /// The statements, in order.
    pub statements: Vec<StatementOutline<'d>>,
}

/// The meaning of a statement as far as it can be understood, in an [`Outline`]. A statement of a policy, which can be
/// understood, is a [`StatementRef`](crate::policy::StatementRef).
#[derive(Clone, Debug)]
pub struct StatementOutline<'d> {
    /// The object.
    pub node: &'d Node<'d>,
    /// Its `Sid`.
    pub sid: Option<&'d Node<'d>>,
    /// Its `Effect`.
    pub effect: Option<Effect>,
    /// Its `Principal` or `NotPrincipal`.
    pub principal: Option<Element<'d>>,
    /// Its `Action` or `NotAction`.
    pub action: Option<Element<'d>>,
    /// Its `Resource` or `NotResource`.
    pub resource: Option<Element<'d>>,
    /// Its conditions: each operator with each of its keys.
    pub conditions: Vec<Condition<'d>>,
    pub(super) misspelt: Vec<&'static str>,
}

impl StatementOutline<'_> {
    /// Whether an element, or its negation, seems to be present under a misspelled name: that is reported once, not
    /// twice.
    pub(crate) fn lacks_only_for_spelling(&self, element: &str) -> bool {
        self.misspelt
            .iter()
            .any(|name| name.strip_prefix("Not").unwrap_or(name) == element)
    }
}

/// An element that has a negation: `Action` and `NotAction`.
#[derive(Clone, Copy, Debug)]
pub struct Element<'d> {
    /// Whether it is the negation, `NotAction`.
    pub negated: bool,
    /// The place of its name.
    pub name_place: Place,
    /// Its value.
    pub value: &'d Node<'d>,
}

impl<'d> Element<'d> {
    /// Whether it is the negation: `NotAction`, `NotResource`, `NotPrincipal`.
    pub const fn is_negated(&self) -> bool {
        self.negated
    }

    /// Its strings as written, from a scalar or a list; for a principal see
    /// [`principals`](crate::policy::StatementRef::principals).
    pub fn values(&self) -> impl Iterator<Item = &'d str> + use<'d> {
        self.texts().map(|(_, text)| text.written())
    }

    /// Its strings, from a scalar or a list; other values are left out.
    pub fn texts(&self) -> impl Iterator<Item = (Place, &'d Text<'d>)> + use<'d> {
        Texts(self.value.as_list().iter())
    }
}

struct Texts<'d>(slice::Iter<'d, Node<'d>>);

impl<'d> Iterator for Texts<'d> {
    type Item = (Place, &'d Text<'d>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let node = self.0.next()?;
            if let Some(text) = node.as_text() {
                return Some((node.place, text));
            }
        }
    }
}

/// One key of one operator of a `Condition`, with its values.
#[derive(Clone, Copy, Debug)]
pub struct Condition<'d> {
    /// The place of the operator.
    pub operator_place: Place,
    /// The operator as written.
    pub operator_text: &'d Text<'d>,
    /// The operator, if AWS has it.
    pub operator: Option<Operator>,
    /// The place of the key.
    pub key_place: Place,
    /// The key as written.
    pub key: &'d Text<'d>,
    /// The value, or the list of values.
    pub value: &'d Node<'d>,
}

impl<'d> Condition<'d> {
    /// Whether it uses this key, which is not case-sensitive.
    ///
    /// ```
    /// use policy_core::document::Document;
    /// use policy_core::policy::{Kind, read};
    ///
    /// let document = Document::read(r#"{ "Version": "2012-10-17", "Statement": {
    ///     "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
    ///     "Condition": { "StringEquals": { "aws:ResourceTag/team": "data" } } } }"#)?;
    /// let (outline, _) = read(&document, Kind::Identity);
    /// let condition = outline.statements[0].conditions[0];
    /// assert!(condition.is_on("AWS:resourcetag/team") && !condition.is_on("aws:ResourceTag/"));
    /// assert!(condition.is_on_one_of(&["aws:PrincipalTag/", "aws:ResourceTag/"]));
    /// # Ok::<(), policy_core::document::SyntaxError>(())
    /// ```
    pub fn is_on(&self, key: &str) -> bool {
        self.key.filled().eq_ignore_ascii_case(key)
    }

    /// Whether it uses one of these keys; a key that ends with a slash, `aws:PrincipalTag/`, matches every key with
    /// that prefix.
    pub fn is_on_one_of(&self, keys: &[&str]) -> bool {
        keys.iter()
            .any(|key| self.is_on(key) || key.ends_with('/') && self.key.begins_with(key))
    }

    /// Whether it compares the key's values with a known operator, other than testing whether the key is present.
    pub fn compares(&self) -> bool {
        self.operator
            .is_some_and(|operator| operator.comparison != Comparison::Null)
    }

    /// Its values as written: strings, and numbers and booleans without quotes.
    pub fn values(&self) -> impl Iterator<Item = &'d str> + use<'d> {
        self.value.as_list().iter().filter_map(Node::as_scalar)
    }

    /// Its string values.
    pub fn texts(&self) -> impl Iterator<Item = &'d Text<'d>> + use<'d> {
        self.value.as_list().iter().filter_map(Node::as_text)
    }
}

/// A statement as a reader of the policy would name it: "statement 2 `ReadExports`".
#[cfg(any(feature = "edit", feature = "evaluate"))]
pub(crate) fn in_policy(index: usize, sid: Option<&str>) -> String {
    let statement = format!("statement {}", index + 1);
    match sid {
        Some(sid) if !sid.is_empty() => format!("{statement} `{sid}`"),
        _ => statement,
    }
}
