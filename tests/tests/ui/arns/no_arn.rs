use policy_core::arn::Arn;
use policy_core::names::{AccountId, BucketName, QueueArn, Region};
use policy_core::policy::NonEmpty;
use policy_macros::policy;

policy! {
    pub struct General: IdentityPolicy { queue_arn: Arn, queue_name: BucketName }
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": ["sqs:SendMessage", "sqs:ReceiveMessage"],
            "Resource": ["<queue-arn>", "arn:aws:sqs:eu-west-1:111122223333:<queue-name>"]
        }
    }
}

policy! {
    pub struct Objects: IdentityPolicy { exports: NonEmpty<Arn>, imports: Option<AccountId> }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "<exports>" },
            { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "<imports>/*" }
        ]
    }
}

policy! {
    pub struct Own: IdentityPolicy { pipeline: Region }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "datapipeline:ActivatePipeline", "Resource": "<pipeline>" }
    }
}

policy! {
    pub struct Everything: IdentityPolicy { queue: Region }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "*", "Resource": "<queue>" }
    }
}

policy! {
    pub struct InAnArn: IdentityPolicy { region: Region, queue: QueueArn }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:<partition>:sqs:<region>:111122223333:<queue>" },
            { "Effect": "Allow", "Action": "cloudwatch:DeleteAlarms", "Resource": "arn:<partition>:cloudwatch:<region>:111122223333:alarm:<queue>" }
        ]
    }
}

fn main() {}
