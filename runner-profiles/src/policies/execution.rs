//! The permissions that ECS needs to start a runner, besides reading its credentials.

use policy_core::names::{LogGroupArn, RepositoryArn};
use policy_core::policy::NonEmpty;
use policy_macros::policy;

policy! {
    /// The containers' output. The resources are log streams, so the ARNs of the groups end with `:*`.
    /// Source: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html>
    pub(crate) struct Logs: IdentityPolicy {
        log_groups: NonEmpty<LogGroupArn>,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "WriteLogs",
                "Effect": "Allow",
                "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
                "Resource": "<log-groups>:*"
            }
        ]
    }
}

policy! {
    /// Images from private repositories. `ecr:GetAuthorizationToken` needs `*`. Matillion's own images,
    /// on public.ecr.aws, need nothing.
    pub(crate) struct Images: IdentityPolicy {
        repositories: NonEmpty<RepositoryArn>,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "EcrLogin",
                "Effect": "Allow",
                "Action": "ecr:GetAuthorizationToken",
                "Resource": "*"
            },
            {
                "Sid": "PullImage",
                "Effect": "Allow",
                "Action": ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
                "Resource": "<repositories>"
            }
        ]
    }
}
