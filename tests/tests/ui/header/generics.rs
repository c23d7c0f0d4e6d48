use policy_macros::policy;

policy! {
    pub struct Queue<T: Clone>: IdentityPolicy { queue: T }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:eu-west-1:111122223333:<queue>" }
    }
}

fn main() {}
