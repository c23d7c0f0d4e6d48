use policy_core::names::{AccountId, BucketName, Region};
use policy_macros::policy;

policy! {
    pub struct Spelling: IdentityPolicy {
        region: Region,
        account_id: AccountId,
        bucket: BucketName,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "secretsmanager:GetSecretValue",
              "Resource": "arn:<partition>:secretsmanager:<Region>:<account_id>:secret:<>" },
            { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": ["arn:<partition>:s3:::<bucket", "arn:<partition>:s3:::bucket>", "arn:<partition>:s3:::<my bucket>"] }
        ]
    }
}

fn main() {}
