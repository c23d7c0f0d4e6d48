//! The findings that are known, so that only new ones are reported: by file, address, code and subject, and never by line.
//! Files are named as they are seen from the baseline, so that it is the same from wherever they are checked.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use policy_core::document::read_bytes;
use policy_core::finding::Finding;
use serde_json::{Value, json};

use crate::files::{Input, write_whole};
use crate::relative::Folder;

/// A file of known findings.
pub struct Baseline {
    folder: Folder,
    /// How many findings there are of each file, address, code and subject.
    known: BTreeMap<[String; 4], u64>,
}

const FIELDS: [&str; 4] = ["file", "address", "code", "subject"];

impl Baseline {
    /// One without findings, to be written to this path.
    pub fn new(path: &Path) -> Self {
        Self {
            folder: Folder::with(path),
            known: BTreeMap::new(),
        }
    }

    /// Reads a baseline that was [written](Self::write).
    pub fn read(path: &Path) -> Result<Self, String> {
        let refused = |why: String| format!("the baseline `{}` cannot be read: {why}", path.display());
        let bytes = File::open(path).and_then(read_bytes);
        let bytes = bytes.map_err(|error| refused(error.to_string()))?;
        let root: Value = serde_json::from_slice(&bytes).map_err(|error| refused(error.to_string()))?;
        let list = root.get("findings").and_then(Value::as_array);
        let list = list.ok_or_else(|| refused("it has no list `findings`".to_owned()))?;
        let mut read = Self::new(path);
        for (index, entry) in list.iter().enumerate() {
            let field = |name: &str| Some(entry.get(name)?.as_str()?.to_owned());
            let [file, address, code, subject] = FIELDS.map(field);
            let key = file.zip(address).zip(code.zip(subject));
            let count = entry.get("count").map_or(Some(1), Value::as_u64);
            let Some((((file, address), (code, subject)), count)) = key.zip(count) else {
                return Err(refused(format!(
                    "finding {} lacks one of {}, or its `count` is not a number",
                    index + 1,
                    FIELDS.map(|name| format!("`{name}`")).join(", ")
                )));
            };
            read.known.insert([file, address, code, subject], count);
        }
        Ok(read)
    }

    /// The name of a file in it.
    pub fn name_of(&self, input: &Input) -> String {
        if input.is_stdin() {
            return input.shown().display().to_string();
        }
        self.folder.name_of(&input.path)
    }

    /// The file that has this name in it.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.file(name)
    }

    /// Adds a finding of a file that has this name in it.
    pub fn add(&mut self, file: &str, address: &str, finding: &Finding) {
        *self.known.entry(key(file, address, finding)).or_default() += 1;
    }

    /// Whether a finding is known. Each is known as often as it was written.
    pub fn takes(&mut self, file: &str, address: &str, finding: &Finding) -> bool {
        match self.known.get_mut(&key(file, address, finding)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }

    /// How many findings it has.
    pub fn count(&self) -> u64 {
        self.known.values().sum()
    }

    /// How many findings it has that were not taken, of the files for which `is_known` returns true.
    pub fn left(&self, is_known: impl Fn(&str) -> bool) -> u64 {
        let own = self
            .known
            .iter()
            .filter(|([file, ..], count)| **count > 0 && is_known(file));
        own.map(|(_, count)| count).sum()
    }

    /// Writes it, one finding a line, so that a difference shows what was added and what has been fixed.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let entries = self.known.iter().map(|([file, address, code, subject], count)| {
            json!({ "address": address, "code": code, "count": count, "file": file, "subject": subject }).to_string()
        });
        let lines = entries.collect::<Vec<_>>().join(",\n");
        write_whole(path, &format!("{{\"findings\":[\n{lines}\n]}}\n"))
    }
}

fn key(file: &str, address: &str, finding: &Finding) -> [String; 4] {
    let subject = finding.subject().to_owned();
    [
        file.to_owned(),
        address.to_owned(),
        finding.code().name().to_owned(),
        subject,
    ]
}
