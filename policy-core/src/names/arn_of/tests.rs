#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use super::super::*;
use crate::arn::{Arn, ArnFormat, Field};
use crate::catalogue;

/// A type of ARNs that the service authorization reference gives another service than AWS's own ARNs have.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-role-session>
const NOT_IN_THE_CATALOGUE: [&str; 1] = ["sts:assumed-role"];

#[test]
fn every_format_is_that_of_the_catalogue() {
    for kind in ArnKind::ALL {
        let (service, name) = kind.resource_type().split_once(':').unwrap();
        let found = catalogue::service(service).and_then(|service| service.resource_type(name));
        if NOT_IN_THE_CATALOGUE.contains(&kind.resource_type()) {
            assert!(found.is_none(), "{kind:?}");
            continue;
        }
        let found = found.unwrap();
        assert_eq!(found.name(), name, "{kind:?}");
        assert!(found.arn_formats().eq([kind.format()]), "{kind:?}");
    }
}

#[test]
fn every_type_has_the_fields_and_parts_of_its_format() {
    fn flags<T: ArnType>(has: &[&str], kind: ArnKind) {
        let format = ArnFormat::parse(kind.format()).unwrap();
        let parts = format
            .variables(Field::Resource)
            .map(|name| 1 + usize::from(name.ends_with("WithPath")))
            .sum::<usize>();
        assert_eq!(
            has.contains(&"InRegion"),
            format.field(Field::Region) == "${Region}",
            "{kind:?}"
        );
        let in_account = format.field(Field::Account) == "${Account}" && T::FACTS.owner == Owner::Account;
        assert_eq!(has.contains(&"InAccount"), in_account, "{kind:?}");
        let (region, account) = (format.field(Field::Region), format.field(Field::Account));
        let is_one_name = format.variables(Field::Resource).count() == 1 && kind.format().ends_with('}');
        for (flag, fields) in [
            ("OneName", ("${Region}", "${Account}")),
            ("OneNameInAccount", ("", "${Account}")),
            ("OneNameInPartition", ("", "")),
        ] {
            assert_eq!(
                has.contains(&flag),
                is_one_name && fields == (region, account),
                "{kind:?} {flag}"
            );
        }
        assert_eq!(has.contains(&"WithPath"), parts == 2 && is_one_name, "{kind:?}");
        let listed: BTreeSet<usize> = T::FACTS.parts.iter().map(|part| part.index).collect();
        // The name of a type without parts is its last field.
        assert!(listed.into_iter().eq(0..parts.max(1)), "{kind:?}");
    }
    macro_rules! each {
        ($(
            $alias:ident of $marker:ident: $resource_type:literal, $noun:literal, $owner:expr,
            $format:literal,
            $sample:literal,
            [$($flag:ident),*] name $at:literal $part_noun:literal: $name:ident $(, $part:ident $index:literal: $kind:ident)*;
        )*) => {
            $(flags::<resource_type::$marker>(&[$(stringify!($flag)),*], ArnKind::named(stringify!($alias)));)*
        };
    }
    super::list::arns!(each);
}

#[test]
fn every_sample_is_an_arn_with_its_parts() {
    for kind in ArnKind::ALL {
        let sample = NameKind::Arn(*kind).sample();
        let arn = Arn::new(sample).unwrap();
        let format = ArnFormat::parse(kind.format()).unwrap();
        assert!(arn.as_pattern().fits_format(format).is_yes(), "{kind:?}");
        for index in 0.. {
            let Some(part) = kind
                .part(index)
                .filter(|_| kind.format().contains("${Account}") || index == 0)
            else {
                break;
            };
            let span = super::parts::part(kind.facts(), sample, index);
            assert_eq!(
                part.check(sample.get(span.start..span.end).unwrap()),
                Ok(()),
                "{kind:?} {index}"
            );
        }
    }
}

#[test]
fn the_types_have_different_names_and_formats() {
    let names: BTreeSet<&str> = ArnKind::ALL.iter().map(|kind| kind.type_name()).collect();
    assert_eq!(names.len(), ArnKind::ALL.len());
    for kind in ArnKind::ALL {
        let format = ArnFormat::parse(kind.format()).unwrap();
        assert_eq!(ArnKind::of_format(format), Some(*kind));
    }
}

#[test]
fn a_version_of_a_function_is_a_number_or_the_latest_and_an_alias_neither() {
    let arn = |last: &str| format!("arn:aws:lambda:eu-west-1:111122223333:function:f:{last}");
    for (last, is_version) in [
        ("7", true),
        ("$LATEST", true),
        ("prod", false),
        ("7-prod", false),
        ("v7", false),
    ] {
        assert_eq!(FunctionVersionArn::new(arn(last)).is_ok(), is_version, "{last}");
        assert_eq!(FunctionAliasArn::new(arn(last)).is_ok(), !is_version, "{last}");
    }
}

#[test]
fn parts_are_read() {
    let service = EcsServiceArn::from_static("arn:aws:ecs:eu-west-1:111122223333:service/prod/web");
    assert_eq!((service.cluster().as_str(), service.name().as_str()), ("prod", "web"));
    let role = RoleArn::from_static("arn:aws-cn:iam::111122223333:role/aws-service-role/x.amazonaws.com/Role");
    assert_eq!(
        (role.path().as_str(), role.name().as_str()),
        ("/aws-service-role/x.amazonaws.com/", "Role")
    );
    assert_eq!(role.partition().as_str(), "aws-cn");
    assert_eq!(
        RoleArn::from_static("arn:aws:iam::111122223333:role/a").path().as_str(),
        "/"
    );
    let object = ObjectArn::from_static("arn:aws:s3:::exports/a/b.csv");
    assert_eq!(
        (object.bucket().as_str(), object.name().as_str()),
        ("exports", "a/b.csv")
    );
    let stream =
        TableStreamArn::from_static("arn:aws:dynamodb:eu-west-1:111122223333:table/t-1/stream/2026-01-31T12:00:00.000");
    assert_eq!(
        (stream.table().as_str(), stream.name().as_str()),
        ("t-1", "2026-01-31T12:00:00.000")
    );
    let group = LogGroupArn::new("arn:aws:logs:eu-west-1:111122223333:log-group:/a/b:*").unwrap();
    assert_eq!(group.as_str(), "arn:aws:logs:eu-west-1:111122223333:log-group:/a/b");
    assert_eq!(
        AccountRootArn::from_static("arn:aws:iam::111122223333:root")
            .name()
            .as_str(),
        "root"
    );
    assert_eq!(
        AutoScalingGroupArn::from_static(
            "arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:1-2:autoScalingGroupName/web"
        )
        .name()
        .as_str(),
        "web"
    );
}

#[rustfmt::skip]
#[test]
fn what_is_wrong_with_an_arn_is_said() {
    fn reason<T: ArnType>(text: &str) -> String {
        ArnOf::<T>::new(text).unwrap_err().reason()
    }
    use resource_type::*;
    for (found, wanted) in [
        (reason::<Queue>("orders"), "it is not an ARN"),
        (reason::<Role>(" arn:aws:iam::111122223333:role/x"), "it has whitespace before the ARN"),
        (reason::<Queue>("arn:aws:sqs:eu-west-1:111122223333:a/b"), "in its name `a/b`, `/` at position 2 is not allowed"),
        (reason::<Queue>("arn:aws:sqs:eu-west-1:111122223333:"), "its name is empty"),
        (reason::<Queue>("arn:aws:sqs:eu-west-1:111122223333"), "it ends before its resource; an empty field keeps its colon"),
        (reason::<Queue>("arn:aws:sqs"), "it ends before its Region, its account and its resource; an empty field keeps its colon"),
        (reason::<Role>("arn:aws:iam::111122223333"), "it ends before its resource; an empty field keeps its colon"),
        (reason::<Bucket>("arn:aws:s3:eu-west-1::b"), "`eu-west-1` is in the Region field, which must be empty"),
        (reason::<Bucket>("arn:aws:s3::111122223333:b"), "`111122223333` is in the account field, which must be empty"),
        (reason::<Bucket>("arn:aws:s3:::exports/*"), "in its name `exports/*`, `/*` is part of an object key, not of the bucket name"),
        (reason::<Object>("arn:aws:s3:::exports"), "`exports` lacks `/` and what follows it"),
        (
            reason::<Index>("arn:aws:dynamodb:eu-west-1:111122223333:table/orders"),
            "`table/orders` lacks `/index/` and what follows it",
        ),
        (
            reason::<Index>("arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/x"),
            "`table/orders/stream/x` is a different resource type",
        ),
        (
            reason::<Parameter>("arn:aws:ssm:eu-west-1:111122223333:parameter//prod/db"),
            "`/` is a second slash, and these ARNs have one: the name's own slash is not written",
        ),
        (
            reason::<HostedZone>("arn:aws:route53:::hostedzone//hostedzone/Z0123456789"),
            "in its id `/hostedzone/Z0123456789`, `/` at position 1 is not allowed",
        ),
        (
            reason::<GraphqlApi>("arn:aws:appsync:eu-west-1:111122223333:apis/a1b2c3d4e5/types/Query"),
            "in its id `a1b2c3d4e5/types/Query`, `/` at position 11 is not allowed",
        ),
        (reason::<Object>("arn:aws:s3:::exports/*"), "in its key `*`, `*` at position 1 is a wildcard, which is not allowed here"),
        (reason::<Table>("arn:aws:dynamodb:eu-west-1:111122223333:table/t-1/index/i"), "in its name `t-1/index/i`, `/` at position 4 is not allowed"),
        (reason::<Function>("arn:aws:lambda:eu-west-1:111122223333:function:f:prod"), "`prod` is a version or an alias: with it, this is a `FunctionVersionArn` or a `FunctionAliasArn`"),
        (reason::<FunctionVersion>("arn:aws:lambda:eu-west-1:111122223333:function:f:prod"), "`prod` is an alias, with which this is a `FunctionAliasArn`: a version is a number or `$LATEST`"),
        (reason::<FunctionVersion>("arn:aws:lambda:eu-west-1:111122223333:function:f:7a"), "`7a` is an alias, with which this is a `FunctionAliasArn`: a version is a number or `$LATEST`"),
        (reason::<FunctionAlias>("arn:aws:lambda:eu-west-1:111122223333:function:f:7"), "`7` is a version, with which this is a `FunctionVersionArn`: an alias is not a number"),
        (reason::<FunctionAlias>("arn:aws:lambda:eu-west-1:111122223333:function:f:$LATEST"), "`$LATEST` is a version, with which this is a `FunctionVersionArn`: an alias is not a number"),
        (reason::<Role>("arn:aws:iam::111122223333:user/x"), "`user/x` is a different resource type"),
        (reason::<Role>("arn:aws:iam::111122223333:role//x"), "in its path `//`, there is nothing between its slashes"),
        (reason::<AccountRoot>("arn:aws:iam::111122223333:roots"), "`roots` is a different resource type"),
        (reason::<ManagedPolicy>("arn:aws:iam::aws:role/x"), "`role/x` is a different resource type"),
        (reason::<Role>("arn:aws:iam::aws:role/x"), "in its account `aws`, `a` at position 1 is not allowed"),
        (reason::<Secret>("db"), "it is not an ARN; for a secret known by its name, use `SecretId::by_name` and `SecretArn::of`"),
        (reason::<Secret>("arn:aws:secretsmanager:eu-west-1:111122223333:secret:db"), "in its secret `db`, it does not have the hyphen and six characters at the end of a secret's ARN, so it would not match; for a secret known by its name, use `SecretId::by_name`"),
        (reason::<Secret>("arn:aws:secretsmanager:eu-west-1:11112222333:secret:db-a1B2c3"), "in its account `11112222333`, it has 11 digits; leading zeros may have been lost"),
        (reason::<Secret>("arn:aws:secretsmanager::111122223333:secret:db-a1B2c3"), "its Region is empty"),
        (reason::<Secret>("arn:aws:secretsmanager:eu-west-1::secret:db-a1B2c3"), "its account is empty"),
        (reason::<Secret>("arn:aws:secretsmanager:cn-north-1:111122223333:secret:db-a1B2c3"), "`cn-north-1` is a Region of a different partition"),
        (reason::<Secret>("arn:aws:ssm:eu-west-1:111122223333:parameter/db"), "`ssm` is a different service"),
        (reason::<Secret>("arn:amazon:secretsmanager:eu-west-1:111122223333:secret:db-a1B2c3"), "in its partition `amazon`, AWS has no such partition"),
        (reason::<KmsKey>("1234abcd-12ab-34cd-56ef-1234567890ab"), "it is not an ARN; for a key ID, use `KmsKeyArn::of`"),
        (reason::<KmsKey>("arn:aws:kms:eu-west-1:111122223333:key/x"), "in its key ID `x`, `x` at position 1 is not allowed"),
        (reason::<KmsKey>("arn:aws:kms:eu-west-1:111122223333:grant/x"), "`grant/x` is a different resource type"),
    ] {
        assert_eq!(found, wanted);
    }
    assert!(reason::<KmsKey>("arn:aws:kms:eu-west-1:111122223333:alias/x").starts_with("it is an alias"));
    assert!(reason::<KmsKey>("alias/x").starts_with("it is an alias"));
    assert!(PolicyArn::new("arn:aws:iam::aws:policy/service-role/X").is_ok());
    assert!(ParameterArn::new("arn:aws:ssm:eu-west-1::parameter/aws/service/x").is_ok());
}

#[test]
fn the_arn_that_was_meant_is_suggested() {
    fn meant<T: ArnType>(text: &str) -> Option<String> {
        ArnOf::<T>::new(text).unwrap_err().suggestion()
    }
    use resource_type::*;
    let role = "arn:aws:iam::111122223333:role/x";
    let function = "arn:aws:lambda:eu-west-1:111122223333:function:f";
    for (found, wanted) in [
        (meant::<Role>("arn:aws:iam:eu-west-1:111122223333:role/x"), Some(role)),
        (meant::<Role>("arn:aws:iam:111122223333:role/x"), Some(role)),
        (meant::<Role>(" arn:aws:iam::111122223333:role/x"), Some(role)),
        (meant::<Role>("arn:aws:iam::111122223333"), None),
        (
            meant::<Bucket>("arn:aws:s3:cn-north-1::exports"),
            Some("arn:aws-cn:s3:::exports"),
        ),
        (meant::<Bucket>("arn:aws:s3:exports"), Some("arn:aws:s3:::exports")),
        (meant::<Bucket>("arn:aws:s3::exports"), Some("arn:aws:s3:::exports")),
        (meant::<Function>(&format!("{function}:$LATEST")), Some(function)),
        (meant::<Function>(&format!("{function}:prod")), Some(function)),
        (
            meant::<Queue>("https://sqs.eu-west-1.amazonaws.com/111122223333/orders.fifo"),
            Some("arn:aws:sqs:eu-west-1:111122223333:orders.fifo"),
        ),
        (
            meant::<Queue>("https://sqs.cn-north-1.amazonaws.com.cn/111122223333/orders"),
            Some("arn:aws-cn:sqs:cn-north-1:111122223333:orders"),
        ),
        (meant::<Queue>("https://example.com/111122223333/orders"), None),
        (
            meant::<Queue>("arn:aws:sqs:cn-north-1:111122223333:orders"),
            Some("arn:aws-cn:sqs:cn-north-1:111122223333:orders"),
        ),
        (
            meant::<Queue>("arn:aws-cn:sqs:eu-west-1:111122223333:orders"),
            Some("arn:aws:sqs:eu-west-1:111122223333:orders"),
        ),
    ] {
        assert_eq!(found.as_deref(), wanted);
    }
}

#[test]
fn arns_are_made_of_their_parts_and_give_them_back() {
    let account = AccountId::from_static("111122223333");
    let (aws, china) = (Partition::AWS, Partition::from_static("aws-cn"));
    let path = RolePath::from_static("/ops/night/");
    let role = RoleArn::in_account(&china, &account, &RoleName::from_static("deploy"));
    let with_path = role.with_path(&path);
    for (arn, text) in [
        (role.as_str(), "arn:aws-cn:iam::111122223333:role/deploy"),
        (with_path.as_str(), "arn:aws-cn:iam::111122223333:role/ops/night/deploy"),
        (with_path.with_path(&RolePath::from_static("/")).as_str(), role.as_str()),
    ] {
        assert_eq!((arn, RoleArn::new(text)), (text, Ok(RoleArn::new(arn).unwrap())));
    }
    assert_eq!((with_path.path(), with_path.name()), (path, role.name()));
    assert_eq!(with_path.variable("RoleNameWithPath"), Some("ops/night/deploy"));
    assert_eq!(role.variable("RoleNameWithPath"), Some("deploy"));
    assert_eq!(
        (role.variable("Partition"), role.variable("Region")),
        (Some("aws-cn"), None)
    );

    let bucket = BucketArn::in_partition(&aws, &BucketName::from_static("exports"));
    assert_eq!(Ok(&bucket), BucketArn::new("arn:aws:s3:::exports").as_ref());

    let region = Region::from_static("eu-west-1");
    for (name, text) in [
        ("prod/db", "arn:aws:ssm:eu-west-1:111122223333:parameter/prod/db"),
        ("/prod/db", "arn:aws:ssm:eu-west-1:111122223333:parameter/prod/db"),
        ("db", "arn:aws:ssm:eu-west-1:111122223333:parameter/db"),
    ] {
        let parameter = ParameterArn::of(&region, &account, &ParameterName::new(name).unwrap());
        assert_eq!(Ok(&parameter), ParameterArn::new(text).as_ref());
        assert_eq!(parameter.variable("Account"), Some("111122223333"));
    }
    let shared = ParameterArn::from_static("arn:aws:ssm:eu-west-1::parameter/aws/service/ami");
    assert_eq!(shared.variable("Account"), None);
}

#[test]
fn every_variable_of_a_format_can_be_read() {
    for kind in ArnKind::ALL {
        let sample = NameKind::Arn(*kind).sample();
        let format = ArnFormat::parse(kind.format()).unwrap();
        let filled = format
            .variables(Field::Resource)
            .fold(kind.format().to_owned(), |filled, name| {
                let value = super::parts::variable(kind.facts(), sample, name).unwrap();
                filled.replacen(&format!("${{{name}}}"), value, 1)
            });
        let resource = filled.splitn(6, ':').nth(5).unwrap();
        assert!(sample.ends_with(&format!(":{resource}")), "{sample} {resource}");
        assert_eq!(super::parts::variable(kind.facts(), sample, "Nothing"), None);
    }
}

#[test]
fn an_arn_is_compared_and_looked_up_as_its_text() {
    use std::collections::{BTreeMap, HashMap};
    static QUEUE: QueueArn = QueueArn::from_static("arn:aws:sqs:eu-west-1:111122223333:orders");
    static TEXT: &str = QUEUE.as_str();

    let text = "arn:aws:sqs:eu-west-1:111122223333:orders";
    let hashed = HashMap::from([(QUEUE.clone(), 1)]);
    let ordered = BTreeMap::from([(QueueArn::new(text).unwrap(), 1)]);
    assert_eq!((hashed.get(text), ordered.get(text)), (Some(&1), Some(&1)));
    assert!(QUEUE == *text && QUEUE == text && QUEUE != "x" && TEXT == text);
    assert_eq!(Arn::try_from(QUEUE.clone()).unwrap().as_str(), text);
    let secret = SecretArn::from_static("arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-??????");
    assert!(Arn::try_from(secret).is_err());
}

#[test]
fn the_rules_of_the_default_bus_and_the_documents_of_aws_have_arns_of_their_own() {
    let why = |read: Result<(), NameError>| read.unwrap_err().to_string();
    assert_eq!(
        why(CustomBusRuleArn::new("arn:aws:events:eu-west-1:111122223333:rule/default/nightly").map(|_| ())),
        "`arn:aws:events:eu-west-1:111122223333:rule/default/nightly` is not the ARN of a rule on a custom event bus: `default` is the \
         default event bus, whose rules have ARNs without it: `rule/NAME`, which is a `RuleArn`; write the whole ARN, such as \
         `arn:aws:events:eu-west-1:111122223333:rule/orders/nightly`"
    );
    assert_eq!(
        why(DocumentArn::new("arn:aws:ssm:eu-west-1:111122223333:document/AWS-RunShellScript").map(|_| ())),
        "`arn:aws:ssm:eu-west-1:111122223333:document/AWS-RunShellScript` is not the ARN of a Systems Manager document: `111122223333` is \
         an account, and documents whose names start with `AWS` are AWS's own: their ARNs have none; write \
         `arn:aws:ssm:eu-west-1::document/AWS-RunShellScript` (the whole ARN)"
    );
    assert!(
        why(RuleArn::new("arn:aws:events:eu-west-1:111122223333:rule/default/nightly").map(|_| ()))
            .ends_with("; write `arn:aws:events:eu-west-1:111122223333:rule/nightly` (the whole ARN)")
    );
    let (region, account) = (Region::from_static("eu-west-1"), AccountId::from_static("111122223333"));
    for (name, arn) in [
        (
            "AWS-RunShellScript",
            "arn:aws:ssm:eu-west-1::document/AWS-RunShellScript",
        ),
        ("Restart", "arn:aws:ssm:eu-west-1:111122223333:document/Restart"),
    ] {
        let of = DocumentArn::of(&region, &account, &ResourceId::from_static(name));
        assert_eq!((of.as_str(), DocumentArn::new(arn).as_ref()), (arn, Ok(&of)));
    }
}

#[test]
fn the_arn_of_another_resource_is_told_with_its_type() {
    for (why, end) in [
        (
            RoleArn::new("arn:aws:iam::111122223333:user/deploy").unwrap_err(),
            "`user/deploy` is a different resource type; it is the ARN of an IAM user: use `UserArn`",
        ),
        (
            TableArn::new("arn:aws:dynamodb:eu-west-1:111122223333:table/orders/index/by-day").unwrap_err(),
            "is not allowed; it is the ARN of an index of a DynamoDB table: use `IndexArn`",
        ),
        (
            BucketArn::new("arn:aws:s3:::exports/*").unwrap_err(),
            "not of the bucket name; write `arn:aws:s3:::exports` (the whole ARN)",
        ),
        (
            RuleArn::new("arn:aws:events:eu-west-1:111122223333:rule/orders/nightly").unwrap_err(),
            "is not allowed; it is the ARN of a rule on a custom event bus: use `CustomBusRuleArn`",
        ),
        (
            TableArn::new("arn:aws:dynamodb:eu-west-1:111122223333:tables/orders").unwrap_err(),
            "write the whole ARN, such as `arn:aws:dynamodb:eu-west-1:111122223333:table/orders`",
        ),
    ] {
        assert!(why.to_string().ends_with(end), "{why}");
    }
}
