//! Warnings and suggestions are shown where they are asked for, and stop nothing.

use policy_macros::policy;

policy! {
    #[policy(warnings)]
    pub const NO_VERSION: IdentityPolicy = {
        "Statement": { "Effect": "Allow", "Action": "iam:ListRoles", "Resource": "*" }
    };
}

fn main() {
    assert!(NO_VERSION.json().starts_with("{\"Statement\""));
}
