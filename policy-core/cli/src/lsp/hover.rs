//! The text over a word: of an action, a condition key, a resource, an operator, an element.

use std::fmt::Write;
use std::ops::Range;

use policy_core::arn::{ArnPattern, Fit};
use policy_core::catalogue::{self, Action, ConditionKey, ResourceType, Service, markdown};
use policy_core::policy::{Operator, STATEMENT_ELEMENTS, TOP_ELEMENTS};
use serde_json::{Value, json};

use super::document::Document;
use super::spot::{self, Role, Spot};

/// The answer to `textDocument/hover`.
pub fn hover(document: &Document, offset: usize) -> Value {
    let Some(then) = document.then(offset) else {
        return Value::Null;
    };
    for checked in document.policies() {
        for own in checked.policy.documents() {
            let mut shown = None;
            spot::each(own.root(), &mut |spot| {
                let is_over = spot.place.start <= then && then <= spot.place.end;
                if is_over && shown.is_none() {
                    shown = markdown_of(&spot).map(|text| (text, spot.place.clone()));
                }
            });
            if let Some((text, range)) = shown.and_then(|(text, place)| Some((text, document.now(&place)?))) {
                return answer(document, &text, &range);
            }
        }
    }
    Value::Null
}

fn answer(document: &Document, text: &str, range: &Range<usize>) -> Value {
    json!({
        "contents": { "kind": "markdown", "value": text },
        "range": document.text().range(range),
    })
}

fn markdown_of(spot: &Spot<'_>) -> Option<String> {
    let written = spot.text.written();
    match &spot.role {
        Role::Action if spot.text.holes().is_empty() => actions(written),
        Role::ConditionKey(_) => condition_key(written, spot),
        Role::Resource => resource(spot),
        Role::Operator => operator(written),
        Role::Element | Role::StatementElement => element(written),
        _ => None,
    }
}

/// An action, or all that a name with wildcards matches.
fn actions(written: &str) -> Option<String> {
    if written == "*" {
        return Some("`*` matches every action of every service".to_owned());
    }
    if let Some(action) = catalogue::action(written) {
        return Some(markdown::action(&action));
    }
    if let Some(known) = catalogue::undocumented_action(written) {
        return Some(markdown::undocumented(known));
    }
    let (prefix, name) = written.split_once(':')?;
    let service = catalogue::service(prefix)?;
    if name.contains(['*', '?']) {
        return Some(markdown::actions(service, name));
    }
    markdown::operation(service, name)
}

/// A condition key: its type, and which of the statement's actions have it in their requests.
fn condition_key(written: &str, spot: &Spot<'_>) -> Option<String> {
    let Some(key) = catalogue::condition_key(written) else {
        return catalogue::undocumented_condition_key(written).map(markdown::undocumented);
    };
    let mut text = format!("`{}`\n\n", key.name());
    let several = if key.value_type().multivalued {
        "; several values, for `ForAnyValue` and `ForAllValues`"
    } else {
        ""
    };
    let _ = writeln!(text, "- Type: {:?}{several}", key.value_type().scalar);
    let (with, without): (Vec<Action>, Vec<Action>) =
        actions_of(spot).into_iter().partition(|action| action.carries(written));
    for (what, actions) in [("In requests for", with), ("Not in requests for", without)] {
        if !actions.is_empty() {
            let names: Vec<String> = actions
                .iter()
                .map(|action| format!("`{}`", action.qualified()))
                .collect();
            let _ = writeln!(text, "- {what}: {}", names.join(", "));
        }
    }
    let _ = write!(text, "\n{}", page_of_key(&key));
    Some(text)
}

fn page_of_key(key: &ConditionKey) -> String {
    let (prefix, _) = key.name().split_once(':').unwrap_or_default();
    match catalogue::service(prefix) {
        Some(service) => markdown::page(service),
        None => format!("[AWS's page]({GUIDE}condition-keys.html)"),
    }
}

/// The actions of a statement that are written without wildcards.
fn actions_of(spot: &Spot<'_>) -> Vec<Action> {
    let written = spot.actions();
    written.iter().filter_map(|action| catalogue::action(action)).collect()
}

/// The resource types that an ARN can be of, among those of the statement's actions; if it is of none of these, among all of its service.
fn resource(spot: &Spot<'_>) -> Option<String> {
    let arn = ArnPattern::parse(spot.text.filled()).ok()?;
    let actions = actions_of(spot);
    let of_actions = actions.iter().flat_map(Action::resource_types);
    let lines = types_of(&arn, of_actions.map(|on| on.resource_type()));
    let written = spot.text.written();
    if !lines.is_empty() {
        return Some(format!("`{written}`\n\n{}", lines.concat()));
    }
    // An ARN may have the prefix of another service than the one that documents its type.
    let own = catalogue::service(arn.service().as_str());
    let services = own.into_iter().chain(actions.iter().map(Action::service));
    let lines = types_of(&arn, services.flat_map(Service::resource_types));
    if lines.is_empty() {
        return None;
    }
    let none = if actions.is_empty() {
        ""
    } else {
        "\nNone of the actions of the statement applies to these.\n"
    };
    Some(format!("`{written}`\n\n{}{none}", lines.concat()))
}

/// The types whose format an ARN fits, a line each.
fn types_of(arn: &ArnPattern, types: impl Iterator<Item = ResourceType>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for own in types {
        for format in own.arn_formats().filter(|format| arn.fits_format(*format) == Fit::Yes) {
            let line = format!("- `{}` of {}: `{format}`\n", own.name(), own.service().name());
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    lines
}

fn operator(written: &str) -> Option<String> {
    let operator: Operator = written.parse().ok()?;
    let comparison = operator.comparison;
    let mut text = format!("`{operator}`\n\n- Type: {:?}\n", comparison.family());
    if comparison.supports_wildcards() {
        text.push_str("- `*` and `?` in its values are wildcards\n");
    }
    if comparison.supports_variables() {
        text.push_str("- `${...}` in its values is a policy variable\n");
    }
    if comparison.is_negated() {
        text.push_str("- Also met if the key is missing from the request\n");
    } else if operator.if_exists {
        text.push_str("- Also met if the key is missing from the request, because of `IfExists`\n");
    }
    let _ = write!(text, "\n[AWS's page]({GUIDE}elements_condition_operators.html)");
    Some(text)
}

/// An element of a policy or a statement, each of which has a page.
fn element(name: &str) -> Option<String> {
    let mut elements = TOP_ELEMENTS.iter().chain(&STATEMENT_ELEMENTS);
    let name = elements.find(|element| **element == name)?;
    let page = name.to_ascii_lowercase();
    Some(format!("`{name}`: [AWS's page]({GUIDE}elements_{page}.html)"))
}

const GUIDE: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_";
