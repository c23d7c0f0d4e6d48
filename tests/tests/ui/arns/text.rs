use policy_macros::policy;

policy! {
    pub struct Text: IdentityPolicy { queue: String, bucket: String, region: String, name: String, max: u32 }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "<queue>" },
            { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "<bucket>/*" },
            { "Effect": "Allow", "Action": "sns:Publish", "Resource": "arn:aws:sns:<region>:111122223333:<name>" },
            { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::maia-staging",
              "Condition": { "NumericLessThanEquals": { "s3:max-keys": "<max>" } } }
        ]
    }
}

policy! {
    pub struct Undeclared: IdentityPolicy {}
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "<bucket>" },
            { "Effect": "Allow", "Action": "sns:Publish", "Resource": "<topic>" },
            { "Effect": "Allow", "Action": "qldb:PartiQLSelect", "Resource": "<ledger>" },
            { "Effect": "Allow", "Action": "sqs:ListQueues", "Resource": "<queues>" }
        ]
    }
}

fn main() {}
