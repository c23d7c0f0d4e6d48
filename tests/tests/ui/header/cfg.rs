use policy_core::names::BucketName;
use policy_core::policy::NonEmpty;
use policy_macros::policy;

policy! {
    pub struct Buckets: IdentityPolicy {
        #[cfg(not(test))]
        bucket: BucketName,
        #[cfg(not(test))]
        others: NonEmpty<BucketName>,
    }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": ["arn:aws:s3:::<bucket>", "arn:aws:s3:::<others>"] }
    }
}

fn main() {}
