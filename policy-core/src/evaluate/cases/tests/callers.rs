//! Callers that no request has, as a file of cases names them.

use super::{GET, mistakes, read, with};

#[test]
fn callers_that_cannot_exist_are_told_how_to_be_written() {
    for (caller, wrong) in [
        (
            r#""ecs-tasks.amazonaws.com""#,
            r#"`ecs-tasks.amazonaws.com` is a service; write `{ "service": "ecs-tasks.amazonaws.com" }`"#,
        ),
        (
            r#""arn:aws:iam::111122223333:oidc-provider/example.com""#,
            "`arn:aws:iam::111122223333:oidc-provider/example.com` is an identity provider; write \
             `{ \"federated\": \"arn:aws:iam::111122223333:oidc-provider/example.com\" }`",
        ),
        (
            r#""111122223333""#,
            "`111122223333` is an account, and not the ARN of a caller; write that of its root user, \
             `arn:aws:iam::111122223333:root`, or that of a user or role",
        ),
        (
            r#"{ "federated": "example.com" }"#,
            "`example.com` is not an identity provider; write its ARN, such as \
             `arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com`, or one of `accounts.google.com`, \
             `cognito-identity.amazonaws.com`, `graph.facebook.com`, `www.amazon.com`",
        ),
        (
            r#""arn:aws-cn:iam::111122223333:role/reader""#,
            "`arn:aws:s3:::exports/a` is in the partition `aws` and the caller in `aws-cn`, and AWS accepts no credentials of another \
             partition; write a resource and a caller of the same one",
        ),
    ] {
        let case = format!(r#"{GET}, "caller": {caller}, "expect": "denied""#);
        let found = mistakes(&with(r#"{ "identity": [] }"#, &case));
        assert!(
            found.len() == 1 && found[0].split_once(": ").is_some_and(|(_, message)| message == wrong),
            "{found:#?}"
        );
    }
}

#[test]
fn a_service_that_nothing_names_is_refused_unless_the_case_says_so() {
    let case = |caller: &str, more: &str| {
        let case = format!(
            r#""action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "expect": "denied", "caller": {caller}{more}"#
        );
        with(r#"{ "identity": [] }"#, &case)
    };
    let slip = r#"{ "service": "lamda.amazonaws.com" }"#;
    let unlisted = r#"{ "service": "tagging.amazonaws.com" }"#;
    let via = r#", "called_via": ["athena.amazonaws.com", "athen.amazonaws.com"]"#;
    for (caller, more, wanted) in [
        (
            slip,
            "",
            "`lamda.amazonaws.com` is not a known service principal; write `lambda.amazonaws.com`",
        ),
        (
            unlisted,
            "",
            "`tagging.amazonaws.com` is not a known service principal; write the principal that the guide of the service names; the name of \
             an endpoint is not always one; if the guide names this one, add `\"unchecked\": true` to the case",
        ),
        (
            r#""anonymous""#,
            via,
            "`athen.amazonaws.com` is not a known service principal; write `athena.amazonaws.com`",
        ),
    ] {
        let found = mistakes(&case(caller, more));
        assert!(found.len() == 1 && found[0].ends_with(wanted), "{found:?}");
        let unchecked = read(&case(caller, &format!(r#"{more}, "unchecked": true"#)));
        assert!(unchecked.run().is_success(), "{caller}");
    }
}
