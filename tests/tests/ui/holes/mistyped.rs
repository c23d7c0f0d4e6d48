use policy_core::names::{AccountId, BucketArn, KmsAlias, Partition, Region, SecretName, TableArn};
use policy_core::policy::NonEmpty;
use policy_macros::policy;

policy! {
    pub struct Mistyped: IdentityPolicy {
        region: AccountId,
        partition: Partition,
        account_id: Region,
        secret_ids: NonEmpty<SecretName>,
        key_id: Option<KmsAlias>,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "secretsmanager:GetSecretValue",
              "Resource": "arn:<partition>:secretsmanager:<region>:<account-id>:secret:<secret-ids>" },
            { "Effect": "Allow", "Action": "kms:Decrypt",
              "Resource": "arn:<partition>:kms:<region>:<account-id>:key/<key-id>" }
        ]
    }
}

policy! {
    /// Whole ARNs where a name is a part of one.
    pub struct WholeInPart: IdentityPolicy { bucket: BucketArn, tables: NonEmpty<TableArn> }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::<bucket>/*" },
            { "Effect": "Allow", "Action": "dynamodb:GetItem",
              "Resource": "arn:aws:dynamodb:eu-west-1:111122223333:table/<tables>" }
        ]
    }
}

fn main() {}
