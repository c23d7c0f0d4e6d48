//! The kinds of runner as types, and the differences between them.

use policy_core::names::{BucketArn, KmsKeyArn, SecretArn};
use policy_core::policy::{IdentityPolicy, NonEmpty};

use crate::policies::bucket::{ListDestination, ListStaging, UseAndEmptyStaging, UseDestination, UseStaging};
use crate::policies::keys::{self, Via};
use crate::policies::secrets::{AgentSecrets, PlatformSecrets};
use crate::{HybridScope, StreamingScope};

/// A Hybrid runner as a type: [`Hybrid`](crate::Hybrid) is a `Runner<kind::Hybrid>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hybrid {}

/// A Streaming runner as a type: [`Streaming`](crate::Streaming) is a `Runner<kind::Streaming>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Streaming {}

/// The differences between the kinds of runner. Sealed.
pub trait Kind: sealed::Sealed {
    /// The resource in the page's policy of the task execution role.
    type Scope: Copy;
}

pub(crate) mod sealed {
    use super::{BucketArn, IdentityPolicy, KmsKeyArn, NonEmpty, SecretArn, Via};

    /// The policies that a runner of this kind has under `Sid`s of its own.
    pub trait Sealed {
        /// Of the task execution role: the runner's credentials.
        fn credentials(secret_arns: NonEmpty<SecretArn>) -> IdentityPolicy;

        /// Of the task execution role: the keys that these are encrypted under.
        fn credential_keys(key_arns: NonEmpty<KmsKeyArn>, via: Via) -> IdentityPolicy;

        /// Of the task role: listing its bucket.
        fn listing(bucket: BucketArn) -> IdentityPolicy;

        /// Of the task role: the objects of its bucket.
        fn objects(bucket: BucketArn, deletion: bool) -> IdentityPolicy;

        /// Of the task role: the key that these are encrypted under.
        fn bucket_key(key_arns: NonEmpty<KmsKeyArn>, via: Via) -> IdentityPolicy;
    }
}

impl Kind for Hybrid {
    type Scope = HybridScope;
}

impl Kind for Streaming {
    type Scope = StreamingScope;
}

impl sealed::Sealed for Hybrid {
    fn credentials(secret_arns: NonEmpty<SecretArn>) -> IdentityPolicy {
        PlatformSecrets { secret_arns }.to_policy()
    }

    fn credential_keys(key_arns: NonEmpty<KmsKeyArn>, via: Via) -> IdentityPolicy {
        keys::platform_credentials(key_arns, via)
    }

    fn listing(bucket: BucketArn) -> IdentityPolicy {
        ListStaging { bucket }.to_policy()
    }

    fn objects(bucket: BucketArn, deletion: bool) -> IdentityPolicy {
        if deletion {
            UseAndEmptyStaging { bucket }.to_policy()
        } else {
            UseStaging { bucket }.to_policy()
        }
    }

    fn bucket_key(key_arns: NonEmpty<KmsKeyArn>, via: Via) -> IdentityPolicy {
        keys::staging_bucket(key_arns, via)
    }
}

impl sealed::Sealed for Streaming {
    fn credentials(secret_arns: NonEmpty<SecretArn>) -> IdentityPolicy {
        AgentSecrets { secret_arns }.to_policy()
    }

    fn credential_keys(key_arns: NonEmpty<KmsKeyArn>, via: Via) -> IdentityPolicy {
        keys::agent_credentials(key_arns, via)
    }

    fn listing(bucket: BucketArn) -> IdentityPolicy {
        ListDestination { bucket }.to_policy()
    }

    fn objects(bucket: BucketArn, _deletion: bool) -> IdentityPolicy {
        UseDestination { bucket }.to_policy()
    }

    fn bucket_key(key_arns: NonEmpty<KmsKeyArn>, via: Via) -> IdentityPolicy {
        keys::destination_bucket(key_arns, via)
    }
}
