//! Roles with the same text wherever a role can have one.

use runner_profiles::policy_core::document::Node;
use runner_profiles::policy_core::names::{PolicyArn, PolicyName, Region, RoleName};
use runner_profiles::policy_core::policy::{IdentityPolicy, TrustPolicy};
use runner_profiles::render::{CloudFormation, Home};
use runner_profiles::{Role, RoleDescription, RoleError, RoleSettings, Tag};

use crate::{at, made, round_trips, terraform, terraform_files};

/// Of the characters of IAM's names.
const NAMES: [&str; 20] = [
    "-foo",
    "-",
    "--",
    "--help",
    "--query",
    "--role-name",
    "--cli-input-json",
    "-rf",
    "-e",
    "+x",
    "=",
    "a=b",
    "@file",
    ".",
    "..",
    ",",
    "_",
    "null",
    "0",
    "main",
];

/// What shells, templates, functions, JSON or a terminal would read in their own way. No name can be most of them.
const TEXTS: [&str; 62] = [
    "-foo",
    "--query",
    "--cli-input-json={}",
    "file:///etc/passwd",
    "fileb://x",
    "http://127.0.0.1/",
    "@file",
    "~",
    "~root",
    "*",
    "?",
    "[a-z]",
    "!!",
    "#",
    " # x",
    "'",
    "''",
    "'\\''",
    "\"",
    "\\",
    "\\\\",
    "\\'",
    "\\\"",
    "\\n",
    "\\u0027",
    "\\u007b",
    "$(touch x)",
    "'$(touch x)'",
    "\"$(touch x)\"",
    "`touch x`",
    "'`touch x`'",
    "'; touch x; '",
    "'\ntouch x\n'",
    ") touch x (",
    "& touch x &",
    "| touch x",
    "> x",
    "<<x",
    "\n}\ntouch x\n{\n",
    "}",
    "{",
    "{}",
    "\n",
    "\r\n",
    "\t",
    "$",
    "$$",
    "${x}",
    "$${x}",
    "${!x}",
    "${AWS::Region}",
    "${aws:username}",
    "%",
    "%s%n",
    "%{if true}x%{endif}",
    "%%{",
    "\0\u{1b}[31m\u{7f}",
    "\u{85}\u{9b}31m",
    "\u{202e}\u{2066}x\u{2069}",
    "\u{feff}\u{200b}\u{2028}",
    "é\u{301}\u{212a}😀",
    "{resolve:ssm:x}",
];

/// CloudFormation would put a value in their place, so no template has them.
const DYNAMIC: [&str; 2] = ["{{resolve:ssm:x}}", "'{{resolve:secretsmanager:x:SecretString:y}}"];

/// In every field that takes it: the text is no name and no path where it cannot be one.
pub fn role(name: &str, text: &str) -> Role {
    let (name, json) = (RoleName::new(name).unwrap(), Node::string(text).to_json());
    let mut settings = RoleSettings::new();
    if let Ok(description) = RoleDescription::new(text) {
        settings = settings.with_description(description);
    }
    if let Ok(path) = format!("/{text}/").parse() {
        settings = settings.with_path(path);
    }
    for tag in [Tag::new(text, ""), Tag::new("value", text)] {
        settings = tag.map_or(settings.clone(), |tag| settings.with_tag(tag).unwrap());
    }
    let arn = |account: &str| PolicyArn::new(format!("arn:aws:iam::{account}:policy/{text}/x"));
    if let Ok(boundary) = arn("111122223333") {
        settings = settings.with_permissions_boundary(boundary);
    }
    let trust = TrustPolicy::from_json(format!(
        r#"{{ "Version": "2012-10-17", "Statement": {{
            "Effect": "Allow", "Principal": {{ "AWS": "arn:aws:iam::111122223333:root" }}, "Action": "sts:AssumeRole",
            "Condition": {{ "StringEquals": {{ "sts:ExternalId": {json} }} }}
        }} }}"#
    ));
    let key = Node::string(format!("aws:RequestTag/{text}")).to_json();
    let policy = |more: &str| {
        IdentityPolicy::from_json(format!(
            r#"{{ "Version": "2012-10-17", "Statement": {{
                "Effect": "Allow", "Action": "s3:GetObject", "Resource": [{json}, "arn:aws:s3:::b/*"{more}],
                "Condition": {{ "StringLike": {{ {key}: [{json}, ""] }} }}
            }} }}"#
        ))
        .unwrap()
    };
    // More than a role has room for: they become managed policies.
    let long = (0..200).map(|number| format!(r#", "arn:aws:s3:::exports/of-a-rather-long-name/{number}/*""#));
    let long = long.collect::<Vec<String>>().concat();
    let long_too = name.as_str().starts_with('-');
    let mut role = Role::new(name, trust.unwrap()).unwrap().with_settings(settings);
    let named = PolicyName::new(text).unwrap_or(PolicyName::from_static("-p"));
    role = role.with_policy(named, policy("")).unwrap();
    if long_too {
        role = role
            .with_policy(PolicyName::from_static("--long"), policy(&long))
            .unwrap();
        assert!(!role.managed_policies().is_empty());
    }
    if let Ok(attached) = arn("aws") {
        role = role.with_managed_policy(attached).unwrap();
    }
    role
}

pub fn home() -> Home {
    at(Region::from_static("eu-west-1"), "111122223333")
}

/// Roles that all that deploys them takes.
pub fn roles() -> Vec<Role> {
    let named = NAMES.iter().map(|name| role(name, name));
    let others = TEXTS.iter().enumerate();
    named
        .chain(others.map(|(number, text)| role(&format!("{}{number}", if number % 9 == 0 { "-" } else { "r" }), text)))
        .collect()
}

/// Roles that CloudFormation cannot be given.
pub fn dynamic() -> Vec<Role> {
    let numbered = DYNAMIC.iter().enumerate();
    numbered
        .map(|(number, text)| role(&format!("d{number}"), text))
        .collect()
}

#[test]
fn a_text_is_read_back_from_every_field() {
    let roles = roles();
    // All fields have some.
    let all: String = roles.iter().map(Role::to_json).collect();
    for written in [
        r#""Description":"$(touch x)""#,
        r#""Path":"/''/""#,
        r#""Key":"-foo""#,
        r#""Value":"--query""#,
        r#""PolicyName":"--query""#,
        r#""ManagedPolicyName":"-foo---long-1""#,
        r#""PermissionsBoundary":"arn:aws:iam::111122223333:policy/-foo/x""#,
        r#""aws:RequestTag/$(touch x)":"#,
    ] {
        assert!(all.contains(written), "{written}");
    }
    round_trips(&roles, &home());
}

#[test]
fn what_cloudformation_would_replace_is_refused_there_and_read_back_elsewhere() {
    for role in dynamic() {
        let roles = [role];
        let refused = CloudFormation::new(&roles).unwrap_err();
        assert!(matches!(refused, RoleError::DynamicReference { .. }), "{refused}");
        for file in terraform_files(&roles, &home()) {
            assert_eq!(terraform::applied(&file, &home()), made(&roles));
        }
    }
}
