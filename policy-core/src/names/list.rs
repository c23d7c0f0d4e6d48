//! All names: the noun, format, lengths, an example and a mistake of each.

/// Gives all rows to a macro. A row is the type, the noun with its article, the format, the minimum and the maximum length, a valid
/// value, an invalid one, the rule as a `const fn(&str) -> Result<(), Reason>`, and, if only a part of the text is kept, the
/// `const fn(&str) -> &str` that extracts it.
macro_rules! names {
    ($macro:ident) => {
        $macro! {
            /// A partition: a group of Regions with separate accounts, named in every ARN. A Region determines it, see
            /// [`Region::partition`].
            Partition {
                noun: "an AWS partition",
                form: "one of `aws`, `aws-cn`, `aws-us-gov`, `aws-eusc` and the `aws-iso` partitions",
                chars: 3, 10,
                sample: "aws",
                mistake: "aws-gov",
                rule: region::is_partition,
            }

            /// A Region. One that the catalogue does not have is accepted if it follows the naming of its partition's Regions:
            /// `eu-west-9` is a Region, and `eu-wset-1` is not. See [`Region::is_known`].
            Region {
                noun: "an AWS Region",
                form: "an area, a direction and a number",
                chars: 9, 20,
                sample: "eu-west-1",
                mistake: "eu-wset-1",
                rule: region::is_region,
            }

            /// An account ID: text, not a number, since leading zeros count.
            AccountId {
                noun: "an AWS account ID",
                form: "all 12 digits",
                chars: 12, 12,
                sample: "111122223333",
                mistake: "11112222333",
                rule: account::account_id,
            }

            /// The name of an S3 general purpose bucket. For the names that S3 allowed until 2018, with a maximum length of
            /// 255, use [`BucketName::legacy`].
            BucketName {
                noun: "an S3 bucket name",
                form: "3 to 63 lowercase letters, digits, `.` and `-`",
                chars: 3, 255,
                sample: "maia-staging-111122223333",
                mistake: "Maia-Staging",
                rule: s3::bucket_name,
            }

            /// A prefix of S3 object keys, given as `stage` or `stage/` and kept without the last slash, since policies contain
            /// `BUCKET/PREFIX/*`.
            ObjectPrefix {
                noun: "an S3 key prefix",
                form: "the prefix without wildcards and without a leading `/`",
                chars: 1, 1024,
                sample: "stage",
                mistake: "stage/*",
                rule: s3::object_prefix,
                kept: kept::without_last_slash,
            }

            /// The name of a secret, as it was created. Policies use its [`SecretId`].
            SecretName {
                noun: "a secret name",
                form: "letters, digits and `/_+=.@-`, without the six characters at the end of its ARN",
                chars: 1, 512,
                sample: "source-db-password",
                mistake: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:source-db-password-a1B2c3",
                rule: secret::secret_name,
            }

            /// The part after `secret:` in a secret's ARN: the name, a hyphen, and six characters that Secrets Manager chooses;
            /// or, with [`SecretId::by_name`], six `?` instead.
            ///
            /// A name whose last word has six letters, such as `source-db-secret`, cannot be distinguished from a complete ID.
            SecretId {
                noun: "a secret ID",
                form: "the name, a hyphen and the six characters that end its ARN",
                chars: 8, 519,
                sample: "source-db-password-a1B2c3",
                mistake: "source-db-password",
                rule: secret::secret_id,
            }

            /// The ID of a KMS key.
            KmsKeyId {
                noun: "a KMS key ID",
                form: "the key's UUID, or `mrk-` and 32 hexadecimal digits",
                chars: 36, 36,
                sample: "1234abcd-12ab-34cd-56ef-1234567890ab",
                mistake: "alias/staging",
                rule: kms::key_id,
            }

            /// An alias of a KMS key, for conditions such as `kms:ResourceAliases`. As a resource it matches the alias, not the
            /// key.
            KmsAlias {
                noun: "a KMS key alias",
                form: "`alias/` and letters, digits and `:/_-`",
                chars: 7, 256,
                sample: "alias/staging",
                mistake: "staging",
                rule: kms::alias,
            }

            /// The name of a role, without its path.
            RoleName {
                noun: "a role name",
                form: "1 to 64 letters, digits and `_+=,.@-`",
                chars: 1, 64,
                sample: "maia-prod-task",
                mistake: "service-role/maia-prod-task",
                rule: iam::name,
            }

            /// The path of a role, with the leading and the trailing slash.
            RolePath {
                noun: "a role path",
                form: "`/`, or a path that starts and ends with `/`",
                chars: 1, 512,
                sample: "/service-role/",
                mistake: "service-role",
                rule: iam::path,
            }

            /// The name of a policy, managed or inline.
            PolicyName {
                noun: "a policy name",
                form: "1 to 128 letters, digits and `_+=,.@-`",
                chars: 1, 128,
                sample: "maia-prod-secrets",
                mistake: "maia prod secrets",
                rule: iam::name,
            }

            /// The name of a `CloudWatch` Logs log group.
            LogGroupName {
                noun: "a log group name",
                form: "1 to 512 letters, digits and `_-/.#`",
                chars: 1, 512,
                sample: "/ecs/maia-prod-task",
                mistake: "/ecs/maia-prod-task:*",
                rule: resource::log_group_name,
            }

            /// The name of an ECR repository, with its namespace.
            EcrRepositoryName {
                noun: "an ECR repository name",
                form: "2 to 256 lowercase letters and digits, with `.`, `_`, `-` or `/` between",
                chars: 2, 256,
                sample: "matillion/etl-agent",
                mistake: "Matillion/etl-agent",
                rule: resource::ecr_repository_name,
            }

            /// The issuer of an `OpenID` Connect provider, without its scheme, as in the provider's ARN and condition keys.
            OidcIssuer {
                noun: "an OIDC issuer",
                form: "its host and path without `https://`",
                chars: 3, 255,
                sample: "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE",
                mistake: "https://token.actions.githubusercontent.com",
                rule: iam::oidc_issuer,
            }

            /// A namespace of a Kubernetes cluster.
            KubernetesNamespace {
                noun: "a Kubernetes namespace",
                form: "1 to 63 lowercase letters, digits and inner hyphens",
                chars: 1, 63,
                sample: "matillion",
                mistake: "matillion.prod",
                rule: host::dns_label,
            }

            /// A service account of a Kubernetes namespace.
            KubernetesServiceAccount {
                noun: "a Kubernetes service account",
                form: "lowercase letters, digits, inner hyphens and dots",
                chars: 1, 253,
                sample: "matillion-runner-sa",
                mistake: "matillion_runner_sa",
                rule: host::hostname,
            }

            /// The name of a role session.
            SessionName {
                noun: "a role session name",
                form: "2 to 64 letters, digits and `_+=,.@-`",
                chars: 2, 64,
                sample: "nightly-load",
                mistake: "nightly load",
                rule: iam::name,
            }

            /// The external ID that a third party sends with `sts:AssumeRole`.
            ExternalId {
                noun: "an external ID",
                form: "2 to 1,224 letters, digits and `_+=,.@:/-`",
                chars: 2, 1224,
                sample: "matillion-8f14e45f",
                mistake: "x",
                rule: iam::external_id,
            }

            /// The ID of an organization.
            OrganizationId {
                noun: "an organization ID",
                form: "`o-` and 10 to 32 lowercase letters and digits",
                chars: 12, 34,
                sample: "o-a1b2c3d4e5",
                mistake: "r-a1b2",
                rule: account::organization_id,
            }

            /// The ID of an organizational unit.
            OrganizationalUnitId {
                noun: "an organizational unit ID",
                form: "`ou-`, the root's 4 to 32 characters, a hyphen and the unit's 8 to 32",
                chars: 16, 68,
                sample: "ou-ab12-cd34ef56",
                mistake: "ou-ab12",
                rule: account::organizational_unit_id,
            }

            /// The ID of a VPC.
            VpcId {
                noun: "a VPC ID",
                form: "`vpc-` and 8 or 17 hexadecimal digits",
                chars: 12, 21,
                sample: "vpc-0a1b2c3d4e5f67890",
                mistake: "vpce-0a1b2c3d4e5f67890",
                rule: resource::vpc_id,
            }

            /// The ID of a VPC endpoint.
            VpcEndpointId {
                noun: "a VPC endpoint ID",
                form: "`vpce-` and 8 or 17 hexadecimal digits",
                chars: 13, 22,
                sample: "vpce-0a1b2c3d4e5f67890",
                mistake: "vpc-0a1b2c3d4e5f67890",
                rule: resource::vpc_endpoint_id,
            }

            /// The name of a user, without its path.
            UserName {
                noun: "a user name",
                form: "1 to 64 letters, digits and `_+=,.@-`",
                chars: 1, 64,
                sample: "auditor",
                mistake: "division/auditor",
                rule: iam::name,
            }

            /// The name of a group, without its path.
            GroupName {
                noun: "a group name",
                form: "1 to 128 letters, digits and `_+=,.@-`",
                chars: 1, 128,
                sample: "auditors",
                mistake: "division/auditors",
                rule: iam::name,
            }

            /// The name of an instance profile, without its path.
            InstanceProfileName {
                noun: "an instance profile name",
                form: "1 to 128 letters, digits and `_+=,.@-`",
                chars: 1, 128,
                sample: "web",
                mistake: "web server",
                rule: iam::name,
            }

            /// The name of an SQS queue.
            QueueName {
                noun: "an SQS queue name",
                form: "1 to 80 letters, digits, `_` and `-`, and `.fifo` after them for a FIFO queue",
                chars: 1, 80,
                sample: "orders",
                mistake: "https://sqs.eu-west-1.amazonaws.com/111122223333/orders",
                rule: resource::fifo_name,
            }

            /// The name of an SNS topic.
            TopicName {
                noun: "an SNS topic name",
                form: "1 to 256 letters, digits, `_` and `-`, and `.fifo` after them for a FIFO topic",
                chars: 1, 256,
                sample: "orders",
                mistake: "orders.new",
                rule: resource::fifo_name,
            }

            /// The name of a `DynamoDB` table or of an index.
            TableName {
                noun: "a DynamoDB table name",
                form: "3 to 255 letters, digits, `_`, `.` and `-`",
                chars: 3, 255,
                sample: "orders",
                mistake: "orders/index/by-customer",
                rule: resource::dotted_name,
            }

            /// The name of a Kinesis data stream.
            StreamName {
                noun: "a Kinesis stream name",
                form: "1 to 128 letters, digits, `_`, `.` and `-`",
                chars: 1, 128,
                sample: "clicks",
                mistake: "stream/clicks",
                rule: resource::dotted_name,
            }

            /// The name of a Firehose stream.
            DeliveryStreamName {
                noun: "a Firehose stream name",
                form: "1 to 64 letters, digits, `_`, `.` and `-`",
                chars: 1, 64,
                sample: "clicks",
                mistake: "deliverystream/clicks",
                rule: resource::dotted_name,
            }

            /// The name of a Lambda function, without a version or an alias.
            FunctionName {
                noun: "a Lambda function name",
                form: "1 to 64 letters, digits, `_` and `-`",
                chars: 1, 64,
                sample: "orders",
                mistake: "orders:live",
                rule: resource::plain_name,
            }

            /// The name of a Lambda layer, without a version.
            LayerName {
                noun: "a Lambda layer name",
                form: "1 to 140 letters, digits, `_` and `-`",
                chars: 1, 140,
                sample: "pandas",
                mistake: "pandas:7",
                rule: resource::plain_name,
            }

            /// The name of a Step Functions state machine or activity.
            StateMachineName {
                noun: "a state machine name",
                form: "1 to 80 letters, digits and characters such as `_` and `-`",
                chars: 1, 80,
                sample: "orders",
                mistake: "orders:live",
                rule: resource::state_machine_name,
            }

            /// The name of an `EventBridge` rule.
            RuleName {
                noun: "an EventBridge rule name",
                form: "1 to 64 letters, digits, `_`, `.` and `-`",
                chars: 1, 64,
                sample: "nightly",
                mistake: "default/nightly",
                rule: resource::dotted_name,
            }

            /// The name of an `EventBridge` event bus.
            EventBusName {
                noun: "an event bus name",
                form: "1 to 256 letters, digits, `/`, `_`, `.` and `-`",
                chars: 1, 256,
                sample: "default",
                mistake: "event bus",
                rule: resource::event_bus_name,
            }

            /// The name of a parameter of Systems Manager, given as `/prod/db/host` or `prod/db/host` and kept without the first slash,
            /// since the ARN has none.
            ParameterName {
                noun: "a parameter name",
                form: "letters, digits, `_`, `.` and `-`, with `/` between levels",
                chars: 1, 1011,
                sample: "prod/db/host",
                mistake: "/prod/db/*",
                rule: resource::parameter_name,
                kept: kept::without_first_slash,
            }

            /// The name of an ECS cluster, a service or a task definition's family.
            EcsName {
                noun: "an ECS name",
                form: "1 to 255 letters, digits, `_` and `-`",
                chars: 1, 255,
                sample: "prod",
                mistake: "prod/web",
                rule: resource::plain_name,
            }

            /// The name of an EKS cluster.
            EksClusterName {
                noun: "an EKS cluster name",
                form: "1 to 100 letters, digits, `_` and `-`, of which the first is a letter or a digit",
                chars: 1, 100,
                sample: "prod",
                mistake: "-prod",
                rule: resource::eks_cluster_name,
            }

            /// The name of a CloudFormation stack.
            StackName {
                noun: "a stack name",
                form: "a letter and up to 127 letters, digits and `-`",
                chars: 1, 128,
                sample: "network",
                mistake: "network_prod",
                rule: resource::stack_name,
            }

            /// The ID of an EC2 instance.
            InstanceId {
                noun: "an instance ID",
                form: "`i-` and 8 or 17 hexadecimal digits",
                chars: 10, 19,
                sample: "i-0a1b2c3d4e5f67890",
                mistake: "web",
                rule: resource::instance_id,
            }

            /// The ID of an EBS volume.
            VolumeId {
                noun: "a volume ID",
                form: "`vol-` and 8 or 17 hexadecimal digits",
                chars: 12, 21,
                sample: "vol-0a1b2c3d4e5f67890",
                mistake: "snap-0a1b2c3d4e5f67890",
                rule: resource::volume_id,
            }

            /// The ID of an EBS snapshot.
            SnapshotId {
                noun: "a snapshot ID",
                form: "`snap-` and 8 or 17 hexadecimal digits",
                chars: 13, 22,
                sample: "snap-0a1b2c3d4e5f67890",
                mistake: "vol-0a1b2c3d4e5f67890",
                rule: resource::snapshot_id,
            }

            /// The ID of an AMI.
            ImageId {
                noun: "an AMI ID",
                form: "`ami-` and 8 or 17 hexadecimal digits",
                chars: 12, 21,
                sample: "ami-0a1b2c3d4e5f67890",
                mistake: "al2023-ami",
                rule: resource::image_id,
            }

            /// The ID of a subnet.
            SubnetId {
                noun: "a subnet ID",
                form: "`subnet-` and 8 or 17 hexadecimal digits",
                chars: 15, 24,
                sample: "subnet-0a1b2c3d4e5f67890",
                mistake: "vpc-0a1b2c3d4e5f67890",
                rule: resource::subnet_id,
            }

            /// The ID of a security group.
            SecurityGroupId {
                noun: "a security group ID",
                form: "`sg-` and 8 or 17 hexadecimal digits",
                chars: 11, 20,
                sample: "sg-0a1b2c3d4e5f67890",
                mistake: "default",
                rule: resource::security_group_id,
            }

            /// A number, for the conditions with `NumericLessThan` and the like.
            Number {
                noun: "a number",
                form: "digits, with a sign before and a decimal point among them if needed",
                chars: 1, 32,
                sample: "100",
                mistake: "1,000",
                rule: number::number,
            }

            /// A date, for the conditions with `DateLessThan` and the like: a day or a point in time in ISO 8601, with its zone, or the seconds
            /// since 1970.
            Date {
                noun: "a date",
                form: "a day, or a time with its zone, in ISO 8601",
                chars: 1, 40,
                sample: "2026-01-31T00:00:00Z",
                mistake: "31.01.2026",
                rule: date::date,
            }

            /// A range of IP addresses in CIDR notation, or one address, for the conditions with `IpAddress` and `NotIpAddress`.
            IpRange {
                noun: "a range of IP addresses",
                form: "an IPv4 or IPv6 address, with `/` and the length of a prefix for a range",
                chars: 2, 49,
                sample: "203.0.113.0/24",
                mistake: "203.0.113.*",
                rule: ip::ip_range,
            }

            /// A part of an ARN whose characters AWS does not document.
            ResourcePart {
                noun: "a part of an ARN",
                form: "its text without wildcards and characters outside Latin-1",
                chars: 1, 2048,
                sample: "1234abcd",
                mistake: "1234*",
                rule: resource::resource_part,
            }

            /// The name or the ID of a single resource whose service allows neither `/` nor `:` in it, since they separate the parts of an ARN.
            ResourceId {
                noun: "a resource ID",
                form: "its name or ID without wildcards, `/`, `:` and characters outside Latin-1",
                chars: 1, 2048,
                sample: "fs-0a1b2c3d",
                mistake: "fs-0a1b2c3d/data",
                rule: resource::resource_id,
            }

            /// A statement ID, as IAM accepts it; some services accept more characters in resource-based policies. It may be
            /// empty. AWS documents no maximum length; this one is the smallest quota of a whole policy.
            Sid {
                noun: "a statement ID",
                form: "letters and digits",
                chars: 0, 2048,
                sample: "ReadSecrets",
                mistake: "Read-Secrets",
                rule: iam::sid,
            }

            /// The service principal of a service that assumes a role or is named in a resource-based policy. One that is one letter from
            /// another that exists is an error; see [`ServicePrincipal::unlisted`].
            ServicePrincipal {
                noun: "a service principal",
                form: "the service's host name",
                chars: 12, 253,
                sample: "ecs-tasks.amazonaws.com",
                mistake: "ecs-tasks",
                rule: iam::service_principal,
            }

            /// The name of a single resource of any other service, in the service's format, as in the last part of an ARN. It
            /// may contain slashes, but not colons: those separate parts.
            ResourceName {
                noun: "a resource name",
                form: "its name or path without wildcards, colons and characters outside Latin-1",
                chars: 1, 2048,
                sample: "maia-prod",
                mistake: "maia-*",
                rule: resource::resource_name,
            }
        }
    };
}
pub(super) use names;
