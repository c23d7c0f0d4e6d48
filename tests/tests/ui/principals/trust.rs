//! Role trust policies: who, by which action, and no resource.

use policy_macros::policy;

policy! {
    pub const RESOURCE: TrustPolicy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow", "Principal": { "Service": "ecs-tasks.amazonaws.com" }, "Action": "sts:AssumeRole",
            "Resource": "*"
        }
    };
}

policy! {
    pub const EVERYONE: TrustPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole" },
            { "Effect": "Allow", "Principal": { "AWS": "*" }, "Action": "sts:AssumeRole" },
            { "Effect": "Allow", "Action": "sts:AssumeRole" }
        ]
    };
}

policy! {
    pub const ACTIONS: TrustPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {
                    "Federated": "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/0A1B2C3D4E5F"
                },
                "Action": "sts:AssumeRole",
                "Condition": {
                    "StringEquals": {
                        "oidc.eks.eu-west-1.amazonaws.com/id/0A1B2C3D4E5F:sub": "system:serviceaccount:maia:runner"
                    }
                }
            },
            {
                "Effect": "Allow",
                "Principal": { "Service": "ecs-tasks.amazonaws.com" },
                "Action": ["sts:AssumRole", "s3:GetObject"]
            }
        ]
    };
}

fn main() {}
