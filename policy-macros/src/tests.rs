//! The macro outside of a compiler: from tokens to code.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may panic"
)]

use policy_core::document::{Document, Node};

use crate::report::Report;
use crate::token::{Delimiter, Token};
use crate::{body, file, policy};

/// The tokens of a text: enough of Rust's lexer for policies. Unbalanced delimiters are closed at the end.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut open = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let word = rest.len()
            - rest
                .trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_')
                .len();
        let taken = match first {
            '"' => rest[1..].find('"').map_or(rest.len(), |end| end + 2),
            'r' if rest.starts_with("r#\"") => rest.find("\"#").map_or(rest.len(), |end| end + 2),
            '0'..='9' => {
                rest.len()
                    - rest
                        .trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.')
                        .len()
            }
            _ => word.max(first.len_utf8()),
        };
        let (text, after) = rest.split_at(taken);
        rest = after;
        match first {
            _ if matches!(first, '"' | '0'..='9') || first == 'r' && text.contains('"') => {
                tokens.push(Token::Literal(text.to_owned()));
            }
            '{' | '[' | '(' => {
                let delimiter = match first {
                    '{' => Delimiter::Brace,
                    '[' => Delimiter::Bracket,
                    _ => Delimiter::Parenthesis,
                };
                open.push((tokens.len(), delimiter));
                tokens.push(Token::Open(delimiter, 0));
            }
            '}' | ']' | ')' => close(&mut tokens, &mut open),
            _ if word > 0 => tokens.push(Token::Ident(text.to_owned())),
            _ if first.is_whitespace() => {}
            _ => tokens.push(Token::Punct(first)),
        }
    }
    while !open.is_empty() {
        close(&mut tokens, &mut open);
    }
    tokens
}

fn close(tokens: &mut Vec<Token>, open: &mut Vec<(usize, Delimiter)>) {
    if let Some((index, delimiter)) = open.pop() {
        tokens[index] = Token::Open(delimiter, tokens.len());
        tokens.push(Token::Close(delimiter));
    }
}

fn read(text: &str) -> (Node<'static>, Vec<String>) {
    let tokens = tokens(text);
    let mut report = Report::default();
    let body = body::read(&tokens, 0, &mut report);
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
];

/// What stands in for a token, besides the tokens that are there.
fn strangers() -> Vec<Token> {
    let mut strangers =
        tokens(r##"{ } [ ] ( ) , : ; . < > - * ? @ # = $ ! "..." "<>" "<A b>" "" r#"\x"# 1_000 null const struct"##);
    strangers.push(Token::Literal("b\"x\"".to_owned()));
    strangers.push(Token::Literal("'x'".to_owned()));
    strangers.push(Token::Literal("\"\\u{41}\\x41\"".to_owned()));
    strangers
}

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

#[test]
fn a_mistake_in_a_file_shows_the_line_of_the_file() {
    let header = "pub const FILE: IdentityPolicy = \"policies/a.json\";";
    let messages = |text: &str| {
        let tokens = tokens(header);
        let mut report = Report::default();
        let (mut header, path) = crate::header::read_file(&tokens, &mut report).unwrap();
        file::policy(
            text,
            "policies/a.json",
            crate::token::place(path..path + 1),
            &mut header,
            &mut report,
        );
        report
            .mistakes()
            .iter()
            .map(|mistake| mistake.message(None))
            .collect::<Vec<_>>()
    };
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
fn no_token_stream_makes_the_macro_panic() {
    let strangers = strangers();
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    for input in INPUTS {
        let right = tokens(input);
        // Without each token, with each one twice, and with two of them swapped; then changed at random. The groups'
        // ends are left where they were, so that they also lie outside of the stream, or before their beginnings.
        for index in 0..right.len() {
            let mut without = right.clone();
            without.remove(index);
            expand(&without);
            let mut twice = right.clone();
            twice.insert(index, right[index].clone());
            expand(&twice);
            expand(&right[..index]);
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
            expand(&changed);
        }
    }
}

fn expand(tokens: &[Token]) {
    drop(policy::expand(tokens));
    drop(file::expand(tokens));
    drop(crate::editor::items(tokens));
}
