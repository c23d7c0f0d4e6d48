//! The rules of all names, by valid and invalid values; the source of a rule is documented at its function.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use NameKind::*;
use proptest::prelude::*;

use super::{Name, NameKind};

/// A type, its valid values, and its invalid values with the reason for each.
type Row = (
    NameKind,
    &'static [&'static str],
    &'static [(&'static str, &'static str)],
);

#[rustfmt::skip]
const TABLE: &[Row] = &[
    (Partition, &["aws", "aws-cn", "aws-eusc", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-us-gov"], &[
        ("", "it is empty"),
        ("AWS", "AWS has no such partition"),
        ("*", "AWS has no such partition"),
    ]),
    (Region, &[
        "eu-west-1", "eu-west-11", "us-gov-east-1", "us-iso-east-1", "us-isob-west-1", "eu-isoe-west-1", "us-isof-south-1",
        "eusc-de-east-1", "cn-northwest-1", "me-central-1", "sa-north-1", "us-isof-southeast-99",
    ], &[
        ("eu-wset-1", "`wset` is not a direction used in Region names"),
        ("eu-west", "it has no number at its end"),
        ("eu-west-0", "it has no number at its end"),
        ("eu-west-100", "it has no number at its end"),
        ("eu-west-1a", "it is an Availability Zone; policies use the Region"),
        ("west-1", "it has too few parts"),
        ("uk-west-1", "`uk` is not a prefix of Region names"),
        ("us-gv-west-1", "`us-gv` is not a prefix of Region names"),
        ("aws-global", "it has no number at its end"),
        ("eu-*-1", "`*` at position 4 is a wildcard, which is not allowed here"),
    ]),
    (AccountId, &["000000000001", "111122223333"], &[
        ("11112222333", "it has 11 digits; leading zeros may have been lost"),
        ("1111222233334", "it has 13 digits"),
        ("1111-2222-3333", "it has hyphens, as in the console; policies do not allow them"),
        ("11112222333O", "`O` at position 12 is not allowed"),
        ("<account-id>", "`<` at position 1 is part of a placeholder that was not replaced"),
        ("١١١١٢٢٢٢٣٣٣٣", "`١` at position 1 is not a character that policies allow (U+0020 to U+00FF)"),
    ]),
    (BucketName, &["abc", "a.b-c", "staging-111122223333-eu-west-1-an", "1.2.3", "1.2.3.4.5"], &[
        ("ab", "it has 2 characters, and must have at least 3"),
        ("Staging", "`S` at position 1 is uppercase"),
        ("a_b", "`_` at position 2 is not allowed"),
        ("-ab", "`-` at position 1 cannot be the first character"),
        ("ab.", "`.` at position 3 cannot be the last character"),
        ("a..b", "`.` at position 3 cannot follow the character before it"),
        ("192.168.5.4", "it is written like an IP address"),
        ("xn--a", "`xn--` is a prefix that S3 reserves"),
        ("amzn-s3-demo-bucket", "`amzn-s3-demo-` is a prefix that S3 reserves"),
        ("a--x-s3", "`--x-s3` is a suffix that S3 reserves for aliases, access points and other bucket types"),
        ("staging-an", "`-an` is reserved for names in an account regional namespace, `PREFIX-ACCOUNT-REGION-an`"),
        ("staging/*", "`/*` is part of an object key, not of the bucket name"),
        ("s3://staging", "it is a URL; the name is after `s3://`"),
        ("arn:aws:s3:::staging", "it is an ARN; the name is after its last colon"),
    ]),
    (ObjectPrefix, &["stage", "stage/", "año/x y", "a$b"], &[
        ("/stage", "it starts with `/`, so it would only match keys that start with `/`"),
        ("/", "it starts with `/`, so it would only match keys that start with `/`"),
        ("stage//", "it ends with more than one `/`"),
        ("stage/?", "`?` at position 7 is a wildcard, which is not allowed here"),
        ("home/${aws:username}", "`$` at position 6 starts a policy variable, which is not allowed here"),
        ("a\"b", "`\"` at position 2 must be escaped in JSON"),
        ("a\tb", "U+0009 at position 2 is a control character"),
        ("a—b", "`—` at position 2 is not a character that policies allow (U+0020 to U+00FF)"),
    ]),
    (SecretName, &["a", "prod/db+x=1.2@eu-west", "rds!cluster-1"], &[
        ("a b", "U+0020 at position 2 is a space"),
        ("db-??????", "it ends with wildcards for the six characters of an ARN, which are not part of the name"),
    ]),
    (SecretId, &["db-a1B2c3", "db-??????", "rds!cluster-1-a1B2c3", "prod/db-a1B2c3"], &[
        ("db", "it does not have the hyphen and six characters at the end of a secret's ARN, so it would not match; for a secret known by its name, use `SecretId::by_name`"),
        ("db-*", "`*` at position 4 is a wildcard, which is not allowed here"),
        ("db-?????", "`?` at position 4 is a wildcard, which is not allowed here"),
        ("d?-a1B2c3", "`?` at position 2 is a wildcard, which is not allowed here"),
        ("db-a1B2c3:client_id::", "`:client_id::` belongs to `valueFrom` in an ECS task definition, not to the secret's ARN; remove it"),
    ]),
    (KmsKeyId, &["1234abcd-12ab-34cd-56ef-1234567890ab", "mrk-1234abcd12ab34cd56ef1234567890ab"], &[
        ("1234abcd12ab34cd56ef1234567890ab", "it does not have the five groups of a UUID"),
        ("1234abcd-12ab-34cd-56ef-1234567890ab-0", "it does not have the five groups of a UUID"),
        ("1234abcd-12ab-34cd-56ef-1234567890", "in its group `1234567890`, it has 10 characters, and must have exactly 12"),
        ("mrk-1234", "in its ID after `mrk-` `1234`, it has 4 characters, and must have exactly 32"),
        ("key/1234abcd-12ab-34cd-56ef-1234567890ab", "it starts with `key/`, which the policy already contains"),
        ("arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab", "it is an ARN; use `KmsKeyArn`, or write only the part after `key/`"),
    ]),
    (KmsAlias, &["alias/x", "alias/aws/secretsmanager"], &[
        ("x", "it does not start with `alias/`"),
        ("alias/", "there is no name after `alias/`"),
    ]),
    (RoleName, &["a", "A_b+c=d,e.f@g-h"], &[
        ("a/b", "`/` at position 2 is not allowed"),
        ("a b", "U+0020 at position 2 is a space"),
    ]),
    (RolePath, &["/", "/a/", "/a/b/"], &[
        ("a/", "it does not start with `/`"),
        ("/a", "it does not end with `/`"),
        ("//", "there is nothing between its slashes"),
    ]),
    (PolicyName, &["a", "A_b+c=d,e.f@g-h"], &[("a:b", "`:` at position 2 is not allowed")]),
    (LogGroupName, &["/ecs/a_b-c.d#e"], &[
        ("/ecs/*", "`*` at position 6 is a wildcard, which is not allowed here"),
        ("aws/x", "`aws/` is a log group prefix that AWS reserves"),
    ]),
    (EcrRepositoryName, &["ab", "a.b_c__d---e/f"], &[
        ("a", "it has 1 character, and must have at least 2"),
        ("a___b", "`_` at position 4 cannot follow the character before it"),
        ("a.-b", "`-` at position 3 cannot follow the character before it"),
        ("ab/c//d", "`/` at position 6 cannot follow the character before it"),
        ("/ab", "`/` at position 1 cannot be the first character"),
    ]),
    (OidcIssuer, &["accounts.google.com", "x.auth0.com/", "oidc.eks.eu-west-1.amazonaws.com/id/ABC"], &[
        ("https://accounts.google.com", "it starts with `https://`, which the provider's ARN and condition keys do not contain"),
        ("a.b:8443/c", "`:8443/c` follows the host; IAM does not accept a port or another scheme"),
        ("localhost/a", "its host has no dot"),
        ("a.b/c?d", "`?` at position 6 is a wildcard, which is not allowed here"),
    ]),
    (KubernetesNamespace, &["a", "kube-system"], &[
        ("a.b", "`.` at position 2 is not allowed"),
        ("a-", "`-` at position 2 cannot be the last character"),
    ]),
    (KubernetesServiceAccount, &["a.b-c"], &[
        ("a..b", "`.` at position 3 cannot follow the character before it"),
        ("a.-b", "`-` at position 3 cannot follow the character before it"),
    ]),
    (SessionName, &["ab"], &[("a", "it has 1 character, and must have at least 2")]),
    (ExternalId, &["a:b/c"], &[("a b", "U+0020 at position 2 is a space")]),
    (OrganizationId, &["o-abcdefghij"], &[
        ("abcdefghijkl", "it does not start with `o-`"),
        ("o-abcdefghi", "it has 11 characters, and must have at least 12"),
    ]),
    (OrganizationalUnitId, &["ou-ab12-cd34ef56"], &[
        ("ou-ab1-cd34ef56", "in its root ID `ab1`, it has 3 characters, and must have at least 4"),
        ("ou-ab12-cd34ef5", "in its unit ID `cd34ef5`, it has 7 characters, and must have at least 8"),
        ("ou-ab12", "it does not have a root ID and a unit ID"),
    ]),
    (VpcId, &["vpc-1a2b3c4d", "vpc-0a1b2c3d4e5f67890"], &[
        ("vpc-1a2b3c4", "it has 7 digits after the hyphen, and must have 8 or 17"),
        ("vpc-1a2b3c4g", "in its hexadecimal part `1a2b3c4g`, `g` at position 8 is not allowed"),
        ("vpc-production", "`production` is not a hexadecimal number"),
        ("vpce-1a2b3c4d", "it does not start with `vpc-`"),
    ]),
    (VpcEndpointId, &["vpce-1a2b3c4d"], &[("vpc-1a2b3c4d", "it does not start with `vpce-`")]),
    (UserName, &["a", "A_b+c=d,e.f@g-h"], &[
        ("division/a", "`/` at position 9 is not allowed"),
    ]),
    (GroupName, &["a"], &[("a b", "U+0020 at position 2 is a space")]),
    (InstanceProfileName, &["a"], &[("arn:aws:iam::111122223333:instance-profile/a", "it is an ARN; the name is after its last `/`")]),
    (QueueName, &["a", "orders.fifo", "A_b-c"], &[
        ("orders.new", "`.` at position 7 is not allowed"),
        (".fifo", "there is nothing before `.fifo`"),
        ("https://sqs.eu-west-1.amazonaws.com/111122223333/orders", "it is a URL; the name is after its last `/`"),
        ("arn:aws:sqs:eu-west-1:111122223333:orders", "it is an ARN; write only the name"),
    ]),
    (TopicName, &["orders", "orders.fifo"], &[("orders/a", "`/` at position 7 is not allowed")]),
    (TableName, &["a.b-c_d"], &[
        ("orders/index/by-customer", "`/` at position 7 is not allowed"),
        ("ab", "it has 2 characters, and must have at least 3"),
    ]),
    (StreamName, &["a.b-c_d"], &[("stream/clicks", "`/` at position 7 is not allowed")]),
    (DeliveryStreamName, &["a.b-c_d"], &[("a:b", "`:` at position 2 is not allowed")]),
    (FunctionName, &["a-b_C"], &[
        ("orders:live", "`:` at position 7 is not allowed"),
        ("a.b", "`.` at position 2 is not allowed"),
    ]),
    (LayerName, &["a-b_C"], &[("pandas:7", "`:` at position 7 is not allowed")]),
    (StateMachineName, &["orders", "a.b=c@d"], &[("orders:live", "`:` at position 7 is not allowed")]),
    (RuleName, &["a.b-c_d"], &[("default/nightly", "`/` at position 8 is not allowed")]),
    (EventBusName, &["default", "aws.partner/example.com/1"], &[("a b", "U+0020 at position 2 is a space")]),
    (ParameterName, &["host", "/prod/db/host", "prod/db/host"], &[
        ("//prod", "it starts with more than one `/`"),
        ("/prod/", "it ends with `/`"),
        ("/prod/*", "`*` at position 7 is a wildcard, which is not allowed here"),
    ]),
    (EcsName, &["a-b_C"], &[("prod/web", "`/` at position 5 is not allowed")]),
    (EksClusterName, &["0-b_C"], &[("-prod", "`-` at position 1 cannot be the first character")]),
    (StackName, &["a-B0"], &[
        ("0a", "`0` at position 1 cannot be the first character"),
        ("a_b", "`_` at position 2 is not allowed"),
    ]),
    (InstanceId, &["i-0a1b2c3d", "i-0a1b2c3d4e5f67890"], &[("web", "it does not start with `i-`")]),
    (VolumeId, &["vol-0a1b2c3d"], &[("snap-0a1b2c3d", "it does not start with `vol-`")]),
    (SnapshotId, &["snap-0a1b2c3d"], &[("vol-0a1b2c3d", "it does not start with `snap-`")]),
    (ImageId, &["ami-0a1b2c3d"], &[("i-0a1b2c3d", "it does not start with `ami-`")]),
    (SubnetId, &["subnet-0a1b2c3d"], &[("vpc-0a1b2c3d", "it does not start with `subnet-`")]),
    (SecurityGroupId, &["sg-0a1b2c3d"], &[("default", "it does not start with `sg-`")]),
    (Number, &["0", "-1.5", "+3", "007"], &[
        ("1,000", "`,` at position 2 is not allowed"),
        ("1.", "it has no digit after its decimal point"),
        (".5", "it has no digit before its decimal point"),
        ("1.2.3", "`.` at position 4 is not allowed"),
        ("1-2", "`-` at position 2 is not allowed"),
        ("-", "it has no digit before its decimal point"),
    ]),
    (Date, &["2026", "2026-01", "2026-01-31", "2026-01-31T10:20Z", "2026-01-31T10:20:30.5+01:00", "1768435200"], &[
        ("2026-01-31T10:20:30", "it has no time zone"),
        ("2026-02-29", "it is not a day of the calendar, or not a time of the day"),
        ("2026-01-31T25:00Z", "it is not a day of the calendar, or not a time of the day"),
        ("99999999999999999999", "it is not a day of the calendar, or not a time of the day"),
        ("2026-01-31 10:20Z", "U+0020 at position 11 is a space"),
        ("31/01/2026", "`/` at position 3 is not allowed"),
        ("*", "`*` at position 1 is a wildcard, which is not allowed here"),
    ]),
    (IpRange, &["203.0.113.0/24", "203.0.113.7", "0.0.0.0/0", "2001:db8::/32", "::", "::1", "::ffff:203.0.113.7"], &[
        ("203.0.113.*", "`*` at position 11 is a wildcard, which is not allowed here"),
        ("203.0.113.0/33", "its prefix is not a number from 0 to 32"),
        ("2001:db8::/129", "its prefix is not a number from 0 to 128"),
        ("203.0.113.0/", "its prefix is not a number from 0 to 32"),
        ("203.0.113", "it does not start with a valid address"),
        ("203.0.113.01", "it does not start with a valid address"),
        ("203.0.113.1-203.0.113.9", "`-` at position 12 is not allowed"),
        ("1::2::3", "it does not start with a valid address"),
        ("1:2:3:4:5:6:7:8:9", "it does not start with a valid address"),
    ]),
    (ResourcePart, &["2026-01-31T12:00:00.000", "a/b:c"], &[
        ("a*", "`*` at position 2 is a wildcard, which is not allowed here"),
        ("arn:aws:s3:::a", "it is an ARN; write only the part"),
    ]),
    (ResourceId, &["fs-0a1b2c3d", "$LATEST", "x y@z"], &[
        ("a/b", "`/` at position 2 is not allowed"),
        ("a:b", "`:` at position 2 is not allowed"),
        ("a?", "`?` at position 2 is a wildcard, which is not allowed here"),
        ("arn:aws:s3:::a", "it is an ARN; write only the name"),
    ]),
    (Sid, &["", "Read1"], &[("Read-1", "`-` at position 5 is not allowed")]),
    (ServicePrincipal, &["ecs-tasks.amazonaws.com", "ec2.amazonaws.com.cn", "delivery.logs.amazonaws.com", "ec2.c2s.ic.gov"], &[
        ("ecs-tasks", "it does not end with `.amazonaws.com`"),
        ("Ecs.amazonaws.com", "`E` at position 1 is uppercase"),
        ("amazonaws.com", "it does not end with the DNS suffix of a partition, such as `.amazonaws.com`"),
        ("xamazonaws.com", "it does not end with the DNS suffix of a partition, such as `.amazonaws.com`"),
        ("*.amazonaws.com", "`*` at position 1 is a wildcard, which is not allowed here"),
    ]),
    (ResourceName, &["maia/prod x", "ümlaut"], &[
        ("a:b", "`:` at position 2 is not allowed"),
        ("<name>", "`<` at position 1 is part of a placeholder that was not replaced"),
        ("a\u{85}", "U+0085 at position 2 is a control character"),
    ]),
];

#[test]
fn each_type_takes_and_refuses_what_its_source_says() {
    for &(kind, taken, refused) in TABLE {
        for text in taken {
            assert_eq!(kind.check(text), Ok(()), "{kind:?}");
            // What is kept of it is the same at run time and in a constant.
            assert_eq!(
                kind.parse((*text).to_owned()).as_deref(),
                Ok(kind.kept(text)),
                "{kind:?}"
            );
        }
        for &(text, words) in refused {
            assert_eq!(
                kind.check(text).map_err(|error| error.reason()),
                Err(words.to_owned()),
                "{kind:?} `{text}`"
            );
        }
    }
}

#[test]
fn the_first_slash_of_a_parameter_name_is_not_kept() {
    const CONSTANT: super::ParameterName = super::ParameterName::from_static("/prod/db/host");
    let parsed = super::ParameterName::new("/prod/db/host").unwrap();
    assert_eq!([parsed.as_str(), CONSTANT.as_str()], ["prod/db/host"; 2]);
}

#[test]
fn the_table_forgets_no_type() {
    let listed: Vec<_> = TABLE.iter().map(|row| row.0).collect();
    assert_eq!(listed, NameKind::NAMES);
}

#[test]
fn every_sample_is_valid_and_fits_its_lengths() {
    for kind in NameKind::all() {
        assert_eq!(kind.check(kind.sample()), Ok(()), "{kind:?}");
        assert!(
            (kind.min_len()..=kind.max_len()).contains(&kind.sample().chars().count()),
            "{kind:?}"
        );
        assert_eq!(NameKind::from_type_name(kind.type_name()), Some(kind));
    }
}

#[test]
fn every_listed_partition_and_region_is_taken() {
    for partition in super::Partition::all() {
        assert_eq!(Partition.check(partition.as_str()), Ok(()));
        assert!(!partition.dns_suffix().is_empty());
        assert!(partition.regions().count() > 0);
        for region in partition.regions() {
            assert_eq!(region.partition(), partition);
            assert!(region.is_known());
        }
    }
}

#[test]
fn what_was_perhaps_meant_is_suggested() {
    for (kind, text, meant) in [
        (Region, "eu-wset-1", Some("eu-west-1")),
        (Region, "us-esat-1", Some("us-east-1")),
        (Region, "EU-West-1", Some("eu-west-1")),
        (Region, "eu-west-2b", Some("eu-west-2")),
        (Region, "frankfurt", None),
        (Partition, "AWS-CN", Some("aws-cn")),
        (Partition, "aws-cm", Some("aws-cn")),
        (AccountId, "1111-2222-3333", Some("111122223333")),
        (AccountId, "1-2", None),
        (BucketName, "Staging", Some("staging")),
        (ObjectPrefix, "/stage", Some("stage")),
        (
            SecretName,
            "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-a1B2c3",
            Some("db"),
        ),
        (
            SecretId,
            "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-a1B2c3",
            Some("db-a1B2c3"),
        ),
        (SecretId, "source-db", Some("source-db-??????")),
        (
            <super::SecretArn as Name>::KIND,
            "arn:aws:secretsmanager:eu-wset-1:111122223333:secret:db-a1B2c3",
            Some("arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-a1B2c3"),
        ),
        (
            <super::SecretArn as Name>::KIND,
            "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-a1B2c3:client_id::",
            Some("arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-a1B2c3"),
        ),
        (
            KmsKeyId,
            "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            Some("1234abcd-12ab-34cd-56ef-1234567890ab"),
        ),
        (KmsKeyId, "alias/staging", None),
        (
            KmsAlias,
            "arn:aws:kms:eu-west-1:111122223333:alias/staging",
            Some("alias/staging"),
        ),
        (RolePath, "/a", Some("/a/")),
        (OidcIssuer, "https://a.b/c", Some("a.b/c")),
        (ServicePrincipal, "ecs-tasks", Some("ecs-tasks.amazonaws.com")),
        (LogGroupName, "/ecs/maia:*", Some("/ecs/maia")),
        (BucketName, "arn:aws:s3:::staging", Some("staging")),
        (BucketName, "arn:aws:s3:::staging/a", None),
        (BucketName, "arn:aws:s3:::Staging", None),
        (BucketName, "s3://staging", Some("staging")),
        (BucketName, "s3://staging/a/b", Some("staging")),
    ] {
        assert_eq!(
            kind.check(text).unwrap_err().suggestion().as_deref(),
            meant,
            "{kind:?} {text}"
        );
    }
}

#[test]
fn a_constant_that_is_invalid_says_what_to_write() {
    let panic = std::panic::catch_unwind(|| super::AccountId::from_static("11112222333")).unwrap_err();
    let said = "`11112222333` is not an AWS account ID: it has 11 digits; leading zeros may have been lost; write all 12 digits, such as \
                `111122223333`";
    assert_eq!(panic.downcast_ref::<String>().map(String::as_str), Some(said));
}

#[test]
fn a_prefix_is_kept_without_its_last_slash() {
    const CONSTANT: super::ObjectPrefix = super::ObjectPrefix::from_static("stage/");
    assert_eq!(CONSTANT.as_str(), "stage");
    assert_eq!(super::ObjectPrefix::new("stage/"), Ok(CONSTANT));
}

#[test]
fn a_composed_arn_has_its_parts() {
    let arn = super::SecretArn::new(super::SecretArn::SAMPLE).unwrap();
    assert_eq!(
        super::SecretArn::of(&arn.region(), &arn.account_id(), &arn.secret_id()),
        arn
    );
    assert_eq!(arn.secret_id().name().as_str(), "source-db-password");
    let arn = super::KmsKeyArn::new(super::KmsKeyArn::SAMPLE).unwrap();
    assert_eq!(
        super::KmsKeyArn::of(&arn.region(), &arn.account_id(), &arn.key_id()),
        arn
    );
}

#[test]
fn the_widest_arns_have_the_greatest_length() {
    let region = super::Region::from_static("us-isof-southeast-99");
    let secret = super::SecretId::by_name(&super::SecretName::new("a".repeat(512)).unwrap());
    let widest = super::SecretArn::of(&region, &super::AccountId::from_static("111122223333"), &secret);
    // A partition of nine characters; the longest name has ten.
    assert_eq!(widest.as_str().len() + 1, super::SecretArn::MAX_LEN);
    assert_eq!(super::SecretArn::new(widest.as_str()), Ok(widest));
}

/// Texts that resemble names, so that some of them are valid.
fn near_names() -> impl Strategy<Value = String> {
    let samples: Vec<&'static str> = NameKind::all().map(NameKind::sample).collect();
    let edit = prop_oneof![
        Just(String::new()),
        "[ -~]",
        "\\PC",
        any::<char>().prop_map(String::from)
    ];
    (
        prop::sample::select(samples),
        any::<prop::sample::Index>(),
        0..3usize,
        edit,
    )
        .prop_map(|(sample, place, taken, put)| {
            let chars: Vec<char> = sample.chars().collect();
            let at = place.index(chars.len() + 1);
            let head: String = chars.iter().take(at).collect();
            let tail: String = chars.iter().skip(at + taken).collect();
            head + &put + &tail
        })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn what_is_taken_can_stand_in_a_policy_and_what_is_refused_is_explained(text in prop_oneof![near_names(), any::<String>()]) {
        for kind in NameKind::all() {
            match kind.check(&text) {
                Ok(()) => {
                    let wildcards = text.contains(['*', '?']) && !text.ends_with("-??????");
                    prop_assert!(!wildcards && !text.contains("${") && !text.contains(['"', '\\']), "{kind:?}");
                    prop_assert!(text.chars().all(|found| matches!(found, ' '..='~' | '\u{a0}'..='\u{ff}')), "{kind:?}");
                    prop_assert!(text.chars().count() <= kind.max_len() && text.chars().count() >= kind.min_len());
                }
                Err(error) => {
                    prop_assert!(error.to_string().contains(kind.noun()));
                    if let Some(meant) = error.suggestion() {
                        prop_assert_eq!(kind.check(&meant), Ok(()));
                        prop_assert_ne!(meant, text.clone());
                    }
                }
            }
        }
    }

    #[test]
    fn a_name_is_shown_as_it_was_given(text in near_names()) {
        fn assert_shown<N: Name>(text: &str) {
            if let Ok(name) = N::parse_name(text) {
                assert_eq!(name.to_string(), text);
            }
        }
        assert_shown::<super::Region>(&text);
        assert_shown::<super::BucketName>(&text);
        assert_shown::<super::SecretId>(&text);
        assert_shown::<super::SecretArn>(&text);
        assert_shown::<super::KmsKeyArn>(&text);
        assert_shown::<super::OidcIssuer>(&text);
        assert_shown::<super::ServicePrincipal>(&text);
        assert_shown::<super::ResourceName>(&text);
    }
}
