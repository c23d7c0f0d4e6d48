//! Whole ARNs in holes: of one type, of several, optional, followed by more, as principals and as values of conditions.
#![deny(warnings)]

use policy_core::names::{
    AccountId, AccountRootArn, AssumedRoleArn, BucketArn, BucketName, Date, DistributionArn, IpRange, KmsKeyArn, LogGroupArn,
    Number, OpenSearchDomainArn, ParameterArn, QueueArn, Region, ResourceId, RoleArn, ServicePrincipal, TableArn, TopicArn, UserArn,
};
use policy_core::policy::NonEmpty;
use policy_macros::{policy, resource_arn};

policy! {
    /// What a worker does.
    #[derive(Clone)]
    pub struct Worker: IdentityPolicy {
        queue: QueueArn,
        topics: NonEmpty<TopicArn>,
        bucket: BucketArn,
        log_group: Option<LogGroupArn>,
        tables: Option<NonEmpty<TableArn>>,
        role: RoleArn,
        service: ServicePrincipal,
        max: Number,
        until: Date,
        offices: NonEmpty<IpRange>,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": ["sqs:ReceiveMessage", "sqs:DeleteMessage"], "Resource": "<queue>" },
            { "Effect": "Allow", "Action": "sns:Publish", "Resource": "<topics>" },
            { "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "<bucket>/*" },
            { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "<bucket>",
              "Condition": { "NumericLessThanEquals": { "s3:max-keys": "<max>" } } },
            { "Effect": "Allow", "Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource": "<log-group>:*" },
            { "Effect": "Allow", "Action": ["dynamodb:GetItem", "dynamodb:Query"], "Resource": ["<tables>", "<tables>/index/*"] },
            { "Effect": "Allow", "Action": "iam:PassRole", "Resource": "<role>",
              "Condition": { "StringEquals": { "iam:PassedToService": "<service>" } } },
            { "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*",
              "Condition": { "DateLessThan": { "aws:CurrentTime": "<until>" }, "IpAddress": { "aws:SourceIp": "<offices>" } } }
        ]
    }
}

policy! {
    pub struct Trust: TrustPolicy {
        role: RoleArn,
        user: Option<UserArn>,
        account: AccountId,
        session: AssumedRoleArn,
        root: AccountRootArn,
    }
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow", "Action": "sts:AssumeRole",
            "Principal": { "AWS": ["<role>", "<user>", "<account>", "<session>", "<root>"] }
        }
    }
}

policy! {
    #[attached_to("AWS::S3::Bucket")]
    pub struct Shared: ResourcePolicy { bucket: BucketArn, distribution: DistributionArn, reader: RoleArn }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Principal": { "Service": "cloudfront.amazonaws.com" }, "Action": "s3:GetObject",
              "Resource": "<bucket>/*", "Condition": { "ArnEquals": { "aws:SourceArn": "<distribution>" } } },
            { "Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "<bucket>/*",
              "Condition": { "ArnNotEquals": { "aws:PrincipalArn": "<reader>" } } }
        ]
    }
}

policy! {
    /// The partition is that of the one ARN; `<to>` is a Region of its own.
    pub struct Partitions: IdentityPolicy { key: KmsKeyArn }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "kms:Decrypt",
            "Resource": ["<key>", "arn:<partition>:kms:*:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"] }
    }
}

policy! {
    pub struct Regions: IdentityPolicy { from: Region, to: Region }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "sqs:SendMessage",
            "Resource": ["arn:<partition>:sqs:<from>:111122223333:queue", "arn:<partition>:sqs:<to>:111122223333:queue"] }
    }
}

type Orders = QueueArn;

resource_arn! {
    /// The ARN of a ledger.
    pub struct LedgerArn: "qldb:ledger"
}

policy! {
    pub struct Own: IdentityPolicy { ledger: LedgerArn, ledgers: Option<NonEmpty<LedgerArn>>, queue: Orders }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "qldb:DescribeLedger", "Resource": ["<ledger>", "<ledgers>"] },
            { "Effect": "Allow", "Action": "qldb:PartiQLSelect", "Resource": "<ledger>/table/*" },
            { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "<queue>" }
        ]
    }
}

type Search = OpenSearchDomainArn;

policy! {
    /// Text after a whole ARN that other ARNs have there, or that is more of a name.
    pub struct Continued: IdentityPolicy { ledger: LedgerArn, domain: Search, bucket: BucketArn, parameter: ParameterArn, id: ResourceId }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "qldb:PartiQLSelect", "Resource": ["<ledger>/*", "<ledger>/table/<id>"] },
            { "Effect": "Allow", "Action": "qldb:DescribeLedger", "Resource": ["<ledger>-<id>", "<ledger>${aws:username}"] },
            { "Effect": "Allow", "NotAction": "qldb:DeleteLedger", "Resource": ["<ledger>", "<ledger>/*"] },
            { "Effect": "Allow", "Action": "es:ESHttpGet", "Resource": "<domain>/_cat/indices" },
            { "Effect": "Allow", "Action": "s3:*", "Resource": ["<bucket>", "<bucket>/*"] },
            { "Effect": "Allow", "Action": "ssm:GetParameter*", "Resource": "<parameter>/*" }
        ]
    }
}

const QUEUE: &str = "arn:aws:sqs:eu-west-1:111122223333:orders";
const ROLE: &str = "arn:aws:iam::111122223333:role/app/web";

fn main() {
    let worker = Worker {
        queue: QueueArn::from_static(QUEUE),
        topics: NonEmpty::from([
            TopicArn::from_static("arn:aws:sns:eu-west-1:111122223333:one"),
            TopicArn::from_static("arn:aws:sns:eu-west-1:111122223333:two.fifo"),
        ]),
        bucket: BucketArn::from_static("arn:aws:s3:::exports"),
        log_group: None,
        tables: Some(NonEmpty::from([TableArn::from_static("arn:aws:dynamodb:eu-west-1:111122223333:table/orders")])),
        role: RoleArn::from_static(ROLE),
        service: ServicePrincipal::from_static("ecs-tasks.amazonaws.com"),
        max: Number::from_static("10"),
        until: Date::from_static("2027-01-31T00:00:00Z"),
        offices: NonEmpty::from([IpRange::from_static("203.0.113.0/24"), IpRange::from_static("2001:db8::/32")]),
    };
    let json = worker.to_json();
    for part in [
        r#""Resource":"arn:aws:sqs:eu-west-1:111122223333:orders"}"#,
        r#""Resource":["arn:aws:sns:eu-west-1:111122223333:one","arn:aws:sns:eu-west-1:111122223333:two.fifo"]}"#,
        r#""Resource":"arn:aws:s3:::exports/*"}"#,
        r#""s3:max-keys":"10""#,
        r#"["arn:aws:dynamodb:eu-west-1:111122223333:table/orders","arn:aws:dynamodb:eu-west-1:111122223333:table/orders/index/*"]"#,
        r#""iam:PassedToService":"ecs-tasks.amazonaws.com""#,
        r#""aws:CurrentTime":"2027-01-31T00:00:00Z""#,
        r#""aws:SourceIp":["203.0.113.0/24","2001:db8::/32"]"#,
    ] {
        assert!(json.contains(part), "{part}\n{json}");
    }
    assert!(!json.contains("logs:"));
    assert!(worker.to_policy().check().is_empty());

    let trust = Trust {
        role: RoleArn::from_static(ROLE),
        user: None,
        account: AccountId::from_static("111122223333"),
        session: AssumedRoleArn::from_static("arn:aws:sts::111122223333:assumed-role/web/i-0a1b2c3d"),
        root: AccountRootArn::from_static("arn:aws:iam::111122223333:root"),
    };
    assert!(trust.to_json().contains(
        r#"["arn:aws:iam::111122223333:role/app/web","111122223333","arn:aws:sts::111122223333:assumed-role/web/i-0a1b2c3d","arn:aws:iam::111122223333:root"]"#
    ));

    let shared = Shared {
        bucket: BucketArn::from_static("arn:aws:s3:::exports"),
        distribution: DistributionArn::from_static("arn:aws:cloudfront::111122223333:distribution/E1A2B3C4D5E6F7"),
        reader: RoleArn::from_static(ROLE),
    };
    assert!(shared.to_json().contains(r#""aws:SourceArn":"arn:aws:cloudfront::111122223333:distribution/E1A2B3C4D5E6F7""#));

    let key = "arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    let partitions = Partitions { key: KmsKeyArn::from_static(key) };
    assert!(partitions.to_json().contains(r#""arn:aws-us-gov:kms:*:"#));

    let regions = Regions { from: Region::from_static("eu-west-1"), to: Region::from_static("us-gov-west-1") };
    assert!(regions.to_json().contains(r#"["arn:aws:sqs:eu-west-1:111122223333:queue","arn:aws-us-gov:sqs:us-gov-west-1:"#));

    let mixed = regions.try_to_policy().unwrap_err();
    assert_eq!((mixed.field(), mixed.partition().as_str()), (Some("to"), "aws-us-gov"));
    assert_eq!((mixed.other_field(), mixed.other_partition().as_str()), (Some("from"), "aws"));
    assert_eq!(
        mixed.to_string(),
        "the values are of different partitions: `from` is of `aws`, and `to` is of `aws-us-gov` (`us-gov-west-1`); \
         pass a value of `aws` as `to`, or make a policy for each partition"
    );
    let mixed = Worker {
        topics: NonEmpty::from([TopicArn::from_static("arn:aws-cn:sns:cn-north-1:111122223333:one")]),
        ..worker.clone()
    };
    assert_eq!(mixed.try_to_policy().unwrap_err().value(), "arn:aws-cn:sns:cn-north-1:111122223333:one");
    assert_eq!(mixed.try_to_json().unwrap_err(), mixed.try_to_policy().unwrap_err());
    assert_eq!(worker.try_to_json().as_ref(), Ok(&json));
    assert_eq!(worker.try_to_policy().map(|policy| policy.to_json()), Ok(json));

    let own = Own {
        ledger: LedgerArn::from_static("arn:aws:qldb:eu-west-1:111122223333:ledger/orders"),
        ledgers: None,
        queue: QueueArn::from_static(QUEUE),
    };
    assert!(own.to_json().contains(r#""Resource":"arn:aws:qldb:eu-west-1:111122223333:ledger/orders/table/*""#));
    let continued = Continued {
        ledger: own.ledger,
        domain: Search::from_static("arn:aws:es:eu-west-1:111122223333:domain/logs"),
        bucket: BucketArn::from_static("arn:aws:s3:::exports"),
        parameter: ParameterArn::from_static("arn:aws:ssm:eu-west-1:111122223333:parameter/prod"),
        id: ResourceId::from_static("t-1"),
    };
    assert!(continued.to_json().contains(r#""arn:aws:qldb:eu-west-1:111122223333:ledger/orders/table/t-1""#));
    let _ = BucketName::from_static("exports");
}
