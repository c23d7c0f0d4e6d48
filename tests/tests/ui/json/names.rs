use policy_macros::policy;

policy! {
    pub const NAMES: IdentityPolicy = {
        Version: "2012-10-17",
        "Statement" [
            { "Sid" = "One", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" },
            { "Sid" => "Two", "Effect": Allow, "Action": "s3:GetObject", "Resource": * },
            { "Sid":, "Effect": "Allow", "Action": ("s3:GetObject"), "Resource": "*", "Id": <bucket> },
            { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Condition" },
            { { "Effect": "Allow" } },
            /// The last one.
            { "Effect": "Allow", "Action": ["s3:GetObject": "s3:PutObject"], "Resource": "*" }
        ]
    };
}

fn main() {}
