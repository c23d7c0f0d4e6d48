use crate::check::expect::{findings, messages, policy};
use crate::policy::Kind;

/// The places of the ways that these statements open, and nothing else that is found.
fn open(statements: &str) -> Vec<String> {
    findings(&policy(statements), Kind::Identity)
        .iter()
        .filter_map(|finding| finding.strip_prefix("PRIVILEGE_ESCALATION "))
        .map(str::to_owned)
        .collect()
}

fn allow(actions: &str, resources: &str) -> String {
    format!(r#"{{ "Effect": "Allow", "Action": {actions}, "Resource": {resources} }}"#)
}

const NONE: [&str; 0] = [];

#[test]
fn a_way_is_open_when_all_of_its_actions_are_allowed_on_all() {
    // A vendor's policy.
    let takeover = allow(
        r#"["iam:CreateRole", "iam:AttachRolePolicy", "iam:PassRole"]"#,
        r#""*""#,
    );
    assert_eq!(open(&takeover), ["/Statement/0/Action/1"]);
    for (actions, resources) in [
        (
            r#"["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"]"#,
            r#""*""#,
        ),
        (r#"["ec2:Describe*", "iam:Put*Policy"]"#, r#""arn:aws:iam::*:role/*""#),
        (
            r#"["iam:GetUser", "iam:CreateAccessKey"]"#,
            r#"["arn:aws:iam::111122223333:*"]"#,
        ),
        (r#"["logs:*", "lambda:UpdateFunctionCode"]"#, r#"["*"]"#),
        (
            r#"["iam:GetRole", "iam:updateassumerolepolicy"]"#,
            r#""arn:aws:iam::111122223333:role/*""#,
        ),
    ] {
        assert_eq!(open(&allow(actions, resources)).len(), 1, "{actions} on {resources}");
    }
    // In statements of their own.
    let apart = [
        allow(r#""iam:PassRole""#, r#""arn:aws:iam::*:role/*""#),
        allow(r#"["ecs:RunTask", "ecs:RegisterTaskDefinition"]"#, r#""*""#),
    ];
    assert_eq!(open(&apart.join(",")), ["/Statement/1/Action/1"]);
}

#[test]
fn one_action_less_or_a_resource_that_is_named_closes_it() {
    for (actions, resources) in [
        (r#"["iam:PassRole", "lambda:CreateFunction"]"#, r#""*""#),
        (r#"["lambda:CreateFunction", "lambda:InvokeFunction"]"#, r#""*""#),
        (r#"["iam:CreateRole", "iam:PassRole"]"#, r#""*""#),
        (r#""iam:AttachRolePolicy""#, r#""arn:aws:iam::*:role/maia-*""#),
        (r#""iam:CreateAccessKey""#, r#""arn:aws:iam::*:user/${aws:username}""#),
        (r#""iam:CreatePolicyVersion""#, r#""arn:aws:iam::aws:policy/*""#),
        (
            r#""lambda:UpdateFunctionCode""#,
            r#""arn:aws:lambda:*:*:function:maia-*""#,
        ),
        (
            r#""ssm:SendCommand""#,
            r#"["arn:aws:ec2:*:*:instance/*", "arn:aws:ssm:*:*:document/AWS-RunPatchBaseline"]"#,
        ),
        (r#""iam:Get*""#, r#""*""#),
    ] {
        assert_eq!(open(&allow(actions, resources)), NONE, "{actions} on {resources}");
    }
}

#[test]
fn a_condition_or_a_deny_closes_it() {
    let conditional = |condition: &str| {
        open(&format!(
            r#"{{ "Effect": "Allow", "Action": ["iam:PassRole", "ec2:RunInstances"], "Resource": "*", "Condition": {{ {condition} }} }}"#
        ))
    };
    assert_eq!(
        conditional(r#""StringEquals": { "iam:PassedToService": "ec2.amazonaws.com" }"#),
        NONE
    );

    let attach = allow(r#""iam:AttachRolePolicy""#, r#""*""#);
    let with = |deny: &str| open(&format!(r#"{attach}, {{ "Effect": "Deny", {deny} }}"#));
    for closing in [
        r#""Action": "iam:*", "Resource": "*""#,
        r#""NotAction": "s3:*", "Resource": "*""#,
        r#""Action": "iam:AttachRolePolicy", "Resource": "arn:aws:iam::*:role/*""#,
        r#""Action": "iam:AttachRolePolicy", "NotResource": "arn:aws:iam::*:role/maia-*""#,
        r#""Action": "iam:Attach*", "Resource": "*", "Condition": { "StringNotEquals": { "iam:PermissionsBoundary": "arn:aws:iam::111122223333:policy/limit" } }"#,
    ] {
        assert_eq!(with(closing), NONE, "{closing}");
    }
    for leaving in [
        r#""Action": "ec2:*", "Resource": "*""#,
        r#""Action": "iam:AttachRolePolicy", "Resource": "arn:aws:iam::*:role/admin""#,
        r#""Action": "iam:AttachRolePolicy", "Resource": "*", "Condition": { "StringNotEquals": { "aws:RequestedRegion": "eu-west-1" } }"#,
    ] {
        assert_eq!(with(leaving), ["/Statement/0/Action"], "{leaving}");
    }
}

#[test]
fn there_is_one_finding_a_kind_of_way_and_one_a_pattern() {
    assert_eq!(open(&allow(r#""*""#, r#""*""#)), ["/Statement/0/Action"]);
    assert_eq!(open(&allow(r#""iam:*""#, r#""*""#)), ["/Statement/0/Action"]);
    assert_eq!(
        open(&allow(
            r#"["iam:PutRolePolicy", "iam:AttachRolePolicy", "iam:CreateAccessKey", "iam:UpdateLoginProfile"]"#,
            r#""*""#
        )),
        ["/Statement/0/Action/1", "/Statement/0/Action/2"]
    );
    assert_eq!(
        open(r#"{ "Effect": "Allow", "NotAction": ["organizations:*", "sso:*"], "Resource": "*" }"#),
        ["/Statement/0/NotAction"]
    );
    let everything = policy(&allow(r#""*""#, r#""*""#));
    assert_eq!(findings(&everything, Kind::ServiceControl), NONE);
}

#[test]
fn the_message_names_the_actions_and_what_to_write() {
    assert_eq!(
        messages(
            &allow(
                r#"["iam:CreateRole", "iam:AttachRolePolicy", "iam:PutRolePolicy"]"#,
                r#""*""#
            ),
            Kind::Identity
        ),
        "with `iam:AttachRolePolicy` and `iam:CreateRole` a principal with this policy can make a role with any permissions \
         [PRIVILEGE_ESCALATION]\n\
         = note: the same is possible with `iam:PutRolePolicy`\n\
         = note: AWS accepts it; see <https://pathfinding.cloud/paths/iam-009>\n\
         = help: name the identities that it may change, such as `\"Resource\": \"arn:aws:iam::111122223333:role/NAME\"`\n\
         = help: or hold them within a permissions boundary, `\"Condition\": { \"StringEquals\": \
         { \"iam:PermissionsBoundary\": \"arn:aws:iam::111122223333:policy/NAME\" } }`"
    );
    let pass = [
        allow(r#""lambda:*""#, r#""*""#),
        allow(r#""iam:PassRole""#, r#""arn:aws:iam::*:role/*""#),
    ];
    let told = messages(&pass.join(","), Kind::Identity);
    let (escalation, _) = told.split_once("\n\n").unwrap_or((&told, ""));
    assert_eq!(
        escalation,
        "with `lambda:CreateFunction`, `lambda:InvokeFunction` and `iam:PassRole` a principal with this policy can run code as \
         any role that Lambda can take [PRIVILEGE_ESCALATION]\n\
         = note: `lambda:*` includes `lambda:CreateFunction`\n\
         = note: the same is possible with `lambda:UpdateFunctionCode`\n\
         = note: AWS accepts it; see <https://pathfinding.cloud/paths/lambda-001>\n\
         = help: in place of `lambda:*`, write the actions that are needed\n\
         = help: name the roles that `iam:PassRole` may pass, such as \
         `\"Resource\": \"arn:aws:iam::111122223333:role/NAME\"`\n\
         = help: or restrict the service: `\"Condition\": { \"StringEquals\": { \"iam:PassedToService\": \"SERVICE.amazonaws.com\" } }`"
    );
}
