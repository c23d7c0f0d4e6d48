//! Secrets, and the customer managed keys that they are encrypted under.
//!
//! `kms:ViaService` limits a key to what comes through Secrets Manager: without it the role could decrypt anything that is
//! encrypted under the key.
//! Source: <https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service>

use policy_core::names::{KmsKeyArn, NonEmpty, SecretArn, ServicePrincipal};
use policy_macros::policy;

policy! {
    /// What pipelines read. `ListSecrets` is a list-type action: it takes no resource but `*`.
    pub(crate) struct PipelineSecrets: IdentityPolicy {
        secret_arns: Option<NonEmpty<SecretArn>>,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "ListSecretNames",
                "Effect": "Allow",
                "Action": "secretsmanager:ListSecrets",
                "Resource": "*"
            },
            {
                "Sid": "ReadPipelineSecrets",
                "Effect": "Allow",
                "Action": "secretsmanager:GetSecretValue",
                "Resource": "<secret-arns>"
            }
        ]
    }
}

policy! {
    /// Keys of the secrets that pipelines read.
    pub(crate) struct PipelineKeys: IdentityPolicy {
        key_arns: NonEmpty<KmsKeyArn>,
        via_services: NonEmpty<ServicePrincipal>,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "DecryptPipelineSecrets",
                "Effect": "Allow",
                "Action": "kms:Decrypt",
                "Resource": "<key-arns>",
                "Condition": { "StringEquals": { "kms:ViaService": "<via-services>" } }
            }
        ]
    }
}

policy! {
    /// What ECS injects into a Hybrid runner: the credentials for Matillion's platform.
    pub(crate) struct PlatformSecrets: IdentityPolicy {
        secret_arns: NonEmpty<SecretArn>,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "ReadPlatformCredentials",
                "Effect": "Allow",
                "Action": "secretsmanager:GetSecretValue",
                "Resource": "<secret-arns>"
            }
        ]
    }
}

policy! {
    /// Keys of the credentials for Matillion's platform.
    pub(crate) struct PlatformKeys: IdentityPolicy {
        key_arns: NonEmpty<KmsKeyArn>,
        via_services: NonEmpty<ServicePrincipal>,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "DecryptPlatformCredentials",
                "Effect": "Allow",
                "Action": "kms:Decrypt",
                "Resource": "<key-arns>",
                "Condition": { "StringEquals": { "kms:ViaService": "<via-services>" } }
            }
        ]
    }
}

policy! {
    /// What ECS injects into a Streaming runner: the agent's credentials.
    pub(crate) struct AgentSecrets: IdentityPolicy {
        secret_arns: NonEmpty<SecretArn>,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "ReadAgentCredentials",
                "Effect": "Allow",
                "Action": "secretsmanager:GetSecretValue",
                "Resource": "<secret-arns>"
            }
        ]
    }
}

policy! {
    /// Keys of the agent's credentials.
    pub(crate) struct AgentKeys: IdentityPolicy {
        key_arns: NonEmpty<KmsKeyArn>,
        via_services: NonEmpty<ServicePrincipal>,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "DecryptAgentCredentials",
                "Effect": "Allow",
                "Action": "kms:Decrypt",
                "Resource": "<key-arns>",
                "Condition": { "StringEquals": { "kms:ViaService": "<via-services>" } }
            }
        ]
    }
}
