use policy_macros::policy;

policy! {
    pub struct NotImported: IdentityPolicy { queue: QueueArn, topic: TopicArm }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "<queue>" },
            { "Effect": "Allow", "Action": "sns:Publish", "Resource": "<topic>" }
        ]
    }
}

fn main() {}
