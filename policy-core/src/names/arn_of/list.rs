//! All types of ARNs.

/// Gives all rows to a macro. A row is the type, its resource type as the catalogue names it, the noun, the account field, the format as
/// the catalogue has it (a test compares them), a valid ARN, the fields that it has, and its parts with their positions in the format.
macro_rules! arns {
    ($macro:ident) => {
        $macro! {
            // IAM and STS
            RoleArn of Role: "iam:role", "an IAM role", Owner::Account,
                "arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}",
                "arn:aws:iam::111122223333:role/maia-prod-task",
                [InAccount, OneNameInAccount, WithPath] name 1 "name": RoleName, path 0: RolePath;
            UserArn of User: "iam:user", "an IAM user", Owner::Account,
                "arn:${Partition}:iam::${Account}:user/${UserNameWithPath}",
                "arn:aws:iam::111122223333:user/auditor",
                [InAccount, OneNameInAccount, WithPath] name 1 "name": UserName, path 0: RolePath;
            GroupArn of Group: "iam:group", "an IAM group", Owner::Account,
                "arn:${Partition}:iam::${Account}:group/${GroupNameWithPath}",
                "arn:aws:iam::111122223333:group/auditors",
                [InAccount, OneNameInAccount, WithPath] name 1 "name": GroupName, path 0: RolePath;
            PolicyArn of ManagedPolicy: "iam:policy", "a managed policy", Owner::AccountOrAws,
                "arn:${Partition}:iam::${Account}:policy/${PolicyNameWithPath}",
                "arn:aws:iam::111122223333:policy/runner-boundary",
                [OneNameInAccount, WithPath] name 1 "name": PolicyName, path 0: RolePath;
            InstanceProfileArn of InstanceProfile: "iam:instance-profile", "an instance profile", Owner::Account,
                "arn:${Partition}:iam::${Account}:instance-profile/${InstanceProfileNameWithPath}",
                "arn:aws:iam::111122223333:instance-profile/web",
                [InAccount, OneNameInAccount, WithPath] name 1 "name": InstanceProfileName, path 0: RolePath;
            OidcProviderArn of OidcProvider: "iam:oidc-provider", "an OIDC provider", Owner::Account,
                "arn:${Partition}:iam::${Account}:oidc-provider/${OidcProviderName}",
                "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com",
                [InAccount, OneNameInAccount] name 0 "issuer": OidcIssuer;
            SamlProviderArn of SamlProvider: "iam:saml-provider", "a SAML provider", Owner::Account,
                "arn:${Partition}:iam::${Account}:saml-provider/${SamlProviderName}",
                "arn:aws:iam::111122223333:saml-provider/okta",
                [InAccount, OneNameInAccount] name 0 "name": ResourcePart;
            AccountRootArn of AccountRoot: "sts:root-user", "an account's root user", Owner::Account,
                "arn:${Partition}:iam::${Account}:root",
                "arn:aws:iam::111122223333:root",
                [InAccount] name 0 "resource": ResourcePart;
            FederatedUserArn of FederatedUser: "sts:federated-user", "a federated user session", Owner::Account,
                "arn:${Partition}:sts::${Account}:federated-user/${FederatedUserName}",
                "arn:aws:sts::111122223333:federated-user/contractor",
                [InAccount, OneNameInAccount] name 0 "name": ResourcePart;
            AssumedRoleArn of AssumedRole: "sts:assumed-role", "a role session", Owner::Account,
                "arn:${Partition}:sts::${Account}:assumed-role/${RoleName}/${RoleSessionName}",
                "arn:aws:sts::111122223333:assumed-role/maia-prod-task/nightly-load",
                [InAccount] name 1 "session": SessionName, role 0: RoleName;

            // S3
            BucketArn of Bucket: "s3:bucket", "an S3 bucket", Owner::Account,
                "arn:${Partition}:s3:::${BucketName}",
                "arn:aws:s3:::maia-staging-111122223333",
                [OneNameInPartition] name 0 "name": BucketName;
            ObjectArn of Object: "s3:object", "an S3 object", Owner::Account,
                "arn:${Partition}:s3:::${BucketName}/${ObjectName}",
                "arn:aws:s3:::maia-staging-111122223333/stage/a.csv",
                [] name 1 "key": ResourcePart, bucket 0: BucketName;
            AccessPointArn of AccessPoint: "s3:accesspoint", "an S3 access point", Owner::Account,
                "arn:${Partition}:s3:${Region}:${Account}:accesspoint/${AccessPointName}",
                "arn:aws:s3:eu-west-1:111122223333:accesspoint/analytics",
                [InRegion, InAccount, OneName] name 0 "name": ResourceId;

            // SQS, SNS and EventBridge
            QueueArn of Queue: "sqs:queue", "an SQS queue", Owner::Account,
                "arn:${Partition}:sqs:${Region}:${Account}:${QueueName}",
                "arn:aws:sqs:eu-west-1:111122223333:orders",
                [InRegion, InAccount, OneName] name 0 "name": QueueName;
            TopicArn of Topic: "sns:topic", "an SNS topic", Owner::Account,
                "arn:${Partition}:sns:${Region}:${Account}:${TopicName}",
                "arn:aws:sns:eu-west-1:111122223333:orders",
                [InRegion, InAccount, OneName] name 0 "name": TopicName;
            EventBusArn of EventBus: "events:event-bus", "an event bus", Owner::Account,
                "arn:${Partition}:events:${Region}:${Account}:event-bus/${EventBusName}",
                "arn:aws:events:eu-west-1:111122223333:event-bus/default",
                [InRegion, InAccount, OneName] name 0 "name": EventBusName;
            RuleArn of Rule: "events:rule-on-default-event-bus", "a rule on the default event bus", Owner::Account,
                "arn:${Partition}:events:${Region}:${Account}:rule/${RuleName}",
                "arn:aws:events:eu-west-1:111122223333:rule/nightly",
                [InRegion, InAccount, OneName] name 0 "name": RuleName;
            CustomBusRuleArn of CustomBusRule: "events:rule-on-custom-event-bus", "a rule on a custom event bus", Owner::Account,
                "arn:${Partition}:events:${Region}:${Account}:rule/${EventBusName}/${RuleName}",
                "arn:aws:events:eu-west-1:111122223333:rule/orders/nightly",
                [InRegion, InAccount] name 1 "name": RuleName, bus 0: EventBusName;
            ConnectionArn of Connection: "events:connection", "an EventBridge connection", Owner::Account,
                "arn:${Partition}:events:${Region}:${Account}:connection/${ConnectionName}",
                "arn:aws:events:eu-west-1:111122223333:connection/webhook/1a2b3c4d-5678-90ab-cdef-11111EXAMPLE",
                [InRegion, InAccount, OneName] name 0 "name": ResourceName;
            ScheduleArn of Schedule: "scheduler:schedule", "an EventBridge schedule", Owner::Account,
                "arn:${Partition}:scheduler:${Region}:${Account}:schedule/${GroupName}/${ScheduleName}",
                "arn:aws:scheduler:eu-west-1:111122223333:schedule/default/nightly",
                [InRegion, InAccount] name 1 "name": ResourcePart, group 0: ResourceId;
            ScheduleGroupArn of ScheduleGroup: "scheduler:schedule-group", "an EventBridge schedule group", Owner::Account,
                "arn:${Partition}:scheduler:${Region}:${Account}:schedule-group/${GroupName}",
                "arn:aws:scheduler:eu-west-1:111122223333:schedule-group/default",
                [InRegion, InAccount, OneName] name 0 "name": ResourceId;
            PipeArn of Pipe: "pipes:pipe", "an EventBridge pipe", Owner::Account,
                "arn:${Partition}:pipes:${Region}:${Account}:pipe/${Name}",
                "arn:aws:pipes:eu-west-1:111122223333:pipe/orders",
                [InRegion, InAccount, OneName] name 0 "name": ResourcePart;

            // DynamoDB, Kinesis and Firehose
            TableArn of Table: "dynamodb:table", "a DynamoDB table", Owner::Account,
                "arn:${Partition}:dynamodb:${Region}:${Account}:table/${TableName}",
                "arn:aws:dynamodb:eu-west-1:111122223333:table/orders",
                [InRegion, InAccount, OneName] name 0 "name": TableName;
            IndexArn of Index: "dynamodb:index", "an index of a DynamoDB table", Owner::Account,
                "arn:${Partition}:dynamodb:${Region}:${Account}:table/${TableName}/index/${IndexName}",
                "arn:aws:dynamodb:eu-west-1:111122223333:table/orders/index/by-customer",
                [InRegion, InAccount] name 1 "name": TableName, table 0: TableName;
            TableStreamArn of TableStream: "dynamodb:stream", "the stream of a DynamoDB table", Owner::Account,
                "arn:${Partition}:dynamodb:${Region}:${Account}:table/${TableName}/stream/${StreamLabel}",
                "arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/2026-01-31T12:00:00.000",
                [InRegion, InAccount] name 1 "label": ResourcePart, table 0: TableName;
            StreamArn of Stream: "kinesis:stream", "a Kinesis data stream", Owner::Account,
                "arn:${Partition}:kinesis:${Region}:${Account}:stream/${StreamName}",
                "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks",
                [InRegion, InAccount, OneName] name 0 "name": StreamName;
            DeliveryStreamArn of DeliveryStream: "firehose:deliverystream", "a Firehose stream", Owner::Account,
                "arn:${Partition}:firehose:${Region}:${Account}:deliverystream/${DeliveryStreamName}",
                "arn:aws:firehose:eu-west-1:111122223333:deliverystream/clicks",
                [InRegion, InAccount, OneName] name 0 "name": DeliveryStreamName;

            // Lambda, Step Functions and API Gateway
            FunctionArn of Function: "lambda:function", "a Lambda function", Owner::Account,
                "arn:${Partition}:lambda:${Region}:${Account}:function:${FunctionName}",
                "arn:aws:lambda:eu-west-1:111122223333:function:orders",
                [InRegion, InAccount, OneName] name 0 "name": FunctionName;
            FunctionAliasArn of FunctionAlias: "lambda:function alias", "an alias of a Lambda function", Owner::Account,
                "arn:${Partition}:lambda:${Region}:${Account}:function:${FunctionName}:${Alias}",
                "arn:aws:lambda:eu-west-1:111122223333:function:orders:live",
                [InRegion, InAccount] name 1 "name": ResourceId, function 0: FunctionName;
            FunctionVersionArn of FunctionVersion: "lambda:function version", "a version of a Lambda function", Owner::Account,
                "arn:${Partition}:lambda:${Region}:${Account}:function:${FunctionName}:${Version}",
                "arn:aws:lambda:eu-west-1:111122223333:function:orders:7",
                [InRegion, InAccount] name 1 "version": ResourceId, function 0: FunctionName;
            LayerArn of Layer: "lambda:layer", "a Lambda layer", Owner::Account,
                "arn:${Partition}:lambda:${Region}:${Account}:layer:${LayerName}",
                "arn:aws:lambda:eu-west-1:111122223333:layer:pandas",
                [InRegion, InAccount, OneName] name 0 "name": LayerName;
            LayerVersionArn of LayerVersion: "lambda:layerVersion", "a version of a Lambda layer", Owner::Account,
                "arn:${Partition}:lambda:${Region}:${Account}:layer:${LayerName}:${LayerVersion}",
                "arn:aws:lambda:eu-west-1:111122223333:layer:pandas:7",
                [InRegion, InAccount] name 1 "version": ResourcePart, layer 0: LayerName;
            StateMachineArn of StateMachine: "states:statemachine", "a state machine", Owner::Account,
                "arn:${Partition}:states:${Region}:${Account}:stateMachine:${StateMachineName}",
                "arn:aws:states:eu-west-1:111122223333:stateMachine:orders",
                [InRegion, InAccount, OneName] name 0 "name": StateMachineName;
            ExecutionArn of Execution: "states:execution", "an execution of a state machine", Owner::Account,
                "arn:${Partition}:states:${Region}:${Account}:execution:${StateMachineName}:${ExecutionId}",
                "arn:aws:states:eu-west-1:111122223333:execution:orders:4a5b6c7d",
                [InRegion, InAccount] name 1 "id": ResourcePart, machine 0: StateMachineName;
            ActivityArn of Activity: "states:activity", "a Step Functions activity", Owner::Account,
                "arn:${Partition}:states:${Region}:${Account}:activity:${ActivityName}",
                "arn:aws:states:eu-west-1:111122223333:activity:approve",
                [InRegion, InAccount, OneName] name 0 "name": StateMachineName;
            RestApiArn of RestApi: "apigateway:RestApi", "a REST API", Owner::Account,
                "arn:${Partition}:apigateway:${Region}::/restapis/${RestApiId}",
                "arn:aws:apigateway:eu-west-1::/restapis/a1b2c3d4e5",
                [InRegion] name 0 "id": ResourceId;
            HttpApiArn of HttpApi: "apigateway:Api", "an HTTP or WebSocket API", Owner::Account,
                "arn:${Partition}:apigateway:${Region}::/apis/${ApiId}",
                "arn:aws:apigateway:eu-west-1::/apis/a1b2c3d4e5",
                [InRegion] name 0 "id": ResourceId;
            GraphqlApiArn of GraphqlApi: "appsync:graphqlapi", "an AppSync API", Owner::Account,
                "arn:${Partition}:appsync:${Region}:${Account}:apis/${GraphQLAPIId}",
                "arn:aws:appsync:eu-west-1:111122223333:apis/a1b2c3d4e5",
                [InRegion, InAccount, OneName] name 0 "id": ResourceId;

            // CloudWatch and CloudTrail
            LogGroupArn of LogGroup: "logs:log-group", "a log group", Owner::Account,
                "arn:${Partition}:logs:${Region}:${Account}:log-group:${LogGroupName}",
                "arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/maia-prod-task",
                [InRegion, InAccount, OneName] name 0 "name": LogGroupName;
            LogStreamArn of LogStream: "logs:log-stream", "a log stream", Owner::Account,
                "arn:${Partition}:logs:${Region}:${Account}:log-group:${LogGroupName}:log-stream:${LogStreamName}",
                "arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/maia-prod-task:log-stream:task/1",
                [InRegion, InAccount] name 1 "name": ResourceName, group 0: LogGroupName;
            AlarmArn of Alarm: "cloudwatch:alarm", "a CloudWatch alarm", Owner::Account,
                "arn:${Partition}:cloudwatch:${Region}:${Account}:alarm:${AlarmName}",
                "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:queue-age",
                [InRegion, InAccount, OneName] name 0 "name": ResourcePart;
            TrailArn of Trail: "cloudtrail:trail", "a CloudTrail trail", Owner::Account,
                "arn:${Partition}:cloudtrail:${Region}:${Account}:trail/${TrailName}",
                "arn:aws:cloudtrail:eu-west-1:111122223333:trail/organization",
                [InRegion, InAccount, OneName] name 0 "name": ResourcePart;

            // Keys, secrets, parameters and certificates
            KmsKeyArn of KmsKey: "kms:key", "a KMS key", Owner::Account,
                "arn:${Partition}:kms:${Region}:${Account}:key/${KeyId}",
                "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
                [InRegion, InAccount, OneName] name 0 "key ID": KmsKeyId;
            KmsAliasArn of KmsAlias: "kms:alias", "an alias of a KMS key", Owner::Account,
                "arn:${Partition}:kms:${Region}:${Account}:alias/${Alias}",
                "arn:aws:kms:eu-west-1:111122223333:alias/staging",
                [InRegion, InAccount, OneName] name 0 "name": ResourcePart;
            SecretArn of Secret: "secretsmanager:Secret", "a secret", Owner::Account,
                "arn:${Partition}:secretsmanager:${Region}:${Account}:secret:${SecretId}",
                "arn:aws:secretsmanager:eu-west-1:111122223333:secret:source-db-password-a1B2c3",
                [InRegion, InAccount, OneName] name 0 "secret": SecretId;
            ParameterArn of Parameter: "ssm:parameter", "a parameter", Owner::AccountOrNone,
                "arn:${Partition}:ssm:${Region}:${Account}:parameter/${ParameterNameWithoutLeadingSlash}",
                "arn:aws:ssm:eu-west-1:111122223333:parameter/prod/db/host",
                [InRegion, OneName] name 0 "name": ParameterName;
            DocumentArn of Document: "ssm:document", "a Systems Manager document", Owner::AccountOrNone,
                "arn:${Partition}:ssm:${Region}:${Account}:document/${DocumentName}",
                "arn:aws:ssm:eu-west-1:111122223333:document/Restart",
                [InRegion, OneName] name 0 "name": ResourceId;
            CertificateArn of Certificate: "acm:certificate", "an ACM certificate", Owner::Account,
                "arn:${Partition}:acm:${Region}:${Account}:certificate/${CertificateId}",
                "arn:aws:acm:eu-west-1:111122223333:certificate/1234abcd-12ab-34cd-56ef-1234567890ab",
                [InRegion, InAccount, OneName] name 0 "id": ResourcePart;

            // Containers
            RepositoryArn of Repository: "ecr:repository", "an ECR repository", Owner::Account,
                "arn:${Partition}:ecr:${Region}:${Account}:repository/${RepositoryName}",
                "arn:aws:ecr:eu-west-1:111122223333:repository/matillion/etl-agent",
                [InRegion, InAccount, OneName] name 0 "name": EcrRepositoryName;
            EcsClusterArn of EcsCluster: "ecs:cluster", "an ECS cluster", Owner::Account,
                "arn:${Partition}:ecs:${Region}:${Account}:cluster/${ClusterName}",
                "arn:aws:ecs:eu-west-1:111122223333:cluster/prod",
                [InRegion, InAccount, OneName] name 0 "name": EcsName;
            EcsServiceArn of EcsService: "ecs:service", "an ECS service", Owner::Account,
                "arn:${Partition}:ecs:${Region}:${Account}:service/${ClusterName}/${ServiceName}",
                "arn:aws:ecs:eu-west-1:111122223333:service/prod/web",
                [InRegion, InAccount] name 1 "name": EcsName, cluster 0: EcsName;
            TaskArn of Task: "ecs:task", "an ECS task", Owner::Account,
                "arn:${Partition}:ecs:${Region}:${Account}:task/${ClusterName}/${TaskId}",
                "arn:aws:ecs:eu-west-1:111122223333:task/prod/1a2b3c4d5e6f708192a3b4c5d6e7f809",
                [InRegion, InAccount] name 1 "id": ResourcePart, cluster 0: EcsName;
            TaskDefinitionArn of TaskDefinition: "ecs:task-definition", "an ECS task definition", Owner::Account,
                "arn:${Partition}:ecs:${Region}:${Account}:task-definition/${TaskDefinitionFamilyName}:${TaskDefinitionRevisionNumber}",
                "arn:aws:ecs:eu-west-1:111122223333:task-definition/web:7",
                [InRegion, InAccount] name 0 "name": EcsName, revision 1: ResourcePart;
            ContainerInstanceArn of ContainerInstance: "ecs:container-instance", "an ECS container instance", Owner::Account,
                "arn:${Partition}:ecs:${Region}:${Account}:container-instance/${ClusterName}/${ContainerInstanceId}",
                "arn:aws:ecs:eu-west-1:111122223333:container-instance/prod/1a2b3c4d5e6f708192a3b4c5d6e7f809",
                [InRegion, InAccount] name 1 "id": ResourcePart, cluster 0: EcsName;
            EksClusterArn of EksCluster: "eks:cluster", "an EKS cluster", Owner::Account,
                "arn:${Partition}:eks:${Region}:${Account}:cluster/${ClusterName}",
                "arn:aws:eks:eu-west-1:111122223333:cluster/prod",
                [InRegion, InAccount, OneName] name 0 "name": EksClusterName;
            NodegroupArn of Nodegroup: "eks:nodegroup", "a node group of an EKS cluster", Owner::Account,
                "arn:${Partition}:eks:${Region}:${Account}:nodegroup/${ClusterName}/${NodegroupName}/${UUID}",
                "arn:aws:eks:eu-west-1:111122223333:nodegroup/prod/workers/12345678-1234-1234-1234-123456789012",
                [InRegion, InAccount] name 1 "name": ResourcePart, cluster 0: EksClusterName, id 2: ResourcePart;
            JobQueueArn of JobQueue: "batch:job-queue", "a Batch job queue", Owner::Account,
                "arn:${Partition}:batch:${Region}:${Account}:job-queue/${JobQueueName}",
                "arn:aws:batch:eu-west-1:111122223333:job-queue/nightly",
                [InRegion, InAccount, OneName] name 0 "name": ResourceId;
            JobDefinitionArn of JobDefinition: "batch:job-definition", "a Batch job definition", Owner::Account,
                "arn:${Partition}:batch:${Region}:${Account}:job-definition/${JobDefinitionName}",
                "arn:aws:batch:eu-west-1:111122223333:job-definition/load",
                [InRegion, InAccount, OneName] name 0 "name": ResourcePart;

            // EC2, Elastic Load Balancing and Auto Scaling
            InstanceArn of Instance: "ec2:instance", "an EC2 instance", Owner::Account,
                "arn:${Partition}:ec2:${Region}:${Account}:instance/${InstanceId}",
                "arn:aws:ec2:eu-west-1:111122223333:instance/i-0a1b2c3d4e5f67890",
                [InRegion, InAccount, OneName] name 0 "id": InstanceId;
            VolumeArn of Volume: "ec2:volume", "an EBS volume", Owner::Account,
                "arn:${Partition}:ec2:${Region}:${Account}:volume/${VolumeId}",
                "arn:aws:ec2:eu-west-1:111122223333:volume/vol-0a1b2c3d4e5f67890",
                [InRegion, InAccount, OneName] name 0 "id": VolumeId;
            SnapshotArn of Snapshot: "ec2:snapshot", "an EBS snapshot", Owner::Account,
                "arn:${Partition}:ec2:${Region}::snapshot/${SnapshotId}",
                "arn:aws:ec2:eu-west-1::snapshot/snap-0a1b2c3d4e5f67890",
                [InRegion] name 0 "id": SnapshotId;
            ImageArn of Image: "ec2:image", "an AMI", Owner::Account,
                "arn:${Partition}:ec2:${Region}::image/${ImageId}",
                "arn:aws:ec2:eu-west-1::image/ami-0a1b2c3d4e5f67890",
                [InRegion] name 0 "id": ImageId;
            VpcArn of Vpc: "ec2:vpc", "a VPC", Owner::Account,
                "arn:${Partition}:ec2:${Region}:${Account}:vpc/${VpcId}",
                "arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-0a1b2c3d4e5f67890",
                [InRegion, InAccount, OneName] name 0 "id": VpcId;
            SubnetArn of Subnet: "ec2:subnet", "a subnet", Owner::Account,
                "arn:${Partition}:ec2:${Region}:${Account}:subnet/${SubnetId}",
                "arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-0a1b2c3d4e5f67890",
                [InRegion, InAccount, OneName] name 0 "id": SubnetId;
            SecurityGroupArn of SecurityGroup: "ec2:security-group", "a security group", Owner::Account,
                "arn:${Partition}:ec2:${Region}:${Account}:security-group/${SecurityGroupId}",
                "arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0a1b2c3d4e5f67890",
                [InRegion, InAccount, OneName] name 0 "id": SecurityGroupId;
            NetworkInterfaceArn of NetworkInterface: "ec2:network-interface", "a network interface", Owner::Account,
                "arn:${Partition}:ec2:${Region}:${Account}:network-interface/${NetworkInterfaceId}",
                "arn:aws:ec2:eu-west-1:111122223333:network-interface/eni-0a1b2c3d4e5f67890",
                [InRegion, InAccount, OneName] name 0 "id": ResourcePart;
            KeyPairArn of KeyPair: "ec2:key-pair", "a key pair", Owner::Account,
                "arn:${Partition}:ec2:${Region}:${Account}:key-pair/${KeyPairName}",
                "arn:aws:ec2:eu-west-1:111122223333:key-pair/admin",
                [InRegion, InAccount, OneName] name 0 "name": ResourcePart;
            LaunchTemplateArn of LaunchTemplate: "ec2:launch-template", "a launch template", Owner::Account,
                "arn:${Partition}:ec2:${Region}:${Account}:launch-template/${LaunchTemplateId}",
                "arn:aws:ec2:eu-west-1:111122223333:launch-template/lt-0a1b2c3d4e5f67890",
                [InRegion, InAccount, OneName] name 0 "id": ResourcePart;
            VpcEndpointArn of VpcEndpoint: "ec2:vpc-endpoint", "a VPC endpoint", Owner::Account,
                "arn:${Partition}:ec2:${Region}:${Account}:vpc-endpoint/${VpcEndpointId}",
                "arn:aws:ec2:eu-west-1:111122223333:vpc-endpoint/vpce-0a1b2c3d4e5f67890",
                [InRegion, InAccount, OneName] name 0 "id": VpcEndpointId;
            ApplicationLoadBalancerArn of ApplicationLoadBalancer: "elasticloadbalancing:loadbalancer/app/", "an Application Load Balancer", Owner::Account,
                "arn:${Partition}:elasticloadbalancing:${Region}:${Account}:loadbalancer/app/${LoadBalancerName}/${LoadBalancerId}",
                "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/50dc6c495c0c9188",
                [InRegion, InAccount] name 0 "name": ResourcePart, id 1: ResourcePart;
            NetworkLoadBalancerArn of NetworkLoadBalancer: "elasticloadbalancing:loadbalancer/net/", "a Network Load Balancer", Owner::Account,
                "arn:${Partition}:elasticloadbalancing:${Region}:${Account}:loadbalancer/net/${LoadBalancerName}/${LoadBalancerId}",
                "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/web/50dc6c495c0c9188",
                [InRegion, InAccount] name 0 "name": ResourcePart, id 1: ResourcePart;
            TargetGroupArn of TargetGroup: "elasticloadbalancing:targetgroup", "a target group", Owner::Account,
                "arn:${Partition}:elasticloadbalancing:${Region}:${Account}:targetgroup/${TargetGroupName}/${TargetGroupId}",
                "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/73e2d6bc24d8a067",
                [InRegion, InAccount] name 0 "name": ResourcePart, id 1: ResourcePart;
            AutoScalingGroupArn of AutoScalingGroup: "autoscaling:autoScalingGroup", "an Auto Scaling group", Owner::Account,
                "arn:${Partition}:autoscaling:${Region}:${Account}:autoScalingGroup:${GroupId}:autoScalingGroupName/${GroupFriendlyName}",
                "arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:1234abcd-12ab-34cd-56ef-1234567890ab:autoScalingGroupName/web",
                [InRegion, InAccount] name 1 "name": ResourcePart, id 0: ResourceId;

            // Databases and caches
            DbInstanceArn of DbInstance: "rds:db", "an RDS DB instance", Owner::Account,
                "arn:${Partition}:rds:${Region}:${Account}:db:${DbInstanceName}",
                "arn:aws:rds:eu-west-1:111122223333:db:orders",
                [InRegion, InAccount, OneName] name 0 "name": ResourcePart;
            DbClusterArn of DbCluster: "rds:cluster", "an RDS DB cluster", Owner::Account,
                "arn:${Partition}:rds:${Region}:${Account}:cluster:${DbClusterInstanceName}",
                "arn:aws:rds:eu-west-1:111122223333:cluster:orders",
                [InRegion, InAccount, OneName] name 0 "name": ResourcePart;
            DbSnapshotArn of DbSnapshot: "rds:snapshot", "an RDS DB snapshot", Owner::Account,
                "arn:${Partition}:rds:${Region}:${Account}:snapshot:${SnapshotName}",
                "arn:aws:rds:eu-west-1:111122223333:snapshot:rds:orders-2026-01-31-00-05",
                [InRegion, InAccount, OneName] name 0 "name": ResourcePart;
            DbUserArn of DbUser: "rds-db:db-user", "a database user of RDS", Owner::Account,
                "arn:${Partition}:rds-db:${Region}:${Account}:dbuser:${DbiResourceId}/${DbUserName}",
                "arn:aws:rds-db:eu-west-1:111122223333:dbuser:db-ABCDEFGHIJKL01234/reader",
                [InRegion, InAccount] name 1 "name": ResourcePart, resource 0: ResourcePart;
            CacheClusterArn of CacheCluster: "elasticache:cluster", "an ElastiCache cluster", Owner::Account,
                "arn:${Partition}:elasticache:${Region}:${Account}:cluster:${CacheClusterId}",
                "arn:aws:elasticache:eu-west-1:111122223333:cluster:sessions",
                [InRegion, InAccount, OneName] name 0 "name": ResourcePart;
            ReplicationGroupArn of ReplicationGroup: "elasticache:replicationgroup", "an ElastiCache replication group", Owner::Account,
                "arn:${Partition}:elasticache:${Region}:${Account}:replicationgroup:${ReplicationGroupId}",
                "arn:aws:elasticache:eu-west-1:111122223333:replicationgroup:sessions",
                [InRegion, InAccount, OneName] name 0 "name": ResourcePart;
            RedshiftClusterArn of RedshiftCluster: "redshift:cluster", "a Redshift cluster", Owner::Account,
                "arn:${Partition}:redshift:${Region}:${Account}:cluster:${ClusterName}",
                "arn:aws:redshift:eu-west-1:111122223333:cluster:warehouse",
                [InRegion, InAccount, OneName] name 0 "name": ResourcePart;
            RedshiftNamespaceArn of RedshiftNamespace: "redshift-serverless:namespace", "a Redshift Serverless namespace", Owner::Account,
                "arn:${Partition}:redshift-serverless:${Region}:${Account}:namespace/${NamespaceId}",
                "arn:aws:redshift-serverless:eu-west-1:111122223333:namespace/1234abcd-12ab-34cd-56ef-1234567890ab",
                [InRegion, InAccount, OneName] name 0 "id": ResourcePart;
            RedshiftWorkgroupArn of RedshiftWorkgroup: "redshift-serverless:workgroup", "a Redshift Serverless workgroup", Owner::Account,
                "arn:${Partition}:redshift-serverless:${Region}:${Account}:workgroup/${WorkgroupId}",
                "arn:aws:redshift-serverless:eu-west-1:111122223333:workgroup/1234abcd-12ab-34cd-56ef-1234567890ab",
                [InRegion, InAccount, OneName] name 0 "id": ResourcePart;
            OpenSearchDomainArn of OpenSearchDomain: "es:domain", "an OpenSearch Service domain", Owner::Account,
                "arn:${Partition}:es:${Region}:${Account}:domain/${DomainName}",
                "arn:aws:es:eu-west-1:111122223333:domain/logs",
                [InRegion, InAccount, OneName] name 0 "name": ResourcePart;

            // Analytics and files
            GlueCatalogArn of GlueCatalog: "glue:rootcatalog", "a Glue Data Catalog", Owner::Account,
                "arn:${Partition}:glue:${Region}:${Account}:catalog",
                "arn:aws:glue:eu-west-1:111122223333:catalog",
                [InRegion, InAccount] name 0 "resource": ResourcePart;
            GlueDatabaseArn of GlueDatabase: "glue:database", "a Glue database", Owner::Account,
                "arn:${Partition}:glue:${Region}:${Account}:database/${DatabaseName}",
                "arn:aws:glue:eu-west-1:111122223333:database/sales",
                [InRegion, InAccount, OneName] name 0 "name": ResourcePart;
            GlueTableArn of GlueTable: "glue:table", "a Glue table", Owner::Account,
                "arn:${Partition}:glue:${Region}:${Account}:table/${DatabaseName}/${TableName}",
                "arn:aws:glue:eu-west-1:111122223333:table/sales/orders",
                [InRegion, InAccount] name 1 "name": ResourcePart, database 0: ResourcePart;
            GlueJobArn of GlueJob: "glue:job", "a Glue job", Owner::Account,
                "arn:${Partition}:glue:${Region}:${Account}:job/${JobName}",
                "arn:aws:glue:eu-west-1:111122223333:job/load-orders",
                [InRegion, InAccount, OneName] name 0 "name": ResourcePart;
            GlueCrawlerArn of GlueCrawler: "glue:crawler", "a Glue crawler", Owner::Account,
                "arn:${Partition}:glue:${Region}:${Account}:crawler/${CrawlerName}",
                "arn:aws:glue:eu-west-1:111122223333:crawler/sales",
                [InRegion, InAccount, OneName] name 0 "name": ResourcePart;
            WorkGroupArn of WorkGroup: "athena:workgroup", "an Athena workgroup", Owner::Account,
                "arn:${Partition}:athena:${Region}:${Account}:workgroup/${WorkGroupName}",
                "arn:aws:athena:eu-west-1:111122223333:workgroup/primary",
                [InRegion, InAccount, OneName] name 0 "name": ResourceId;
            KafkaClusterArn of KafkaCluster: "kafka:cluster", "an MSK cluster", Owner::Account,
                "arn:${Partition}:kafka:${Region}:${Account}:cluster/${ClusterName}/${Uuid}",
                "arn:aws:kafka:eu-west-1:111122223333:cluster/events/1234abcd-12ab-34cd-56ef-1234567890ab-2",
                [InRegion, InAccount] name 0 "name": ResourcePart, id 1: ResourcePart;
            FileSystemArn of FileSystem: "elasticfilesystem:file-system", "an EFS file system", Owner::Account,
                "arn:${Partition}:elasticfilesystem:${Region}:${Account}:file-system/${FileSystemId}",
                "arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-0a1b2c3d4e5f67890",
                [InRegion, InAccount, OneName] name 0 "id": ResourceId;
            FileSystemAccessPointArn of FileSystemAccessPoint: "elasticfilesystem:access-point", "an EFS access point", Owner::Account,
                "arn:${Partition}:elasticfilesystem:${Region}:${Account}:access-point/${AccessPointId}",
                "arn:aws:elasticfilesystem:eu-west-1:111122223333:access-point/fsap-0a1b2c3d4e5f67890",
                [InRegion, InAccount, OneName] name 0 "id": ResourceId;

            // Web and users
            HostedZoneArn of HostedZone: "route53:hostedzone", "a hosted zone", Owner::Account,
                "arn:${Partition}:route53:::hostedzone/${Id}",
                "arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ",
                [OneNameInPartition] name 0 "id": ResourceId;
            DistributionArn of Distribution: "cloudfront:distribution", "a CloudFront distribution", Owner::Account,
                "arn:${Partition}:cloudfront::${Account}:distribution/${DistributionId}",
                "arn:aws:cloudfront::111122223333:distribution/E1A2B3C4D5E6F7",
                [InAccount, OneNameInAccount] name 0 "id": ResourcePart;
            WebAclArn of WebAcl: "wafv2:webacl", "a web ACL", Owner::Account,
                "arn:${Partition}:wafv2:${Region}:${Account}:${Scope}/webacl/${Name}/${Id}",
                "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/web/1234abcd-12ab-34cd-56ef-1234567890ab",
                [InRegion, InAccount] name 1 "name": ResourcePart, scope 0: ResourceId, id 2: ResourcePart;
            UserPoolArn of UserPool: "cognito-idp:userpool", "a Cognito user pool", Owner::Account,
                "arn:${Partition}:cognito-idp:${Region}:${Account}:userpool/${UserPoolId}",
                "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_a1B2c3D4e",
                [InRegion, InAccount, OneName] name 0 "id": ResourcePart;
            IdentityPoolArn of IdentityPool: "cognito-identity:identitypool", "a Cognito identity pool", Owner::Account,
                "arn:${Partition}:cognito-identity:${Region}:${Account}:identitypool/${IdentityPoolId}",
                "arn:aws:cognito-identity:eu-west-1:111122223333:identitypool/eu-west-1:1234abcd-12ab-34cd-56ef-1234567890ab",
                [InRegion, InAccount, OneName] name 0 "id": ResourcePart;

            // Building and deploying
            StackArn of Stack: "cloudformation:stack", "a CloudFormation stack", Owner::Account,
                "arn:${Partition}:cloudformation:${Region}:${Account}:stack/${StackName}/${Id}",
                "arn:aws:cloudformation:eu-west-1:111122223333:stack/network/1234abcd-12ab-34cd-56ef-1234567890ab",
                [InRegion, InAccount] name 0 "name": StackName, id 1: ResourcePart;
            CodeBuildProjectArn of CodeBuildProject: "codebuild:project", "a CodeBuild project", Owner::Account,
                "arn:${Partition}:codebuild:${Region}:${Account}:project/${ProjectName}",
                "arn:aws:codebuild:eu-west-1:111122223333:project/web",
                [InRegion, InAccount, OneName] name 0 "name": ResourceId;
            CodePipelineArn of CodePipeline: "codepipeline:pipeline", "a CodePipeline pipeline", Owner::Account,
                "arn:${Partition}:codepipeline:${Region}:${Account}:${PipelineName}",
                "arn:aws:codepipeline:eu-west-1:111122223333:web",
                [InRegion, InAccount, OneName] name 0 "name": ResourceId;
            BackupVaultArn of BackupVault: "backup:backupVault", "a backup vault", Owner::Account,
                "arn:${Partition}:backup:${Region}:${Account}:backup-vault:${BackupVaultName}",
                "arn:aws:backup:eu-west-1:111122223333:backup-vault:daily",
                [InRegion, InAccount, OneName] name 0 "name": ResourceName;
        }
    };
}
pub(in super::super) use arns;
