//! The findings that are known, so that only new ones are reported: by file, address, code and subject, and never by line.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::Path;

use policy_core::document::read_bytes;
use policy_core::finding::Finding;
use serde_json::{Value, json};

use crate::files::write_whole;

/// How many findings there are of each file, address, code and subject.
#[derive(Default)]
pub struct Baseline(BTreeMap<[String; 4], u64>);

const FIELDS: [&str; 4] = ["file", "address", "code", "subject"];

impl Baseline {
    /// Reads a baseline that was [written](Self::write).
    pub fn read(path: &Path) -> Result<Self, String> {
        let refused = |why: String| format!("the baseline `{}` cannot be read: {why}", path.display());
        let bytes = File::open(path).and_then(read_bytes);
        let bytes = bytes.map_err(|error| refused(error.to_string()))?;
        let root: Value = serde_json::from_slice(&bytes).map_err(|error| refused(error.to_string()))?;
        let list = root.get("findings").and_then(Value::as_array);
        let list = list.ok_or_else(|| refused("it has no list `findings`".to_owned()))?;
        let mut known = BTreeMap::new();
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
            known.insert([file, address, code, subject], count);
        }
        Ok(Self(known))
    }

    /// Adds a finding.
    pub fn add(&mut self, file: &str, address: &str, finding: &Finding) {
        *self.0.entry(key(file, address, finding)).or_default() += 1;
    }

    /// Whether a finding is known. Each is known as often as it was written.
    pub fn takes(&mut self, file: &str, address: &str, finding: &Finding) -> bool {
        match self.0.get_mut(&key(file, address, finding)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }

    /// How many findings it has.
    pub fn count(&self) -> u64 {
        self.0.values().sum()
    }

    /// How many findings it has that were not taken, of the files for which `is_known` returns true.
    pub fn left(&self, is_known: impl Fn(&str) -> bool) -> u64 {
        let own = self
            .0
            .iter()
            .filter(|([file, ..], count)| **count > 0 && is_known(file));
        own.map(|(_, count)| count).sum()
    }

    /// Writes it, one finding a line, so that a difference shows what was added and what has been fixed.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let entries = self.0.iter().map(|([file, address, code, subject], count)| {
            json!({ "address": address, "code": code, "count": count, "file": file, "subject": subject }).to_string()
        });
        let lines = entries.collect::<Vec<_>>().join(",\n");
        write_whole(path, &format!("{{\"findings\":[\n{lines}\n]}}\n"))
    }
}

/// The same for each name of a file.
pub fn name_of(file: &str) -> String {
    file.strip_prefix("./").unwrap_or(file).replace('\\', "/")
}

fn key(file: &str, address: &str, finding: &Finding) -> [String; 4] {
    let file = name_of(file);
    let subject = finding.subject().to_owned();
    [file, address.to_owned(), finding.code().name().to_owned(), subject]
}
