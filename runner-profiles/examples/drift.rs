//! How the roles of an account differ from those of a preset, and the preset applied to them: from the output of
//! `aws iam get-account-authorization-details`.
//!
//! `cargo run -p runner-profiles --example drift DETAILS.json` reads yours.

use std::error::Error;
use std::{env, fs};

use runner_profiles::policy_core::names::{AccountId, Region, SecretArn};
use runner_profiles::{Hybrid, Role, RoleError, RunnerName};

const REGION: Region = Region::from_static("eu-west-1");
const ACCOUNT: AccountId = AccountId::from_static("111122223333");
const SNOWFLAKE: SecretArn =
    SecretArn::from_static("arn:aws:secretsmanager:eu-west-1:111122223333:secret:snowflake-password-a1B2c3");

/// The roles as they should be.
fn wanted() -> Result<[Role; 2], RoleError> {
    let name = RunnerName::new("maia-prod")?;
    let hybrid = Hybrid::new(name, REGION, ACCOUNT, Hybrid::DEFAULT_PLATFORM_SECRET).with_pipeline_secret(SNOWFLAKE);
    Ok([hybrid.task_role()?, hybrid.execution_role()?])
}

fn main() -> Result<(), Box<dyn Error>> {
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/account.json").to_owned();
    let details = fs::read_to_string(env::args().nth(1).unwrap_or(example))?;
    let existing = Role::all_from_json(&details)?;

    for wanted in wanted()? {
        let name = wanted.name();
        let Some(existing) = existing.iter().find(|role| role.name() == name) else {
            println!("{name} does not exist");
            continue;
        };
        let drift = wanted.drift_from(existing);
        if drift.is_empty() {
            println!("{name} is as it should be");
            continue;
        }
        println!("{name} differs in\n{drift}");
        // With the preset's statements, and everything that somebody has added.
        println!("{}", wanted.applied_to(existing)?.to_json_pretty());
    }
    Ok(())
}
