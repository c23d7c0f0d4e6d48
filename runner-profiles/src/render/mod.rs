//! Roles as what deploys them takes.
//!
//! | for | is | in another region, account or partition |
//! |---|---|---|
//! | any program | [`json_files`], [`Role::to_json`] | made anew |
//! | the AWS CLI | [`aws_cli`] | made anew |
//! | Terraform | [`Terraform`] | the same, once it is [portable](Terraform::portable) |
//! | `CloudFormation` | [`CloudFormation`] | the same, once it is [portable](CloudFormation::portable) |
//!
//! Each takes any [`Role`], of a preset or one of your own, and says the whole of it: what is read back from AWS is the role.

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

/// Roles that are deployed together cannot share a name, and neither can the managed policies that they bring: IAM does not
/// even tell names apart by case.
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
