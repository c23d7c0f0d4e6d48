//! Statements from JSON.

use std::str::FromStr;

use crate::document::{Document, Member, Node, Value};
use crate::finding::{Code, Finding, Findings};
use crate::policy::ReadError;
use crate::policy::build::Statement;
use crate::policy::kind::PolicyKind;
use crate::policy::owned::{located, mistakes};
use crate::policy::read::STATEMENT;
use crate::policy::statement::Version;

impl<K: PolicyKind> Statement<K> {
    /// Reads a statement from JSON: one object of a policy's `Statement`.
    ///
    /// ```
    /// use policy_core::policy::build::Statement;
    /// use policy_core::policy::kind::Identity;
    ///
    /// let statement = Statement::<Identity>::from_json(r#"{ "Effect": "Allow", "Action": "s3:*", "Resource": "*" }"#)?;
    /// assert!(statement.view().actions().values().eq(["s3:*"]));
    ///
    /// let error = Statement::<Identity>::from_json(r#"{ "Effect": "Allow", "Action": "s3:*" }"#).unwrap_err();
    /// assert_eq!(error.findings()[0].finding.code().name(), "MISSING_RESOURCE");
    /// # Ok::<(), policy_core::policy::ReadError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The text is not JSON, or not a statement of this kind of policy; the error lists every mistake with line and column.
    pub fn from_json(text: &str) -> Result<Self, ReadError> {
        let document = Document::read(text).map_err(|error| ReadError::of_syntax(text, &error))?;
        Self::verified(&document, Some(text))
    }

    /// Converts a JSON value into a statement of this kind of policy.
    ///
    /// # Errors
    ///
    /// The value is not a statement of this kind of policy; the error lists every mistake with its path in the value.
    pub fn from_node(node: &Node<'_>) -> Result<Self, ReadError> {
        Self::verified(&Document::new(node.clone().unplaced()).numbered(), None)
    }

    fn verified(document: &Document<'_>, text: Option<&str>) -> Result<Self, ReadError> {
        if let Some(statements) = document.root().member(STATEMENT) {
            let mut findings = Findings::new();
            findings.push(whole_policy(document.root(), statements));
            return Err(ReadError::of(located(document, findings, text)));
        }
        // In a list, as a list itself would be read as several statements.
        let statements = Node::built(Value::Array(vec![document.root().clone()]));
        let around = Node::built(Value::Object(vec![
            Member::built("Version", Node::string(Version::V2012.name())),
            Member::built(STATEMENT, statements),
        ]));
        let findings = located(document, mistakes(&Document::new(around), K::KIND), text);
        if findings.is_empty() {
            Ok(Self::of(document.root().clone().unplaced().into_owned()))
        } else {
            Err(ReadError::of(findings))
        }
    }
}

/// The mistake of a policy where one of its statements is read.
fn whole_policy(root: &Node<'_>, statements: &Node<'_>) -> Finding {
    let kept = match statements.as_list().len() {
        1 => "keep only the object in its `Statement`",
        _ => "read it as a policy, or keep one object of its `Statement`",
    };
    Finding::new(
        Code::InvalidPolicyElement,
        root.place,
        "this is a policy, not a statement",
    )
    .with_help(kept)
}

impl<K: PolicyKind> FromStr for Statement<K> {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        Self::from_json(text)
    }
}
