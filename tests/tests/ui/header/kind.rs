use policy_macros::policy;

policy! {
    pub const A: IdentityPolcy = { "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "iam:ListRoles", "Resource": "*" } };
}

policy! {
    pub const B: Bucket = { "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "iam:ListRoles", "Resource": "*" } };
}

policy! {
    pub const C = { "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "iam:ListRoles", "Resource": "*" } };
}

policy! {
    { "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "iam:ListRoles", "Resource": "*" } }
}

fn main() {}
