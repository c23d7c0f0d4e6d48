//! A role as it is deployed in IAM.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

use aws_sdk_iam::Client;
use aws_sdk_iam::error::SdkError;
use aws_sdk_iam::types::Role as IamRole;
use runner_profiles::Role;
use runner_profiles::policy_core::policy::{IdentityPolicy, Policy, PolicyKind, TrustPolicy};

/// A role as IAM has it. A policy that cannot be read is `None`: it differs from any.
pub struct Deployed {
    pub role: IamRole,
    pub trust: Option<TrustPolicy>,
    pub inline: BTreeMap<String, Option<IdentityPolicy>>,
    /// The managed policies of the role that exist, by name.
    pub managed: BTreeMap<String, Option<IdentityPolicy>>,
    /// The ARNs of all managed policies that are attached to it.
    pub attached: BTreeSet<String>,
}

impl Deployed {
    /// The role of this name, if there is one.
    pub async fn read(client: &Client, role: &Role) -> Result<Option<Self>, Box<dyn Error>> {
        let name = role.name().as_str();
        let found = match client.get_role().role_name(name).send().await {
            Ok(found) => found.role.ok_or("IAM answered without the role")?,
            Err(error) if is_missing(&error, |error| error.is_no_such_entity_exception()) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let mut inline = BTreeMap::new();
        let mut names = client
            .list_role_policies()
            .role_name(name)
            .into_paginator()
            .items()
            .send();
        while let Some(policy) = names.try_next().await? {
            let found = client
                .get_role_policy()
                .role_name(name)
                .policy_name(&policy)
                .send()
                .await?;
            inline.insert(policy, policy_in(&found.policy_document));
        }
        let mut attached = BTreeSet::new();
        let mut policies = client
            .list_attached_role_policies()
            .role_name(name)
            .into_paginator()
            .items()
            .send();
        while let Some(policy) = policies.try_next().await? {
            attached.extend(policy.policy_arn);
        }
        let mut managed = BTreeMap::new();
        for policy in role.managed_policies() {
            let name = policy.name.as_str();
            if let Some(found) = managed_policy(client, &policy_arn(&found, name)).await? {
                managed.insert(name.to_owned(), found);
            }
        }
        Ok(Some(Self {
            trust: found.assume_role_policy_document.as_deref().and_then(policy_in),
            role: found,
            inline,
            managed,
            attached,
        }))
    }

    /// The ARN of a managed policy of the role: it has the role's path.
    pub fn policy_arn(&self, name: &str) -> String {
        policy_arn(&self.role, name)
    }
}

fn policy_arn(role: &IamRole, name: &str) -> String {
    let account = role.arn.split(":role/").next().unwrap_or_default();
    format!("{account}:policy{}{name}", role.path)
}

/// The default version of a managed policy, if the policy exists.
async fn managed_policy(client: &Client, arn: &str) -> Result<Option<Option<IdentityPolicy>>, Box<dyn Error>> {
    let version = match client.get_policy().policy_arn(arn).send().await {
        Ok(found) => found.policy.and_then(|policy| policy.default_version_id),
        Err(error) if is_missing(&error, |error| error.is_no_such_entity_exception()) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let version = version.ok_or("IAM answered without the version of the policy")?;
    let found = client
        .get_policy_version()
        .policy_arn(arn)
        .version_id(version)
        .send()
        .await?;
    let document = found.policy_version.and_then(|version| version.document);
    Ok(Some(document.as_deref().and_then(policy_in)))
}

fn is_missing<E, R>(error: &SdkError<E, R>, missing: impl Fn(&E) -> bool) -> bool {
    error.as_service_error().is_some_and(missing)
}

fn policy_in<K: PolicyKind>(encoded: &str) -> Option<Policy<K>> {
    Policy::from_percent_encoded(encoded).ok()
}
