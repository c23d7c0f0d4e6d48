use policy_core::names::{AccountId, Region};
use policy_macros::policy;

policy! {
    pub struct NoRegion: IdentityPolicy {
        account_id: AccountId,
    }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "iam:GetRole", "Resource": "arn:<partition>:iam::<account-id>:role/Admin" }
    }
}

policy! {
    pub struct TwoRegions: IdentityPolicy {
        from: Region,
        to: Region,
    }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "sqs:SendMessage",
            "Resource": ["arn:<partition>:sqs:<from>:111122223333:queue", "arn:<partition>:sqs:<to>:111122223333:queue"] }
    }
}

fn main() {}
