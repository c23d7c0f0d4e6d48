//! Items and fields that are there only under a `#[cfg]`.
#![allow(unexpected_cfgs)]

use policy_core::names::{AccountId, BucketName, Region};
use policy_macros::policy;

policy! {
    /// Not there: no code of it is, nor is it judged.
    #[cfg(feature = "absent")]
    #[derive(Clone)]
    pub struct Absent: IdentityPolicy { queue: NoSuchType }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "sqs:SendMessages", "Resource": "arn:aws:sqs:eu-west-1:111122223333:<queue>" }
    }
}

policy! {
    #[cfg(feature = "absent")]
    pub const ABSENT: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "sqs:SendMessages", "Resource": "*" }
    };
}

policy! {
    #[cfg(not(feature = "absent"))]
    pub struct Present: IdentityPolicy {
        region: Region,
        account_id: AccountId,
        #[cfg(not(feature = "absent"))]
        present: Option<BucketName>,
        /// What the bucket of another feature is called.
        #[cfg(feature = "absent")]
        #[cfg(not(feature = "other"))]
        absent: Option<BucketName>,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:<partition>:sqs:<region>:<account-id>:orders" },
            { "Effect": "Allow", "Action": "s3:GetObject", "Resource": ["arn:<partition>:s3:::<present>/*", "arn:<partition>:s3:::<absent>/*"] }
        ]
    }
}

#[cfg(feature = "absent")]
pub struct ABSENT;

fn main() {
    let present = Present {
        region: Region::from_static("eu-west-1"),
        account_id: AccountId::from_static("111122223333"),
        present: Some(BucketName::from_static("exports-111122223333")),
    };
    let json = present.to_json();
    assert!(json.contains(r#""Resource":["arn:aws:s3:::exports-111122223333/*"]"#), "{json}");
}
