use policy_core::names::{AccountId, QueueArn, Region, TopicArn};
use policy_macros::policy;

policy! {
    pub struct NoRegion: IdentityPolicy {
        account_id: AccountId,
    }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "iam:GetRole", "Resource": "arn:<partition>:iam::<account-id>:role/Admin" }
    }
}

policy! {
    pub struct TwoRegions: IdentityPolicy {
        region: Region,
        to: Region,
    }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": ["sqs:SendMessage", "s3:GetObject"],
            "Resource": ["arn:<partition>:sqs:<region>:111122223333:queue", "arn:<partition>:sqs:<to>:111122223333:queue",
                         "arn:<partition>:s3:::maia-staging/*"] }
    }
}

policy! {
    pub struct TwoArns: IdentityPolicy {
        queue: QueueArn,
        topic: TopicArn,
    }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": ["sqs:SendMessage", "sns:Publish"],
            "Resource": ["<queue>", "<topic>", "arn:<partition>:sqs:eu-west-1:111122223333:queue"] }
    }
}

policy! {
    pub struct Optional: IdentityPolicy {
        region: Option<Region>,
    }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "sqs:SendMessage",
            "Resource": ["arn:aws:sqs:eu-west-1:111122223333:queue", "arn:<partition>:sqs:<region>:111122223333:queue"] }
    }
}

fn main() {}
