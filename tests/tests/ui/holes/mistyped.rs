use policy_core::names::{AccountId, KmsAlias, Partition, Region, SecretName};
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

fn main() {}
