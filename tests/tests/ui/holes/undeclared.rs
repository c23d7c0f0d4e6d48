use policy_core::names::{AccountId, Region};
use policy_macros::policy;

policy! {
    pub struct Reader: IdentityPolicy {
        region: Region,
        acount_id: AccountId,
        topic: policy_core::names::ResourceName,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "secretsmanager:GetSecretValue",
              "Resource": [
                  "arn:<partition>:secretsmanager:<region>:<account-id>:secret:<secret-id>",
                  "arn:<partition>:secretsmanager:<region>:<account-id>:secret:prefix/<name>-??????"
              ] }
        ]
    }
}

fn main() {}
