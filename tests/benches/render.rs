//! What it takes to fill a template and write its JSON, beside `serde_json::to_string(&json!(..))` of the same policy.
//!
//! `cargo bench -p workspace-tests --bench render`

#![allow(missing_docs, reason = "a benchmark has no users")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use policy_core::names::{AccountId, BucketName, Region, SecretId};
use policy_core::policy::NonEmpty;
use policy_macros::policy;
use serde_json::json;

policy! {
    struct TaskRole: IdentityPolicy {
        region: Region,
        account_id: AccountId,
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

fn by_hand(role: &TaskRole) -> String {
    let TaskRole {
        region,
        account_id,
        secret_ids,
        staging_bucket,
    } = role;
    let partition = region.partition();
    let arn = |secret: &SecretId| format!("arn:{partition}:secretsmanager:{region}:{account_id}:secret:{secret}");
    let secrets = match secret_ids.len() {
        1 => json!(arn(secret_ids.first())),
        _ => secret_ids.iter().map(arn).collect(),
    };
    let mut statements = vec![
        json!({ "Sid": "ListSecretNames", "Effect": "Allow", "Action": "secretsmanager:ListSecrets", "Resource": "*" }),
        json!({ "Sid": "ReadPipelineSecrets", "Effect": "Allow",
                "Action": "secretsmanager:GetSecretValue", "Resource": secrets }),
    ];
    if let Some(bucket) = staging_bucket {
        statements.push(json!({ "Sid": "UseStagingObjects", "Effect": "Allow",
            "Action": ["s3:GetObject", "s3:PutObject"], "Resource": format!("arn:{partition}:s3:::{bucket}/*") }));
    }
    json!({ "Version": "2012-10-17", "Statement": statements }).to_string()
}

fn render(criterion: &mut Criterion) {
    let role = TaskRole {
        region: Region::from_static("eu-west-1"),
        account_id: AccountId::from_static("111122223333"),
        secret_ids: NonEmpty::from([
            SecretId::from_static("snowflake-password-a1B2c3"),
            SecretId::from_static("source-db-password-d4E5f6"),
        ]),
        staging_bucket: Some(BucketName::from_static("maia-staging-111122223333")),
    };
    let mut group = criterion.benchmark_group("render a task role");
    group.bench_function("policy!", |b| b.iter(|| black_box(&role).to_json()));
    group.bench_function("serde_json::to_string(&json!(..))", |b| {
        b.iter(|| by_hand(black_box(&role)));
    });
    group.finish();
}

criterion_group!(benches, render);
criterion_main!(benches);
