//! Resources given by their ARNs, as a user has them, and by their names.

use policy_core::names::{
    BucketArn, EksClusterArn, KmsKeyArn, LogGroupArn, LogGroupName, Name, OidcIssuer, OidcProviderArn, RepositoryArn,
    ResourceArn, SecretArn,
};
use runner_profiles::policy_core::names::{KubernetesNamespace, KubernetesServiceAccount};
use runner_profiles::{
    Bucket, EcrRepository, EksTrust, Identifies, KmsKey, LogGroup, OidcProvider, Role, RoleError, S3Bucket,
    ServiceAccount, Warning,
};

use super::{
    ACCOUNT, DESTINATION_BUCKET, EXTENSION_LIBRARY, KEY_2, REGION, REPOSITORY, STAGING_BUCKET, STAGING_PREFIX, hybrid,
    policy, streaming,
};

const ISSUER: &str = "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE";

fn arn<A: Name>(text: &str) -> A {
    A::parse_name(text).unwrap()
}

/// The roles of both runners with everything that is given by a name or an ARN.
fn roles(
    buckets: [S3Bucket; 3],
    key: impl Identifies<KmsKey> + Clone,
    logs: impl Identifies<LogGroup>,
    images: impl Identifies<EcrRepository> + Clone,
) -> Vec<Role> {
    let [staging, library, destination] = buckets;
    let hybrid = hybrid()
        .with_staging_bucket(
            Bucket::new(staging)
                .with_strict_prefix(STAGING_PREFIX)
                .with_key(key.clone()),
        )
        .with_extension_library(library)
        .with_log_group(logs)
        .with_ecr_repository(images.clone());
    let streaming = streaming()
        .with_destination_bucket(Bucket::new(destination).with_key(key))
        .with_ecr_repository(images);
    let mut roles = Vec::from(hybrid.roles().unwrap());
    roles.extend(streaming.roles().unwrap());
    roles
}

#[test]
fn a_name_and_the_arn_of_the_same_resource_give_the_same_roles() {
    let names = [STAGING_BUCKET, EXTENSION_LIBRARY, DESTINATION_BUCKET];
    let by_name = roles(
        names.clone().map(S3Bucket::from),
        KEY_2,
        LogGroupName::from_static("/ecs/another"),
        REPOSITORY,
    );
    let by_arn = roles(
        names.map(|name| S3Bucket::from(BucketArn::in_partition(&REGION.partition(), &name))),
        KmsKeyArn::of(&REGION, &ACCOUNT, &KEY_2),
        arn::<LogGroupArn>("arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/another:*"),
        RepositoryArn::of(&REGION, &ACCOUNT, &REPOSITORY),
    );
    assert_eq!(by_name, by_arn);
    assert_eq!(by_name.len(), 5);
}

/// The error says which ARN, whatever it is of.
#[test]
fn what_is_in_another_partition_is_refused() {
    fn refused<A: ResourceArn>(text: &str, make: impl Fn(A) -> Result<Role, RoleError>) {
        let own = make(arn(text));
        assert!(own.is_ok(), "{own:?}");
        let text = text
            .replace("arn:aws:", "arn:aws-cn:")
            .replace("eu-west-1", "cn-north-1");
        let error = make(arn(&text)).unwrap_err();
        let expected = format!(
            "`{text}` is not in the partition `aws` of `eu-west-1`, and a role cannot use resources of another partition; name one that is in the \
             runner's own partition"
        );
        assert_eq!(error.to_string(), expected);
    }
    refused::<BucketArn>("arn:aws:s3:::staging", |arn| {
        hybrid().with_staging_bucket(Bucket::new(arn)).task_role()
    });
    refused::<BucketArn>("arn:aws:s3:::library", |arn| {
        hybrid().with_extension_library(arn).task_role()
    });
    refused::<BucketArn>("arn:aws:s3:::library", |arn| {
        hybrid().with_extension_library(arn).script_runner_task_role()
    });
    refused::<BucketArn>("arn:aws:s3:::lake", |arn| {
        streaming().with_destination_bucket(Bucket::new(arn)).task_role()
    });
    refused::<LogGroupArn>("arn:aws:logs:eu-west-1:111122223333:log-group:a", |arn| {
        hybrid().with_log_group(arn).execution_role()
    });
    refused::<RepositoryArn>("arn:aws:ecr:eu-west-1:111122223333:repository/agent", |arn| {
        hybrid().with_ecr_repository(arn).execution_role()
    });
    refused::<KmsKeyArn>(KmsKeyArn::SAMPLE, |arn| hybrid().with_pipeline_key(arn).task_role());
    refused::<EksClusterArn>("arn:aws:eks:eu-west-1:111122223333:cluster/prod", |arn| {
        hybrid().task_role_on_eks(&EksTrust::PodIdentityInCluster(arn))
    });
    refused::<OidcProviderArn>(
        "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A",
        |arn| hybrid().task_role_on_eks(&service_account(arn)),
    );
}

/// Of another account, a repository and a key can allow the role; a log group cannot, and pods cannot assume it.
#[test]
fn what_cannot_work_from_another_account_is_refused_or_warned_of() {
    let logs: LogGroupArn = arn("arn:aws:logs:eu-west-1:444455556666:log-group:a");
    let role = hybrid().with_log_group(logs.clone()).execution_role().unwrap();
    assert_eq!(role.warnings(), [Warning::OtherAccountLogGroup(logs)]);
    assert_eq!(
        role.warnings().first().unwrap().to_string(),
        "`arn:aws:logs:eu-west-1:444455556666:log-group:a` is in another account, and the resource-based policies of CloudWatch Logs let \
         only AWS services write there; name a log group of the runner's account"
    );
    let images: RepositoryArn = arn("arn:aws:ecr:us-east-1:444455556666:repository/agent");
    let role = hybrid().with_ecr_repository(images.clone()).execution_role().unwrap();
    assert_eq!(role.warnings(), []);
    assert!(role.to_json().contains(images.as_str()));

    let cluster: EksClusterArn = arn("arn:aws:eks:eu-west-1:444455556666:cluster/prod");
    let provider: OidcProviderArn = arn(&format!("arn:aws:iam::444455556666:oidc-provider/{ISSUER}"));
    for (trust, arn) in [
        (EksTrust::PodIdentityInCluster(cluster.clone()), cluster.to_string()),
        (service_account(provider.clone()), provider.to_string()),
    ] {
        assert_eq!(
            hybrid().task_role_on_eks(&trust).unwrap_err().to_string(),
            format!(
                "`{arn}` is not in the account `111122223333` of the runner, and pods can only assume a role of the account that it is in; for \
                 a cluster of another account, create an OIDC provider for it in `111122223333`"
            )
        );
    }
}

fn service_account(provider: impl Identifies<OidcProvider>) -> EksTrust {
    let namespace = KubernetesNamespace::from_static("matillion");
    ServiceAccount::new(
        provider,
        namespace,
        KubernetesServiceAccount::from_static("matillion-runner-sa"),
    )
    .into()
}

#[test]
fn on_eks_the_provider_is_given_by_its_issuer_or_its_arn_and_the_cluster_by_its_arn() {
    let by_issuer = service_account(arn::<OidcIssuer>(ISSUER));
    let by_arn = service_account(arn::<OidcProviderArn>(&format!(
        "arn:aws:iam::111122223333:oidc-provider/{ISSUER}"
    )));
    assert_eq!(
        hybrid().task_role_on_eks(&by_issuer),
        hybrid().task_role_on_eks(&by_arn)
    );

    let cluster = EksTrust::PodIdentityInCluster(arn("arn:aws:eks:eu-west-1:111122223333:cluster/prod"));
    let role = hybrid().task_role_on_eks(&cluster).unwrap();
    let conditions = concat!(
        r#""StringEquals":{"aws:SourceAccount":"111122223333","#,
        r#""aws:RequestTag/eks-cluster-arn":"arn:aws:eks:eu-west-1:111122223333:cluster/prod"}"#
    );
    assert!(role.trust().to_json().contains(conditions), "{}", role.trust());
    assert_eq!(role.findings(), []);
}

#[test]
fn a_key_without_a_secret_is_warned_of() {
    let none = super::hybrid_in(REGION).with_pipeline_key(KEY_2);
    let roles = [
        none.task_role().unwrap(),
        none.task_role_on_eks(&EksTrust::PodIdentity).unwrap(),
    ];
    for role in roles {
        assert_eq!(role.warnings(), [Warning::KeyWithoutSecret(KEY_2.into())]);
        assert_eq!(
            role.warnings().first().unwrap().to_string(),
            "the key `0987dcba-09fe-87dc-65ba-ab0987654321` is for pipelines' secrets, and the runner has none: the role may decrypt with the \
             key and read nothing; give the secrets with `with_pipeline_secret`, or remove the key"
        );
        assert!(policy(&role).to_json().contains("DecryptPipelineSecrets"));
    }
    assert_eq!(hybrid().with_pipeline_key(KEY_2).task_role().unwrap().warnings(), []);
}

#[test]
fn a_key_in_another_region_than_its_secrets_is_warned_of() {
    const ELSEWHERE: &str = "arn:aws:kms:us-east-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab";
    let key = || arn::<KmsKeyArn>(ELSEWHERE);
    let warning = Warning::KeyInAnotherRegion(key());
    let pipelines = hybrid().with_pipeline_key(key());
    assert_eq!(
        pipelines.task_role().unwrap().warnings(),
        std::slice::from_ref(&warning)
    );
    let credentials = hybrid().with_credentials_key(key());
    assert_eq!(
        credentials.execution_role().unwrap().warnings(),
        std::slice::from_ref(&warning)
    );
    assert!(
        warning
            .to_string()
            .contains("is in `us-east-1`, and no secret that it is for is there")
    );
    // A key for the one secret that is there.
    let there = arn::<SecretArn>("arn:aws:secretsmanager:us-east-1:111122223333:secret:warehouse-a1B2c3");
    assert_eq!(
        pipelines.with_pipeline_secret(there).task_role().unwrap().warnings(),
        []
    );
}
