//! A policy and a request, as a line of JSON that every evaluator can read.

use std::collections::BTreeMap;

use policy_core::document::Document;
use policy_core::evaluate::{Authorizer, Caller, Request};
use policy_core::names::AccountId;
use serde_json::{Value, json};

pub const ACCOUNT: &str = "111122223333";
pub const USER: &str = "arn:aws:iam::111122223333:user/alice";
pub const SESSION: &str = "arn:aws:sts::111122223333:assumed-role/reader/alice";

/// The values of condition keys: one that has a single value is not a list.
pub type Keys = BTreeMap<String, Value>;

#[derive(Clone, Debug)]
pub struct Pair {
    /// Where it comes from: the name of a managed policy, or what edge it is.
    pub source: String,
    pub policy: Value,
    pub principal: String,
    pub action: String,
    pub resource: String,
    pub context: Keys,
}

impl Pair {
    /// With the condition keys that follow from the caller, which a referee may not fill in by itself.
    pub fn to_json(&self) -> Value {
        let mut context = Keys::new();
        for (key, values) in self.request().context().iter() {
            context.insert(name_of(key, &self.context), value(values));
        }
        json!({ "source": self.source, "policy": self.policy, "principal": self.principal, "account": ACCOUNT,
            "action": self.action, "resource": self.resource, "context": context })
    }

    pub fn from_json(line: &Value) -> Self {
        let text = |field: &str| line[field].as_str().unwrap().to_owned();
        Self {
            source: text("source"),
            policy: line["policy"].clone(),
            principal: text("principal"),
            action: text("action"),
            resource: text("resource"),
            context: serde_json::from_value(line["context"].clone()).unwrap(),
        }
    }

    pub fn request(&self) -> Request {
        let caller = Caller::from_arn(&self.principal).unwrap();
        let mut request =
            Request::new(caller, &self.action, &self.resource).resource_account(AccountId::from_static(ACCOUNT));
        for (key, value) in &self.context {
            request = match value {
                Value::Array(values) => request.with_all(key, values.iter().map(|value| value.as_str().unwrap())),
                value => request.with(key, value.as_str().unwrap()),
            };
        }
        request
    }

    /// An authorizer of the policy, as that of the caller.
    pub fn authorizer(&self) -> Authorizer {
        let json = self.policy.to_string();
        Authorizer::builder().identity(&Document::read(&json).unwrap()).build()
    }
}

/// The key as AWS writes it: ours come in small letters.
fn name_of(key: &str, context: &Keys) -> String {
    const FOLLOWING: [&str; 6] = [
        "aws:PrincipalAccount",
        "aws:PrincipalArn",
        "aws:PrincipalIsAWSService",
        "aws:PrincipalType",
        "aws:ResourceAccount",
        "aws:username",
    ];
    let written = context.keys().map(String::as_str).chain(FOLLOWING);
    let found = written.into_iter().find(|written| written.eq_ignore_ascii_case(key));
    found.unwrap_or(key).to_owned()
}

fn value(values: &[String]) -> Value {
    match values {
        [one] => json!(one),
        many => json!(many),
    }
}
