use policy_macros::policy;

policy! {
    pub const COMMAS: IdentityPolicy = {
        "Version": "2012-10-17"
        "Statement": [
            { "Sid": "One", "Effect": "Allow", "Action": ["s3:GetObject" "s3:PutObject",], "Resource": "*" }
            { "Sid": "Two", "Effect": "Allow",, "Action": "s3:GetObject"; "Resource": "*" },
        ],
    };
}

fn main() {
    let _ = COMMAS.json();
}
