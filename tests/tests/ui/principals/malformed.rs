//! Principals that AWS does not take, and a policy that has none.

use policy_macros::policy;

policy! {
    pub const SERVICES: TrustPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow", "Action": "sts:AssumeRole",
                "Principal": { "Service": ["ecs-tasks", "ECS-tasks.amazonaws.com"] }
            },
            { "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "Services": "ecs-tasks.amazonaws.com" } },
            { "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": "ecs-tasks.amazonaws.com" }
        ]
    };
}

policy! {
    pub const SHARED: ResourcePolicy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::staging/*",
            "Principal": {
                "AWS": [
                    "11112222333",
                    "arn:aws:iam::111122223333:role/runner-*",
                    "arn:aws:iam::111122223333:group/Engineers",
                    "ecs-tasks.amazonaws.com",
                    "runner"
                ]
            }
        }
    };
}

policy! {
    pub const IDENTITY: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::staging/*"
        }
    };
}

fn main() {}
