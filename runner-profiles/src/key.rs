//! Customer managed keys, and the services through which they may be used.

use policy_core::names::{KmsKeyArn, KmsKeyId};

use crate::identifies::identified;

/// A customer managed key of KMS: given by its ARN, or by its ID in the runner's Region and account.
///
/// An alias is rejected. As a resource it matches the alias itself and never the key that it refers to, and AWS accepts
/// such a policy.
/// Source: <https://docs.aws.amazon.com/kms/latest/developerguide/cmks-in-iam-policies.html>
///
/// ```
/// use runner_profiles::KmsKey;
///
/// let by_id: KmsKey = "1234abcd-12ab-34cd-56ef-1234567890ab".parse()?;
/// let by_arn: KmsKey = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab".parse()?;
/// assert!(matches!((by_id, by_arn), (KmsKey::Id(_), KmsKey::Arn(_))));
/// assert!("alias/secrets".parse::<KmsKey>().unwrap_err().to_string().contains("it is an alias"));
/// # Ok::<(), runner_profiles::policy_core::names::NameError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum KmsKey {
    /// The key of this ID in the runner's Region and account.
    Id(KmsKeyId),
    /// The key of this ARN, which may be in another Region or account.
    Arn(KmsKeyArn),
}

identified!(KmsKey: Id(KmsKeyId) or Arn(KmsKeyArn));
