//! What a user's editor shows of a policy and of a preset: rust-analyzer is asked, over its own protocol, of a crate that
//! depends on these.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod server;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use policy_core::catalogue;
use serde_json::{Value, json};

use server::{Server, uri};

/// The fields of the template in [`SOURCE`], and their types.
const FIELDS: [(&str, &str); 3] = [
    ("region", "Region"),
    ("account_id", "AccountId"),
    ("secret_ids", "NonEmpty<SecretId>"),
];

/// What a `Hybrid` may be given. An editor may offer more: without more to go by, rust-analyzer 1.95 takes the functions of one
/// preset for those of the other, too.
const GIVEN: [&str; 13] = [
    "with_credentials_key",
    "with_ecr_repository",
    "with_execution_source",
    "with_extension_library",
    "with_kms_via_service",
    "with_log_group",
    "with_logs",
    "with_pipeline_key",
    "with_pipeline_secret",
    "with_pipeline_secrets",
    "with_script_runner",
    "with_staging_bucket",
    "with_task_source",
];

/// Quoted and not, in each form of the macro, and by the macro of `runner-profiles`, which passes it on.
const SOURCE: &str = r#"
use policy_core::names::{AccountId, Region, SecretId};
use policy_core::policy::NonEmpty;
use policy_macros::policy;
use runner_profiles::Hybrid;

policy! {
    pub struct ReadSecrets: IdentityPolicy { region: Region, account_id: AccountId, secret_ids: NonEmpty<SecretId> }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": ["secretsmanager:GetSecretValue", secretsmanager:DescribeSecret],
            "Resource": "arn:<partition>:secretsmanager:<region>:<account-id>:secret:<secret-ids>" }
    }
}

policy! {
    pub const OBJECTS: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::exports/*" },
            { "Effect": "Allow", "Action": ["s3:PutObject*", s3:ListB*], "Resource": "*" }
        ]
    };
}

runner_profiles::policy! {
    pub const KEYS: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": ["kms:Decrypt"],
            "Resource": "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab" }
    };
}

pub fn list() -> policy_core::policy::IdentityPolicy {
    policy!(IdentityPolicy {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*" }
    }).into()
}

pub fn template((region, account_id, secret_ids): (Region, AccountId, NonEmpty<SecretId>)) -> ReadSecrets {
    ReadSecrets { region, account_id, secret_ids }
}

pub fn preset(hybrid: Hybrid) -> Hybrid {
    hybrid.with_logs()
}
"#;

#[test]
#[ignore = "needs rust-analyzer and rust-src"]
fn an_editor_shows_points_and_completes() {
    let program = server::program().unwrap_or_else(|absent| panic!("{absent}"));
    let mut editor = Editor::open(&program);
    shows_what_the_catalogue_knows_of_an_action(&mut editor);
    shows_what_wildcards_match(&mut editor);
    points_at_an_action(&mut editor);
    shows_and_points_at_the_fields_that_fill_holes(&mut editor);
    completes_an_action(&mut editor);
    completes_the_fields_of_a_template(&mut editor);
    completes_what_a_preset_may_be_given(&mut editor);
    complains_of_what_is_wrong_alone(&mut editor);
}

/// An action of [`SOURCE`], the cursor in it, and what an editor takes for its definition.
const ACTIONS: [(&str, &str, &str); 5] = [
    (
        "secretsmanager:GetSecretValue",
        "secretsmanager:|GetSecretValue",
        r#""secretsmanager:GetSecretValue""#,
    ),
    ("secretsmanager:DescribeSecret", "Desc|ribeSecret", "DescribeSecret"),
    ("s3:GetObject", "|s3:GetObject", r#""s3:GetObject""#),
    ("kms:Decrypt", "kms:Decryp|t", r#""kms:Decrypt""#),
    (
        "ecr:GetAuthorizationToken",
        "ecr:Get|AuthorizationToken",
        r#""ecr:GetAuthorizationToken""#,
    ),
];

fn shows_what_the_catalogue_knows_of_an_action(editor: &mut Editor) {
    for (action, cursor, _) in ACTIONS {
        let shown = editor.hover(cursor);
        let (prefix, name) = action.split_once(':').unwrap();
        let service = catalogue::service(prefix).unwrap();
        let known = service.action(name).unwrap();
        let mut expected = vec![format!("`{action}` of {}", service.name())];
        expected.extend(known.access_levels().map(|level| format!("{level:?}")));
        expected.extend(
            known
                .resource_types()
                .map(|on| format!("`{}`", on.resource_type().name())),
        );
        expected.extend(known.condition_keys().map(|key| format!("`{key}`")));
        expected.push("https://docs.aws.amazon.com/service-authorization/".to_owned());
        for fact in expected {
            assert!(shown.contains(&fact), "`{fact}` of {action} is not in:\n{shown}");
        }
    }
}

fn shows_what_wildcards_match(editor: &mut Editor) {
    for (pattern, cursor) in [("s3:PutObject*", "s3:Put|Object*"), ("s3:ListB*", "s3:Lis|tB*")] {
        let shown = editor.hover(cursor);
        assert!(shown.contains(&format!("`{pattern}` matches")), "{shown}");
        for action in catalogue::actions_matching(pattern) {
            assert!(
                shown.contains(&format!("`{}`", action.name())),
                "{}: {shown}",
                action.name()
            );
        }
        assert!(!shown.contains("`GetObject`"), "{shown}");
    }
}

fn points_at_an_action(editor: &mut Editor) {
    for (_, cursor, definition) in ACTIONS {
        let place = editor.place(SOURCE, definition);
        let found = editor.definitions(cursor);
        assert!(found.contains(&place), "{cursor}: {place} is not in {found:#?}");
    }
}

fn shows_and_points_at_the_fields_that_fill_holes(editor: &mut Editor) {
    let shown = editor.hover("<reg|ion>");
    for (field, its_type) in FIELDS {
        assert!(shown.contains(&format!("{field}: {its_type}")), "{shown}");
    }
    let found = editor.definitions("<reg|ion>");
    for (field, its_type) in FIELDS {
        let place = editor.place(SOURCE, &format!("{field}|: {its_type}"));
        assert!(found.contains(&place), "{field}: {place} is not in {found:#?}");
    }
}

fn completes_an_action(editor: &mut Editor) {
    let offered = editor.completions("secretsmanager:DescribeSecret", "secretsmanager:D");
    let service = catalogue::service("secretsmanager").unwrap();
    for action in service.actions().filter(|action| action.name().starts_with('D')) {
        assert!(
            offered.contains(action.name()),
            "{} is not in {offered:?}",
            action.name()
        );
    }
}

fn completes_the_fields_of_a_template(editor: &mut Editor) {
    let offered = editor.completions("ReadSecrets { region, account_id, secret_ids }", "ReadSecrets { ");
    for (field, _) in FIELDS {
        assert!(offered.contains(field), "{field} is not in {offered:?}");
    }
}

fn completes_what_a_preset_may_be_given(editor: &mut Editor) {
    let offered = editor.completions("hybrid.with_logs()", "hybrid.with_");
    for function in GIVEN {
        assert!(offered.contains(function), "{function} is not in {offered:?}");
    }
}

fn complains_of_what_is_wrong_alone(editor: &mut Editor) {
    assert_eq!(editor.diagnostics(SOURCE), [] as [Value; 0]);
    let wrong = SOURCE.replace("s3:GetObject", "s3:GetObjekt");
    let place = editor.place(&wrong, r#""s3:GetObjekt""#);
    let said = editor.diagnostics(&wrong);
    assert_eq!(said.len(), 1, "{said:#?}");
    assert_eq!(said[0]["range"], place["range"]);
    let message = said[0]["message"].as_str().unwrap();
    assert!(message.contains("`s3:GetObjekt` is not an action"), "{message}");
    assert!(message.contains("write `s3:GetObject`"), "{message}");
    assert!(!message.contains(":1:"), "an editor tells no macro the line: {message}");
}

/// An editor with the crate's one file open.
struct Editor {
    server: Server,
    file: PathBuf,
    version: u64,
}

impl Editor {
    fn open(program: &Path) -> Self {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let folder = target.join("editor/user");
        let file = folder.join("src/lib.rs");
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(folder.join("Cargo.toml"), manifest()).unwrap();
        // The same versions as the workspace's are on this machine, and may be built already.
        fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        fs::write(&file, SOURCE).unwrap();
        let mut server = Server::start(program, &folder, &target.join("target"), &target.join("editor/log"));
        let document = json!({ "uri": uri(&file), "languageId": "rust", "version": 0, "text": SOURCE });
        server.tell("textDocument/didOpen", &json!({ "textDocument": document }));
        Self {
            server,
            file,
            version: 0,
        }
    }

    /// What is shown over the cursor.
    fn hover(&mut self, cursor: &str) -> String {
        let answer = self.server.ask("textDocument/hover", &self.at(SOURCE, cursor));
        answer["contents"]["value"].as_str().unwrap_or_default().to_owned()
    }

    /// The places of what the text at the cursor is defined by.
    fn definitions(&mut self, cursor: &str) -> Vec<Value> {
        let answer = self.server.ask("textDocument/definition", &self.at(SOURCE, cursor));
        answer.as_array().cloned().unwrap_or_default()
    }

    /// What is offered behind the text that is being written in place of one in [`SOURCE`].
    fn completions(&mut self, replaced: &str, written: &str) -> BTreeSet<String> {
        let source = SOURCE.replace(replaced, written);
        self.write(&source);
        let position = self.at(&source, &format!("{written}|"));
        let answer = self.server.ask("textDocument/completion", &position);
        self.write(SOURCE);
        let items = answer["items"]
            .as_array()
            .or(answer.as_array())
            .cloned()
            .unwrap_or_default();
        items
            .iter()
            .map(|item| item["label"].as_str().unwrap().to_owned())
            .collect()
    }

    /// The errors in a text.
    fn diagnostics(&mut self, source: &str) -> Vec<Value> {
        self.write(source);
        let document = json!({ "textDocument": { "uri": uri(&self.file) } });
        let answer = self.server.ask("textDocument/diagnostic", &document);
        self.write(SOURCE);
        answer["items"].as_array().cloned().unwrap()
    }

    fn write(&mut self, source: &str) {
        self.version += 1;
        let document = json!({ "uri": uri(&self.file), "version": self.version });
        let changes = json!([{ "text": source }]);
        self.server.tell(
            "textDocument/didChange",
            &json!({ "textDocument": document, "contentChanges": changes }),
        );
    }

    /// Where a cursor is, `|` in a text that the source has once.
    fn at(&self, source: &str, cursor: &str) -> Value {
        let (before, behind) = cursor.split_once('|').unwrap();
        let start = offset(source, &format!("{before}{behind}"));
        json!({
            "textDocument": { "uri": uri(&self.file) },
            "position": position(source, start + before.len()),
        })
    }

    /// Where a text is that the source has once; where there is a `|`, what is before it.
    fn place(&self, source: &str, text: &str) -> Value {
        let start = offset(source, &text.replace('|', ""));
        let length = text.find('|').unwrap_or(text.len());
        json!({
            "uri": uri(&self.file),
            "range": { "start": position(source, start), "end": position(source, start + length) },
        })
    }
}

fn offset(source: &str, text: &str) -> usize {
    let found: Vec<usize> = source.match_indices(text).map(|(start, _)| start).collect();
    assert_eq!(found.len(), 1, "`{text}` is once in the source");
    found[0]
}

/// A place as the protocol counts it, from nought.
fn position(source: &str, offset: usize) -> Value {
    let before = &source[..offset];
    let line = before.rfind('\n').map_or(0, |newline| newline + 1);
    json!({ "line": before.matches('\n').count(), "character": offset - line })
}

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// That of a crate that depends on this workspace's.
fn manifest() -> String {
    let names = ["policy-core", "policy-macros", "runner-profiles"];
    let dependencies = names.map(|name| format!("{name} = {{ path = '{}' }}", workspace().join(name).display()));
    format!(
        "[package]\nname = \"user\"\nedition = \"2024\"\n[workspace]\n[dependencies]\n{}\n",
        dependencies.join("\n")
    )
}
