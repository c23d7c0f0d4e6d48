//! Elements that are missing, unknown, empty or one too many.

use policy_macros::policy;

policy! {
    pub const MISSING: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "s3:GetObject" },
            { "Action": "s3:GetObject", "Resource": "arn:aws:s3:::staging/*" },
            { "Effect": "Allow", "Resource": "arn:aws:s3:::staging/*" },
            { "Effect": "Allow", "Action": [], "Resource": [] }
        ]
    };
}

policy! {
    pub const UNKNOWN: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Actions": ["s3:GetObject"], "resource": "arn:aws:s3:::staging/*" },
            { "Effect": "allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::staging/*", "Comment": "objects" }
        ]
    };
}

policy! {
    pub const BOTH: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Deny", "Action": "s3:DeleteObject", "NotAction": "s3:GetObject",
            "Resource": "arn:aws:s3:::staging/*"
        }
    };
}

fn main() {}
