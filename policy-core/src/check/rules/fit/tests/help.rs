//! What to write where an action and a resource do not fit.

use crate::arn::{ArnPattern, write};
use crate::catalogue::{self, Service};
use crate::check::expect::{product, products, told};
use crate::check::{Options, check};
use crate::document::{Document, Node, Text, Value};
use crate::finding::Code;
use crate::names::{ArnKind, NameKind};
use crate::policy::Kind;

#[test]
fn an_action_and_a_resource_that_miss_each_other_are_one_mistake() {
    products(&[
        (
            r#""s3:GetObject""#,
            r#""arn:aws:s3:::b""#,
            &["RESOURCE_FITS_NO_ACTION /Statement/Resource"],
        ),
        (
            r#"["s3:GetObject", "s3:PutObject"]"#,
            r#"["arn:aws:s3:::b"]"#,
            &["RESOURCE_FITS_NO_ACTION /Statement/Resource/0"],
        ),
        (
            r#""s3:ListBucket""#,
            r#""arn:aws:s3:::b/*""#,
            &["RESOURCE_FITS_NO_ACTION /Statement/Resource"],
        ),
        (
            r#"["s3:GetObject", "s3:ListBucket"]"#,
            r#""arn:aws:s3:::b/*""#,
            &["ACTION_FITS_NO_RESOURCE /Statement/Action/1"],
        ),
        (
            r#""kms:Decrypt""#,
            r#""arn:aws:secretsmanager:eu-west-1:111122223333:secret:a-b1C2d3""#,
            &["ACTION_FITS_NO_RESOURCE /Statement/Action"],
        ),
        (
            r#"["secretsmanager:GetSecretValue", "kms:Decrypt"]"#,
            r#""arn:aws:secretsmanager:eu-west-1:111122223333:secret:a-b1C2d3""#,
            &["ACTION_FITS_NO_RESOURCE /Statement/Action/1"],
        ),
        (
            r#""kms:Decrypt""#,
            r#""arn:aws:kms:eu-west-1:111122223333:alias/a""#,
            &["KEY_ALIAS_AS_RESOURCE /Statement/Resource alias/a"],
        ),
        (
            r#""kms:Decrypt""#,
            r#"["arn:aws:kms:eu-west-1:111122223333:key/k", "arn:aws:kms:eu-west-1:111122223333:alias/a"]"#,
            &["KEY_ALIAS_AS_RESOURCE /Statement/Resource/1 alias/a"],
        ),
        (
            r#""s3:GetObject""#,
            r#"["arn:aws:s3:::b/*", "arn:aws:sqs:*:*:q"]"#,
            &["RESOURCE_FITS_NO_ACTION /Statement/Resource/1"],
        ),
        (
            r#""s3:Get*""#,
            r#""arn:aws:sqs:*:*:q""#,
            &["RESOURCE_FITS_NO_ACTION /Statement/Resource"],
        ),
        // What is wrong by itself is told by itself.
        (
            r#""s3:GetObjct""#,
            r#""arn:aws:s3:::b""#,
            &["INVALID_ACTION /Statement/Action GetObjct"],
        ),
        (
            r#""kms:Decrypt""#,
            r#""arn:aws:kms:eu-west-1:11112222333:key/k""#,
            &["INVALID_ARN_ACCOUNT /Statement/Resource 11112222333"],
        ),
        (
            r#""kms:CreateAlias""#,
            r#"["arn:aws:kms:eu-west-1:111122223333:alias/a", "arn:aws:kms:eu-west-1:111122223333:key/k"]"#,
            &[],
        ),
    ]);
}

#[test]
fn the_message_makes_the_arn_to_write_of_the_one_that_was_written() {
    for (action, resource, expected) in [
        (
            "s3:GetObject",
            "arn:aws:s3:::b",
            "`s3:GetObject` applies to resources of type `accesspointobject` or `object`, but this is of type `bucket` [RESOURCE_FITS_NO_ACTION]\n\
             = note: AWS accepts the policy, but the statement never allows `s3:GetObject`: no request combines the two\n\
             = note: checked against AWS's service authorization reference of DATE\n\
             = help: write `arn:aws:s3:::b/*`",
        ),
        (
            "s3:ListBucket",
            "arn:aws:s3:::b/prefix/*",
            "`s3:ListBucket` applies to resources of type `accesspoint` or `bucket`, but this is of type `object` [RESOURCE_FITS_NO_ACTION]\n\
             = note: AWS accepts the policy, but the statement never allows `s3:ListBucket`: no request combines the two\n\
             = note: checked against AWS's service authorization reference of DATE\n\
             = help: write `arn:aws:s3:::b`",
        ),
        (
            "kms:Decrypt",
            "arn:aws:secretsmanager:eu-west-1:111122223333:secret:a-b1C2d3",
            "`kms:Decrypt` applies to resources of type `key`, but the statement has no such resource [ACTION_FITS_NO_RESOURCE]\n\
             = note: AWS accepts the policy, but the statement never allows `kms:Decrypt`: no request combines the two\n\
             = note: checked against AWS's service authorization reference of DATE\n\
             = help: write `\"Resource\": \"arn:aws:kms:eu-west-1:111122223333:key/KEY_ID\"`",
        ),
        (
            "kms:Decrypt",
            "arn:aws:kms:eu-west-1:111122223333:alias/a",
            "`kms:Decrypt` applies to keys, but this is the ARN of an alias [KEY_ALIAS_AS_RESOURCE]\n\
             = note: in `Resource` the ARN of an alias matches the alias, not its key; AWS accepts the policy, but the statement never allows `kms:Decrypt`: no request combines the two\n\
             = note: checked against AWS's service authorization reference of DATE\n\
             = help: write the key's ARN, `arn:aws:kms:eu-west-1:111122223333:key/KEY_ID`\n\
             = help: or name the alias in a condition, `\"ForAnyValue:StringEquals\": { \"kms:ResourceAliases\": \"alias/a\" }`, with `key/*` as the resource",
        ),
    ] {
        let document = product("Allow", &format!("\"{action}\""), &format!("\"{resource}\""));
        assert_eq!(told(&document, Kind::Identity), expected);
    }
}

#[test]
fn an_action_is_given_what_belongs_to_the_resources_beside_it() {
    for (actions, resources, help) in [
        (
            r#"["s3:ListBucket", "s3:GetObject"]"#,
            r#""arn:aws:s3:::b""#,
            "= help: add `arn:aws:s3:::b/*` to the statement's resources",
        ),
        (
            r#"["s3:ListBucket", "s3:GetObject"]"#,
            r#"["arn:aws:s3:::b/*", "arn:aws:s3:::c/x/*"]"#,
            "= help: add `arn:aws:s3:::b` and `arn:aws:s3:::c` to the statement's resources",
        ),
        (
            r#"["sqs:SendMessage", "sns:Publish"]"#,
            r#""arn:aws:sqs:eu-west-1:111122223333:q""#,
            "= help: write the action in a separate statement, on `arn:aws:sns:eu-west-1:111122223333:TOPIC_NAME`",
        ),
        (
            r#""lambda:InvokeFunction""#,
            r#""arn:aws:lambda:eu-west-1:111122223333:load""#,
            "= help: write `arn:aws:lambda:eu-west-1:111122223333:function:load`",
        ),
        (
            r#""kinesis:SubscribeToShard""#,
            r#""arn:aws:kinesis:eu-west-1:111122223333:stream/s""#,
            "= help: write `arn:aws:kinesis:eu-west-1:111122223333:stream/s/consumer/*:*`",
        ),
    ] {
        let text = told(&product("Allow", actions, resources), Kind::Identity);
        assert_eq!(text.lines().last(), Some(help), "{text}");
    }
}

/// What a message offers in place of an ARN is of the format that is wanted, and has a wildcard only behind what was written.
#[test]
fn what_belongs_to_a_resource_begins_with_it() {
    let types = catalogue::services().flat_map(Service::resource_types);
    let mut offered = 0;
    for (kind, own) in types.flat_map(|kind| kind.arn_formats().map(move |own| (kind, own)).collect::<Vec<_>>()) {
        let written = own.example(&mut str::to_lowercase);
        let text = Text::plain(written.as_str());
        let Ok(arn) = ArnPattern::parse(&written) else { continue };
        let others = kind.service().resource_types().flat_map(|kind| kind.arn_formats());
        for other in others {
            let Some(found) = write::sibling(other, &text, &arn, own) else {
                continue;
            };
            offered += 1;
            let resource = found.splitn(6, ':').last().unwrap_or_default();
            assert!(!resource.starts_with('*'), "{written}: {found}");
            let pattern = ArnPattern::parse(&found);
            assert!(
                pattern.is_ok_and(|pattern| pattern.fits_format(other).is_yes()),
                "{written}: {found}"
            );
        }
    }
    assert!(offered > 1_000, "{offered}");
}

/// Beside a right resource a wrong one has the help and the fix that it has alone; what the statement has already is not offered.
#[test]
fn a_wrong_resource_is_helped_beside_a_right_one_as_alone() {
    let otherwise = "remove the resource, or add the action that applies to it";
    for (actions, resources, help, fix) in [
        (
            r#""s3:GetObject""#,
            r#"["arn:aws:s3:::a/*", "arn:aws:s3:::b"]"#,
            "write `arn:aws:s3:::b/*`",
            Some("arn:aws:s3:::b/*"),
        ),
        (
            r#"["s3:GetObject", "s3:PutObject"]"#,
            r#"["arn:aws:s3:::b", "arn:aws:s3:::a/*"]"#,
            "write `arn:aws:s3:::b/*`",
            Some("arn:aws:s3:::b/*"),
        ),
        (
            r#""s3:ListBucket""#,
            r#"["arn:aws:s3:::a", "arn:aws:s3:::b/*"]"#,
            "write `arn:aws:s3:::b`",
            Some("arn:aws:s3:::b"),
        ),
        (
            r#""sqs:SendMessage""#,
            r#"["arn:aws:sqs:eu-west-1:111122223333:q", "arn:aws:sns:eu-west-1:111122223333:t"]"#,
            "write `arn:aws:sqs:eu-west-1:111122223333:QUEUE_NAME`",
            None,
        ),
        // It has the objects of this bucket, or all queues.
        (
            r#""s3:GetObject""#,
            r#"["arn:aws:s3:::b/*", "arn:aws:s3:::b"]"#,
            "",
            None,
        ),
        (
            r#""sqs:SendMessage""#,
            r#"["arn:aws:sqs:*:*:*", "arn:aws:sns:eu-west-1:111122223333:t"]"#,
            "",
            None,
        ),
        // Which of them was meant is not known.
        (
            r#"["s3:GetObject", "sqs:SendMessage"]"#,
            r#"["arn:aws:s3:::b/*", "arn:aws:sqs:eu-west-1:111122223333:q", "arn:aws:sns:eu-west-1:111122223333:t"]"#,
            "",
            None,
        ),
    ] {
        let document = product("Allow", actions, resources);
        let findings = check(&document, Kind::Identity, &Options::new());
        let finding = findings.of_code(Code::ResourceFitsNoAction).next().unwrap();
        let told: Vec<&str> = finding.help().collect();
        match help {
            "" => assert_eq!(told, [otherwise], "{resources}"),
            help => assert_eq!(told, [help, &format!("or {otherwise}")], "{resources}"),
        }
        let fixes: Vec<String> = finding.fixes().iter().map(|fix| format!("{fix:?}")).collect();
        assert_eq!(fixes.len(), usize::from(fix.is_some()), "{fixes:?}");
        assert!(
            fix.is_none_or(|fix| fixes[0].contains(&format!("{fix:?}"))),
            "{fixes:?}"
        );
    }
}

/// A hole of a type that `policy-core` has is not taken for an ARN that no resource has, or for one of another type.
#[test]
fn a_hole_is_of_its_type() {
    for kind in ArnKind::ALL {
        for action in [
            "sts:AssumeRole",
            "execute-api:Invoke",
            "sqs:SendMessage",
            "s3:GetObject",
        ] {
            let hole = |node: &mut Node<'_>| {
                node.value = Value::String(Text::with_holes("<it>", [(0..4, kind.sample(), 20)]));
            };
            let mut root = product("Allow", &format!("\"{action}\""), "\"*\"").root().clone();
            let statement = root.members_mut().unwrap().iter_mut().last().unwrap();
            statement
                .value
                .members_mut()
                .unwrap()
                .iter_mut()
                .last()
                .map(|last| hole(&mut last.value))
                .unwrap();
            let told = told(&Document::new(root), Kind::Identity);
            let Some(first) = told.lines().next().filter(|first| !first.is_empty()) else {
                continue;
            };
            let (_, name) = kind.resource_type().split_once(':').unwrap();
            let noun = NameKind::Arn(*kind).noun();
            assert!(
                first.contains(&format!("of type `{name}`"))
                    || first.contains(noun)
                    || told.contains("[KEY_ALIAS_AS_RESOURCE]"),
                "{kind:?}: {told}"
            );
        }
    }
}
