use policy_core::names::QueueArn;
use policy_macros::{policy, resource_arn};

resource_arn! { pub struct LedgerArn: "qldb:ledger" }

policy! {
    pub struct OtherActions: IdentityPolicy { ledger: LedgerArn }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "sns:Publish", "Resource": "<ledger>" }
    }
}

policy! {
    pub struct Tables: IdentityPolicy { ledger: LedgerArn }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "qldb:PartiQLSelect", "Resource": "<ledger>" }
    }
}

type Orders = QueueArn;

policy! {
    pub struct Alias: IdentityPolicy { topic: Orders }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "sns:Publish", "Resource": "<topic>" }
    }
}

fn main() {}
