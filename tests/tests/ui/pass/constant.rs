//! A policy without holes is a constant, and nothing is left of it for run time.

use policy_core::policy::{ConstPolicy, TrustPolicy, kind};
use policy_macros::policy;

policy! {
    /// Tasks on ECS.
    pub const ECS_TRUST: TrustPolicy = {
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow",
            "Principal": { "Service": "ecs-tasks.amazonaws.com" },
            "Action": "sts:AssumeRole"
        }]
    };
}

const SAME: &str = ECS_TRUST.json();

const INLINE: ConstPolicy<kind::Identity> = policy!(IdentityPolicy {
    "Version": "2012-10-17",
    "Statement": { "Effect": "Allow", "Action": [s3:GetObject, s3:Get*, s3:Put?bject, "s3:PutObject"], "Resource": "*" }
});

fn main() {
    assert_eq!(
        SAME,
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#
    );
    let owned: TrustPolicy = ECS_TRUST.into();
    assert_eq!(owned.to_json(), SAME);
    assert_eq!(
        INLINE.json(),
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["s3:GetObject","s3:Get*","s3:Put?bject","s3:PutObject"],"Resource":"*"}}"#
    );
}
