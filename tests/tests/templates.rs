//! What templates render to: what is repeated, what is dropped, and what follows from the region.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use policy_core::names::{
    AccountId, BucketName, KmsKeyId, ObjectPrefix, OidcIssuer, Partition, Region, ResourceName, SecretArn,
    ServicePrincipal,
};
use policy_core::policy::{IdentityPolicy, NonEmpty, TrustPolicy};
use policy_macros::{policy, policy_file};

fn bucket(name: &'static str) -> BucketName {
    BucketName::from_static(name)
}

policy! {
    struct Elements: IdentityPolicy {
        first: Option<BucketName>,
        rest: Option<NonEmpty<BucketName>>,
        prefix: Option<ObjectPrefix>,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*" },
            { "Effect": "Allow", "Action": "s3:GetObject",
              "Resource": ["arn:aws:s3:::<first>/*", "arn:aws:s3:::always/<prefix>/*", "arn:aws:s3:::<rest>/<prefix>/*"] },
            { "Effect": "Allow", "Action": "s3:PutObject",
              "Resource": ["arn:aws:s3:::<first>/*", "arn:aws:s3:::<rest>/*"] }
        ]
    }
}

/// The `Resource` of each statement that is there.
fn resources(json: &str) -> Vec<String> {
    let policy = IdentityPolicy::from_json(json).unwrap();
    let document = policy.document();
    let (outline, _) = policy_core::policy::read(document, IdentityPolicy::KIND);
    outline
        .statements
        .iter()
        .map(|statement| statement.resource.unwrap().value.to_json())
        .collect()
}

#[test]
fn an_element_of_a_list_is_dropped_alone_and_the_statement_with_the_last() {
    let of = |first, rest, prefix| resources(&Elements { first, rest, prefix }.to_json());
    let first = || Some(bucket("first"));
    let rest = || Some(NonEmpty::from([bucket("one"), bucket("two")]));
    let prefix = || Some(ObjectPrefix::from_static("in"));
    // The second statement's only certain string has a hole that may be empty too.
    assert_eq!(of(None, None, None), [r#""*""#]);
    assert_eq!(
        of(first(), None, None),
        [r#""*""#, r#"["arn:aws:s3:::first/*"]"#, r#"["arn:aws:s3:::first/*"]"#]
    );
    assert_eq!(
        of(None, rest(), None),
        [r#""*""#, r#"["arn:aws:s3:::one/*","arn:aws:s3:::two/*"]"#]
    );
    assert_eq!(of(None, None, prefix()), [r#""*""#, r#"["arn:aws:s3:::always/in/*"]"#]);
    assert_eq!(
        of(first(), rest(), prefix()),
        [
            r#""*""#,
            r#"["arn:aws:s3:::first/*","arn:aws:s3:::always/in/*","arn:aws:s3:::one/in/*","arn:aws:s3:::two/in/*"]"#,
            r#"["arn:aws:s3:::first/*","arn:aws:s3:::one/*","arn:aws:s3:::two/*"]"#,
        ]
    );
}

/// So a rendered policy is compared, hashed and printed as its text, without reading it.
#[test]
fn a_rendered_policy_is_json_as_a_document_is_written() {
    for rest in [None, Some(NonEmpty::from([bucket("one"), bucket("two")]))] {
        let prefix = Some(ObjectPrefix::from_static("year=2026/é"));
        let policy = Elements {
            first: None,
            rest,
            prefix,
        }
        .to_policy();
        assert_eq!(policy.text(), policy.document().to_json());
    }
}

policy! {
    struct Conditions: IdentityPolicy {
        region: Region,
        account_id: AccountId,
        key_id: Option<KmsKeyId>,
        services: NonEmpty<ResourceName>,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "kms:Decrypt",
              "Resource": "arn:<partition>:kms:<region>:<account-id>:key/<key-id>",
              "Condition": { "StringLike": { "kms:EncryptionContext:id": ["<key-id>", "x"], "kms:ViaService": "<services>.<region>.<dns-suffix>" } } },
            { "Effect": "Allow", "Action": "kms:ListAliases", "Resource": "*" }
        ]
    }
}

#[test]
fn a_condition_may_have_the_option_that_drops_its_statement() {
    let mut conditions = Conditions {
        region: Region::from_static("cn-north-1"),
        account_id: AccountId::from_static("111122223333"),
        key_id: None,
        services: NonEmpty::from([ResourceName::from_static("s3"), ResourceName::from_static("ssm")]),
    };
    let list = r#"{"Effect":"Allow","Action":"kms:ListAliases","Resource":"*"}]}"#;
    assert_eq!(
        conditions.to_json(),
        format!(r#"{{"Version":"2012-10-17","Statement":[{list}"#)
    );
    conditions.key_id = Some(KmsKeyId::from_static("1234abcd-12ab-34cd-56ef-1234567890ab"));
    assert_eq!(
        conditions.to_json(),
        format!(
            "{}{list}",
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"kms:Decrypt","Resource":"arn:aws-cn:kms:cn-north-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab","Condition":{"StringLike":{"kms:EncryptionContext:id":["1234abcd-12ab-34cd-56ef-1234567890ab","x"],"kms:ViaService":["s3.cn-north-1.amazonaws.com.cn","ssm.cn-north-1.amazonaws.com.cn"]}}},"#
        )
    );
}

policy! {
    struct Trust: TrustPolicy {
        partition: Partition,
        account_id: AccountId,
        issuer: OidcIssuer,
        service: Option<ServicePrincipal>,
        others: Option<NonEmpty<AccountId>>,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
              "Principal": { "Federated": "arn:<partition>:iam::<account-id>:oidc-provider/<issuer>" },
              "Condition": { "StringEquals": { "<issuer>:aud": "sts.amazonaws.com", "<issuer>:sub": "system:serviceaccount:ns:sa" } } },
            { "Effect": "Allow", "Action": "sts:AssumeRole",
              "Principal": { "Service": "<service>", "AWS": ["arn:<partition>:iam::<others>:root"] },
              "Condition": { "StringEquals": { "aws:SourceAccount": "<account-id>" } } }
        ]
    }
}

#[test]
fn a_principal_is_dropped_by_its_key_and_the_statement_with_the_last() {
    let mut trust = Trust {
        partition: Partition::AWS,
        account_id: AccountId::from_static("111122223333"),
        issuer: OidcIssuer::from_static("token.actions.githubusercontent.com"),
        service: None,
        others: None,
    };
    let federated = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRoleWithWebIdentity","Principal":{"Federated":"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},"Condition":{"StringEquals":{"token.actions.githubusercontent.com:aud":"sts.amazonaws.com","token.actions.githubusercontent.com:sub":"system:serviceaccount:ns:sa"}}}"#;
    assert_eq!(trust.to_json(), format!("{federated}]}}"));
    let assume = |principal: &str| {
        format!(
            r#"{federated},{{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{principal},"Condition":{{"StringEquals":{{"aws:SourceAccount":"111122223333"}}}}}}]}}"#
        )
    };
    trust.others = Some(NonEmpty::from([AccountId::from_static("444455556666")]));
    assert_eq!(trust.to_json(), assume(r#"{"AWS":["arn:aws:iam::444455556666:root"]}"#));
    trust.service = Some(ServicePrincipal::from_static("ecs-tasks.amazonaws.com"));
    assert_eq!(
        trust.to_json(),
        assume(r#"{"Service":"ecs-tasks.amazonaws.com","AWS":["arn:aws:iam::444455556666:root"]}"#)
    );
    trust.others = None;
    assert_eq!(trust.to_json(), assume(r#"{"Service":"ecs-tasks.amazonaws.com"}"#));
    let policy = TrustPolicy::from(&trust);
    assert_eq!(policy.to_json(), trust.to_json());
}

policy! {
    struct Whole: IdentityPolicy {
        secrets: NonEmpty<SecretArn>,
    }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": secretsmanager:GetSecretValue, "Resource": ["<secrets>"] }
    }
}

#[test]
fn a_list_in_a_list_stays_one() {
    let arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:source-a1B2c3";
    let whole = Whole {
        secrets: NonEmpty::from([SecretArn::from_static(arn)]),
    };
    assert_eq!(resources(&whole.to_json()), [format!("[\"{arn}\"]")]);
}

policy_file! {
    /// Read when this is compiled.
    pub const AUDIT: IdentityPolicy = "fixtures/audit.json";
}

policy_file! {
    /// The requests that a VPC endpoint allows.
    #[attached_to("AWS::EC2::VPCEndpoint")]
    pub const ENDPOINT: ResourcePolicy = "fixtures/endpoint.json";
}

#[test]
fn a_file_is_a_constant() {
    let written = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/audit.json")).unwrap();
    assert_eq!(AUDIT.to_policy(), IdentityPolicy::from_json(written).unwrap());
    assert!(!AUDIT.json().contains('\n'));
    assert!(ENDPOINT.json().contains(r#""Principal":"*""#));
}
