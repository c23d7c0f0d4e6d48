#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use policy_core::document::Document;
use policy_core::names::{AccountId, PolicyArn, PolicyName, Region, RoleName};
use policy_core::policy::{IdentityPolicy, TrustPolicy};

use super::place::Place;
use super::template::{literal, policy, portable};
use super::{Terraform, TerraformReference, TerraformReferences};
use crate::render::Home;
use crate::{Role, RoleDescription, RoleError, RoleSettings, SessionDuration, Tag};

const TRUST: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"}}"#;
const LIST: &str =
    r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:ListAllMyBuckets","Resource":"*"}}"#;

fn role(name: &str) -> Role {
    Role::new(RoleName::new(name).unwrap(), TrustPolicy::from_json(TRUST).unwrap()).unwrap()
}

fn with_policies(role: Role, names: &[&str]) -> Role {
    names.iter().fold(role, |role, name| {
        let policy = IdentityPolicy::from_json(LIST).unwrap();
        role.with_policy(PolicyName::new(*name).unwrap(), policy).unwrap()
    })
}

fn home() -> Home {
    Home::new(Region::from_static("eu-west-1"), AccountId::from_static("111122223333"))
}

/// The names of the members to which this pointer leads.
fn labels(file: &str, pointer: &str) -> Vec<String> {
    let document = Document::read(file).unwrap();
    let members = document.root().at(pointer).unwrap().members();
    members.iter().map(|member| member.name.written().to_owned()).collect()
}

#[test]
fn what_begins_a_sequence_is_escaped_and_nothing_else() {
    for (text, template) in [
        ("${aws:userid}", "$${aws:userid}"),
        ("%{if}", "%%{if}"),
        ("$${", "$$${"),
        ("$$$${", "$$$$${"),
        ("%%{", "%%%{"),
        ("$%{", "$%%{"),
        ("%${", "%$${"),
        ("${${", "$${$${"),
        ("$ { % {", "$ { % {"),
        ("$", "$"),
        ("100 %", "100 %"),
        ("${~ x ~}", "$${~ x ~}"),
        ("", ""),
    ] {
        assert_eq!(literal(text), template, "{text}");
    }
}

#[test]
fn references_stand_where_the_home_does() {
    let declared = Place::of_the_provider(home());
    let some = Place {
        home: home(),
        references: TerraformReferences::new().with_region(TerraformReference::new("var.region").unwrap()),
        is_declared: false,
    };
    for (text, by_data, by_region) in [
        (
            "arn:aws:ecs:eu-west-1:111122223333:*",
            "arn:${data.aws_partition.current.partition}:ecs:${data.aws_region.current.id}:\
             ${data.aws_caller_identity.current.account_id}:*",
            "arn:aws:ecs:${var.region}:111122223333:*",
        ),
        (
            "arn:aws:s3:::exports/${aws:userid}/%{",
            "arn:${data.aws_partition.current.partition}:s3:::exports/$${aws:userid}/%%{",
            "arn:aws:s3:::exports/$${aws:userid}/%%{",
        ),
        (
            "111122223333",
            "${data.aws_caller_identity.current.account_id}",
            "111122223333",
        ),
        ("eu-west-1$", "eu-west-1$", "eu-west-1$"),
        ("*", "*", "*"),
    ] {
        assert_eq!(portable(text, None, Some(&declared)), by_data);
        assert_eq!(portable(text, None, Some(&some)), by_region);
        assert_eq!(portable(text, None, None), literal(text));
    }
}

/// A `$` there would escape the reference.
#[test]
fn no_dollar_stands_right_before_a_reference() {
    let place = Place::of_the_provider(home());
    for text in [
        "arn:$:$:eu-west-1:111122223333:$",
        "arn:aws:$:$:111122223333:eu-west-1",
        "$111122223333",
        "$eu-west-1",
        "arn:aws$:s3$:eu-west-1$:111122223333$:$",
    ] {
        assert!(!portable(text, None, Some(&place)).contains("$${data"), "{text}");
    }
    let key = Some("kms:ViaService");
    let service = portable("s3$.eu-west-1.amazonaws.com", key, Some(&place));
    assert_eq!(service, "s3$.${data.aws_region.current.id}.amazonaws.com");
}

#[test]
fn a_policy_is_text_that_iam_takes() {
    for (json, text) in [
        (
            r#"{ "a${b}": ["%{c}", 1.0, true] }"#,
            r#"{"a$${b}":["%%{c}",1.0,true]}"#,
        ),
        (r#"["\"\\\n${", "ÿ"]"#, r#"["\"\\\n$${","ÿ"]"#),
        (
            r#"["\u0100", "e\u0301", "😀"]"#,
            r#"["\u0100","e\u0301","\ud83d\ude00"]"#,
        ),
        (r#"{ "\u0130": { "$": { "%": {} } } }"#, r#"{"\u0130":{"$":{"%":{}}}}"#),
    ] {
        let text_of_it = policy(&Document::read(json).unwrap(), None);
        assert_eq!(text_of_it, text, "{json}");
    }
}

#[test]
fn a_file_has_all_of_a_role() {
    let settings = RoleSettings::new()
        .with_path("/runners/".parse().unwrap())
        .with_description(RoleDescription::new("Loads ${all}").unwrap())
        .with_tag(Tag::new("team", "data").unwrap())
        .unwrap()
        .with_max_session_duration(SessionDuration::from_hours(2).unwrap())
        .with_permissions_boundary(PolicyArn::from_static("arn:aws:iam::111122223333:policy/boundary"));
    let role = with_policies(role("loader"), &["loader-buckets"])
        .with_managed_policy(PolicyArn::from_static("arn:aws:iam::aws:policy/service-role/Glue"))
        .unwrap()
        .with_settings(settings);
    let references = TerraformReferences::new().with_account_id(TerraformReference::new("local.account").unwrap());
    let file = Terraform::new(&[role])
        .unwrap()
        .with_references(home(), references)
        .to_json();
    assert_eq!(
        file,
        r#"{
    "terraform": {
        "required_providers": {
            "aws": {
                "source": "hashicorp/aws"
            }
        }
    },
    "resource": {
        "aws_iam_role": {
            "loader": {
                "name": "loader",
                "path": "/runners/",
                "description": "Loads $${all}",
                "max_session_duration": 7200,
                "permissions_boundary": "arn:aws:iam::${local.account}:policy/boundary",
                "assume_role_policy": "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"${local.account}\"},\"Action\":\"sts:AssumeRole\"}}",
                "tags": {
                    "team": "data"
                }
            }
        },
        "aws_iam_role_policy": {
            "loader-buckets": {
                "role": "${aws_iam_role.loader.name}",
                "name": "loader-buckets",
                "policy": "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:ListAllMyBuckets\",\"Resource\":\"*\"}}"
            }
        },
        "aws_iam_role_policy_attachment": {
            "loader_Glue": {
                "role": "${aws_iam_role.loader.name}",
                "policy_arn": "arn:aws:iam::aws:policy/service-role/Glue"
            }
        }
    },
    "output": {
        "loader_arn": {
            "value": "${aws_iam_role.loader.arn}"
        }
    }
}"#
    );
}

#[test]
fn data_sources_are_declared_where_they_are_referred_to() {
    let roles = [role("loader")];
    let terraform = Terraform::new(&roles).unwrap();
    let portable = terraform.clone().portable(home()).to_json();
    assert_eq!(
        labels(&portable, "/data"),
        ["aws_partition", "aws_region", "aws_caller_identity"]
    );
    assert_eq!(labels(&portable, "/data/aws_region"), ["current"]);
    let references = TerraformReferences::new();
    for file in [terraform.clone().with_references(home(), references), terraform] {
        assert!(!file.to_json().contains("\"data\""));
    }
}

#[test]
fn labels_are_terraforms_and_distinct() {
    let roles: Vec<Role> = ["a.b", "a_b", "a,b", "a_b_2", "2fast", "-", "A+B", "+=,.@-_"]
        .map(role)
        .into();
    let file = Terraform::new(&roles).unwrap().to_json();
    let wanted = ["a_b", "a_b_2", "a_b_3", "a_b_2_2", "_2fast", "_-", "A_B", "_____-_"];
    assert_eq!(labels(&file, "/resource/aws_iam_role"), wanted);
    assert_eq!(labels(&file, "/output"), wanted.map(|label| format!("{label}_arn")));

    let roles = [
        with_policies(role("loader"), &["loader", "loader-b", "loaders", "a.b", "a_b"]),
        with_policies(role("loader_a"), &["b"]),
    ];
    let file = Terraform::new(&roles).unwrap().to_json();
    assert_eq!(
        labels(&file, "/resource/aws_iam_role_policy"),
        [
            "loader",
            "loader-b",
            "loader_loaders",
            "loader_a_b",
            "loader_a_b_2",
            "loader_a_b_3"
        ]
    );
}

#[test]
fn names_are_distinct_in_an_account() {
    let roles = [role("Loader"), role("loader")];
    assert!(matches!(Terraform::new(&roles), Err(RoleError::SameRoleName { .. })));
}

#[test]
fn what_is_no_reference_is_refused() {
    for accepted in [
        "var.region",
        "local.accounts[0]",
        "local.a-b_c",
        "data.aws_region.current.id",
        "data.aws_region.all[1].id",
        "module.network.region",
        "aws_thing.it.region",
        "var.a[0][1].b",
    ] {
        assert_eq!(TerraformReference::new(accepted).unwrap().as_str(), accepted);
    }
    let begin = "is not a reference to a value of a Terraform module:";
    for (text, why) in [
        ("${var.region}", "it is a template; write only"),
        ("each.value", "`each` has no value for a role"),
        ("path.module", "`path` has no value for a role"),
        ("region", "it is incomplete; write at least `TYPE.NAME.ATTRIBUTE`"),
        ("var", "it is incomplete; write at least `var.NAME`"),
        ("data.aws_region.current", "it is incomplete"),
        ("module.network", "it is incomplete"),
        ("", "a name is missing"),
        ("var..region", "a name is missing"),
        ("var.region.", "a name is missing"),
        ("var.2", "`2` is not a name"),
        (" var.region", "` var` is not a name"),
        ("var.région", "`région` is not a name"),
        ("lower(var.region)", "`lower(var` is not a name"),
        ("var.region} ${var.other", "`region} ${var` is not a name"),
        ("var.regions[\"eu\"]", "`[\"eu\"]` is not a number"),
        ("var.regions[*]", "`[*]` is not a number"),
        ("var.regions[]", "`[]` is not a number"),
        ("var.regions[0", "`[0` is not a number"),
        ("var.regions[0]x", "`x` is not a number"),
    ] {
        let message = text.parse::<TerraformReference>().unwrap_err().to_string();
        assert!(message.starts_with(&format!("`{text}` {begin} {why}")), "{message}");
    }
}
