//! Values of conditions that are to be ARNs.

use crate::check::expect::{findings, messages, policy};
use crate::policy::Kind;

#[test]
fn what_is_compared_with_arns_has_all_their_fields() {
    let found = |effect: &str, operator: &str, key: &str, value: &str| {
        let statement = format!(
            r#"{{ "Effect": "{effect}", "Action": "ecs:RunTask", "Resource": "*", "Condition": {{ "{operator}": {{ "{key}": "{value}" }} }} }}"#
        );
        messages(&statement, Kind::Identity)
    };
    const SHORT: &str = "arn:aws:iam:111122223333:role/x";
    assert_eq!(
        found("Deny", "ArnNotLike", "aws:PrincipalArn", SHORT),
        "the ARN `arn:aws:iam:111122223333:role/x` ends before its resource [TYPE_MISMATCH_ARN]\n\
         = note: AWS accepts it, but no value of `aws:PrincipalArn` matches it: the condition is met by every request\n\
         = help: write `arn:aws:iam::111122223333:role/x`: an empty field keeps its colon"
    );
    assert_eq!(
        found("Allow", "StringEquals", "ecs:cluster", "prod"),
        "`prod` is not an ARN [TYPE_MISMATCH_ARN]\n\
         = note: AWS accepts it, but no value of `ecs:cluster` matches it\n\
         = help: write an ARN, such as `arn:aws:ecs:REGION:ACCOUNT_ID:cluster/CLUSTER_NAME`"
    );
    for (operator, key, value, is_found) in [
        ("ArnLike", "aws:PrincipalArn", SHORT, true),
        ("StringEquals", "aws:PrincipalArn", SHORT, true),
        ("StringNotEquals", "aws:PrincipalArn", "reader", true),
        ("StringLike", "aws:PrincipalArn", "role/*", true),
        ("ArnEquals", "aws:PrincipalTag/arn", SHORT, true),
        // A wildcard can stand for fields.
        ("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*", false),
        ("ArnLike", "aws:PrincipalArn", "arn:aws:iam:*:role/x", false),
        ("StringLike", "aws:PrincipalArn", "*role/x", false),
        // A variable, too.
        ("StringEquals", "ecs:cluster", "${aws:PrincipalTag/cluster}", false),
        // An ID, or an ARN: no type of resource has the name of the key.
        ("StringEquals", "secretsmanager:SecretId", "db", false),
        ("StringEquals", "aws:PrincipalTag/arn", SHORT, false),
    ] {
        let statement = format!(
            r#"{{ "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {{ "{operator}": {{ "{key}": "{value}" }} }} }}"#
        );
        let found = findings(&policy(&statement), Kind::Identity);
        let is_wrong = found.iter().any(|found| found.starts_with("TYPE_MISMATCH_ARN "));
        assert_eq!(is_wrong, is_found, "{operator} {key} {value}: {found:?}");
    }
}
