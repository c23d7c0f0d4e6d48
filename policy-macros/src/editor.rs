//! What an editor shows of a policy's actions: the text over one, the way to its definition, and what one that is being
//! written can become.
//!
//! For an action the expansion has an item of that name, documented from the catalogue, and a reference to it that carries
//! the span of the action. It is there for rust-analyzer alone: the compiler sees one macro call that it drops unread, so
//! that it pays for none of the documentation.

use std::fmt::Write;

use policy_core::catalogue::{self, Action, Service};
use policy_core::document::{Node, Value};

use crate::body::{is_string, unquote};
use crate::code::{Arg, Code};
use crate::header::Header;
use crate::token::{Cursor, Token, place};

/// The actions of a policy, handed to the macro that makes the items.
pub fn references(tokens: &[Token], root: &Node<'_>, header: &Header) -> Code {
    let macros = match (&header.macros, &header.core) {
        (Some(path), _) => Code::user(path.clone()),
        (None, None) => Code::of("::policy_macros", &[]),
        // Where policy-core has another name, policy-macros may have one too, and nobody says which.
        (None, Some(_)) => return Code::default(),
    };
    let mut actions = Code::default();
    each_action(root, &mut |node| {
        let range = usize::try_from(node.place.start).unwrap_or(0)..usize::try_from(node.place.end).unwrap_or(0);
        if tokens.get(range.clone()).is_some() {
            actions.push(Code::user(range));
            actions.push(Code::of(",", &[]));
        }
    });
    if actions.is_empty() {
        return actions;
    }
    Code::of(
        "#[allow(unexpected_cfgs)] const _: () = { #[cfg(rust_analyzer)] $macros::__editor! { $actions } };",
        &[("macros", Arg::Code(&macros)), ("actions", Arg::Code(&actions))],
    )
}

fn each_action(root: &Node<'_>, visit: &mut dyn FnMut(&Node<'_>)) {
    let Some(statements) = member(root, "Statement") else {
        return;
    };
    for statement in statements.as_list() {
        for name in ["Action", "NotAction"] {
            for action in member(statement, name).map(Node::as_list).unwrap_or_default() {
                if action.as_text().is_some() {
                    visit(action);
                }
            }
        }
    }
}

fn member<'n, 'd>(node: &'n Node<'d>, name: &str) -> Option<&'n Node<'d>> {
    let Value::Object(members) = &node.value else {
        return None;
    };
    members
        .iter()
        .find(|member| member.name.written() == name)
        .map(|member| &member.value)
}

/// The items for a list of actions, each a string or written without quotes.
pub fn items(tokens: &[Token]) -> Code {
    let mut code = Code::default();
    let mut cursor = Cursor::new(tokens, 0..tokens.len());
    while !cursor.is_done() {
        let start = cursor.at();
        let mut written = String::new();
        while let Some(token) = cursor.peek() {
            if *token == Token::Punct(',') {
                break;
            }
            match token {
                Token::Literal(literal) if is_string(literal) => {
                    written.push_str(&unquote(literal).unwrap_or_default())
                }
                token => written.push_str(&token.shown()),
            }
            cursor.skip();
        }
        let end = cursor.at();
        cursor.eat(',');
        if let Some((prefix, name)) = written.split_once(':')
            && let Some(service) = catalogue::service(prefix)
        {
            code.push(item(service, name, start, end));
        }
    }
    code
}

fn item(service: Service, name: &str, start: usize, end: usize) -> Code {
    // The module has a name that is always one of Rust's, whatever the service is called.
    let module = service.prefix().replace('-', "_");
    match service.action(name) {
        Some(action) => Code::of(
            "const _: () = { mod $module { #[doc = $doc] pub struct $name; } let _ = $module::$reference; };",
            &[
                ("module", Arg::Ident(&module)),
                ("doc", Arg::String(&documentation(&action))),
                ("name", Arg::Ident(&rust_name(action.name()))),
                (
                    "reference",
                    Arg::Code(
                        &Code::of("$name", &[("name", Arg::Ident(&rust_name(action.name())))]).at(place(start..end)),
                    ),
                ),
            ],
        ),
        // One that is being written, without quotes: the editor completes the last word of the path.
        None if end - start > 2 && name.chars().all(|character| character.is_ascii_alphanumeric()) => {
            let mut names = Code::default();
            for action in service.actions() {
                names.push(Code::of(
                    "#[doc = $doc] pub struct $name;",
                    &[
                        ("doc", Arg::String(&documentation(&action))),
                        ("name", Arg::Ident(&rust_name(action.name()))),
                    ],
                ));
            }
            Code::of(
                "const _: () = { mod $module { $names } let _ = $module::$partial; };",
                &[
                    ("module", Arg::Ident(&module)),
                    ("names", Arg::Code(&names)),
                    ("partial", Arg::Code(&Code::user(end - 1..end))),
                ],
            )
        }
        None => Code::default(),
    }
}

/// The name of an action as one of Rust's: one has a hyphen in it.
fn rust_name(action: &str) -> String {
    action.replace('-', "_")
}

/// What is known of an action, as Markdown.
fn documentation(action: &Action) -> String {
    let service = action.service();
    let mut text = format!("`{}` of {}\n\n", action.qualified(), service.name());
    let levels: Vec<String> = action.access_levels().map(|level| format!("{level:?}")).collect();
    let _ = writeln!(text, "- Access level: {}", levels.join(", "));
    let types: Vec<String> = action
        .resource_types()
        .map(|on| {
            format!(
                "`{}`{}",
                on.resource_type().name(),
                if on.required() { " (required)" } else { "" }
            )
        })
        .collect();
    if types.is_empty() {
        text.push_str("- Resource types: none, it takes `\"Resource\": \"*\"` only\n");
    } else {
        let _ = writeln!(text, "- Resource types: {}", types.join(", "));
    }
    list(&mut text, "Condition keys", action.condition_keys());
    list(&mut text, "Dependent actions", action.dependent_actions());
    let page: String = service.name().chars().filter(char::is_ascii_alphanumeric).collect();
    let _ = write!(
        text,
        "\n[AWS's page](https://docs.aws.amazon.com/service-authorization/latest/reference/list_{}.html), as of {}",
        page.to_ascii_lowercase(),
        catalogue::snapshot().date()
    );
    text
}

fn list<'a>(text: &mut String, what: &str, items: impl Iterator<Item = &'a str>) {
    let items: Vec<String> = items.map(|item| format!("`{item}`")).collect();
    if !items.is_empty() {
        let _ = writeln!(text, "- {what}: {}", items.join(", "));
    }
}
