use policy_core::names::{AccountId, BucketName};
use policy_core::policy::NonEmpty;
use policy_macros::policy;

policy! {
    pub struct InDeny: IdentityPolicy {
        bucket: Option<BucketName>,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Deny", "Action": "s3:DeleteBucket", "Resource": "arn:aws:s3:::<bucket>" },
            { "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*" }
        ]
    }
}

policy! {
    pub struct InNotResource: IdentityPolicy {
        bucket: Option<BucketName>,
    }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "s3:ListBucket", "NotResource": "arn:aws:s3:::<bucket>" }
    }
}

policy! {
    pub struct InCondition: IdentityPolicy {
        account_id: Option<AccountId>,
    }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*",
            "Condition": { "StringEquals": { "aws:ResourceAccount": "<account-id>" } } }
    }
}

policy! {
    pub struct Empty: IdentityPolicy {
        bucket: Option<BucketName>,
        others: Option<NonEmpty<BucketName>>,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::<bucket>" },
            { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::<others>" }
        ]
    }
}

policy! {
    pub struct TwoLists: IdentityPolicy {
        accounts: NonEmpty<AccountId>,
        buckets: NonEmpty<BucketName>,
    }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::<buckets>/<accounts>/*" }
    }
}

fn main() {}
