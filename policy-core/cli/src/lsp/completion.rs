//! What can be written at the cursor.

use std::collections::HashSet;

use policy_core::arn::ArnFormat;
use policy_core::catalogue::{self, AccessLevel, Action, ConditionKey, Scalar, Service, markdown};
use policy_core::policy::{
    Comparison, Effect, Kind, Operator, PrincipalKey, Qualifier, STATEMENT_ELEMENTS, TOP_ELEMENTS, Version,
};
use serde_json::{Value, json};

use super::cursor::{self, Cursor, Quotes};
use super::document::Document;
use super::spot::Role;

/// The kinds of items:
/// <https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#completionItemKind>.
const FUNCTION: u8 = 3;
const MODULE: u8 = 9;
const PROPERTY: u8 = 10;
const VALUE: u8 = 12;
const SNIPPET: u8 = 15;
const OPERATOR: u8 = 24;

/// The format of a text with places to go to.
const AS_SNIPPET: u8 = 2;

/// The most actions of a statement, its wildcards expanded, whose condition keys are looked up one by one.
const MOST_ACTIONS: usize = 500;

/// The answer to `textDocument/completion`.
pub fn complete(document: &Document, offset: usize, has_snippets: bool) -> Value {
    let Some(cursor) = cursor::find(document.path(), document.text().content(), offset) else {
        return Value::Null;
    };
    let list = List {
        cursor: &cursor,
        range: document.text().range(&cursor.word),
        has_snippets,
        items: Vec::new(),
    };
    list.complete()
}

/// The answer to `completionItem/resolve`: an action, with what is known of it.
pub fn resolve(mut item: Value) -> Value {
    let label = item.get("label").and_then(Value::as_str).unwrap_or_default();
    if let (Some(action), Some(members)) = (catalogue::action(label), item.as_object_mut()) {
        let documentation = json!({ "kind": "markdown", "value": markdown::action(&action) });
        members.insert("documentation".to_owned(), documentation);
    }
    item
}

struct List<'c> {
    cursor: &'c Cursor,
    range: Value,
    has_snippets: bool,
    items: Vec<Value>,
}

impl List<'_> {
    fn complete(mut self) -> Value {
        let mut is_incomplete = false;
        match &self.cursor.role {
            Role::Element => self.names(TOP_ELEMENTS),
            Role::StatementElement => self.names(elements(self.cursor.kind)),
            Role::Version => self.values([Version::V2012.name()]),
            Role::Effect => self.values(Effect::ALL.map(Effect::name)),
            Role::Action => {
                let prefix = self.cursor.before.split_once(':').map(|(prefix, _)| prefix);
                is_incomplete = prefix.is_none();
                match prefix.map(catalogue::service) {
                    Some(Some(service)) => self.actions(service),
                    Some(None) => {}
                    None => self.services(),
                }
            }
            Role::Resource => self.resources(),
            Role::PrincipalKey => self.names(PrincipalKey::ALL.iter().map(|key| key.name())),
            Role::Principal(key) if key == PrincipalKey::Aws.name() => self.principals(),
            Role::Operator => self.operators(),
            Role::ConditionKey(operator) => self.condition_keys(operator.parse().ok()),
            Role::ConditionValue(key) => {
                let key = catalogue::condition_key(key);
                if key.is_some_and(|key| key.accepts(Scalar::Bool)) {
                    self.values(["true", "false"]);
                }
            }
            Role::Argument { arguments, blocks } => {
                self.names(arguments.iter().copied());
                self.blocks(blocks);
            }
            Role::Principal(key) if key.is_empty() => self.values(["*"]),
            Role::Principal(_) | Role::Other => {}
        }
        json!({ "isIncomplete": is_incomplete, "items": self.items })
    }

    /// Adds an item that replaces the word at the cursor.
    fn add(&mut self, label: &str, kind: u8, text: &str, more: &[(&str, Value)]) {
        let mut item = json!({
            "label": label,
            "kind": kind,
            "filterText": label,
            "textEdit": { "range": self.range, "newText": text },
        });
        if let Some(members) = item.as_object_mut() {
            for (name, value) in more {
                members.insert((*name).to_owned(), value.clone());
            }
        }
        self.items.push(item);
    }

    /// Adds names of the object at the cursor that it does not have yet.
    fn names<'n>(&mut self, names: impl IntoIterator<Item = &'n str>) {
        for (index, name) in names.into_iter().enumerate() {
            if !self.cursor.present.iter().any(|present| present == name) {
                let text = self.introducing(name);
                self.add(name, PROPERTY, &text, &[("sortText", json!(format!("{index:02}")))]);
            }
        }
    }

    /// Adds blocks, of which there can be several.
    fn blocks(&mut self, names: &[&str]) {
        for (index, name) in names.iter().enumerate() {
            let mut more = vec![("sortText", json!(format!("{:02}", 50 + index)))];
            let text = match self.cursor.introduces {
                None => (*name).to_owned(),
                Some(_) if self.has_snippets => {
                    more.push(("insertTextFormat", json!(AS_SNIPPET)));
                    format!("{name} {{\n  $0\n}}")
                }
                Some(_) => format!("{name} {{\n}}"),
            };
            self.add(name, PROPERTY, &text, &more);
        }
    }

    /// A name, with what introduces its value.
    fn introducing(&self, name: &str) -> String {
        let name = self.cursor.quoted(name);
        match self.cursor.introduces {
            Some(introduces) if self.cursor.quotes != Quotes::Present => name + introduces,
            _ => name,
        }
    }

    fn values<'v>(&mut self, values: impl IntoIterator<Item = &'v str>) {
        for value in values {
            let text = self.cursor.valued(value);
            self.add(value, VALUE, &text, &[]);
        }
    }

    fn services(&mut self) {
        for service in catalogue::services() {
            let label = format!("{}:", service.prefix());
            // Without the colon, which comes after a hyphen: `s3` before `s3-outposts`.
            let mut more = vec![("detail", json!(service.name())), ("sortText", json!(service.prefix()))];
            let text = if self.has_snippets {
                // The name of the action comes before the quote that is added.
                more.push(("insertTextFormat", json!(AS_SNIPPET)));
                self.cursor.valued(&format!("{label}$0"))
            } else {
                self.cursor.valued(&label)
            };
            self.add(&label, MODULE, &text, &more);
        }
    }

    fn actions(&mut self, service: Service) {
        for action in service.actions() {
            let label = action.qualified();
            let levels: Vec<&str> = action.access_levels().map(AccessLevel::name).collect();
            let text = self.cursor.valued(&label);
            self.add(&label, FUNCTION, &text, &[("detail", json!(levels.join(", ")))]);
        }
    }

    /// Adds the ARNs of the resource types of the statement's actions.
    fn resources(&mut self) {
        let mut known = HashSet::new();
        for action in &self.cursor.known_actions() {
            for on in action.resource_types() {
                for format in on.resource_type().arn_formats() {
                    if known.insert(format.as_str()) {
                        let text = if self.has_snippets {
                            snippet(format)
                        } else {
                            plain(format)
                        };
                        let text = self.cursor.valued(&text);
                        let mut more = vec![("detail", json!(on.resource_type().name()))];
                        if self.has_snippets {
                            more.push(("insertTextFormat", json!(AS_SNIPPET)));
                        }
                        self.add(&plain(format), SNIPPET, &text, &more);
                    }
                }
            }
        }
        self.values(["*"]);
    }

    fn principals(&mut self) {
        let account = "ACCOUNT_ID";
        for name in ["root", "role/ROLE_NAME", "user/USER_NAME"] {
            let arn = format!("arn:aws:iam::{account}:{name}");
            let text = self.cursor.valued(&arn);
            self.add(&arn, SNIPPET, &text, &[]);
        }
    }

    fn operators(&mut self) {
        for &comparison in Comparison::ALL {
            let plain = Operator::from(comparison);
            let of_several = Qualifier::ALL.iter().map(|qualifier| plain.qualified(*qualifier));
            // AWS rejects the policy with the others.
            let others = (comparison != Comparison::Null).then(|| [plain.if_exists()].into_iter().chain(of_several));
            let all = [plain].into_iter().chain(others.into_iter().flatten());
            for (order, operator) in all.enumerate() {
                let name = operator.to_string();
                let text = self.introducing(&name);
                self.add(&name, OPERATOR, &text, &[("sortText", json!(format!("{order}{name}")))]);
            }
        }
    }

    /// Adds condition keys: first those that all of the statement's actions have in their requests, and of them those whose
    /// values the operator compares.
    fn condition_keys(&mut self, operator: Option<Operator>) {
        let actions = self.cursor.known_actions();
        let mut known = HashSet::new();
        let own = actions.iter().copied().flat_map(Action::listed_condition_keys);
        let own: Vec<&str> = own.filter(|name| known.insert(*name)).collect();
        let global = catalogue::global_condition_keys().filter(|key| !key.only_where_listed());
        let global: Vec<ConditionKey> = global.filter(|key| known.insert(key.name())).collect();
        let own = own.into_iter().filter_map(|name| {
            let key = catalogue::condition_key(name)?;
            let is_of_all = actions.iter().all(|action| action.carries(name));
            Some((key, name, if is_of_all { 0 } else { 2 }))
        });
        let global = global.into_iter().map(|key| (key, key.name(), 1));
        for (key, name, order) in own.chain(global).collect::<Vec<_>>() {
            let fits = operator.is_none_or(|operator| accepts(&key, operator));
            let order = if fits { order } else { order + 3 };
            let text = self.introducing(&open(name));
            let which = if order % 3 == 2 { "of some of the actions, " } else { "" };
            let more = [
                ("detail", json!(format!("{which}{:?}", key.value_type().scalar))),
                ("sortText", json!(format!("{order}{name}"))),
            ];
            self.add(name, PROPERTY, &text, &more);
        }
    }
}

impl Cursor {
    /// A name, in quotes if it needs them.
    fn quoted(&self, name: &str) -> String {
        let is_word = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        match self.quotes {
            Quotes::NeededUnlessWord if is_word => name.to_owned(),
            Quotes::Needed | Quotes::NeededUnlessWord => format!("\"{name}\""),
            Quotes::Present | Quotes::NotNeeded => name.to_owned(),
        }
    }

    /// A value, in quotes if it needs them.
    fn valued(&self, value: &str) -> String {
        match self.quotes {
            Quotes::Present => value.to_owned(),
            // It would be an alias of YAML.
            Quotes::NotNeeded if !value.starts_with('*') => value.to_owned(),
            _ => format!("\"{value}\""),
        }
    }

    /// The actions of the statement, its wildcards expanded, if they are not too many.
    fn known_actions(&self) -> Vec<Action> {
        let mut actions = Vec::new();
        for written in &self.actions {
            let Some((prefix, name)) = written.split_once(':') else {
                return Vec::new();
            };
            if let Some(service) = catalogue::service(prefix) {
                actions.extend(service.actions_matching(name));
            }
            if actions.len() > MOST_ACTIONS {
                return Vec::new();
            }
        }
        actions
    }
}

/// The elements of a statement in a policy of this kind.
fn elements(kind: Kind) -> impl Iterator<Item = &'static str> {
    let has = move |name: &&str| match *name {
        "Principal" => matches!(kind, Kind::Trust | Kind::Resource | Kind::ResourceControl),
        "NotPrincipal" => matches!(kind, Kind::Trust | Kind::Resource),
        "Resource" | "NotResource" => kind != Kind::Trust,
        _ => true,
    };
    STATEMENT_ELEMENTS.into_iter().filter(has)
}

/// Whether an operator compares the values of a key.
fn accepts(key: &ConditionKey, operator: Operator) -> bool {
    let scalar = operator.comparison.family().scalar();
    scalar.is_none_or(|scalar| key.accepts(scalar))
}

/// The name of a condition key up to the part that is for the user to write.
fn open(name: &str) -> String {
    let end = name.find(['$', '<']).unwrap_or(name.len());
    let name = name.get(..end).unwrap_or(name);
    name.strip_suffix("tag-key").unwrap_or(name).to_owned()
}

/// An ARN with places to go to in turn: `arn:${1:aws}:s3:::${2:BUCKET_NAME}`.
fn snippet(format: ArnFormat<'_>) -> String {
    let mut number = 0;
    format.example(&mut |name| {
        number += 1;
        format!("${{{number}:{name}}}")
    })
}

/// An ARN with names in capitals for what is for the user to write: `arn:aws:s3:::BUCKET_NAME`.
fn plain(format: ArnFormat<'_>) -> String {
    format.example(&mut str::to_owned)
}
