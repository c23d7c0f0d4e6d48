use crate::check::expect::{findings, messages, policy, table};
use crate::policy::Kind;

macro_rules! share {
    ($principal:literal) => {
        concat!(
            r#"{ "Effect": "Allow", "Principal": "#,
            $principal,
            r#", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*" }"#
        )
    };
}

#[test]
fn accounts_roles_and_users() {
    table(
        Kind::Resource,
        &[
            (share!(r#""*""#), &["PUBLIC_ACCESS /Statement/0/Principal"]),
            (
                share!(r#"{ "AWS": "*" }"#),
                &["PUBLIC_ACCESS /Statement/0/Principal/AWS"],
            ),
            (
                share!(r#"{ "AWS": ["111122223333", "arn:aws:iam::111122223333:root"] }"#),
                &[],
            ),
            (
                share!(r#"{ "AWS": ["arn:aws-cn:iam::111122223333:role/a/b/c", "arn:aws:iam::111122223333:user/u"] }"#),
                &[],
            ),
            (
                share!(
                    r#"{ "AWS": ["arn:aws:sts::111122223333:assumed-role/r/s", "arn:aws:sts::111122223333:federated-user/u"] }"#
                ),
                &[],
            ),
            (
                share!(r#"{ "AWS": "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE" }"#),
                &[],
            ),
            (
                share!(r#"{ "AWS": "11112222333" }"#),
                &["INVALID_PRINCIPAL_FORMAT /Statement/0/Principal/AWS"],
            ),
            (
                share!(r#"{ "AWS": "1111-2222-3333" }"#),
                &["INVALID_PRINCIPAL_FORMAT /Statement/0/Principal/AWS"],
            ),
            (
                share!(r#"{ "AWS": "arn:aws:iam::11112222333:root" }"#),
                &["INVALID_PRINCIPAL_FORMAT /Statement/0/Principal/AWS 11112222333"],
            ),
            (
                share!(r#"{ "AWS": "arn:aws-gov:iam::111122223333:root" }"#),
                &["INVALID_PRINCIPAL_FORMAT /Statement/0/Principal/AWS aws-gov"],
            ),
            (
                share!(r#"{ "AWS": "arn:aws:iam:eu-west-1:111122223333:root" }"#),
                &["INVALID_PRINCIPAL_FORMAT /Statement/0/Principal/AWS eu-west-1"],
            ),
            (
                share!(r#"{ "AWS": "arn:aws:s3:::b" }"#),
                &["INVALID_PRINCIPAL_FORMAT /Statement/0/Principal/AWS s3"],
            ),
            (
                share!(r#"{ "AWS": "arn:aws:iam::111122223333:group/g" }"#),
                &["INVALID_PRINCIPAL_FORMAT /Statement/0/Principal/AWS"],
            ),
            (
                share!(r#"{ "AWS": "arn:aws:iam::111122223333:role/" }"#),
                &["INVALID_PRINCIPAL_FORMAT /Statement/0/Principal/AWS"],
            ),
            (
                share!(r#"{ "AWS": "arn:aws:sts::111122223333:assumed-role/p/r/s" }"#),
                &["INVALID_PRINCIPAL_FORMAT /Statement/0/Principal/AWS"],
            ),
            (
                share!(r#"{ "AWS": "admin" }"#),
                &["INVALID_PRINCIPAL_FORMAT /Statement/0/Principal/AWS"],
            ),
            (
                share!(r#"{ "AWS": "AROAIDPPEZS35WEXAMPLE" }"#),
                &["INVALID_ROLE_REFERENCE /Statement/0/Principal/AWS"],
            ),
            (
                share!(r#"{ "AWS": "AIDACKCEVSQ6C2EXAMPLE" }"#),
                &["INVALID_USER_REFERENCE /Statement/0/Principal/AWS"],
            ),
            (
                share!(r#"{ "AWS": "arn:aws:iam::111122223333:role/*" }"#),
                &["UNSUPPORTED_WILDCARD_IN_PRINCIPAL /Statement/0/Principal/AWS *"],
            ),
        ],
    );
}

#[test]
fn services_providers_and_canonical_users() {
    table(
        Kind::Resource,
        &[
            (
                share!(
                    r#"{ "Service": ["ecs-tasks.amazonaws.com", "ec2.amazonaws.com.cn", "logs.eu-west-1.amazonaws.com"] }"#
                ),
                &[],
            ),
            (share!(r#"{ "Service": "alexa-appkit.amazon.com" }"#), &[]),
            (
                share!(r#"{ "Service": "ecs-tasks" }"#),
                &["INVALID_SERVICE_PRINCIPAL_FORMAT /Statement/0/Principal/Service"],
            ),
            (
                share!(r#"{ "Service": "Lambda.amazonaws.com" }"#),
                &["INVALID_SERVICE_PRINCIPAL_FORMAT /Statement/0/Principal/Service"],
            ),
            (
                share!(r#"{ "Service": "111122223333" }"#),
                &["INVALID_SERVICE_PRINCIPAL_FORMAT /Statement/0/Principal/Service"],
            ),
            (
                share!(r#"{ "Service": "*" }"#),
                &["UNSUPPORTED_WILDCARD_IN_PRINCIPAL /Statement/0/Principal/Service *"],
            ),
            (
                share!(r#"{ "Federated": "cognito-identity.amazonaws.com" }"#),
                &["FEDERATED_PRINCIPAL_NOT_SUPPORTED /Statement/0/Principal/Federated"],
            ),
            (
                share!(r#"{ "CanonicalUser": "abc" }"#),
                &["INVALID_PRINCIPAL_FORMAT /Statement/0/Principal/CanonicalUser"],
            ),
            (
                share!(r#"{ "CanonicalUser": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be" }"#),
                &[],
            ),
            (
                r#"{ "Effect": "Allow", "NotPrincipal": { "AWS": "111122223333" }, "Action": "s3:GetObject", "Resource": "*" }"#,
                &["ALLOW_WITH_NOT_PRINCIPAL /Statement/0/NotPrincipal"],
            ),
            (
                r#"{ "Effect": "Deny", "NotPrincipal": { "AWS": "111122223333" }, "Action": "s3:GetObject", "Resource": "*" }"#,
                &[],
            ),
        ],
    );
}

#[test]
fn messages_say_what_to_write() {
    for (statement, expected) in [
        (
            share!(r#"{ "AWS": "arn:aws:iam::11112222333:root" }"#),
            "`11112222333` is not an AWS account ID: it has 11 digits; leading zeros may have been lost \
             [INVALID_PRINCIPAL_FORMAT]\n\
             = note: AWS rejects the policy: `Invalid principal in policy`\n\
             = help: write all 12 digits, such as `111122223333`",
        ),
        (
            share!(r#"{ "AWS": "ecs-tasks.amazonaws.com" }"#),
            "`ecs-tasks.amazonaws.com` is not an account ID or the ARN of a principal [INVALID_PRINCIPAL_FORMAT]\n\
             = note: AWS rejects the policy: `Invalid principal in policy`\n\
             = help: write it under `Service`, `\"Service\": \"ecs-tasks.amazonaws.com\"`",
        ),
        (
            share!(r#"{ "AWS": "accounts.google.com" }"#),
            "`accounts.google.com` is an identity provider [INVALID_PRINCIPAL_FORMAT]\n\
             = note: AWS rejects the policy: `Invalid principal in policy`\n\
             = help: a resource policy cannot allow an identity provider: name the role that its users assume under `AWS`",
        ),
        (
            share!(r#"{ "Service": "ecs-tasks" }"#),
            "`ecs-tasks` is not a service principal: it does not end with `.amazonaws.com` [INVALID_SERVICE_PRINCIPAL_FORMAT]\n\
             = note: AWS rejects the policy: `Invalid principal in policy`\n\
             = help: write `ecs-tasks.amazonaws.com`",
        ),
        (
            share!(r#"{ "AWS": "arn:aws:iam::111122223333:role/app-*" }"#),
            "wildcards are not allowed in an ARN under `AWS`: the only one is `\"*\"` alone [UNSUPPORTED_WILDCARD_IN_PRINCIPAL]\n\
             = note: AWS rejects the policy: `Invalid principal in policy`\n\
             = help: allow the account, `111122223333`, with a condition `\"ArnLike\": { \"aws:PrincipalArn\": \
             \"arn:aws:iam::111122223333:role/app-*\" }`",
        ),
    ] {
        assert_eq!(messages(statement, Kind::Resource), expected);
    }
}

#[test]
fn a_denial_that_spares_a_role_also_spares_its_sessions_if_it_names_them() {
    for (exempt, expected) in [
        (r#""arn:aws:iam::111122223333:role/admin""#, true),
        (
            r#"["arn:aws:iam::111122223333:role/path/admin", "arn:aws:iam::111122223333:root"]"#,
            true,
        ),
        (
            r#"["arn:aws:iam::111122223333:role/admin", "arn:aws:sts::111122223333:assumed-role/admin/jane", "arn:aws:iam::111122223333:root"]"#,
            false,
        ),
        (
            r#"["arn:aws:iam::111122223333:user/jane", "arn:aws:iam::111122223333:root"]"#,
            false,
        ),
    ] {
        let statement = format!(
            r#"{{ "Effect": "Deny", "NotPrincipal": {{ "AWS": {exempt} }}, "Action": "s3:PutBucketPolicy", "Resource": "arn:aws:s3:::b" }}"#
        );
        let found = findings(&policy(&statement), Kind::Resource);
        let is_found = found
            .iter()
            .any(|finding| finding.starts_with("NOT_PRINCIPAL_DENIES_SESSIONS"));
        assert_eq!(is_found, expected, "{exempt}: {found:?}");
    }
}

#[test]
fn a_role_has_a_name_that_iam_accepts() {
    for (name, expected) in [
        ("role/app", false),
        ("role/path/app+=,.@-_1", false),
        ("role/app ", true),
        ("role/my app", true),
        ("user/jane!", true),
        (
            "role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef",
            false,
        ),
    ] {
        let statement = format!(
            r#"{{ "Effect": "Allow", "Principal": {{ "AWS": "arn:aws:iam::111122223333:{name}" }}, "Action": "sts:AssumeRole" }}"#
        );
        let found = findings(&policy(&statement), Kind::Trust);
        assert_eq!(
            found
                .iter()
                .any(|finding| finding.starts_with("INVALID_PRINCIPAL_FORMAT")),
            expected,
            "{name}: {found:?}"
        );
    }
}

#[test]
fn a_service_principal_that_is_one_letter_off() {
    for (statement, expected) in [
        (
            r#"{ "Effect": "Allow", "Principal": { "Service": "ecs-task.amazonaws.com" }, "Action": "sts:AssumeRole" }"#,
            1,
        ),
        (
            r#"{ "Effect": "Allow", "Principal": { "Service": ["ecs-tasks.amazonaws.com", "lambda.amazon.com"] }, "Action": "sts:AssumeRole" }"#,
            1,
        ),
        (
            r#"{ "Effect": "Allow", "Principal": { "Service": "alexa-appkit.amazon.com" }, "Action": "sts:AssumeRole" }"#,
            0,
        ),
    ] {
        let found = findings(&policy(statement), Kind::Trust);
        let count = found
            .iter()
            .filter(|finding| finding.starts_with("UNKNOWN_SERVICE_PRINCIPAL"))
            .count();
        assert_eq!(count, expected, "{statement}: {found:?}");
    }
    let passing = r#"{ "Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/app",
        "Condition": { "StringEquals": { "iam:PassedToService": "ecs-task.amazonaws.com" } } }"#;
    let found = findings(&policy(passing), Kind::Identity);
    assert!(
        found
            .iter()
            .any(|finding| finding.starts_with("UNKNOWN_SERVICE_PRINCIPAL")),
        "{found:?}"
    );
}

/// Each principal below the key of others: one error, with the right key.
#[test]
fn a_principal_below_another_key_is_one_mistake() {
    const OIDC: &str = "arn:aws:iam::111122223333:oidc-provider/idp.example.com";
    const ROLE: &str = "arn:aws:iam::111122223333:role/r";
    const ROOT: &str = "arn:aws:iam::111122223333:root";
    const SESSION: &str = "arn:aws:sts::111122223333:assumed-role/r/s";
    const WEB: &str = "sts:AssumeRoleWithWebIdentity";
    let ways = ["sts:AssumeRole", WEB];
    let under = |key: &str, principal: &str| format!("write it under `{key}`, `\"{key}\": \"{principal}\"`");
    for (key, principal, code, help) in [
        ("AWS", OIDC, "INVALID_PRINCIPAL_FORMAT", under("Federated", OIDC)),
        (
            "Service",
            OIDC,
            "INVALID_SERVICE_PRINCIPAL_FORMAT",
            under("Federated", OIDC),
        ),
        (
            "AWS",
            "lambda.amazonaws.com",
            "INVALID_PRINCIPAL_FORMAT",
            under("Service", "lambda.amazonaws.com"),
        ),
        (
            "Federated",
            "lambda.amazonaws.com",
            "OIDC_PROVIDER_DOES_NOT_EXIST",
            under("Service", "lambda.amazonaws.com"),
        ),
        (
            "Service",
            "111122223333",
            "INVALID_SERVICE_PRINCIPAL_FORMAT",
            under("AWS", "111122223333"),
        ),
        ("Service", ROLE, "INVALID_SERVICE_PRINCIPAL_FORMAT", under("AWS", ROLE)),
        (
            "Federated",
            ROLE,
            "INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY",
            under("AWS", ROLE),
        ),
        (
            "Federated",
            ROOT,
            "INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY",
            under("AWS", ROOT),
        ),
        (
            "Federated",
            SESSION,
            "INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY",
            under("AWS", SESSION),
        ),
        (
            "Federated",
            "111122223333",
            "INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY",
            under("AWS", "111122223333"),
        ),
        (
            "Service",
            "gitlab.com",
            "INVALID_SERVICE_PRINCIPAL_FORMAT",
            "write it under `Federated`, `\"Federated\": \"arn:aws:iam::ACCOUNT_ID:oidc-provider/gitlab.com\"`"
                .to_owned(),
        ),
        (
            "AWS",
            "graph.facebook.com",
            "INVALID_PRINCIPAL_FORMAT",
            under("Federated", "graph.facebook.com"),
        ),
    ] {
        // Of a provider either action is one that the key or the form allows.
        let is_provider = key == "Federated" || help.contains("`Federated`");
        for action in ways.into_iter().take(1 + usize::from(is_provider)) {
            let statement =
                format!(r#"{{ "Effect": "Allow", "Principal": {{ "{key}": "{principal}" }}, "Action": "{action}" }}"#);
            assert_eq!(
                findings(&policy(&statement), Kind::Trust),
                [format!("{code} /Statement/0/Principal/{key}")],
                "{statement}"
            );
            assert!(messages(&statement, Kind::Trust).contains(&help), "{statement}");
        }
    }
}

/// What neither the key nor the form allows is another mistake, and no resource policy has providers.
#[test]
fn a_principal_below_another_key_hides_no_other_mistake() {
    const WEB: &str = "sts:AssumeRoleWithWebIdentity";
    const OIDC: &str = "arn:aws:iam::111122223333:oidc-provider/idp.example.com";
    const SAML: &str = "arn:aws:iam::111122223333:saml-provider/Okta";
    const ROLE: &str = "arn:aws:iam::111122223333:role/r";
    for (key, principal, said) in [
        (
            "AWS",
            SAML,
            "a SAML provider cannot assume a role with `sts:AssumeRoleWithWebIdentity`",
        ),
        (
            "Service",
            "ecs-tasks.amazonaws.com",
            "a service cannot assume a role with `sts:AssumeRoleWithWebIdentity`",
        ),
        (
            "AWS",
            ROLE,
            "an account, role or user cannot assume a role with `sts:AssumeRoleWithWebIdentity`",
        ),
    ] {
        let statement =
            format!(r#"{{ "Effect": "Allow", "Principal": {{ "{key}": "{principal}" }}, "Action": "{WEB}" }}"#);
        assert!(messages(&statement, Kind::Trust).contains(said), "{statement}");
    }
    let share = format!(
        r#"{{ "Effect": "Allow", "Principal": {{ "AWS": "{OIDC}" }}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*" }}"#
    );
    assert!(messages(&share, Kind::Resource).contains("name the role that its users assume under `AWS`"));
}
