//! Reads an identity-based policy from standard input and rewrites it in one way: what
//! `tests/run-cost/hostile-sizes/run.sh --rewrite` counts the seconds of.

use std::io::Error;

use policy_core::policy::{IdentityPolicy, Wildcards};
use runner_profiles::{ReadRoleError, Role};

fn main() -> std::io::Result<()> {
    let how = std::env::args().nth(1).unwrap_or_default();
    let policy = IdentityPolicy::from_reader(std::io::stdin())?;
    let length = match how.as_str() {
        "read" => policy.text().len(),
        "minify" => policy.minify().text().len(),
        "normalize" => policy.normalize().text().len(),
        "shrink" => policy.shrink_actions(Wildcards::AtTheEnd).text().len(),
        "concat" => policy.concat(&policy).map_err(Error::other)?.text().len(),
        "merge" => policy.merge(&policy).map_err(Error::other)?.text().len(),
        "split" => policy.split(6_144).map_err(Error::other)?.len(),
        "drift" => drift(&policy).map_err(Error::other)?,
        _ => {
            return Err(Error::other(
                "rewrite_policy (read | minify | normalize | shrink | concat | merge | split | drift)",
            ));
        }
    };
    println!("{length}");
    Ok(())
}

/// From a role without the policy, and the reverse.
fn drift(policy: &IdentityPolicy) -> Result<usize, ReadRoleError> {
    let of = |policies: &str| {
        Role::from_json(&format!(
            r#"{{ "RoleDetailList": [{{ "RoleName": "role", "Path": "/", "RolePolicyList": [{policies}], "AttachedManagedPolicies": [],
                "AssumeRolePolicyDocument": {{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow",
                    "Principal": {{ "Service": "ecs-tasks.amazonaws.com" }}, "Action": "sts:AssumeRole" }} }} }}] }}"#
        ))
    };
    let (role, more) = (
        of("")?,
        of(&format!(r#"{{ "PolicyName": "more", "PolicyDocument": {policy} }}"#))?,
    );
    Ok(role.drift_from(&more).changed().len() + more.drift_from(&role).changed().len())
}
