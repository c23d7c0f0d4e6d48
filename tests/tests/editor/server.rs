//! rust-analyzer, spoken to as an editor does: JSON messages over its standard input and output.
//!
//! What the messages are: <https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/>.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// For one answer; they take milliseconds once the crate is read.
const ANSWER: Duration = Duration::from_secs(60);

/// For it to end.
const END: Duration = Duration::from_secs(5);

/// `ContentModified` and `ServerCancelled`: the server learned something meanwhile.
const ASK_AGAIN: [i64; 2] = [-32801, -32802];

/// For the crate to be read, which builds its macros first.
const READY: Duration = Duration::from_secs(480);

/// Where rust-analyzer is: `RUST_ANALYZER`, else the toolchain's, else the first of `PATH`. rustup puts a program of that name
/// on the path even if it does not exist, so it has to answer. The library's source is the toolchain's, or in
/// `RUST_SRC_PATH`, which rust-analyzer reads too.
///
/// # Errors
///
/// What is absent: it, or the standard library's source, without which it takes the types of one preset for another's.
pub fn program() -> Result<PathBuf, &'static str> {
    let named = std::env::var_os("RUST_ANALYZER").map(PathBuf::from);
    let of_the_toolchain = said_by("rustup", &["which", "rust-analyzer"]);
    let of_the_sysroot =
        || said_by("rustc", &["--print", "sysroot"]).map(|root| root.join("lib/rustlib/src/rust/library"));
    let library = std::env::var_os("RUST_SRC_PATH")
        .map(PathBuf::from)
        .or_else(of_the_sysroot);
    if !library.is_some_and(|library| library.is_dir()) {
        return Err("rust-src is absent; `rustup component add rust-src`, or name its `library` in RUST_SRC_PATH");
    }
    let found = [named, of_the_toolchain, Some(PathBuf::from("rust-analyzer"))];
    found
        .into_iter()
        .flatten()
        .find(|program| answers(program))
        .ok_or("rust-analyzer is absent; `rustup component add rust-analyzer`, or name it in RUST_ANALYZER")
}

/// The path that a program prints.
fn said_by(program: &str, arguments: &[&str]) -> Option<PathBuf> {
    let output = Command::new(program).args(arguments).output().ok()?;
    let path = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| PathBuf::from(path.trim()))
}

fn answers(program: &Path) -> bool {
    let output = Command::new(program).arg("--version").output();
    output.is_ok_and(|output| output.status.success())
}

/// A running server that has read a crate. It ends with the value.
pub struct Server {
    process: Child,
    input: ChildStdin,
    messages: Receiver<Value>,
    requests: u64,
    log: PathBuf,
}

impl Server {
    /// Starts it for a crate, and waits until it has read it. What the server itself has to say is written to `log`.
    pub fn start(program: &Path, folder: &Path, target: &Path, log: &Path) -> Self {
        fs::create_dir_all(log.parent().unwrap()).unwrap();
        let mut process = Command::new(program)
            .current_dir(folder)
            .envs(environment(target))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(File::create(log).unwrap())
            .spawn()
            .unwrap();
        let output = process.stdout.take().unwrap();
        let (sender, messages) = channel();
        thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let mut server = Self {
            input: process.stdin.take().unwrap(),
            process,
            messages,
            requests: 0,
            log: log.to_owned(),
        };
        server.ask(
            "initialize",
            &json!({
                "processId": std::process::id(),
                "rootUri": uri(folder),
                "workspaceFolders": [{ "uri": uri(folder), "name": "user" }],
                "initializationOptions": options(target),
                "capabilities": {
                    "experimental": { "serverStatusNotification": true },
                    "textDocument": {
                        "hover": { "contentFormat": ["markdown"] },
                        "definition": { "linkSupport": false },
                    },
                    "general": { "positionEncodings": ["utf-8"] },
                },
            }),
        );
        server.tell("initialized", &json!({}));
        server.wait_until_ready();
        server
    }

    /// The answer to a request.
    pub fn ask(&mut self, method: &str, parameters: &Value) -> Value {
        let deadline = Instant::now() + ANSWER;
        loop {
            let message = self.ask_once(method, parameters, deadline);
            match message.get("error") {
                None => return message["result"].clone(),
                Some(error) if ASK_AGAIN.iter().any(|code| error["code"] == *code) => {}
                Some(error) => panic!("{method} {parameters}: {error}"),
            }
        }
    }

    fn ask_once(&mut self, method: &str, parameters: &Value, deadline: Instant) -> Value {
        self.requests += 1;
        let id = self.requests;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": parameters }));
        loop {
            let message = self.receive(method, deadline);
            if message["id"] == id && message.get("method").is_none() {
                return message;
            }
        }
    }

    /// Sends what has no answer.
    pub fn tell(&mut self, method: &str, parameters: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": parameters }));
    }

    /// The server says when nothing is left to be done of what it began by itself:
    /// <https://rust-analyzer.github.io/book/contributing/lsp-extensions.html#server-status>.
    fn wait_until_ready(&mut self) {
        let deadline = Instant::now() + READY;
        loop {
            let message = self.receive("the crate being read", deadline);
            if message["method"] == "experimental/serverStatus" && message["params"]["quiescent"] == true {
                assert_ne!(message["params"]["health"], "error", "{message}");
                return;
            }
        }
    }

    /// The next message. What the server asks of the editor is answered with nothing, and it goes on.
    fn receive(&mut self, awaited: &str, deadline: Instant) -> Value {
        let left = deadline.saturating_duration_since(Instant::now());
        let message = self.messages.recv_timeout(left).unwrap_or_else(|error| {
            let log = fs::read_to_string(&self.log).unwrap_or_default();
            panic!("no answer to {awaited}: {error}\n{log}");
        });
        if let (Some(id), Some(_)) = (message.get("id"), message.get("method")) {
            let items = message["params"]["items"].as_array().map(Vec::len);
            let result = items.map_or(Value::Null, |count| vec![Value::Null; count].into());
            self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": result }));
        }
        message
    }

    fn send(&mut self, message: &Value) {
        write(&mut self.input, message).unwrap();
    }
}

impl Drop for Server {
    /// Ends it as the protocol says, so that it ends its macro server, and in any case.
    fn drop(&mut self) {
        for message in [
            json!({ "jsonrpc": "2.0", "id": 0, "method": "shutdown" }),
            json!({ "jsonrpc": "2.0", "method": "exit" }),
        ] {
            let _ = write(&mut self.input, &message);
        }
        let deadline = Instant::now() + END;
        while Instant::now() < deadline && matches!(self.process.try_wait(), Ok(None)) {
            thread::sleep(Duration::from_millis(20));
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn write(input: &mut ChildStdin, message: &Value) -> io::Result<()> {
    let text = message.to_string();
    write!(input, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    input.flush()
}

/// A message: headers, an empty line, and as many bytes as a header says. `None` at the end.
fn read(output: &mut BufReader<ChildStdout>) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut header = String::new();
        if output.read_line(&mut header).ok()? == 0 {
            return None;
        }
        let header = header.trim();
        if header.is_empty() {
            break;
        }
        if let Some(number) = header.strip_prefix("Content-Length:") {
            length = number.trim().parse().ok()?;
        }
    }
    let mut text = vec![0; length];
    output.read_exact(&mut text).ok()?;
    serde_json::from_slice(&text).ok()
}

/// How Cargo is called: with what is on this machine, and into a folder where other tests have built the same crates.
fn environment(target: &Path) -> [(&'static str, OsString); 3] {
    [
        ("CARGO_TARGET_DIR", target.into()),
        ("CARGO_NET_OFFLINE", "true".into()),
        ("CARGO_INCREMENTAL", "0".into()),
    ]
}

/// An editor's settings: what is not needed to read the crate is not begun.
fn options(target: &Path) -> Value {
    let environment: serde_json::Map<String, Value> = environment(target)
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.to_str().unwrap().into()))
        .collect();
    json!({
        "checkOnSave": false,
        "cachePriming": { "enable": false },
        "cargo": { "allTargets": false, "extraEnv": environment },
        "procMacro": { "enable": true },
    })
}

/// A file's address.
pub fn uri(path: &Path) -> String {
    let escaped = path.to_str().unwrap().bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    });
    format!("file://{}", escaped.collect::<String>())
}
