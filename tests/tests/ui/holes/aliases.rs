//! Aliases behind which the macro does not see a list, an `Option` or a Region.

use policy_core::names::{BucketName, QueueName, Region, RoleArn};
use policy_core::policy::NonEmpty;
use policy_macros::policy;

type Roles = NonEmpty<RoleArn>;
type MaybeRole = Option<RoleArn>;
type Buckets = NonEmpty<BucketName>;
type Queues = Option<NonEmpty<QueueName>>;
type Home = Region;

policy! {
    pub struct Principals: TrustPolicy { roles: Roles, role: MaybeRole }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Principal": { "AWS": ["<roles>", "<role>"] }, "Action": "sts:AssumeRole" }
    }
}

policy! {
    pub struct Resources: IdentityPolicy { roles: Roles, buckets: Buckets, queues: Queues }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "iam:GetRole", "Resource": "<roles>" },
            { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::<buckets>/*" },
            { "Effect": "Allow", "Action": "sqs:SendMessage",
              "Resource": "arn:aws:sqs:eu-west-1:111122223333:<queues>" }
        ]
    }
}

policy! {
    pub struct Conditions: IdentityPolicy { roles: Roles }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "ecs:StopTask", "Resource": "*",
                       "Condition": { "ArnEquals": { "aws:PrincipalArn": "<roles>" } } }
    }
}

policy! {
    pub struct Partitions: IdentityPolicy { home: Home }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "sqs:SendMessage",
                       "Resource": "arn:<partition>:sqs:<home>:111122223333:orders" }
    }
}

fn main() {}
