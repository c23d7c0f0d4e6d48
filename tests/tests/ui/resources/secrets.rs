//! A secret by the name that it was given, and by what an ECS task definition has for it.

use policy_macros::policy;

policy! {
    pub const SECRETS: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": "secretsmanager:GetSecretValue",
            "Resource": [
                "arn:aws:secretsmanager:eu-west-1:111122223333:secret:matillion-oauth",
                "arn:aws:secretsmanager:eu-west-1:111122223333:secret:matillion-oauth-a1B2c3:client_id::"
            ]
        }
    };
}

fn main() {}
