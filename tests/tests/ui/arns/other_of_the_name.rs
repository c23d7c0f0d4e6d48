//! A type that has the name of one of `policy_core::names`, and is the ARN of another resource type.

use policy_core::policy::NonEmpty;
use policy_macros::policy;

type QueueArn = policy_core::names::TopicArn;

policy! {
    pub struct Alias: IdentityPolicy { queue: QueueArn }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "<queue>" }
    }
}

mod own {
    pub type RoleArn = policy_core::names::UserArn;
}

policy! {
    pub struct Lists: IdentityPolicy { roles: NonEmpty<own::RoleArn> }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "iam:GetRole", "Resource": "<roles>" }
    }
}

// One of the same name that is the same type.
mod right {
    pub type TopicArn = policy_core::names::TopicArn;
}

policy! {
    pub struct Same: IdentityPolicy { topic: right::TopicArn }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "sns:Publish", "Resource": "<topic>" }
    }
}

fn main() {}
