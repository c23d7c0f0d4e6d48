//! Rust in place of JSON: the macro reads the policy's text, and no values.

use policy_macros::policy;

const BUCKET: &str = "arn:aws:s3:::staging/*";

mod names {
    pub const TEAM: &str = "data";

    pub fn account() -> String {
        "111122223333".to_owned()
    }
}

policy! {
    pub const EXPRESSIONS: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "s3:GetObject", "Resource": BUCKET },
            { "Effect": "Allow", "Action": "s3:GetObject", "Resource": concat!("arn:aws:s3:::", "staging/*") },
            { "Effect": "Allow", "Action": "s3:GetObject", "Resource": ["arn:aws:s3:::staging/*", BUCKET],
              "Condition": { "StringEquals": {
                  "aws:PrincipalTag/team": names::TEAM, "aws:PrincipalAccount": names::account()
              } } }
        ]
    };
}

fn main() {}
