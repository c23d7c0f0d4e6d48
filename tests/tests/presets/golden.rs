//! Every expected document comes out of the presets.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use runner_profiles::policy_core::names::Region;
use runner_profiles::policy_core::policy::{Policy, PolicyKind};
use runner_profiles::{Bucket, EksTrust, HybridScope, StreamingScope};

use crate::{
    DESTINATION_BUCKET, DESTINATION_PREFIX, EXTENSION_LIBRARY, KEY_1, KEY_2, KEY_PAIR_SECRET, PIPELINE_SECRETS, REGION,
    REPOSITORY, STAGING_BUCKET, STAGING_PREFIX, hybrid, hybrid_in, hybrid_scoped, policy, service_account, streaming,
};

/// The expected documents and what the presets make.
struct Golden {
    folder: PathBuf,
    seen: BTreeSet<String>,
}

impl Golden {
    fn open() -> Self {
        let folder = workspace_tests::golden().join("documents");
        let seen = BTreeSet::new();
        Self { folder, seen }
    }

    fn text(&mut self, name: &str) -> String {
        let file = format!("{name}.json");
        let text = fs::read_to_string(self.folder.join(&file)).unwrap();
        assert!(self.seen.insert(file), "{name} is compared twice");
        text
    }

    /// To the letter, the line's end at the end of the file included.
    fn letter<K: PolicyKind>(&mut self, name: &str, made: &Policy<K>) {
        assert_eq!(made.to_json_pretty() + "\n", self.text(name), "{name}");
    }

    /// As JSON text, but for white space. None of the documents has any in its strings.
    fn documented<K: PolicyKind>(&mut self, name: &str, made: &Policy<K>) {
        let expected: String = self
            .text(name)
            .chars()
            .filter(|character| !character.is_whitespace())
            .collect();
        assert_eq!(made.to_json(), expected, "{name}");
    }

    fn of(&self, form: &str) -> BTreeSet<String> {
        let entries = fs::read_dir(&self.folder).unwrap();
        entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.contains(form))
            .collect()
    }
}

#[test]
fn every_documented_document_comes_out() {
    let mut golden = Golden::open();
    let (hybrid, streaming) = (hybrid(), streaming());

    let role = hybrid.as_documented().task_role().unwrap();
    golden.documented("hybrid_task.trust.as_documented", role.trust());
    golden.documented("hybrid_task.policy.as_documented", policy(&role));

    let role = hybrid.as_documented().execution_role().unwrap();
    golden.documented("hybrid_execution.policy.as_documented", policy(&role));
    let role = hybrid
        .as_documented()
        .with_execution_scope(HybridScope::EverySecret)
        .execution_role()
        .unwrap();
    golden.documented("hybrid_execution.policy.as_documented.wildcard", policy(&role));
    for (name, scope) in [
        ("wildcard", HybridScope::CmkEverything),
        ("secret_only", HybridScope::CmkSecretOnlyNeverWorks),
        ("note_one_key", HybridScope::CmkKeysOnlyNeverWorks),
        ("mixed", HybridScope::CmkSecretAndKey),
    ] {
        let name = format!("hybrid_execution.policy.as_documented.cmk.{name}");
        golden.documented(&name, policy(&hybrid_scoped(scope)));
    }
    let two_keys = hybrid.with_credentials_key(KEY_1).with_credentials_key(KEY_2);
    let scope = HybridScope::CmkKeysOnlyNeverWorks;
    let role = two_keys
        .as_documented()
        .with_execution_scope(scope)
        .execution_role()
        .unwrap();
    golden.documented("hybrid_execution.policy.as_documented.cmk.note_two_keys", policy(&role));

    let role = streaming.as_documented().task_role().unwrap();
    golden.documented("streaming_task.trust.as_documented", role.trust());
    golden.documented("streaming_task.policy.as_documented", policy(&role));
    let role = streaming.as_documented().execution_role().unwrap();
    golden.documented("streaming_execution.policy.as_documented", policy(&role));
    let role = streaming
        .as_documented()
        .with_execution_scope(StreamingScope::EverySecret)
        .execution_role()
        .unwrap();
    golden.documented("streaming_execution.policy.as_documented.wildcard", policy(&role));

    assert_eq!(golden.seen, golden.of(".as_documented"));
}

#[test]
fn every_least_privilege_document_comes_out() {
    let mut golden = Golden::open();
    hybrid_task(&mut golden);
    hybrid_execution(&mut golden);
    streaming_roles(&mut golden);
    other_trusts_and_partitions(&mut golden);
    assert_eq!(golden.seen, golden.of(".least_privilege"));
}

fn hybrid_task(golden: &mut Golden) {
    let role = hybrid().task_role().unwrap();
    golden.letter("hybrid_task.trust.least_privilege", role.trust());
    golden.letter("hybrid_task.policy.least_privilege", policy(&role));

    let by_name = PIPELINE_SECRETS.map(|id| id.name());
    let role = hybrid_in(REGION).with_pipeline_secrets(by_name).task_role().unwrap();
    golden.letter("hybrid_task.policy.least_privilege.by_name", policy(&role));

    let staged = |bucket: Bucket| hybrid().with_staging_bucket(bucket).task_role().unwrap();
    let role = staged(Bucket::new(STAGING_BUCKET));
    golden.letter("hybrid_task.policy.least_privilege.staging", policy(&role));
    let role = staged(Bucket::new(STAGING_BUCKET).with_strict_prefix(STAGING_PREFIX));
    golden.letter(
        "hybrid_task.policy.least_privilege.staging_prefix_strict",
        policy(&role),
    );

    let bucket = Bucket::new(STAGING_BUCKET)
        .with_prefix(STAGING_PREFIX)
        .with_deletion()
        .with_key(KEY_2);
    let role = hybrid()
        .with_pipeline_key(KEY_1)
        .with_staging_bucket(bucket)
        .task_role()
        .unwrap();
    golden.letter("hybrid_task.policy.least_privilege.full", policy(&role));
}

fn hybrid_execution(golden: &mut Golden) {
    let role = hybrid().execution_role().unwrap();
    golden.letter("hybrid_execution.trust.least_privilege", role.trust());
    golden.letter("hybrid_execution.policy.least_privilege", policy(&role));

    let under_key = hybrid().with_credentials_key(KEY_1);
    golden.letter(
        "hybrid_execution.policy.least_privilege.cmk",
        policy(&under_key.execution_role().unwrap()),
    );

    let full = under_key
        .with_script_runner(KEY_PAIR_SECRET)
        .with_logs()
        .with_ecr_repository(REPOSITORY);
    golden.letter(
        "hybrid_execution.policy.least_privilege.full",
        policy(&full.execution_role().unwrap()),
    );

    let role = hybrid()
        .with_extension_library(EXTENSION_LIBRARY)
        .script_runner_task_role()
        .unwrap();
    golden.letter("script_runner_task.trust.least_privilege", role.trust());
    golden.letter(
        "script_runner_task.policy.least_privilege.extension_library",
        policy(&role),
    );
}

fn streaming_roles(golden: &mut Golden) {
    let role = streaming().task_role().unwrap();
    golden.letter("streaming_task.trust.least_privilege", role.trust());
    golden.letter("streaming_task.policy.least_privilege", policy(&role));

    let bucket = Bucket::new(DESTINATION_BUCKET).with_prefix(DESTINATION_PREFIX);
    let delivering = streaming().with_destination_bucket(bucket.clone());
    golden.letter(
        "streaming_task.policy.least_privilege.s3_destination",
        policy(&delivering.task_role().unwrap()),
    );

    let full = streaming()
        .with_pipeline_key(KEY_1)
        .with_destination_bucket(bucket.with_key(KEY_2));
    golden.letter(
        "streaming_task.policy.least_privilege.full",
        policy(&full.task_role().unwrap()),
    );

    let role = streaming().execution_role().unwrap();
    golden.letter("streaming_execution.trust.least_privilege", role.trust());
    golden.letter("streaming_execution.policy.least_privilege", policy(&role));

    let under_key = streaming().with_credentials_key(KEY_1);
    golden.letter(
        "streaming_execution.policy.least_privilege.cmk",
        policy(&under_key.execution_role().unwrap()),
    );

    let full = under_key.with_logs().with_ecr_repository(REPOSITORY);
    golden.letter(
        "streaming_execution.policy.least_privilege.full",
        policy(&full.execution_role().unwrap()),
    );
}

fn other_trusts_and_partitions(golden: &mut Golden) {
    let role = hybrid().task_role_on_eks(&service_account()).unwrap();
    golden.letter("hybrid_eks.trust.least_privilege", role.trust());
    let role = hybrid().task_role_on_eks(&EksTrust::PodIdentity).unwrap();
    golden.letter("hybrid_eks_pod_identity.trust.least_privilege", role.trust());

    for (partition, region) in [("aws-us-gov", "us-gov-west-1"), ("aws-cn", "cn-north-1")] {
        let role = hybrid_in(Region::from_static(region))
            .with_pipeline_secrets(PIPELINE_SECRETS)
            .with_staging_bucket(Bucket::new(STAGING_BUCKET))
            .task_role()
            .unwrap();
        golden.letter(&format!("hybrid_task.trust.least_privilege.{partition}"), role.trust());
        golden.letter(
            &format!("hybrid_task.policy.least_privilege.{partition}.staging"),
            policy(&role),
        );
    }
}
