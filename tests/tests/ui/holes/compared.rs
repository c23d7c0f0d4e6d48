//! A hole that a condition compares with, which says of what its key has which type to write.

use policy_core::names::EcsClusterArn;
use policy_macros::policy;

policy! {
    pub struct Cluster: IdentityPolicy { cluster: String }
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": "ecs:StopTask",
            "Resource": "*",
            "Condition": { "ArnEquals": { "ecs:cluster": "<cluster>" } }
        }
    }
}

policy! {
    pub struct Undeclared: IdentityPolicy {}
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": "ecs:StopTask",
            "Resource": "*",
            "Condition": { "ArnEquals": { "ecs:cluster": "<cluster>" } }
        }
    }
}

policy! {
    pub const WITHOUT_FIELDS: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": "iam:AttachRolePolicy",
            "Resource": "*",
            "Condition": { "ArnEquals": { "iam:PolicyARN": "<policy>" } }
        }
    };
}

policy! {
    pub struct Source: TrustPolicy { source: u64 }
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Principal": { "Service": "ecs-tasks.amazonaws.com" },
            "Action": "sts:AssumeRole",
            "Condition": { "ArnLike": { "aws:SourceArn": "<source>" } }
        }
    }
}

policy! {
    pub struct Right: IdentityPolicy { cluster: EcsClusterArn }
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": "ecs:StopTask",
            "Resource": "*",
            "Condition": { "ArnEquals": { "ecs:cluster": "<cluster>" } }
        }
    }
}

fn main() {}
