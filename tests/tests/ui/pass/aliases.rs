//! Fields whose types are aliases, or imported under another name, in each element.

use policy_core::names::{AccountId, EcsClusterArn, OidcIssuer, QueueArn, QueueName, Region, RoleArn as Role};
use policy_core::policy::NonEmpty;
use policy_macros::policy;

type Queue = QueueArn;
type Name = QueueName;
type Account = AccountId;
type Home = Region;
type Cluster = EcsClusterArn;
type Issuer = OidcIssuer;

policy! {
    pub struct Trust: TrustPolicy { roles: NonEmpty<Role>, account: Account, partner: Option<Role> }
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Principal": { "AWS": ["<roles>", "<account>", "<partner>"] },
            "Action": "sts:AssumeRole"
        }
    }
}

policy! {
    pub struct Pods: TrustPolicy { issuer: Issuer }
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Principal": { "Federated": "arn:aws:iam::111122223333:oidc-provider/<issuer>" },
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": {
                "StringEquals": { "<issuer>:aud": "sts.amazonaws.com", "<issuer>:sub": "system:serviceaccount:web:orders" }
            }
        }
    }
}

policy! {
    pub struct Send: IdentityPolicy { queues: NonEmpty<Queue>, home: Home, account: Account, name: Name, cluster: Cluster }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "sqs:SendMessage",
              "Resource": ["<queues>", "arn:aws:sqs:<home>:<account>:<name>"] },
            { "Effect": "Allow", "Action": "ecs:StopTask", "Resource": "*",
              "Condition": {
                  "ArnEquals": { "ecs:cluster": "<cluster>" },
                  "StringEquals": { "aws:ResourceAccount": "<account>", "aws:RequestedRegion": "<home>" }
              } }
        ]
    }
}

fn main() {
    let account = AccountId::from_static("111122223333");
    let role = Role::from_static("arn:aws:iam::111122223333:role/deploy");
    let trust = Trust {
        roles: NonEmpty::from([role]),
        account: account.clone(),
        partner: None,
    };
    assert!(trust.to_json().contains(r#""AWS":["arn:aws:iam::111122223333:role/deploy","111122223333"]"#));
    let pods = Pods {
        issuer: OidcIssuer::from_static("oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"),
    };
    assert!(pods.to_json().contains(r#"539D4633E53DE1B71EXAMPLE:sub":"system:"#));
    let send = Send {
        queues: NonEmpty::from([QueueArn::from_static("arn:aws:sqs:eu-west-1:111122223333:orders")]),
        home: Region::from_static("eu-west-1"),
        account,
        name: QueueName::from_static("invoices"),
        cluster: EcsClusterArn::from_static("arn:aws:ecs:eu-west-1:111122223333:cluster/web"),
    };
    assert!(send.to_json().contains(r#"["arn:aws:sqs:eu-west-1:111122223333:orders","arn:aws:sqs:eu-west-1:111122223333:invoices"]"#));
}
