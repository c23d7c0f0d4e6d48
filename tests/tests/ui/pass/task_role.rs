//! The template of the design: its header is Rust, its body the policy's own JSON.

use policy_core::names::{AccountId, BucketName, Region, SecretId};
use policy_core::policy::{IdentityPolicy, NonEmpty};
use policy_macros::policy;

policy! {
    /// Permissions of a Hybrid runner's task role.
    #[derive(Clone, Debug)]
    pub struct TaskRole: IdentityPolicy {
        region: Region,
        account_id: AccountId,
        /// Full secret ids, with the six random characters.
        secret_ids: NonEmpty<SecretId>,
        staging_bucket: Option<BucketName>,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Sid": "ListSecretNames", "Effect": "Allow",
              "Action": "secretsmanager:ListSecrets", "Resource": "*" },
            { "Sid": "ReadPipelineSecrets", "Effect": "Allow",
              "Action": "secretsmanager:GetSecretValue",
              "Resource": "arn:<partition>:secretsmanager:<region>:<account-id>:secret:<secret-ids>" },
            { "Sid": "UseStagingObjects", "Effect": "Allow",
              "Action": ["s3:GetObject", "s3:PutObject"],
              "Resource": "arn:<partition>:s3:::<staging-bucket>/*" }
        ]
    }
}

const LIST: &str = r#"{"Version":"2012-10-17","Statement":[{"Sid":"ListSecretNames","Effect":"Allow","Action":"secretsmanager:ListSecrets","Resource":"*"},"#;

fn main() {
    let mut role = TaskRole {
        region: Region::from_static("eu-west-1"),
        account_id: AccountId::from_static("111122223333"),
        secret_ids: NonEmpty::from([SecretId::from_static("warehouse-a1B2c3")]),
        staging_bucket: None,
    };
    let read = r#"{"Sid":"ReadPipelineSecrets","Effect":"Allow","Action":"secretsmanager:GetSecretValue","Resource":"#;
    assert_eq!(
        role.to_json(),
        format!("{LIST}{read}\"arn:aws:secretsmanager:eu-west-1:111122223333:secret:warehouse-a1B2c3\"}}]}}")
    );

    role.region = Region::from_static("us-gov-west-1");
    role.secret_ids.push(SecretId::from_static("source-d4E5f6"));
    role.staging_bucket = Some(BucketName::from_static("staging-bucket"));
    let use_staging = r#"{"Sid":"UseStagingObjects","Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws-us-gov:s3:::staging-bucket/*"}"#;
    let json = role.to_json();
    assert_eq!(
        json,
        format!(
            "{LIST}{read}[\"arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:warehouse-a1B2c3\",\
             \"arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:source-d4E5f6\"]}},{use_staging}]}}"
        )
    );
    assert_eq!(json.len(), json.capacity());

    let policy: IdentityPolicy = role.to_policy();
    assert_eq!(policy, IdentityPolicy::from(&role));
    assert_eq!(policy.to_json(), json);
    assert_eq!(role.to_json_pretty(), policy.to_json_pretty());
}
