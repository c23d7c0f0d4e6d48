//! Which files are read.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::kind::KindName;

/// One file to be checked, or standard input.
pub struct Input {
    /// The file's path; `-` is standard input.
    pub path: PathBuf,
    pub kind: KindName,
    /// Whether the user named it, or it was found in a folder.
    pub named: bool,
}

impl Input {
    /// The path under which it is reported.
    pub fn shown(&self) -> &Path {
        if self.is_stdin() {
            Path::new("<stdin>")
        } else {
            &self.path
        }
    }

    pub fn read(&self) -> io::Result<Vec<u8>> {
        if self.is_stdin() {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes)?;
            Ok(bytes)
        } else {
            fs::read(&self.path)
        }
    }

    fn is_stdin(&self) -> bool {
        self.path == Path::new("-")
    }
}

/// The files that are meant, in the order named, those of a folder sorted; each once, even if several arguments mean it.
/// `unreadable` hears of the folders that cannot be read.
pub fn find(named: Vec<(PathBuf, KindName)>, mut unreadable: impl FnMut(&Path, &io::Error)) -> Vec<Input> {
    let mut found = Found::default();
    for (path, kind) in named {
        if path.is_dir() {
            let mut files = Vec::new();
            walk(&path, &mut files, &mut unreadable);
            for path in files {
                found.add(Input {
                    path,
                    kind,
                    named: false,
                });
            }
        } else {
            found.add(Input {
                path,
                kind,
                named: true,
            });
        }
    }
    found.inputs
}

#[derive(Default)]
struct Found {
    inputs: Vec<Input>,
    /// Where in `inputs` each file stands.
    seen: HashMap<(PathBuf, KindName), usize>,
}

impl Found {
    fn add(&mut self, input: Input) {
        let file = fs::canonicalize(&input.path).unwrap_or_else(|_| input.path.clone());
        let at = *self.seen.entry((file, input.kind)).or_insert(self.inputs.len());
        match self.inputs.get_mut(at) {
            Some(earlier) => earlier.named |= input.named,
            None => self.inputs.push(input),
        }
    }
}

/// Adds the JSON files in a folder and those below it. Links to folders are not followed: they can lead in a circle.
fn walk(folder: &Path, files: &mut Vec<PathBuf>, unreadable: &mut impl FnMut(&Path, &io::Error)) {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(error) => return unreadable(folder, &error),
    };
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let name = entry.file_name();
        if name.as_encoded_bytes().starts_with(b".") {
            continue;
        }
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            if name != "node_modules" && name != "target" {
                walk(&path, files, unreadable);
            }
        } else if path
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
            && !path.is_dir()
        {
            files.push(path);
        }
    }
}
