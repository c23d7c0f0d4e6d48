mod behind;
mod meant;
mod proposed;
mod requests;
mod short;

use crate::check::expect::{product, products, said, told};
use crate::policy::Kind;

#[test]
fn a_right_arn_is_not_spoken_of() {
    products(&[
        (r#""s3:GetObject""#, r#""arn:aws:s3:::b/*""#, &[]),
        (r#""s3:GetObject""#, r#""arn:aws-us-gov:s3:::b/*""#, &[]),
        (r#""s3:GetObject""#, r#""arn:*:s3:::b/${aws:username}/*""#, &[]),
        (
            r#""sqs:SendMessage""#,
            r#""arn:aws-cn:sqs:cn-north-1:111122223333:q""#,
            &[],
        ),
        (
            r#""sqs:SendMessage""#,
            r#""arn:aws-eusc:sqs:eusc-de-east-1:111122223333:q""#,
            &[],
        ),
        (r#""sqs:SendMessage""#, r#""arn:aws:sqs:us-west-?:*:q*""#, &[]),
        (
            r#""logs:CreateLogStream""#,
            r#""arn:aws:logs:*:*:log-group:/ecs/*""#,
            &[],
        ),
        (r#""iam:GetRole""#, r#""arn:aws:iam::111122223333:role/service/*""#, &[]),
        (
            r#""sagemaker:DescribeHubContent""#,
            r#""arn:aws:sagemaker:*:aws:hub-content/SageMakerPublicHub/Model/*""#,
            &[],
        ),
        (r#""ssm:GetDocument""#, r#""arn:aws:ssm:*::document/AWS-*""#, &[]),
        // One of AWS's own policies has it so; the rules of variables report that it is odd.
        (
            r#""kms:Decrypt""#,
            r#""arn:aws:kms:*:${aws:PrincipalAccount}:key/*""#,
            &["VARIABLE_OUTSIDE_RESOURCE_PART /Statement/Resource ${aws:PrincipalAccount}"],
        ),
        (
            r#""cloudformation:CreateChangeSet""#,
            r#""arn:aws:cloudformation:eu-west-1:aws:transform/Serverless-2016-10-31""#,
            &[],
        ),
        (
            r#""ec2:DescribeInstances""#,
            r#"["*", "arn:aws:ec2:*:*:instance/*"]"#,
            // `*` is there, but nothing acts on the instances.
            &[
                "REDUNDANT_RESOURCE /Statement/Resource/1",
                "RESOURCE_FITS_NO_ACTION /Statement/Resource/1",
            ],
        ),
    ]);
}

#[test]
fn what_aws_documents_outside_the_reference_is_right() {
    let arns = [
        (
            "execute-api:Invoke",
            "execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/$connect",
        ),
        (
            "execute-api:Invoke",
            "execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/secret",
        ),
        (
            "execute-api:Invoke",
            "execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/GET/",
        ),
        (
            "execute-api:ManageConnections",
            "execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/POST/@connections/*",
        ),
        ("apigateway:GET", "apigateway:eu-west-1::/sdktypes"),
        (
            "apigateway:POST",
            "apigateway:eu-west-1::/restapis/a1b2c3d4e5/resources/x1y2z3",
        ),
        (
            "codeartifact:PublishPackageVersion",
            "codeartifact:eu-west-1:111122223333:package/domain/repository/npm//lodash",
        ),
        (
            "network-firewall:DescribeRuleGroup",
            "network-firewall:eu-west-1:aws-managed:stateful-rulegroup/BotNetCommandAndControlDomainsStrictOrder",
        ),
        ("quicksight:CreateUser", "quicksight::111122223333:user/${aws:userid}"),
        (
            "securityhub:BatchImportFindings",
            "securityhub:eu-west-1::product/aws/guardduty",
        ),
        ("sns:CreatePlatformEndpoint", "sns:eu-west-1:111122223333:app/GCM/news"),
        ("sns:Publish", "sns:eu-west-1:111122223333:endpoint/GCM/news/*"),
        (
            "states:InvokeHTTPEndpoint",
            "states:eu-west-1:111122223333:stateMachine:orders",
        ),
    ];
    for (action, arn) in arns {
        for effect in ["Allow", "Deny"] {
            let document = product(effect, &format!("\"{action}\""), &format!("\"arn:aws:{arn}\""));
            assert_eq!(said(&document, Kind::Identity), [""; 0], "{effect} {action} {arn}");
        }
    }
    // An API without a stage, and an account that no service has, are still wrong.
    products(&[
        (
            r#""execute-api:Invoke""#,
            r#""arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5""#,
            &["ARN_MATCHES_NO_RESOURCE_TYPE /Statement/Resource a1b2c3d4e5"],
        ),
        (
            r#""network-firewall:DescribeFirewall""#,
            r#""arn:aws:network-firewall:eu-west-1:managed:firewall/f""#,
            &["INVALID_ARN_ACCOUNT /Statement/Resource managed"],
        ),
    ]);
}

#[test]
fn a_field_that_is_wrong_is_pointed_at() {
    products(&[
        (
            r#""s3:*""#,
            r#""my-bucket""#,
            &["INVALID_ARN_PREFIX /Statement/Resource"],
        ),
        (r#""s3:*""#, r#""""#, &["INVALID_ARN_PREFIX /Statement/Resource"]),
        (
            r#""s3:*""#,
            r#""arn:aws:s3:bucket""#,
            &["MISSING_ARN_FIELD /Statement/Resource"],
        ),
        (
            r#""s3:*""#,
            r#"["arn:aws:s3:::a", "arn:awss:s3:::b"]"#,
            &["INVALID_PARTITION /Statement/Resource/1 awss"],
        ),
        (
            r#""s3:*""#,
            r#""arn:aws:s4:::b""#,
            &["INVALID_SERVICE /Statement/Resource s4"],
        ),
        (
            r#""s3:*""#,
            r#""arn:aws:S3:::b""#,
            &["INVALID_ARN_SERVICE_CASE /Statement/Resource S3"],
        ),
        (
            r#""s3:*""#,
            r#""arn:aws:s*:::b""#,
            &["WILDCARD_IN_SERVICE_NAME /Statement/Resource s*"],
        ),
        (
            r#""sqs:*""#,
            r#""arn:aws:sqs:eu-wset-1:111122223333:q""#,
            &["INVALID_ARN_REGION /Statement/Resource eu-wset-1"],
        ),
        (
            r#""sqs:*""#,
            r#""arn:aws:sqs:cn-north-1:111122223333:q""#,
            &["INVALID_ARN_REGION /Statement/Resource cn-north-1"],
        ),
        (
            r#""sqs:*""#,
            r#""arn:aws:sqs:eu-west-1:11112222333:q""#,
            &["INVALID_ARN_ACCOUNT /Statement/Resource 11112222333"],
        ),
        (
            r#""sqs:*""#,
            r#""arn:aws:sqs:eu-west-1::q""#,
            &["MISSING_ARN_ACCOUNT /Statement/Resource ::"],
        ),
        (r#""kms:Decrypt""#, r#""arn:aws:kms:*::*""#, &[]),
        (
            r#""s3:*""#,
            r#""arn:aws:s3:eu-west-1::b""#,
            &["ARN_REGION_NOT_ALLOWED /Statement/Resource eu-west-1"],
        ),
        (
            r#""iam:*""#,
            r#""arn:aws:iam:eu-west-1:111122223333:role/r""#,
            &["ARN_REGION_NOT_ALLOWED /Statement/Resource eu-west-1"],
        ),
        (
            r#""s3:*""#,
            r#""arn:aws:s3::111122223333:b""#,
            &["ARN_ACCOUNT_NOT_ALLOWED /Statement/Resource 111122223333"],
        ),
        (
            r#""lambda:*""#,
            r#""arn:aws:lambda::111122223333:function:f""#,
            &["MISSING_ARN_REGION /Statement/Resource ::"],
        ),
        (
            r#""states:StartExecution""#,
            r#""arn:aws:states:*:*:statemachine:s""#,
            &["ARN_MATCHES_NO_RESOURCE_TYPE /Statement/Resource statemachine:s"],
        ),
        (
            r#""s3:*""#,
            r#""arn:aws:s3:::""#,
            &["INVALID_ARN_RESOURCE /Statement/Resource :"],
        ),
        // Two mistakes in one ARN are two messages.
        (
            r#""sqs:*""#,
            r#""arn:aws:sqs:eu-wset-1:11112222333:q""#,
            &[
                "INVALID_ARN_REGION /Statement/Resource eu-wset-1",
                "INVALID_ARN_ACCOUNT /Statement/Resource 11112222333",
            ],
        ),
    ]);
}

#[test]
fn secrets_have_a_suffix() {
    let secret = |id: &str| {
        let resource = format!("\"arn:aws:secretsmanager:eu-west-1:111122223333:secret:{id}\"");
        said(
            &product("Allow", "\"secretsmanager:GetSecretValue\"", &resource),
            Kind::Identity,
        )
    };
    for right in [
        "name-a1B2c3",
        "name-??????",
        "name-*",
        "name*",
        // `a-12name` is a secret's id.
        "a*name",
        "*",
        "path/to/name-?????*",
        "${aws:PrincipalTag/team}",
        "rds!cluster-1234-a1B2c3",
    ] {
        assert_eq!(secret(right), [""; 0], "{right}");
    }
    for wrong in [
        "name",
        "oauth-credentials",
        "name-a1B2c",
        "name-?????",
        "a*-name",
        "short",
    ] {
        assert_eq!(
            secret(wrong),
            [format!("SECRET_ARN_WITHOUT_SUFFIX /Statement/Resource {wrong}")],
            "{wrong}"
        );
    }
    assert_eq!(
        secret("name-a1B2c3:client_id::"),
        ["VALUE_FROM_AS_RESOURCE /Statement/Resource :client_id::"]
    );
}

#[test]
fn a_short_arn_of_api_gateway_is_right_in_a_resource_policy_only() {
    let document = product("Allow", r#""execute-api:Invoke""#, r#""execute-api:/prod/GET/*""#);
    assert_eq!(said(&document, Kind::Resource), ["MISSING_PRINCIPAL /Statement"]);
    assert_eq!(
        said(&document, Kind::Identity),
        ["INVALID_ARN_PREFIX /Statement/Resource"]
    );
}

#[test]
fn the_message_says_what_to_write() {
    for (action, resource, expected) in [
        (
            "sqs:*",
            "arn:aws:sqs:eu-wset-1:111122223333:q",
            "`eu-wset-1` is not a Region [INVALID_ARN_REGION]\n\
             = note: AWS accepts it, but it matches nothing: no such Region exists\n\
             = note: checked against AWS's service authorization reference of DATE\n\
             = help: write `eu-west-1`",
        ),
        (
            "sqs:*",
            "arn:aws:sqs:eu-west-1:11112222333:q",
            "`11112222333` is not an account ID: it has 11 digits; leading zeros may have been lost [INVALID_ARN_ACCOUNT]\n\
             = note: the ARN matches nothing: no account has this ID\n\
             = help: write all 12 digits, such as `111122223333`",
        ),
        (
            "s3:*",
            "arn:aws:s3:eu-west-1::b",
            "the ARN has a Region, but the ARN of this type of `s3` resource has none [ARN_REGION_NOT_ALLOWED]\n\
             = note: AWS rejects the policy: such an ARN `cannot contain region information`\n\
             = note: checked against AWS's service authorization reference of DATE\n\
             = help: write `arn:aws:s3:::b`",
        ),
        (
            "lambda:*",
            "arn:aws:lambda::111122223333:function:f",
            "the ARN has no Region, but the ARN of this type of `lambda` resource has one [MISSING_ARN_REGION]\n\
             = note: AWS accepts it, but it matches nothing\n\
             = note: checked against AWS's service authorization reference of DATE\n\
             = help: write the Region between the colons, or `*` for every Region: `arn:aws:lambda:*:111122223333:function:f`",
        ),
        (
            "states:StartExecution",
            "arn:aws:states:*:*:statemachine:s",
            "no resource of `states` has an ARN that ends in `statemachine:s` [ARN_MATCHES_NO_RESOURCE_TYPE]\n\
             = note: AWS accepts it, but it matches nothing\n\
             = note: checked against AWS's service authorization reference of DATE\n\
             = help: write `arn:aws:states:*:*:stateMachine:s`",
        ),
        (
            "secretsmanager:GetSecretValue",
            "arn:aws:secretsmanager:eu-west-1:111122223333:secret:oauth-credentials",
            "the ARN of the secret `oauth-credentials` lacks its six random characters [SECRET_ARN_WITHOUT_SUFFIX]\n\
             = note: AWS accepts it, but it matches nothing: Secrets Manager ends every secret's ARN with a hyphen and six random characters\n\
             = help: write `arn:aws:secretsmanager:eu-west-1:111122223333:secret:oauth-credentials-??????`, or the whole ARN as Secrets Manager shows it",
        ),
        (
            "secretsmanager:GetSecretValue",
            "arn:aws:secretsmanager:eu-west-1:111122223333:secret:a-b1C2d3:client_id::",
            "`:client_id::` is not part of a secret's ARN [VALUE_FROM_AS_RESOURCE]\n\
             = note: AWS accepts it, but it matches nothing: only `valueFrom` in an ECS task definition selects a JSON key of a secret like this\n\
             = help: write `arn:aws:secretsmanager:eu-west-1:111122223333:secret:a-b1C2d3`",
        ),
        (
            "secretsmanager:GetSecretValue",
            "arn:aws:secretsmanager:eu-west-1:111122223333:secret:oauth:client_id::",
            "`:client_id::` is not part of a secret's ARN [VALUE_FROM_AS_RESOURCE]\n\
             = note: AWS accepts it, but it matches nothing: only `valueFrom` in an ECS task definition selects a JSON key of a secret like this\n\
             = help: write `arn:aws:secretsmanager:eu-west-1:111122223333:secret:oauth-??????`",
        ),
        (
            "s3:*",
            "my-bucket",
            "the resource `my-bucket` is neither `*` nor an ARN [INVALID_ARN_PREFIX]\n\
             = note: AWS rejects the policy: `Resource must be in ARN format or \"*\"`\n\
             = help: write `arn:aws:s3:::my-bucket`",
        ),
        (
            "s3:*",
            "arn:aws:s3:my-bucket/*",
            "the ARN `arn:aws:s3:my-bucket/*` ends before its account [MISSING_ARN_FIELD]\n\
             = note: AWS accepts it, but reads `*` for each missing field, and `arn:aws:s3:my-bucket/*:*:*` matches nothing\n\
             = help: write `arn:aws:s3:::my-bucket/*`: an empty field keeps its colon",
        ),
        (
            "sqs:*",
            "jobs",
            "the resource `jobs` is neither `*` nor an ARN [INVALID_ARN_PREFIX]\n\
             = note: AWS rejects the policy: `Resource must be in ARN format or \"*\"`\n\
             = help: an ARN is `arn:partition:service:region:account:resource`; an empty field keeps its colon",
        ),
    ] {
        let document = product("Allow", &format!("\"{action}\""), &format!("\"{resource}\""));
        assert_eq!(told(&document, Kind::Identity), expected);
    }
}

#[test]
fn a_parameter_has_one_slash_before_its_name() {
    const FOUND: &[&str] = &["ARN_WITH_DOUBLE_SLASH /Statement/Resource parameter//app/db"];
    for (resource, expected) in [
        ("arn:aws:ssm:eu-west-1:111122223333:parameter//app/db", FOUND),
        ("arn:aws:ssm:eu-west-1:111122223333:parameter/app/db", &[]),
        ("arn:aws:ssm:eu-west-1:111122223333:parameter/*", &[]),
    ] {
        let document = product("Allow", r#""ssm:GetParameter""#, &format!("\"{resource}\""));
        assert_eq!(said(&document, Kind::Identity), expected, "{resource}");
    }
}
