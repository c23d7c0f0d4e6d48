use policy_macros::policy;

policy! {
    #[allow_finding(INVALID_ACTION, "s3:NewThing", reason = "announced on 1 October, not yet in the reference")]
    pub const HIDES: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "s3:NewThing", "Resource": "*" }
    };
}

policy! {
    #[allow_finding(INVALID_ACTION, "s3:GetObject", reason = "it was new")]
    pub const EXPIRED: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" }
    };
}

policy! {
    #[allow_finding(PUBLIC_ACCESS, "everyone", reason = "the pictures of the web site")]
    pub const OTHER_SUBJECT: ResourcePolicy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::amzn-s3-demo-bucket/*"
        }
    };
}

// What the allowed finding hid is told, and may be allowed too.
policy! {
    #[allow_finding(WILDCARD_WITHOUT_LIKE_OPERATOR, "eu-*", reason = "a test of the gateway")]
    pub const UNCOVERED: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*",
            "Condition": { "StringEquals": { "aws:RequestedRegion": "eu-*" } }
        }
    };
}

policy! {
    #[allow_finding(WILDCARD_WITHOUT_LIKE_OPERATOR, "eu-*", reason = "a test of the gateway")]
    #[allow_finding(INVALID_REGION, "eu-*", reason = "a test of the gateway")]
    pub const BOTH: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*",
            "Condition": { "StringEquals": { "aws:RequestedRegion": "eu-*" } }
        }
    };
}

policy! {
    #[allow_finding(INVALID_ACTION, "s3:GetObject")]
    #[allow_finding(INVALID_ACTOIN, "s3:GetObject", reason = "it was new")]
    #[allow_finding]
    #[allow_finding(INVALID_ACTION, reason = "it was new")]
    #[allow_finding(INVALID_ACTION, "s3:GetObject", reason = "")]
    #[allow_finding(FUNNY, "s3:GetObject", reason = "it was new")]
    pub const MALFORMED: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" }
    };
}

fn main() {}
