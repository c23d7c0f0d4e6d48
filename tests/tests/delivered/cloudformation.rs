//! What `CloudFormation` makes of a template.

use std::collections::BTreeMap;

use runner_profiles::render::Home;
use serde_json::{Map, Value as Json};

use crate::{Account, Deployed};

/// The roles of a stack of this template.
pub fn created(template: &str, here: &Home) -> Account {
    let template: Json = serde_json::from_str(template).unwrap();
    assert_eq!(template["AWSTemplateFormatVersion"], "2010-09-09");
    let resources = template["Resources"].as_object().unwrap();
    let mut account: Account = BTreeMap::new();
    for (id, resource) in resources {
        assert!(!id.is_empty() && id.len() <= 255 && id.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        if resource["Type"] != "AWS::IAM::Role" {
            assert_eq!(resource["Type"], "AWS::IAM::ManagedPolicy");
            continue;
        }
        let properties = evaluated(&resource["Properties"], here);
        let text = |name: &str| properties.get(name).map(|text| text.as_str().unwrap().to_owned());
        let elements = |name: &str| properties.get(name).and_then(Json::as_array).into_iter().flatten();
        let mut deployed = Deployed {
            path: text("Path"),
            description: text("Description"),
            max_session_duration: properties
                .get("MaxSessionDuration")
                .map(|number| number.as_u64().unwrap()),
            boundary: text("PermissionsBoundary"),
            tags: elements("Tags")
                .map(|tag| (string(&tag["Key"]), string(&tag["Value"])))
                .collect(),
            trust: properties["AssumeRolePolicyDocument"].clone(),
            inline: elements("Policies")
                .map(|policy| (string(&policy["PolicyName"]), policy["PolicyDocument"].clone()))
                .collect(),
            ..Deployed::default()
        };
        for arn in elements("ManagedPolicyArns").map(string) {
            let Some(id) = arn.strip_prefix(OWN) else {
                deployed.attached.push(arn);
                continue;
            };
            let policy = evaluated(&resources[id]["Properties"], here);
            assert_eq!(policy.get("Path").map(string), deployed.path);
            deployed
                .managed
                .insert(string(&policy["ManagedPolicyName"]), policy["PolicyDocument"].clone());
        }
        let output = &template["Outputs"][format!("{id}Arn")]["Value"];
        assert_eq!(*output, serde_json::json!({ "Fn::GetAtt": [id, "Arn"] }));
        assert!(account.insert(text("RoleName").unwrap(), deployed).is_none());
    }
    account
}

/// The placeholder of the ARN of a managed policy of the template, before its logical ID.
const OWN: &str = "the ARN of ";

fn string(json: &Json) -> String {
    json.as_str().unwrap().to_owned()
}

/// The value with its functions called.
fn evaluated(value: &Json, here: &Home) -> Json {
    match value {
        Json::Array(elements) => elements.iter().map(|element| evaluated(element, here)).collect(),
        Json::Object(members) => called(members, here).unwrap_or_else(|| {
            let members = members.iter();
            Json::Object(
                members
                    .map(|(name, value)| (name.clone(), evaluated(value, here)))
                    .collect(),
            )
        }),
        scalar => scalar.clone(),
    }
}

/// A function is the only member of its object.
fn called(members: &Map<String, Json>, here: &Home) -> Option<Json> {
    let mut members = members.iter();
    let ((name, argument), None) = (members.next()?, members.next()) else {
        return None;
    };
    let value = match name.as_str() {
        "Ref" => reference(argument.as_str().unwrap(), here),
        "Fn::Sub" => {
            let text = argument.as_str().unwrap();
            let value = substituted(text, here);
            assert_eq!(value, substituted_by_tokens(text, here), "read in two ways: {text}");
            value
        }
        "Fn::Join" => {
            assert_eq!(argument[0], "");
            let parts = argument[1].as_array().unwrap().iter();
            parts.map(|part| string(&evaluated(part, here))).collect()
        }
        _ => return None,
    };
    Some(Json::String(value))
}

fn reference(name: &str, here: &Home) -> String {
    match name {
        "AWS::Partition" => here.region().partition().to_string(),
        "AWS::Region" => here.region().to_string(),
        "AWS::AccountId" => here.account_id().to_string(),
        id => format!("{OWN}{id}"),
    }
}

/// As AWS documents it, and no more: `${!NAME}` is `${NAME}`, `${NAME}` is what it refers to.
fn substituted(text: &str, here: &Home) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("${") {
        assert!(!before.ends_with('$'), "not documented: {text}");
        out.push_str(before);
        let (name, behind) = behind.split_once('}').unwrap();
        if let Some(literal) = name.strip_prefix('!') {
            assert!(!literal.is_empty() && !literal.starts_with('!') && !literal.contains(['$', '{']));
            out.push_str("${");
            out.push_str(literal);
            out.push('}');
        } else {
            assert!(name.starts_with("AWS::"), "{name} in {text}");
            out.push_str(&reference(name, here));
        }
        rest = behind;
    }
    out + rest
}

/// As readers that do not follow AWS's documentation: each `${`, anything but `}`, and `}` is a token, with any text
/// before it.
fn substituted_by_tokens(text: &str, here: &Home) -> String {
    let (mut out, mut from) = (String::new(), 0);
    for (at, _) in text.match_indices("${") {
        let Some(length) = text[at..].find('}') else { continue };
        if at < from {
            continue;
        }
        out.push_str(&text[from..at]);
        match &text[at + 2..at + length] {
            "" => out.push_str("${}"),
            token if token.starts_with('!') => {
                out.push_str("${");
                out.push_str(&token[1..]);
                out.push('}');
            }
            name => out.push_str(&reference(name, here)),
        }
        from = at + length + 1;
    }
    out + &text[from..]
}
