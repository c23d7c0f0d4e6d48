//! Principals in holes, each below the key of others: one error, with the right key.

use policy_core::names::{AccountId, OidcProviderArn, QueueArn, RoleArn, ServicePrincipal};
use policy_macros::policy;

policy! {
    pub struct Below: TrustPolicy {
        role: RoleArn,
        service: ServicePrincipal,
        account: AccountId,
        provider: OidcProviderArn,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Principal": { "Service": "<role>" }, "Action": "sts:AssumeRole" },
            { "Effect": "Allow", "Principal": { "AWS": "<service>" }, "Action": "sts:AssumeRole" },
            { "Effect": "Allow", "Principal": { "Federated": "<account>" }, "Action": "sts:AssumeRole" },
            { "Effect": "Allow", "Principal": { "AWS": "<provider>" }, "Action": "sts:AssumeRoleWithWebIdentity",
              "Condition": { "StringEquals": { "gitlab.com:sub": "project_path:acme/site:ref_type:branch:ref:main" } } }
        ]
    }
}

policy! {
    pub const WRITTEN: TrustPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Principal": { "Federated": "lambda.amazonaws.com" }, "Action": "sts:AssumeRole" },
            { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:saml-provider/Okta" }, "Action": "sts:AssumeRole" }
        ]
    };
}

policy! {
    /// Of a type that no key has, the types of this key are told.
    pub struct OfNone: TrustPolicy { queue: QueueArn }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Principal": { "AWS": "<queue>" }, "Action": "sts:AssumeRole" }
    }
}

fn main() {}
