//! A role of your own, with its unit test: the requests in `tested_role.json` that it must allow and deny.
//!
//! `cargo run -p runner-profiles --example tested_role` prints the role,
//! `cargo test -p runner-profiles --features cases --example tested_role` tests it.

use runner_profiles::policy_core::names::{AccountId, BucketName, ObjectPrefix, PolicyName, RoleName};
use runner_profiles::{Role, RoleError, policy};

policy! {
    /// Tasks on ECS, on behalf of this account.
    struct Trust: TrustPolicy {
        account_id: AccountId,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": { "Service": "ecs-tasks.amazonaws.com" },
                "Action": "sts:AssumeRole",
                "Condition": { "StringEquals": { "aws:SourceAccount": "<account-id>" } }
            }
        ]
    }
}

policy! {
    /// Read access to the exports of one department.
    struct ReadExports: IdentityPolicy {
        bucket: BucketName,
        department: ObjectPrefix,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "ListExports",
                "Effect": "Allow",
                "Action": "s3:ListBucket",
                "Resource": "arn:aws:s3:::<bucket>",
                "Condition": { "StringLike": { "s3:prefix": "<department>/*" } }
            },
            {
                "Sid": "ReadExports",
                "Effect": "Allow",
                "Action": "s3:GetObject",
                "Resource": "arn:aws:s3:::<bucket>/<department>/*"
            }
        ]
    }
}

const ACCOUNT: AccountId = AccountId::from_static("111122223333");
const EXPORTS: BucketName = BucketName::from_static("exports-111122223333");
const SALES: ObjectPrefix = ObjectPrefix::from_static("sales");

fn reader() -> Result<Role, RoleError> {
    let trust = Trust { account_id: ACCOUNT };
    let exports = ReadExports {
        bucket: EXPORTS,
        department: SALES,
    };
    Role::new(RoleName::new("exports-reader")?, trust.to_policy())?
        .with_policy(PolicyName::new("read-exports")?, exports.to_policy())
}

fn main() -> Result<(), RoleError> {
    println!("{}", reader()?.to_json_pretty());
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::error::Error;

    use runner_profiles::policy_core::evaluate::cases::Cases;

    #[test]
    fn the_reader_may_do_what_it_needs_and_no_more() -> Result<(), Box<dyn Error>> {
        let role = super::reader()?;
        // `role.json` of the cases is the role that the program deploys.
        let cases = Cases::read(include_str!("tested_role.json"), &mut |_| Ok(role.to_json()))?;
        let report = cases.run();
        assert!(report.is_success(), "{report:#}");
        Ok(())
    }
}
