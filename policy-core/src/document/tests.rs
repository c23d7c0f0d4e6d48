#![allow(clippy::unwrap_used, reason = "a test may panic")]

use proptest::prelude::*;
use serde_json::{Map, Value as Json};

use super::{Document, MAX_DEPTH, Node, Place, Value, line_and_column, quote};

/// The document as `serde_json` would parse it: the last of duplicate names.
fn as_json(node: &Node<'_>) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::Number(number) => serde_json::from_str(number).unwrap(),
        Value::String(text) => Json::String(text.written().to_owned()),
        Value::Array(elements) => elements.iter().map(as_json).collect(),
        Value::Object(members) => Json::Object(
            members
                .iter()
                .map(|member| (member.name.written().to_owned(), as_json(&member.value)))
                .collect::<Map<_, _>>(),
        ),
    }
}

/// Any small JSON.
fn json() -> impl Strategy<Value = Json> {
    let scalar = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<i32>().prop_map(|eighths| Json::from(f64::from(eighths) / 8.0)),
        any::<String>().prop_map(Json::from),
    ];
    scalar.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Json::from),
            proptest::collection::hash_map(any::<String>(), inner, 0..6)
                .prop_map(|members| Json::Object(members.into_iter().collect())),
        ]
    })
}

/// JSON with a few bytes changed: mostly not JSON any more.
fn damaged_json() -> impl Strategy<Value = String> {
    let damage = proptest::collection::vec(
        (
            any::<prop::sample::Index>(),
            "[\\[\\]{},:\"\\\\u0-9a-f.eE+\\- \n\tntrls]",
        ),
        0..4,
    );
    (json(), any::<bool>(), damage).prop_map(|(json, pretty, damage)| {
        let text = if pretty {
            serde_json::to_string_pretty(&json)
        } else {
            serde_json::to_string(&json)
        }
        .unwrap();
        let mut characters: Vec<char> = text.chars().collect();
        for (index, replacement) in damage {
            let at = index.index(characters.len());
            if let Some(character) = characters.get_mut(at) {
                *character = replacement.chars().next().unwrap();
            }
        }
        characters.into_iter().collect()
    })
}

proptest! {
    #[test]
    fn reads_what_serde_json_reads(json in json(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&json) } else { serde_json::to_string(&json) }.unwrap();
        prop_assert_eq!(as_json(Document::read(&text).unwrap().root()), json);
    }

    #[test]
    fn refuses_what_serde_json_refuses(text in damaged_json()) {
        let reference = serde_json::from_str::<Json>(&text);
        match Document::read(&text) {
            // A number too large for an f64 is still JSON, but `serde_json` cannot represent it.
            Err(error) => prop_assert!(reference.is_err(), "{error} in {text}"),
            Ok(document) => match reference {
                Ok(reference) => prop_assert_eq!(as_json(document.root()), reference),
                Err(error) => prop_assert!(error.to_string().starts_with("number out of range"), "{error} in {text}"),
            },
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        let _ = Document::read(&text);
    }

    #[test]
    fn what_is_written_is_read_the_same(json in json()) {
        let text = serde_json::to_string(&json).unwrap();
        let document = Document::read(&text).unwrap();
        for written in [document.to_json(), document.to_json_pretty()] {
            prop_assert_eq!(&Document::read(&written).unwrap(), &document);
            prop_assert_eq!(serde_json::from_str::<Json>(&written).unwrap(), json.clone());
        }
    }

    #[test]
    fn every_place_has_a_path(json in json()) {
        fn visit<'d>(node: &'d Node<'d>, found: &mut Vec<&'d Node<'d>>) {
            found.push(node);
            match &node.value {
                Value::Array(elements) => elements.iter().for_each(|element| visit(element, found)),
                Value::Object(members) => members.iter().for_each(|member| visit(&member.value, found)),
                _ => {}
            }
        }
        let text = serde_json::to_string(&json).unwrap();
        let document = Document::read(&text).unwrap();
        let mut nodes = Vec::new();
        visit(document.root(), &mut nodes);
        for node in nodes {
            let pointer = document.path_to(node.place).unwrap().to_string();
            let expected = as_json(node);
            prop_assert_eq!(json.pointer(&pointer), Some(&expected), "{}", pointer);
        }
    }
}

#[test]
fn nothing_is_lost() {
    let text = r#"{"b":[1.0,1e2,-0,12345678901234567890123],"a":"é\"\\\n","b":null,"":{}}"#;
    assert_eq!(Document::read(text).unwrap().to_json(), text);
}

#[test]
fn the_bound_on_depth_holds() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(Document::read(&nested(MAX_DEPTH)).is_ok());
    assert!(Document::read(&nested(MAX_DEPTH + 1)).is_err());
    assert!(Document::read(&"[".repeat(1_000_000)).is_err());
}

#[test]
fn a_mistake_has_its_place_and_a_way_out() {
    let cases = [
        (
            "{ \"a\": 1, }",
            8,
            "a comma after the last element: remove the comma: JSON does not allow it there",
        ),
        ("[1 2]", 3, "expected `,` or `]`, found `2`"),
        (
            "{ 'a': 1 }",
            2,
            "expected a name in double quotes, found `'`: JSON's quotes are `\"`, plain and double",
        ),
        (
            "[\n  \"x\",\n  ...\n]",
            11,
            "expected a value, found `.`: replace the dots with the omitted text",
        ),
        ("[\"a\n\"]", 1, "a string that is not closed on its line: add `\"`"),
        ("[\"a", 1, "a string that is not closed: add `\"`"),
        (
            "{\"a\": 011112222333}",
            6,
            "a number that starts with 0: put an account ID in quotes",
        ),
        (
            "[\"\\x\"]",
            2,
            "an escape that JSON does not have: to write a backslash, write `\\\\`",
        ),
        (
            "[${PRINCIPALS}]",
            1,
            "expected a value, found `$`: a template is JSON once its placeholders are filled in: check what it renders to",
        ),
        (
            "[<region>]",
            1,
            "expected a value, found `<`: put the placeholder in quotes",
        ),
        (
            "{} {}",
            3,
            "the document is complete here, but text follows: remove the text that follows",
        ),
        (
            "",
            0,
            "the text ends where a value is expected: check whether the text is complete",
        ),
        (
            "// x\n{}",
            0,
            "expected a value, found `/`: remove the comment: JSON has no comments",
        ),
        (
            "[True]",
            1,
            "expected a value, found `True`: JSON's words are `true`, `false` and `null`",
        ),
        (
            "[\"\\ud800x\"]",
            2,
            "an incomplete unicode escape: write `\\u` and four hexadecimal digits",
        ),
    ];
    for (text, offset, message) in cases {
        let error = Document::read(text).unwrap_err();
        assert_eq!(
            (error.offset(), error.to_string().as_str()),
            (offset, message),
            "{text}"
        );
    }
}

#[test]
fn lines_and_columns_count_from_one_and_columns_count_characters() {
    let text = "{\n \"é\": 1\n}";
    assert_eq!(line_and_column(text, 0), (1, 1));
    assert_eq!(line_and_column(text, text.find('1').unwrap()), (2, 7));
    assert_eq!(line_and_column(text, text.len()), (3, 2));
}

#[test]
fn a_path_is_a_json_pointer() {
    let text = r#"{"a/b":{"~":[0,7]}}"#;
    let document = Document::read(text).unwrap();
    let seven = u32::try_from(text.find('7').unwrap()).unwrap();
    assert_eq!(
        document.path_to(Place::new(seven, seven + 1)).unwrap().to_string(),
        "/a~1b/~0/1"
    );
    let name = Place::new(8, 11);
    assert_eq!(document.path_to(name).unwrap().to_string(), "/a~1b/~0");
    assert_eq!(document.path_to(Place::new(90, 91)), None);
}

/// Wherever in a long text they are.
#[test]
fn what_json_escapes_is_escaped() {
    let quoted = |text: &str| {
        let mut out = String::new();
        quote(&mut out, text);
        out
    };
    for (character, escaped) in [
        ("\"", r#"\""#),
        ("\\", r"\\"),
        ("\n", r"\n"),
        ("\u{1b}", r"\u001b"),
        ("é", "é"),
    ] {
        assert_eq!(quoted(character), format!("\"{escaped}\""));
        for length in [0, 1, 254, 255, 256, 257, 511, 512, 1000] {
            let (before, after) = ("é".repeat(length / 2) + &"a".repeat(length % 2), "b".repeat(300));
            let text = format!("{before}{character}{after}{character}");
            assert_eq!(
                quoted(&text),
                format!("\"{before}{escaped}{after}{escaped}\""),
                "{length}"
            );
        }
    }
}
