//! A slow evaluator of identity-based policies, straight from the pages' words: it reads the JSON again for each
//! request, and does exactly what the pages say. Where they do not define the result, an `Allow` does not match and a
//! `Deny` does.

mod condition;
mod date;
pub(super) mod form;
mod operator;
mod text;

use serde_json::Value;

use super::super::{Outcome, Request};
use form::{Resource, completed, is_action, is_printable, resource};
use text::{Naming, matches, named, plain};

/// The effect that an undocumented result favours.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    Allow,
    Deny,
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>
pub(in super::super) fn outcome(policy: &str, request: &Request) -> Outcome {
    let policy: Value = serde_json::from_str(policy).unwrap();
    // <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html>
    let has_variables = policy.get("Version").is_some_and(|version| version == "2012-10-17");
    let asked = Asked {
        request,
        has_variables,
        empty_is_text: false,
    };
    let mut outcome = Outcome::ImplicitlyDenied;
    for statement in list(policy.get("Statement").unwrap()) {
        let effect = match statement.get("Effect").unwrap().as_str().unwrap() {
            "Allow" => Effect::Allow,
            _ => Effect::Deny,
        };
        if !asked.is_meant(&statement, effect) {
            continue;
        }
        if effect == Effect::Deny {
            return Outcome::ExplicitlyDenied;
        }
        outcome = Outcome::Allowed;
    }
    outcome
}

/// The request, for a policy that has variables or does not.
#[derive(Clone, Copy)]
struct Asked<'r> {
    request: &'r Request,
    has_variables: bool,
    /// Whether an empty text is the value of a variable, and not null.
    empty_is_text: bool,
}

impl Asked<'_> {
    fn is_meant(self, statement: &Value, effect: Effect) -> bool {
        self.is_about_action(statement, effect)
            && self.is_about_resource(statement, effect)
            && condition::is_met(statement, effect, self)
    }

    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>,
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html>
    fn is_about_action(self, statement: &Value, effect: Effect) -> bool {
        let asked = self.request.action().to_lowercase();
        let actions = statement.get("Action");
        let listed = texts(actions.or(statement.get("NotAction")).unwrap());
        // A policy that AWS rejects may have meant anything.
        if !listed.iter().all(|text| is_action(text)) {
            return effect == Effect::Deny;
        }
        let mut said = listed.iter().map(|text| matches(&plain(&text.to_lowercase()), &asked));
        match (actions, effect) {
            (Some(_), Effect::Allow) => said.any(|naming| naming == Naming::Surely),
            (Some(_), Effect::Deny) => said.any(|naming| naming != Naming::Not),
            (None, Effect::Deny) => said.all(|naming| naming != Naming::Surely),
            (None, Effect::Allow) => said.all(|naming| naming == Naming::Not),
        }
    }

    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>,
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html>
    fn is_about_resource(self, statement: &Value, effect: Effect) -> bool {
        let name = if statement.get("Resource").is_some() {
            "Resource"
        } else {
            "NotResource"
        };
        let listed = texts(statement.get(name).unwrap());
        let is_rejected =
            |text: &String| resource(text, self.has_variables) == Resource::Rejected || !is_printable(text);
        if listed.iter().any(is_rejected) {
            return effect == Effect::Deny;
        }
        let mut said = listed.iter().map(|text| self.names(text));
        match (name, effect) {
            ("Resource", Effect::Allow) => said.any(|naming| naming == Naming::Surely),
            ("Resource", Effect::Deny) => said.any(|naming| {
                matches!(
                    naming,
                    Naming::Surely | Naming::Perhaps | Naming::Several | Naming::Either
                )
            }),
            // An exclusion must match for sure; a grant's exclusion must not match for sure.
            (_, Effect::Deny) => said.all(|naming| naming != Naming::Surely),
            (_, Effect::Allow) => said.all(|naming| naming == Naming::Not),
        }
    }

    /// Whether one text names the resource.
    fn names(self, text: &str) -> Naming {
        let asked = self.request.resource();
        if resource(text, self.has_variables) == Resource::Open {
            return Naming::Perhaps;
        }
        let completed = completed(text, self.has_variables);
        let full = completed.as_deref().unwrap_or(text);
        let may_name = |arn: &str| {
            let naming = named(full, arn, self);
            !matches!(naming, Naming::Not | Naming::Nothing)
        };
        match named(full, asked, self) {
            // A `*` that matches past a colon may do so before or after AWS adds fields.
            Naming::Not if completed.is_some() && matches(&plain(text), asked) != Naming::Not => Naming::Perhaps,
            // A request for `*` may be about what an ARN of the service covers.
            Naming::Not if asked == "*" && self.perhaps(full).iter().any(|arn| may_name(arn)) => Naming::Perhaps,
            naming => naming,
        }
    }

    /// The ARNs of all resources of the service, or all objects, in any Region of the pattern, in the caller's account or none.
    fn perhaps(self, pattern: &str) -> Vec<String> {
        let service = self.request.action().split(':').next().unwrap().to_lowercase();
        let region = pattern.split(':').nth(3).unwrap_or("*");
        let of_object = if self.request.action().to_lowercase().contains("object") {
            "*/*"
        } else {
            "*"
        };
        let mut arns = Vec::new();
        for region in [region, ""] {
            for account in ["111122223333", ""] {
                for last in ["*", "", of_object] {
                    arns.push(format!("arn:aws:{service}:{region}:{account}:{last}"));
                }
            }
        }
        arns
    }

    /// The request's values for a key, in any case.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html>
    fn values(&self, key: &str) -> Option<&[String]> {
        let mut keys = self.request.context().iter();
        keys.find(|(known, _)| known.to_lowercase() == key.to_lowercase())
            .map(|(_, values)| values)
    }
}

/// A single value means the same as a list with it.
fn list(value: &Value) -> Vec<Value> {
    match value {
        Value::Array(values) => values.clone(),
        one => vec![one.clone()],
    }
}

fn texts(value: &Value) -> Vec<String> {
    list(value)
        .iter()
        .map(|text| text.as_str().unwrap().to_owned())
        .collect()
}
