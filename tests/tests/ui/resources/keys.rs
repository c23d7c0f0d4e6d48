//! What is not a key: the secret that it encrypts, as a vendor's page has it, and its alias.

use policy_macros::policy;

policy! {
    pub const SECRET: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": "kms:Decrypt",
            "Resource": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:matillion-oauth-a1B2c3"
        }
    };
}

policy! {
    pub const ALIAS: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
            "Resource": "arn:aws:kms:eu-west-1:111122223333:alias/matillion"
        }
    };
}

fn main() {}
