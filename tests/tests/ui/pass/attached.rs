//! What a resource policy is attached to: the policy of a VPC endpoint lets anyone pass, to whatever service.

use policy_core::names::OrganizationId;
use policy_macros::policy;

policy! {
    /// What AWS attaches itself: <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html>
    #[attached_to("AWS::EC2::VPCEndpoint")]
    pub const DEFAULT: ResourcePolicy = {
        "Statement": [{ "Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*" }]
    };
}

policy! {
    #[attached_to("AWS::EC2::VPCEndpoint")]
    pub struct Endpoint: ResourcePolicy {
        organization: OrganizationId,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow", "Principal": "*", "Action": ["s3:GetObject", "dynamodb:GetItem"], "Resource": "*",
                "Condition": { "StringEquals": { "aws:ResourceOrgID": "<organization>" } }
            },
            {
                "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
                "Resource": "arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/*"
            }
        ]
    }
}

policy! {
    #[attached_to("AWS::S3::Bucket",)]
    pub const BUCKET: ResourcePolicy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "s3:GetObject",
            "Resource": "arn:aws:s3:::amzn-s3-demo-bucket/*"
        }
    };
}

fn main() {
    let endpoint = Endpoint { organization: OrganizationId::from_static("o-a1b2c3d4e5") };
    assert!(endpoint.to_json().contains("o-a1b2c3d4e5"));
    let inline = policy!(#[attached_to("AWS::EC2::VPCEndpoint")] ResourcePolicy {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*" }
    });
    assert!(inline.json().contains("s3:GetObject"));
    assert!(DEFAULT.json().len() < BUCKET.json().len());
}
