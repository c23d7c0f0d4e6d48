//! The texts of a policy, and what each of them is.

use std::ops::Range;

use policy_core::document::{Node, Text, Value};

/// What a text of a policy is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// The name of an element of the policy.
    Element,
    /// The name of an element of a statement.
    StatementElement,
    Version,
    Effect,
    Action,
    Resource,
    /// `AWS`, `Service`.
    PrincipalKey,
    /// A principal under this key; the key is empty for one without.
    Principal(String),
    Operator,
    /// A condition key under this operator.
    ConditionKey(String),
    /// A value for this condition key.
    ConditionValue(String),
    /// The name of an argument or a block of a data source of Terraform.
    Argument {
        arguments: &'static [&'static str],
        blocks: &'static [&'static str],
    },
    /// Any other text.
    Other,
}

impl Role {
    /// Whether it is the name of a member of an object.
    pub const fn is_name(&self) -> bool {
        matches!(
            self,
            Self::Element | Self::StatementElement | Self::PrincipalKey | Self::Operator | Self::ConditionKey(_)
        )
    }

    /// What a text is that is written instead of the object that has such names.
    pub const fn of_value(&self) -> Self {
        match self {
            Self::PrincipalKey => Self::Principal(String::new()),
            _ => Self::Other,
        }
    }
}

/// A text of a policy.
#[derive(Clone, Debug)]
pub struct Spot<'d> {
    pub text: &'d Text<'static>,
    /// The bytes of the file, quotes included.
    pub place: Range<usize>,
    pub role: Role,
    /// The statement that has it.
    pub statement: Option<&'d Node<'static>>,
    /// The object that has it as a name.
    pub object: Option<&'d Node<'static>>,
}

/// Calls `see` for each text of a policy, in the order written.
pub fn each<'d>(root: &'d Node<'static>, see: &mut dyn FnMut(Spot<'d>)) {
    let mut walk = Walk { statement: None, see };
    walk.object(root, &Role::Element, &mut |walk, name, value| match name {
        "Version" => walk.texts(value, &Role::Version),
        "Statement" => {
            for statement in value.as_list() {
                walk.statement = Some(statement);
                walk.of_statement(statement);
                walk.statement = None;
            }
        }
        _ => walk.texts(value, &Role::Other),
    });
}

struct Walk<'d, 's> {
    statement: Option<&'d Node<'static>>,
    see: &'s mut dyn FnMut(Spot<'d>),
}

impl<'d> Walk<'d, '_> {
    fn of_statement(&mut self, statement: &'d Node<'static>) {
        self.object(
            statement,
            &Role::StatementElement,
            &mut |walk, name, value| match name {
                "Effect" => walk.texts(value, &Role::Effect),
                "Action" | "NotAction" => walk.texts(value, &Role::Action),
                "Resource" | "NotResource" => walk.texts(value, &Role::Resource),
                "Principal" | "NotPrincipal" => {
                    walk.object(value, &Role::PrincipalKey, &mut |walk, key, values| {
                        walk.texts(values, &Role::Principal(key.to_owned()));
                    });
                }
                "Condition" => walk.object(value, &Role::Operator, &mut |walk, operator, keys| {
                    let role = Role::ConditionKey(operator.to_owned());
                    walk.object(keys, &role, &mut |walk, key, values| {
                        walk.texts(values, &Role::ConditionValue(key.to_owned()));
                    });
                }),
                _ => walk.texts(value, &Role::Other),
            },
        );
    }

    /// An object whose names have this role. A text where it should be is a name that is being written.
    fn object(
        &mut self,
        object: &'d Node<'static>,
        role: &Role,
        each: &mut dyn FnMut(&mut Self, &str, &'d Node<'static>),
    ) {
        if let Some(text) = object.as_text() {
            self.see(text, object.place, role, None);
        }
        for member in object.members() {
            self.see(&member.name, member.name_place, role, Some(object));
            each(self, member.name.written(), &member.value);
        }
    }

    /// All texts of a value.
    fn texts(&mut self, value: &'d Node<'static>, role: &Role) {
        match &value.value {
            Value::String(text) => self.see(text, value.place, role, None),
            Value::Array(elements) => elements.iter().for_each(|element| self.texts(element, role)),
            Value::Object(members) => {
                for member in members {
                    self.see(&member.name, member.name_place, &Role::Other, None);
                    self.texts(&member.value, &Role::Other);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn see(
        &mut self,
        text: &'d Text<'static>,
        place: policy_core::document::Place,
        role: &Role,
        object: Option<&'d Node<'static>>,
    ) {
        (self.see)(Spot {
            text,
            place: place.start as usize..place.end as usize,
            role: role.clone(),
            statement: self.statement,
            object,
        });
    }
}

impl Spot<'_> {
    /// The actions of its statement, with their wildcards. Those of `NotAction` are not.
    pub fn actions(&self) -> Vec<String> {
        let action = self.statement.and_then(|statement| statement.member("Action"));
        let texts = action.map(Node::as_list).unwrap_or_default().iter();
        texts
            .filter_map(|node| Some(node.as_text()?.written().to_owned()))
            .collect()
    }
}
