//! A preset: the roles of a Hybrid runner, as JSON.
//!
//! `cargo run -p runner-profiles --example preset`

use runner_profiles::policy_core::names::{AccountId, BucketName, Region, SecretName};
use runner_profiles::{Bucket, Hybrid, Role, RoleError, RunnerName};

// A mistake in a constant does not compile. Values that are read at run time go through `new`, whose error has the
// mistake.
const REGION: Region = Region::from_static("eu-west-1");
const ACCOUNT: AccountId = AccountId::from_static("111122223333");
const SNOWFLAKE: SecretName = SecretName::from_static("snowflake-password");
const STAGING: BucketName = BucketName::from_static("maia-staging-111122223333");

fn main() -> Result<(), RoleError> {
    let name = RunnerName::new("maia-prod")?;
    let hybrid = Hybrid::new(name, REGION, ACCOUNT, Hybrid::DEFAULT_PLATFORM_SECRET)
        .with_pipeline_secret(SNOWFLAKE)
        .with_staging_bucket(Bucket::new(STAGING));

    println!("{}", Role::all_to_json_pretty(&hybrid.roles()?));
    Ok(())
}
