use policy_core::names::{AccountId, Region, SecretId};
use policy_core::policy::NonEmpty;
use policy_macros::policy;

// As the vendor's page has it.
policy! {
    pub struct OnThePage: IdentityPolicy {
        region: Region,
        account_id: AccountId,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": "secretsmanager:GetSecretValue",
                "Resource": [
                    "arn:<partition>:secretsmanager:<region>:<account-id>:secret:<secret-id-1>",
                    "arn:<partition>:secretsmanager:<region>:<account-id>:secret:<secret-id-2>",
                    ...
                ]
            }
        ]
    }
}

policy! {
    pub struct Declared: IdentityPolicy {
        region: Region,
        account_id: AccountId,
        secret_ids: NonEmpty<SecretId>,
    }
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": "secretsmanager:GetSecretValue",
            "Resource": [
                "arn:<partition>:secretsmanager:<region>:<account-id>:secret:<secret-id-1>",
                "arn:<partition>:secretsmanager:<region>:<account-id>:secret:<secret-id-2>",
                "..."
            ]
        }
    }
}

fn main() {}
