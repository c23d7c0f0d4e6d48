//! Trust policies.
//!
//! Source of the conditions: <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html> and
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html>

use policy_core::names::{
    AccountId, EksClusterArn, KubernetesNamespace, KubernetesServiceAccount, OidcIssuer, Partition, Region,
    ServicePrincipal,
};
use policy_core::policy::{Comparison, ReadError, TrustPolicy};
use policy_macros::policy;

/// The trust policy, limited to requests on behalf of an account.
pub(crate) fn of_account(trust: TrustPolicy, account_id: &AccountId) -> Result<TrustPolicy, ReadError> {
    trust.map(|statement| statement.condition(Comparison::StringEquals, "aws:SourceAccount", [account_id]))
}

/// The trust policy, limited to requests of ECS in a Region on behalf of an account.
pub(crate) fn of_region(trust: TrustPolicy, region: &Region, account_id: &AccountId) -> Result<TrustPolicy, ReadError> {
    let arn = format!("arn:{}:ecs:{region}:{account_id}:*", region.partition());
    let of_region = trust.map(|statement| statement.condition(Comparison::ArnLike, "aws:SourceArn", [&arn]))?;
    of_account(of_region, account_id)
}

/// The trust policy of a role for Pod Identity, limited to pods of a cluster.
pub(crate) fn of_cluster(trust: TrustPolicy, cluster: &EksClusterArn) -> Result<TrustPolicy, ReadError> {
    trust.map(|statement| statement.condition(Comparison::StringEquals, "aws:RequestTag/eks-cluster-arn", [cluster]))
}

policy! {
    /// Of the task role.
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
    /// Of the task execution role.
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
