//! Fields without types.

use policy_core::names::Region;
use policy_macros::policy;

policy! {
    pub struct Untyped: IdentityPolicy { queue, account, region: Region, name: , bucket }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "sqs:SendMessage",
              "Resource": ["<queue>", "arn:<partition>:sqs:<region>:<account>:<name>"] },
            { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:<partition>:s3:::<bucket>/*" }
        ]
    }
}

fn main() {}
