//! What no ARN has behind the name of a resource, behind a hole and written out.

use policy_core::names::{
    IndexArn, LogGroupArn, OpenSearchDomainArn, ParameterArn, RepositoryArn, RoleArn, StreamArn, TableArn,
};
use policy_macros::policy;

policy! {
    pub struct OtherWord: IdentityPolicy { log_group: LogGroupArn, stream: StreamArn }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "logs:PutLogEvents", "Resource": "<log-group>:stream:*" },
            { "Effect": "Allow", "Action": "logs:*", "Resource": ["<log-group>:*", "<log-group>:streams:*"] },
            { "Effect": "Allow", "Action": "kinesis:SubscribeToShard", "Resource": "<stream>/*/consumer/*:*" },
            { "Effect": "Allow", "Action": "kinesis:SubscribeToShard", "Resource": "<stream>/consumers/*" }
        ]
    }
}

policy! {
    pub const WRITTEN_OUT: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": "logs:PutLogEvents",
                "Resource": "arn:aws:logs:eu-west-1:111122223333:log-group:web:stream:*"
            },
            {
                "Effect": "Allow",
                "Action": "kinesis:SubscribeToShard",
                "Resource": "arn:aws:kinesis:eu-west-1:111122223333:stream/orders/consumers/*"
            }
        ]
    };
}

policy! {
    pub struct NothingBehind: IdentityPolicy { role: RoleArn, domain: OpenSearchDomainArn, index: IndexArn }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "iam:GetRole", "Resource": "<role>/*" },
            { "Effect": "Allow", "Action": "es:ESHttpGet", "Resource": "<domain>" },
            { "Effect": "Allow", "Action": "dynamodb:Query", "Resource": "<index>/*" }
        ]
    }
}

policy! {
    /// All of these match something.
    pub struct More: IdentityPolicy {
        domain: OpenSearchDomainArn, parameter: ParameterArn, repository: RepositoryArn, table: TableArn, stream: StreamArn
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "es:ESHttpGet", "Resource": "<domain>/*" },
            { "Effect": "Allow", "Action": "dynamodb:Query", "Resource": ["<table>", "<table>/index/*"] },
            { "Effect": "Allow", "Action": "ssm:GetParameter", "Resource": "<parameter>/*" },
            { "Effect": "Allow", "Action": "ecr:BatchGetImage", "Resource": "<repository>/*" },
            { "Effect": "Allow", "Action": "kinesis:SubscribeToShard", "Resource": "<stream>/consumer/*" }
        ]
    }
}

fn main() {}
