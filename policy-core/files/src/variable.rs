//! Policy variables of AWS where `${...}` is something else, and what the pseudo parameters of `CloudFormation` are called.

use policy_core::catalogue;
use policy_core::spelling::nearest;

/// Whether what is between `${` and `}` is in the form of a policy variable: `aws:PrincipalTag/team`, perhaps with a default value. A name of
/// no other language has one colon and nothing around it.
pub(crate) fn is_of_policy(inside: &str) -> bool {
    let name = inside.split(',').next().unwrap_or_default().trim();
    let is_of = |text: &str, others: &[u8]| {
        let mut bytes = text.bytes();
        bytes.next().is_some_and(|first| first.is_ascii_alphabetic())
            && bytes.all(|byte| byte.is_ascii_alphanumeric() || others.contains(&byte))
    };
    name.split_once(':')
        .is_some_and(|(service, key)| is_of(service, b"-.") && is_of(key, b"-_./:"))
}

/// What is wrong with a name that `Fn::Sub` or `Ref` refers to, and that no resource or parameter can have. Others than `CloudFormation`, such as
/// the Serverless Framework, replace names of their own before it: only what is AWS's is judged.
pub(crate) fn misnamed(name: &str) -> Option<String> {
    const REJECTED: &str = "CloudFormation rejects the template when it is deployed";
    if is_of_policy(name) {
        catalogue::condition_key(name)?;
        return Some(format!(
            "`${{{name}}}` is a reference of `Fn::Sub`, and no resource or parameter can have this name; {REJECTED}: write `${{!{name}}}`, the \
             policy variable"
        ));
    }
    let (service, _) = name.split_once("::")?;
    if !service.eq_ignore_ascii_case("AWS") || PSEUDO_PARAMETERS.contains(&name) {
        return None;
    }
    let help = match nearest(name, PSEUDO_PARAMETERS) {
        Some(meant) => format!("write `{meant}`"),
        None => format!("the pseudo parameters are `{}`", PSEUDO_PARAMETERS.join("`, `")),
    };
    Some(format!("`{name}` is not a pseudo parameter; {REJECTED}: {help}"))
}

/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html>
const PSEUDO_PARAMETERS: [&str; 8] = [
    "AWS::AccountId",
    "AWS::NoValue",
    "AWS::NotificationARNs",
    "AWS::Partition",
    "AWS::Region",
    "AWS::StackId",
    "AWS::StackName",
    "AWS::URLSuffix",
];

/// What to write in a configuration of Terraform in place of a policy variable, which is no expression of it.
pub(crate) fn in_terraform(inside: &str) -> String {
    format!(
        "`${{{inside}}}` is an interpolation of Terraform, which has no such expression: write the policy variable as `&{{{inside}}}` in \
         `aws_iam_policy_document`, and as `$${{{inside}}}` elsewhere"
    )
}

#[cfg(test)]
mod tests {
    use super::{is_of_policy, misnamed};

    #[test]
    fn only_what_is_of_aws_is_judged() {
        for (name, meant) in [
            ("aws:username", Some("${!aws:username}")),
            ("aws:PrincipalTag/team", Some("${!aws:PrincipalTag/team}")),
            (
                "cognito-identity.amazonaws.com:sub",
                Some("${!cognito-identity.amazonaws.com:sub}"),
            ),
            ("AWS::AcountId", Some("write `AWS::AccountId`")),
            ("aws::region", Some("write `AWS::Region`")),
            ("AWS::Whatever", Some("the pseudo parameters are")),
            ("AWS::AccountId", None),
            ("AWS::NoValue", None),
            // Of the Serverless Framework and of macros.
            ("aws:accountId", None),
            ("aws:region", None),
            ("self:custom.name", None),
            ("ssm:/path", None),
            ("Macro::Name", None),
            ("Queue", None),
            ("Queue.Arn", None),
            ("Nested.Outputs.Arn", None),
            ("", None),
        ] {
            let found = misnamed(name);
            assert_eq!(found.is_some(), meant.is_some(), "{name}");
            let found = found.unwrap_or_default();
            assert!(meant.is_none_or(|meant| found.contains(meant)), "{name}: {found}");
        }
    }

    #[test]
    fn an_expression_of_terraform_is_no_policy_variable() {
        for name in [
            "aws:username",
            "s3:prefix",
            "aws:PrincipalTag/team",
            "aws:username, 'x'",
        ] {
            assert!(is_of_policy(name), "{name}");
        }
        for name in [
            "var.a ? 1 : 2",
            "a?b:c",
            "{a:b}",
            "[for a in b : c]",
            "provider::aws::arn(a)",
            "a[\"b:c\"]",
            "var.name",
            "",
        ] {
            assert!(!is_of_policy(name), "{name}");
        }
    }
}
