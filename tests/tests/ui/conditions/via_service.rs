use policy_core::names::{KmsKeyArn, QueueArn, Region, ServicePrincipal};
use policy_macros::policy;

policy! {
    pub struct Whole: IdentityPolicy { key: KmsKeyArn, service: ServicePrincipal, queue: QueueArn }
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": "kms:Decrypt",
            "Resource": "<key>",
            "Condition": { "StringEquals": { "kms:ViaService": ["<service>", "<queue>"] } }
        }
    }
}

policy! {
    pub struct WithoutRegion: IdentityPolicy { key: KmsKeyArn, region: Region }
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": "kms:Decrypt",
            "Resource": "<key>",
            "Condition": { "StringEquals": { "kms:ViaService": ["secretsmanager.<region>.amazonaws.com", "ecs-tasks.amazonaws.com"] } }
        }
    }
}

fn main() {}
