use crate::check::Options;
use crate::check::expect::{messages, policy, read, told_with};
use crate::policy::Kind;

#[test]
fn messages_say_what_to_write() {
    for (statement, kind, expected) in [
        (
            read_by_everyone!(r#"{ "IpAddress": { "aws:SourceIp": "0.0.0.0/0" } }"#),
            Kind::Resource,
            "this allows public access: the principal is `*` and no condition restricts it [PUBLIC_ACCESS]\n\
             = note: this includes anonymous requests; AWS accepts it unless public access is blocked\n\
             = note: the condition on `aws:SourceIp` is too broad: its values also match other accounts\n\
             = help: name the principals, such as `{ \"AWS\": \"111122223333\" }`\n\
             = help: or add a condition that restricts the principals, such as `\"StringEquals\": { \"aws:PrincipalOrgID\": \"o-a1b2c3d4e5\" }`",
        ),
        (
            statement!(r#""*""#, "s3:GetObject", "*"),
            Kind::Resource,
            "this allows public access: the principal is `*`, with no condition [PUBLIC_ACCESS]\n\
             = note: this includes anonymous requests; AWS accepts it unless public access is blocked\n\
             = help: name the principals, such as `{ \"AWS\": \"111122223333\" }`\n\
             = help: or add a condition that restricts the principals, such as `\"StringEquals\": { \"aws:PrincipalOrgID\": \"o-a1b2c3d4e5\" }`\n\
             = help: a VPC endpoint policy grants nothing by itself: if this is one, state that the policy is attached to `AWS::EC2::VPCEndpoint`",
        ),
        (
            written_by_cloudtrail!(),
            Kind::Resource,
            "`cloudtrail.amazonaws.com` gets access on behalf of any customer [RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL]\n\
             = note: every customer of the service can cause such a request, and nothing here distinguishes yours from the others\n\
             = help: restrict the source, for example `\"StringEquals\": { \"aws:SourceAccount\": \"111122223333\" }`, or for one resource `\"ArnLike\": { \"aws:SourceArn\": \"arn:...\" }`\n\
             = help: see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html",
        ),
        (
            written_by_cloudtrail!(r#"{ "StringEquals": { "aws:Referer": "111122223333" } }"#),
            Kind::Resource,
            "`aws:Referer` does not identify on whose behalf `cloudtrail.amazonaws.com` makes the request [RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL]\n\
             = note: the service itself sets the keys for that, from the resource that causes the request\n\
             = help: restrict the source, for example `\"StringEquals\": { \"aws:SourceAccount\": \"111122223333\" }`, or for one resource `\"ArnLike\": { \"aws:SourceArn\": \"arn:...\" }`\n\
             = help: see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html",
        ),
        (
            written_by_cloudtrail!(r#"{ "StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }"#),
            Kind::Resource,
            "`aws:PrincipalOrgID` is never present in requests from `cloudtrail.amazonaws.com` [UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL]\n\
             = note: the key is present only in requests from the accounts of an organization\n\
             = note: AWS accepts it, but the condition is never met: the statement allows nothing\n\
             = help: restrict the source with `aws:SourceArn`, `aws:SourceAccount` or, for a whole organization, `aws:SourceOrgID`",
        ),
        (
            assumed_by!(r#"{ "Service": "ecs-tasks.amazonaws.com" }"#),
            Kind::Trust,
            "`ecs-tasks.amazonaws.com` can assume the role on behalf of any customer [SERVICE_PRINCIPAL_WITHOUT_SOURCE]\n\
             = note: every customer of the service can cause such a request, and nothing here distinguishes yours from the others\n\
             = help: restrict the source, for example `\"StringEquals\": { \"aws:SourceAccount\": \"111122223333\" }`, or for one resource `\"ArnLike\": { \"aws:SourceArn\": \"arn:...\" }`\n\
             = help: see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html",
        ),
        (
            statement!(
                r#"{ "AWS": "444455556666" }"#,
                "sqs:SendMessage",
                "arn:aws:sqs:eu-west-1:111122223333:q"
            ),
            Kind::Resource,
            "account 444455556666 gets access to a resource owned by 111122223333 [CROSS_ACCOUNT_ACCESS]\n\
             = note: you do not control which principals that account delegates to\n\
             = help: if it is meant and the account is of your organization, write the condition `\"StringEquals\": { \"aws:PrincipalOrgID\": \"o-a1b2c3d4e5\" }`",
        ),
    ] {
        assert_eq!(messages(statement, kind), expected);
    }
    let own = Options::new().account("111122223333".parse().unwrap());
    assert_eq!(
        told_with(
            &own,
            &read(&policy(assumed_by!(r#"{ "AWS": "444455556666" }"#))),
            Kind::Trust
        ),
        "account 444455556666 gets access to a resource owned by 111122223333 [CROSS_ACCOUNT_ACCESS]\n\
         = note: you do not control which principals that account delegates to\n\
         = help: if it is meant, write a condition: `aws:PrincipalOrgID` where the account is of your organization, `sts:ExternalId` where it is another company's"
    );
}
