//! Who takes on a role.
//!
//! Source of the conditions: <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html> and
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html>

use policy_core::names::{
    AccountId, KubernetesNamespace, KubernetesServiceAccount, OidcIssuer, Partition, Region, ServicePrincipal,
};
use policy_macros::policy;

policy! {
    /// The task role, for whatever runs on ECS.
    pub(crate) const ECS_TASK: TrustPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "EcsTasksAssumeTaskRole",
                "Effect": "Allow",
                "Principal": { "Service": "ecs-tasks.amazonaws.com" },
                "Action": "sts:AssumeRole"
            }
        ]
    };
}

policy! {
    /// The task role, for what runs on ECS in an account.
    pub(crate) struct EcsTaskOfAccount: TrustPolicy {
        account_id: AccountId,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "EcsTasksAssumeTaskRole",
                "Effect": "Allow",
                "Principal": { "Service": "ecs-tasks.amazonaws.com" },
                "Action": "sts:AssumeRole",
                "Condition": { "StringEquals": { "aws:SourceAccount": "<account-id>" } }
            }
        ]
    }
}

policy! {
    /// The task role, for what runs on ECS in a region of an account.
    pub(crate) struct EcsTaskOfRegion: TrustPolicy {
        region: Region,
        account_id: AccountId,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "EcsTasksAssumeTaskRole",
                "Effect": "Allow",
                "Principal": { "Service": "ecs-tasks.amazonaws.com" },
                "Action": "sts:AssumeRole",
                "Condition": {
                    "ArnLike": { "aws:SourceArn": "arn:<partition>:ecs:<region>:<account-id>:*" },
                    "StringEquals": { "aws:SourceAccount": "<account-id>" }
                }
            }
        ]
    }
}

policy! {
    /// The task execution role, for whatever runs on ECS.
    pub(crate) const ECS_EXECUTION: TrustPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "EcsTasksAssumeExecutionRole",
                "Effect": "Allow",
                "Principal": { "Service": "ecs-tasks.amazonaws.com" },
                "Action": "sts:AssumeRole"
            }
        ]
    };
}

policy! {
    /// The task execution role, for what runs on ECS in an account.
    pub(crate) struct EcsExecutionOfAccount: TrustPolicy {
        account_id: AccountId,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "EcsTasksAssumeExecutionRole",
                "Effect": "Allow",
                "Principal": { "Service": "ecs-tasks.amazonaws.com" },
                "Action": "sts:AssumeRole",
                "Condition": { "StringEquals": { "aws:SourceAccount": "<account-id>" } }
            }
        ]
    }
}

policy! {
    /// The task execution role, for what runs on ECS in a region of an account.
    pub(crate) struct EcsExecutionOfRegion: TrustPolicy {
        region: Region,
        account_id: AccountId,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "EcsTasksAssumeExecutionRole",
                "Effect": "Allow",
                "Principal": { "Service": "ecs-tasks.amazonaws.com" },
                "Action": "sts:AssumeRole",
                "Condition": {
                    "ArnLike": { "aws:SourceArn": "arn:<partition>:ecs:<region>:<account-id>:*" },
                    "StringEquals": { "aws:SourceAccount": "<account-id>" }
                }
            }
        ]
    }
}

policy! {
    /// A service account of an EKS cluster, for which the cluster's OIDC provider vouches.
    pub(crate) struct EksServiceAccount: TrustPolicy {
        partition: Partition,
        account_id: AccountId,
        issuer: OidcIssuer,
        audience: ServicePrincipal,
        namespace: KubernetesNamespace,
        service_account: KubernetesServiceAccount,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "EksServiceAccountAssumeRole",
                "Effect": "Allow",
                "Principal": { "Federated": "arn:<partition>:iam::<account-id>:oidc-provider/<issuer>" },
                "Action": "sts:AssumeRoleWithWebIdentity",
                "Condition": {
                    "StringEquals": {
                        "<issuer>:aud": "<audience>",
                        "<issuer>:sub": "system:serviceaccount:<namespace>:<service-account>"
                    }
                }
            }
        ]
    }
}

policy! {
    /// Pods whose service account is associated with the role, in an account.
    pub(crate) struct EksPodIdentityOfAccount: TrustPolicy {
        account_id: AccountId,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "EksPodIdentityAssumeRole",
                "Effect": "Allow",
                "Principal": { "Service": "pods.eks.amazonaws.com" },
                "Action": ["sts:AssumeRole", "sts:TagSession"],
                "Condition": { "StringEquals": { "aws:SourceAccount": "<account-id>" } }
            }
        ]
    }
}

policy! {
    /// Pods whose service account is associated with the role.
    pub(crate) const EKS_POD_IDENTITY: TrustPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "EksPodIdentityAssumeRole",
                "Effect": "Allow",
                "Principal": { "Service": "pods.eks.amazonaws.com" },
                "Action": ["sts:AssumeRole", "sts:TagSession"]
            }
        ]
    };
}
