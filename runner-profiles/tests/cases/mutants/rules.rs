//! Every way in which a policy is broken: one change each.

use runner_profiles::policy_core::catalogue::actions_matching;
use serde_json::{Map, Value, json};

/// A policy with one change.
pub(crate) struct Mutant {
    /// What kind of change.
    pub(crate) rule: &'static str,
    /// Where, and what it is about: `ReadPipelineSecrets, secretsmanager:GetSecretValue`.
    pub(crate) at: String,
    pub(crate) policy: Value,
}

type Statement = Map<String, Value>;

/// All mutants of a policy whose `Statement` is a list.
pub(crate) fn mutants(policy: &Value) -> Vec<Mutant> {
    let statements = policy["Statement"].as_array().unwrap();
    let with = |changed: Vec<Value>| {
        let mut policy = policy.clone();
        policy["Statement"] = json!(changed);
        policy
    };
    let mut mutants = Vec::new();
    for (rule, more) in [
        ("a statement added that allows everything", everything(policy, "Allow")),
        ("a statement added that denies everything", everything(policy, "Deny")),
    ] {
        let more = with(statements.iter().cloned().chain([more]).collect());
        mutants.push(Mutant {
            rule,
            at: "the policy".to_owned(),
            policy: more,
        });
    }
    for (index, statement) in statements.iter().enumerate() {
        let name = match statement["Sid"].as_str() {
            Some(sid) => sid.to_owned(),
            None => format!("statement {}", index + 1),
        };
        let mut without = statements.clone();
        without.remove(index);
        mutants.push(Mutant {
            rule: "a statement dropped",
            at: name.clone(),
            policy: with(without),
        });
        let mut changes = Changes {
            statement: statement.as_object().unwrap(),
            made: Vec::new(),
        };
        changes.make();
        for (rule, about, changed) in changes.made {
            let mut all = statements.clone();
            all[index] = Value::Object(changed);
            let at = if about.is_empty() {
                name.clone()
            } else {
                format!("{name}, {about}")
            };
            mutants.push(Mutant {
                rule,
                at,
                policy: with(all),
            });
        }
    }
    // A change without a difference is dropped, and two with the same result are one.
    let mut seen = vec![policy.clone()];
    mutants.retain(|mutant| {
        let is_new = !seen.contains(&mutant.policy);
        seen.push(mutant.policy.clone());
        is_new
    });
    mutants
}

/// A statement of everything that the policy could be about.
fn everything(policy: &Value, effect: &str) -> Value {
    if policy["Statement"][0].get("Principal").is_some() {
        json!({ "Effect": effect, "Action": "sts:*", "Principal": "*" })
    } else {
        json!({ "Effect": effect, "Action": "*", "Resource": "*" })
    }
}

/// The changes within one statement: what kind, what about, and the statement changed.
struct Changes<'s> {
    statement: &'s Statement,
    made: Vec<(&'static str, String, Statement)>,
}

impl Changes<'_> {
    fn make(&mut self) {
        let other = if self.statement["Effect"] == "Allow" {
            "Deny"
        } else {
            "Allow"
        };
        self.set("its effect flipped", String::new(), "Effect", json!(other));
        self.actions();
        self.resources();
        self.principal();
        self.condition();
    }

    fn actions(&mut self) {
        let actions = list(&self.statement["Action"]);
        self.set("any action", String::new(), "Action", json!("*"));
        self.rename("all actions but these", "Action", "NotAction");
        self.without_one("an action dropped", "Action", &actions);
        for (index, action) in actions.iter().enumerate() {
            let (service, name) = action.split_once(':').unwrap();
            let verb = &name[..name[1..].find(char::is_uppercase).map_or(name.len(), |end| end + 1)];
            for (rule, instead) in [
                ("an action widened to its service", format!("{service}:*")),
                ("an action widened to its verb", format!("{service}:{verb}*")),
                ("an action widened to what begins alike", format!("{action}*")),
                ("an action misspelt", action[..action.len() - 1].to_owned()),
            ] {
                // A pattern that no other action fits names the same one.
                if actions_matching(&instead).count() != 1 {
                    self.replace(rule, "Action", &actions, index, &instead);
                }
            }
        }
    }

    fn resources(&mut self) {
        let Some(resources) = self.statement.get("Resource").map(list) else {
            return;
        };
        self.set("any resource", String::new(), "Resource", json!("*"));
        self.rename("all resources but these", "Resource", "NotResource");
        self.without_one("a resource dropped", "Resource", &resources);
        for (index, resource) in resources.iter().enumerate() {
            let fields: Vec<&str> = resource.splitn(6, ':').collect();
            let [_, partition, service, region, account, name] = fields.as_slice() else {
                continue;
            };
            let arn = |partition: &str, region: &str, account: &str, name: &str| {
                format!("arn:{partition}:{service}:{region}:{account}:{name}")
            };
            let star = |field: &str| if field.is_empty() { "" } else { "*" }.to_owned();
            let beside = name
                .trim_end_matches(['*', '/', ':'])
                .rfind(['/', ':'])
                .map_or("", |at| &name[..=at]);
            let narrower = match name.strip_suffix('*') {
                Some(narrower) => narrower,
                None => &name[..name.len() - 1],
            };
            for (rule, instead) in [
                ("any partition", arn("*", region, account, name)),
                ("any Region", arn(partition, &star(region), account, name)),
                ("any account", arn(partition, region, &star(account), name)),
                (
                    "any resource of the kind",
                    arn(partition, region, account, &format!("{beside}*")),
                ),
                ("any resource of the service", arn(partition, region, account, "*")),
                (
                    "what begins like the resource",
                    format!("{}*", resource.trim_end_matches(['*', '/', ':'])),
                ),
                (
                    "what is below the resource",
                    format!("{}/*", resource.trim_end_matches(['*', '/'])),
                ),
                (
                    "the end of a resource dropped",
                    arn(partition, region, account, narrower),
                ),
            ] {
                self.replace(rule, "Resource", &resources, index, &instead);
            }
        }
    }

    fn principal(&mut self) {
        let Some(principal) = self.statement.get("Principal").and_then(Value::as_object).cloned() else {
            return;
        };
        self.set("anyone", String::new(), "Principal", json!("*"));
        let mut with_account = principal.clone();
        with_account.insert("AWS".to_owned(), json!("111122223333"));
        self.set("the account, too", String::new(), "Principal", json!(with_account));
        self.set(
            "the account instead",
            String::new(),
            "Principal",
            json!({ "AWS": "111122223333" }),
        );
        let services = principal.get("Service").map(list).unwrap_or_default();
        let ec2 = services
            .iter()
            .cloned()
            .chain(["ec2.amazonaws.com".to_owned()])
            .collect::<Vec<_>>();
        if !services.contains(&"ec2.amazonaws.com".to_owned()) {
            let mut with_ec2 = principal.clone();
            with_ec2.insert("Service".to_owned(), json!(ec2));
            self.set("EC2, too", String::new(), "Principal", json!(with_ec2));
        }
        for (index, service) in services.iter().enumerate() {
            let mut left = services.clone();
            left.remove(index);
            if !left.is_empty() {
                let about = service.clone();
                self.set("a principal dropped", about, "Principal", json!({ "Service": left }));
            }
        }
        if let Some(provider) = principal.get("Federated").map(list) {
            let other = format!("{}0", provider.concat());
            self.set(
                "another provider",
                String::new(),
                "Principal",
                json!({ "Federated": other }),
            );
        }
    }

    fn condition(&mut self) {
        let Some(condition) = self.statement.get("Condition").and_then(Value::as_object).cloned() else {
            return;
        };
        let mut without = self.statement.clone();
        without.remove("Condition");
        self.made.push(("the conditions dropped", String::new(), without));
        for (operator, keys) in &condition {
            let keys = keys.as_object().unwrap();
            for (key, values) in keys {
                let about = format!("{operator} {key}");
                let values = list(values);
                let mut set = |rule, operator: &str, values: Option<Vec<String>>| {
                    self.set(
                        rule,
                        about.clone(),
                        "Condition",
                        instead(&condition, &about, operator, values),
                    );
                };
                if condition.len() > 1 || keys.len() > 1 {
                    set("a condition dropped", operator, None);
                }
                let like = operator.replace("Equals", "Like");
                // Of ARNs both are the same operator, and without a wildcard both are of texts.
                if operator.starts_with("String") && values.iter().any(|value| value.contains(['*', '?'])) {
                    set(
                        "Equals for Like",
                        &operator.replace("Like", "Equals"),
                        Some(values.clone()),
                    );
                    set("Like for Equals", &like, Some(values.clone()));
                }
                let negated = operator.replace("Equals", "NotEquals").replace("Like", "NotLike");
                set("its contrary", &negated, Some(values.clone()));
                set(
                    "if the key exists",
                    &format!("{operator}IfExists"),
                    Some(values.clone()),
                );
                set(
                    "for all values, none among them",
                    &format!("ForAllValues:{operator}"),
                    Some(values.clone()),
                );
                let any = if operator.starts_with("Arn") {
                    "arn:*:*:*:*:*"
                } else {
                    "*"
                };
                set("any value", &like, Some(vec![any.to_owned()]));
                for (index, value) in values.iter().enumerate() {
                    let mut left = values.clone();
                    left.remove(index);
                    if !left.is_empty() {
                        set("a value dropped", operator, Some(left));
                    }
                    let mut changed = values.clone();
                    changed[index] = format!("{}*", value.trim_end_matches(['*', '/']));
                    set("what begins like the value", &like, Some(changed.clone()));
                    changed[index] = String::from(&value[..value.len() - 1]);
                    set("the end of a value dropped", operator, Some(changed));
                }
            }
        }
    }

    fn set(&mut self, rule: &'static str, about: String, element: &str, value: Value) {
        let mut changed = self.statement.clone();
        changed.insert(element.to_owned(), value);
        self.made.push((rule, about, changed));
    }

    fn rename(&mut self, rule: &'static str, from: &str, to: &str) {
        let mut changed = self.statement.clone();
        let value = changed.remove(from).unwrap();
        changed.insert(to.to_owned(), value);
        self.made.push((rule, String::new(), changed));
    }

    fn replace(&mut self, rule: &'static str, element: &str, texts: &[String], index: usize, instead: &str) {
        let mut changed = texts.to_vec();
        let about = std::mem::replace(&mut changed[index], instead.to_owned());
        if about != instead {
            self.set(rule, about, element, json!(changed));
        }
    }

    fn without_one(&mut self, rule: &'static str, element: &str, texts: &[String]) {
        for (index, text) in texts.iter().enumerate() {
            let mut left = texts.to_vec();
            left.remove(index);
            if !left.is_empty() {
                self.set(rule, text.clone(), element, json!(left));
            }
        }
    }
}

/// The conditions with another operator and other values for one `operator key`, or without it.
fn instead(condition: &Statement, about: &str, operator: &str, values: Option<Vec<String>>) -> Value {
    let (old, key) = about.split_once(' ').unwrap();
    let mut changed = condition.clone();
    let keys = changed[old].as_object_mut().unwrap();
    let before = keys.remove(key).unwrap();
    if keys.is_empty() {
        changed.remove(old);
    }
    if let Some(values) = values {
        let value = if list(&before) == values { before } else { json!(values) };
        let keys = changed.entry(operator).or_insert_with(|| json!({}));
        keys.as_object_mut().unwrap().insert(key.to_owned(), value);
    }
    json!(changed)
}

/// One text, or several.
fn list(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(texts) => texts.iter().map(|text| text.as_str().unwrap().to_owned()).collect(),
        _ => Vec::new(),
    }
}
