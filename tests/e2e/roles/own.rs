//! Roles of a user's own, with what is hardest to carry through another language: policy variables, template markers,
//! quotes, every setting, and policies that are too long to be inline.

use std::error::Error;

use runner_profiles::policy_core::names::{
    AccountId, BucketName, Partition, PolicyArn, PolicyName, RoleName, RolePath, SecretName,
};
use runner_profiles::render::Home;
use runner_profiles::{Hybrid, Role, RoleDescription, RoleSettings, RunnerName, SessionDuration, Tag, policy};

use crate::set::Set;

policy! {
    /// A folder for everyone who signs in.
    struct OwnFolder: IdentityPolicy {
        partition: Partition,
        account_id: AccountId,
        bucket: BucketName,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "UseOwnFolder",
                "Effect": "Allow",
                "Action": ["s3:GetObject", "s3:PutObject"],
                "Resource": "arn:<partition>:s3:::<bucket>/home/${aws:userid}/*",
                "Condition": { "StringEquals": { "s3:ResourceAccount": "<account-id>" } }
            },
            {
                "Sid": "ListOwnFolder",
                "Effect": "Allow",
                "Action": "s3:ListBucket",
                "Resource": "arn:<partition>:s3:::<bucket>",
                "Condition": { "StringLike": { "s3:prefix": ["home/${aws:userid}/*", "team/${aws:PrincipalTag/team, 'none'}/*"] } }
            },
            {
                "Sid": "KeepTemplates",
                "Effect": "Deny",
                "Action": ["s3:DeleteObject", "s3:PutObject"],
                "Resource": [
                    "arn:<partition>:s3:::<bucket>/templates/%{ if 'x' == \"y\" }*",
                    "arn:<partition>:s3:::<bucket>/templates/%%{~ for ~}/$(whoami)/`id`/${*}"
                ]
            }
        ]
    }
}

policy! {
    /// Principals with this external ID.
    struct Partner: TrustPolicy {
        partition: Partition,
        account_id: AccountId,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": { "AWS": "arn:<partition>:iam::<account-id>:role/partner" },
                "Action": "sts:AssumeRole",
                "Condition": {
                    "StringEquals": { "sts:ExternalId": "it's \"${aws:userid}\" %{ or } Fn::Sub \\ &" },
                    "StringLike": { "sts:RoleSessionName": "${aws:username}" }
                }
            }
        ]
    }
}

pub fn sets(home: &Home) -> Result<Vec<Set>, Box<dyn Error>> {
    Ok(vec![
        Set::new("own", [partner(home)?]),
        Set::new("own-long", [long(home)?]),
    ])
}

fn partner(home: &Home) -> Result<Role, Box<dyn Error>> {
    let (partition, account_id) = (home.region().partition(), home.account_id().clone());
    let trust = Partner {
        partition: partition.clone(),
        account_id: account_id.clone(),
    };
    let own_folder = OwnFolder {
        partition,
        account_id,
        bucket: BucketName::from_static("home-folders"),
    };
    let settings = RoleSettings::new()
        .with_path(RolePath::from_static("/partners/it's+{x}/"))
        .with_description(RoleDescription::new(
            "It's for \"partners\" of ${team}, %{if} $(whoami) \\n\n\u{e9}\u{a3} <&> 'second line'",
        )?)
        .with_tag(Tag::new("team", "data platform")?)?
        .with_tag(Tag::new("cost:centre/eu", "a=b @home + _x.y-z")?)?
        .with_tag(Tag::new("empty", "")?)?
        .with_max_session_duration(SessionDuration::from_hours(4)?)
        .with_permissions_boundary(managed(home, home.account_id().as_str(), "runner-boundary")?);
    let role = Role::new(RoleName::from_static("own-partner"), trust.to_policy())?
        .with_policy(PolicyName::from_static("own-folder+=,.@-_"), own_folder.to_policy())?
        .with_managed_policy(managed(home, "aws", "ReadOnlyAccess")?)?
        .with_managed_policy(managed(home, home.account_id().as_str(), "teams/read-glue")?)?
        .with_settings(settings);
    Ok(role)
}

fn managed(home: &Home, account: &str, name: &str) -> Result<PolicyArn, Box<dyn Error>> {
    let partition = home.region().partition();
    Ok(PolicyArn::new(format!("arn:{partition}:iam::{account}:policy/{name}"))?)
}

/// So many secrets that the policy that lists them becomes two managed policies.
fn long(home: &Home) -> Result<Role, Box<dyn Error>> {
    let mut secrets = Vec::new();
    for number in 0..150 {
        secrets.push(SecretName::new(format!("source-{number}"))?);
    }
    let (region, account_id) = (home.region().clone(), home.account_id().clone());
    let own_folder = OwnFolder {
        partition: region.partition(),
        account_id: account_id.clone(),
        bucket: BucketName::from_static("home-folders"),
    };
    let settings = RoleSettings::new()
        .with_path(RolePath::from_static("/runners/"))
        .with_tag(Tag::new("team", "data platform")?)?;
    let platform_secret = Hybrid::DEFAULT_PLATFORM_SECRET;
    let role = Hybrid::new(RunnerName::new("own-long")?, region, account_id, platform_secret)
        .with_pipeline_secrets(secrets)
        .task_role()?
        .with_policy(PolicyName::from_static("own-folder"), own_folder.to_policy())?
        .with_settings(settings);
    Ok(role)
}
