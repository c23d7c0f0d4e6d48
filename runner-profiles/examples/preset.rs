//! A preset: the roles of a Hybrid runner, as JSON.
//!
//! `cargo run -p runner-profiles --example preset`

use runner_profiles::policy_core::names::{AccountId, BucketName, Region, SecretName};
use runner_profiles::{Bucket, Hybrid, Role, RoleError, RunnerName};

fn main() -> Result<(), RoleError> {
    let hybrid = Hybrid::new(
        RunnerName::new("maia-prod")?,
        // `from_static` checks when it is compiled; what is read at run time goes through `new`.
        Region::from_static("eu-west-1"),
        AccountId::from_static("111122223333"),
        Hybrid::DEFAULT_PLATFORM_SECRET,
    )
    .with_pipeline_secret(SecretName::from_static("snowflake-password"))
    .with_staging_bucket(Bucket::new(BucketName::from_static("maia-staging-111122223333")));

    println!("{}", Role::all_to_json_pretty(&hybrid.roles()?));
    Ok(())
}
