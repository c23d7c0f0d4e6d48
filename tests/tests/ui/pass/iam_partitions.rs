//! ARNs of every partition: `GovCloud`, China, the European Sovereign Cloud.

use policy_core::names::{AccountId, Region, SecretId};
use policy_macros::policy;

policy! {
    pub const BY_HAND: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": "s3:GetObject",
                "Resource": [
                    "arn:aws-us-gov:s3:::staging/*",
                    "arn:aws-cn:s3:::staging/*",
                    "arn:aws-eusc:s3:::staging/*",
                    "arn:aws-iso-b:s3:::staging/*"
                ]
            },
            {
                "Effect": "Allow",
                "Action": "sqs:SendMessage",
                "Resource": [
                    "arn:aws-us-gov:sqs:us-gov-west-1:111122223333:jobs",
                    "arn:aws-cn:sqs:cn-northwest-1:111122223333:jobs",
                    "arn:aws-eusc:sqs:eusc-de-east-1:111122223333:jobs"
                ]
            }
        ]
    };
}

policy! {
    pub struct Reader: IdentityPolicy { region: Region, account_id: AccountId, secret_id: SecretId }
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": "secretsmanager:GetSecretValue",
            "Resource": "arn:<partition>:secretsmanager:<region>:<account-id>:secret:<secret-id>"
        }
    }
}

fn main() {
    assert!(BY_HAND.json().contains("aws-eusc"));
    for (region, partition) in [
        ("eu-west-1", "aws"),
        ("us-gov-east-1", "aws-us-gov"),
        ("cn-north-1", "aws-cn"),
        ("eusc-de-east-1", "aws-eusc"),
    ] {
        let reader = Reader {
            region: region.parse().unwrap(),
            account_id: AccountId::from_static("111122223333"),
            secret_id: SecretId::from_static("matillion-oauth-a1B2c3"),
        };
        let arn = format!("arn:{partition}:secretsmanager:{region}:111122223333:secret:matillion-oauth-a1B2c3");
        assert!(reader.to_json().contains(&arn), "{}", reader.to_json());
    }
}
