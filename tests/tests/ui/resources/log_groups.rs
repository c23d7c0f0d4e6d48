//! Log groups, whose ARN does not match their streams.

use policy_core::names::{AccountId, Region};
use policy_macros::policy;

policy! {
    pub struct Logs: IdentityPolicy {
        region: Region,
        account_id: AccountId,
    }
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow", "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
            "Resource": "arn:<partition>:logs:<region>:<account-id>:log-group:/ecs/maia"
        }
    }
}

fn main() {}
