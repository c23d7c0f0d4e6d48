//! The files that have changed since a revision of Git.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::files::Input;

/// Keeps the files that differ from the revision, and those that Git does not know yet. Standard input stays.
pub fn retain(inputs: &mut Vec<Input>, revision: &str) -> Result<(), String> {
    if revision.is_empty() || revision.starts_with('-') {
        return Err(format!("`{revision}` is not a revision"));
    }
    let root = git(Path::new("."), &["rev-parse", "--show-toplevel"])?;
    let root = PathBuf::from(root.trim_end_matches(['\r', '\n']));
    let differing = git(&root, &["diff", "--name-only", "-z", "--diff-filter=d", revision, "--"])?;
    let new = git(&root, &["ls-files", "-z", "--others", "--exclude-standard"])?;
    let changed: HashSet<PathBuf> = differing
        .split('\0')
        .chain(new.split('\0'))
        .filter(|name| !name.is_empty())
        .filter_map(|name| fs::canonicalize(root.join(name)).ok())
        .collect();
    inputs.retain(|input| {
        let file = fs::canonicalize(&input.path);
        input.is_stdin() || file.is_ok_and(|file| changed.contains(&file))
    });
    Ok(())
}

/// What a command of Git prints.
fn git(folder: &Path, arguments: &[&str]) -> Result<String, String> {
    let run = Command::new("git").arg("-C").arg(folder).args(arguments).output();
    let output = run.map_err(|error| format!("`git` cannot be run: {error}"))?;
    if output.status.success() {
        return String::from_utf8(output.stdout).map_err(|_| "Git names a file that is not UTF-8".to_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("`git {}`: {}", arguments.join(" "), said.trim_end()))
}
