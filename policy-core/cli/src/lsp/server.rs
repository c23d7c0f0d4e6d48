//! The server: what an editor asks and tells, and the files that it has open.
//! <https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/>

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use policy_core::document::percent_decoded;
use policy_files::{Reader, is_of_module};
use serde_json::{Value, json};

use super::document::Document;
use super::text::{Encoding, Text};
use super::wire::{self, INVALID_PARAMS, INVALID_REQUEST, METHOD_NOT_FOUND, NOT_INITIALIZED, PARSE_ERROR};
use super::{actions, completion, hover};
use crate::config::{self, Configs};

/// How far the conversation is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Start,
    Open,
    /// The editor has asked to shut down.
    End,
}

pub struct Server<W> {
    out: W,
    phase: Phase,
    encoding: Encoding,
    /// Whether the editor can insert text with places to go to.
    has_snippets: bool,
    /// Whether the editor can be asked to tell which files change.
    can_watch: bool,
    /// The open files by their URIs.
    documents: BTreeMap<String, Document>,
    reader: Reader,
    configs: Configs,
    /// The URIs of the files whose diagnostics have not been sent yet.
    unpublished: BTreeSet<String>,
}

impl<W: Write> Server<W> {
    pub fn new(out: W) -> Self {
        Self {
            out,
            phase: Phase::Start,
            encoding: Encoding::default(),
            has_snippets: false,
            can_watch: false,
            documents: BTreeMap::new(),
            reader: Reader::new(),
            configs: Configs::default(),
            unpublished: BTreeSet::new(),
        }
    }

    /// Takes a message; `Some` is the end of the conversation.
    pub fn receive(&mut self, message: &Value) -> io::Result<Option<ExitCode>> {
        let method = message.get("method").and_then(Value::as_str);
        let id = message.get("id");
        let nothing = Value::Null;
        let parameters = message.get("params").unwrap_or(&nothing);
        match (method, id) {
            (Some("exit"), None) => {
                let is_expected = self.phase == Phase::End;
                return Ok(Some(ExitCode::from(u8::from(!is_expected))));
            }
            (Some(method), Some(id)) if id.is_string() || id.is_number() => {
                let answer = match self.answer(method, parameters) {
                    Ok(result) => wire::answer(id, &result),
                    Err((code, reason)) => wire::error(id, code, &reason),
                };
                wire::write(&mut self.out, &answer)?;
            }
            (Some(method), None) if self.phase == Phase::Open => self.notice(method, parameters)?,
            // An answer to what the server has asked, or a notification at the wrong time.
            (None, Some(_)) if message.get("result").is_some() || message.get("error").is_some() => {}
            (Some(_), None) => {}
            _ => {
                let error = wire::error(&Value::Null, INVALID_REQUEST, "not a message of JSON-RPC");
                wire::write(&mut self.out, &error)?;
            }
        }
        Ok(None)
    }

    /// Answers what is not JSON.
    pub fn refuse(&mut self, reason: &str) -> io::Result<()> {
        wire::write(&mut self.out, &wire::error(&Value::Null, PARSE_ERROR, reason))
    }

    /// Sends the diagnostics of the files that have changed.
    pub fn publish(&mut self) -> io::Result<()> {
        for uri in std::mem::take(&mut self.unpublished) {
            let Some(document) = self.documents.get_mut(&uri) else {
                continue;
            };
            document.refresh(&mut self.reader, &mut self.configs);
            let parameters = document.diagnostics(&uri);
            self.tell("textDocument/publishDiagnostics", &parameters)?;
        }
        Ok(())
    }

    fn tell(&mut self, method: &str, parameters: &Value) -> io::Result<()> {
        wire::write(&mut self.out, &wire::notification(method, parameters))
    }

    fn answer(&mut self, method: &str, parameters: &Value) -> Result<Value, (i32, String)> {
        match (method, self.phase) {
            ("initialize", Phase::Start) => Ok(self.initialize(parameters)),
            (_, Phase::Start) => Err((NOT_INITIALIZED, "`initialize` comes first".to_owned())),
            ("initialize", _) => Err((INVALID_REQUEST, "`initialize` comes once".to_owned())),
            (_, Phase::End) => Err((INVALID_REQUEST, "nothing but `exit` comes after `shutdown`".to_owned())),
            ("shutdown", _) => {
                self.phase = Phase::End;
                Ok(Value::Null)
            }
            ("textDocument/hover", _) => {
                let (document, offset) = self.place(parameters)?;
                Ok(hover::hover(document, offset))
            }
            ("textDocument/completion", _) => {
                let has_snippets = self.has_snippets;
                let (document, offset) = self.place(parameters)?;
                Ok(completion::complete(document, offset, has_snippets))
            }
            ("textDocument/codeAction", _) => self.actions(parameters),
            ("completionItem/resolve", _) => Ok(completion::resolve(parameters.clone())),
            _ => Err((METHOD_NOT_FOUND, format!("`{method}` is not supported"))),
        }
    }

    fn initialize(&mut self, parameters: &Value) -> Value {
        let nothing = Value::Null;
        let capabilities = parameters.get("capabilities").unwrap_or(&nothing);
        let can = |pointer: &str| capabilities.pointer(pointer) == Some(&Value::Bool(true));
        self.encoding = Encoding::negotiated(capabilities);
        self.has_snippets = can("/textDocument/completion/completionItem/snippetSupport");
        self.can_watch = can("/workspace/didChangeWatchedFiles/dynamicRegistration");
        self.phase = Phase::Open;
        json!({
            "capabilities": {
                "positionEncoding": self.encoding.name(),
                "textDocumentSync": { "openClose": true, "change": INCREMENTAL, "save": true },
                "hoverProvider": true,
                "codeActionProvider": { "codeActionKinds": actions::KINDS },
                "completionProvider": { "triggerCharacters": ["\"", ":"], "resolveProvider": true },
            },
            "serverInfo": { "name": env!("CARGO_BIN_NAME"), "version": env!("CARGO_PKG_VERSION") },
        })
    }

    fn notice(&mut self, method: &str, parameters: &Value) -> io::Result<()> {
        let text = |pointer: &str| parameters.pointer(pointer).and_then(Value::as_str);
        match method {
            "initialized" if self.can_watch => self.watch()?,
            "textDocument/didOpen" => {
                if let (Some(uri), Some(content)) = (text("/textDocument/uri"), text("/textDocument/text")) {
                    let language = text("/textDocument/languageId").unwrap_or_default();
                    let content = Text::new(content.to_owned(), self.encoding);
                    let document = Document::new(&path_of(uri), language, content, version(parameters));
                    self.documents.insert(uri.to_owned(), document);
                    self.unpublished.insert(uri.to_owned());
                }
            }
            "textDocument/didChange" => {
                let changes = parameters.get("contentChanges").and_then(Value::as_array);
                if let Some((uri, document)) =
                    text("/textDocument/uri").and_then(|uri| Some((uri, self.documents.get_mut(uri)?)))
                {
                    document.change(changes.into_iter().flatten(), version(parameters));
                    self.unpublished.insert(uri.to_owned());
                }
            }
            "textDocument/didClose" => {
                if let Some(uri) = text("/textDocument/uri") {
                    if let Some(document) = self.documents.remove(uri) {
                        // What it was in the editor is not in the file.
                        self.reread_beside(document.path());
                    }
                    self.tell(
                        "textDocument/publishDiagnostics",
                        &json!({ "uri": uri, "diagnostics": [] }),
                    )?;
                }
            }
            "textDocument/didSave" => {
                if let Some(uri) = text("/textDocument/uri") {
                    self.reread_beside(&path_of(uri));
                }
            }
            "workspace/didChangeWatchedFiles" => {
                let changes = parameters.get("changes").and_then(Value::as_array);
                for change in changes.into_iter().flatten() {
                    if let Some(uri) = change.get("uri").and_then(Value::as_str) {
                        self.reread_beside(&path_of(uri));
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Has the open files read again that may depend on a file that has changed: those of Terraform beside it, or all if it has settings.
    fn reread_beside(&mut self, changed: &Path) {
        if changed.file_name().is_some_and(|name| name == config::NAME) {
            self.configs = Configs::default();
            for (uri, document) in &mut self.documents {
                document.expire();
                self.unpublished.insert(uri.clone());
            }
            return;
        }
        if !is_of_module(changed) {
            return;
        }
        self.reader.forget_beside(changed);
        // Twice: what is open in the editor counts, and each of these may depend on one that is read after it.
        for _ in 0..2 {
            for (uri, document) in &mut self.documents {
                if document.path().parent() == changed.parent() {
                    document.expire();
                    document.refresh(&mut self.reader, &mut self.configs);
                    self.unpublished.insert(uri.clone());
                }
            }
        }
    }

    /// Asks the editor to tell which files of Terraform and of settings change.
    fn watch(&mut self) -> io::Result<()> {
        let request = json!({
            "jsonrpc": "2.0",
            "id": "watch",
            "method": "client/registerCapability",
            "params": { "registrations": [{
                "id": "watch",
                "method": "workspace/didChangeWatchedFiles",
                "registerOptions": { "watchers": [{ "globPattern": "**/{*.tf,*.tofu,*.tf.json,*.tofu.json,policy.toml}" }] },
            }] },
        });
        wire::write(&mut self.out, &request)
    }

    fn actions(&mut self, parameters: &Value) -> Result<Value, (i32, String)> {
        let invalid = |reason: &str| (INVALID_PARAMS, reason.to_owned());
        let uri = parameters.pointer("/textDocument/uri").and_then(Value::as_str);
        let uri = uri.ok_or_else(|| invalid("a file is missing"))?;
        let document = self
            .documents
            .get_mut(uri)
            .ok_or_else(|| invalid("the file is not open"))?;
        document.refresh(&mut self.reader, &mut self.configs);
        let range = parameters.get("range").and_then(|range| document.text().bytes(range));
        let range = range.ok_or_else(|| invalid("a range is missing"))?;
        let nothing = Value::Null;
        let only = parameters.pointer("/context/only").unwrap_or(&nothing);
        Ok(actions::actions(document, uri, &mut self.reader, &range, only))
    }

    /// The file and the byte that a request is about.
    fn place(&mut self, parameters: &Value) -> Result<(&Document, usize), (i32, String)> {
        let invalid = |reason: &str| (INVALID_PARAMS, reason.to_owned());
        let uri = parameters.pointer("/textDocument/uri").and_then(Value::as_str);
        let document = uri.and_then(|uri| self.documents.get_mut(uri));
        let document = document.ok_or_else(|| invalid("the file is not open"))?;
        document.refresh(&mut self.reader, &mut self.configs);
        let position = parameters.get("position");
        let offset = position.and_then(|position| document.text().offset(position));
        Ok((document, offset.ok_or_else(|| invalid("a position is missing"))?))
    }
}

/// The changes of a text are sent, and not all of it.
const INCREMENTAL: u8 = 2;

fn version(parameters: &Value) -> Value {
    parameters.pointer("/textDocument/version").cloned().unwrap_or_default()
}

/// The path of a URI. One that is not of a file has a path too, whose end tells the language.
fn path_of(uri: &str) -> PathBuf {
    let path = uri.strip_prefix("file://").unwrap_or(uri);
    let bytes: Vec<u8> = percent_decoded(path).map(|(byte, _)| byte).collect();
    let path = String::from_utf8_lossy(&bytes);
    // `/c:/folder` on Windows.
    let path = match path.as_bytes() {
        [b'/', letter, b':', ..] if letter.is_ascii_alphabetic() => path.get(1..).unwrap_or_default(),
        _ => &path,
    };
    PathBuf::from(path)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::path_of;

    #[test]
    fn a_uri_has_a_path() {
        for (uri, path) in [
            ("file:///a/b%20c/%C3%A9.tf", "/a/b c/é.tf"),
            ("file:///C%3A/a.tf", "C:/a.tf"),
            ("file:///100%", "/100%"),
            ("untitled:Untitled-1", "untitled:Untitled-1"),
        ] {
            assert_eq!(path_of(uri), Path::new(path), "{uri}");
        }
    }
}
