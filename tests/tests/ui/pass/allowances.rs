//! What is known better, each by the attribute that its message shows.

use policy_core::names::{AccountId, BucketName, Partition};
use policy_macros::policy;

policy! {
    #[allow_finding(PRIVILEGE_ESCALATION, "iam:AttachRolePolicy", reason = "it is the administrators' own pipeline")]
    #[allow_finding(PASS_ROLE_WITH_STAR_IN_RESOURCE, "iam:PassRole", reason = "it is the administrators' own pipeline")]
    #[allow_finding(ALLOW_SWALLOWED_BY_DENY, "List", reason = "the denial is taken out on release days")]
    #[allow_finding(ALLOW_SWALLOWED_BY_DENY, "Statement", reason = "the denial is taken out on release days")]
    pub const PIPELINE: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": ["iam:CreateRole", "iam:AttachRolePolicy"], "Resource": "*" },
            { "Effect": "Allow", "Action": "iam:PassRole", "Resource": "*" },
            { "Sid": "List", "Effect": "Allow", "Action": "sqs:ListQueues", "Resource": "*" },
            { "Effect": "Allow", "Action": "sqs:GetQueueUrl", "Resource": "*" },
            { "Effect": "Deny", "Action": "sqs:*", "Resource": "*" }
        ]
    };
}

policy! {
    #[policy(warnings)]
    #[allow_finding(CREATE_SLR_WITH_STAR_IN_RESOURCE, "iam:CreateServiceLinkedRole", reason = "a new account")]
    #[allow_finding(RESOURCE_COULD_BE_NARROWER, "*", reason = "a new account")]
    pub const LINKED_ROLES: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "iam:CreateServiceLinkedRole", "Resource": "*" }
    };
}

policy! {
    #[allow_finding(UNTRUSTWORTHY_CONDITION_KEY, "aws:Referer", reason = "against hot links only")]
    #[allow_finding(WILDCARD_USAGE_TOO_PERMISSIVE, "o-a1b2*", reason = "all ours begin so")]
    #[allow_finding(DYNAMODB_INVALID_SELECT_VALUE, "specific_attributes", reason = "our own gateway writes it so")]
    #[allow_finding(
        LOG_GROUP_ARN_WITHOUT_STREAMS,
        "arn:<partition>:logs:*:<account-id>:log-group:/ecs/maia",
        reason = "the streams are in a statement of another policy"
    )]
    pub struct Reader: IdentityPolicy {
        partition: Partition,
        account_id: AccountId,
        bucket: BucketName,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:<partition>:s3:::<bucket>/*",
                "Condition": { "StringLike": { "aws:Referer": "https://<bucket>/*", "aws:PrincipalOrgID": "o-a1b2*" } }
            },
            {
                "Effect": "Allow", "Action": "dynamodb:Query", "Resource": "arn:<partition>:dynamodb:*:<account-id>:table/Orders",
                "Condition": { "StringEquals": { "dynamodb:Select": "specific_attributes" } }
            },
            {
                "Effect": "Allow", "Action": "logs:PutLogEvents",
                "Resource": "arn:<partition>:logs:*:<account-id>:log-group:/ecs/maia"
            }
        ]
    }
}

policy! {
    #[allow_finding(PUBLIC_ACCESS, "*", reason = "the pictures of the web site")]
    #[allow_finding(RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL, "cloudtrail.amazonaws.com", reason = "all trails may write")]
    #[allow_finding(UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL, "aws:PrincipalOrgID", reason = "a preview")]
    pub struct Bucket: ResourcePolicy {
        partition: Partition,
        bucket: BucketName,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:<partition>:s3:::<bucket>/*" },
            {
                "Effect": "Allow", "Principal": { "Service": "cloudtrail.amazonaws.com" }, "Action": "s3:PutObject",
                "Resource": "arn:<partition>:s3:::<bucket>/AWSLogs/*"
            },
            {
                "Effect": "Allow", "Principal": { "Service": "cloudfront.amazonaws.com" }, "Action": "s3:GetObject",
                "Resource": "arn:<partition>:s3:::<bucket>/site/*",
                "Condition": { "StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }
            }
        ]
    }
}

policy! {
    #[allow_finding(
        MISSING_GITHUB_REPO_CONDITION_KEY,
        "arn:<partition>:iam::<account-id>:oidc-provider/token.actions.githubusercontent.com",
        reason = "the role can do nothing, and shows that"
    )]
    pub struct Workflow: TrustPolicy {
        partition: Partition,
        account_id: AccountId,
    }
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Principal": {
                "Federated": "arn:<partition>:iam::<account-id>:oidc-provider/token.actions.githubusercontent.com"
            },
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": { "StringEquals": { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" } }
        }
    }
}

policy! {
    #[allow_finding(RCP_SYNTAX_ERROR_ALLOW, "Allow", reason = "for a test of the API")]
    #[allow_finding(RCP_SYNTAX_ERROR_PRINCIPAL, "Principal", reason = "for a test of the API")]
    #[allow_finding(RCP_SYNTAX_ERROR_NOTACTION, "NotAction", reason = "for a test of the API")]
    #[allow_finding(RCP_SYNTAX_ERROR_ACTION, "*", reason = "for a test of the API")]
    #[allow_finding(RCP_SYNTAX_ERROR_ACTION, "ec2:RunInstances", reason = "since this month it can")]
    pub const RCP: ResourceControlPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*" },
            { "Effect": "Deny", "Principal": { "AWS": "111122223333" }, "Action": "s3:GetObject", "Resource": "*" },
            { "Effect": "Deny", "Principal": "*", "NotAction": "s3:GetObject", "Resource": "*" },
            { "Effect": "Deny", "Principal": "*", "Action": ["*", "ec2:RunInstances"], "Resource": "*" }
        ]
    };
}

policy! {
    #[allow_finding(SCP_SYNTAX_ERROR_ACTION_WILDCARD, "*:Delete*", reason = "for a test of the API")]
    pub const SCP: ServiceControlPolicy = {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Deny", "Action": "*:Delete*", "Resource": "*" }
    };
}

fn main() {
    assert!(PIPELINE.json().len() > LINKED_ROLES.json().len());
    assert!(RCP.json().len() > SCP.json().len());
    let workflow = Workflow { partition: Partition::AWS, account_id: AccountId::from_static("111122223333") };
    assert!(workflow.to_json().contains("111122223333"));
}
