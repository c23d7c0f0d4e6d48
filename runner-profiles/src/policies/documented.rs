//! The policies of Matillion's two pages, to the letter: their shapes, their order of keys, their mistakes.
//!
//! Only the pages' own placeholders are holes. Their secrets are written with the partition `aws`; here the whole
//! ARN is filled in, so that its partition is the secret's. The Streaming page's example also has a stray `>` and a blank
//! line in its list, which are not part of the policy.

use policy_core::names::{KmsKeyArn, SecretArn};
use policy_core::policy::NonEmpty;
use policy_macros::policy;

policy! {
    /// Both pages: the trust policy of the task role.
    pub(crate) const TASK_TRUST: TrustPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {
                    "Service": [
                        "ecs-tasks.amazonaws.com",
                        "ec2.amazonaws.com"
                    ]
                },
                "Action": "sts:AssumeRole"
            }
        ]
    };
}

policy! {
    /// The Hybrid page: the permissions of the task role.
    pub(crate) struct HybridTask: IdentityPolicy {
        secret_arns: NonEmpty<SecretArn>,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
        {
            "Effect": "Allow",
            "Action": "secretsmanager:ListSecrets",
            "Resource": "*"
        },
        {
            "Effect": "Allow",
            "Action": "secretsmanager:GetSecretValue",
            "Resource": [
                "<secret-arns>"
            ]
        }
        ]
    }
}

policy! {
    /// The Hybrid page: the permissions of the task execution role.
    pub(crate) struct HybridExecution: IdentityPolicy {
        resource_scope: NonEmpty<SecretArn>,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": [
                    "secretsmanager:GetSecretValue"
                ],
                "Resource": "<resource-scope>"
            }
        ]
    }
}

policy! {
    /// Both pages: the permissions of the task execution role, for every secret.
    pub(crate) const EXECUTION_WITH_EVERY_SECRET: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": [
                    "secretsmanager:GetSecretValue"
                ],
                "Resource": "*"
            }
        ]
    };
}

policy! {
    /// The Hybrid page: the permissions of the task execution role with a customer managed key, for all resources.
    pub(crate) const HYBRID_EXECUTION_CMK_EVERYTHING: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": [
                    "secretsmanager:GetSecretValue",
                    "kms:Decrypt"
                ],
                "Resource": "*"
            }
        ]
    };
}

policy! {
    /// The same, for the secrets and the keys: a list of both kinds of ARN, which the page does not show, is the only
    /// scope that works.
    pub(crate) struct HybridExecutionCmkSecretAndKey: IdentityPolicy {
        secret_arns: NonEmpty<SecretArn>,
        key_arns: NonEmpty<KmsKeyArn>,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": [
                    "secretsmanager:GetSecretValue",
                    "kms:Decrypt"
                ],
                "Resource": [
                    "<secret-arns>",
                    "<key-arns>"
                ]
            }
        ]
    }
}

policy! {
    /// The same, for the secrets alone.
    #[allow_finding(
        ACTION_FITS_NO_RESOURCE, "kms:Decrypt",
        reason = "the page's own filling: made only when asked for by a name that says it never works"
    )]
    pub(crate) struct HybridExecutionCmkSecretOnly: IdentityPolicy {
        resource_scope: NonEmpty<SecretArn>,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": [
                    "secretsmanager:GetSecretValue",
                    "kms:Decrypt"
                ],
                "Resource": "<resource-scope>"
            }
        ]
    }
}

policy! {
    /// The same, for the keys alone: the example in the page's note.
    #[allow_finding(
        ACTION_FITS_NO_RESOURCE, "secretsmanager:GetSecretValue",
        reason = "the page's own filling: made only when asked for by a name that says it never works"
    )]
    pub(crate) struct HybridExecutionCmkKeysOnly: IdentityPolicy {
        resource_scope: NonEmpty<KmsKeyArn>,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": [
                    "secretsmanager:GetSecretValue",
                    "kms:Decrypt"
                ],
                "Resource": "<resource-scope>"
            }
        ]
    }
}

policy! {
    /// The Streaming page: the permissions of the task role.
    pub(crate) const STREAMING_TASK: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Action": [
                    "secretsmanager:GetSecretValue",
                    "secretsmanager:ListSecrets"
                ],
                "Effect": "Allow",
                "Resource": "*"
            },
            {
                "Action": [
                    "s3:ListBucket",
                    "s3:GetObject",
                    "s3:PutObject",
                    "s3:DeleteObject"
                ],
                "Effect": "Allow",
                "Resource": "*"
            }
        ]
    };
}

policy! {
    /// The Streaming page: the permissions of the task execution role.
    pub(crate) struct StreamingExecution: IdentityPolicy {
        secret_arns: NonEmpty<SecretArn>,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": [
                    "secretsmanager:GetSecretValue"
                ],
                "Resource": [
                    "<secret-arns>"
                ]
            }
        ]
    }
}
