//! Members of a policy in a help, in the language of the file.

use std::borrow::Cow;

use policy_core::document::{Document, Member, Node, Value};

use super::{Context, Style, value, with_variables};

/// The elements of a policy as arguments of `aws_iam_policy_document`, and whether each is a list.
const ARGUMENTS: [(&str, &str, bool); 7] = [
    ("Version", "version", false),
    ("Sid", "sid", false),
    ("Effect", "effect", false),
    ("Action", "actions", true),
    ("NotAction", "not_actions", true),
    ("Resource", "resources", true),
    ("NotResource", "not_resources", true),
];

/// The elements that are blocks of it, whose arguments are the types and the names of principals.
const PRINCIPALS: [(&str, &str); 2] = [("Principal", "principals"), ("NotPrincipal", "not_principals")];

/// The types of principals.
const TYPES: [&str; 4] = ["AWS", "Service", "Federated", "CanonicalUser"];

/// The members of an object, or an object, that are written as JSON; `None` if the text is something else.
pub(super) fn written(json: &str, context: &Context<'_>) -> Option<String> {
    let is_object = json.starts_with('{');
    let are_members = json.starts_with('"') && json.contains("\": ");
    if !is_object && !are_members {
        return None;
    }
    let text = if is_object {
        Cow::Borrowed(json)
    } else {
        Cow::Owned(format!("{{{json}}}"))
    };
    let Ok(document) = Document::read(&text) else {
        // What is left out, `...`, is not JSON.
        return omitted(json, context.style);
    };
    let fragment = Fragment { text: &text, context };
    let members = document.root().members();
    let is_of_arguments = matches!(context.style, Style::Arguments | Style::JsonArguments);
    if is_object {
        let are_principals = members.iter().all(|member| TYPES.contains(&member.name.written()));
        return (is_of_arguments && are_principals && !members.is_empty())
            .then(|| fragment.principals("principals", document.root()));
    }
    let written = members.iter().map(|member| fragment.member(member));
    let between = match context.style {
        Style::Yaml | Style::Arguments | Style::JsonArguments => "` and `",
        _ => ", ",
    };
    Some(written.collect::<Vec<_>>().join(between))
}

fn omitted(json: &str, style: Style) -> Option<String> {
    let (name, value) = json.strip_prefix('"')?.split_once("\": ")?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic()) && !value.contains("\": ");
    is_name.then(|| match (style, name) {
        (Style::Yaml, _) => format!("{name}: {value}"),
        (Style::Object, _) => format!("{name} = {value}"),
        (Style::Arguments, "Statement") => "statement { ... }".to_owned(),
        (Style::JsonArguments, "Statement") => format!("\"statement\": {value}"),
        _ => json.to_owned(),
    })
}

struct Fragment<'f> {
    text: &'f str,
    context: &'f Context<'f>,
}

impl Fragment<'_> {
    fn member(&self, member: &Member<'_>) -> String {
        let name = member.name.written();
        match self.context.style {
            Style::Yaml if is_word(name) => format!("{name}: {}", self.value(&member.value)),
            Style::Object if is_word(name) => format!("{name} = {}", self.value(&member.value)),
            Style::Arguments | Style::JsonArguments => self.argument(name, &member.value),
            _ => format!("\"{name}\": {}", self.value(&member.value)),
        }
    }

    /// An element as it is in the data source.
    fn argument(&self, name: &str, node: &Node<'_>) -> String {
        let block = PRINCIPALS.iter().find(|(element, _)| *element == name);
        let argument = ARGUMENTS.iter().find(|(element, ..)| *element == name);
        match (block, argument, &node.value) {
            (Some((_, block)), ..) => self.principals(block, node),
            (_, Some((_, argument, true)), _) => self.given(argument, &self.list(node)),
            (_, Some((_, argument, false)), _) => self.given(argument, &self.value(node)),
            _ if TYPES.contains(&name) => self.block(
                "principals",
                &[("type", quoted(name)), ("identifiers", self.list(node))],
            ),
            (_, _, Value::Object(operators)) if name == "Condition" => {
                let blocks = operators
                    .iter()
                    .map(|operator| self.condition(operator.name.written(), &operator.value));
                blocks.collect::<Vec<_>>().join("` and `")
            }
            (_, _, Value::Object(_)) => self.condition(name, node),
            _ => format!("\"{name}\": {}", self.value(node)),
        }
    }

    /// The blocks of an operator, one for each key.
    fn condition(&self, operator: &str, keys: &Node<'_>) -> String {
        let blocks = keys.members().iter().map(|key| {
            let arguments = [
                ("test", quoted(operator)),
                ("variable", quoted(key.name.written())),
                ("values", self.list(&key.value)),
            ];
            self.block("condition", &arguments)
        });
        blocks.collect::<Vec<_>>().join("` and `")
    }

    /// The blocks of an element, one for each type.
    fn principals(&self, block: &str, node: &Node<'_>) -> String {
        let of = |name: &str, names: &Node<'_>| {
            self.block(block, &[("type", quoted(name)), ("identifiers", self.list(names))])
        };
        match &node.value {
            Value::Object(types) => {
                let blocks = types.iter().map(|own| of(own.name.written(), &own.value));
                blocks.collect::<Vec<_>>().join("` and `")
            }
            _ => of("*", node),
        }
    }

    /// A block with arguments. In a line of its own it cannot be in HCL, where a block of one line has one argument.
    fn block(&self, name: &str, arguments: &[(&str, String)]) -> String {
        let given: Vec<String> = arguments.iter().map(|(name, value)| self.given(name, value)).collect();
        if self.context.style == Style::JsonArguments {
            return format!("\"{name}\": {{ {} }}", given.join(", "));
        }
        match given.split_last() {
            Some((last, before)) => format!("{name}` with `{}` and `{last}", before.join("`, `")),
            None => name.to_owned(),
        }
    }

    fn given(&self, name: &str, value: &str) -> String {
        if self.context.style.is_json() {
            format!("\"{name}\": {value}")
        } else {
            format!("{name} = {value}")
        }
    }

    fn list(&self, node: &Node<'_>) -> String {
        match node.value {
            Value::Array(_) => self.value(node),
            _ => format!("[{}]", self.value(node)),
        }
    }

    /// A value as it is written, but for what refers to something.
    fn value(&self, node: &Node<'_>) -> String {
        let own = node
            .as_text()
            .and_then(|text| value(text.written(), self.context.style));
        own.unwrap_or_else(|| {
            let place = node.place.start as usize..node.place.end as usize;
            with_variables(self.text.get(place).unwrap_or_default(), self.context).into_owned()
        })
    }
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

fn is_word(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic())
}
