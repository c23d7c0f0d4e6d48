//! No input stops a program, and none takes more than its share.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

use std::fmt::Write as _;
use std::path::Path;

use policy_core::check::Options;
use policy_files::{Language, Unreadable};
use proptest::prelude::*;
use proptest::sample::select;

const NAMES: [&str; 4] = ["a.json", "a.yaml", "a.tf", "a.template"];

/// Reads and checks a text as a file of each name, and looks at everything that is found.
fn try_all(text: &str) {
    for name in NAMES {
        let Ok(reading) = policy_files::read(Path::new(name), text) else {
            continue;
        };
        for unread in reading.unread() {
            assert!(unread.place().end <= text.len(), "{name}: {text:?}");
        }
        for policy in reading.policies() {
            assert!(policy.place().end <= text.len(), "{name}: {text:?}");
            let _ = (policy.holes(), policy.statements());
            for finding in &policy.check(&Options::new()) {
                let range = policy.range_of(finding);
                assert!(text.get(range.clone()).is_some(), "{name}: {range:?} of {text:?}");
                let _ = policy.path_to(finding);
            }
        }
    }
}

/// Texts made of what the readers look for.
fn text() -> impl Strategy<Value = String> {
    let pieces = select(vec![
        "Resources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      ",
        "{\"Resources\":{\"R\":{\"Type\":\"AWS::IAM::Policy\",\"Properties\":{\"PolicyDocument\":",
        "AssumeRolePolicyDocument: ",
        "Policies:\n        - PolicyDocument:\n            ",
        "Statement:\n            - ",
        "{\"Statement\":[{",
        "\"Effect\":\"Allow\",",
        "Effect: Allow\n              ",
        "Action: ",
        "\"Action\":",
        "\"s3:GetObjct\"",
        "s3:GetObjct\n",
        "!Sub ",
        "!If [a, ",
        "!Ref AWS::NoValue",
        "!Join ['', [",
        "!GetAtt B.Arn",
        "{\"Fn::Sub\":",
        "{\"Fn::If\":[\"a\",",
        "${A.B}",
        "${!a}",
        "$${",
        "&{aws:username}",
        "%{ if x }",
        "%7B%22Statement",
        "resource \"aws_iam_role\" \"r\" {\n  policy = ",
        "data \"aws_iam_policy_document\" \"d\" {\n",
        "statement {\n actions = [",
        "dynamic \"statement\" {\n content {\n",
        "jsonencode(",
        "<<EOF\n",
        "<<-EOF\n",
        "EOF\n",
        "local.x",
        "locals { x = [\"s3:GetObjct\"] }\n",
        "concat(",
        "format(\"%s%%%q\", ",
        "? a : b",
        "|\n",
        ">-\n",
        "&a ",
        "*a",
        "<<: *a\n",
        "---\n",
        "\u{feff}",
        "\u{e000}0\u{e001}",
        "é😀",
        "\r\n",
        "\\u00e9",
        "\\",
        "'",
        "\"",
        "[",
        "]",
        "{",
        "}",
        "(",
        ")",
        ",",
        ": ",
        "- ",
        "\n",
        "\n    ",
        " ",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_text_stops_the_reader(text in text()) {
        try_all(&text);
    }

    #[test]
    fn no_characters_stop_the_reader(text in any::<String>()) {
        try_all(&text);
    }

    /// A file that is cut off, or has lost a piece.
    #[test]
    fn no_part_of_a_file_stops_the_reader(from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>()) {
        for file in FILES {
            let at = |index: prop::sample::Index| {
                let at = index.index(file.len());
                (at..=file.len()).find(|at| file.is_char_boundary(*at)).unwrap()
            };
            let (from, to) = (at(from), at(to));
            try_all(&file[..from]);
            try_all(&format!("{}{}", &file[..from.min(to)], &file[from.max(to)..]));
        }
    }
}

const FILES: [&str; 2] = [
    "Resources:\n  é:\n    Type: AWS::IAM::Role\n    Properties:\n      AssumeRolePolicyDocument: !Sub |\n        {\"Statement\": [{\"Effect\": \"Allow\", \"Principal\": \"${P}\", \"Action\": \"sts:AsumeRole\"}]}\n      Policies:\n        - PolicyDocument:\n            Statement: !If\n              - A\n              - - Effect: Allow\n                  Action: 'it''s'\n                  Resource: !Join [\":\", [arn, !Ref \"AWS::Partition\", \"s3::\"]]\n              - !Ref AWS::NoValue\n",
    "data \"aws_iam_policy_document\" \"é\" {\n  statement {\n    actions = concat(local.a, [\"s3:GetObjct\"])\n    resources = [\"${aws_s3_bucket.b.arn}/&{aws:username}\", \"\\u00e9\"]\n  }\n}\nresource \"aws_iam_policy\" \"p\" {\n  policy = <<-EOF\n    { \"Version\": \"2012-10-17\", \"Statement\": [{ \"Action\": \"${var.a}\", \"Resource\": ${jsonencode(var.r)} }] }\n  EOF\n}\n",
];

#[test]
fn what_is_nested_without_end_is_refused() {
    let deep = 100_000;
    for (open, close) in [
        ("[", "]"),
        ("{\"a\":", "}"),
        ("(", ")"),
        ("- ", ""),
        ("a:\n ", ""),
        ("a {\n", "}\n"),
        ("!If [a, ", "]"),
        ("{\"Fn::If\":[\"a\",", "]}"),
    ] {
        try_all(&open.repeat(deep));
        try_all(&format!("{}1{}", open.repeat(deep), close.repeat(deep)));
        try_all(&format!("x = {}1{}", open.repeat(deep), close.repeat(deep)));
    }
}

/// <https://en.wikipedia.org/wiki/Billion_laughs_attack>
#[test]
fn aliases_of_aliases_are_refused() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..20 {
        let before = format!("*a{}, ", level - 1).repeat(10);
        let _ = writeln!(text, "a{level}: &a{level} [{before}]");
    }
    let error = policy_files::read(Path::new("bomb.yaml"), &text).unwrap_err();
    assert_eq!(
        error.to_string(),
        "more YAML than is read of one file, at most 1,000,000 values, those included that aliases and functions repeat, and \
         32 MiB in the addresses of policies: move the policies to a file of their own, or split it"
    );
}

/// Each condition doubles what a policy can be; it is read as some of these.
#[test]
fn many_conditions_are_few_documents() {
    let mut statements = String::new();
    for number in 0..1000 {
        let statement = "{ Effect: Allow, Action: 's3:GetObjct', Resource: '*' }";
        let _ = writeln!(
            statements,
            "          - !If [C{number}, {statement}, !Ref AWS::NoValue]"
        );
    }
    let text = format!(
        "Resources:\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Version: 2012-10-17\n        Statement:\n{statements}"
    );
    let reading = policy_files::read(Path::new("many.yaml"), &text).unwrap();
    assert!(reading.policies().iter().all(|policy| policy.documents().len() <= 16));
}

/// The parser of HCL compares each member of an object with those before it, and the checker each hole with each finding.
#[test]
fn crowds_are_refused_or_read_as_one() {
    let members: String = (0..100_000).map(|_| "k = 1\n").collect();
    let error = policy_files::read(Path::new("a.tf"), &format!("x = {{\n{members}}}\n")).unwrap_err();
    assert!(error.to_string().contains("too many members"), "{error}");
    let holes: String = (0..50_000).map(|_| "${A}").collect();
    let text = format!(
        "Resources:\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Version: 2012-10-17\n        Statement:\n          Effect: Allow\n          Action: s3:GetObject\n          Resource: !Sub '{holes}'\n"
    );
    let reading = policy_files::read(Path::new("a.yaml"), &text).unwrap();
    assert_eq!(reading.policies()[0].check(&Options::new()).len(), 0);
}

/// A parser takes hundreds of times the bytes of a file at worst: what is too large is refused before it is parsed.
#[test]
fn more_than_is_read_of_a_language_is_refused_before_it_is_parsed() {
    let of_parts = |count: usize| {
        let parts = vec![r#""a""#; count].join(",");
        format!(
            r#"{{ "Resources": {{ "R": {{ "Type": "AWS::IAM::ManagedPolicy", "Properties": {{ "PolicyDocument": {{ "Version": "2012-10-17",
                "Statement": [{{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": {{ "Fn::Join": ["", [{parts}]] }} }}] }} }} }} }} }}"#
        )
    };
    let of_bytes = |count: usize| format!("locals {{\n  a = \"x\"\n}}\n#{}", " ".repeat(count));
    for (name, text, most) in [
        (
            "a.json",
            of_parts(1_000_000),
            "JSON than is read of one file, at most 1,000,000 values, those included that functions repeat, and 32 MiB in the addresses of policies",
        ),
        (
            "a.template",
            of_parts(1_000_000),
            "JSON than is read of one file, at most 1,000,000 values, those included that functions repeat, and 32 MiB in the addresses of policies",
        ),
        (
            "a.json.tftpl",
            of_parts(1_000_000),
            "JSON than is read of one file, at most 1,000,000 values, those included that functions repeat, and 32 MiB in the addresses of policies",
        ),
        (
            "a.tf",
            of_bytes(4 << 20),
            "HCL than is read of one file, at most 4 MiB, 1,000,000 values where local values are used, and 32 MiB in the addresses of policies",
        ),
        // It is of no other language either, and that is not the reason that is given.
        (
            "a.tf",
            format!("a = [\n{}", of_bytes(4 << 20)),
            "HCL than is read of one file, at most 4 MiB, 1,000,000 values where local values are used, and 32 MiB in the addresses of policies",
        ),
    ] {
        let error = policy_files::read(Path::new(name), &text).unwrap_err();
        assert!(
            matches!(error, policy_files::Unreadable::TooLarge(_)),
            "{name}: {error}"
        );
        assert_eq!(
            error.to_string(),
            format!("more {most}: move the policies to a file of their own, or split it")
        );
    }
    let reading = policy_files::read(Path::new("a.tf"), &of_bytes((4 << 20) - 100));
    assert!(reading.is_ok(), "{reading:?}");
    let reading = policy_files::read(Path::new("a.json"), &of_parts(1_000)).unwrap();
    assert_eq!(reading.policies().len(), 1);
}

/// The text of a policy within a text is read as a file is.
#[test]
fn a_policy_in_a_text_is_not_read_beyond_what_is_read_of_a_file() {
    let list = vec!["0"; 1_000_000].join(",");
    let policy = format!(r#"{{ \"Statement\": [{list}] }}"#);
    let plan = format!(
        r#"{{ "planned_values": {{ "root_module": {{ "resources": [{{ "address": "aws_iam_policy.p", "type": "aws_iam_policy",
            "name": "p", "mode": "managed", "values": {{ "policy": "{policy}" }} }}] }} }} }}"#
    );
    let reading = policy_files::read(Path::new("plan.json"), &plan).unwrap();
    assert_eq!(reading.policies().len(), 0);
    assert!(
        reading.unread()[0]
            .reason()
            .starts_with("more JSON than is read of one file"),
        "{:?}",
        reading.unread()
    );
}

/// A file of this name and language, which is more by the square of a number.
type Family<'f> = (&'f str, Language, &'f dyn Fn(usize) -> String);

/// What is written once and used many times is refused before it is made: a few lines would take all memory.
#[test]
fn what_is_repeated_is_counted() {
    let list = |count: usize| vec!["\"s3:Get\""; count].join(",");
    let long = |count: usize| "x".repeat(count * 64);
    let times = |text: &str, count: usize| vec![text; count].join(",");
    let statement = |value: &str| {
        format!(
            "resource \"aws_iam_policy\" \"p\" {{ policy = jsonencode({{ Statement = {{ Effect = \"Allow\", Action = {value} }} }}) }}"
        )
    };
    let in_yaml = |value: &str| {
        format!(
            "Resources: {{ P: {{ Type: 'AWS::IAM::ManagedPolicy', Properties: {{ PolicyDocument: {{ Statement: {{ Effect: Allow, Action: {value} }} }} }} }} }}"
        )
    };
    let in_json = |value: &str| {
        format!(
            r#"{{ "Resources": {{ "P": {{ "Type": "AWS::IAM::ManagedPolicy", "Properties": {{ "PolicyDocument": {{
            "Statement": {{ "Effect": "Allow", "Action": {value} }} }} }} }} }} }}"#
        )
    };
    let families: [Family<'_>; 9] = [
        ("concat.tf", Language::Hcl, &|count| {
            format!(
                "locals {{\n a = [{}]\n}}\n{}",
                list(count),
                statement(&format!("concat({})", times("local.a", count)))
            )
        }),
        ("elements.tf", Language::Hcl, &|count| {
            format!(
                "locals {{\n a = [{}]\n}}\n{}",
                list(count),
                statement(&format!("[{}]", times("local.a", count)))
            )
        }),
        ("text.tf", Language::Hcl, &|count| {
            let uses = "${local.a}".repeat(count);
            format!(
                "locals {{\n a = \"{}\"\n}}\n{}",
                long(count),
                statement(&format!("\"{uses}\""))
            )
        }),
        ("join.tf", Language::Hcl, &|count| {
            statement(&format!("join(\"{}\", [{}])", long(count), times("\"\"", count)))
        }),
        ("merge.tf", Language::Hcl, &|count| {
            let members: Vec<String> = (0..count).map(|index| format!("k{index} = 1")).collect();
            format!(
                "locals {{\n a = {{ {} }}\n}}\n{}",
                members.join(", "),
                statement(&format!("merge({})", times("local.a", count)))
            )
        }),
        ("list.tf.json", Language::Json, &|count| {
            format!(
                r#"{{ "locals": {{ "a": [{}] }}, "data": {{ "aws_iam_policy_document": {{ "p": {{ "statement": {{
                "actions": "${{concat({})}}" }} }} }} }} }}"#,
                list(count),
                times("local.a", count)
            )
        }),
        ("sub.yaml", Language::Yaml, &|count| {
            in_yaml(&format!(
                "!Sub [\"{}\", {{ A: {} }}]",
                "${A}".repeat(count),
                long(count)
            ))
        }),
        ("join.yaml", Language::Yaml, &|count| {
            in_yaml(&format!("!Join [\"{}\", [{}]]", long(count), times("''", count)))
        }),
        ("join.json", Language::Json, &|count| {
            in_json(&format!(
                r#"{{ "Fn::Join": ["{}", [{}]] }}"#,
                long(count),
                times("\"\"", count)
            ))
        }),
    ];
    for (name, language, family) in families {
        let read = |count: usize| policy_files::read(Path::new(name), &family(count));
        assert_eq!(read(10).map(|reading| reading.policies().len()), Ok(1), "{name}");
        assert_eq!(read(1_010).err(), Some(Unreadable::TooLarge(language)), "{name}");
    }
}

/// Each policy has what is assumed of all that is around it: half of a file can be policies, and half of it what is around them.
#[test]
fn assumptions_and_policies_are_not_multiplied() {
    let numbered = |count: usize, text: &str| -> Vec<String> {
        let each = |index: usize| text.replace('#', &index.to_string());
        (0..count).map(each).collect()
    };
    let listed = |count: usize, text: &str| numbered(count, text).join(", ");
    let document = r#"{ "Version": "2012-10-17", "Statement": [] }"#;
    let resources = |count: usize, more: &str, inside: &str| {
        let policy = format!(
            r#""P#": {{ "Type": "AWS::IAM::ManagedPolicy", {more} "Properties": {{ {inside} "PolicyDocument": {document} }} }}"#
        );
        listed(count, &policy)
    };
    let role = |count: usize, lifecycle: &str| {
        let inline = "inline_policy { policy = jsonencode({ Version = \"2012-10-17\", Statement = [] }) }\n";
        format!(
            "resource \"aws_iam_role\" \"r\" {{\n{lifecycle}\n{}}}\n",
            inline.repeat(count)
        )
    };
    let crossplane = |more: &str, count: usize| {
        let policies = listed(count, r#""policy": "{\"Statement\": []}""#);
        format!(
            r#"{{ "apiVersion": "iam.aws.upbound.io/v1beta1", "kind": "Policy", "spec": {{ {more}, "forProvider": {{ {policies} }} }} }}"#
        )
    };
    let families: [(&str, &dyn Fn(usize) -> String); 9] = [
        ("macros.json", &|count| {
            let (macros, policies) = (listed(count, "\"M#\""), resources(count, "", ""));
            format!(r#"{{ "Transform": [{macros}], "Resources": {{ {policies} }} }}"#)
        }),
        ("transforms.json", &|count| {
            let (macros, policies) = (listed(count, r#""Transform": "M#""#), resources(count, "", ""));
            format!(r#"{{ {macros}, "Resources": {{ {policies} }} }}"#)
        }),
        ("functions.json", &|count| {
            let (macros, policies) = (listed(count, r#""Fn::Transform": {}"#), resources(count, "", ""));
            format!(r#"{{ {macros}, "Resources": {{ {policies} }} }}"#)
        }),
        ("conditions.json", &|count| {
            let conditions = listed(count, r#""Condition": "C#""#);
            let policies = listed(count, &format!(r#"{{ "PolicyDocument": {document} }}"#));
            format!(
                r#"{{ "Resources": {{ "R": {{ "Type": "AWS::IAM::Role", {conditions}, "Properties": {{ "Policies": [{policies}] }} }} }} }}"#
            )
        }),
        ("management.json", &|count| {
            crossplane(&listed(count, r#""managementPolicies": ["Observe"]"#), count)
        }),
        ("patches.json", &|count| {
            let patches = listed(count, r#""patches": [{}]"#);
            format!(r#"{{ {patches}, "Resources": {{ {} }} }}"#, resources(count, "", ""))
        }),
        ("ignored.tf", &|count| {
            role(
                count,
                &format!(
                    "lifecycle {{\nignore_changes = [{}]\n}}",
                    listed(count, "inline_policy")
                ),
            )
        }),
        ("others.tf", &|count| {
            let names = format!("{}, inline_policy", listed(count, "a#"));
            role(count, &format!("lifecycle {{\nignore_changes = [{names}]\n}}"))
        }),
        ("lifecycles.tf", &|count| {
            role(
                count,
                &"lifecycle {\nignore_changes = [inline_policy]\n}\n".repeat(count),
            )
        }),
    ];
    let most = |name: &str, text: &str| {
        let reading = policy_files::read(Path::new(name), text).unwrap();
        let counts = reading.policies().iter().map(|policy| policy.assumptions().len());
        let (least, most) = (counts.clone().min(), counts.max());
        assert!(
            least.is_some_and(|count| count > 0),
            "{name}: {:?}",
            reading.policies().first()
        );
        most.unwrap_or_default()
    };
    for (name, family) in families {
        let (few, many) = (most(name, &family(50)), most(name, &family(200)));
        assert_eq!(few, many, "{name}");
    }
}

/// Each policy of a resource has the allowances in its metadata.
#[test]
fn allowances_and_policies_are_not_multiplied() {
    let text = |allowances: usize| {
        let of_number =
            |number: usize| format!(r#"{{ "code": "INVALID_ACTION", "subject": "s3:Get{number}", "reason": "new" }}"#);
        let allowances: Vec<String> = (0..allowances).map(of_number).collect();
        let policy = r#"{ "PolicyDocument": { "Version": "2012-10-17", "Statement": [] } }"#;
        format!(
            r#"{{ "Resources": {{ "R": {{ "Type": "AWS::IAM::Role", "Metadata": {{ "policy": {{ "allow": [{}] }} }},
                "Properties": {{ "Policies": [{policy}, {policy}] }} }} }} }}"#,
            allowances.join(", ")
        )
    };
    for (count, kept) in [(100, 100), (101, 100), (1_000, 100)] {
        let text = text(count);
        let reading = policy_files::read(Path::new("a.json"), &text).unwrap();
        assert!(
            reading
                .policies()
                .iter()
                .all(|policy| policy.allowances().len() == kept)
        );
        let unread: Vec<String> = reading.unread().iter().map(ToString::to_string).collect();
        assert_eq!(unread.len(), usize::from(count > kept), "{unread:?}");
        assert!(
            unread.iter().all(|reason| reason.contains("at most 100 allowances")),
            "{unread:?}"
        );
    }
}
