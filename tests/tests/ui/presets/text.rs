use runner_profiles::policy_core::names::{AccountId, Region};
use runner_profiles::{Bucket, Hybrid, RunnerName, Streaming};

fn main() {
    let (region, account) = (Region::from_static("eu-west-1"), AccountId::from_static("111122223333"));
    let name = RunnerName::new("maia-prod").unwrap();
    let hybrid = Hybrid::new(name.clone(), region.clone(), account.clone(), "matillion-oauth-credentials");
    let streaming = Streaming::new(name, region, account, ["streaming-agent-key"]);
    let _ = hybrid
        .with_pipeline_secret("snowflake-password")
        .with_pipeline_key("1234abcd-12ab-34cd-56ef-1234567890ab".to_owned())
        .with_staging_bucket(Bucket::new("maia-staging-111122223333"))
        .with_log_group("/ecs/maia-prod-task");
    let _ = streaming.with_ecr_repository("matillion/etl-agent");
}
