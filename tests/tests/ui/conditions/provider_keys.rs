//! Condition keys of identity providers for claims that IAM does not have.

use policy_core::names::{AccountId, OidcIssuer};
use policy_macros::policy;

policy! {
    pub const POD: TrustPolicy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Principal": {
                "Federated": "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"
            },
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": {
                "StringEquals": {
                    "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE:subject": "system:serviceaccount:prod:app"
                }
            }
        }
    };
}

policy! {
    pub const WORKFLOW: TrustPolicy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Principal": { "Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" },
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": {
                "StringEquals": {
                    "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
                    "token.actions.githubusercontent.com:sub": "repo:acme/site:ref:refs/heads/main",
                    "token.actions.githubusercontent.com:repositry": "acme/site"
                }
            }
        }
    };
}

policy! {
    pub struct AnyIssuer: TrustPolicy { account: AccountId, issuer: OidcIssuer }
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Principal": { "Federated": "arn:aws:iam::<account>:oidc-provider/<issuer>" },
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": {
                "StringEquals": { "<issuer>:sub": "a", "<issuer>:repository": "acme/site", "<issuer>:groups": "admins" }
            }
        }
    }
}

fn main() {}
