//! Roles as JSON files.

use policy_core::document::{Document, Node};

use super::distinct;
use crate::object::list;
use crate::role::json::Part;
use crate::{Role, RoleError};

/// A file of a rendering.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path from the output folder, with `/` between folders.
    pub path: String,
    /// Its content, with a line end at the end.
    pub text: String,
}

/// Each policy of the roles as a JSON file of its own, and an index of them. It is first: a list of the roles as
/// [`Role::to_json`] has them, in which each document is the path of its file.
///
/// | path | content |
/// |---|---|
/// | `index.json` | the roles, with the paths of their documents |
/// | `ROLE.trust.json` | a role's trust policy |
/// | `ROLE.inline/POLICY.json` | an inline policy |
/// | `managed/POLICY.json` | a managed policy of a role |
///
/// ```
/// # use runner_profiles::policy_core::names::{AccountId, Region};
/// # use runner_profiles::{Hybrid, RunnerName};
/// use runner_profiles::render::json_files;
///
/// # let hybrid = Hybrid::new(
/// #     RunnerName::new("maia-prod")?,
/// #     Region::from_static("eu-west-1"),
/// #     AccountId::from_static("111122223333"),
/// #     Hybrid::DEFAULT_PLATFORM_SECRET,
/// # );
/// let files = json_files(&[hybrid.execution_role()?])?;
/// let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
/// assert_eq!(paths, [
///     "index.json",
///     "maia-prod-execution.trust.json",
///     "maia-prod-execution.inline/maia-prod-execution.json",
/// ]);
/// # Ok::<(), runner_profiles::RoleError>(())
/// ```
///
/// # Errors
///
/// [`RoleError::SameRoleName`], [`RoleError::SameManagedPolicyName`]
pub fn json_files(roles: &[Role]) -> Result<Vec<File>, RoleError> {
    distinct(roles)?;
    let index = roles
        .iter()
        .map(|role| role.node_with(|part, _| Node::string(path(role, part))));
    let mut files = vec![file("index.json".to_owned(), &Document::new(list(index)))];
    for role in roles {
        files.push(file(path(role, Part::Trust), role.trust().document()));
        for inline in role.policies() {
            files.push(file(path(role, Part::Inline(&inline.name)), inline.policy.document()));
        }
        for managed in role.managed_policies() {
            files.push(file(
                path(role, Part::Managed(&managed.name)),
                managed.policy.document(),
            ));
        }
    }
    Ok(files)
}

/// IAM names cannot have a slash, so no two paths are the same; and none is `..`, which could be the name of a role.
fn path(role: &Role, part: Part<'_>) -> String {
    let role = role.name();
    match part {
        Part::Trust => format!("{role}.trust.json"),
        Part::Inline(policy) => format!("{role}.inline/{policy}.json"),
        Part::Managed(policy) => format!("managed/{policy}.json"),
    }
}

fn file(path: String, document: &Document<'_>) -> File {
    File {
        path,
        text: document.to_json_pretty() + "\n",
    }
}
