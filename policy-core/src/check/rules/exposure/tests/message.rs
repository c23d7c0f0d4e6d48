use crate::check::Options;
use crate::check::expect::{messages, policy, read, told_with};
use crate::policy::Kind;

#[test]
fn messages_say_what_to_write() {
    for (statement, kind, expected) in [
        (
            read_by_everyone!(r#"{ "IpAddress": { "aws:SourceIp": "0.0.0.0/0" } }"#),
            Kind::Resource,
            "everyone is let in: `*`, and no condition that says who [PUBLIC_ACCESS]\n\
             = note: everyone is the whole world, requests without credentials too; AWS accepts it unless public access is blocked\n\
             = note: the condition on `aws:SourceIp` takes in strangers: its values leave open who\n\
             = help: name who is let in, such as `{ \"AWS\": \"111122223333\" }`\n\
             = help: or write a condition that says who is meant, such as `\"StringEquals\": { \"aws:PrincipalOrgID\": \"o-a1b2c3d4e5\" }`",
        ),
        (
            statement!(r#""*""#, "s3:GetObject", "*"),
            Kind::Resource,
            "everyone is let in: `*`, and no condition [PUBLIC_ACCESS]\n\
             = note: everyone is the whole world, requests without credentials too; AWS accepts it unless public access is blocked\n\
             = help: name who is let in, such as `{ \"AWS\": \"111122223333\" }`\n\
             = help: or write a condition that says who is meant, such as `\"StringEquals\": { \"aws:PrincipalOrgID\": \"o-a1b2c3d4e5\" }`\n\
             = help: the policy of a VPC endpoint opens nothing by itself: if it is one, say that it is attached to `AWS::EC2::VPCEndpoint`",
        ),
        (
            written_by_cloudtrail!(),
            Kind::Resource,
            "`cloudtrail.amazonaws.com` is let in, whoever it asks for [RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL]\n\
             = note: every customer of the service can make it ask, and nothing here tells your requests from those of others\n\
             = help: say for whom: `\"StringEquals\": { \"aws:SourceAccount\": \"111122223333\" }`, or which resource, `\"ArnLike\": { \"aws:SourceArn\": \"arn:...\" }`\n\
             = help: see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html",
        ),
        (
            written_by_cloudtrail!(r#"{ "StringEquals": { "aws:Referer": "111122223333" } }"#),
            Kind::Resource,
            "`aws:Referer` does not say for whom `cloudtrail.amazonaws.com` asks [RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL]\n\
             = note: the keys for that are filled in by the service itself, from the resource that makes it ask\n\
             = help: say for whom: `\"StringEquals\": { \"aws:SourceAccount\": \"111122223333\" }`, or which resource, `\"ArnLike\": { \"aws:SourceArn\": \"arn:...\" }`\n\
             = help: see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html",
        ),
        (
            written_by_cloudtrail!(r#"{ "StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }"#),
            Kind::Resource,
            "requests of `cloudtrail.amazonaws.com` never have `aws:PrincipalOrgID` [UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL]\n\
             = note: only the members of an organization bring it\n\
             = note: AWS accepts it, and the condition is never met: nothing is allowed\n\
             = help: say for whom the service asks: `aws:SourceArn`, `aws:SourceAccount`, or for a whole organization `aws:SourceOrgID`",
        ),
        (
            assumed_by!(r#"{ "Service": "ecs-tasks.amazonaws.com" }"#),
            Kind::Trust,
            "`ecs-tasks.amazonaws.com` can assume the role, whoever it does so for [SERVICE_PRINCIPAL_WITHOUT_SOURCE]\n\
             = note: every customer of the service can make it ask, and nothing here tells your requests from those of others\n\
             = help: say for whom: `\"StringEquals\": { \"aws:SourceAccount\": \"111122223333\" }`, or which resource, `\"ArnLike\": { \"aws:SourceArn\": \"arn:...\" }`\n\
             = help: see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html",
        ),
        (
            statement!(
                r#"{ "AWS": "444455556666" }"#,
                "sqs:SendMessage",
                "arn:aws:sqs:eu-west-1:111122223333:q"
            ),
            Kind::Resource,
            "the account 444455556666 is let in, and the policy is of 111122223333 [CROSS_ACCOUNT_ACCESS]\n\
             = note: whom that account lets act for it, and what becomes of it, is not yours to decide\n\
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
        "the account 444455556666 is let in, and the policy is of 111122223333 [CROSS_ACCOUNT_ACCESS]\n\
         = note: whom that account lets act for it, and what becomes of it, is not yours to decide\n\
         = help: if it is meant, write a condition: `aws:PrincipalOrgID` where the account is of your organization, `sts:ExternalId` where it is another company's"
    );
}
