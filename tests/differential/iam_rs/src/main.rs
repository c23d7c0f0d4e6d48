//! Answers questions, a line of JSON each on standard input, by `iam-rs`.

use std::collections::BTreeSet;
use std::io::{self, BufRead, Write};

use iam_rs::{Arn, Context, ContextValue, Decision, IAMPolicy, IAMRequest, PolicyEvaluator, Principal, PrincipalId};
use serde_json::{Value, json};

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let asked: Value = serde_json::from_str(&line?)?;
        let answer = match always(&asked) {
            Ok(Decision::Allow) => json!({ "answer": "Allowed" }),
            Ok(Decision::Deny) => json!({ "answer": "ExplicitlyDenied" }),
            Ok(Decision::NotApplicable) => json!({ "answer": "ImplicitlyDenied" }),
            Err(why) => json!({ "refused": why }),
        };
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}

/// Its answer, if it is always the same: it goes through the lines of a `Condition` in an order that chance gives, and an error or a
/// line that is not met may come first.
fn always(asked: &Value) -> Result<Decision, String> {
    let first = answer(asked);
    let is_same = (1..ASKED).all(|_| answer(asked) == first);
    if is_same {
        first
    } else {
        Err("it answers one time so and another time so".to_owned())
    }
}

/// Of two lines, each comes first now and then: both orders are missed once in 32,768 times.
const ASKED: usize = 16;

/// It has neither layers nor accounts: it is asked where policies of the caller and of the resource decide, of which one is enough.
fn answer(asked: &Value) -> Result<Decision, String> {
    let of = |layer: &str| asked[layer].as_array().cloned().unwrap_or_default();
    let others = ["boundary", "session", "trust", "endpoint", "service_control", "resource_control"];
    let (identity, resource) = (of("identity"), of("resource"));
    let has_layers = others.into_iter().any(|layer| !of(layer).is_empty());
    let account = asked["context"]["aws:PrincipalAccount"].as_str();
    if has_layers || account != asked["owner"].as_str() {
        return Err("it has no layers and no accounts".to_owned());
    }
    if asked["on"].as_str().is_some_and(|on| on.contains(":kms:")) {
        return Err("it does not know that the policy of a KMS key has to allow".to_owned());
    }
    let typed = |what: &'static str| move |error: serde_json::Error| format!("{what}: {}", kind(&error.to_string()));
    let policies: Result<Vec<IAMPolicy>, _> = identity
        .into_iter()
        .chain(resource)
        .map(serde_json::from_value)
        .collect();
    let policies = policies.map_err(typed("the policy is not read"))?;
    let text = |field: &str| asked[field].as_str().unwrap_or_default();
    let caller = PrincipalId::String(text("caller").to_owned());
    let principal = match text("caller") {
        "anonymous" => return Err("it has no anonymous callers".to_owned()),
        name if name.contains("oidc-provider") || name.starts_with("accounts.") => Principal::Federated(caller),
        name if name.ends_with(".amazonaws.com") => Principal::Service(caller),
        _ => Principal::Aws(caller),
    };
    let resource = Arn::parse(text("on")).map_err(|_| "the resource is not an ARN".to_owned())?;
    let request = IAMRequest::new_with_context(principal, text("action"), resource, context(asked));
    let result = PolicyEvaluator::with_policies(policies).evaluate(&request);
    result
        .map(|result| result.decision)
        .map_err(|error| format!("an error: {}", kind(&error.to_string())))
}

/// Its values have types: a key that is compared by `Bool` gets a boolean.
fn context(asked: &Value) -> Context {
    let mut booleans = BTreeSet::new();
    let policies = ["identity", "resource"]
        .into_iter()
        .filter_map(|layer| asked[layer].as_array())
        .flatten();
    for statement in policies.filter_map(|policy| policy["Statement"].as_array()).flatten() {
        for (operator, keys) in statement["Condition"].as_object().into_iter().flatten() {
            if operator.contains("Bool") {
                booleans.extend(
                    keys.as_object()
                        .into_iter()
                        .flatten()
                        .map(|(key, _)| key.to_ascii_lowercase()),
                );
            }
        }
    }
    let mut context = Context::new();
    for (key, value) in asked["context"].as_object().into_iter().flatten() {
        let boolean = |text: &str| text.to_ascii_lowercase().parse::<bool>().ok();
        let is_boolean = booleans.contains(&key.to_ascii_lowercase());
        let texts: Vec<String> = match value {
            Value::Array(values) => values.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            value => vec![value.as_str().unwrap_or_default().to_owned()],
        };
        let typed: Option<Vec<bool>> = texts.iter().map(|text| boolean(text)).collect();
        context.insert(
            key.clone(),
            match (value.is_array(), typed.filter(|_| is_boolean), texts.first()) {
                (true, Some(booleans), _) => ContextValue::BooleanList(booleans),
                (true, None, _) => ContextValue::StringList(texts),
                (false, Some(booleans), _) => ContextValue::Boolean(booleans.contains(&true)),
                (false, None, text) => ContextValue::String(text.cloned().unwrap_or_default()),
            },
        );
    }
    context
}

/// What sort of an error it is, without what it quotes.
fn kind(error: &str) -> &str {
    error
        .split([':', ',', '`', '"', '\''])
        .next()
        .unwrap_or_default()
        .trim()
}
