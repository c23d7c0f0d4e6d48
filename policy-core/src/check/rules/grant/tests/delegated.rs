use crate::check::expect::{findings, messages, policy, table};
use crate::policy::Kind;

/// What is found of these actions on these resources, with this behind them.
fn found(words: &str) -> Vec<String> {
    findings(&policy(&format!(r#"{{ "Effect": "Allow", {words} }}"#)), Kind::Identity)
}

#[test]
fn each_combination_has_its_code() {
    let not_resource = r#""NotResource": "arn:aws:iam::111122223333:role/admin""#;
    // Both actions, with neither ways to more nor other actions beside them.
    for (code, action) in [("PASS_ROLE", "PassRole"), ("CREATE_SLR", "CreateServiceLinkedRole")] {
        let by_name = format!(r#""Action": ["s3:ListAllMyBuckets", "IAM:{}"]"#, action.to_lowercase());
        let pattern = format!(r#""Action": ["iam:GetRole", "iam:{}e*"]"#, action.trim_end_matches('e'));
        for (resource, with_name, with_pattern) in [
            (
                r#""Resource": "*""#,
                "WITH_STAR_IN_RESOURCE",
                "WITH_STAR_IN_ACTION_AND_RESOURCE",
            ),
            (
                not_resource,
                "WITH_NOT_RESOURCE",
                "WITH_STAR_IN_ACTION_AND_NOT_RESOURCE",
            ),
        ] {
            assert_eq!(
                found(&format!("{by_name}, {resource}")),
                [format!("{code}_{with_name} /Statement/0/Action/1")]
            );
            assert_eq!(
                found(&format!("{pattern}, {resource}")),
                [format!("{code}_{with_pattern} /Statement/0/Action/1")]
            );
        }
        for (resource, expected) in [
            (r#""Resource": "*""#, "WITH_STAR_IN_RESOURCE_AND_NOT_ACTION"),
            (not_resource, "WITH_NOT_ACTION_AND_NOT_RESOURCE"),
        ] {
            let all_but = found(&format!(r#""NotAction": "s3:*", {resource}"#));
            assert!(
                all_but.contains(&format!("{code}_{expected} /Statement/0/NotAction")),
                "{all_but:?}"
            );
            let left_out = found(&format!(r#""NotAction": ["s3:*", "iam:{action}"], {resource}"#));
            assert!(
                !left_out.iter().any(|finding| finding.starts_with(code)),
                "{left_out:?}"
            );
        }
    }
}

#[test]
fn roles_that_are_named_are_meant() {
    let role = |arn: &str| {
        found(&format!(
            r#""Action": "iam:PassRole", "Resource": ["arn:aws:iam::{arn}"]"#
        ))
    };
    for narrow in [
        "111122223333:role/maia-task",
        "*:role/maia-task",
        "*:role/service-role/kinesis-analytics*",
        "*:role/flow-logs-*",
        "*:role/AWSDeepRacer*",
        "*:role/*SageMaker*",
        "*:role/StatesExecutionRole*",
        "*:role/maia-?",
    ] {
        assert_eq!(role(narrow), [""; 0], "{narrow}");
    }
    for wide in [
        "*:role/*",
        "111122223333:role/service-role/*",
        "*:role/maia-*",
        "*:role/*Admin",
    ] {
        assert_eq!(
            role(wide),
            ["PASS_ROLE_WITH_STAR_IN_RESOURCE /Statement/0/Action"],
            "{wide}"
        );
    }
    let linked = |path: &str| {
        let resource = format!("arn:aws:iam::*:role/aws-service-role/{path}");
        found(&format!(
            r#""Action": "iam:CreateServiceLinkedRole", "Resource": "{resource}""#
        ))
    };
    assert_eq!(linked("ecs.amazonaws.com/AWSServiceRoleFor*"), [""; 0]);
    assert_eq!(linked("*"), ["CREATE_SLR_WITH_STAR_IN_RESOURCE /Statement/0/Action"]);
}

#[test]
fn a_role_that_is_passed_on_no_resource_is_one_mistake() {
    assert_eq!(
        found(r#""Action": "iam:PassRole", "Resource": []"#),
        ["EMPTY_ARRAY_RESOURCE /Statement/0/Resource"]
    );
    assert_eq!(found(r#""Action": "iam:PassRole""#), ["MISSING_RESOURCE /Statement/0"]);
}

#[test]
fn a_pattern_of_services_does_not_say_whose_role_is_made() {
    for (operator, value, is_wide) in [
        ("StringEquals", "ecs.amazonaws.com", false),
        ("StringLike", "ecs.amazonaws.com", false),
        ("StringLike", "ecs*.amazonaws.com", true),
        ("StringLike", "*", true),
    ] {
        let found = found(&format!(
            r#""Action": "iam:CreateServiceLinkedRole", "Resource": "*", "Condition": {{ "{operator}": {{ "iam:AWSServiceName": "{value}" }} }}"#
        ));
        let is_found = found
            .iter()
            .any(|finding| finding.starts_with("CREATE_SLR_WITH_STAR_IN_RESOURCE"));
        assert_eq!(is_found, is_wide, "{operator} {value}: {found:?}");
    }
}

#[test]
fn a_condition_binds_if_it_asks_for_the_key() {
    let under = |condition: &str| {
        !found(&format!(
            r#""Action": "iam:PassRole", "Resource": "*", "Condition": {{ {condition} }}"#
        ))
        .iter()
        .any(|finding| finding.starts_with("PASS_ROLE"))
    };
    for binding in [
        r#""StringEquals": { "iam:PassedToService": "ecs-tasks.amazonaws.com" }"#,
        r#""StringLike": { "IAM:passedtoservice": ["ec2.*", "ecs-tasks.*"] }"#,
        r#""StringLikeIfExists": { "iam:PassedToService": "lambda.amazonaws.com" }"#,
        r#""ForAnyValue:StringEquals": { "iam:PassedToService": "lambda.amazonaws.com" }"#,
        r#""ArnLike": { "iam:AssociatedResourceArn": "arn:aws:ec2:*:*:instance/*" }"#,
        r#""StringEqualsIfExists": { "iam:PassedToService": "lambda.amazonaws.com" },
           "StringLike": { "iam:AssociatedResourceArn": "arn:aws:lambda:*:*:function:maia" }"#,
    ] {
        assert!(under(binding), "{binding}");
    }
    for loose in [
        r#""StringEqualsIfExists": { "iam:PassedToService": "lambda.amazonaws.com" }"#,
        r#""StringNotEquals": { "iam:PassedToService": "lambda.amazonaws.com" }"#,
        r#""ForAllValues:StringEquals": { "iam:PassedToService": "lambda.amazonaws.com" }"#,
        r#""StringLike": { "iam:PassedToService": "*" }"#,
        r#""ForAnyValue:StringEquals": { "aws:CalledVia": "cloudformation.amazonaws.com" }"#,
    ] {
        assert!(!under(loose), "{loose}");
    }
}

#[test]
fn what_is_denied_is_not_granted() {
    let allow = r#"{ "Effect": "Allow", "Action": "iam:PassRole", "Resource": "*" }"#;
    let with = |deny: &str| findings(&policy(&format!("{allow}, {deny}")), Kind::Identity);
    assert_eq!(
        with(r#"{ "Effect": "Deny", "Action": "ec2:*", "Resource": "*" }"#),
        ["PASS_ROLE_WITH_STAR_IN_RESOURCE /Statement/0/Action"]
    );
    assert_eq!(
        with(r#"{ "Effect": "Deny", "Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/admin" }"#),
        ["PASS_ROLE_WITH_STAR_IN_RESOURCE /Statement/0/Action"]
    );
    let denied = with(r#"{ "Effect": "Deny", "Action": "iam:Pass*", "Resource": "*" }"#);
    assert!(
        !denied.iter().any(|finding| finding.starts_with("PASS_ROLE")),
        "{denied:?}"
    );
}

#[test]
fn only_policies_of_identities_grant() {
    let everything = r#"{ "Effect": "Allow", "Action": "*", "Resource": "*" }"#;
    table(Kind::ServiceControl, &[(everything, &[])]);
    assert_eq!(
        findings(&policy(everything), Kind::Session),
        [
            "PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE /Statement/0/Action",
            "CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE /Statement/0/Action",
            "PRIVILEGE_ESCALATION /Statement/0/Action"
        ]
    );
}

#[test]
fn the_message_says_how_to_be_narrow() {
    assert_eq!(
        messages(
            r#"{ "Effect": "Allow", "Action": "iam:PassRole", "Resource": "*" }"#,
            Kind::Identity
        ),
        "`iam:PassRole` on `*` allows any role to be passed to any service [PASS_ROLE_WITH_STAR_IN_RESOURCE]\n\
         = note: AWS accepts it, and the principal can then use the permissions of these roles through a service\n\
         = help: name the role: `\"Resource\": \"arn:aws:iam::111122223333:role/ROLE_NAME\"`\n\
         = help: or restrict the service: `\"Condition\": { \"StringEquals\": { \"iam:PassedToService\": \"SERVICE.amazonaws.com\" } }`"
    );
    assert_eq!(
        messages(
            r#"{ "Effect": "Allow", "Action": "iam:CreateServiceL*", "NotResource": "arn:aws:iam::*:role/aws-service-role/ecs.amazonaws.com/*" }"#,
            Kind::Identity
        ),
        "`iam:CreateServiceL*`, which includes `iam:CreateServiceLinkedRole`, with `NotResource` allows any other service-linked role to be created [CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE]\n\
         = note: AWS accepts it, and a service-linked role allows its service to act in the account, with permissions that AWS has chosen\n\
         = help: write `iam:CreateServiceLinkedRole` in a separate statement, and there name the role: `\"Resource\": \"arn:aws:iam::111122223333:role/aws-service-role/SERVICE.amazonaws.com/ROLE_NAME\"`\n\
         = help: or restrict the service: `\"Condition\": { \"StringEquals\": { \"iam:AWSServiceName\": \"SERVICE.amazonaws.com\" } }`"
    );
}
