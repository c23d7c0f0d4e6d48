//! Policies of your own, in the four forms: a constant, an expression, a template, and a file.
//!
//! `cargo run -p policy-macros --example own_policy`

use policy_core::names::{AccountId, Region, ResourceName};
use policy_core::policy::{IdentityPolicy, NonEmpty, TrustPolicy};
use policy_macros::{policy, policy_file};

policy! {
    /// The principal that assumes the role. A constant: its JSON is there when the program is compiled.
    const LAMBDA_TRUST: TrustPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Principal": { "Service": "lambda.amazonaws.com" }, "Action": "sts:AssumeRole" }
        ]
    };
}

policy! {
    /// Its permissions. A template: each `<hole>` is a field, and a list repeats its string.
    struct ReadQueues: IdentityPolicy {
        region: Region,
        account_id: AccountId,
        queues: NonEmpty<ResourceName>,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "ReadQueues",
                "Effect": "Allow",
                "Action": ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
                "Resource": "arn:<partition>:sqs:<region>:<account-id>:<queues>"
            }
        ]
    }
}

policy_file! {
    /// Read access for auditors. A file: JSON that other tools read too.
    const AUDIT: IdentityPolicy = "examples/policies/audit.json";
}

const REGION: Region = Region::from_static("eu-west-1");
const ACCOUNT: AccountId = AccountId::from_static("111122223333");
const ORDERS: ResourceName = ResourceName::from_static("orders");
const REFUNDS: ResourceName = ResourceName::from_static("refunds");

fn main() {
    println!("{}", LAMBDA_TRUST.json());

    let read = ReadQueues {
        region: REGION,
        account_id: ACCOUNT,
        queues: NonEmpty::from([ORDERS, REFUNDS]),
    };
    println!("{}", read.to_json());

    println!("{}", AUDIT.json());

    // An expression, where a policy is needed only once.
    let list = policy!(IdentityPolicy {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "sqs:ListQueues", "Resource": "*" }
    });
    println!("{}", list.json());

    // All of them convert into the owned form; and a trust policy cannot be used as an identity-based policy.
    let policies: Vec<IdentityPolicy> = vec![read.to_policy(), AUDIT.into(), list.into()];
    let trust: TrustPolicy = LAMBDA_TRUST.into();
    assert!(policies.iter().all(|policy| policy.to_json() != trust.to_json()));
}
