//! The messages between the editor and the server: JSON-RPC, each after a header with its length.
//! <https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#baseProtocol>

use std::io::{self, BufRead, Read, Write};

use serde_json::{Value, json};

/// The longest message that is read: a file of the largest size that is checked, with every byte escaped.
const LONGEST: u64 = 2 * policy_core::document::MAX_BYTES;

/// The longest line of a header.
const LONGEST_LINE: u64 = 1024;

/// Codes of errors: <https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#errorCodes>.
pub const PARSE_ERROR: i32 = -32700;
pub const INVALID_REQUEST: i32 = -32600;
pub const METHOD_NOT_FOUND: i32 = -32601;
pub const INVALID_PARAMS: i32 = -32602;
pub const NOT_INITIALIZED: i32 = -32002;

/// What an editor has sent.
pub enum Received {
    /// A message.
    Message(Value),
    /// A message that is not JSON, and why.
    Broken(String),
    /// No further message: the editor has closed the stream.
    End,
}

/// Reads a message.
///
/// # Errors
///
/// The stream cannot be read, or its header is not one. What follows such a header is not known.
pub fn read(input: &mut impl BufRead) -> io::Result<Received> {
    let Some(length) = length(input)? else {
        return Ok(Received::End);
    };
    let mut bytes = Vec::new();
    let read = input.take(length).read_to_end(&mut bytes)?;
    if (read as u64) < length {
        return Ok(Received::End);
    }
    Ok(match serde_json::from_slice(&bytes) {
        Ok(message) => Received::Message(message),
        Err(error) => Received::Broken(error.to_string()),
    })
}

/// The length in a header; `None` at the end of the stream.
fn length(input: &mut impl BufRead) -> io::Result<Option<u64>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        input.take(LONGEST_LINE).read_until(b'\n', &mut line)?;
        let Some(text) = line.strip_suffix(b"\n") else {
            return match line.as_slice() {
                [] => Ok(None),
                _ => Err(invalid("a line of the header is too long, or not ended")),
            };
        };
        let text = text.trim_ascii();
        if text.is_empty() {
            let length = length.ok_or_else(|| invalid("the header has no `Content-Length`"))?;
            return Ok(Some(length));
        }
        let text = String::from_utf8_lossy(text);
        let (name, value) = text
            .split_once(':')
            .ok_or_else(|| invalid("a line of the header has no colon"))?;
        if name.trim().eq_ignore_ascii_case("Content-Length") {
            let number = value.trim().parse().ok().filter(|length| *length <= LONGEST);
            length = Some(number.ok_or_else(|| invalid("`Content-Length` is not a number, or too large"))?);
        }
    }
}

fn invalid(reason: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

/// Writes a message.
pub fn write(out: &mut impl Write, message: &Value) -> io::Result<()> {
    let text = message.to_string();
    write!(out, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    out.flush()
}

/// The answer to a request.
pub fn answer(id: &Value, result: &Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "result": result })
}

/// The answer to what is not carried out.
pub fn error(id: &Value, code: i32, message: &str) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": message } })
}

/// A notification.
pub fn notification(method: &str, parameters: &Value) -> Value {
    json!({ "jsonrpc": "2.0", "method": method, "params": parameters })
}
