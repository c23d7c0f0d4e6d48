//! Wildcards that match no action, and wildcards where AWS takes none.

use policy_macros::policy;

policy! {
    pub const NOTHING: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": ["s3:Gett*", "s3:*Objekt", "sqs:Publish*"], "Resource": "*" }
    };
}

policy! {
    pub const SERVICE: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": ["*:GetObject", "secrets*:GetSecretValue"], "Resource": "*" }
    };
}

fn main() {}
