//! Customer managed keys.
//!
//! `kms:ViaService` limits a key to requests through one service: without it the role could decrypt anything that is
//! encrypted under the key. If the name of a service in the condition is not certain, there is a policy for each
//! possibility. Source:
//! <https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service>

use policy_core::names::{KmsKeyArn, Region};
use policy_core::policy::{IdentityPolicy, NonEmpty};
use policy_macros::policy;

use crate::ViaServiceSuffix;

/// How `kms:ViaService` names a service.
pub struct Via {
    pub(crate) suffix: ViaServiceSuffix,
    /// Of the keys: a service uses keys of its own Region.
    pub(crate) regions: NonEmpty<Region>,
    /// Of the runner: it decides the suffix of the partition.
    pub(crate) region: Region,
}

/// Functions that make a policy on keys: each has its `Sid`, its actions, and the service with either suffix.
macro_rules! on_keys {
    ($($(#[doc = $doc:literal])+ $name:ident { $sid:tt, $actions:tt, $commercial:tt, $of_partition:tt $(,)? })+) => {$(
        $(#[doc = $doc])+
        pub(crate) fn $name(key_arns: NonEmpty<KmsKeyArn>, via: Via) -> IdentityPolicy {
            on_keys!(Commercial { regions: NonEmpty<Region> } $sid, $actions, $commercial);
            on_keys!(OfPartition { region: Region, regions: NonEmpty<Region> } $sid, $actions, $of_partition);
            on_keys!(
                Either { region: Region, regions: NonEmpty<Region> } $sid, $actions, [$commercial, $of_partition]
            );
            let Via { suffix, regions, region } = via;
            match suffix {
                ViaServiceSuffix::AmazonawsCom => Commercial { key_arns, regions }.to_policy(),
                ViaServiceSuffix::OfPartition => OfPartition { key_arns, region, regions }.to_policy(),
                ViaServiceSuffix::Both => Either { key_arns, region, regions }.to_policy(),
            }
        }
    )+};
    ($name:ident { $($field:ident: $kind:ty),+ } $sid:tt, $actions:tt, $services:tt) => {
        policy! {
            struct $name: IdentityPolicy {
                key_arns: NonEmpty<KmsKeyArn>,
                $($field: $kind,)+
            }
            {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Sid": $sid,
                        "Effect": "Allow",
                        "Action": $actions,
                        "Resource": "<key-arns>",
                        "Condition": { "StringEquals": { "kms:ViaService": $services } }
                    }
                ]
            }
        }
    };
}

on_keys! {
    /// The keys of the secrets that pipelines read.
    pipeline_secrets {
        "DecryptPipelineSecrets",
        "kms:Decrypt",
        "secretsmanager.<regions>.amazonaws.com",
        "secretsmanager.<regions>.<dns-suffix>",
    }

    /// The keys of the credentials for Matillion's platform.
    platform_credentials {
        "DecryptPlatformCredentials",
        "kms:Decrypt",
        "secretsmanager.<regions>.amazonaws.com",
        "secretsmanager.<regions>.<dns-suffix>",
    }

    /// The keys of a Streaming runner's agent's credentials.
    agent_credentials {
        "DecryptAgentCredentials",
        "kms:Decrypt",
        "secretsmanager.<regions>.amazonaws.com",
        "secretsmanager.<regions>.<dns-suffix>",
    }

    /// The key of the staging bucket. S3 generates a data key to write, and decrypts it to read, and to write in parts.
    staging_bucket {
        "UseStagingKey",
        ["kms:Decrypt", "kms:GenerateDataKey"],
        "s3.<regions>.amazonaws.com",
        "s3.<regions>.<dns-suffix>",
    }

    /// The key of the destination of a Streaming runner, for the same.
    destination_bucket {
        "UseDestinationKey",
        ["kms:Decrypt", "kms:GenerateDataKey"],
        "s3.<regions>.amazonaws.com",
        "s3.<regions>.<dns-suffix>",
    }
}
