use policy_macros::policy;

policy! {
    pub const ACTIONS: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": [s3:GetObject s3:PutObject], "Resource": s3:x }
        ]
    };
}

fn main() {}
