//! Roles that must be the same when they are read back from every renderer's output.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

use policy_core::document::Document;
use policy_core::names::{PolicyArn, PolicyName, RoleName};
use policy_core::policy::{IdentityPolicy, TrustPolicy};

use super::json_files;
use crate::{Role, RoleDescription, RoleError, RoleSettings, SessionDuration, Tag};

/// Two roles with everything that a role can have, and with texts that shells, templates and JSON would interpret.
pub(super) fn hostile() -> [Role; 2] {
    let settings = RoleSettings::new()
        .with_path("/runners/$'%{x}/".parse().unwrap())
        .with_description(RoleDescription::new("It's `$(touch x)` \"${here}\" %{if}\nand \\'\\''").unwrap())
        .with_tag(Tag::new("team", "a=b +1@home").unwrap())
        .unwrap()
        .with_max_session_duration(SessionDuration::from_hours(3).unwrap())
        .with_permissions_boundary(PolicyArn::from_static("arn:aws:iam::111122223333:policy/boundary"));
    let long =
        (0..200).map(|index| format!(r#""arn:aws:s3:::exports/${{aws:userid}}/a-rather-long-prefix/{index}/*""#));
    let long = long.collect::<Vec<String>>().join(",");
    let first = Role::new(RoleName::from_static("+=,.@-_"), trust())
        .unwrap()
        .with_policy(
            PolicyName::from_static(".."),
            identity(r#""arn:aws:s3:::exports/$${aws:userid}/%%{if}/${$}${*}/${!x}""#),
        )
        .unwrap()
        .with_policy(PolicyName::from_static("long"), identity(&long))
        .unwrap()
        .with_managed_policy(PolicyArn::from_static("arn:aws:iam::aws:policy/service-role/X"))
        .unwrap()
        .with_settings(settings);
    let second = Role::new(RoleName::from_static(".."), trust()).unwrap();
    [first, second]
}

fn trust() -> TrustPolicy {
    TrustPolicy::from_json(
        r#"{ "Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:root" }, "Action": "sts:AssumeRole",
            "Condition": { "StringEquals": { "sts:ExternalId": "it's \"ÿ\" \\ $HOME" }, "Bool": { "aws:ViaAWSService": false } }
        }] }"#,
    )
    .unwrap()
}

fn identity(resources: &str) -> IdentityPolicy {
    IdentityPolicy::from_json(format!(
        r#"{{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": [{resources}] }} }}"#,
    ))
    .unwrap()
}

#[test]
fn the_index_leads_to_every_document() {
    let roles = hostile();
    let files = json_files(&roles).unwrap();
    let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "index.json",
            "+=,.@-_.trust.json",
            "+=,.@-_.inline/...json",
            "managed/+=,.@-_-long-1.json",
            "managed/+=,.@-_-long-2.json",
            "managed/+=,.@-_-long-3.json",
            "...trust.json",
        ]
    );
    let index = Document::read(&files[0].text).unwrap();
    for (index, role) in index.root().as_list().iter().zip(&roles) {
        let json = role.to_json();
        let role = Document::read(&json).unwrap();
        let file = |index: &policy_core::document::Node<'_>| {
            let path = index.as_text().unwrap().written();
            let file = files.iter().find(|file| file.path == path).unwrap();
            Document::read(&file.text).unwrap().root().to_json()
        };
        assert_eq!(
            file(index.at("/AssumeRolePolicyDocument").unwrap()),
            role.root().at("/AssumeRolePolicyDocument").unwrap().to_json()
        );
        for list in ["Policies", "ManagedPolicies"] {
            let (index, role) = (index.member(list), role.root().member(list));
            assert_eq!(
                index.map(|list| list.as_list().len()),
                role.map(|list| list.as_list().len())
            );
            let both = index
                .into_iter()
                .zip(role)
                .flat_map(|(index, role)| index.as_list().iter().zip(role.as_list()));
            for (index, role) in both {
                assert_eq!(
                    file(index.member("PolicyDocument").unwrap()),
                    role.member("PolicyDocument").unwrap().to_json()
                );
            }
        }
        for kept in [
            "RoleName",
            "Path",
            "Description",
            "Tags",
            "MaxSessionDuration",
            "PermissionsBoundary",
        ] {
            let written =
                |node: Option<&policy_core::document::Node<'_>>| node.map(policy_core::document::Node::to_json);
            assert_eq!(written(index.member(kept)), written(role.root().member(kept)), "{kept}");
        }
    }
}

#[test]
fn two_roles_of_one_name_are_refused() {
    let role = |name: &'static str| Role::new(RoleName::from_static(name), trust()).unwrap();
    assert_eq!(
        json_files(&[role("loader"), role("Loader")]),
        Err(RoleError::SameRoleName {
            name: "Loader".to_owned()
        })
    );
    let long = |name: &'static str, policy: &'static str| {
        let actions: Vec<String> = (0..400)
            .map(|index| format!(r#""arn:aws:s3:::exports-of-a-long-name/{index}""#))
            .collect();
        role(name)
            .with_policy(PolicyName::from_static(policy), identity(&actions.join(",")))
            .unwrap()
    };
    assert_eq!(
        json_files(&[long("a", "b-c"), long("a-b", "c")]),
        Err(RoleError::SameManagedPolicyName {
            name: "a-b-c-1".to_owned()
        })
    );
}
