//! What Terraform makes of a file.
//!
//! The rules of templates, as Terraform 1.11 was seen to follow them with every text of up to five of `$%{a`: `$${` is `${` and
//! `%%{` is `%{`, read from the left; anything before is literal.

use std::collections::BTreeMap;

use runner_profiles::render::Home;
use serde_json::{Map, Value as Json};

use crate::{Account, Deployed};

/// The roles that there are when the file is applied.
pub fn applied(file: &str, here: &Home) -> Account {
    let file: Json = serde_json::from_str(file).unwrap();
    assert_eq!(
        file["terraform"]["required_providers"]["aws"]["source"],
        "hashicorp/aws"
    );
    for (label, _) in resources(&file, "aws_iam_role") {
        let output = &file["output"][format!("{label}_arn")]["value"];
        assert_eq!(*output, format!("${{aws_iam_role.{label}.arn}}"));
    }
    let module = Module { file: &file, here };
    account(&file, &|template| module.text(template))
}

/// The roles of these resources, whose texts are read so.
pub fn account(file: &Json, text: &dyn Fn(&str) -> String) -> Account {
    let read = Texts(text);
    let mut account: Account = BTreeMap::new();
    for (_, role) in resources(file, "aws_iam_role") {
        let tags = role.get("tags").and_then(Json::as_object).into_iter().flatten();
        let deployed = Deployed {
            path: read.optional(role, "path"),
            description: read.optional(role, "description"),
            max_session_duration: role.get("max_session_duration").map(|number| number.as_u64().unwrap()),
            boundary: read.optional(role, "permissions_boundary"),
            tags: tags
                .map(|(key, value)| (text(key), text(value.as_str().unwrap())))
                .collect(),
            trust: read.policy(role, "assume_role_policy"),
            ..Deployed::default()
        };
        let before = account.insert(read.member(role, "name"), deployed);
        assert!(before.is_none(), "two roles of a name");
    }
    for (_, inline) in resources(file, "aws_iam_role_policy") {
        let role = account.get_mut(&read.member(inline, "role")).unwrap();
        let policy = read.policy(inline, "policy");
        assert!(role.inline.insert(read.member(inline, "name"), policy).is_none());
    }
    for (_, attachment) in resources(file, "aws_iam_role_policy_attachment") {
        let role = account.get_mut(&read.member(attachment, "role")).unwrap();
        let arn = read.member(attachment, "policy_arn");
        match arn.strip_prefix(OWN) {
            None => role.attached.push(arn),
            Some(label) => {
                let policy = &file["resource"]["aws_iam_policy"][label].as_object().unwrap();
                assert_eq!(read.optional(policy, "path"), role.path);
                role.managed
                    .insert(read.member(policy, "name"), read.policy(policy, "policy"));
            }
        }
    }
    account
}

/// The placeholder of the ARN of a managed policy of the file, before its label.
pub const OWN: &str = "the ARN of ";

struct Module<'f> {
    file: &'f Json,
    here: &'f Home,
}

pub fn resources<'f>(
    file: &'f Json,
    type_name: &str,
) -> impl Iterator<Item = (&'f str, &'f Map<String, Json>)> + use<'f> {
    let of_type = file["resource"].get(type_name);
    let labelled = of_type.into_iter().flat_map(|of_type| of_type.as_object().unwrap());
    labelled.map(|(label, resource)| {
        let is_label = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        assert!(
            label.bytes().all(is_label) && !label.starts_with(|first: char| first.is_ascii_digit() || first == '-')
        );
        (label.as_str(), resource.as_object().unwrap())
    })
}

/// How texts are read.
struct Texts<'t>(&'t dyn Fn(&str) -> String);

impl Texts<'_> {
    fn member(&self, resource: &Map<String, Json>, name: &str) -> String {
        self.optional(resource, name).unwrap()
    }

    fn optional(&self, resource: &Map<String, Json>, name: &str) -> Option<String> {
        resource.get(name).map(|text| (self.0)(text.as_str().unwrap()))
    }

    fn policy(&self, resource: &Map<String, Json>, name: &str) -> Json {
        let text = self.member(resource, name);
        assert!(
            text.chars().all(|character| character <= '\u{FF}'),
            "IAM does not take {text}"
        );
        serde_json::from_str(&text).unwrap()
    }
}

impl Module<'_> {
    /// What the template gives.
    fn text(&self, template: &str) -> String {
        let mut text = String::new();
        let mut rest = template;
        while let Some(first) = rest.chars().next() {
            if let Some(behind) = rest.strip_prefix("$${") {
                text.push_str("${");
                rest = behind;
            } else if let Some(behind) = rest.strip_prefix("%%{") {
                text.push_str("%{");
                rest = behind;
            } else if let Some(behind) = rest.strip_prefix("${") {
                let (expression, behind) = behind.split_once('}').unwrap();
                text.push_str(&self.value(expression));
                rest = behind;
            } else {
                assert!(!rest.starts_with("%{"), "a directive in {template}");
                text.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
        text
    }

    fn value(&self, expression: &str) -> String {
        let (region, account_id) = (self.here.region(), self.here.account_id());
        let parts: Vec<&str> = expression.split('.').collect();
        match parts[..] {
            ["local", "regions[0]"] => region.to_string(),
            ["var", "account"] => account_id.to_string(),
            ["data", type_name, name, attribute] => {
                assert_eq!(self.file["data"][type_name][name], Json::Object(Map::new()));
                match (type_name, attribute) {
                    ("aws_partition", "partition") => region.partition().to_string(),
                    ("aws_region", "id") => region.to_string(),
                    ("aws_caller_identity", "account_id") => account_id.to_string(),
                    _ => panic!("no such data source: {expression}"),
                }
            }
            ["aws_iam_role", label, "name"] => {
                let role = self.file["resource"]["aws_iam_role"][label].as_object().unwrap();
                self.text(role["name"].as_str().unwrap())
            }
            ["aws_iam_policy", label, "arn"] => format!("{OWN}{label}"),
            _ => panic!("nothing has the value {expression}"),
        }
    }
}
