//! A hole for the Region in a service principal.

use policy_core::names::{AccountId, KmsKeyArn, Region, ResourceName, RoleArn};
use policy_macros::policy;

policy! {
    pub struct Via: IdentityPolicy { key: KmsKeyArn, region: AccountId }
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": "kms:Decrypt",
            "Resource": "<key>",
            "Condition": { "StringEquals": { "kms:ViaService": "s3.<region>.amazonaws.com" } }
        }
    }
}

policy! {
    pub struct Passed: IdentityPolicy { role: RoleArn, place: ResourceName }
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": "iam:PassRole",
            "Resource": "<role>",
            "Condition": { "StringEquals": { "iam:PassedToService": "states.<place>.amazonaws.com" } }
        }
    }
}

policy! {
    pub struct Trust: TrustPolicy { account_id: AccountId }
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Principal": { "Service": "logs.<account-id>.amazonaws.com" },
            "Action": "sts:AssumeRole"
        }
    }
}

policy! {
    pub struct Unchecked: TrustPolicy { region: String }
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Principal": { "Service": "logs.<region>.amazonaws.com" },
            "Action": "sts:AssumeRole"
        }
    }
}

policy! {
    pub struct Undeclared: TrustPolicy {}
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Principal": { "Service": "logs.<home>.amazonaws.com" },
            "Action": "sts:AssumeRole"
        }
    }
}

policy! {
    pub struct Right: TrustPolicy { region: Region }
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Principal": { "Service": "logs.<region>.amazonaws.com" },
            "Action": "sts:AssumeRole"
        }
    }
}

fn main() {}
