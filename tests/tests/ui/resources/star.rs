//! Actions that act on no resource, scoped to an ARN.

use policy_macros::policy;

policy! {
    pub const ALONE: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": "secretsmanager:ListSecrets",
            "Resource": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:matillion-*"
        }
    };
}

policy! {
    pub const MIXED: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": ["ecr:GetAuthorizationToken", "ecr:BatchGetImage"],
            "Resource": "arn:aws:ecr:eu-west-1:111122223333:repository/runner"
        }
    };
}

fn main() {}
