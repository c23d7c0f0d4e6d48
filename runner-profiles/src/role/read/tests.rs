#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

use policy_core::document::Node;
use policy_core::evaluate::{Authorizer, Caller, Request};

use crate::{ReadRoleMistake, Role};

const TRUST: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#;
const READ: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::caf\u00e9/${aws:username}/*"}]}"#;

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

fn quoted(text: &str) -> String {
    Node::string(text.to_owned()).to_json()
}

/// A role as `get-role` returns it, with these other members.
fn get_role(members: &str) -> String {
    format!(r#"{{ "Role": {{ "Path": "/", "RoleName": "loader", "AssumeRolePolicyDocument": {TRUST}{members} }} }}"#)
}

/// An export with one role and the managed policies that it has, with policies in this form.
fn export(form: fn(&str) -> String) -> String {
    let (trust, read) = (form(TRUST), form(READ));
    format!(
        r#"{{
  "UserDetailList": [], "GroupDetailList": [],
  "RoleDetailList": [{{
    "Path": "/runners/", "RoleName": "loader", "RoleId": "AROAEXAMPLE", "Arn": "arn:aws:iam::111122223333:role/runners/loader",
    "CreateDate": "2026-01-02T03:04:05+00:00", "AssumeRolePolicyDocument": {trust},
    "InstanceProfileList": [{{ "Roles": [{{ "RoleName": "x" }}] }}],
    "RolePolicyList": [{{ "PolicyName": "read", "PolicyDocument": {read} }}],
    "AttachedManagedPolicies": [
      {{ "PolicyName": "shared", "PolicyArn": "arn:aws:iam::111122223333:policy/shared" }},
      {{ "PolicyName": "SecurityAudit", "PolicyArn": "arn:aws:iam::aws:policy/SecurityAudit" }}],
    "PermissionsBoundary": {{ "PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": "arn:aws:iam::111122223333:policy/edge" }},
    "Tags": [{{ "Key": "team", "Value": "data" }}, {{ "Key": "aws:cloudformation:stack-name", "Value": "runners" }}],
    "RoleLastUsed": {{}}
  }}],
  "Policies": [
    {{ "PolicyName": "unused", "Arn": "arn:aws:iam::111122223333:policy/unused", "PolicyVersionList": [
      {{ "VersionId": "v1", "IsDefaultVersion": true, "Document": "broken" }}] }},
    {{ "PolicyName": "shared", "Arn": "arn:aws:iam::111122223333:policy/shared", "PolicyVersionList": [
      {{ "VersionId": "v1", "IsDefaultVersion": false, "Document": "broken" }},
      {{ "VersionId": "v2", "IsDefaultVersion": true, "Document": {read} }}] }}]
}}"#
    )
}

#[test]
fn the_cli_the_api_and_a_string_of_json_give_the_same_role() {
    let forms: [fn(&str) -> String; 3] = [str::to_owned, |text| quoted(&encoded(text)), quoted];
    let [cli, api, string] = forms.map(|form| Role::from_json(&export(form)).unwrap());
    assert!(cli.drift_from(&api).is_empty() && api.drift_from(&string).is_empty());
    for role in [cli, api, string] {
        assert_eq!((role.name().as_str(), role.policies().len()), ("loader", 1));
        assert_eq!(role.policies()[0].policy.to_json(), READ.replace("\\u00e9", "é"));
        let settings = role.settings();
        assert_eq!(settings.path().map(AsRef::as_ref), Some("/runners/"));
        assert_eq!(settings.tags(), ["team=data".parse().unwrap()]);
        let boundary = settings.permissions_boundary().unwrap();
        assert_eq!(boundary.as_str(), "arn:aws:iam::111122223333:policy/edge");
        let attached: Vec<&str> = role.attached_policies().iter().map(AsRef::as_ref).collect();
        assert_eq!(
            attached,
            [
                "arn:aws:iam::111122223333:policy/shared",
                "arn:aws:iam::aws:policy/SecurityAudit"
            ]
        );
        // Of the attached policies, only the one that is not in the export has to be given.
        let unknown = Authorizer::builder().role(&role).unwrap_err();
        let arns: Vec<&str> = unknown.arns().iter().map(AsRef::as_ref).collect();
        assert_eq!(
            arns,
            [
                "arn:aws:iam::aws:policy/SecurityAudit",
                "arn:aws:iam::111122223333:policy/edge"
            ]
        );
    }
}

#[test]
fn the_outputs_of_several_commands_give_a_role_that_can_be_evaluated() {
    let role = Role::from_json(&get_role(r#", "Description": "Loads", "MaxSessionDuration": 7200"#)).unwrap();
    let read = READ.replace("${aws:username}", "a");
    let inline = format!(r#"{{ "RoleName": "loader", "PolicyName": "read", "PolicyDocument": {read} }}"#);
    let role = role
        .with_json(&inline)
        .unwrap()
        .with_json(r#"{ "AttachedPolicies": [], "IsTruncated": false }"#)
        .unwrap()
        .with_json(r#"{ "Tags": [{ "Key": "team", "Value": "" }] }"#)
        .unwrap();
    assert_eq!(
        (
            role.settings().tags().len(),
            role.settings().description().unwrap().as_str()
        ),
        (1, "Loads")
    );

    let authorizer = Authorizer::builder().role(&role).unwrap().build();
    let caller = Caller::from_arn("arn:aws:sts::111122223333:assumed-role/loader/ecs").unwrap();
    let request = Request::new(caller, "s3:GetObject", "arn:aws:s3:::café/a/b").unwrap();
    assert!(authorizer.ask(&request).is_allowed());

    // The same from an SDK.
    let sdk = Role::existing("loader", &encoded(TRUST)).unwrap();
    let sdk = sdk.with_existing_policy("read", &encoded(&read)).unwrap();
    assert_eq!((sdk.trust(), sdk.policies()), (role.trust(), role.policies()));
}

#[test]
fn several_roles_are_read_and_one_is_not_picked() {
    let two = format!(
        r#"{{ "Roles": [{{ "RoleName": "a", "AssumeRolePolicyDocument": {TRUST} }}, {{ "RoleName": "b", "AssumeRolePolicyDocument": {TRUST} }}] }}"#
    );
    let names: Vec<String> = Role::all_from_json(&two)
        .unwrap()
        .iter()
        .map(|role| role.name().to_string())
        .collect();
    assert_eq!(names, ["a", "b"]);
    assert_eq!(
        *Role::from_json(&two).unwrap_err().mistake(),
        ReadRoleMistake::NotOneRole(2)
    );
    assert_eq!(Role::all_from_json(r#"{ "Roles": [] }"#).unwrap(), []);
    assert_eq!(
        *Role::from_json(r#"{ "Roles": [] }"#).unwrap_err().mistake(),
        ReadRoleMistake::NotOneRole(0)
    );
}

/// What exists has been accepted, whatever the quotas are by default; and a change may not add to it.
#[test]
fn what_exceeds_the_default_quotas_is_read() {
    let long = TRUST.replace(
        "ecs-tasks.amazonaws.com\"",
        &format!(
            "ecs-tasks.amazonaws.com\",\"AWS\":[{}]",
            vec!["\"arn:aws:iam::111122223333:root\""; 90].join(",")
        ),
    );
    let role = Role::existing("loader", &long).unwrap();
    assert!(role.trust().characters() > 2_048);
    let attached: Vec<String> = (0..15)
        .map(|index| format!(r#"{{ "PolicyArn": "arn:aws:iam::111122223333:policy/p{index}" }}"#))
        .collect();
    let role = role
        .with_json(&format!(r#"{{ "AttachedPolicies": [{}] }}"#, attached.join(",")))
        .unwrap();
    assert_eq!(role.attached_policies().len(), 15);
    let role = role
        .with_policy(
            "own".parse().unwrap(),
            READ.parse::<policy_core::policy::IdentityPolicy>().unwrap(),
        )
        .unwrap();
    let sixteenth = role
        .with_managed_policy("arn:aws:iam::111122223333:policy/p15".parse().unwrap())
        .unwrap_err();
    assert!(
        sixteenth
            .to_string()
            .starts_with("`loader` would have 16 managed policies"),
        "{sixteenth}"
    );
}

#[test]
fn no_roles_come_back_as_none() {
    let none = Role::all_to_json_pretty(&[]);
    assert_eq!(Role::all_from_json(&none), Ok(Vec::new()));
    assert_eq!(
        Role::from_json(&none).unwrap_err().to_string(),
        "there is no role in the list; give the output of `aws iam get-role` for one that exists"
    );
}

#[test]
fn a_mistake_is_told_with_its_place() {
    let in_role = |member: &str| get_role(&format!(", {member}"));
    for (json, told) in [
        ("{", "line 1, column 2: "),
        (
            "{}",
            "there is no role; give the output of `aws iam get-role`, `aws iam list-roles` or `aws iam get-account-authorization-details`",
        ),
        (r#"{ "Role": [] }"#, "`/Role`: there is no `RoleName`"),
        (
            r#"{ "Role": { "RoleName": 7 } }"#,
            "`/Role/RoleName`: a number is not a string",
        ),
        (
            r#"{ "Role": { "RoleName": "a" } }"#,
            "`/Role`: there is no `AssumeRolePolicyDocument`",
        ),
        (
            r#"{ "Role": { "RoleName": "a/b", "AssumeRolePolicyDocument": {} } }"#,
            "`/Role/RoleName`: `a/b` is not a role name: `/` at position 2 is not allowed; write 1 to 64 letters",
        ),
        (
            r#"{ "Role": { "RoleName": "a", "AssumeRolePolicyDocument": "%7B%22Version%22" } }"#,
            "`/Role/AssumeRolePolicyDocument`: line 1, column 11: ",
        ),
        (
            r#"{ "Role": { "RoleName": "a", "AssumeRolePolicyDocument": "%7B%FF" } }"#,
            "`/Role/AssumeRolePolicyDocument`: line 1, column 4: `%FF` is not percent-encoding of UTF-8",
        ),
        (
            r#"{ "Role": { "RoleName": "a", "AssumeRolePolicyDocument": "%7B%22Statement%" } }"#,
            "`/Role/AssumeRolePolicyDocument`: line 1, column 16: `%` is not percent-encoding, which has two hexadecimal digits after a `%`",
        ),
        (
            r#"{ "Role": { "RoleName": "a", "AssumeRolePolicyDocument": { "Version": "2012-10-17" } } }"#,
            "`/Role/AssumeRolePolicyDocument`: the policy has no `Statement`",
        ),
        (
            &in_role(r#""Path": "runners""#),
            "`/Role/Path`: `runners` is not a role path: it does not start with `/`",
        ),
        (
            &in_role(r#""Description": "–""#),
            "`/Role/Description`: a role's description cannot have `–`",
        ),
        (
            &in_role(r#""MaxSessionDuration": "x""#),
            "`/Role/MaxSessionDuration`: this is not a number of seconds",
        ),
        (
            &in_role(r#""MaxSessionDuration": -1"#),
            "`/Role/MaxSessionDuration`: this is not a number of seconds",
        ),
        (
            &in_role(r#""PermissionsBoundary": {}"#),
            "`/Role/PermissionsBoundary`: there is no `PermissionsBoundaryArn`",
        ),
        (
            &in_role(r#""Tags": [{ "Key": "k" }]"#),
            "`/Role/Tags/0`: there is no `Value`",
        ),
        (
            &in_role(r#""Tags": [{ "Key": "k*", "Value": "" }]"#),
            "`/Role/Tags/0`: `k*` cannot be the key of a tag: ",
        ),
        (
            &in_role(r#""Tags": [{ "Key": "k", "Value": "" }, { "Key": "K", "Value": "" }]"#),
            "`/Role/Tags/1`: the tags `k` and `K` are the same to IAM",
        ),
        (
            &in_role(
                r#""RolePolicyList": [{ "PolicyName": "p", "PolicyDocument": { "Version": "2012-10-17", "Statement": [] } }]"#,
            ),
            "`/Role/RolePolicyList/0/PolicyDocument`",
        ),
        (
            &in_role(&format!(
                r#""RolePolicyList": [{{ "PolicyName": "p", "PolicyDocument": {READ} }}, {{ "PolicyName": "P", "PolicyDocument": {READ} }}]"#
            )),
            "`/Role/RolePolicyList/1/PolicyName`: the role already has a policy `P`: its output has been read; give the output of each policy once",
        ),
        (
            &in_role(r#""AttachedManagedPolicies": [{ "PolicyArn": "x" }]"#),
            "`/Role/AttachedManagedPolicies/0/PolicyArn`: `x` is not the ARN of a managed policy: it is not an ARN",
        ),
        (
            &export(str::to_owned).replace(r#""IsDefaultVersion": false"#, r#""IsDefaultVersion": true"#),
            "`/Policies/1/PolicyVersionList/0/Document`: line 1, column 1: ",
        ),
    ] {
        let error = Role::all_from_json(json).unwrap_err().to_string();
        assert!(error.starts_with(told), "{json}\n{error}");
    }
}

#[test]
fn a_mistake_in_what_is_added_is_told_with_its_place() {
    let role = Role::from_json(&get_role("")).unwrap();
    for (json, told) in [
        (
            "1",
            "nothing of a role is in it; give the output of `aws iam get-role-policy`, ",
        ),
        (
            r#"{ "RoleName": "other", "Tags": [] }"#,
            "`/RoleName`: this is of the role `other`; give the output for `loader`",
        ),
        (r#"{ "PolicyDocument": {} }"#, "there is no `PolicyName`"),
    ] {
        let error = role.clone().with_json(json).unwrap_err().to_string();
        assert!(error.starts_with(told), "{json}\n{error}");
    }
    for (error, told) in [
        (
            Role::existing("a b", TRUST),
            "the name of the role: `a b` is not a role name: ",
        ),
        (
            Role::existing("a", "%7B"),
            "the trust policy of `a`: line 1, column 2: ",
        ),
        (
            role.clone().with_existing_policy("p q", READ),
            "the inline policy `p q` of `loader`: `p q` is not a policy name: ",
        ),
        (
            role.with_existing_policy("p", "[]"),
            "the inline policy `p` of `loader`: line 1, column 1: ",
        ),
    ] {
        let error = error.unwrap_err().to_string();
        assert!(error.starts_with(told), "{error}");
    }
}

/// Whatever is cut off or left out of an export, there is an answer.
#[test]
fn a_broken_export_is_an_error_or_a_role() {
    let whole = export(|text| quoted(&encoded(text)));
    for end in 0..whole.len() {
        if let Some(part) = whole.get(..end) {
            assert!(Role::all_from_json(part).is_err(), "{end}");
        }
    }
    // Each name, and each string, replaced by other values.
    for (start, _) in whole.match_indices('"') {
        let Some(length) = whole[start + 1..].find('"') else {
            break;
        };
        for value in ["null", "[]", "{}", "\"\"", "-1", "[[{}]]"] {
            let other = [&whole[..start], value, &whole[start + length + 2..]].concat();
            let _ = Role::all_from_json(&other).map(|roles| roles.iter().map(Role::to_json).collect::<Vec<_>>());
        }
    }
}

/// IAM ignores the case of the names of policies.
#[test]
fn a_policy_of_the_same_name_in_another_case_is_named_as_it_is_there() {
    let role = Role::from_json(&get_role("")).unwrap();
    let policy = || {
        policy_core::policy::IdentityPolicy::from_json(
            r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*" } }"#,
        )
        .unwrap()
    };
    let role = role.with_policy("a".parse().unwrap(), policy()).unwrap();
    let error = role.with_policy("A".parse().unwrap(), policy()).unwrap_err();
    assert!(error.to_string().contains(" already has a policy `a`, "), "{error}");
}
