//! Policy variables that AWS does not fill in.

use policy_macros::policy;

policy! {
    pub const FORM: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow", "Action": "s3:GetObject",
                "Resource": ["arn:aws:s3:::home/${aws:usrname}/*", "arn:aws:s3:::home/${aws:username/*"]
            },
            { "Effect": "Allow", "Action": "s3:${aws:PrincipalTag/verb}Object", "Resource": "arn:aws:s3:::home/*" },
            { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:${Region}:${Account}:jobs" }
        ]
    };
}

policy! {
    pub const OLD: IdentityPolicy = {
        "Version": "2008-10-17",
        "Statement": { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::home/${aws:username}/*" }
    };
}

policy! {
    pub const NO_VERSION: IdentityPolicy = {
        "Statement": { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::home/${aws:username}/*" }
    };
}

fn main() {}
