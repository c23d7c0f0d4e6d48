//! Values that their operator or their key cannot have.

use policy_macros::policy;

policy! {
    pub const VALUES: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::staging/*",
            "Condition": {
                "DateLessThan": { "aws:CurrentTime": "31/12/2026" },
                "NumericLessThan": { "aws:MultiFactorAuthAge": "one hour" },
                "IpAddress": { "aws:SourceIp": ["203.0.113.0/33", "203.0.113.*", "203.0.113.0/24"] },
                "Bool": { "aws:SecureTransport": "yes" },
                "ArnLike": { "aws:PrincipalArn": ["runner", "arn:aws:iam::11112222333:role/runner"] },
                "StringEquals": {
                    "aws:PrincipalTag/team": "data-*",
                    "aws:RequestedRegion": "eu-wset-1",
                    "aws:PrincipalAccount": 11112222333
                }
            }
        }
    };
}

fn main() {}
