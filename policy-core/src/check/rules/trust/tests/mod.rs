macro_rules! trust {
    ($principal:literal, $action:literal) => {
        concat!(
            r#"{ "Effect": "Allow", "Principal": "#,
            $principal,
            r#", "Action": "#,
            $action,
            " }"
        )
    };
    ($principal:literal, $action:literal, $condition:literal) => {
        concat!(
            r#"{ "Effect": "Allow", "Principal": "#,
            $principal,
            r#", "Action": "#,
            $action,
            r#", "Condition": "#,
            $condition,
            " }"
        )
    };
}

mod hole;
mod session;
mod token;
mod who;

/// A statement that lets a provider's tokens in on a condition.
fn federated(issuer: &str, condition: &str) -> String {
    format!(
        r#"{{ "Effect": "Allow", "Principal": {{ "Federated": "arn:aws:iam::111122223333:oidc-provider/{issuer}" }},
            "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {condition} }}"#
    )
}
