//! The set-ups that the evaluator's cost is counted on: of one statement, of twenty with conditions, and of a hundred policies.

use std::collections::BTreeMap;
use std::io;

use policy_core::evaluate::{Authorizer, Caller, Request};
use policy_core::policy::IdentityPolicy;
use serde_json::Value;

/// Who asks in every set-up.
pub const CALLER: &str = "arn:aws:iam::123456789012:user/alice";

/// Policies, and the question that is asked of them, which they allow.
#[derive(Debug)]
pub struct Setup {
    /// What it is called.
    pub name: String,
    /// The policies, each as its JSON.
    pub policies: Vec<String>,
    /// The action of the request.
    pub action: String,
    /// The resource of the request.
    pub resource: String,
    /// The condition keys of the request, with their values.
    pub context: BTreeMap<String, String>,
}

impl Setup {
    /// The set-ups, the smallest first.
    ///
    /// # Errors
    ///
    /// The file is not what it should be.
    pub fn all() -> io::Result<Vec<Self>> {
        let wrong = |what: &str| io::Error::other(format!("a set-up has no {what}"));
        let all: BTreeMap<String, Value> = serde_json::from_str(include_str!("setups.json"))?;
        let mut setups = Vec::new();
        for (name, setup) in all {
            let string = |field: &str| {
                let found = setup.get(field).and_then(Value::as_str);
                found.map(str::to_owned).ok_or_else(|| wrong(field))
            };
            let policies = setup.get("policies").and_then(Value::as_array);
            setups.push(Self {
                policies: policies
                    .ok_or_else(|| wrong("policies"))?
                    .iter()
                    .map(Value::to_string)
                    .collect(),
                action: string("action")?,
                resource: string("resource")?,
                context: serde_json::from_value(setup.get("context").cloned().unwrap_or_default())?,
                name,
            });
        }
        setups.sort_by_key(|setup| setup.policies.iter().map(String::len).sum::<usize>());
        Ok(setups)
    }

    /// The same question of the last policies only, so many of them.
    #[must_use]
    pub fn of_last(mut self, count: usize) -> Self {
        self.policies.drain(..self.policies.len().saturating_sub(count));
        self
    }

    /// An authorizer of the policies.
    ///
    /// # Errors
    ///
    /// One of them is not a policy.
    pub fn authorizer(&self) -> io::Result<Authorizer> {
        let mut builder = Authorizer::builder();
        for policy in &self.policies {
            builder = builder.identity(&IdentityPolicy::from_json(policy.as_str()).map_err(io::Error::other)?);
        }
        Ok(builder.build())
    }

    /// The question.
    ///
    /// # Errors
    ///
    /// [`CALLER`] is no caller.
    pub fn request(&self) -> io::Result<Request> {
        let caller = Caller::from_arn(CALLER).map_err(io::Error::other)?;
        let request = Request::unchecked(caller, &self.action, &self.resource);
        Ok(self.context.iter().fold(request, |request, (key, value)| {
            request.with_unchecked(key, value.as_str())
        }))
    }
}
