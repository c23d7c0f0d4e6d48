//! What a resource policy is attached to.

use policy_macros::policy;

policy! {
    #[attached_to("AWS::S3::Bucket")]
    pub const BUCKET: ResourcePolicy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow", "Principal": { "AWS": "111122223333" },
            "Action": ["s3:GetObject", "sqs:SendMessage"],
            "Resource": ["arn:aws:s3:::amzn-s3-demo-bucket/*", "arn:aws:sqs:eu-west-1:111122223333:exports"]
        }
    };
}

policy! {
    #[attached_to("AWS::S3::Buckett")]
    #[attached_to("AWS::Frobnicator::Wheel")]
    #[attached_to(AWS::S3::Bucket)]
    #[attached_to]
    #[attached_to("AWS::S3::Bucket", "AWS::DynamoDB::Table")]
    #[attached_to("AWS::S3::AccessPoint")]
    #[attached_to("AWS::S3::AccessPoint")]
    pub const MALFORMED: ResourcePolicy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Deny", "Principal": "*", "Action": "s3:PutObject",
            "Resource": "arn:aws:s3:eu-west-1:111122223333:accesspoint/exports/object/*"
        }
    };
}

policy! {
    #[attached_to("AWS::S3::Bucket")]
    pub const NO_RESOURCE: TrustPolicy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow", "Principal": { "Service": "ecs-tasks.amazonaws.com" }, "Action": "sts:AssumeRole"
        }
    };
}

fn main() {}
