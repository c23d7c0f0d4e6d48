//! What no editor sends.

use super::*;
use serde_json::json;

#[test]
fn a_broken_stream_gets_an_error_and_ends() {
    for (number, header) in [
        "Content-Length: 99999999999999999999\r\n\r\n{}",
        "Content-Length: 9223372036854775807\r\n\r\n{}",
        "Content-Length: -1\r\n\r\n{}",
        "Content-Length: x\r\n\r\n{}",
        "Content-Type: a\r\n\r\n{}",
        "no colon\r\n\r\n{}",
        &"a".repeat(5000),
    ]
    .into_iter()
    .enumerate()
    {
        let mut editor = Client::silent(&format!("stream-{number}"), &[]);
        editor.write(header.as_bytes());
        let error = editor.next().unwrap();
        assert_eq!(
            (&error["error"]["code"], &error["id"]),
            (&json!(-32600), &Value::Null),
            "{header}"
        );
        assert_eq!(editor.next(), None, "{header}");
        assert_eq!(editor.code(), Some(2), "{header}");
    }
}

#[test]
fn a_broken_message_gets_an_error_and_the_next_is_read() {
    let mut editor = Client::in_folder("messages", &[]);
    let deep = "[".repeat(100_000);
    for (text, code) in [
        ("{", -32700),
        ("\u{feff}{}", -32700),
        (&*deep, -32700),
        ("[]", -32600),
        ("3", -32600),
        ("{}", -32600),
        (r#"{ "jsonrpc": "2.0", "id": {}, "method": "shutdown" }"#, -32600),
        (
            r#"{ "jsonrpc": "2.0", "id": 7, "method": "textDocument/nothing" }"#,
            -32601,
        ),
        (
            r#"{ "jsonrpc": "2.0", "id": 7, "method": "textDocument/hover" }"#,
            -32602,
        ),
        (
            r#"{ "jsonrpc": "2.0", "id": 7, "method": "initialize", "params": [] }"#,
            -32600,
        ),
    ] {
        editor.write(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
        let error = editor.next().unwrap();
        assert_eq!(error["error"]["code"], code, "{text:.100}");
    }
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn parameters_of_another_shape_change_nothing() {
    let mut editor = Client::in_folder("shapes", &[]);
    for parameters in [
        json!(null),
        json!([1]),
        json!({ "textDocument": 3 }),
        json!({ "textDocument": { "uri": 3, "text": [] } }),
        json!({ "textDocument": { "uri": "file:///none" }, "contentChanges": [{ "range": {}, "text": "a" }] }),
        json!({ "changes": [{ "uri": "file:///none/a.tf" }] }),
    ] {
        for method in ["didOpen", "didChange", "didClose", "didSave"] {
            editor.notify(&format!("textDocument/{method}"), &parameters);
        }
        editor.notify("workspace/didChangeWatchedFiles", &parameters);
        editor.notify("$/cancelRequest", &parameters);
    }
    editor.open("a.json", WRONG);
    // A range that is nowhere, and positions of other types.
    let at = |line: i64| json!({ "line": line, "character": 99 });
    let found = editor.change_by(
        "a.json",
        &[
            json!({ "range": { "start": at(99), "end": at(99) }, "text": " " }),
            json!({ "range": { "start": at(-1), "end": at(0) }, "text": "x" }),
            json!({ "range": 3, "text": "x" }),
            json!({ "text": 3 }),
        ],
    );
    assert!(
        found.iter().any(|found| found["code"] == "INVALID_ACTION"),
        "{found:#?}"
    );
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn the_conversation_has_an_order() {
    let mut editor = Client::silent("order", &[]);
    assert_eq!(editor.answer("shutdown", &json!(null))["error"]["code"], -32002);
    editor.request("initialize", &json!({}));
    editor.request("shutdown", &json!(null));
    assert_eq!(editor.answer("textDocument/hover", &json!({}))["error"]["code"], -32600);
    editor.notify("exit", &json!(null));
    assert_eq!(editor.code(), Some(0));
    // An editor that ends without a word.
    assert_eq!(Client::in_folder("silence", &[]).code(), Some(1));
    let mut editor = Client::in_folder("exit", &[]);
    editor.notify("exit", &json!(null));
    assert_eq!(editor.code(), Some(1));
}
