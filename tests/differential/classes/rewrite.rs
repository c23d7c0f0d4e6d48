//! Puts something plain in place of what a class is about.

use serde_json::{Map, Value, json};

use crate::managed::texts;
use crate::page::Says;
use crate::page::condition::Condition;
use crate::page::resource::Resource;
use crate::question::{Keys, Layer, Question};

/// What becomes of a statement.
enum Plain {
    Same,
    Other(Map<String, Value>),
    /// It does not apply.
    Gone,
}

/// What a statement is in.
struct Around<'q> {
    question: &'q Question,
    context: &'q Keys,
    /// Whether its policy is of a version that has variables.
    has_variables: bool,
}

/// Without the conditions that are met; without the statements of which one is not.
pub fn conditions(question: &Question, is_about: &dyn Fn(&Condition<'_>) -> bool) -> Option<Question> {
    statements(question, &|statement, around| {
        let Some(block) = statement.get("Condition").and_then(Value::as_object) else {
            return Plain::Same;
        };
        let flags = (around.has_variables, denies(statement));
        let mut left = block.clone();
        for (operator, keys) in block {
            for (key, wanted) in keys.as_object().into_iter().flatten() {
                let condition = Condition::new(operator, key, texts(wanted), around.context, flags);
                if !is_about(&condition) {
                    continue;
                }
                if !condition.is_met() {
                    return Plain::Gone;
                }
                left[operator].as_object_mut().unwrap().remove(key);
            }
        }
        left.retain(|_, keys| keys.as_object().is_some_and(|keys| !keys.is_empty()));
        if left == *block {
            return Plain::Same;
        }
        let mut statement = statement.clone();
        statement.remove("Condition");
        if !left.is_empty() {
            statement.insert("Condition".to_owned(), Value::Object(left));
        }
        Plain::Other(statement)
    })
}

/// With `*` in place of a resource that is meant, and without those that are not.
pub fn resources(question: &Question, is_about: fn(&Resource<'_>) -> bool) -> Option<Question> {
    statements(question, &|statement, around| {
        let negated = statement.contains_key("NotResource");
        let name = if negated { "NotResource" } else { "Resource" };
        let Some(written) = statement.get(name).map(texts) else {
            return Plain::Same;
        };
        let denies = denies(statement);
        let mut left = Vec::new();
        let mut is_meant = false;
        for text in &written {
            let resource = Resource {
                written: text,
                negated,
                asked: &around.question.resource,
                context: around.context,
                has_variables: around.has_variables,
            };
            if !is_about(&resource) {
                left.push(text.clone());
                continue;
            }
            let says = if resource.has_variable_too_early() {
                Says::Open
            } else {
                resource.says()
            };
            is_meant |= match says {
                Says::Yes => true,
                Says::No => false,
                // Nothing is equal to what has no value; and yet an `Allow` of all others does not apply.
                Says::Null => negated && !denies,
                Says::Open => negated != denies,
            };
        }
        if left.len() == written.len() {
            return Plain::Same;
        }
        let all = json!("*");
        let mut statement = statement.clone();
        statement.remove(name);
        let plain = match (is_meant, negated, left.is_empty()) {
            (true, true, _) | (false, false, true) => return Plain::Gone,
            (true, false, _) | (false, true, true) => ("Resource", all),
            (false, _, false) => (name, json!(left)),
        };
        statement.insert(plain.0.to_owned(), plain.1);
        Plain::Other(statement)
    })
}

fn denies(statement: &Map<String, Value>) -> bool {
    statement.get("Effect").and_then(Value::as_str) == Some("Deny")
}

fn statements(question: &Question, plain: &dyn Fn(&Map<String, Value>, &Around<'_>) -> Plain) -> Option<Question> {
    let context = question.all_keys();
    let mut changed = question.clone();
    let mut is_changed = false;
    for attached in &mut changed.policies {
        let around = Around {
            question,
            context: &context,
            has_variables: attached.policy["Version"] == "2012-10-17",
        };
        let list = match attached.policy["Statement"].take() {
            Value::Array(statements) => statements,
            one => vec![one],
        };
        let mut left = Vec::new();
        for statement in list {
            match plain(statement.as_object().unwrap(), &around) {
                Plain::Same => left.push(statement),
                Plain::Other(statement) => {
                    is_changed = true;
                    left.push(Value::Object(statement));
                }
                Plain::Gone => is_changed = true,
            }
        }
        if left.is_empty() {
            left.push(about_nothing(attached.layer));
        }
        attached.policy["Statement"] = Value::Array(left);
    }
    is_changed.then_some(changed)
}

/// A statement that is about nothing that is asked, as no policy is without any.
pub fn about_nothing(layer: Layer) -> Value {
    let mut statement = json!({ "Effect": "Deny", "Action": "health:DescribeEvents" });
    if layer != Layer::Trust {
        statement["Resource"] = json!("*");
    }
    if matches!(
        layer,
        Layer::Trust | Layer::Resource | Layer::Endpoint | Layer::ResourceControl(_)
    ) {
        statement["Principal"] = json!("*");
    }
    statement
}
