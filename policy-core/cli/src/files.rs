//! The files that are read.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use policy_core::document::{Document, read_bytes};
use tempfile::Builder;

use crate::config::OfFile;
use crate::content;
use crate::kind::KindName;
use crate::policies::is_like_a_policy;

/// One file to be checked, or standard input.
pub struct Input {
    /// The file's path; `-` is standard input.
    pub path: PathBuf,
    pub kind: KindName,
    /// Whether the user named it, or it was found in a folder.
    pub named: bool,
    /// Whether it was found as a link in a folder to a file that is not in the folder. It is read, and never written: who wrote the
    /// folder is not who may say what else is written.
    pub leads_out: bool,
    /// How many bytes it had when it was found.
    pub size: u64,
    /// What a file of settings says of it.
    pub config: Option<OfFile>,
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

    /// The path by whose name it is read. What has no name of a language has that of its content, in a folder of its own: no file is
    /// beside it.
    pub fn named_as(&self, text: &str) -> PathBuf {
        match policy_files::language_of(&self.path) {
            Some(_) => self.path.clone(),
            None => self.path.join(content::name_of(text)),
        }
    }

    /// Its bytes; if they are UTF-16, as `PowerShell` writes the output of a command, as UTF-8.
    pub fn read(&self) -> io::Result<Contents> {
        let bytes = if self.is_stdin() {
            read_bytes(io::stdin().lock())
        } else {
            read_bytes(File::open(&self.path)?)
        };
        bytes.map(|bytes| {
            let is_policy = |text: &str| Document::read(text).is_ok_and(|read| is_like_a_policy(read.root()));
            match policy_files::from_utf16(&bytes) {
                // AWS does not read a policy in UTF-16, and it is reported.
                Some(text) if !is_policy(&text) => Contents {
                    bytes: text.into_bytes(),
                    is_utf16: true,
                },
                _ => Contents { bytes, is_utf16: false },
            }
        })
    }

    pub fn is_stdin(&self) -> bool {
        self.path == Path::new("-")
    }
}

/// What a file has.
pub struct Contents {
    pub bytes: Vec<u8>,
    /// Whether the bytes of the file are others: the same text in UTF-16.
    pub is_utf16: bool,
}

/// The files that the arguments name.
#[derive(Default)]
pub struct Files {
    /// In the order named, those of a folder sorted; each once, even if several arguments name it.
    pub inputs: Vec<Input>,
    /// How many in folders were skipped because they are devices, sockets or pipes: reading these may never end, or
    /// never start.
    pub passed_over: usize,
}

/// Finds the files that the arguments name. `unreadable` is called for each folder that cannot be read.
pub fn find(named: Vec<(PathBuf, KindName)>, unreadable: impl FnMut(&Path, &io::Error)) -> Files {
    let mut found = Found::default();
    let mut walk = Walk {
        files: Vec::new(),
        passed_over: 0,
        unreadable,
        root: PathBuf::new(),
    };
    for (path, kind) in named {
        if path.is_dir() {
            walk.root = fs::canonicalize(&path).unwrap_or_default();
            walk.folder(&path);
            for (path, size, leads_out) in walk.files.drain(..) {
                found.add(Input {
                    path,
                    kind,
                    named: false,
                    leads_out,
                    size,
                    config: None,
                });
            }
        } else {
            found.add(Input {
                size: fs::metadata(&path).map_or(0, |metadata| metadata.len()),
                path,
                kind,
                named: true,
                leads_out: false,
                config: None,
            });
        }
    }
    Files {
        inputs: found.inputs,
        passed_over: walk.passed_over,
    }
}

/// The part of a tally about the skipped files; empty if no file was skipped.
pub fn passed_over(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => "; 1 file skipped: not a regular file".to_owned(),
        count => format!("; {count} files skipped: not regular files"),
    }
}

#[derive(Default)]
struct Found {
    inputs: Vec<Input>,
    /// The index in `inputs` of each file.
    seen: HashMap<(PathBuf, KindName), usize>,
}

impl Found {
    fn add(&mut self, input: Input) {
        let file = fs::canonicalize(&input.path).unwrap_or_else(|_| input.path.clone());
        let at = *self.seen.entry((file, input.kind)).or_insert(self.inputs.len());
        match self.inputs.get_mut(at) {
            Some(earlier) => {
                earlier.named |= input.named;
                earlier.leads_out &= input.leads_out;
            }
            None => self.inputs.push(input),
        }
    }
}

struct Walk<F> {
    /// Each file with its size, and whether it is a link that leads out of the folder that is named.
    files: Vec<(PathBuf, u64, bool)>,
    passed_over: usize,
    unreadable: F,
    /// The folder that is named, without links.
    root: PathBuf,
}

impl<F: FnMut(&Path, &io::Error)> Walk<F> {
    /// Adds the files in a folder and those below it that may have policies. Links to folders are not followed: they can lead in a circle.
    fn folder(&mut self, folder: &Path) {
        let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let mut entries = match entries {
            Ok(entries) => entries,
            Err(error) => return (self.unreadable)(folder, &error),
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
                    self.folder(&path);
                }
            } else if policy_files::language_of(&path).is_some() {
                let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
                let leads_out = !is_file && fs::canonicalize(&path).is_ok_and(|file| !file.starts_with(&self.root));
                match fs::metadata(&path) {
                    Ok(metadata) if metadata.is_dir() => {}
                    Ok(metadata) if !metadata.is_file() => self.passed_over += 1,
                    Ok(metadata) => self.files.push((path, metadata.len(), leads_out)),
                    // The error is reported when the file is read.
                    Err(_) => self.files.push((path, 0, leads_out)),
                }
            }
        }
    }
}

/// Writes a file, whole or not at all, if it still has what was read of it, and nobody has said that it is not to be written.
pub fn rewrite(path: &Path, read: &[u8], text: &str) -> io::Result<()> {
    if read_bytes(File::open(path)?)? != read {
        return Err(io::Error::other("it has changed since it was read"));
    }
    write_whole(path, text)
}

/// Writes a file, whole or not at all. Of a link the target is written.
///
/// Another file takes its place, which is the only way to lose nothing if the disk is full. That needs no permission to write the old one,
/// and would cut its other names off, so that both are asked for; the permissions and the owner stay.
pub fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    let old = fs::metadata(path).ok();
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        // A pipe or a terminal, which nothing can replace.
        return fs::write(path, text);
    }
    let path = match &old {
        Some(old) => {
            refuse_replacing(path, old)?;
            fs::canonicalize(path)?
        }
        None => path.to_owned(),
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut temporary = Builder::new()
        .prefix(".policy-")
        .suffix(".tmp")
        .make_in(folder.unwrap_or(Path::new(".")), |path| {
            OpenOptions::new().write(true).create_new(true).open(path)
        })?;
    let file = temporary.as_file_mut();
    if let Some(old) = old {
        keep_owner(&old, file)?;
        file.set_permissions(old.permissions())?;
    }
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    temporary.persist(&path)?;
    Ok(())
}

/// Refuses to replace a file that is not to be written, or that has other names.
fn refuse_replacing(path: &Path, old: &fs::Metadata) -> io::Result<()> {
    if old.permissions().readonly() {
        return Err(io::Error::other("it is read-only"));
    }
    // Who may write the folder may replace the file, and perhaps not write it.
    OpenOptions::new().write(true).open(path)?;
    #[cfg(unix)]
    if std::os::unix::fs::MetadataExt::nlink(old) > 1 {
        return Err(io::Error::other(
            "it has other hard links, which would keep the old text: apply what `--diff` shows",
        ));
    }
    Ok(())
}

/// Gives a file the owner and the group of another, if it has others.
#[cfg(unix)]
fn keep_owner(old: &fs::Metadata, file: &File) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let new = file.metadata()?;
    if (new.uid(), new.gid()) == (old.uid(), old.gid()) {
        return Ok(());
    }
    fchown(file, Some(old.uid()), Some(old.gid())).map_err(|_| {
        io::Error::other(
            "its owner or its group would change, as another file takes its place: apply what `--diff` shows",
        )
    })
}

#[cfg(not(unix))]
fn keep_owner(_: &fs::Metadata, _: &File) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::fs;

    use super::rewrite;

    #[test]
    fn a_file_that_has_changed_since_it_was_read_is_not_written() {
        let folder = tempfile::Builder::new().prefix("policy-rewrite-").tempdir().unwrap();
        let path = folder.path().join("main.tf");
        fs::write(&path, "new").unwrap();
        let error = rewrite(&path, b"old", "fixed").unwrap_err();
        assert_eq!(error.to_string(), "it has changed since it was read");
        assert_eq!(fs::read(&path).unwrap(), b"new");
        rewrite(&path, b"new", "fixed").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"fixed");
    }
}
