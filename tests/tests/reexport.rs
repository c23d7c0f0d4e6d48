//! `policy!` where `policy_core` is not its own name: under another, and behind a crate that re-exports it.
//!
//! Each crate is outside of this workspace and is built by Cargo, as a user's is.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const FACADE: &str = r"
#[doc(hidden)]
pub use {policy_core, policy_macros};

/// What a crate writes whose users are to need no other.
#[macro_export]
macro_rules! policy {
    ($($input:tt)*) => {
        $crate::policy_macros::policy! { @crate($crate::policy_core, $crate::policy_macros) $($input)* }
    };
}

#[macro_export]
macro_rules! resource_arn {
    ($($input:tt)*) => {
        $crate::policy_macros::resource_arn! { @crate($crate::policy_core, $crate::policy_macros) $($input)* }
    };
}
";

const BEHIND_A_FACADE: &str = r#"
use facade::policy_core::names::Region;
use facade::{policy, resource_arn};

resource_arn! { pub struct LedgerArn: "qldb:ledger" }

policy! {
    pub struct Ledger: IdentityPolicy { ledger: LedgerArn }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "qldb:DescribeLedger", "Resource": "<ledger>" }
    }
}

policy! {
    pub struct Queue: IdentityPolicy { region: Region }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": [sqs:SendMessage],
            "Resource": "arn:<partition>:sqs:<region>:111122223333:queue" }
    }
}

policy! {
    pub const LIST: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "sqs:ListQueues", "Resource": "*" }
    };
}

fn main() {
    let inline = policy!(IdentityPolicy {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "sqs:ListQueues", "Resource": "*" }
    });
    assert_eq!(inline, LIST);
    let ledger = LedgerArn::from_static("arn:aws:qldb:eu-west-1:111122223333:ledger/orders");
    assert!(Ledger { ledger }.to_json().contains(":ledger/orders"));
    println!("{}", Queue { region: Region::from_static("eu-west-1") }.to_json());
}
"#;

const RENAMED: &str = r#"
use macros::{policy, policy_file};

policy! {
    #[policy(crate = ::iam)]
    pub struct Queue: IdentityPolicy { region: iam::names::Region }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "sqs:SendMessage",
            "Resource": "arn:<partition>:sqs:<region>:111122223333:queue" }
    }
}

policy_file! {
    #[policy(crate = iam)]
    pub const FILE: IdentityPolicy = "list.json";
}

fn main() {
    assert!(FILE.json().contains("sqs:ListQueues"));
    println!("{}", Queue { region: iam::names::Region::from_static("eu-west-1") }.to_json());
}
"#;

const RENDERED: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":sqs:SendMessage,"Resource":"arn:aws:sqs:eu-west-1:111122223333:queue"}}"#;

#[test]
fn a_crate_that_depends_on_a_facade_alone() {
    let folder = folder("facade");
    write(
        &folder,
        "facade/Cargo.toml",
        &manifest("facade", &[("policy-core", ""), ("policy-macros", "")]),
    );
    write(&folder, "facade/src/lib.rs", FACADE);
    write(
        &folder,
        "user/Cargo.toml",
        "[package]\nname = \"user\"\nedition = \"2024\"\n[dependencies]\nfacade = { path = \"../facade\" }\n[workspace]\n",
    );
    write(&folder, "user/src/main.rs", BEHIND_A_FACADE);
    assert_eq!(
        run(&folder.join("user")),
        RENDERED.replace("sqs:SendMessage", "[\"sqs:SendMessage\"]")
    );
}

#[test]
fn a_crate_that_calls_them_otherwise() {
    let folder = folder("renamed");
    write(
        &folder,
        "Cargo.toml",
        &manifest("user", &[("policy-core", "iam"), ("policy-macros", "macros")]),
    );
    write(&folder, "src/main.rs", RENAMED);
    write(
        &folder,
        "list.json",
        r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "sqs:ListQueues", "Resource": "*" } }"#,
    );
    assert_eq!(run(&folder), RENDERED.replace("sqs:SendMessage", "\"sqs:SendMessage\""));
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("reexport").join(name)
}

fn write(folder: &Path, path: &str, text: &str) {
    let file = folder.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

/// The manifest of a crate that depends on crates of this workspace, each under another name where one is given.
fn manifest(name: &str, crates: &[(&str, &str)]) -> String {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut manifest = format!("[package]\nname = \"{name}\"\nedition = \"2024\"\n[workspace]\n[dependencies]\n");
    for (package, alias) in crates {
        let alias = if alias.is_empty() { package } else { alias };
        let path = workspace.join(package);
        let line = format!("{alias} = {{ package = \"{package}\", path = '{}' }}\n", path.display());
        manifest.push_str(&line);
    }
    manifest
}

/// What the crate prints.
fn run(folder: &Path) -> String {
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline"])
        .current_dir(folder)
        .env(
            "CARGO_TARGET_DIR",
            folder.parent().unwrap().parent().unwrap().join("target"),
        )
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    assert_eq!(errors, "", "no warning either");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}
