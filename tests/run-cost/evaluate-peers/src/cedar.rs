//! Asks `cedar-policy` the question of a set-up so many times: what `tests/run-cost/ask-setups.sh --cedar` counts the
//! instructions of.
//!
//! Cedar is another language, so the policies are translated as a user who moves from IAM to Cedar would:
//!
//! - A statement is a policy, `permit` or `forbid`, whose principal is the caller that the identity policy belongs to.
//! - An action is an entity, and a pattern of actions, `s3:Get*`, an action group: Cedar has no wildcards there. The entities
//!   say to which of the groups the action of the request belongs, which spares Cedar the matching that IAM's evaluators do.
//! - A resource is an entity with its ARN as an attribute, and a pattern of ARNs is `resource.arn like`; none for `*`.
//! - Condition keys are attributes of the context, of Cedar's types: string, long, boolean, `ip`, `datetime`. An attribute that is
//!   absent is an error in Cedar, which skips the policy; so each is asked for with `has` first.

use std::hint::black_box;
use std::io;

use cedar_policy::{Authorizer, Context, Decision, Entities, EntityUid, PolicySet, Request};
use serde_json::{Map, Value, json};
use workspace_tests::setups::{CALLER, Setup};

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().unwrap_or_default();
    let times: usize = arguments.next().and_then(|times| times.parse().ok()).unwrap_or(1);

    let setups = Setup::all()?;
    let setup = setups.iter().find(|setup| setup.name == name);
    let setup = setup.ok_or_else(|| io::Error::other("cedar (simple | twenty | hundred) TIMES"))?;
    let mut translation = Translation::default();
    for policy in &setup.policies {
        translation.policy(&serde_json::from_str(policy)?)?;
    }
    let policies: PolicySet = translation.text.parse().map_err(io::Error::other)?;
    let (principal, action, resource) = (
        uid("User", CALLER)?,
        uid("Action", &setup.action)?,
        uid("Resource", &setup.resource)?,
    );
    let groups = translation.groups.iter().filter(|group| matches(group, &setup.action));
    let entities = json!([
        { "uid": { "type": "User", "id": CALLER }, "attrs": {}, "parents": [] },
        { "uid": { "type": "Action", "id": setup.action }, "attrs": {},
          "parents": groups.map(|group| json!({ "type": "Action", "id": group })).collect::<Vec<_>>() },
        { "uid": { "type": "Resource", "id": setup.resource }, "attrs": { "arn": setup.resource }, "parents": [] },
    ]);
    let entities = Entities::from_json_value(entities, None).map_err(io::Error::other)?;
    let context = setup
        .context
        .iter()
        .map(|(key, value)| (key.clone(), typed(key, value)));
    let context = Value::Object(context.collect::<Map<_, _>>());
    let context = Context::from_json_value(context, None).map_err(io::Error::other)?;
    let request = Request::new(principal, action, resource, context, None).map_err(io::Error::other)?;

    let authorizer = Authorizer::new();
    let mut allowed = 0;
    for _ in 0..times {
        let response = authorizer.is_authorized(black_box(&request), &policies, &entities);
        allowed += usize::from(response.decision() == Decision::Allow);
    }
    println!("{allowed} of {times} allowed");
    Ok(())
}

fn uid(kind: &str, id: &str) -> io::Result<EntityUid> {
    EntityUid::from_json(json!({ "type": kind, "id": id })).map_err(io::Error::other)
}

/// A value of the context as Cedar's type for the key.
fn typed(key: &str, value: &str) -> Value {
    let extension = |function: &str| json!({ "__extn": { "fn": function, "arg": value } });
    match key {
        "aws:SourceIp" => extension("ip"),
        "aws:CurrentTime" => extension("datetime"),
        _ => serde_json::from_str(value)
            .ok()
            .filter(|read: &Value| read.is_boolean() || read.is_i64())
            .unwrap_or_else(|| json!(value)),
    }
}

/// Whether an action is of the group, whose pattern has its only star at the end.
fn matches(group: &str, action: &str) -> bool {
    group.strip_suffix('*').is_some_and(|prefix| action.starts_with(prefix))
}

/// IAM's policies in Cedar's language.
#[derive(Default)]
struct Translation {
    text: String,
    /// The patterns of actions.
    groups: Vec<String>,
}

impl Translation {
    fn policy(&mut self, policy: &Value) -> io::Result<()> {
        for statement in list(&policy["Statement"]) {
            let effect = if statement["Effect"] == "Deny" {
                "forbid"
            } else {
                "permit"
            };
            let mut actions = Vec::new();
            for action in list(&statement["Action"]) {
                let action = text(action)?;
                if action.contains('*') && !self.groups.iter().any(|group| group == action) {
                    self.groups.push(action.to_owned());
                }
                actions.push(format!("Action::{action:?}"));
            }
            let actions = actions.join(", ");
            let mut when = Vec::new();
            let resources = list(&statement["Resource"]);
            if !resources.iter().any(|resource| *resource == "*") {
                when.push(any(resources, |resource| {
                    Ok(format!("resource.arn like {:?}", text(resource)?))
                })?);
            }
            for (operator, keys) in statement["Condition"].as_object().into_iter().flatten() {
                for (key, values) in keys.as_object().into_iter().flatten() {
                    when.push(condition(operator, key, list(values))?);
                }
            }
            let when = if when.is_empty() {
                String::new()
            } else {
                format!(" when {{ {} }}", when.join(" && "))
            };
            self.text += &format!("{effect} (principal == User::{CALLER:?}, action in [{actions}], resource){when};\n");
        }
        Ok(())
    }
}

fn condition(operator: &str, key: &str, values: &[Value]) -> io::Result<String> {
    let value = format!("context[{key:?}]");
    let met = match operator {
        "StringEquals" => format!("{}.contains({value})", Value::from(values)),
        "StringLike" => any(values, |pattern| Ok(format!("{value} like {:?}", text(pattern)?)))?,
        "Bool" => any(values, |wanted| Ok(format!("{value} == {}", text(wanted)?)))?,
        "NumericLessThan" => any(values, |bound| Ok(format!("{value} < {}", text(bound)?)))?,
        "DateGreaterThan" => any(values, |date| Ok(format!("{value} > datetime({:?})", text(date)?)))?,
        "IpAddress" | "NotIpAddress" => any(values, |range| Ok(format!("{value}.isInRange(ip({:?}))", text(range)?)))?,
        _ => return Err(io::Error::other(format!("`{operator}` has no translation"))),
    };
    Ok(if operator == "NotIpAddress" {
        format!("(!(context has {key:?}) || !{met})")
    } else {
        format!("context has {key:?} && {met}")
    })
}

fn any(values: &[Value], one: impl Fn(&Value) -> io::Result<String>) -> io::Result<String> {
    let each: io::Result<Vec<_>> = values.iter().map(one).collect();
    Ok(format!("({})", each?.join(" || ")))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice)
}

fn text(value: &Value) -> io::Result<&str> {
    value
        .as_str()
        .ok_or_else(|| io::Error::other(format!("{value} is no text")))
}
