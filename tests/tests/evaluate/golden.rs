//! What AWS's documentation says of requests, case by case.
//!
//! A file of `golden/` is a theme. Its `policies` have names, so that cases can share them; a case lists by layer the names of
//! those that apply, of an organization by level from the root down. Each names the page that the answer follows from; where
//! the page leaves it open, `silent` says why the answer is the stricter one.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use policy_core::document::Document;
use policy_core::evaluate::{Authorizer, Builder, Caller, Request};
use policy_core::names::AccountId;
use policy_core::policy::{Comparison, Operator, Qualifier};
use serde_json::Value;

struct Theme {
    name: String,
    policies: BTreeMap<String, String>,
    cases: Vec<Value>,
}

fn themes() -> Vec<Theme> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/evaluate/golden");
    let mut themes: Vec<Theme> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let file: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
            let policies = file["policies"].as_object().unwrap().iter();
            Theme {
                name: path.file_stem().unwrap().to_str().unwrap().to_owned(),
                policies: policies
                    .map(|(name, policy)| (name.clone(), policy.to_string()))
                    .collect(),
                cases: file["cases"].as_array().unwrap().clone(),
            }
        })
        .collect();
    themes.sort_by(|one, other| one.name.cmp(&other.name));
    themes
}

impl Theme {
    /// The names of the policies of a layer, with their level.
    fn applying<'c>(case: &'c Value, layer: &str) -> Vec<(usize, &'c str)> {
        let Some(value) = case["policies"].get(layer) else {
            return Vec::new();
        };
        let list = value.as_array().unwrap().iter().enumerate();
        list.flat_map(|(level, item)| match item {
            Value::Array(names) => names.iter().map(|name| (level, name.as_str().unwrap())).collect(),
            item => vec![(0, item.as_str().unwrap())],
        })
        .collect()
    }

    fn authorizer(&self, case: &Value) -> Authorizer {
        let add = |builder: Builder, layer: &str| {
            Self::applying(case, layer)
                .into_iter()
                .fold(builder, |builder, (level, name)| {
                    let policy = self.policies.get(name).unwrap_or_else(|| panic!("no policy `{name}`"));
                    let policy = Document::read(policy).unwrap();
                    match layer {
                        "identity" => builder.identity(&policy),
                        "boundary" => builder.boundary(&policy),
                        "session" => builder.session(&policy),
                        "resource" => builder.resource(&policy),
                        "restricted_bucket" => builder.restricted_bucket(&policy),
                        "endpoint" => builder.endpoint(&policy),
                        "trust" => builder.trust(&policy),
                        "service_control" => builder.service_control(level, &policy),
                        "resource_control" => builder.resource_control(level, &policy),
                        _ => panic!("no layer `{layer}`"),
                    }
                })
        };
        let layers = case["policies"].as_object().unwrap().keys();
        let mut builder = layers.fold(Authorizer::builder(), |builder, layer| add(builder, layer));
        if case["key_policy"] == "default" {
            builder = builder.default_key_policy();
        }
        if let Some(account) = case.get("management_account") {
            builder = builder.management_account(AccountId::new(account.as_str().unwrap()).unwrap());
        }
        builder.build()
    }

    /// How the answer differs from AWS's, if it does.
    fn wrong(&self, case: &Value) -> Option<String> {
        let authorizer = self.authorizer(case);
        let request = request(case);
        let decision = authorizer.ask(&request);
        let mut differs = Vec::new();
        let mut same = |what: &str, is: Option<String>| {
            let expected = case.get(what).map(|value| value.as_str().unwrap());
            if let Some(expected) = expected
                && Some(expected) != is.as_deref()
            {
                differs.push(format!("{what}: {} instead of {}", is.unwrap_or_default(), expected));
            }
        };
        same("expect", Some(decision.outcome().to_string()));
        same("rule", decision.rule().map(|rule| rule.to_string()));
        same("layer", decision.layer().map(|layer| layer.to_string()));
        same(
            "sid",
            decision
                .statement()
                .and_then(|statement| statement.sid().map(str::to_owned)),
        );
        let is_grave = decision.is_allowed() && case["must_not_grant"] == true;
        (!differs.is_empty()).then(|| {
            let grave = match (is_grave, case.get("silent")) {
                (true, None) => " (GRANTS WHAT AWS DENIES)",
                (true, Some(_)) => " (GRANTS WHAT AWS LEAVES OPEN)",
                (false, _) => "",
            };
            let explained = authorizer.explain(&request).to_string().replace('\n', "\n    ");
            format!(
                "{}: {}{grave}\n    {}\n    {}\n    {explained}",
                self.name,
                case["name"].as_str().unwrap(),
                differs.join(", "),
                case["page"].as_str().unwrap()
            )
        })
    }
}

fn request(case: &Value) -> Request {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let caller = match &case["caller"] {
        Value::String(text) if text == "anonymous" => Caller::anonymous(),
        Value::String(arn) => Caller::from_arn(arn).unwrap(),
        Value::Object(caller) => match (caller.get("service"), caller.get("federated")) {
            (Some(name), _) => Caller::service(name.as_str().unwrap()),
            (_, Some(provider)) => Caller::federated(provider.as_str().unwrap()),
            _ => Caller::session_of(&text(&caller["role"]), &text(&caller["session"])).unwrap(),
        },
        other => panic!("{other} is no caller"),
    };
    let mut request = Request::unchecked(caller, &text(&case["action"]), &text(&case["resource"]));
    if let Some(account) = case.get("resource_account") {
        request = request.resource_account(AccountId::new(account.as_str().unwrap()).unwrap());
    }
    if let Some(account) = case.get("object_owner") {
        request = request.object_owner(AccountId::new(account.as_str().unwrap()).unwrap());
    }
    for (key, value) in case.get("context").and_then(Value::as_object).into_iter().flatten() {
        request = match value {
            Value::Array(values) => request.with_all_unchecked(key, values.iter().map(text)),
            value => request.with_unchecked(key, text(value)),
        };
    }
    let services = case.get("called_via").and_then(Value::as_array).into_iter().flatten();
    services.fold(request, |request, service| {
        request.called_via(service.as_str().unwrap()).unwrap()
    })
}

#[test]
fn every_case_is_answered_as_aws_documents() {
    let mut wrong = Vec::new();
    let mut counts = String::new();
    for theme in themes() {
        let before = wrong.len();
        wrong.extend(theme.cases.iter().filter_map(|case| theme.wrong(case)));
        let (cases, failed) = (theme.cases.len(), wrong.len() - before);
        writeln!(counts, "{cases:5} cases, {failed:3} wrong: {}", theme.name).unwrap();
    }
    println!("{counts}");
    assert!(wrong.is_empty(), "{}\n{counts}", wrong.join("\n"));
}

#[test]
fn the_cases_are_many_and_sound() {
    let mut names = BTreeSet::new();
    let mut count = 0;
    for theme in themes() {
        let mut used = BTreeSet::new();
        for case in &theme.cases {
            count += 1;
            let name = format!("{}: {}", theme.name, case["name"].as_str().unwrap());
            assert!(names.insert(name.clone()), "{name} comes twice");
            let page = case["page"].as_str().unwrap();
            assert!(
                page.starts_with("https://") && page.contains("aws.amazon.com/"),
                "{name}: {page}"
            );
            let expect = case["expect"].as_str().unwrap();
            assert!(
                [
                    "allowed",
                    "explicitly denied",
                    "implicitly denied",
                    "depends on the key policy"
                ]
                .contains(&expect),
                "{name}: {expect}"
            );
            assert!(expect != "allowed" || case.get("must_not_grant").is_none(), "{name}");
            for layer in case["policies"].as_object().unwrap().keys() {
                used.extend(
                    Theme::applying(case, layer)
                        .into_iter()
                        .map(|(_, name)| name.to_owned()),
                );
            }
        }
        let known: BTreeSet<String> = theme.policies.keys().cloned().collect();
        assert_eq!(known, used, "policies that {} has, and that it uses", theme.name);
    }
    assert!(count >= 400, "{count}");
}

#[test]
fn every_operator_decides_a_case() {
    let themes = themes();
    let mut seen: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for theme in &themes {
        for case in &theme.cases {
            for layer in case["policies"].as_object().unwrap().keys() {
                for (_, name) in Theme::applying(case, layer) {
                    for operator in operators(&theme.policies[name]) {
                        seen.entry(operator)
                            .or_default()
                            .insert(case["expect"].as_str().unwrap());
                    }
                }
            }
        }
    }
    let mut combinations = 0;
    for comparison in Comparison::ALL {
        for qualifier in [None, Some(Qualifier::ForAllValues), Some(Qualifier::ForAnyValue)] {
            for if_exists in [false, true] {
                // AWS has no such suffix on `Null`.
                if *comparison == Comparison::Null && if_exists {
                    continue;
                }
                let mut operator = Operator::from(*comparison);
                operator.qualifier = qualifier;
                operator.if_exists = if_exists;
                combinations += 1;
                let decided = seen.get(&operator.to_string()).map_or(0, BTreeSet::len);
                // `Null` with a qualifier always says the same.
                let differently = if *comparison == Comparison::Null && qualifier.is_some() {
                    1
                } else {
                    2
                };
                assert!(decided >= differently, "no case is decided by `{operator}`");
            }
        }
    }
    // 27 comparisons, less the one with `IfExists` that there is not, each with and without two qualifiers.
    assert_eq!(combinations, 27 * 3 * 2 - 3);
}

/// The operators of a policy.
fn operators(policy: &str) -> Vec<String> {
    let policy: Value = serde_json::from_str(policy).unwrap();
    let statements = match &policy["Statement"] {
        Value::Array(statements) => statements.clone(),
        one => vec![one.clone()],
    };
    let conditions = statements
        .iter()
        .filter_map(|statement| statement.get("Condition")?.as_object());
    conditions.flat_map(|condition| condition.keys().cloned()).collect()
}
