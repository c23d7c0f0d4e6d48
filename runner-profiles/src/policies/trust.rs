//! Trust policies.
//!
//! Source of the conditions: <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html> and
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html>

use policy_core::names::{
    AccountId, EksClusterArn, KubernetesNamespace, KubernetesServiceAccount, OidcIssuer, Partition, Region,
    ServicePrincipal,
};
use policy_core::policy::TrustPolicy;
use policy_macros::policy;

use crate::SourceConditions;

/// Functions that make the trust policy of a role that ECS assumes, with the chosen conditions: each has its `Sid`.
macro_rules! ecs_tasks {
    ($($(#[doc = $doc:literal])+ $name:ident { $sid:tt })+) => {$(
        $(#[doc = $doc])+
        pub(crate) fn $name(region: Region, account_id: AccountId, source: SourceConditions) -> TrustPolicy {
            policy! {
                const ANY: TrustPolicy = {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Sid": $sid,
                            "Effect": "Allow",
                            "Principal": { "Service": "ecs-tasks.amazonaws.com" },
                            "Action": "sts:AssumeRole"
                        }
                    ]
                };
            }
            policy! {
                struct OfAccount: TrustPolicy {
                    account_id: AccountId,
                }
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Sid": $sid,
                            "Effect": "Allow",
                            "Principal": { "Service": "ecs-tasks.amazonaws.com" },
                            "Action": "sts:AssumeRole",
                            "Condition": { "StringEquals": { "aws:SourceAccount": "<account-id>" } }
                        }
                    ]
                }
            }
            policy! {
                struct OfRegion: TrustPolicy {
                    region: Region,
                    account_id: AccountId,
                }
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Sid": $sid,
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
            match source {
                SourceConditions::None => ANY.to_policy(),
                SourceConditions::Account => OfAccount { account_id }.to_policy(),
                SourceConditions::AccountAndArn => OfRegion { region, account_id }.to_policy(),
            }
        }
    )+};
}

ecs_tasks! {
    /// Of the task role.
    ecs_task { "EcsTasksAssumeTaskRole" }

    /// Of the task execution role.
    ecs_execution { "EcsTasksAssumeExecutionRole" }
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
    /// Pods whose service account is associated with the role, in a cluster.
    pub(crate) struct EksPodIdentityOfCluster: TrustPolicy {
        account_id: AccountId,
        cluster: EksClusterArn,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "EksPodIdentityAssumeRole",
                "Effect": "Allow",
                "Principal": { "Service": "pods.eks.amazonaws.com" },
                "Action": ["sts:AssumeRole", "sts:TagSession"],
                "Condition": {
                    "StringEquals": {
                        "aws:SourceAccount": "<account-id>",
                        "aws:RequestTag/eks-cluster-arn": "<cluster>"
                    }
                }
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
