#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use policy_core::document::Document;
use policy_core::names::{AccountId, PolicyArn, PolicyName, Region, RoleName, SecretName};
use policy_core::policy::{IdentityPolicy, TrustPolicy};

use super::CloudFormation;
use super::sub::portable;
use crate::render::Home;
use crate::{Hybrid, Role, RoleDescription, RoleError, RoleSettings, RunnerName, SessionDuration, Tag};

const TRUST: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"}}"#;

fn role(name: &str) -> Role {
    Role::new(RoleName::new(name).unwrap(), TrustPolicy::from_json(TRUST).unwrap()).unwrap()
}

fn with_resource(role: Role, resource: &str) -> Role {
    let policy = format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"s3:GetObject","Resource":"{resource}"}}}}"#
    );
    let policy = IdentityPolicy::from_json(policy).unwrap();
    role.with_policy(PolicyName::from_static("eu-west-1"), policy).unwrap()
}

fn home() -> Home {
    Home::new(Region::from_static("eu-west-1"), AccountId::from_static("111122223333"))
}

/// The names of the members to which this pointer leads.
fn ids(template: &str, pointer: &str) -> Vec<String> {
    let document = Document::read(template).unwrap();
    let members = document.root().at(pointer).unwrap().members();
    members.iter().map(|member| member.name.written().to_owned()).collect()
}

#[test]
fn functions_stand_where_the_home_does() {
    let (home, via_service) = (home(), Some("kms:ViaService"));
    for (text, key, json) in [
        ("111122223333", None, r#"{"Fn::Sub":"${AWS::AccountId}"}"#),
        ("eu-west-1", None, r#"{"Fn::Sub":"${AWS::Region}"}"#),
        (
            "arn:aws:ecs:eu-west-1:111122223333:*",
            None,
            r#"{"Fn::Sub":"arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:*"}"#,
        ),
        (
            "s3.eu-west-1.amazonaws.com",
            via_service,
            r#"{"Fn::Sub":"s3.${AWS::Region}.amazonaws.com"}"#,
        ),
        // Policy variables are escaped where a function reads the text, and only there.
        (
            "arn:aws:s3:::b/${aws:userid}/${aws:username, 'nobody'}",
            None,
            r#"{"Fn::Sub":"arn:${AWS::Partition}:s3:::b/${!aws:userid}/${!aws:username, 'nobody'}"}"#,
        ),
        ("home/${aws:userid}/*", None, r#""home/${aws:userid}/*""#),
        ("${!x}", None, r#""${!x}""#),
        ("$${AWS::Region}", None, r#""$${AWS::Region}""#),
        (
            "arn:aws:s3:::b/${AWS::Region}",
            None,
            r#"{"Fn::Sub":"arn:${AWS::Partition}:s3:::b/${!AWS::Region}"}"#,
        ),
        (
            "arn:aws:s3:::b/$/{}%{x}",
            None,
            r#"{"Fn::Sub":"arn:${AWS::Partition}:s3:::b/$/{}%{x}"}"#,
        ),
        // Texts that `Fn::Sub` may read in another way.
        (
            "arn:aws:s3:::b/${!x}",
            None,
            r#"{"Fn::Join":["",["arn:",{"Ref":"AWS::Partition"},":s3:::b/${!x}"]]}"#,
        ),
        (
            "arn:aws:s3:eu-west-1:111122223333:${",
            None,
            r#"{"Fn::Join":["",["arn:",{"Ref":"AWS::Partition"},":s3:",{"Ref":"AWS::Region"},":",{"Ref":"AWS::AccountId"},":${"]]}"#,
        ),
        (
            "arn:aws:s3:::b/${$}",
            None,
            r#"{"Fn::Join":["",["arn:",{"Ref":"AWS::Partition"},":s3:::b/${$}"]]}"#,
        ),
        (
            "arn:aws:s3:::b/$${x}",
            None,
            r#"{"Fn::Join":["",["arn:",{"Ref":"AWS::Partition"},":s3:::b/$${x}"]]}"#,
        ),
        (
            "arn:aws:s3:::b/${}",
            None,
            r#"{"Fn::Join":["",["arn:",{"Ref":"AWS::Partition"},":s3:::b/${}"]]}"#,
        ),
        (
            "arn:aws:s3:::b/${a${b}",
            None,
            r#"{"Fn::Join":["",["arn:",{"Ref":"AWS::Partition"},":s3:::b/${a${b}"]]}"#,
        ),
    ] {
        assert_eq!(portable(text, key, Some(&home)).to_json(), json, "{text}");
        let plain = portable(text, key, None);
        assert_eq!(plain.as_text().unwrap().written(), text);
    }
}

#[test]
fn a_template_has_all_of_a_role() {
    let settings = RoleSettings::new()
        .with_path("/runners/".parse().unwrap())
        .with_description(RoleDescription::new("111122223333").unwrap())
        .with_tag(Tag::new("region", "eu-west-1").unwrap())
        .unwrap()
        .with_max_session_duration(SessionDuration::from_hours(2).unwrap())
        .with_permissions_boundary(PolicyArn::from_static("arn:aws:iam::111122223333:policy/boundary"));
    let role = with_resource(role("loader"), "arn:aws:s3:::b/${aws:userid}")
        .with_managed_policy(PolicyArn::from_static("arn:aws:iam::aws:policy/service-role/Glue"))
        .unwrap()
        .with_settings(settings);
    let template = CloudFormation::new(&[role]).unwrap().portable(home()).to_json();
    assert_eq!(
        template,
        r#"{
    "AWSTemplateFormatVersion": "2010-09-09",
    "Resources": {
        "LoaderRole": {
            "Type": "AWS::IAM::Role",
            "Properties": {
                "RoleName": "loader",
                "Path": "/runners/",
                "Description": "111122223333",
                "AssumeRolePolicyDocument": {
                    "Version": "2012-10-17",
                    "Statement": {
                        "Effect": "Allow",
                        "Principal": {
                            "AWS": {
                                "Fn::Sub": "${AWS::AccountId}"
                            }
                        },
                        "Action": "sts:AssumeRole"
                    }
                },
                "Policies": [
                    {
                        "PolicyName": "eu-west-1",
                        "PolicyDocument": {
                            "Version": "2012-10-17",
                            "Statement": {
                                "Effect": "Allow",
                                "Action": "s3:GetObject",
                                "Resource": {
                                    "Fn::Sub": "arn:${AWS::Partition}:s3:::b/${!aws:userid}"
                                }
                            }
                        }
                    }
                ],
                "ManagedPolicyArns": [
                    {
                        "Fn::Sub": "arn:${AWS::Partition}:iam::aws:policy/service-role/Glue"
                    }
                ],
                "MaxSessionDuration": 7200,
                "PermissionsBoundary": {
                    "Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/boundary"
                },
                "Tags": [
                    {
                        "Key": "region",
                        "Value": "eu-west-1"
                    }
                ]
            }
        }
    },
    "Outputs": {
        "LoaderRoleArn": {
            "Value": {
                "Fn::GetAtt": [
                    "LoaderRole",
                    "Arn"
                ]
            }
        }
    }
}"#
    );
}

#[test]
fn own_managed_policies_are_resources() {
    let (region, account_id) = (Region::from_static("eu-west-1"), AccountId::from_static("111122223333"));
    let name = RunnerName::new("maia-prod").unwrap();
    let secrets = (0..150).map(|number| SecretName::new(format!("source-{number}")).unwrap());
    let hybrid = Hybrid::new(name, region, account_id, Hybrid::DEFAULT_PLATFORM_SECRET).with_pipeline_secrets(secrets);
    let role = hybrid.task_role().unwrap();
    let template = CloudFormation::new(&[role]).unwrap().to_json();
    assert_eq!(
        ids(&template, "/Resources"),
        ["MaiaProdTaskRole", "MaiaProdTask1Policy", "MaiaProdTask2Policy"]
    );
    let document = Document::read(&template).unwrap();
    let arns = document
        .root()
        .at("/Resources/MaiaProdTaskRole/Properties/ManagedPolicyArns");
    assert_eq!(
        arns.unwrap().to_json(),
        r#"[{"Ref":"MaiaProdTask1Policy"},{"Ref":"MaiaProdTask2Policy"}]"#
    );
}

#[test]
fn logical_ids_are_letters_and_digits_and_distinct() {
    let long = "a".repeat(64);
    let names = ["a-b", "a_b", "a.b", "AB2", "..", "2fast", "+=,.@-_", &long];
    let roles = names.map(role);
    let template = CloudFormation::new(&roles).unwrap().to_json();
    let long = format!("A{}Role", "a".repeat(63));
    let wanted = [
        "ABRole",
        "ABRole2",
        "ABRole3",
        "AB2Role",
        "Role",
        "2fastRole",
        "Role2",
        &long,
    ];
    assert_eq!(ids(&template, "/Resources"), wanted);
    assert_eq!(ids(&template, "/Outputs"), wanted.map(|id| format!("{id}Arn")));
}

#[test]
fn what_would_be_replaced_by_a_secret_is_refused() {
    let described = |text: &str| {
        let settings = RoleSettings::new().with_description(RoleDescription::new(text).unwrap());
        [role("loader").with_settings(settings)]
    };
    for roles in [
        described("for {{resolve:ssm:/key}}"),
        [with_resource(role("loader"), "arn:aws:s3:::b/{{resolve:ssm:/key}}")],
    ] {
        let error = CloudFormation::new(&roles).unwrap_err();
        assert_eq!(
            error.to_string(),
            "`loader` has the text `{{resolve:ssm:/key}}`, which CloudFormation would replace by a stored value, perhaps a \
             secret, and which cannot be escaped; write it without `{{`, or deploy the role in another way"
        );
    }
    for roles in [
        described("{{resolve}}"),
        described("{{ resolve:ssm:key }}"),
        [with_resource(role("loader"), "{resolve:")],
    ] {
        assert!(CloudFormation::new(&roles).is_ok());
    }
    let roles = [role("Loader"), role("loader")];
    assert!(matches!(
        CloudFormation::new(&roles),
        Err(RoleError::SameRoleName { .. })
    ));
}
