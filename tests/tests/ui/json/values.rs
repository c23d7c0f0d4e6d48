use policy_macros::policy;

policy! {
    pub const VALUES: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
              "Condition": {
                  "Bool": { "aws:SecureTransport": True },
                  "NumericLessThan": { "s3:max-keys": [1_000, 0x10, 10u8, -1, 1.5] },
                  "StringEquals": { "aws:PrincipalOrgID": b"o-a1b2c3d4e5", "aws:PrincipalTag/a": 'a', "aws:PrincipalTag/b": r#"a"b"#, "aws:PrincipalTag/c": "\u{41}" }
              } }
        ]
    };
}

fn main() {}
