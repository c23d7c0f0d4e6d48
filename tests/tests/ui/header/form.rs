use policy_core::names::{AccountId, Region};
use policy_macros::policy;

// The fields are missing.
policy! {
    pub struct NoFields: IdentityPolicy;
}

// One pair of braces.
policy! {
    pub struct OnePair: IdentityPolicy { region: Region }
}

policy! {
    pub const QUOTED: IdentityPolicy = r#"{ "Version": "2012-10-17" }"#;
}

policy! {
    pub enum NoEnum: IdentityPolicy {}
}

policy! {
    pub struct Fields: IdentityPolicy { region Region, account_id: AccountId }
    { "Version": "2012-10-17",
      "Statement": { "Effect": "Allow", "Action": "iam:GetRole", "Resource": "arn:aws:iam::<account-id>:role/Admin" } }
}

policy! {
    pub struct Twice: IdentityPolicy { account_id: AccountId, account_id: AccountId }
    { "Version": "2012-10-17",
      "Statement": { "Effect": "Allow", "Action": "iam:GetRole", "Resource": "arn:aws:iam::<account-id>:role/Admin" } }
}

policy! {
    pub const A: IdentityPolicy = { "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "iam:ListRoles", "Resource": "*" } };
    pub const B: IdentityPolicy = { "Version": "2012-10-17" };
}

policy! {
    #[policy(warning)]
    pub const C: IdentityPolicy = { "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "iam:ListRoles", "Resource": "*" } };
}

policy! {}

fn main() {
    // What is wrong is expanded too: these are there.
    let _ = (A, C);
    let _: fn(&Twice) -> String = Twice::to_json;
}
