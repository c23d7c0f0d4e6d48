//! Roles as commands of the AWS CLI.

use policy_core::document::Node;
use policy_core::names::RolePath;

use super::distinct;
use crate::object::Object;
use crate::role::json::TRUST;
use crate::{Role, RoleError};

/// A shell script that creates the roles with the AWS CLI and the credentials of its environment. It stops at the first
/// command that fails, as for a role that exists already. If its end is missing, no command runs.
///
/// Each command has its values as `--cli-input-json`, between single quotes: so the shell does not interpret them, and
/// the CLI does not read them as a file name, as it does elsewhere with `file://`, or as an option, as it does with
/// `-`.
///
/// ```
/// # use runner_profiles::policy_core::names::{AccountId, Region};
/// # use runner_profiles::{Hybrid, RunnerName};
/// use runner_profiles::render::aws_cli;
///
/// # let hybrid = Hybrid::new(
/// #     RunnerName::new("maia-prod")?,
/// #     Region::from_static("eu-west-1"),
/// #     AccountId::from_static("111122223333"),
/// #     Hybrid::DEFAULT_PLATFORM_SECRET,
/// # );
/// let script = aws_cli(&hybrid.roles()?)?;
/// assert!(script.contains(r#"aws iam create-role --cli-input-json '{"RoleName":"maia-prod-task","#));
/// # Ok::<(), runner_profiles::RoleError>(())
/// ```
///
/// Source: <https://docs.aws.amazon.com/cli/latest/reference/iam/create-role.html>
///
/// # Errors
///
/// [`RoleError::SameRoleName`], [`RoleError::SameManagedPolicyName`]
pub fn aws_cli(roles: &[Role]) -> Result<String, RoleError> {
    distinct(roles)?;
    let mut script = String::from(HEAD);
    for role in roles {
        script.push('\n');
        commands(&mut script, role);
    }
    script.push_str(TAIL);
    Ok(script)
}

/// In braces, because a shell reads a compound command to its end before it runs any of it. A function that is called
/// at the end would also work, but cut between the two lines, the script would do nothing and report success.
/// Source: <https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_09_04>
///
/// Without a pager, in which version 2 of the CLI would wait.
const HEAD: &str = "#!/bin/sh\n\
    # Makes IAM roles with the AWS CLI. It stops at the first command that fails.\n\
    { # to the last line, without which no command runs\n\
    set -eu\n\
    export AWS_PAGER=''\n";

const TAIL: &str = "\n}\n";

fn commands(script: &mut String, role: &Role) {
    let named = || Object::default().with_text("RoleName", Some(role.name().as_str()));
    let trust = role.trust().to_json();
    let creation = role.head().with_text(TRUST, Some(trust.as_str()));
    let creation = role.with_tail(creation, |arn| Node::string(arn.as_str()));
    command(script, "create-role", creation);
    for inline in role.policies() {
        let document = inline.policy.to_json();
        let put = named()
            .with_text("PolicyName", Some(inline.name.as_str()))
            .with_text("PolicyDocument", Some(document.as_str()));
        command(script, "put-role-policy", put);
    }
    for managed in role.managed_policies() {
        let document = managed.policy.to_json();
        let creation = Object::default()
            .with_text("PolicyName", Some(managed.name.as_str()))
            .with_text("Path", role.settings().path().map(RolePath::as_str))
            .with_text("PolicyDocument", Some(document.as_str()));
        script.push_str("policy_arn=$(");
        command(script, "create-policy --query Policy.Arn --output text", creation);
        script.truncate(script.trim_end().len());
        script.push_str(")\n");
        command(script, "attach-role-policy --policy-arn \"$policy_arn\"", named());
    }
    for arn in role.attached_policies() {
        command(
            script,
            "attach-role-policy",
            named().with_text("PolicyArn", Some(arn.as_str())),
        );
    }
}

fn command(script: &mut String, command: &str, input: Object<'_>) {
    let input = Node::from(input).to_json();
    script.extend(["aws iam ", command, " --cli-input-json ", &quoted(&input), "\n"]);
}

/// The text as one word of a POSIX shell.
/// Source: <https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02_02>
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        reason = "a test that cannot go on has failed"
    )]

    use std::process::Command;

    use policy_core::document::Document;

    use super::aws_cli;
    use crate::render::tests::hostile;

    /// The value of `--cli-input-json` that a shell passes to the CLI, for each command.
    fn inputs(script: &str) -> Vec<String> {
        let stand_in = "aws() { for last; do :; done; printf '%s\\0' \"$last\" >&2; }\n";
        let script = script.replacen("set -eu\n", &format!("set -eu\n{stand_in}"), 1);
        let output = Command::new("sh").arg("-c").arg(script).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        let words = String::from_utf8(output.stderr).unwrap();
        words.split_terminator('\0').map(str::to_owned).collect()
    }

    #[test]
    fn a_shell_hands_over_what_was_meant() {
        let roles = hostile();
        let inputs = inputs(&aws_cli(&roles).unwrap());
        let mut documents = Vec::new();
        for input in &inputs {
            let input = Document::read(input).unwrap();
            for name in ["AssumeRolePolicyDocument", "PolicyDocument"] {
                let text = input.root().member(name).and_then(|node| node.as_text());
                documents.extend(text.map(|text| text.written().to_owned()));
            }
        }
        let mut wanted = Vec::new();
        for role in &roles {
            wanted.push(role.trust().to_json());
            wanted.extend(role.policies().iter().map(|inline| inline.policy.to_json()));
            wanted.extend(role.managed_policies().iter().map(|managed| managed.policy.to_json()));
        }
        assert_eq!(documents, wanted);
        assert!(
            inputs[0].contains(r#""Description":"It's `$(touch x)` \"${here}\" %{if}\nand \\'\\''""#),
            "{}",
            inputs[0]
        );
    }
}
