//! What the renderers write, read back by readers that know nothing of them, is what the roles were.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

mod cloudformation;
#[cfg(unix)]
mod commands;
mod every_field;
mod hostile;
mod presets;
mod terraform;
mod terraform_itself;

use std::collections::BTreeMap;

use runner_profiles::Role;
use runner_profiles::policy_core::names::Region;
use runner_profiles::policy_core::policy::{Policy, PolicyKind};
use runner_profiles::render::{CloudFormation, Home, Terraform, TerraformReference, TerraformReferences};
use serde_json::Value as Json;

/// A role as AWS would have it.
#[derive(Debug, Default, PartialEq)]
struct Deployed {
    path: Option<String>,
    description: Option<String>,
    max_session_duration: Option<u64>,
    boundary: Option<String>,
    tags: BTreeMap<String, String>,
    trust: Json,
    inline: BTreeMap<String, Json>,
    /// Its own managed policies.
    managed: BTreeMap<String, Json>,
    attached: Vec<String>,
}

/// By their names.
type Account = BTreeMap<String, Deployed>;

/// The roles as they were made.
fn made(roles: &[Role]) -> Account {
    let deployed = |role: &Role| {
        let settings = role.settings();
        let tags = settings.tags().iter();
        let inline = role.policies().iter();
        let managed = role.managed_policies().iter();
        Deployed {
            path: settings.path().map(ToString::to_string),
            description: settings.description().map(ToString::to_string),
            max_session_duration: settings
                .max_session_duration()
                .map(|duration| u64::from(duration.seconds())),
            boundary: settings.permissions_boundary().map(ToString::to_string),
            tags: tags.map(|tag| (tag.key().to_owned(), tag.value().to_owned())).collect(),
            trust: json(role.trust()),
            inline: inline
                .map(|inline| (inline.name.to_string(), json(&inline.policy)))
                .collect(),
            managed: managed
                .map(|managed| (managed.name.to_string(), json(&managed.policy)))
                .collect(),
            attached: role.attached_policies().iter().map(ToString::to_string).collect(),
        }
    };
    roles
        .iter()
        .map(|role| (role.name().to_string(), deployed(role)))
        .collect()
}

fn json<K: PolicyKind>(policy: &Policy<K>) -> Json {
    serde_json::from_str(policy.text()).unwrap()
}

/// Where a file is deployed.
fn at(region: Region, account_id: &str) -> Home {
    Home::new(region, account_id.parse().unwrap())
}

/// The roles were made for `home`: all forms of all files give them there.
fn round_trips(roles: &[Role], home: &Home) {
    let made = made(roles);
    let template = CloudFormation::new(roles).unwrap();
    for file in terraform_files(roles, home) {
        assert_eq!(terraform::applied(&file, home), made);
    }
    for file in [template.clone().to_json(), template.portable(home.clone()).to_json()] {
        assert_eq!(cloudformation::created(&file, home), made);
    }
}

/// All forms of the file for Terraform: plain, portable, and with references of the user's own.
fn terraform_files(roles: &[Role], home: &Home) -> [String; 3] {
    let terraform = Terraform::new(roles).unwrap();
    let references = TerraformReferences::new()
        .with_account_id(TerraformReference::new("var.account").unwrap())
        .with_region(TerraformReference::new("local.regions[0]").unwrap());
    [
        terraform.clone().to_json(),
        terraform.clone().portable(home.clone()).to_json(),
        terraform.with_references(home.clone(), references).to_json(),
    ]
}

/// What is made for one place and rendered as portable is, in another, what is made for that one.
fn moves(from: &[Role], home: &Home, to: &[Role], there: &Home) {
    let made = made(to);
    let file = Terraform::new(from).unwrap().portable(home.clone()).to_json();
    assert_eq!(terraform::applied(&file, there), made);
    let file = CloudFormation::new(from).unwrap().portable(home.clone()).to_json();
    assert_eq!(cloudformation::created(&file, there), made);
}
