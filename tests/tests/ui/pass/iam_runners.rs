//! Whole policies of runners, as their consoles and vendors have them: none has a warning that stops the compile.

use policy_macros::policy;

policy! {
    pub const HYBRID_TASK: IdentityPolicy = {
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
                "Resource": [
                    "arn:aws:secretsmanager:eu-west-1:111122223333:secret:snowflake-password-a1B2c3",
                    "arn:aws:secretsmanager:eu-west-1:111122223333:secret:source-db-password-d4E5f6"
                ]
            },
            {
                "Sid": "DecryptPipelineSecrets",
                "Effect": "Allow",
                "Action": "kms:Decrypt",
                "Resource": "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
                "Condition": {
                    "StringEquals": {
                        "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com"
                    }
                }
            },
            {
                "Sid": "ListStagingBucket",
                "Effect": "Allow",
                "Action": "s3:ListBucket",
                "Resource": "arn:aws:s3:::maia-staging-111122223333"
            },
            {
                "Sid": "UseStagingObjects",
                "Effect": "Allow",
                "Action": [
                    "s3:DeleteObject",
                    "s3:GetObject",
                    "s3:PutObject"
                ],
                "Resource": "arn:aws:s3:::maia-staging-111122223333/stage/*"
            },
            {
                "Sid": "UseStagingKey",
                "Effect": "Allow",
                "Action": [
                    "kms:Decrypt",
                    "kms:GenerateDataKey"
                ],
                "Resource": "arn:aws:kms:eu-west-1:111122223333:key/0987dcba-09fe-87dc-65ba-ab0987654321",
                "Condition": {
                    "StringEquals": {
                        "kms:ViaService": "s3.eu-west-1.amazonaws.com"
                    }
                }
            }
        ]
    };
}

policy! {
    pub const HYBRID_EXECUTION: IdentityPolicy = {
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
    pub const HYBRID_EXECUTION_KEYS: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "ReadPlatformCredentials",
                "Effect": "Allow",
                "Action": "secretsmanager:GetSecretValue",
                "Resource": [
                    "arn:aws:secretsmanager:eu-west-1:111122223333:secret:matillion-oauth-credentials-g7H8i9",
                    "arn:aws:secretsmanager:eu-west-1:111122223333:secret:matillion-runner-keypair-j0K1l2"
                ]
            },
            {
                "Sid": "DecryptPlatformCredentials",
                "Effect": "Allow",
                "Action": "kms:Decrypt",
                "Resource": "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
                "Condition": {
                    "StringEquals": {
                        "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com"
                    }
                }
            },
            {
                "Sid": "WriteLogs",
                "Effect": "Allow",
                "Action": [
                    "logs:CreateLogStream",
                    "logs:PutLogEvents"
                ],
                "Resource": [
                    "arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/maia-prod-task:*",
                    "arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/maia-prod-script-runner-task:*"
                ]
            },
            {
                "Sid": "EcrLogin",
                "Effect": "Allow",
                "Action": "ecr:GetAuthorizationToken",
                "Resource": "*"
            },
            {
                "Sid": "PullImage",
                "Effect": "Allow",
                "Action": [
                    "ecr:BatchCheckLayerAvailability",
                    "ecr:BatchGetImage",
                    "ecr:GetDownloadUrlForLayer"
                ],
                "Resource": "arn:aws:ecr:eu-west-1:111122223333:repository/matillion/etl-agent"
            }
        ]
    };
}

policy! {
    pub const STREAMING_TASK: IdentityPolicy = {
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
                "Resource": [
                    "arn:aws:secretsmanager:eu-west-1:111122223333:secret:snowflake-private-key-s9T0u1",
                    "arn:aws:secretsmanager:eu-west-1:111122223333:secret:snowflake-passphrase-v2W3x4"
                ]
            },
            {
                "Sid": "DecryptPipelineSecrets",
                "Effect": "Allow",
                "Action": "kms:Decrypt",
                "Resource": "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
                "Condition": {
                    "StringEquals": {
                        "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com"
                    }
                }
            },
            {
                "Sid": "ListDestinationBucket",
                "Effect": "Allow",
                "Action": "s3:ListBucket",
                "Resource": "arn:aws:s3:::maia-streaming-111122223333"
            },
            {
                "Sid": "UseDestinationObjects",
                "Effect": "Allow",
                "Action": [
                    "s3:DeleteObject",
                    "s3:GetObject",
                    "s3:PutObject"
                ],
                "Resource": "arn:aws:s3:::maia-streaming-111122223333/cdc/*"
            },
            {
                "Sid": "UseDestinationKey",
                "Effect": "Allow",
                "Action": [
                    "kms:Decrypt",
                    "kms:GenerateDataKey"
                ],
                "Resource": "arn:aws:kms:eu-west-1:111122223333:key/0987dcba-09fe-87dc-65ba-ab0987654321",
                "Condition": {
                    "StringEquals": {
                        "kms:ViaService": "s3.eu-west-1.amazonaws.com"
                    }
                }
            }
        ]
    };
}

policy! {
    pub const EKS_TRUST: TrustPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "EksServiceAccountAssumeRole",
                "Effect": "Allow",
                "Principal": {
                    "Federated": "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"
                },
                "Action": "sts:AssumeRoleWithWebIdentity",
                "Condition": {
                    "StringEquals": {
                        "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE:aud": "sts.amazonaws.com",
                        "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE:sub": "system:serviceaccount:matillion:matillion-runner-sa"
                    }
                }
            }
        ]
    };
}

policy! {
    pub const CHINA_TRUST: TrustPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "EcsTasksAssumeTaskRole",
                "Effect": "Allow",
                "Principal": {
                    "Service": "ecs-tasks.amazonaws.com"
                },
                "Action": "sts:AssumeRole",
                "Condition": {
                    "ArnLike": {
                        "aws:SourceArn": "arn:aws-cn:ecs:cn-north-1:111122223333:*"
                    },
                    "StringEquals": {
                        "aws:SourceAccount": "111122223333"
                    }
                }
            }
        ]
    };
}

fn main() {
    assert!(HYBRID_TASK.json().starts_with("{\"Version\""));
    assert!(HYBRID_EXECUTION.json().starts_with("{\"Version\""));
    assert!(HYBRID_EXECUTION_KEYS.json().starts_with("{\"Version\""));
    assert!(STREAMING_TASK.json().starts_with("{\"Version\""));
    assert!(EKS_TRUST.json().starts_with("{\"Version\""));
    assert!(CHINA_TRUST.json().starts_with("{\"Version\""));
}
