//! What every evaluator is asked: policies and a request, as a line of JSON that all can read.

use std::collections::BTreeMap;

use policy_core::document::Document;
use policy_core::evaluate::{Authorizer, Builder, Caller, Outcome, Request};
use policy_core::names::AccountId;
use serde_json::{Value, json};

pub const ACCOUNT: &str = "111122223333";
pub const OTHER_ACCOUNT: &str = "444455556666";
pub const USER: &str = "arn:aws:iam::111122223333:user/alice";
pub const ROLE: &str = "arn:aws:iam::111122223333:role/reader";
pub const SESSION: &str = "arn:aws:sts::111122223333:assumed-role/reader/alice";
/// Who has not signed the request.
pub const ANONYMOUS: &str = "anonymous";

/// The values of condition keys: one that has a single value is not a list.
pub type Keys = BTreeMap<String, Value>;

/// Where a policy is attached; those of an organization at a level of it, from the root down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    Identity,
    Boundary,
    Session,
    Resource,
    Trust,
    Endpoint,
    ServiceControl(usize),
    ResourceControl(usize),
}

#[derive(Clone, Debug)]
pub struct Attached {
    pub layer: Layer,
    pub policy: Value,
}

#[derive(Clone, Debug)]
pub struct Question {
    /// Where it comes from: the name of a managed policy, or the generator.
    pub source: String,
    pub policies: Vec<Attached>,
    pub caller: String,
    pub action: String,
    pub resource: String,
    /// Whose the resource is.
    pub owner: String,
    pub context: Keys,
}

impl Question {
    /// The line for a referee, with the condition keys that follow from the caller, which it may not fill in by itself.
    pub fn to_json(&self) -> Value {
        let of = |layer| self.of(layer).collect::<Vec<_>>();
        json!({
            "identity": of(Layer::Identity),
            "boundary": of(Layer::Boundary),
            "session": of(Layer::Session),
            "resource": of(Layer::Resource),
            "trust": of(Layer::Trust),
            "endpoint": of(Layer::Endpoint),
            "service_control": self.levels(Layer::ServiceControl),
            "resource_control": self.levels(Layer::ResourceControl),
            "caller": self.caller,
            "action": self.action,
            "on": self.resource,
            "owner": self.owner,
            "context": self.all_keys(),
        })
    }

    /// The request by itself, with everything allowed.
    pub fn alone(&self) -> Self {
        let all = json!({ "Effect": "Allow", "Action": "*", "Resource": "*" });
        let policy = json!({ "Version": "2012-10-17", "Statement": [all] });
        let layer = Layer::Identity;
        Self {
            policies: vec![Attached { layer, policy }],
            ..self.clone()
        }
    }

    fn of(&self, layer: Layer) -> impl Iterator<Item = &Value> {
        let attached = self.policies.iter().filter(move |attached| attached.layer == layer);
        attached.map(|attached| &attached.policy)
    }

    fn levels(&self, layer: impl Fn(usize) -> Layer) -> Vec<Vec<&Value>> {
        let levels = (0..).map(|level| self.of(layer(level)).collect::<Vec<_>>());
        levels.take_while(|policies| !policies.is_empty()).collect()
    }

    /// The keys that were chosen, and those that follow from the caller.
    pub fn all_keys(&self) -> Keys {
        let mut context = Keys::new();
        for (key, values) in self.request().context().iter() {
            let value = match values {
                [one] => json!(one),
                many => json!(many),
            };
            context.insert(name_of(key, &self.context), value);
        }
        context
    }

    pub fn caller(&self) -> Caller {
        match Caller::from_arn(&self.caller) {
            Ok(caller) => caller,
            Err(_) if self.caller == ANONYMOUS => Caller::anonymous(),
            Err(_) if is_service(&self.caller) => Caller::service(&self.caller),
            Err(_) => Caller::federated(&self.caller),
        }
    }

    fn request(&self) -> Request {
        let owner = AccountId::new(&self.owner).unwrap();
        let mut request = Request::unchecked(self.caller(), &self.action, &self.resource).resource_account(owner);
        for (key, value) in &self.context {
            request = match value {
                Value::Array(values) => {
                    request.with_all_unchecked(key, values.iter().map(|value| value.as_str().unwrap()))
                }
                value => request.with_unchecked(key, value.as_str().unwrap()),
            };
        }
        request
    }

    fn authorizer(&self) -> Authorizer {
        let mut builder = Authorizer::builder();
        for attached in &self.policies {
            let json = attached.policy.to_string();
            let policy = Document::read(&json).unwrap();
            builder = attached.layer.attach(builder, &policy);
        }
        builder.build()
    }

    /// What this evaluator answers, and why.
    pub fn ask(&self) -> (Outcome, String) {
        let (authorizer, request) = (self.authorizer(), self.request());
        let explanation = authorizer.explain(&request);
        (explanation.decision().outcome(), explanation.to_string())
    }
}

impl Layer {
    fn attach(self, builder: Builder, policy: &Document<'_>) -> Builder {
        match self {
            Self::Identity => builder.identity(policy),
            Self::Boundary => builder.boundary(policy),
            Self::Session => builder.session(policy),
            Self::Resource => builder.resource(policy),
            Self::Trust => builder.trust(policy),
            Self::Endpoint => builder.endpoint(policy),
            Self::ServiceControl(level) => builder.service_control(level, policy),
            Self::ResourceControl(level) => builder.resource_control(level, policy),
        }
    }
}

/// Whether this names a service, as services call themselves.
pub fn is_service(caller: &str) -> bool {
    caller.ends_with(".amazonaws.com") && caller != "cognito-identity.amazonaws.com"
}

/// The key as AWS writes it: ours come in small letters.
fn name_of(key: &str, context: &Keys) -> String {
    const FOLLOWING: [&str; 8] = [
        "aws:PrincipalAccount",
        "aws:PrincipalArn",
        "aws:PrincipalIsAWSService",
        "aws:PrincipalServiceName",
        "aws:PrincipalType",
        "aws:ResourceAccount",
        "aws:userid",
        "aws:username",
    ];
    let written = context.keys().map(String::as_str).chain(FOLLOWING);
    let found = written.into_iter().find(|written| written.eq_ignore_ascii_case(key));
    found.unwrap_or(key).to_owned()
}
