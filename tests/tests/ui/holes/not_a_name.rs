use policy_macros::policy;

struct Mine;

policy! {
    pub struct NotANames: IdentityPolicy {
        region: String,
        partition: policy_core::names::Partition,
        account_id: u64,
        secret_ids: Vec<policy_core::names::SecretId>,
        bucket: Mine,
        boxed: Box<policy_core::names::BucketName>,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "secretsmanager:GetSecretValue",
              "Resource": "arn:<partition>:secretsmanager:<region>:<account-id>:secret:<secret-ids>" },
            { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:<partition>:s3:::<bucket>" },
            { "Effect": "Allow", "Action": "s3:ListBucket",
              "Resource": "arn:<partition>:s3:::<boxed>" }
        ]
    }
}

fn main() {}
