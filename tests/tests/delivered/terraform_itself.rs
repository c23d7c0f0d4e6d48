//! What the program `terraform` reads our files as: its own resource `terraform_data`, for which it needs no provider, gives back
//! the values that it was given. `cargo test -p workspace-tests --test delivered -- --ignored`

use std::fs;
use std::process::Command;

use runner_profiles::Role;
use serde_json::{Map, Value as Json, json};

use crate::every_field::{dynamic, home, roles};
use crate::terraform::{OWN, account, resources};
use crate::{made, terraform_files};

const TYPES: [&str; 4] = [
    "aws_iam_role",
    "aws_iam_role_policy",
    "aws_iam_policy",
    "aws_iam_role_policy_attachment",
];

/// The file with other resources of the same values, and with what would be asked of the provider and the user.
fn without_provider(file: &str) -> Json {
    let file: Json = serde_json::from_str(file).unwrap();
    let mut data = Map::new();
    for type_name in TYPES {
        for (label, values) in resources(&file, type_name) {
            let values = values.iter().map(|(name, value)| (name.clone(), here(value)));
            let values: Map<String, Json> = values.collect();
            data.insert(format!("{type_name}-{label}"), json!({ "input": values }));
        }
    }
    let here = home();
    let place = json!({
        "partition": here.region().partition().to_string(),
        "id": here.region().to_string(),
        "account_id": here.account_id().to_string(),
    });
    json!({
        "variable": { "account": { "default": here.account_id().to_string() } },
        "locals": { "home": place, "regions": [here.region().to_string()] },
        "resource": { "terraform_data": data },
    })
}

/// The value with references to what there is without the provider. No role has a text that is such a reference.
fn here(value: &Json) -> Json {
    let Some(text) = value.as_str() else {
        return value.clone();
    };
    let reference = |before: &str, after: &str| text.strip_prefix(before)?.strip_suffix(after);
    if let Some(label) = reference("${aws_iam_policy.", ".arn}") {
        return Json::String(format!("{OWN}{label}"));
    }
    if let Some(label) = reference("${aws_iam_role.", ".name}") {
        return Json::String(format!("${{terraform_data.aws_iam_role-{label}.input.name}}"));
    }
    let sources = ["aws_partition", "aws_region", "aws_caller_identity"].iter();
    let text = sources.fold(text.to_owned(), |text, source| {
        text.replace(&format!("data.{source}.current."), "local.home.")
    });
    Json::String(text)
}

/// As `resource` of a file whose texts are no templates any more.
fn applied(file: &str) -> Json {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    fs::write(folder.path().join("roles.tf.json"), without_provider(file).to_string()).unwrap();
    fs::write(folder.path().join("terraform.rc"), "disable_checkpoint = true\n").unwrap();
    let terraform = |arguments: &[&str]| {
        let mut command = Command::new("terraform");
        command.args(arguments).current_dir(folder.path());
        command.env("TF_CLI_CONFIG_FILE", folder.path().join("terraform.rc"));
        let output = command.env("CHECKPOINT_DISABLE", "1").output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    terraform(&["apply", "-auto-approve", "-no-color", "-input=false"]);
    let state: Json = serde_json::from_slice(&terraform(&["show", "-json"])).unwrap();
    let mut types = Map::new();
    for resource in state["values"]["root_module"]["resources"].as_array().unwrap() {
        let (type_name, label) = resource["name"].as_str().unwrap().split_once('-').unwrap();
        let labels = types.entry(type_name).or_insert_with(|| json!({}));
        labels[label] = resource["values"]["output"].clone();
    }
    json!({ "resource": types })
}

fn is_read_as_meant(roles: &[Role]) {
    for file in terraform_files(roles, &home()) {
        assert_eq!(account(&applied(&file), &str::to_owned), made(roles));
    }
}

#[test]
#[ignore = "needs `terraform` 1.4 or later on the path"]
fn a_text_is_read_by_terraform_from_every_field() {
    is_read_as_meant(&[roles(), dynamic()].concat());
}
