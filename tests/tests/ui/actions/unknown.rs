//! Names that are like no action: SQL's commands for Redshift, as a vendor's page has them, and something new.

use policy_macros::policy;

policy! {
    pub const REDSHIFT: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow",
            "Action": [
                "redshift:CreateUser",
                "redshift:AlterUser",
                "redshift:CreateDatabase",
                "redshift:AlterDatabase",
                "redshift:CreateSchema",
                "redshift:ModifyClusterIamRoles"
            ],
            "Resource": "*"
        }]
    };
}

policy! {
    pub const NEW: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": ["ecs:TeleportTask", "quantumvault:GetQubit"], "Resource": "*" }
    };
}

fn main() {}
