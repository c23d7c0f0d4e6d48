//! An editor, as far as the server sees one.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use serde_json::{Value, json};

use super::{command, folder_of};

/// A server, and the editor's side of the conversation with it.
pub struct Client {
    server: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    folder: PathBuf,
    last_id: u64,
}

impl Client {
    /// An editor that counts as UTF-16 does, and can insert snippets, in a folder with these files.
    pub fn in_folder(test: &str, files: &[(&str, &str)]) -> Self {
        let capabilities = json!({
            "general": { "positionEncodings": ["utf-16"] },
            "textDocument": { "completion": { "completionItem": { "snippetSupport": true } } },
        });
        Self::of_capabilities(test, files, &capabilities)
    }

    pub fn of_capabilities(test: &str, files: &[(&str, &str)], capabilities: &Value) -> Self {
        let mut client = Self::silent(test, files);
        client.request(
            "initialize",
            &json!({ "processId": null, "rootUri": null, "capabilities": capabilities }),
        );
        client.notify("initialized", &json!({}));
        client
    }

    /// One that has not said anything yet.
    pub fn silent(test: &str, files: &[(&str, &str)]) -> Self {
        let folder = folder_of(&format!("lsp-{test}"), files);
        let mut server = command(&folder, &["lsp", "--stdio"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Self {
            input: server.stdin.take(),
            output: BufReader::new(server.stdout.take().unwrap()),
            server,
            folder,
            last_id: 0,
        }
    }

    pub fn uri(&self, file: &str) -> String {
        format!("file://{}", self.folder.join(file).display())
    }

    pub fn path(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }

    pub fn write(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        // A server that has ended reads no more.
        let _ = input.write_all(bytes).and_then(|()| input.flush());
    }

    pub fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.write(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    /// The next message; `None` if the server has ended.
    pub fn next(&mut self) -> Option<Value> {
        let mut length = None;
        loop {
            let mut line = String::new();
            self.output.read_line(&mut line).unwrap();
            match line.trim_end() {
                "" if line.is_empty() => return None,
                "" => break,
                line => {
                    let number = line.strip_prefix("Content-Length: ");
                    length = number.map(|number| number.parse().unwrap());
                }
            }
        }
        let mut text = vec![0; length.unwrap()];
        self.output.read_exact(&mut text).unwrap();
        Some(serde_json::from_slice(&text).unwrap())
    }

    pub fn notify(&mut self, method: &str, parameters: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": parameters }));
    }

    /// The answer to a request, whole.
    pub fn answer(&mut self, method: &str, parameters: &Value) -> Value {
        self.last_id += 1;
        let id = self.last_id;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": parameters }));
        loop {
            let message = self.next().unwrap();
            if message["id"] == id {
                return message;
            }
        }
    }

    pub fn request(&mut self, method: &str, parameters: &Value) -> Value {
        let answer = self.answer(method, parameters);
        assert!(answer.get("error").is_none(), "{answer:#}");
        answer["result"].clone()
    }

    pub fn open(&mut self, file: &str, text: &str) -> Vec<Value> {
        let document = json!({ "uri": self.uri(file), "languageId": "", "version": 1, "text": text });
        self.notify("textDocument/didOpen", &json!({ "textDocument": document }));
        self.diagnostics(file)
    }

    /// Replaces the whole text.
    pub fn change(&mut self, file: &str, text: &str) -> Vec<Value> {
        self.change_by(file, &[json!({ "text": text })])
    }

    pub fn change_by(&mut self, file: &str, changes: &[Value]) -> Vec<Value> {
        let document = json!({ "uri": self.uri(file), "version": 2 });
        self.notify(
            "textDocument/didChange",
            &json!({ "textDocument": document, "contentChanges": changes }),
        );
        self.diagnostics(file)
    }

    /// The next diagnostics of a file.
    pub fn diagnostics(&mut self, file: &str) -> Vec<Value> {
        let uri = self.uri(file);
        loop {
            let message = self.next().unwrap();
            if message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri {
                return message["params"]["diagnostics"].as_array().unwrap().clone();
            }
        }
    }

    /// Opens a text whose cursor is at `|`, and asks for something there.
    pub fn ask_at_cursor(&mut self, method: &str, file: &str, text: &str) -> Value {
        let (before, after) = text.split_once('|').unwrap();
        self.open(file, &format!("{before}{after}"));
        let position = position(before);
        let document = json!({ "uri": self.uri(file) });
        self.request(method, &json!({ "textDocument": document, "position": position }))
    }

    /// Ends the conversation, and gives the exit code.
    pub fn end(mut self) -> Option<i32> {
        self.request("shutdown", &Value::Null);
        self.notify("exit", &Value::Null);
        self.code()
    }

    /// The exit code, once there is nothing more to read.
    pub fn code(mut self) -> Option<i32> {
        self.input = None;
        self.server.wait().unwrap().code()
    }
}

/// The position after a text, in UTF-16.
pub fn position(before: &str) -> Value {
    let line = before.matches('\n').count();
    let column = before.rsplit('\n').next().unwrap().encode_utf16().count();
    json!({ "line": line, "character": column })
}
