//! The secrets that a runner reads in Secrets Manager.

use policy_core::names::SecretArn;
use policy_core::policy::NonEmpty;
use policy_macros::policy;

policy! {
    /// The pipelines' secrets. `ListSecrets` is a list-type action: it does not support resource-level permissions.
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
    /// The secret that ECS injects into a Hybrid runner: the credentials for Matillion's platform.
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
    /// The secrets that ECS injects into a Streaming runner: the agent's credentials.
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
