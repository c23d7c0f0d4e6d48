//! Files that are written together, each whole or not at all.
//!
//! Each is first written beside where it belongs, under a hidden name such as `.runner-profiles-4711-x2Wq9B.tmp`. None is given
//! its name before all are on disk. A run that fails removes what it made. A run that is killed leaves such files at most, and
//! when it is killed among the last renames, some of its files too. No two runs share a hidden name, so a later run ignores what
//! is left: to delete it could take it from a run that is still writing.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use runner_profiles::render::File;
use tempfile::{Builder, TempPath};

/// Writes all files to the folder, which is created if needed. Returns their paths.
///
/// Existing files are an error, or with `force` replaced: a link itself, never its target.
pub fn write(folder: &Path, files: &[File], force: bool) -> Result<Vec<PathBuf>, String> {
    let paths: Vec<PathBuf> = files.iter().map(|file| folder.join(&file.path)).collect();
    if !force {
        nothing_is_there(&paths)?;
    }
    let mut made = Made::default();
    let texts = files.iter().map(|file| file.text.as_str());
    let written = write_all(folder, paths.iter().map(PathBuf::as_path).zip(texts), force, &mut made);
    match written {
        Ok(()) => Ok(paths),
        Err(error) => Err(format!("{error}{}", made.undo())),
    }
}

/// Reports all existing files at once, instead of one a run. [`give_name`] rejects files that appear after this.
fn nothing_is_there(paths: &[PathBuf]) -> Result<(), String> {
    let there = paths.iter().filter(|path| path.symlink_metadata().is_ok());
    let there = there.map(PathBuf::as_path).collect::<Vec<&Path>>();
    let [verb, them] = match there.len() {
        0 => return Ok(()),
        1 => ["is", "it"],
        _ => ["are", "them"],
    };
    Err(format!(
        "{} {verb} there already, and nothing was written; use another folder, or replace {them} with `--force`",
        quoted(&there),
    ))
}

fn write_all<'a>(
    folder: &Path,
    files: impl Iterator<Item = (&'a Path, &'a str)> + Clone,
    force: bool,
    made: &mut Made,
) -> Result<(), String> {
    for (path, _) in files.clone() {
        made.folder_of(path, folder)?;
        if path.symlink_metadata().is_ok_and(|there| there.is_dir()) {
            return Err(format!("`{}` is a folder, where a file has to be", path.display()));
        }
    }
    let mut ready = Vec::new();
    for (path, text) in files {
        let temporary =
            temporary(path, text).map_err(|error| format!("`{}` cannot be written: {error}", path.display()))?;
        ready.push((path, temporary));
    }
    // The first file is the one that leads to the others, so it is the last to appear.
    for (path, temporary) in ready.into_iter().rev() {
        give_name(path, temporary, force, made)?;
    }
    Ok(())
}

/// The text on disk, with the permissions of the file that it will replace, or else those of any new file.
fn temporary(path: &Path, text: &str) -> io::Result<TempPath> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let prefix = format!(".runner-profiles-{}-", std::process::id());
    // By default, `tempfile` makes files that only their owner can read.
    let mut temporary = Builder::new()
        .prefix(&prefix)
        .suffix(".tmp")
        .make_in(folder.unwrap_or_else(|| Path::new(".")), |temporary| {
            OpenOptions::new().write(true).create_new(true).open(temporary)
        })?;
    let file = temporary.as_file_mut();
    if let Some(there) = path.symlink_metadata().ok().filter(fs::Metadata::is_file) {
        file.set_permissions(there.permissions())?;
    }
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(temporary.into_temp_path())
}

/// In one step, so that no file can appear between a check and the rename.
fn give_name(path: &Path, temporary: TempPath, force: bool, made: &mut Made) -> Result<(), String> {
    let there = force && path.symlink_metadata().is_ok();
    let named = if force {
        temporary.persist(path)
    } else {
        temporary.persist_noclobber(path)
    };
    named.map_err(|refused| match refused.error.kind() {
        io::ErrorKind::AlreadyExists if !force => format!("`{}` is there already", path.display()),
        _ => format!("`{}` cannot be written: {}", path.display(), refused.error),
    })?;
    let list = if there { &mut made.replaced } else { &mut made.files };
    list.push(path.to_owned());
    Ok(())
}

/// The files and folders that this run has made.
#[derive(Default)]
struct Made {
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
    replaced: Vec<PathBuf>,
}

impl Made {
    /// Makes the folder that the file is to be in, and those around it. The user's folder may be a link, but within it
    /// links are not followed: the files would be written elsewhere.
    fn folder_of(&mut self, file: &Path, within: &Path) -> Result<(), String> {
        let Some(folder) = file.parent() else { return Ok(()) };
        let linked = folder.ancestors().take_while(|folder| *folder != within);
        if let Some(link) = linked.into_iter().find(|folder| folder.is_symlink()) {
            return Err(format!("`{}` is a link, where a folder has to be", link.display()));
        }
        self.folder(folder)
    }

    fn folder(&mut self, folder: &Path) -> Result<(), String> {
        // Without a name it is the working folder.
        if folder.as_os_str().is_empty() || folder.is_dir() {
            return Ok(());
        }
        if let Some(around) = folder.parent() {
            self.folder(around)?;
        }
        match fs::create_dir(folder) {
            Ok(()) => self.folders.push(folder.to_owned()),
            // By another run, or as it is `made-just-now/..`.
            Err(_) if folder.is_dir() => {}
            Err(error) => return Err(format!("the folder `{}` cannot be made: {error}", folder.display())),
        }
        Ok(())
    }

    /// Removes the new files, and reports those that cannot be undone.
    fn undo(self) -> String {
        let files = self.files.iter().filter(|file| fs::remove_file(file).is_err());
        let mut left: Vec<&Path> = files.map(PathBuf::as_path).collect();
        // A folder that others have put something in is theirs by now.
        let stays = |folder: &&Path| {
            fs::remove_dir(folder).is_err_and(|error| error.kind() != io::ErrorKind::DirectoryNotEmpty)
        };
        left.extend(self.folders.iter().rev().map(PathBuf::as_path).filter(stays));
        let replaced: Vec<&Path> = self.replaced.iter().map(PathBuf::as_path).collect();
        if replaced.is_empty() && left.is_empty() {
            return ", and nothing was written".to_owned();
        }
        let said = |what: &str, paths: &[&Path]| match paths {
            [] => String::new(),
            _ => format!("; {what}: {}", quoted(paths)),
        };
        said("replaced before that, and not restored", &replaced) + &said("new, and cannot be removed", &left)
    }
}

/// As a text names them.
pub fn quoted(paths: &[&Path]) -> String {
    let paths = paths.iter().map(|path| format!("`{}`", path.display()));
    paths.collect::<Vec<String>>().join(", ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use std::fs;
    use std::path::Path;

    use runner_profiles::render::File;

    use super::write;

    fn set(paths: &[&str]) -> Vec<File> {
        let file = |path: &&str| File {
            path: (*path).to_owned(),
            text: format!("new {path}"),
        };
        paths.iter().map(file).collect()
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// The second file of a name finds the first.
    #[test]
    fn what_comes_to_be_there_is_refused_and_what_was_named_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("new/out");
        let refused = write(&out, &set(&["a", "inline/b", "a", "inline/c"]), false).unwrap_err();
        let there = out.join("a");
        assert_eq!(
            refused,
            format!("`{}` is there already, and nothing was written", there.display())
        );
        assert!(names(folder.path()).is_empty());
    }

    /// `a` becomes a folder after it was looked at, and no file can replace that.
    #[test]
    fn what_was_replaced_when_a_rename_fails_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for name in ["first", "last"] {
            fs::write(path(name), "old").unwrap();
        }
        let failed = write(folder.path(), &set(&["first", "a", "last", "a/b"]), true).unwrap_err();
        let begins = format!("`{}` cannot be written: ", path("a").display());
        let ends = format!("; replaced before that, and not restored: `{}`", path("last").display());
        assert!(failed.starts_with(&begins) && failed.ends_with(&ends), "{failed}");
        assert_eq!(names(folder.path()), ["first", "last"]);
        assert_eq!(fs::read_to_string(path("first")).unwrap(), "old");
        assert_eq!(fs::read_to_string(path("last")).unwrap(), "new last");
    }

    /// A file that cannot be removed is reported too: here because another run has removed it.
    #[test]
    fn what_cannot_be_removed_is_said() {
        let made = super::Made {
            files: vec!["no-such-file".into()],
            ..super::Made::default()
        };
        assert_eq!(made.undo(), "; new, and cannot be removed: `no-such-file`");
    }
}
