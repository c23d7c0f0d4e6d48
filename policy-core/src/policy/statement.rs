//! A document seen as a policy: what each element is and where it stands.

use std::fmt;

use crate::document::{Node, Place, Text};
use crate::policy::operator::{Comparison, Operator};

/// `Allow` or `Deny`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// What matches is allowed, unless something denies it.
    Allow,
    /// What matches is denied, whatever allows it.
    Deny,
}

impl Effect {
    /// The value of an `Effect` element: case matters.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "Allow" => Some(Self::Allow),
            "Deny" => Some(Self::Deny),
            _ => None,
        }
    }

    /// As a policy writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Allow => "Allow",
            Self::Deny => "Deny",
        }
    }
}

/// The effect as a policy writes it.
impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The language a policy is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Version {
    /// `2012-10-17`: the current one.
    V2012,
    /// `2008-10-17`, also where none is named: `${...}` is not a variable but these very characters.
    V2008,
}

impl Version {
    /// As a policy writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::V2012 => "2012-10-17",
            Self::V2008 => "2008-10-17",
        }
    }
}

/// What a document says, as far as it can be understood: the view that the checker judges and the evaluator asks.
///
/// It borrows from the document and leaves out what is not sound, so that one mistake does not hide the others.
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
    /// The language.
    pub version: Version,
    /// The statements, in order.
    pub statements: Vec<Statement<'d>>,
}

/// One statement.
#[derive(Clone, Debug)]
pub struct Statement<'d> {
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
    /// The lines of its `Condition`, each operator with each of its keys.
    pub conditions: Vec<Condition<'d>>,
    pub(super) misspelt: Vec<&'static str>,
}

impl Statement<'_> {
    /// Whether an element, or its opposite, seems to stand there under a misspelt name: that is said once, not twice.
    pub(super) fn lacks_only_for_spelling(&self, element: &str) -> bool {
        self.misspelt
            .iter()
            .any(|name| name.strip_prefix("Not").unwrap_or(name) == element)
    }
}

/// An element that has an opposite: `Action` and `NotAction`.
#[derive(Clone, Copy, Debug)]
pub struct Element<'d> {
    /// Whether it is the opposite, `NotAction`.
    pub negated: bool,
    /// Where its name stands.
    pub name_place: Place,
    /// Its value.
    pub value: &'d Node<'d>,
}

impl<'d> Element<'d> {
    /// Its strings, of a scalar or a list; what is not a string is left out.
    pub fn texts(&self) -> impl Iterator<Item = (Place, &'d Text<'d>)> + use<'d> {
        self.value
            .as_list()
            .iter()
            .filter_map(|node| Some((node.place, node.as_text()?)))
    }
}

/// One key of one operator of a `Condition`, with its values.
#[derive(Clone, Copy, Debug)]
pub struct Condition<'d> {
    /// Where the operator stands.
    pub operator_place: Place,
    /// The operator as written.
    pub operator_text: &'d Text<'d>,
    /// The operator, if AWS has it.
    pub operator: Option<Operator>,
    /// Where the key stands.
    pub key_place: Place,
    /// The key as written.
    pub key: &'d Text<'d>,
    /// The value, or the list of them.
    pub value: &'d Node<'d>,
}

impl<'d> Condition<'d> {
    /// Whether it is on this key, whose case does not matter.
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

    /// Whether it is on one of these keys; one that ends in a slash, `aws:PrincipalTag/`, stands for all that begin so.
    pub fn is_on_one_of(&self, keys: &[&str]) -> bool {
        keys.iter()
            .any(|key| self.is_on(key) || key.ends_with('/') && self.key.begins_with(key))
    }

    /// Whether it compares the key's values, by an operator that AWS has, and does not ask whether there are any.
    pub fn compares(&self) -> bool {
        self.operator
            .is_some_and(|operator| operator.comparison != Comparison::Null)
    }

    /// Its values that are strings.
    pub fn texts(&self) -> impl Iterator<Item = &'d Text<'d>> + use<'d> {
        self.value.as_list().iter().filter_map(Node::as_text)
    }
}
