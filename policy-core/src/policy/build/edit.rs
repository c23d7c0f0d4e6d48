//! Removes parts of a statement.

use crate::document::{Member, Node, Value};
use crate::policy::build::Statement;
use crate::policy::kind::PolicyKind;
use crate::policy::{Condition, Operator, PrincipalKey};

/// Removal. What is left keeps its order and spelling, and a list of one stays a list.
///
/// A list whose last value is removed is empty, `[]`, until it gets another, and so is a `Principal`, `{}`. No policy can be made with such a statement: that is an
/// error of [`Policy::map`](crate::policy::Policy::map) and [`Builder::build`](super::Builder::build). Remove the statement instead.
impl<K: PolicyKind> Statement<K> {
    /// Removes the `Sid`.
    pub fn without_sid(mut self) -> Self {
        self.remove("Sid");
        self
    }

    /// Removes an action from its `Action` or `NotAction`. Case does not matter, as in AWS.
    ///
    /// ```
    /// use policy_core::policy::build::Statement;
    /// use policy_core::policy::kind::Identity;
    ///
    /// let statement = Statement::<Identity>::allow(["s3:GetObject", "s3:PutObject"]).resources(["*"]);
    /// let statement = statement.without_action("s3:putobject");
    /// assert_eq!(statement.to_json(), r#"{"Effect":"Allow","Action":["s3:GetObject"],"Resource":"*"}"#);
    /// ```
    pub fn without_action(self, action: &str) -> Self {
        self.retain_actions(|written| !written.eq_ignore_ascii_case(action))
    }

    /// Keeps only these actions of its `Action` or `NotAction`.
    ///
    /// ```
    /// use policy_core::policy::build::Statement;
    /// use policy_core::policy::kind::Identity;
    ///
    /// let statement = Statement::<Identity>::allow(["s3:GetObject", "s3:PutObject", "sqs:SendMessage"]).resources(["*"]);
    /// let statement = statement.retain_actions(|action| !action.starts_with("s3:"));
    /// assert!(statement.view().actions().values().eq(["sqs:SendMessage"]));
    /// ```
    pub fn retain_actions(mut self, keep: impl FnMut(&str) -> bool) -> Self {
        self.retain(["Action", "NotAction"], keep);
        self
    }

    /// Removes a resource from its `Resource` or `NotResource`.
    pub fn without_resource(self, resource: &str) -> Self {
        self.retain_resources(|written| written != resource)
    }

    /// Keeps only these resources of its `Resource` or `NotResource`.
    ///
    /// ```
    /// use policy_core::policy::build::Statement;
    /// use policy_core::policy::kind::Identity;
    ///
    /// let statement = Statement::<Identity>::allow(["s3:GetObject"]).resources(["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"]);
    /// let statement = statement.retain_resources(|resource| resource.ends_with(":a/*"));
    /// assert!(statement.view().resources().unwrap().values().eq(["arn:aws:s3:::a/*"]));
    /// ```
    pub fn retain_resources(mut self, keep: impl FnMut(&str) -> bool) -> Self {
        self.retain(["Resource", "NotResource"], keep);
        self
    }

    /// Removes a principal from its `Principal` or `NotPrincipal`, and the key with its last principal. A bare
    /// `"Principal": "*"` is `*` below `AWS`, as in [`everyone`](Self::everyone).
    ///
    /// ```
    /// use policy_core::policy::PrincipalKey;
    /// use policy_core::policy::build::Statement;
    /// use policy_core::policy::kind::Trust;
    ///
    /// let statement = Statement::<Trust>::allow(["sts:AssumeRole"])
    ///     .principals(PrincipalKey::Service, ["ecs-tasks.amazonaws.com"])
    ///     .principals(PrincipalKey::Aws, ["111122223333"]);
    /// let statement = statement.without_principal(PrincipalKey::Aws, "111122223333");
    /// assert_eq!(
    ///     statement.to_json(),
    ///     r#"{"Effect":"Allow","Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole"}"#,
    /// );
    /// ```
    pub fn without_principal(self, key: PrincipalKey, principal: &str) -> Self {
        self.retain_principals(|of, written| of != key || written != principal)
    }

    /// Keeps only these principals of its `Principal` or `NotPrincipal`; a key is removed with its last principal. A bare `"Principal": "*"` is
    /// `*` below `AWS`, so that public access is narrowed like access for some principals:
    ///
    /// ```
    /// use policy_core::policy::PrincipalKey;
    /// use policy_core::policy::build::Statement;
    /// use policy_core::policy::kind::Resource;
    ///
    /// let statement = Statement::<Resource>::allow(["sqs:SendMessage"]).everyone().resources(["*"]);
    /// let statement = statement
    ///     .retain_principals(|_, principal| principal != "*")
    ///     .principals(PrincipalKey::Aws, ["111122223333"]);
    /// assert_eq!(
    ///     statement.to_json(),
    ///     r#"{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sqs:SendMessage","Resource":"*"}"#,
    /// );
    /// ```
    pub fn retain_principals(mut self, mut keep: impl FnMut(PrincipalKey, &str) -> bool) -> Self {
        for name in ["Principal", "NotPrincipal"] {
            let Some(node) = self.element_mut(name) else { continue };
            if let Some(bare) = node.as_text() {
                if !keep(PrincipalKey::Aws, bare.written()) {
                    *node = Node::built(Value::Object(Vec::new()));
                }
            } else if let Some(keys) = node.members_mut() {
                keys.retain_mut(|member| {
                    let Ok(key) = member.name.written().parse() else {
                        return true;
                    };
                    keep_strings(&mut member.value, |written| keep(key, written))
                });
            }
        }
        self
    }

    /// Removes the condition with this operator and key. The case of the key does not matter, as in AWS.
    ///
    /// ```
    /// use policy_core::policy::Comparison;
    /// use policy_core::policy::build::Statement;
    /// use policy_core::policy::kind::Identity;
    ///
    /// let statement = Statement::<Identity>::allow(["s3:GetObject"])
    ///     .resources(["*"])
    ///     .condition(Comparison::Bool, "aws:SecureTransport", [true]);
    /// let statement = statement.without_condition(Comparison::Bool, "aws:securetransport");
    /// assert_eq!(statement.to_json(), r#"{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}"#);
    /// ```
    pub fn without_condition(self, operator: impl Into<Operator>, key: &str) -> Self {
        let operator = operator.into();
        self.retain_conditions(|condition| condition.operator != Some(operator) || !condition.is_on(key))
    }

    /// Keeps only these conditions. An operator without a key is removed with its last, and so is `Condition`.
    ///
    /// ```
    /// use policy_core::policy::Comparison;
    /// use policy_core::policy::build::Statement;
    /// use policy_core::policy::kind::Identity;
    ///
    /// let statement = Statement::<Identity>::allow(["s3:GetObject"])
    ///     .resources(["*"])
    ///     .condition(Comparison::StringEquals, "aws:PrincipalTag/team", ["data"])
    ///     .condition(Comparison::StringEquals, "s3:ExistingObjectTag/stage", ["open"]);
    /// let statement = statement.retain_conditions(|condition| condition.is_on("aws:PrincipalTag/team"));
    /// assert_eq!(statement.view().conditions().count(), 1);
    /// ```
    pub fn retain_conditions(mut self, mut keep: impl FnMut(Condition<'_>) -> bool) -> Self {
        let kept: Vec<bool> = self.view().conditions().map(&mut keep).collect();
        if kept.iter().all(|kept| *kept) {
            return self;
        }
        let mut kept = kept.into_iter();
        let operators = self.element_mut("Condition").and_then(Node::members_mut);
        if let Some(operators) = operators {
            operators.retain_mut(|operator| {
                let keys = operator.value.members_mut();
                keys.is_none_or(|keys| {
                    let before = keys.len();
                    keys.retain(|_| kept.next().unwrap_or(true));
                    keys.len() == before || !keys.is_empty()
                })
            });
            if operators.is_empty() {
                self.remove("Condition");
            }
        }
        self
    }

    fn remove(&mut self, name: &str) {
        if let Some(members) = self.node.members_mut() {
            members.retain(|member: &Member<'_>| member.name.written() != name);
        }
    }

    fn retain(&mut self, names: [&str; 2], mut keep: impl FnMut(&str) -> bool) {
        for name in names {
            if let Some(node) = self.element_mut(name) {
                keep_strings(node, &mut keep);
            }
        }
    }
}

/// Keeps only these strings of a scalar or a list, and tells whether any is left or none was removed.
fn keep_strings(node: &mut Node<'static>, mut keep: impl FnMut(&str) -> bool) -> bool {
    let mut keep = |node: &Node<'_>| node.as_text().is_none_or(|text| keep(text.written()));
    if let Value::Array(elements) = &mut node.value {
        let before = elements.len();
        elements.retain(|element| keep(element));
        return elements.len() == before || !elements.is_empty();
    }
    let kept = keep(node);
    if !kept {
        *node = Node::built(Value::Array(Vec::new()));
    }
    kept
}
