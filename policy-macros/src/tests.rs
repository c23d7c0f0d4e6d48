//! The macro outside of a compiler: from tokens to code.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may panic"
)]

use policy_core::__macro::v1::check::{ActedOn, Proposed, own_format, own_name};
use policy_core::catalogue;
use policy_core::document::{Document, Node};
use policy_core::names::NameKind;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;

use crate::report::Report;
use crate::token::{Input, Token};
use crate::{arn, body, editor, file, policy};

fn input(text: &str) -> Input {
    Input::read(text.parse().unwrap())
}

fn read(text: &str) -> (Node<'static>, Vec<String>) {
    let mut report = Report::default();
    let body = body::read(&input(text).tokens, 0, &mut report);
    (
        body.root,
        report.mistakes().iter().map(|mistake| mistake.message(None)).collect(),
    )
}

#[test]
fn json_means_what_it_means_to_a_json_reader() {
    let text = r#"{
        "Version": "2012-10-17", "Empty": [], "None": {},
        "Values": [true, false, null, 0, -1, 1.5, -2.5e3, "text", [["deep"]], { "a": { "b": [1] } }],
        "Twice": 1, "Twice": 2
    }"#;
    let (root, mistakes) = read(text);
    assert_eq!(mistakes, [""; 0]);
    assert_eq!(root, *Document::read(text).unwrap().root());
}

#[test]
fn an_action_may_stand_without_quotes() {
    let (root, mistakes) = read(r#"{ "Action": [s3:GetObject, s3:Get*, s3:*Object?, a-b:C-D, *, "s3:PutObject"] }"#);
    assert_eq!(mistakes, [""; 0]);
    assert_eq!(
        root.to_json(),
        r#"{"Action":["s3:GetObject","s3:Get*","s3:*Object?","a-b:C-D","*","s3:PutObject"]}"#
    );
    let (root, mistakes) = read(r#"{ "NotAction": s3:GetObject, "Resource": "*" }"#);
    assert_eq!(mistakes, [""; 0]);
    assert_eq!(root.to_json(), r#"{"NotAction":"s3:GetObject","Resource":"*"}"#);
}

#[test]
fn a_raw_string_has_the_escapes_of_json() {
    let (root, mistakes) = read("{ \"a\": r#\"x\\/y\\u00e9\\\"z\"# }");
    assert_eq!(mistakes, [""; 0]);
    assert_eq!(root.to_json(), "{\"a\":\"x/yé\\\"z\"}");
    assert_eq!(read("{ \"a\": r#\"x\\y\"# }").1.len(), 1);
}

#[test]
fn what_is_read_after_a_mistake_is_what_was_meant() {
    for (written, meant, mistakes) in [
        (r#"{ "a": 1 "b": 2 }"#, r#"{"a":1,"b":2}"#, 1),
        (r#"{ "a" 1, b: 2, }"#, r#"{"a":1,"b":2}"#, 3),
        (
            r#"{ "a" = 1, "b" => [1 2; 3,,], "c": (1) }"#,
            r#"{"a":1,"b":[1,2,3],"c":[1]}"#,
            6,
        ),
        (r#"{ "a": ["x", ...], "b": [..., "y"] }"#, r#"{"a":["x"],"b":["y"]}"#, 2),
        (r#"{ "a", "b":, "c": 1 }"#, r#"{"c":1}"#, 2),
        (
            r#"{ "a": Allow, "b": <hole>, "c": True }"#,
            r#"{"a":"Allow","b":"<hole>","c":"True"}"#,
            3,
        ),
        (r#"{ ; "a": 1, @ "b": 2 }"#, r#"{"a":1,"b":2}"#, 2),
    ] {
        let (root, said) = read(written);
        assert_eq!(root.to_json(), meant, "{said:#?}");
        assert_eq!(said.len(), mistakes, "{written}: {said:#?}");
    }
}

#[test]
fn deep_nesting_is_a_mistake_and_no_overflow() {
    let text = format!("{{ \"a\": {}1{} }}", "[".repeat(5_000), "]".repeat(5_000));
    let (_, mistakes) = read(&text);
    assert_eq!(mistakes, ["nested deeper than 128 levels"]);
    expand(&input(&format!("IdentityPolicy {text}")));
}

const INPUTS: &[&str] = &[
    r#"@crate($crate::core, $crate::macros) /// doc
    #[allow_finding(INVALID_ACTION, "s3:New", reason = "new")] #[policy(warnings, crate = a::b)]
    pub(crate) struct TaskRole: IdentityPolicy {
        region: Region, #[doc = "x"] pub account_id: path::AccountId, secret_ids: NonEmpty<SecretId>,
        bucket: Option<NonEmpty<BucketName>>,
    }
    { "Version": "2012-10-17", "Statement": [
        { "Sid": "A", "Effect": "Allow", "Action": s3:Get*, "Resource": "*" },
        { "Effect": "Allow", "Action": ["secretsmanager:GetSecretValue"],
          "Resource": ["arn:<partition>:secretsmanager:<region>:<account-id>:secret:<secret-ids>", "<secret-1>"],
          "Condition": { "StringEquals": { "aws:SourceAccount": "<account-id>", "<a>:x": ["<bucket>", -1.5, true] } } },
        { "Effect": "Allow", "Action": "s3:GetObject", "Resource": ["arn:<partition>:s3:::<bucket>/*"],
          "Principal": { "AWS": ["<account-id>", "<bucket>"], "Service": "logs.<region>.amazonaws.com" } }
    ] }"#,
    r#"pub const ECS_TRUST: TrustPolicy = { "Version": "2012-10-17", "Statement": [
        { "Effect": "Allow", "Principal": { "Service": "ecs-tasks.amazonaws.com" }, "Action": "sts:AssumeRole" } ] };"#,
    r#"IdentityPolicy { "Statement": { "Effect": "Deny", "NotAction": [iam:*], "NotResource": "<x" } }"#,
    r#"pub const FILE: IdentityPolicy = "policies/none.json";"#,
    r#"#[attached_to("AWS::EC2::VPCEndpoint")] ResourcePolicy { "Statement": { "Effect": "Allow", "Principal": "*" } }"#,
];

/// The replacements of a token, besides the tokens of the input.
const STRANGERS: &str = r##"{} [] () [1] , : ; . < > - * ? @ # = $ ! "..." "<>" "<A b>" "" r#"\x"# 1_000 1.5 null const struct
    b"x" b'x' c"x" br"x" 'x' "x"y 1z "\u{41}\x41\n" 'life r#type"##;

/// A generator that gives the same numbers every time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }
}

/// The messages of a `policy_file!` with this header, whose path is that of a file with this text.
fn messages_of_file(header: &str, text: &str) -> Vec<String> {
    let mut report = Report::default();
    let (mut header, path) = crate::header::read_file(&input(header).tokens, &mut report).unwrap();
    let place = crate::token::place(path..path + 1);
    file::policy(text, "policies/a.json", place, &mut header, &mut report);
    report.mistakes().iter().map(|mistake| mistake.message(None)).collect()
}

#[test]
fn a_file_is_held_to_what_it_is_attached_to() {
    let text = r#"{ "Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*" } }"#;
    for (attribute, code) in [
        ("", Some("[PUBLIC_ACCESS]")),
        (
            "#[attached_to(\"AWS::S3::Bucket\")]",
            Some("[UNSUPPORTED_ACTION_IN_POLICY]"),
        ),
        ("#[attached_to(\"AWS::EC2::VPCEndpoint\")]", None),
    ] {
        let header = format!("{attribute} pub const FILE: ResourcePolicy = \"policies/a.json\";");
        let said = messages_of_file(&header, text);
        match code {
            Some(code) => assert!(said.iter().any(|said| said.contains(code)), "{attribute}: {said:#?}"),
            None => assert_eq!(said, [""; 0], "{attribute}"),
        }
    }
    let said = messages_of_file(
        "#[attached_to(\"AWS::S3::Bucket\")] const FILE: TrustPolicy = \"a.json\";",
        "{}",
    );
    assert!(
        said.iter()
            .any(|said| said.starts_with("a role trust policy is not attached to a resource")),
        "{said:#?}"
    );
}

#[test]
fn a_mistake_in_a_file_shows_the_line_of_the_file() {
    let messages = |text: &str| messages_of_file("pub const FILE: IdentityPolicy = \"policies/a.json\";", text);
    assert_eq!(
        messages("{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [}\n"),
        [
            "expected a value, found `}` [JSON_SYNTAX_ERROR]\n  --> policies/a.json:3:17\n  3 | \"Statement\": [}\n    |               ^"
        ]
    );
    let said = messages(
        "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": { \"Sid\": \"not good\", \"Effect\": \"Allow\", \"Action\": \"iam:ListRoles\", \"Resource\": \"*\" }\n}",
    );
    let [said] = said.as_slice() else { panic!("{said:#?}") };
    let lines: Vec<&str> = said.lines().take(4).collect();
    assert!(lines[0].ends_with("[UNSUPPORTED_SID]"), "{said}");
    assert!(lines[1].starts_with("  --> policies/a.json:3:"), "{said}");
    assert!(
        lines[2].starts_with("  3 | \"Statement\": { \"Sid\": \"not good\""),
        "{said}"
    );
    assert!(lines[3].contains('^'), "{said}");
}

#[test]
fn what_is_said_of_a_file_names_no_hole() {
    let said = messages_of_file(
        "pub const FILE: IdentityPolicy = \"policies/a.json\";",
        r#"{ "Version": "2012-10-17", "Statement": {
            "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::<bucket>/*" } }"#,
    );
    let [said] = said.as_slice() else { panic!("{said:#?}") };
    assert!(said.ends_with("= help: replace it with the value"), "{said}");
}

#[test]
fn a_constant_expands_to_its_json_and_what_an_editor_reads() {
    let written = quote! {
        /// Documented.
        pub(crate) const QUEUES: IdentityPolicy = {
            "Version": "2012-10-17",
            "Statement": { "Effect": "Allow", "Action": sqs:ListQueues, "Resource": "*" }
        };
    };
    let expected = quote! {
        #[allow(unexpected_cfgs)] const _: () = {
            #[cfg(rust_analyzer)] ::policy_macros::__editor! { sqs:ListQueues, }
            #[cfg(rust_analyzer)] const _: () = { const _: fn(&::policy_core::policy::IdentityPolicy) = |_| (); };
        };
        /// Documented.
        pub(crate) const QUEUES: ::policy_core::policy::ConstPolicy<::policy_core::policy::kind::Identity> =
            ::policy_core::policy::ConstPolicy { __policy: &::policy_core::policy::Policy::<::policy_core::policy::kind::Identity>::__constant(
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"sqs:ListQueues\",\"Resource\":\"*\"}}"
            ) };
    };
    assert_eq!(policy::expand(&Input::read(written)).to_string(), expected.to_string());
}

#[test]
fn an_editor_reads_a_use_of_each_field_in_a_string_with_its_hole() {
    let written = quote! {
        sqs:SendMessage,
        ; Queue { region r#type } "arn:<partition>:sqs:<region>:111122223333:<type>-<type>" "<none>"
    };
    let expected = quote! {
        const _: () = { fn holes(template: &Queue) {
            let _ = &template.region;
            let _ = &template.r#type;
        } };
    };
    let items = editor::items(&Input::read(written)).to_string();
    assert!(items.contains("pub mod SendMessage"), "{items}");
    assert!(items.ends_with(&expected.to_string()), "{items}");
}

#[test]
fn what_is_wrong_is_expanded_all_the_same() {
    let written = quote! {
        struct Queue: IdentityPolicy { region: Vec<Region> }
        { "Version": "2012-10-17",
          "Statement": { "Effect": "Allow", "Action": "sqs:ListQueue", "Resource": "<region>" } }
    };
    let expanded = policy::expand(&Input::read(written)).to_string();
    assert_eq!(expanded.matches(":: core :: compile_error !").count(), 2, "{expanded}");
    assert!(
        expanded.contains("struct Queue { region : Vec < Region > , }"),
        "{expanded}"
    );
    assert!(expanded.contains("pub fn to_json (& self)"), "{expanded}");
}

#[test]
fn many_strings_of_several_options_expand_in_little_time() {
    let resource = "\"arn:<partition>:s3:::<first>/<second>/<third>\",".repeat(40);
    let text = format!(
        "struct Objects: IdentityPolicy {{
            region: Region, first: Option<BucketName>, second: Option<ResourceName>, third: Option<ResourceName>
        }}
        {{ \"Version\": \"2012-10-17\",
          \"Statement\": [
            {{ \"Effect\": \"Allow\", \"Action\": \"sqs:ListQueues\", \"Resource\": \"*\" }},
            {{ \"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": [{}] }}
          ] }}",
        resource.trim_end_matches(',')
    );
    let expanded = policy::expand(&input(&text)).to_string();
    assert!(!expanded.contains("compile_error"), "{expanded}");
}

#[test]
fn no_token_stream_makes_the_macro_panic() {
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    let strangers: Vec<TokenTree> = STRANGERS.parse::<TokenStream>().unwrap().into_iter().collect();
    for input in INPUTS {
        let right: TokenStream = input.parse().unwrap();
        for _ in 0..1_500 {
            expand(&Input::read(changed(right.clone(), &strangers, &mut numbers)));
        }
    }
}

/// The stream with something else, something more or something less in some of its groups.
fn changed(stream: TokenStream, strangers: &[TokenTree], numbers: &mut Numbers) -> TokenStream {
    let mut trees: Vec<TokenTree> = Vec::new();
    for tree in stream {
        trees.push(match tree {
            TokenTree::Group(group) => {
                Group::new(group.delimiter(), changed(group.stream(), strangers, numbers)).into()
            }
            tree => tree,
        });
    }
    if numbers.below(4) == 0 && !trees.is_empty() {
        let (at, other) = (numbers.below(trees.len()), numbers.below(trees.len()));
        let stranger = strangers[numbers.below(strangers.len())].clone();
        match numbers.below(5) {
            0 => trees[at] = stranger,
            1 => trees.insert(at, stranger),
            2 => trees.swap(at, other),
            3 => drop(trees.remove(at)),
            _ => trees[at] = Group::new(Delimiter::None, trees[at].clone().into()).into(),
        }
    }
    trees.into_iter().collect()
}

/// Streams that a compiler does not produce: groups whose ends are outside of the stream, or before their starts.
#[test]
fn no_list_of_tokens_makes_the_macro_panic() {
    let strangers = input(STRANGERS).tokens;
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    for text in INPUTS {
        let mut input = input(text);
        let right = input.tokens.clone();
        let mut expand_changed = |tokens: Vec<Token>| {
            input.tokens = tokens;
            expand(&input);
        };
        // Without each token, with each one twice, and with two of them swapped; then changed at random.
        for index in 0..right.len() {
            let mut without = right.clone();
            without.remove(index);
            expand_changed(without);
            let mut twice = right.clone();
            twice.insert(index, right[index].clone());
            expand_changed(twice);
            expand_changed(right[..index].to_vec());
        }
        for _ in 0..1_500 {
            let mut changed = right.clone();
            for _ in 0..=numbers.below(4) {
                let (at, other) = (numbers.below(changed.len()), numbers.below(changed.len()));
                match numbers.below(4) {
                    0 => changed[at] = strangers[numbers.below(strangers.len())].clone(),
                    1 => changed.insert(at, strangers[numbers.below(strangers.len())].clone()),
                    2 => changed.swap(at, other),
                    _ => drop(changed.remove(at)),
                }
            }
            expand_changed(changed);
        }
    }
}

fn expand(input: &Input) {
    drop(policy::expand(input));
    drop(file::expand(input));
    drop(editor::items(input));
}

/// The compiler prints a message as it is, and a file can come from someone else.
#[test]
fn what_a_file_says_commands_no_terminal_and_no_log() {
    let text = "{ \"Version\": \"2012-10-17\", \"Statement\": [{ \"Effect\": \"Allow\", \"Resource\": \"*\",
        \"Action\": [\"s3:\\u001b[31m\\n::stop-commands::x\", \"s3:\u{9b}\u{202e}##[error]\", \"::a\\n::error::x\"] }] }";
    let said = messages_of_file("pub const FILE: ServiceControlPolicy = \"policies/a.json\";", text);
    assert!(
        said.iter().any(|said| said.contains(r"\u{1b}[31m\n::stop")),
        "{said:#?}"
    );
    for line in said.iter().flat_map(|said| said.split('\n')) {
        assert!(
            !line.contains(|character: char| character.is_control() || character == '\u{202e}'),
            "{line:?}"
        );
        assert!(!line.trim_start().starts_with("::"), "{line}");
    }
}

fn arn_type(name: &str, resource_type: &str) -> String {
    arn::expand(&input(&format!("pub struct {name}: \"{resource_type}\""))).to_string()
}

/// The advice leads to a type, and `policy!` does not take it for one of `policy-core`.
#[test]
fn resource_arn_takes_every_type_that_a_message_says_it_makes() {
    let mut made = 0;
    let mut in_parts = 0;
    for service in catalogue::services() {
        for resource in service.resource_types() {
            let is_on = |action: &catalogue::Action| action.resource_types().any(|on| on.resource_type() == resource);
            let Some(action) = service.actions().find(is_on) else {
                continue;
            };
            let action = format!("{}:{}", service.prefix(), action.name());
            for proposed in ActedOn::of(&[&action], "<x>", "").unwrap().types {
                match proposed {
                    Proposed::Own(name, resource_type) => {
                        made += 1;
                        assert_eq!(NameKind::from_type_name(&name), None, "{action}");
                        let written = arn_type(&name, &resource_type);
                        assert!(!written.contains("compile_error"), "{action}: {written}");
                    }
                    Proposed::InParts(of, _) => {
                        in_parts += 1;
                        let name = own_name(of);
                        let resource_type = format!("{}:{}", of.service().prefix(), of.name());
                        assert!(own_format(of).is_err() && arn_type(&name, &resource_type).contains("compile_error"));
                    }
                    Proposed::Known(_) | Proposed::Continued(..) => {}
                }
            }
        }
    }
    assert!(made > 1_000 && in_parts > 50, "{made} made, {in_parts} in parts");
}

#[test]
fn a_type_of_arns_has_no_name_that_policy_core_has_for_another() {
    for (name, resource_type, wanted) in [
        ("QueueArn", "connect:queue", Some("write `ConnectQueueArn`")),
        (
            "RepositoryArn",
            "codecommit:repository",
            Some("write `CodecommitRepositoryArn`"),
        ),
        ("AccountId", "qldb:ledger", Some("write `LedgerArn`")),
        // One that `policy-core` has.
        ("QueueArn", "sns:topic", Some("use `policy_core::names::TopicArn`")),
        ("QueueArn", "sqs:queue", None),
        ("ConnectQueueArn", "connect:queue", None),
    ] {
        let written = arn_type(name, resource_type);
        assert_eq!(written.contains("compile_error"), wanted.is_some(), "{name}");
        assert!(written.contains(wanted.unwrap_or_default()), "{written}");
    }
}
