//! ARNs and names of other resources than the one that is meant.

use runner_profiles::policy_core::names::{BucketName, KmsKeyArn, QueueArn, SecretName};
use runner_profiles::{Bucket, Identifies, KmsKey, Secret};

fn key(key: impl Identifies<KmsKey>) -> KmsKey {
    key.identified()
}

fn main() {
    let _ = Bucket::new(QueueArn::from_static("arn:aws:sqs:eu-west-1:111122223333:orders"));
    let _ = key(BucketName::from_static("exports"));
    let _ = Identifies::<Secret>::identified(KmsKeyArn::from_static(
        "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    ));
    let _ = SecretName::from_static("db");
}
