//! ARN formats that are copied from AWS's service authorization reference.

use policy_macros::policy;

policy! {
    pub const IDENTITY: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:${Partition}:sqs:${Region}:${Account}:${QueueName}" },
            { "Effect": "Allow", "Action": "sns:Publish", "Resource": "arn:aws:sns:${Region}:${Account}:${TopicName}" }
        ]
    };
}

policy! {
    pub const TRUST: TrustPolicy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Principal": { "AWS": "arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}" },
            "Action": "sts:AssumeRole"
        }
    };
}

policy! {
    pub const BUCKET: ResourcePolicy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "s3:GetObject",
            "Resource": "arn:${Partition}:s3:::${BucketName}/${ObjectName}"
        }
    };
}

fn main() {}
