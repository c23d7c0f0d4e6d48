#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::list::{RETIRED, SERVICES};
use super::service::FURTHER_ACTIONS;
use super::text::order;
use super::*;
use crate::arn::{ArnFormat, Field};

fn action(qualified: &str) -> Action {
    let (prefix, name) = qualified.split_once(':').unwrap();
    service(prefix)
        .unwrap()
        .action(name)
        .unwrap_or_else(|| panic!("no {qualified}"))
}

#[test]
fn it_is_as_large_as_the_data() {
    let actions = services().map(|service| service.actions().count()).sum::<usize>();
    assert!(services().count() >= 456, "{} services", services().count());
    assert!(actions >= 22_000, "{actions} actions");
    let count = |kind| snapshot().count(kind).unwrap_or_else(|| panic!("no count of {kind}"));
    assert_eq!(count("services"), services().count());
    assert_eq!(count("services-retired"), RETIRED.len());
    assert_eq!(count("actions"), actions);
    assert_eq!(
        count("actions-removed"),
        services()
            .map(|service| service.removed_actions().count())
            .sum::<usize>()
    );
    assert_eq!(
        count("resource-types"),
        services()
            .map(|service| service.resource_types().count())
            .sum::<usize>()
    );
    assert_eq!(
        count("condition-keys"),
        services()
            .map(|service| service.condition_keys().count())
            .sum::<usize>()
    );
    assert_eq!(
        count("operations"),
        services().map(|service| service.operations().count()).sum::<usize>()
    );
    assert_eq!(
        count("operations-with-further-actions"),
        FURTHER_ACTIONS.lines().count()
    );
    assert_eq!(count("undocumented"), undocumented::TABLE.lines().count());
    assert_eq!(count("passed-roles"), passed_roles().count());
    assert_eq!(count("global-keys"), global_condition_keys().count());
}

#[test]
fn every_line_is_of_a_known_form() {
    for row in SERVICES.iter().chain(&RETIRED) {
        assert!(row.text.ends_with('\n'));
        let mut above = "";
        for line in row.text.lines() {
            assert!(is_known(line, above), "`{line}` below `{above}`");
            if !line.starts_with("  ") && (!line.starts_with(' ') || line.starts_with(" of ")) {
                above = line;
            }
        }
    }
    for line in include_str!("../../catalogue/global-keys.txt").lines() {
        assert!(is_known(line.strip_suffix(" listed").unwrap_or(line), ""), "`{line}`");
    }
}

/// Whether the reader uses a line; `above` is the line that an indented one belongs to.
fn is_known(line: &str, above: &str) -> bool {
    let word = |text: &str| !text.is_empty() && !text.contains(' ');
    let two = |text: &str| text.split_once(' ').is_some_and(|(a, b)| word(a) && word(b));
    let month = |text: &str| text.len() == 7 && text.as_bytes()[4] == b'-';
    if let Some(detail) = line.strip_prefix("  ") {
        return above.starts_with(" of ") && (word(detail) || detail.strip_prefix("needs ").is_some_and(word));
    }
    if let Some(detail) = line.strip_prefix(' ') {
        return match detail.split_once(' ') {
            None => word(detail) && (above.starts_with("action ") || above.starts_with("resource ")),
            Some(("name", named)) => above.starts_with("resource ") && is_name_fact(named, above),
            Some(("needs", needed)) => above.starts_with("action ") && word(needed),
            Some(("on" | "of", _)) => above.starts_with("action ") || above.starts_with(" of "),
            Some(_) => false,
        };
    }
    match line.split_once(' ') {
        None => line == "rcp" && above.starts_with("service "),
        Some(("service" | "operation", rest)) => rest.contains(' '),
        Some(("retired", rest)) => month(rest),
        Some(("key", rest)) => {
            two(rest)
                && rest
                    .split_once(' ')
                    .is_some_and(|(key, value_type)| key.contains(':') && is_type(value_type))
        }
        Some(("resource", rest)) => rest
            .find(" arn:")
            .and_then(|at| rest.get(at + 1..))
            .is_some_and(|formats| formats.split(' ').all(|format| ArnFormat::parse(format).is_ok())),
        Some(("action", rest)) => rest.split_once(' ').is_some_and(|(name, levels)| {
            word(name)
                && levels
                    .split(' ')
                    .all(|level| ["list", "read", "tagging", "write", "permissions-management"].contains(&level))
        }),
        Some(("removed", rest)) => rest
            .split_once(' ')
            .is_some_and(|(name, last)| word(name) && month(last)),
        Some(_) => false,
    }
}

/// `TableName [-.0-9A-Z_a-z]{3,255}` below the formats that have the variable. No name contains every separator.
fn is_name_fact(named: &str, above: &str) -> bool {
    named.split_once(' ').is_some_and(|(variable, _)| {
        let formats = above.split(' ').filter_map(|format| ArnFormat::parse(format).ok());
        let lines = format!(" name {named}\n");
        let mut found = formats.filter(|format| format.variables(Field::Resource).any(|other| other == variable));
        found.next().is_some_and(|format| {
            let fact = format.with_names(&lines).name_format(variable).unwrap();
            let after = fact.as_str().rsplit(']').next().unwrap();
            let length = fact.lengths();
            !(fact.allows(':') && fact.allows('/'))
                && (after.is_empty() || length.is_some_and(|(least, most)| least <= most && most > 0))
        })
    })
}

fn is_type(text: &str) -> bool {
    text.split('|').all(|name| {
        ["String", "ARN", "Bool", "Numeric", "Date", "IPAddress", "Binary"]
            .contains(&name.strip_prefix("ArrayOf").unwrap_or(name))
    })
}

/// The reader uses binary search: a name out of order would not be found.
#[test]
fn everything_is_sorted() {
    let ascends = |names: Vec<&str>| {
        for pair in names.windows(2) {
            assert_eq!(order(pair[0], pair[1]), Ordering::Less, "{pair:?}");
        }
    };
    ascends(services().map(Service::prefix).collect());
    for service in services() {
        ascends(service.condition_keys().map(|key| key.name()).collect());
        ascends(service.resource_types().map(|resource| resource.name()).collect());
        ascends(service.actions().map(|action| action.name()).collect());
        ascends(service.operations().collect());
        ascends(service.removed_actions().map(|removed| removed.name()).collect());
    }
    ascends(global_condition_keys().map(|key| key.name()).collect());
}

#[test]
fn every_name_is_found_in_any_case() {
    for service in services() {
        assert_eq!(super::service(&service.prefix().to_uppercase()), Some(service));
        for action in service.actions() {
            assert_eq!(service.action(&action.name().to_uppercase()), Some(action));
            assert_eq!(service.action(&action.name().to_lowercase()), Some(action));
            assert!(service.removed_action(action.name()).is_none(), "{action:?} is there");
            assert_eq!(service.operation(action.name()).count(), 0, "{action:?} is an action");
        }
        assert!(removed_service(service.prefix()).is_none());
    }
}

#[test]
fn resource_types_and_operations_resolve() {
    for service in services() {
        for action in service.actions() {
            let lines = action_lines(action);
            let written = lines.first().and_then(|first| first.strip_prefix(" on "));
            let written: Vec<&str> = written.map_or_else(Vec::new, |types| types.split(", ").collect());
            assert_eq!(action.has_resource_types(), !written.is_empty(), "{action:?}");
            assert_eq!(action.resource_types().count(), written.len(), "{action:?}");
            for (on, written) in action.resource_types().zip(written) {
                let head = format!(" of {}", on.resource_type().name());
                let below = lines.iter().skip_while(|line| **line != head).skip(1);
                let own = below.take_while(|line| line.starts_with("  ")).count();
                assert_eq!(on.required(), written.ends_with('*'), "{action:?} {on:?}");
                assert_eq!(
                    on.condition_keys().count() + on.dependent_actions().count(),
                    own,
                    "{action:?} {on:?}"
                );
            }
            let of_types = lines.iter().skip(1).filter(|line| line.starts_with(" on ")).count();
            assert_eq!(of_types, 0, "{action:?}");
            assert!(action.access_levels().count() > 0, "{action:?}");
            for needed in action.dependent_actions() {
                let (prefix, name) = needed.split_once(':').unwrap();
                assert!(
                    super::service(prefix).is_some_and(|service| service.action(name).is_some()),
                    "{needed}"
                );
            }
        }
        for operation in service.operations() {
            assert!(service.operation(operation).count() > 0, "{operation}");
        }
    }
}

/// The reader uses binary search in the text itself: each line has to be found, and each name has to be an action's.
#[test]
fn further_actions_are_found_and_resolve() {
    for line in FURTHER_ACTIONS.lines() {
        let (operation, actions) = line.split_once(' ').unwrap();
        let (prefix, name) = operation.split_once(':').unwrap();
        let service = service(prefix).unwrap();
        assert_eq!(
            service.further_actions(&name.to_uppercase()).count(),
            actions.split(' ').count(),
            "{line}"
        );
        let repeated = |action: Action| {
            let own = service.action(name);
            own == Some(action)
                || service.operation(name).any(|other| other == action)
                || own.is_some_and(|own| own.dependent_actions().any(|needed| needed == action.qualified()))
        };
        assert!(!service.further_actions(name).any(repeated), "{line}");
    }
    assert_eq!(
        service("a2c").unwrap().further_actions("AAA").count(),
        0,
        "before the first"
    );
    assert_eq!(
        service("xray").unwrap().further_actions("zzz").count(),
        0,
        "after the last"
    );
}

/// The lines of an action, without the reader.
fn action_lines(action: Action) -> Vec<&'static str> {
    let row = SERVICES
        .iter()
        .find(|row| row.text.starts_with(&format!("service {} ", action.service().prefix())));
    let head = format!("\naction {} ", action.name());
    let (_, below) = row.unwrap().text.split_once(&head).unwrap();
    let lines = below.lines().skip(1);
    lines.take_while(|line| line.starts_with(' ')).collect()
}

/// A key without a definition has no type, so that the checker cannot check its values.
#[test]
fn listed_keys_are_defined() {
    let mut undefined = BTreeSet::new();
    for service in services() {
        let mut check = |key: &'static str| {
            if service.condition_key(key).or_else(|| condition_key(key)).is_none() {
                undefined.insert((service.prefix(), key));
            }
        };
        for action in service.actions() {
            action.condition_keys().for_each(&mut check);
            action
                .resource_types()
                .flat_map(|on| on.condition_keys())
                .for_each(&mut check);
        }
        service
            .resource_types()
            .flat_map(|resource| resource.condition_keys())
            .for_each(&mut check);
    }
    println!("{} keys without a definition: {undefined:?}", undefined.len());
    // AWS's pages sometimes list a key that they do not define; many would mean that the import lost them.
    assert!(undefined.len() <= 3, "{undefined:?}");
}

#[test]
fn two_pages_of_one_prefix_keep_their_resource_types() {
    let names: Vec<_> = action("elasticloadbalancing:AddTags")
        .resource_types()
        .map(|on| on.resource_type().name())
        .collect();
    assert_eq!(names.len(), 11, "{names:?}");
    assert!(names.contains(&"loadbalancer/net/") && names.contains(&"truststore"));
    assert!(
        action("greengrass:TagResource")
            .resource_types()
            .any(|on| on.resource_type().name() == "component")
    );
    assert!(
        action("lex:TagResource")
            .resource_types()
            .any(|on| on.resource_type().name() == "test set")
    );
}

#[test]
fn joined_formats_are_apart() {
    let alias = service("lex").unwrap().resource_type("BOT ALIAS").unwrap();
    assert!(alias.arn_formats().eq([
        "arn:${Partition}:lex:${Region}:${Account}:bot-alias/${BotId}/${BotAliasId}",
        "arn:${Partition}:lex:${Region}:${Account}:bot:${BotName}:${BotAlias}",
    ]));
    let mut formats = services()
        .flat_map(Service::resource_types)
        .flat_map(|resource| resource.arn_formats());
    assert!(formats.all(|format| !format.as_str().contains(',')));
}

#[test]
fn operations_that_users_write() {
    let maps = |operation: &str, actions: &[&str]| {
        let (prefix, name) = operation.split_once(':').unwrap();
        let found: Vec<String> = service(prefix)
            .unwrap()
            .operation(name)
            .map(|action| action.qualified())
            .collect();
        assert_eq!(found, actions, "{operation}");
    };
    maps("s3:ListBuckets", &["s3:ListAllMyBuckets"]);
    maps("s3:headobject", &["s3:GetObject"]);
    maps("s3:HeadBucket", &["s3:ListBucket"]);
    maps("s3:ListObjects", &["s3:ListBucket"]);
    maps("s3:ListObjectsV2", &["s3:ListBucket"]);
    maps("s3:CreateMultipartUpload", &["s3:PutObject"]);
    maps("s3:ListParts", &["s3:ListMultipartUploadParts"]);
    maps("lambda:Invoke", &["lambda:InvokeFunction"]);
    maps("kms:ReEncrypt", &["kms:ReEncryptFrom", "kms:ReEncryptTo"]);
    maps("s3:CopyObject", &["s3:GetObject", "s3:PutObject"]);
    maps("s3:DeleteObjects", &["s3:DeleteObject"]);
    maps("sqs:SendMessageBatch", &["sqs:SendMessage"]);
    maps("apigateway:GetStages", &["apigateway:GET"]);
    maps("opensearch:CreateDomain", &["es:CreateDomain"]);
    maps("ec2:CreateCapacityReservationDateChangeQuote", &[]);
    maps("s3:ListDirectoryBuckets", &[]);
    maps("s3:NoSuchOperation", &[]);
}

#[test]
fn retired_names_are_known() {
    assert_eq!(removed_service("CodeStar").unwrap().last_seen(), "2026-09");
    assert!(service("codestar").is_none());
    let removed = service("sqs").unwrap().removed_action("sendmessagebatch").unwrap();
    assert_eq!((removed.name(), removed.last_seen()), ("SendMessageBatch", "2021-07"));
    assert!(service("sqs").unwrap().removed_action("SendMessages").is_none());
}

#[test]
fn keys_come_from_every_place() {
    assert!(
        action("secretsmanager:GetSecretValue").carries("secretsmanager:VersionStage"),
        "the action"
    );
    assert!(
        action("ec2:RunInstances").carries("ec2:InstanceType"),
        "a resource type, for the action"
    );
    assert!(
        action("dynamodb:GetItem").carries("aws:ResourceTag/team"),
        "the resource type"
    );
    assert!(action("dynamodb:GetItem").carries("AWS:SOURCEVPC"), "global");
    assert!(
        action("dynamodb:GetItem").carries("cognito-identity.amazonaws.com:sub"),
        "an identity provider"
    );
    assert!(
        !action("dynamodb:GetItem").carries("aws:RequestTag/team"),
        "listed nowhere for it"
    );
    assert!(!action("dynamodb:GetItem").carries("s3:prefix"));
    assert!(!action("dynamodb:GetItem").carries("aws:NoSuchKey"));
    assert!(
        action("kms:Decrypt").carries("kms:EncryptionContext:Department"),
        "a template behind a colon"
    );
}

#[test]
fn providers_bring_keys_of_their_own() {
    for (written, name) in [
        ("SAML:aud", "saml:aud"),
        (
            "token.actions.githubusercontent.com:repository",
            "token.actions.githubusercontent.com:repository",
        ),
        ("token.actions.githubusercontent.com:sub", "${Host}.${Domain}:sub"),
        (
            "oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF:aud",
            "${Host}.${Domain}:aud",
        ),
        ("token.actions.acme.ghe.com:ref", "token.actions.${Domain}.ghe.com:ref"),
    ] {
        assert_eq!(federated_condition_key(written).unwrap().name(), name);
        assert_eq!(condition_key(written).unwrap().name(), name);
    }
    assert!(
        federated_condition_key("identitycenter:InstanceArn").is_none(),
        "of sso, which is no provider"
    );
    assert!(condition_key("identitycenter:InstanceArn").is_some());
    assert!(
        condition_key("cognito-identity.amazonaws.com:amr")
            .unwrap()
            .value_type()
            .multivalued
    );
    for written in [
        "s3:sub",
        "sts:aud",
        "localhost:sub",
        "example.com:nosuchclaim",
        "no colon",
    ] {
        assert!(condition_key(written).is_none(), "{written}");
    }
}

#[test]
fn templates_stand_anywhere() {
    for (template, written, expected) in [
        ("codebuild:env/${name}.value", "codebuild:env/PATH.value", true),
        ("codebuild:env/${name}.value", "codebuild:env/.value", false),
        ("codebuild:env/${name}.value", "codebuild:env/a.value.value", true),
        ("s3:ExistingObjectTag/<key>", "s3:existingobjecttag/a b", true),
        ("s3:ExistingObjectTag/<key>", "s3:ExistingObjectTag", false),
        ("ssm:resourceTag/tag-key", "ssm:resourceTag/x", true),
        ("ssm:resourceTag/tag-key", "ssm:resourceTag/", false),
        ("agent.${Domain}.buildkite.dev:sub", "agent.a.b.buildkite.dev:sub", true),
        ("${a}${b}", "x", false),
        ("${a}${b}", "xy", true),
        ("${open", "${open", true),
        ("", "", true),
        ("", "x", false),
    ] {
        assert_eq!(key_matches(template, written), expected, "{template} {written}");
    }
}

#[test]
fn every_page_is_of_a_service_and_is_not_called_like_it() {
    for row in include_str!("../../catalogue/pages.txt").lines() {
        let (prefix, page) = row.split_once(' ').unwrap_or((row, ""));
        assert_ne!(prefix, page);
        let address = markdown::page_address(service(prefix).unwrap());
        assert_eq!(
            address.ends_with(&format!("/list_{page}.html")),
            !page.is_empty(),
            "{address}"
        );
    }
    for (prefix, page) in [
        ("iam", "/list_iam.html"),
        ("events", "/list_eventbridge.html"),
        ("apigateway", "/list_apigateway.html"),
        // Classic load balancers and the others have two pages.
        (
            "elasticloadbalancing",
            "/reference_policies_actions-resources-contextkeys.html",
        ),
    ] {
        let address = markdown::page_address(service(prefix).unwrap());
        assert!(address.ends_with(page), "{address}");
    }
}

#[test]
fn the_keys_of_an_action_are_listed_once() {
    for action in service("ec2")
        .unwrap()
        .actions()
        .chain(service("rds").unwrap().actions())
    {
        let mut keys: Vec<&str> = action.listed_condition_keys().collect();
        let all = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), all, "{action:?}");
    }
}
