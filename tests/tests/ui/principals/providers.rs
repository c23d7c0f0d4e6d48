//! Identity providers in holes: which provider it is nobody knows when the policy is compiled.

use policy_core::names::{AccountId, OidcIssuer, OidcProviderArn, SamlProviderArn};
use policy_macros::policy;

policy! {
    /// The keys of any one provider are right.
    pub struct Pods: TrustPolicy { provider: OidcProviderArn }
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow", "Principal": { "Federated": "<provider>" }, "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": {
                "StringEquals": {
                    "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE:sub": "system:serviceaccount:prod:app"
                }
            }
        }
    }
}

policy! {
    pub struct Users: TrustPolicy { provider: SamlProviderArn }
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow", "Principal": { "Federated": "<provider>" }, "Action": "sts:AssumeRoleWithSAML",
            "Condition": { "StringEquals": { "SAML:aud": "https://signin.aws.amazon.com/saml" } }
        }
    }
}

policy! {
    pub struct AnyUser: TrustPolicy { provider: OidcProviderArn, account: AccountId, issuer: OidcIssuer }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Principal": { "Federated": "<provider>" }, "Action": "sts:AssumeRoleWithWebIdentity" },
            { "Effect": "Allow", "Principal": { "Federated": "arn:aws:iam::<account>:oidc-provider/<issuer>" },
              "Action": "sts:AssumeRoleWithWebIdentity" }
        ]
    }
}

policy! {
    pub struct Two: TrustPolicy { provider: OidcProviderArn }
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow", "Principal": { "Federated": "<provider>" }, "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": {
                "StringEquals": {
                    "gitlab.com:sub": "project_path:acme/site:ref_type:branch:ref:main",
                    "token.actions.githubusercontent.com:sub": "repo:acme/site:ref:refs/heads/main"
                }
            }
        }
    }
}

fn main() {}
