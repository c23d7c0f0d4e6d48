//! The objects of an access point are behind `/object/`, and its name has no slash.

use policy_core::names::{AccessPointArn, BucketArn};
use policy_macros::policy;

policy! {
    pub struct Objects: IdentityPolicy { bucket: BucketArn, point: AccessPointArn }
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": ["s3:GetObject", "s3:PutObject"],
            "Resource": ["<bucket>/*", "<point>/object/in/*", "<point>/in/*"]
        }
    }
}

policy! {
    pub struct Undeclared: IdentityPolicy {}
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "<extra>/in/*" }
    }
}

policy! {
    pub const LITERAL: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": "s3:GetObject",
            "Resource": "arn:aws:s3:eu-west-1:111122223333:accesspoint/analytics/objects/*"
        }
    };
}

const POINT: AccessPointArn = AccessPointArn::from_static("arn:aws:s3:eu-west-1:111122223333:accesspoint/analytics/in");

fn main() {}
