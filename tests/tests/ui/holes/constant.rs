use policy_macros::policy;

policy! {
    pub const READ_SECRETS: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "secretsmanager:GetSecretValue",
              "Resource": ["arn:<partition>:secretsmanager:<region>:<account-id>:secret:<secret-id-1>",
                           "arn:<partition>:secretsmanager:<region>:<account-id>:secret:<secret-id-2>"] }
        ]
    };
}

fn main() {
    let _ = policy!(IdentityPolicy {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::<bucket>/*" }
    });
}
