//! Makes a runner's roles with the AWS SDK, and keeps them as they should be.
//!
//! `cargo run` shows the differences between the roles and the deployed ones, and exits with 2 if there are any;
//! `cargo run -- apply` removes them. Run twice, it does nothing the second time.
//!
//! Credentials and Region come from the environment, as for the AWS CLI: see
//! <https://docs.aws.amazon.com/sdkref/latest/guide/environment-variables.html>.

mod change;
mod deployed;

use std::error::Error;
use std::process::ExitCode;

use aws_sdk_iam::Client;
use runner_profiles::policy_core::names::{AccountId, BucketName, NameError, Region, RolePath, SecretName};
use runner_profiles::{Bucket, Hybrid, Role, RoleError, RoleSettings, RunnerName, Tag};

use crate::change::Change;
use crate::deployed::Deployed;

/// The roles of this program: write yours here.
fn roles(account_id: AccountId) -> Result<Vec<Role>, RoleError> {
    let staging = BucketName::new(format!("maia-staging-{account_id}"))?;
    let hybrid = Hybrid::new(
        RunnerName::new("maia-prod")?,
        Region::from_static("eu-west-1"),
        account_id,
        Hybrid::DEFAULT_PLATFORM_SECRET,
    )
    .with_pipeline_secret(SecretName::from_static("snowflake-password"))
    .with_staging_bucket(Bucket::new(staging).with_deletion())
    .with_logs();
    let settings = RoleSettings::new()
        .with_path(RolePath::from_static("/runners/"))
        .with_tag(Tag::new("team", "data platform")?)?;
    let roles = hybrid.roles()?.into_iter();
    Ok(roles.map(|role| role.with_settings(settings.clone())).collect())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let apply = match std::env::args().nth(1).as_deref() {
        None => false,
        Some("apply") => true,
        Some(other) => {
            return Err(format!("`{other}` is no command; write `apply`, or nothing to see what differs").into());
        }
    };
    let client = Client::new(&aws_config::load_from_env().await);
    let mut differs = false;
    for role in roles(account_id()?)? {
        println!("{}", role.name());
        // The rest of the differences is known only when the role exists: a second comparison finds them.
        loop {
            let deployed = Deployed::read(&client, &role).await?;
            let changes = change::changes(&role, deployed.as_ref());
            for change in &changes {
                print!("{change}");
                differs = true;
                if apply {
                    change.apply(&client, &role).await?;
                }
            }
            if !apply || !matches!(changes.as_slice(), [Change::Create]) {
                break;
            }
        }
    }
    Ok(if differs && !apply {
        ExitCode::from(2)
    } else {
        ExitCode::SUCCESS
    })
}

fn account_id() -> Result<AccountId, Box<dyn Error>> {
    let account_id =
        std::env::var("AWS_ACCOUNT_ID").map_err(|_| "set `AWS_ACCOUNT_ID` to the account that the roles are for")?;
    let account_id: Result<AccountId, NameError> = account_id.parse();
    Ok(account_id?)
}
