//! Renders roles for deployment tools.
//!
//! | for | is | in another Region, account or partition |
//! |---|---|---|
//! | any program | [`json_files`], [`Role::to_json`] | rendered again |
//! | the AWS CLI | [`aws_cli`] | rendered again |
//! | Terraform | [`Terraform`] | the same, once it is [portable](Terraform::portable) |
//! | `CloudFormation` | [`CloudFormation`] | the same, once it is [portable](CloudFormation::portable) |
//!
//! Each accepts any [`Role`], of a preset or your own, and renders all of it: the role in AWS is the same.

mod aws_cli;
mod cloudformation;
mod files;
mod home;
mod label;
mod terraform;
#[cfg(test)]
mod tests;

pub use aws_cli::aws_cli;
pub use cloudformation::CloudFormation;
pub use files::{File, json_files};
pub use home::Home;
pub use terraform::{ReferenceError, Terraform, TerraformReference, TerraformReferences};

use crate::{Role, RoleError};

/// Roles that are deployed together cannot share a name, and neither can their managed policies: IAM even ignores
/// the case of names.
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-names>
fn distinct(roles: &[Role]) -> Result<(), RoleError> {
    let names = roles.iter().map(|role| role.name().as_str());
    let managed = roles.iter().flat_map(Role::managed_policies);
    twice(names).map_or(Ok(()), |name| Err(RoleError::SameRoleName { name }))?;
    let names = managed.map(|managed| managed.name.as_str());
    twice(names).map_or(Ok(()), |name| Err(RoleError::SameManagedPolicyName { name }))
}

fn twice<'a>(mut names: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut seen = std::collections::HashSet::new();
    names
        .find(|name| !seen.insert(name.to_ascii_lowercase()))
        .map(str::to_owned)
}
