#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

use crate::document::{Member, Node, Value};
use crate::policy::build::Statement;
use crate::policy::kind::Identity;
use crate::policy::{Comparison, Effect, IdentityPolicy, Policy, PrincipalKey, ReadError, TrustPolicy};

/// As somebody writes who has no formatter.
const TEXT: &str = r#" {
  "Statement" : [
    { "Sid":"A", "Effect":"Allow","Action" : [ "s3:getobject","s3:Put\u002a" ], "Resource":"*" },
    {
	"Resource": [ "arn:aws:s3:::b/*" ],
	"Effect": "Deny",
	"NotAction": "s3:*",
	"Condition": { "NumericLessThan": { "aws:MultiFactorAuthAge": 3.60e3 }, "Bool": {"aws:SecureTransport": [true]} }
    } ,
    {"Effect":"Allow","Action":"sqs:*","Resource":["*"]}
  ],
  "Version":"2012-10-17" }
"#;

fn policy() -> IdentityPolicy {
    IdentityPolicy::from_json(TEXT).unwrap()
}

fn more() -> Statement<Identity> {
    Statement::deny(["iam:*"]).resources(["*"])
}

fn code(read: Result<IdentityPolicy, ReadError>) -> &'static str {
    read.unwrap_err().findings().first().unwrap().finding.code().name()
}

/// The text with the first such part replaced, which it must have.
fn with(part: &str, by: &str) -> String {
    assert!(TEXT.contains(part), "{part}");
    TEXT.replacen(part, by, 1)
}

#[test]
fn an_edit_changes_nothing_else() {
    let first = |change: fn(Statement<Identity>) -> Statement<Identity>| {
        let change = |statement: Statement<Identity>| {
            if statement.view().sid().is_some() {
                change(statement)
            } else {
                statement
            }
        };
        policy().map(change).unwrap()
    };
    let second = |change: fn(Statement<Identity>) -> Statement<Identity>| {
        let change = |statement: Statement<Identity>| {
            if statement.view().effect() == Effect::Deny {
                change(statement)
            } else {
                statement
            }
        };
        policy().map(change).unwrap()
    };
    let cases: Vec<(IdentityPolicy, String)> = vec![
        (policy().map(|statement| statement).unwrap(), TEXT.to_owned()),
        (policy().retain(|_| true).unwrap(), TEXT.to_owned()),
        (policy().remove(3).unwrap(), TEXT.to_owned()),
        (first(|statement| statement.sid("New")), with("\"A\"", "\"New\"")),
        (first(Statement::without_sid), with("\"Sid\":\"A\", ", "")),
        (
            second(|statement| statement.sid("New")),
            with("\n\t\"Resource\"", "\n\t\"Sid\": \"New\",\n\t\"Resource\""),
        ),
        (
            first(|statement| statement.without_action("S3:GetObject")),
            with("\"s3:getobject\",", ""),
        ),
        (
            first(|statement| statement.without_action("s3:put*")),
            with("\"s3:getobject\",\"s3:Put\\u002a\"", "\"s3:getobject\""),
        ),
        (
            first(|statement| statement.actions(["s3:ListBucket"])),
            with("\"s3:Put\\u002a\" ", "\"s3:Put\\u002a\",\"s3:ListBucket\" "),
        ),
        (
            first(|statement| statement.resources(["arn:aws:s3:::b"])),
            with("\"Resource\":\"*\"", "\"Resource\":[ \"*\", \"arn:aws:s3:::b\" ]"),
        ),
        (
            second(|statement| statement.resources(["arn:aws:s3:::b"])),
            with("\"arn:aws:s3:::b/*\"", "\"arn:aws:s3:::b/*\", \"arn:aws:s3:::b\""),
        ),
        (
            second(|statement| statement.without_condition(Comparison::Bool, "AWS:securetransport")),
            with(", \"Bool\": {\"aws:SecureTransport\": [true]}", ""),
        ),
        (
            second(|statement| statement.retain_conditions(|condition| !condition.is_on("aws:MultiFactorAuthAge"))),
            with("\"NumericLessThan\": { \"aws:MultiFactorAuthAge\": 3.60e3 }, ", ""),
        ),
        (
            second(|statement| statement.retain_conditions(|_| false)),
            with(
                ",\n\t\"Condition\": { \"NumericLessThan\": { \"aws:MultiFactorAuthAge\": 3.60e3 }, \"Bool\": {\"aws:SecureTransport\": [true]} }",
                "",
            ),
        ),
        (
            second(|statement| statement.condition(Comparison::Bool, "aws:ViaAWSService", [true])),
            with("[true]", "[true], \"aws:ViaAWSService\": \"true\""),
        ),
        (
            first(|statement| statement.condition(Comparison::Bool, "aws:ViaAWSService", [true])),
            with(
                "\"Resource\":\"*\" },",
                "\"Resource\":\"*\", \"Condition\":{ \"Bool\": {\"aws:ViaAWSService\": \"true\"} } },",
            ),
        ),
        (
            policy().push(more()).unwrap(),
            with(
                "[\"*\"]}\n",
                "[\"*\"]},\n    {\"Effect\":\"Deny\",\"Action\":\"iam:*\",\"Resource\":\"*\"}\n",
            ),
        ),
        (
            policy()
                .map(|statement| Some(statement).filter(|statement| statement.view().sid().is_none()))
                .unwrap(),
            with(
                "{ \"Sid\":\"A\", \"Effect\":\"Allow\",\"Action\" : [ \"s3:getobject\",\"s3:Put\\u002a\" ], \"Resource\":\"*\" },\n    ",
                "",
            ),
        ),
        (
            policy().remove(2).unwrap(),
            with(
                " ,\n    {\"Effect\":\"Allow\",\"Action\":\"sqs:*\",\"Resource\":[\"*\"]}",
                "",
            ),
        ),
    ];
    for (edited, expected) in cases {
        assert_eq!(edited.text(), expected);
    }
}

#[test]
fn what_is_written_without_whitespace_stays_so() {
    let compact = IdentityPolicy::from_document(policy().document()).unwrap();
    let edited = compact.clone().insert(1, more()).unwrap().push(more()).unwrap();
    assert_eq!(edited.text(), edited.document().to_json());
    assert_eq!(edited.to_json(), edited.text());
    assert_eq!(edited.clone().remove(4).unwrap().remove(1).unwrap(), compact);
    // A constant, too.
    let constant = IdentityPolicy::__constant(String::leak(compact.to_json()));
    assert_eq!(constant.insert(1, more()).unwrap().push(more()).unwrap(), edited);
}

#[test]
fn a_single_statement_stays_an_object_until_it_has_company() {
    let text = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}"#;
    let policy = IdentityPolicy::from_json(text).unwrap();
    let with_sid = policy.clone().map(|statement| statement.sid("A")).unwrap();
    assert_eq!(with_sid.text(), text.replace("{\"Effect", "{\"Sid\": \"A\", \"Effect"));
    let two = policy.insert(0, more()).unwrap();
    let own = r#"{"Effect": "Deny", "Action": "iam:*", "Resource": "*"}"#;
    assert_eq!(
        two.text(),
        text.replace("{\"Effect", &format!("[{own}, {{\"Effect"))
            .replace("}}", "}]}")
    );
}

#[test]
fn an_edit_makes_only_policies_of_the_kind() {
    assert_eq!(code(policy().retain(|_| false)), "MISSING_STATEMENT");
    assert_eq!(code(policy().map(|_| None)), "MISSING_STATEMENT");
    let trust: TrustPolicy = Policy::builder()
        .statement(Statement::allow(["sts:AssumeRole"]).principals(PrincipalKey::Aws, ["111122223333"]))
        .build()
        .unwrap();
    let foreign = Statement::from(trust.statements().next().unwrap());
    assert_eq!(code(policy().push(foreign)), "MISSING_RESOURCE");
    let twice = |statement: Statement<Identity>| statement.condition(Comparison::Bool, "aws:SecureTransport", [true]);
    assert_eq!(code(policy().map(twice)), "DUPLICATE_ELEMENT");
    assert_eq!(
        code(policy().map(|statement| statement.not_resources(["*"]))),
        "UNSUPPORTED_ELEMENT_COMBINATION"
    );
}

#[test]
fn a_statement_of_another_policy_is_written_as_it_is_there() {
    let theirs = policy().statements().nth(1).map(Statement::from).unwrap();
    let json = theirs.to_json();
    let ours = IdentityPolicy::builder().statement(more()).build().unwrap();
    assert_eq!(ours.push(theirs).unwrap().statements().nth(1).unwrap().to_json(), json);
    let read: Statement<Identity> = json.parse().unwrap();
    assert_eq!(read.to_json(), json);
}

#[test]
fn a_statement_is_read_by_its_kind() {
    let code = |text: &str| {
        let error = Statement::<Identity>::from_json(text).unwrap_err();
        let located = error.findings().first().unwrap();
        (
            located.finding.code().name(),
            located.path.to_string(),
            located.line_and_column,
        )
    };
    let cases = [
        ("[]", ("DATA_TYPE_MISMATCH", "", Some((1, 1)))),
        ("{ ", ("JSON_SYNTAX_ERROR", "", Some((1, 3)))),
        (
            r#"{ "Effect": "Allow", "Action": "s3:*" }"#,
            ("MISSING_RESOURCE", "", Some((1, 1))),
        ),
        (
            "{ \"Effect\": \"Allow\", \"Action\": [\"s3:*\",\n 5], \"Resource\": \"*\" }",
            ("DATA_TYPE_MISMATCH", "/Action/1", Some((2, 2))),
        ),
    ];
    for (text, (name, path, at)) in cases {
        assert_eq!(code(text), (name, path.to_owned(), at), "{text}");
    }
}

/// The code, the path and the message of the only mistake.
fn only(read: Result<IdentityPolicy, ReadError>) -> (&'static str, String, String) {
    let error = read.unwrap_err();
    let [located] = error.findings() else {
        panic!("{error:#}");
    };
    let finding = &located.finding;
    (
        finding.code().name(),
        located.path.to_string(),
        finding.message().to_owned(),
    )
}

#[test]
fn an_edit_leaves_no_element_empty() {
    let is = |code, path: &str, message: &str| (code, path.to_owned(), message.to_owned());
    let no_action = is(
        "EMPTY_ARRAY_ACTION",
        "/Statement/0/Action",
        "statement 1 `A` has no action: its `Action` is empty",
    );
    let first = |change: fn(Statement<Identity>) -> Statement<Identity>| {
        let mut index = 0;
        policy().map(|statement| {
            index += 1;
            if index == 1 { change(statement) } else { statement }
        })
    };
    assert_eq!(only(first(|statement| statement.retain_actions(|_| false))), no_action);
    assert_eq!(
        only(first(|statement| statement.without_resource("*"))),
        is(
            "EMPTY_ARRAY_RESOURCE",
            "/Statement/0/Resource",
            "statement 1 `A` has no resource: its `Resource` is empty"
        )
    );
    assert_eq!(
        only(policy().map(|statement| statement.without_action("s3:*"))),
        is(
            "EMPTY_ARRAY_ACTION",
            "/Statement/1/NotAction",
            "statement 2 has no action: its `NotAction` is empty"
        )
    );
    // Each statement that is new, however it comes.
    let empty = || more().without_action("iam:*");
    assert_eq!(code(policy().push(empty())), "EMPTY_ARRAY_ACTION");
    assert_eq!(code(policy().insert(0, empty())), "EMPTY_ARRAY_ACTION");
    assert_eq!(code(policy().map(|_| empty())), "EMPTY_ARRAY_ACTION");
    let built = IdentityPolicy::builder().statement(more()).statement(empty()).build();
    assert_eq!(
        only(built),
        is(
            "EMPTY_ARRAY_ACTION",
            "/Statement/1/Action",
            "statement 2 has no action: its `Action` is empty"
        )
    );
    // What is given another value on the way is not empty.
    let replaced = first(|statement| statement.retain_actions(|_| false).actions(["s3:GetObject"]));
    assert!(replaced.is_ok());
    // All of them are named.
    let all = policy()
        .map(|statement| statement.retain_resources(|_| false))
        .unwrap_err();
    let paths: Vec<String> = all.findings().iter().map(|at| at.path.to_string()).collect();
    assert_eq!(
        paths,
        [
            "/Statement/0/Resource",
            "/Statement/1/Resource",
            "/Statement/2/Resource"
        ]
    );
    assert_eq!(all.findings()[1].line_and_column, Some((5, 14)));
}

#[test]
fn an_edit_leaves_a_principal() {
    let trust = |statement: Statement<_>| TrustPolicy::builder().statement(statement).build();
    let both = Statement::allow(["sts:AssumeRole"])
        .sid("Assume")
        .principals(PrincipalKey::Aws, ["111122223333"])
        .principals(PrincipalKey::Service, ["ec2.amazonaws.com"]);
    let policy = trust(both).unwrap();
    let without = |statement: Statement<_>| statement.without_principal(PrincipalKey::Aws, "111122223333");
    let service = policy.map(without).unwrap();
    let error = service
        .map(|statement| statement.without_principal(PrincipalKey::Service, "ec2.amazonaws.com"))
        .unwrap_err();
    assert_eq!(
        format!("{error:#}"),
        "line 1, column 83: statement 1 `Assume` has no principal: its `Principal` is empty [EMPTY_OBJECT_PRINCIPAL]\n\
         = note: the statement would not match any request; IAM rejects the policy, but only when it is saved\n\
         = help: remove the statement, with `Policy::remove`, `Policy::retain` or `None` in `Policy::map`, or give it a principal"
    );
}

#[test]
fn what_was_empty_before_can_be_edited() {
    let text = r#"{ "Version": "2012-10-17", "Statement": [
    { "Effect": "Allow", "Action": [], "Resource": "*" },
    { "Effect": "Allow", "Action": "s3:*", "Resource": "*" } ] }"#;
    let policy = IdentityPolicy::from_json(text).unwrap();
    let with_sids = policy.clone().map(|statement| statement.sid("A")).unwrap();
    assert_eq!(
        with_sids.text(),
        text.replace("\"Effect\"", "\"Sid\": \"A\", \"Effect\"")
    );
    assert_eq!(policy.clone().remove(0).unwrap().statements().len(), 1);
    assert_eq!(policy.clone().push(more()).unwrap().statements().len(), 3);
    assert_eq!(policy.concat(&policy).unwrap().statements().len(), 4);
    assert!(policy.merge(&policy).is_ok());
    assert_eq!(code(policy.clone().into_builder().build()), "EMPTY_ARRAY_ACTION");
    assert_eq!(
        code(policy.map(|statement| statement.retain_actions(|_| false))),
        "EMPTY_ARRAY_ACTION"
    );
}

/// A style in which formatters and people write JSON.
#[derive(Clone, Copy, Debug)]
struct Style {
    /// The depth from which on values are on one line: 0, all of it; 2, each statement; 3, each element; 9, none.
    one_line_from: usize,
    line_end: &'static str,
    unit: &'static str,
    colon: &'static str,
    comma: &'static str,
    padding: &'static str,
}

impl Style {
    fn write(self, node: &Node<'_>, depth: usize) -> String {
        let items: Vec<String> = match &node.value {
            Value::Array(elements) => elements.iter().map(|element| self.write(element, depth + 1)).collect(),
            Value::Object(members) => {
                let member = |member: &Member<'_>| {
                    let name = Node::string(member.name.written()).to_json();
                    format!("{name}{}{}", self.colon, self.write(&member.value, depth + 1))
                };
                members.iter().map(member).collect()
            }
            _ => return node.to_json(),
        };
        let (open, close) = match node.value {
            Value::Array(_) => ('[', ']'),
            _ => ('{', '}'),
        };
        if depth >= self.one_line_from {
            return format!("{open}{0}{1}{0}{close}", self.padding, items.join(self.comma));
        }
        let line = |depth: usize| format!("{}{}", self.line_end, self.unit.repeat(depth));
        let lines: Vec<String> = items.iter().map(|item| format!("{}{item}", line(depth + 1))).collect();
        format!("{open}{}{}{close}", lines.join(","), line(depth))
    }
}

type Edit = fn(IdentityPolicy, Statement<Identity>) -> Result<IdentityPolicy, ReadError>;

#[test]
fn what_is_new_has_the_style_of_what_is_around_it() {
    let text = r#"{"Version":"2012-10-17","Statement":[
        {"Sid":"A","Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::b/*"},
        {"Effect":"Allow","Action":"sqs:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":["true","false"]}}}]}"#;
    let new = || {
        Statement::deny(["iam:*", "sts:*"]).resources(["*"]).condition(
            Comparison::StringEquals,
            "aws:RequestedRegion",
            ["eu-west-1", "eu-west-2"],
        )
    };
    let edits: [Edit; 6] = [
        |policy, new| policy.push(new),
        |policy, new| policy.insert(0, new.clone())?.insert(2, new),
        |policy, _| policy.map(|statement| statement.actions(["s3:ListBucket"]).resources(["arn:aws:s3:::b"])),
        |policy, _| policy.map(|statement| statement.condition(Comparison::StringEquals, "aws:PrincipalTag/a", ["b"])),
        |policy, _| policy.map(|statement| statement.sid("B").without_action("s3:PutObject")),
        |policy, new| {
            policy
                .push(new)?
                .remove(0)?
                .remove(1)?
                .push(Statement::allow(["s3:Get*"]).resources(["*"]))
        },
    ];
    let styles = [
        ("\n", "  ", ": ", ", ", ""),
        ("\n", "    ", ": ", ", ", " "),
        ("\r\n", "\t", " : ", ", ", " "),
        ("\n", "  ", ":", ",", ""),
    ];
    let policy = IdentityPolicy::from_json(text).unwrap();
    for (line_end, unit, colon, comma, padding) in styles {
        for one_line_from in [0, 2, 3, 9] {
            let style = Style {
                one_line_from,
                line_end,
                unit,
                colon,
                comma,
                padding,
            };
            let in_style = |policy: &IdentityPolicy| style.write(policy.document().root(), 0);
            let read = IdentityPolicy::from_json(in_style(&policy)).unwrap();
            for (index, edit) in edits.iter().enumerate() {
                let edited = edit(read.clone(), new()).unwrap();
                assert_eq!(edited.text(), in_style(&edited), "{style:?}, edit {index}");
            }
        }
    }
}

#[test]
fn an_escape_is_not_whitespace() {
    let text = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get\u002a","Resource":"*"}]}"#;
    let policy = IdentityPolicy::from_json(text).unwrap();
    let own = r#"{"Effect":"Deny","Action":"iam:*","Resource":"*"}"#;
    assert_eq!(
        policy.push(more()).unwrap().text(),
        text.replace("}]}", &format!("}},{own}]}}"))
    );
}

#[test]
fn a_single_statement_on_several_lines_gets_a_neighbour_on_several() {
    let text = "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": {\n    \"Effect\": \"Allow\",\n    \"Action\": \"s3:*\",\n    \"Resource\": \"*\"\n  }\n}\n";
    let policy = IdentityPolicy::from_json(text).unwrap();
    let own = "{\n    \"Effect\": \"Deny\",\n    \"Action\": \"iam:*\",\n    \"Resource\": \"*\"\n  }";
    assert_eq!(
        policy.push(more()).unwrap().text(),
        text.replace("\": {", "\": [{")
            .replace("  }\n}", &format!("  }}, {own}]\n}}"))
    );
}

#[test]
fn a_statement_keeps_its_meaning_in_a_policy_of_another_version() {
    const V2008: &str = "2008-10-17";
    const V2012: &str = "2012-10-17";
    let policy = |version: &str, bucket: &str| {
        IdentityPolicy::from_json(format!(
            r#"{{"Version":"{version}","Statement":[{{"Sid":"A","Effect":"Allow","Action":"s3:GetObject","Resource":["arn:aws:s3:::{bucket}/*"]}}]}}"#
        ))
        .unwrap()
    };
    let only = |policy: &IdentityPolicy| policy.statements().next().map(Statement::from).unwrap();
    let variable = "${aws:username}";
    for (own, other) in [(V2012, V2008), (V2008, V2012)] {
        for (ours, theirs, version) in [
            ("a", "b", Some(own)),
            (variable, "b", Some(own)),
            ("a", variable, Some(other)),
            (variable, variable, None),
        ] {
            let (into, from) = (policy(own, ours), policy(other, theirs));
            let moved = only(&from).sid("B");
            let pushed = into.clone().push(moved.clone());
            let inserted = into.clone().insert(0, moved.clone());
            let mut twice = Some(moved.clone());
            let both = into.clone().push(only(&into)).unwrap();
            let mapped = both.map(|statement| twice.take().unwrap_or(statement));
            let built = into.clone().into_builder().statement(moved).build();
            let read =
                |read: &Result<IdentityPolicy, ReadError>| read.as_ref().ok().map(|policy| policy.version().name());
            for result in [&pushed, &inserted, &mapped, &built] {
                assert_eq!(read(result), version, "{own}, {ours} and {theirs}: {result:?}");
            }
            let joined = into.concat(&from).ok().map(|joined| joined.version().name());
            assert_eq!(joined, version, "as `concat` decides");
            for (result, path) in [
                (pushed, "/Statement/1/Resource/0"),
                (inserted, "/Statement/0/Resource/0"),
                (mapped, "/Statement/0/Resource/0"),
                (built, "/Statement/1/Resource/0"),
            ] {
                let Err(error) = result else { continue };
                assert_eq!(
                    error.findings()[0].finding.code().name(),
                    "VARIABLE_UNSUPPORTED_IN_VERSION"
                );
                assert_eq!(error.findings()[0].path.to_string(), path);
            }
        }
        // A statement that is of no policy means what it means where it comes to be.
        let free = Statement::from_json(&only(&policy(other, variable)).to_json()).unwrap();
        assert_eq!(policy(own, variable).push(free).unwrap().version().name(), own);
    }
    let new = IdentityPolicy::builder()
        .statement(only(&policy(V2008, variable)))
        .build()
        .unwrap();
    assert_eq!(new.version().name(), V2008);
}
