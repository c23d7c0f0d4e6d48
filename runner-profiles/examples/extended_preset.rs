//! A preset extended: the roles of a Hybrid runner that also loads Redshift, as JSON.
//!
//! `cargo run -p runner-profiles --example extended_preset`

use std::error::Error;

use runner_profiles::policy_core::names::{
    AccountId, BucketName, KmsKeyId, ObjectPrefix, PolicyName, Region, ResourceName, SecretName,
};
use runner_profiles::{Bucket, Hybrid, Role, RunnerName, policy};

policy! {
    /// Temporary credentials for one user of one Redshift cluster.
    struct LoadRedshift: IdentityPolicy {
        region: Region,
        account_id: AccountId,
        cluster: ResourceName,
        user: ResourceName,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "SignInToRedshift",
                "Effect": "Allow",
                "Action": "redshift:GetClusterCredentials",
                "Resource": "arn:<partition>:redshift:<region>:<account-id>:dbuser:<cluster>/<user>"
            }
        ]
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let region = Region::new("eu-west-1")?;
    let account_id = AccountId::new("111122223333")?;
    let staging = Bucket::new(BucketName::new("maia-staging-111122223333")?)
        .with_prefix(ObjectPrefix::new("stage")?)
        .with_deletion()
        .with_key(KmsKeyId::new("0987dcba-09fe-87dc-65ba-ab0987654321")?);
    let hybrid = Hybrid::new(
        RunnerName::new("maia-prod")?,
        region.clone(),
        account_id.clone(),
        Hybrid::DEFAULT_PLATFORM_SECRET,
    )
    .with_pipeline_secret(SecretName::new("snowflake-password")?)
    .with_staging_bucket(staging)
    .with_logs();

    let redshift = LoadRedshift {
        region,
        account_id,
        cluster: ResourceName::new("warehouse")?,
        user: ResourceName::new("maia")?,
    };
    let task = hybrid
        .task_role()?
        .with_policy(PolicyName::new("load-redshift")?, redshift.to_policy())?;
    println!("{}", Role::all_to_json_pretty(&[task, hybrid.execution_role()?]));
    Ok(())
}
