//! The kind of a policy as a word, a path and an alias; and a constant where its owned form is asked for.

mod own {
    pub mod kinds {
        pub use policy_core::policy::TrustPolicy;
    }
    pub type TaskPolicy = policy_core::policy::IdentityPolicy;
}

use policy_core::policy::{ConstPolicy, IdentityPolicy, TrustPolicy};
use policy_macros::policy;

policy! {
    pub const LIST: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*" }
    };
}

policy! {
    pub const BY_PATH: own::kinds::TrustPolicy = {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Principal": { "Service": "ecs-tasks.amazonaws.com" }, "Action": "sts:AssumeRole" }
    };
}

policy! {
    #[policy(kind = IdentityPolicy)]
    pub const BY_ALIAS: own::TaskPolicy = {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*" }
    };
}

policy! {
    #[policy(kind = IdentityPolicy)]
    pub struct Listing: own::TaskPolicy { bucket: policy_core::names::BucketName }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::<bucket>" }
    }
}

policy! {
    struct Rooted: ::policy_core::policy::IdentityPolicy { bucket: policy_core::names::BucketName }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::<bucket>" }
    }
}

// A constant in other constants and in a static.
const JSON: &str = LIST.json();
const BOTH: [ConstPolicy<policy_core::policy::kind::Identity>; 2] = [LIST, BY_ALIAS];
static SHARED: ConstPolicy<policy_core::policy::kind::Trust> = BY_PATH;

fn length(policy: &IdentityPolicy) -> usize {
    policy.to_json().len()
}

fn trusted(policy: &TrustPolicy) -> bool {
    policy.to_json().contains("ecs-tasks.amazonaws.com")
}

fn main() {
    // A function that takes the type that the header names takes the constant.
    assert_eq!(length(&LIST), JSON.len());
    assert_eq!(length(&BY_ALIAS), length(&BOTH[0]));
    assert!(trusted(&BY_PATH) && trusted(&SHARED));
    let inline = policy!(policy_core::policy::IdentityPolicy {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*" }
    });
    assert_eq!(length(&inline), length(&LIST));
    let bucket = policy_core::names::BucketName::from_static("exports-111122223333");
    let listing: own::TaskPolicy = Listing { bucket: bucket.clone() }.to_policy();
    assert_eq!(listing, Rooted { bucket }.to_policy());
    let owned: IdentityPolicy = LIST.into();
    assert_eq!(&owned, LIST.as_ref());
}
