//! Requests that AWS's managed policies are about, and requests that they just miss.

use std::io;

use policy_core::catalogue::{self, Action};
use serde_json::{Value, json};

use crate::question::{ACCOUNT, Attached, Keys, Layer, Question, SESSION, USER};
use crate::random::Random;

pub fn questions(seed: u64, count: usize) -> io::Result<Vec<Question>> {
    let mut random = Random::new(seed);
    let policies = workspace_tests::managed_policies()?;
    let mut questions = Vec::new();
    while questions.len() < count {
        let (name, document) = random.pick(&policies);
        let policy: Value = serde_json::from_str(document)?;
        questions.extend(question(name, policy, &mut random));
    }
    Ok(questions)
}

fn question(name: &str, policy: Value, random: &mut Random) -> Option<Question> {
    let statements = policy["Statement"].as_array().cloned();
    let statements = statements.unwrap_or_else(|| vec![policy["Statement"].clone()]);
    let statement = random.pick(&statements);
    let patterns = texts(statement.get("Action").or_else(|| statement.get("NotAction"))?);
    let action = action(random.pick(&patterns).as_str(), random)?;
    // Keys and roles answer by their own policies also, which these questions have not.
    if matches!(action.service().prefix(), "kms" | "sts") {
        return None;
    }
    let resources = texts(statement.get("Resource").or_else(|| statement.get("NotResource"))?);
    let resource = resource(action, random.pick(&resources).as_str(), random);
    let mut context = Keys::new();
    for statement in &statements {
        for (operator, keys) in statement["Condition"].as_object().into_iter().flatten() {
            for (key, values) in keys.as_object().into_iter().flatten() {
                if !random.one_in(6) {
                    let value = value(operator, &texts(values), random);
                    context.insert(key.clone(), value);
                }
            }
        }
    }
    let caller = if random.one_in(2) { USER } else { SESSION };
    let layer = Layer::Identity;
    Some(Question {
        source: name.to_owned(),
        policies: vec![Attached { layer, policy }],
        caller: caller.to_owned(),
        action: action.qualified(),
        resource,
        owner: ACCOUNT.to_owned(),
        context,
    })
}

/// One of the actions that a pattern means, or, now and then, another of the service.
fn action(pattern: &str, random: &mut Random) -> Option<Action> {
    let all: Vec<_> = catalogue::services().collect();
    let (service, name) = pattern.split_once(':').unwrap_or(("*", "*"));
    let service = catalogue::service(service).unwrap_or_else(|| *random.pick(&all));
    let of_service: Vec<Action> = service.actions().collect();
    let begin = name.split(['*', '?']).next().unwrap_or_default().to_lowercase();
    let meant: Vec<Action> = of_service
        .iter()
        .copied()
        .filter(|action| action.name().to_lowercase().starts_with(&begin))
        .collect();
    if of_service.is_empty() {
        return None;
    }
    let is_hit = !meant.is_empty() && !random.one_in(5);
    Some(*random.pick(if is_hit { &meant } else { &of_service }))
}

/// A resource that the action is about, and that the pattern means or just does not.
fn resource(action: Action, pattern: &str, random: &mut Random) -> String {
    let formats: Vec<_> = action
        .resource_types()
        .flat_map(|resource| resource.resource_type().arn_formats())
        .collect();
    if formats.is_empty() {
        return "*".to_owned();
    }
    let resource = if pattern == "*" || random.one_in(4) {
        let format = *random.pick(&formats);
        filled(format.as_str(), random)
    } else {
        filled(pattern, random)
    };
    missed(resource, random)
}

/// A text for every wildcard and variable.
fn filled(pattern: &str, random: &mut Random) -> String {
    let mut text = String::new();
    let mut rest = pattern;
    while let Some(at) = rest.find(['*', '?', '$']) {
        text.push_str(&rest[..at]);
        let variable = rest[at..].strip_prefix("${").and_then(|rest| rest.split_once('}'));
        rest = if let Some((name, after)) = variable {
            let name = name.split(',').next().unwrap_or_default();
            text.push_str(match name.to_lowercase().as_str() {
                "partition" => "aws",
                "region" | "aws:requestedregion" => "eu-west-1",
                "account" | "aws:principalaccount" => ACCOUNT,
                "aws:username" => "alice",
                _ => "x1",
            });
            after
        } else {
            let any = *random.pick(&["", "a", "eu-west-1", ACCOUNT, "a/b", "A-b_c"]);
            text.push_str(if &rest[at..=at] == "?" { "q" } else { any });
            &rest[at + 1..]
        };
    }
    text.push_str(rest);
    text
}

/// Now and then a text that is nearly the same.
fn missed(text: String, random: &mut Random) -> String {
    match random.below(12) {
        0 => text.to_uppercase().replacen("ARN:AWS", "arn:aws", 1),
        1 => format!("{text}x"),
        2 => {
            let mut shorter = text;
            shorter.pop();
            shorter
        }
        3 => text.replace(ACCOUNT, "444455556666"),
        _ => text,
    }
}

/// A value of a condition key, or several, that the operator finds or just does not.
fn value(operator: &str, wanted: &[String], random: &mut Random) -> Value {
    let one = |random: &mut Random| {
        let Some(wanted) = (!wanted.is_empty()).then(|| random.pick(wanted)) else {
            return String::new();
        };
        let text = filled(wanted, random);
        match operator {
            _ if operator.contains("Ip") => text.split('/').next().unwrap_or_default().to_owned(),
            _ if operator.contains("Bool") && random.one_in(3) => "false".to_owned(),
            _ if operator.contains("Bool") || operator.contains("Date") || operator.contains("Numeric") => text,
            _ if operator.contains("Null") => "present".to_owned(),
            _ => missed(text, random),
        }
    };
    if operator.contains(':') && !random.one_in(4) {
        let count = random.below(3);
        return json!((0..count).map(|_| one(random)).collect::<Vec<_>>());
    }
    json!(one(random))
}

/// The texts of an element that is one or a list.
pub fn texts(value: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match value {
        Value::Array(values) => values.iter().map(text).collect(),
        value => vec![text(value)],
    }
}
