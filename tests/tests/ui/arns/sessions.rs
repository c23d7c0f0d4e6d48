//! Whole ARNs that are of no resource type of the actions: of what they are, and not of what they look like.

use policy_core::names::{AssumedRoleArn, StreamArn, QueueArn, RestApiArn};
use policy_macros::policy;

policy! {
    pub struct Session: IdentityPolicy { role: AssumedRoleArn }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "<role>" }
    }
}

policy! {
    pub struct Api: IdentityPolicy { api: RestApiArn, other: QueueArn }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "<api>/*" },
            { "Effect": "Allow", "Action": "apigateway:GET", "Resource": "<other>" }
        ]
    }
}

policy! {
    pub struct Consumers: IdentityPolicy { stream: StreamArn }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "kinesis:SubscribeToShard", "Resource": "<stream>" }
    }
}

fn main() {}
