//! What lets a holder take more than is granted, and what is only to be thought over: shown on request.

use policy_core::names::{AccountId, Partition};
use policy_macros::policy;

policy! {
    pub const ROLES: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": ["iam:CreateRole", "iam:AttachRolePolicy"], "Resource": "*" },
            { "Effect": "Allow", "Action": "iam:PassRole", "Resource": "*" }
        ]
    };
}

policy! {
    pub struct Deployer: IdentityPolicy {
        partition: Partition,
        account_id: AccountId,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": ["lambda:CreateFunction", "lambda:InvokeFunction"],
              "Resource": "arn:<partition>:lambda:*:<account-id>:function:*" },
            { "Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:<partition>:iam::<account-id>:role/*" }
        ]
    }
}

policy! {
    #[policy(warnings)]
    pub const LINKED_ROLES: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "iam:CreateServiceLinkedRole", "Resource": "*" }
    };
}

policy! {
    pub const QUIET: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "iam:CreateServiceLinkedRole", "Resource": "*" }
    };
}

fn main() {}
