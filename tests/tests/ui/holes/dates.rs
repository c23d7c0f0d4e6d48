//! Dates and ranges of IP addresses: holes of other types, and constants with mistakes.

use policy_core::names::{AccountId, Date, IpRange, Number, QueueArn, ResourceName};
use policy_core::policy::NonEmpty;
use policy_macros::policy;

policy! {
    pub struct Visitor: IdentityPolicy { from: Number, until: ResourceName, offices: NonEmpty<AccountId> }
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*",
            "Condition": {
                "DateGreaterThan": { "aws:CurrentTime": "<from>" },
                "DateLessThan": { "aws:CurrentTime": "<until>" },
                "IpAddress": { "aws:SourceIp": "<offices>" }
            }
        }
    }
}

policy! {
    pub struct Elsewhere: IdentityPolicy { queue: Date, account_id: IpRange }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "<queue>" },
            { "Effect": "Allow", "Action": "sns:Publish", "Resource": "arn:aws:sns:eu-west-1:<account-id>:orders" }
        ]
    }
}

type When = Date;

policy! {
    pub struct AsText: IdentityPolicy { until: Date, when: When, offices: NonEmpty<IpRange> }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*",
              "Condition": { "StringEquals": { "aws:CurrentTime": "<until>" } } },
            { "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*",
              "Condition": { "StringLike": { "aws:CurrentTime": "<when>" } } },
            { "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*",
              "Condition": { "StringEquals": { "aws:SourceIp": "<offices>" } } }
        ]
    }
}

const UNTIL: Date = Date::from_static("2026-02-29");
const ZONE: Date = Date::from_static("2026-01-31T10:20:30");
const OFFICE: IpRange = IpRange::from_static("203.0.113.*");
const QUEUE: QueueArn = QueueArn::from_static("2026-02-28");

fn main() {
    let _ = (UNTIL, ZONE, OFFICE, QUEUE);
}
