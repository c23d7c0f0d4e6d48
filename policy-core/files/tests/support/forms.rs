//! Policies in forms of their own, and what is found of each.

use policy_core::policy::Kind;

use super::{read, shown};

/// A template with one resource.
pub fn resource(kind: &str, properties: &str) -> String {
    format!(
        "Resources:\n  R:\n    Type: {kind}\n    Properties:\n      {}\n",
        properties.replace('\n', "\n      ")
    )
}

/// The codes of a policy's findings, and the bytes that each is about.
pub type Shown = Vec<(&'static str, String)>;

/// The address, the kind and the findings of each policy of a file.
pub fn all(name: &str, text: &str) -> Vec<(String, Kind, Shown)> {
    let reading = read(name, text);
    assert_eq!(reading.unread(), [], "{text}");
    let policies = reading.policies().iter();
    policies
        .map(|policy| (policy.address().to_owned(), policy.kind(), shown(text, policy)))
        .collect()
}

/// The findings of the only policy of a file.
pub fn of(name: &str, text: &str) -> Shown {
    let mut all = all(name, text);
    assert_eq!(all.len(), 1, "{text}\n{all:?}");
    all.remove(0).2
}

pub fn found(code: &'static str, text: &str) -> Shown {
    vec![(code, text.to_owned())]
}

/// An identity-based policy of Terraform, with this as the action, and this as the resource.
pub fn hcl(action: &str, resource_: &str) -> String {
    format!(
        "resource \"aws_iam_policy\" \"p\" {{\n  policy = jsonencode({{\n    Version = \"2012-10-17\"\n    Statement = [{{ Effect = \"Allow\", Action = {action}, Resource = {resource_} }}]\n  }})\n}}\nlocals {{\n  actions = [\"s3:GetObjct\"]\n  bucket = \"exports\"\n}}\nvariable \"more\" {{\n  default = [\"s3:PutObjct\"]\n}}\n"
    )
}
