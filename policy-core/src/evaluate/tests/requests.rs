//! Requests and callers that cannot exist, and the messages for them.

use super::super::{Authorizer, Caller, PrincipalSet, Request};

const ALICE: &str = "arn:aws:iam::111122223333:user/alice";

fn alice() -> Caller {
    Caller::from_arn(ALICE).unwrap()
}

/// Asserts that each text is wrong, and that this is a part of the message.
#[track_caller]
fn told<E: std::fmt::Display>(cases: &[(&str, &str)], make: impl Fn(&str) -> Result<(), E>) {
    for (text, part) in cases {
        let message = make(text).err().map(|error| error.to_string());
        assert!(
            message.as_ref().is_some_and(|message| message.contains(part)),
            "{text}: {message:?}"
        );
    }
}

#[test]
fn a_caller_is_one_principal() {
    for arn in [
        "arn:aws:iam::111122223333:root",
        "arn:aws-cn:iam::111122223333:user/ops/alice",
        "arn:aws:iam::111122223333:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS",
        "arn:aws-us-gov:sts::111122223333:assumed-role/reader/alice@example.com",
        "arn:aws:sts::111122223333:assumed-role/aws:ec2-instance/i-0123456789abcdef0",
        "arn:aws:sts::111122223333:federated-user/bob",
    ] {
        assert_eq!(Caller::from_arn(arn).unwrap().to_string(), arn);
    }
    let cases = [
        ("arn:aws:iam::111122223333:role/*", "`*` at position 1 is a wildcard"),
        ("arn:aws:iam::111122223333:user/*", "`*` at position 1 is a wildcard"),
        ("arn:aws:iam::111122223333:user/", "its name is empty"),
        ("arn:aws:iam::111122223333:role", "is not the ARN of an IAM role"),
        ("arn:aws-x:iam::111122223333:role/a", "AWS has no such partition"),
        (
            "arn:*:iam::111122223333:role/a",
            "is not the ARN of an IAM role: in its partition `*`",
        ),
        (
            "arn:aws:iam::11112222333:role/a",
            "it has 11 digits; leading zeros may have been lost",
        ),
        (
            "arn:aws:iam::*:role/a",
            "is not the ARN of an IAM role: in its account `*`",
        ),
        ("arn:aws:iam:eu-west-1:111122223333:role/a", "which must be empty"),
        ("arn:aws:sts::111122223333:role/a", "`sts` is a different service"),
        (
            "arn:aws:iam::111122223333:role/${aws:username}",
            "starts a policy variable",
        ),
        ("arn:aws:iam::11112222333:root", "it has 11 digits"),
        (
            "arn:aws:sts::111122223333:assumed-role/reader",
            "is not the ARN of a role session",
        ),
        (
            "arn:aws:sts::111122223333:assumed-role/reader/*",
            "`*` at position 1 is a wildcard",
        ),
        (
            "arn:aws:sts::111122223333:assumed-role/ops/reader/run",
            "`/` at position 7 is not allowed",
        ),
        (
            "arn:aws:sts::111122223333:federated-user/*",
            "`*` at position 1 is a wildcard",
        ),
        (
            "arn:aws:iam::111122223333:group/ops",
            "a group makes no requests; write the ARN of one of its users",
        ),
        (
            "arn:aws:iam::111122223333:instance-profile/web",
            "write the ARN of its role",
        ),
        ("arn:aws:iam::111122223333:policy/p", "a policy makes no requests"),
        (
            "arn:aws:iam::111122223333:oidc-provider/example.com",
            "use `Caller::federated`",
        ),
        ("ecs-tasks.amazonaws.com", "use `Caller::service`"),
        ("anonymous", "use `Caller::anonymous`"),
        ("111122223333", "`arn:aws:iam::111122223333:root`"),
        ("*", "such as `arn:aws:sts::111122223333:assumed-role/ROLE/SESSION`"),
        (
            "arn:aws:s3:::exports",
            "such as `arn:aws:sts::111122223333:assumed-role/ROLE/SESSION`",
        ),
    ];
    told(&cases, |text| Caller::from_arn(text).map(|_| ()));
}

#[test]
fn a_session_is_one_of_a_role() {
    let role = "arn:aws:iam::111122223333:role/team/reader";
    told(
        &[("", "it is empty"), ("*", "is a wildcard"), ("a b", "is a space")],
        |session| Caller::session_of(role, session).map(|_| ()),
    );
    let of_others = [
        (ALICE, "is not the ARN of an IAM role"),
        (
            "arn:aws:sts::111122223333:assumed-role/reader/run",
            "is not the ARN of an IAM role",
        ),
        ("arn:aws:iam::111122223333:role/*", "is a wildcard"),
    ];
    told(&of_others, |role| alice().assume(role, "run").map(|_| ()));
}

#[test]
fn services_and_providers_have_names_that_exist() {
    let request = |caller| Request::new(caller, "sts:AssumeRole", "arn:aws:iam::111122223333:role/r").map(|_| ());
    let services = [
        ("ecs-tasks", "write `ecs-tasks.amazonaws.com`"),
        ("*", "is a wildcard"),
        ("", "it is empty"),
        (
            "lamda.amazonaws.com",
            "`lamda.amazonaws.com` is not a known service principal; write `lambda.amazonaws.com`",
        ),
        (
            "ssm.us-east-1.amazonaws.com",
            "the principal of this service has none; write `ssm.amazonaws.com`",
        ),
        ("tagging.amazonaws.com", "; if the guide names this one, use `"),
    ];
    told(&services, |name| request(Caller::service(name)));
    told(&services, |name| {
        Authorizer::builder()
            .build()
            .allowed_actions(&Caller::service(name), "arn:aws:sqs:eu-west-1:111122223333:q")
            .map(|_| ())
    });
    told(&services, |name| {
        let principals = PrincipalSet::new().with(Caller::service(name), Authorizer::builder().build());
        principals
            .who_can("sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:q")
            .map(|_| ())
    });
    let providers = [
        (
            "example.com",
            "`example.com` is not an identity provider; write its ARN",
        ),
        ("", "is not an identity provider"),
        (
            "arn:aws:iam::111122223333:oidc-provider/*",
            "is not the ARN of an OIDC provider",
        ),
        ("arn:aws:iam::11112222333:saml-provider/okta", "it has 11 digits"),
        (
            "arn:aws-cn:iam::111122223333:saml-provider/okta",
            "AWS accepts no credentials of another partition",
        ),
    ];
    told(&providers, |name| request(Caller::federated(name)));
    for caller in [
        Caller::service("ecs-tasks.amazonaws.com"),
        Caller::federated("accounts.google.com"),
        Caller::federated("arn:aws:iam::111122223333:saml-provider/okta"),
        Caller::anonymous(),
    ] {
        assert_eq!(request(caller), Ok(()));
    }
    let called = |service: &str| {
        let request = Request::new(alice(), "s3:GetObject", "arn:aws:s3:::exports/a")?;
        request.called_via(service).map(|_| ())
    };
    told(&services, called);
}

#[test]
fn a_resource_is_one_in_the_partition_of_its_caller() {
    let ask = |action: &str, resource: &str| Request::new(alice(), action, resource).map(|_| ());
    for (action, resource) in [
        ("ec2:RunInstances", "arn:aws:ec2:eu-west-1:111122223333:instance/*"),
        ("s3:GetObject", "arn:aws:s3:::exports/*"),
        // A bucket of the years when S3 allowed such names.
        ("s3:ListBucket", "arn:aws:s3:::Exports"),
        // A Region that AWS may add.
        ("sqs:SendMessage", "arn:aws:sqs:eu-west-9:111122223333:jobs"),
        (
            "secretsmanager:CreateSecret",
            "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db",
        ),
        (
            "secretsmanager:GetSecretValue",
            "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-a1B2c3",
        ),
        ("ssm:SendCommand", "arn:aws:ssm:eu-west-1::document/AWS-RunShellScript"),
        ("ec2:RunInstances", "arn:aws:ec2:eu-west-1::image/ami-0123456789abcdef0"),
        ("iam:AttachRolePolicy", "arn:aws:iam::111122223333:role/ops/deploy"),
        ("iam:GetPolicy", "arn:aws:iam::aws:policy/ReadOnlyAccess"),
        (
            "logs:DescribeLogStreams",
            "arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/maia:*",
        ),
    ] {
        assert_eq!(ask(action, resource), Ok(()), "{resource}");
    }
    let queues = [
        (
            "arn:aws-cn:sqs:eu-west-1:111122223333:q",
            "the Region `eu-west-1` is not in the partition `aws-cn`; write `arn:aws:sqs:eu-west-1:111122223333:q`",
        ),
        (
            "arn:aws-cn:sqs:cn-north-1:111122223333:q",
            "AWS accepts no credentials of another partition",
        ),
        ("arn:aws:sqs:eu-west-1:11112222333:q", "write all 12 digits"),
        (
            "arn:aws:sqs:eu-west-1::q",
            "write the account's 12 digits between the colons, such as `111122223333`",
        ),
        (
            "arn:aws:sqs::111122223333:q",
            "write the Region between the colons, such as `eu-west-1`",
        ),
        (
            "arn:aws:sqs:*:111122223333:q",
            "the Region `*` of `arn:aws:sqs:*:111122223333:q` is a pattern",
        ),
        ("arn:aws:sqs:eu-west-1:*:q", "the account ID `*`"),
        ("arn:*:sqs:eu-west-1:111122223333:q", "the partition `*`"),
        (
            "arn:aws:sqs:eu-west-1:111122223333:*",
            "`*` at position 1 is a wildcard",
        ),
        ("arn:aws:sqs:eu-wset-1:111122223333:q", "write `eu-west-1`"),
    ];
    told(&queues, |queue| ask("sqs:SendMessage", queue));
    for (action, cases) in [
        ("s3:ListBucket", ("arn:aws:s3:::ex*", "`*` at position 3 is a wildcard")),
        (
            "iam:PassRole",
            ("arn:aws:iam::111122223333:role/*", "`*` at position 1 is a wildcard"),
        ),
        (
            "ec2:StartInstances",
            (
                "arn:aws:ec2:eu-west-1:111122223333:instance/i-0ABC",
                "`A` at position 4 is uppercase",
            ),
        ),
        (
            "kms:Decrypt",
            (
                "arn:aws:kms:eu-west-1:111122223333:key/1234ABCD-12ab-34cd-56ef-1234567890ab",
                "write `arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab`",
            ),
        ),
        (
            "secretsmanager:GetSecretValue",
            (
                "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db",
                "write them, such as `arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-a1B2c3`",
            ),
        ),
        (
            "secretsmanager:GetSecretValue",
            (
                "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-??????",
                "write them, such as `arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-a1B2c3`",
            ),
        ),
    ] {
        told(&[cases], |resource| ask(action, resource));
    }
}

#[test]
fn a_resource_has_any_format_that_aws_documents() {
    for (action, resource) in [
        (
            "execute-api:Invoke",
            "execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/$connect",
        ),
        (
            "execute-api:Invoke",
            "execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/GET/",
        ),
        ("sns:Publish", "sns:eu-west-1:111122223333:endpoint/GCM/news/5e3e9847"),
        (
            "states:InvokeHTTPEndpoint",
            "states:eu-west-1:111122223333:stateMachine:orders",
        ),
    ] {
        let resource = format!("arn:aws:{resource}");
        if let Err(error) = Request::new(alice(), action, &resource) {
            panic!("{resource}: {error}");
        }
    }
    let api = "arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5";
    assert!(
        Request::new(alice(), "execute-api:Invoke", api).is_err(),
        "it has no stage"
    );
}

#[test]
fn some_services_send_arns_of_their_own_resources() {
    let from = |service: &str, source: &str| {
        let queue = "arn:aws:sqs:eu-west-1:111122223333:orders";
        let request = Request::new(Caller::service(service), "sqs:SendMessage", queue).unwrap();
        request
            .with("aws:SourceArn", source)
            .map(|_| ())
            .map_err(|error| error.to_string())
    };
    let (topic, queue) = (
        "arn:aws:sns:eu-west-1:111122223333:t",
        "arn:aws:sqs:eu-west-1:111122223333:other",
    );
    assert_eq!(from("sns.amazonaws.com", topic), Ok(()));
    let wrong = from("sns.amazonaws.com", queue).unwrap_err();
    let what =
        "is of type `queue`, but the principal's requests have ARNs of `sns`; write the ARN of the resource of `sns`";
    assert!(wrong.contains(what), "{wrong}");
    assert_eq!(
        from("redshift.amazonaws.com", queue),
        Ok(()),
        "of others it is not known"
    );
}

/// By the type of resource that the catalogue has for the key, and the services of the table of service principals.
#[test]
fn a_value_is_of_the_type_of_its_key() {
    let role = "arn:aws:iam::111122223333:role/r";
    let task = "arn:aws:ecs:eu-west-1:111122223333:task/jobs/0123456789abcdef0123456789abcdef";
    for (action, resource, key, right, wrong, part) in [
        (
            "ecs:StopTask",
            task,
            "ecs:cluster",
            "arn:aws:ecs:eu-west-1:111122223333:cluster/jobs",
            "arn:aws:sqs:eu-west-1:111122223333:jobs",
            "is of type `queue`, but the values of `ecs:cluster` are ARNs of resources of type `cluster`; write such an ARN, \
             `arn:aws:ecs:eu-west-1:111122223333:cluster/",
        ),
        (
            "iam:AttachRolePolicy",
            role,
            "iam:PolicyARN",
            "arn:aws:iam::aws:policy/ReadOnlyAccess",
            role,
            "is of type `role`, but the values of `iam:PolicyARN` are ARNs of resources of type `policy`",
        ),
        (
            "iam:PassRole",
            role,
            "iam:PassedToService",
            "lambda.amazonaws.com",
            "lamda.amazonaws.com",
            "write `lambda.amazonaws.com`",
        ),
        (
            "kms:Decrypt",
            "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            "kms:ViaService",
            "secretsmanager.eu-west-1.amazonaws.com",
            "secretmanager.eu-west-1.amazonaws.com",
            "write `secretsmanager.eu-west-1.amazonaws.com`",
        ),
    ] {
        let with = |value: &str| {
            let request = Request::new(alice(), action, resource).unwrap();
            request.with(key, value).map(|_| ())
        };
        assert_eq!(with(right), Ok(()), "{key}");
        told(&[(wrong, part)], with);
        let request = Request::new(alice(), action, resource).unwrap();
        assert_eq!(
            request.with_unchecked(key, wrong).context().get(key).unwrap(),
            [wrong],
            "the way in for what is not known"
        );
    }
}

/// A question about all actions on a resource is about one resource, as a request is.
#[test]
fn the_resource_of_a_question_is_one() {
    let authorizer = Authorizer::builder().build();
    let ask = |resource: &str| authorizer.allowed_actions(&alice(), resource).map(|_| ());
    told(
        &[
            ("q*", "the resource `q*` is neither `*` nor an ARN"),
            (
                "arn:aws:sqs:eu-west-1:111122223333:q*",
                "`*` at position 2 is a wildcard",
            ),
            ("arn:aws:sqs:eu-*:111122223333:q", "the Region `eu-*`"),
            ("arn:aws:s3:::ex*", "`*` at position 3 is a wildcard"),
            ("arn:aws:iam::111122223333:role/*", "`*` at position 1 is a wildcard"),
        ],
        ask,
    );
    for resource in [
        "*",
        "arn:aws:sqs:eu-west-1:111122223333:q",
        "arn:aws:s3:::exports/*",
        "arn:aws:ec2:eu-west-1:111122223333:instance/*",
        "arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/maia:*",
    ] {
        assert_eq!(ask(resource), Ok(()), "{resource}");
    }
}

#[test]
fn a_value_is_one_that_its_key_can_have() {
    let with = |key: &str, value: &str| {
        let request = Request::new(alice(), "s3:GetObject", "arn:aws:s3:::exports/a.csv")?;
        request.with(key, value).map(|_| ())
    };
    for (key, value) in [
        ("aws:PrincipalTag/team", ""),
        ("aws:PrincipalArn", ALICE),
        ("aws:PrincipalOrgID", "o-a1b2c3d4e5"),
        ("aws:PrincipalOrgPaths", "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/"),
        ("aws:SourceArn", "arn:aws:s3:::exports"),
        ("aws:SourceArn", "arn:aws:sqs:eu-west-9:111122223333:q"),
        ("aws:PrincipalType", "User"),
        ("aws:userid", "AIDACKCEVSQ6C2EXAMPLE"),
        ("aws:RequestedRegion", "eu-west-9"),
    ] {
        assert_eq!(with(key, value), Ok(()), "{key} {value}");
    }
    for (key, cases) in [
        (
            "aws:PrincipalOrgID",
            &[("", "it is empty"), ("o-*", "is a wildcard"), ("o-ABC", "is uppercase")][..],
        ),
        (
            "aws:PrincipalAccount",
            &[("*", "is a wildcard"), ("11112222333", "it has 11 digits")],
        ),
        (
            "aws:PrincipalArn",
            &[
                ("arn:aws:iam::1:role/x", "it has 1 digit"),
                ("arn:aws:iam::111122223333:role/*", "is a wildcard"),
                (
                    "arn:aws:sts::111122223333:assumed-role/reader/run",
                    "write `arn:aws:iam::111122223333:role/reader`, with the path of the role if it has one",
                ),
                (
                    "alice",
                    "`aws:PrincipalArn` holds an ARN, not `alice`; write all its fields",
                ),
            ],
        ),
        (
            "aws:SourceArn",
            &[
                (
                    "arn:awz:sqs:eu-west-1:111122223333:q",
                    "`awz` is not a partition; write `arn:aws:`",
                ),
                (
                    "arn:aws-cn:sqs:eu-west-1:111122223333:q",
                    "is not in the partition `aws-cn`",
                ),
                ("arn:aws:sqs:eu-west-1:11112222333:q", "it has 11 digits"),
                ("arn:aws:sqs:*:111122223333:q", "the Region `*`"),
            ],
        ),
        ("aws:RequestedRegion", &[("eu-*", "is a wildcard"), ("", "it is empty")]),
        (
            "aws:SourceVpc",
            &[("vpc-*", "is a wildcard"), ("vpc-0ABC", "is uppercase")],
        ),
        (
            "aws:SourceIp",
            &[("10.0.0.0/8", "write a single address"), ("", "write a single address")],
        ),
        (
            "aws:CalledVia",
            &[
                ("athena", "write `athena.amazonaws.com`"),
                ("*.amazonaws.com", "is a wildcard"),
                (
                    "cloudformaton.amazonaws.com",
                    "`cloudformaton.amazonaws.com` is not a known service principal; write `cloudformation.amazonaws.com`",
                ),
                (
                    "tagging.amazonaws.com",
                    "; if the guide names this one, use `with_unchecked`",
                ),
            ],
        ),
        (
            "aws:PrincipalOrgPaths",
            &[("o-a1b2c3d4e5/*", "as in `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/`")],
        ),
        ("aws:username", &[("a*", "is a wildcard"), ("", "it is empty")]),
        (
            "aws:PrincipalType",
            &[("user", "write `User`"), ("x", "write one of `Account`, `User`,")],
        ),
        (
            "aws:MultiFactorAuthAge",
            &[("old", "write it in digits, such as `3600`")],
        ),
        ("aws:SecureTransport", &[("yes", "write one of the two")]),
    ] {
        told(cases, |value| with(key, value));
    }
}
