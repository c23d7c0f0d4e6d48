//! Files of an earlier run whose roles or policies are gone.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use runner_profiles::policy_core::document::{Document, Node};
use runner_profiles::render::File;

/// The files that the existing index names and that the new files do not replace. Empty if the index is not ours.
pub fn left_over(folder: &Path, files: &[File]) -> Vec<PathBuf> {
    let Some(index) = files.iter().find(|file| file.path == "index.json") else {
        return Vec::new();
    };
    let named = text(&folder.join(&index.path)).and_then(|text| named(&text));
    let named = named.into_iter().flatten();
    let gone = named.filter(|path| !files.iter().any(|file| file.path == *path));
    let gone = gone.map(|path| folder.join(path));
    gone.filter(|path| path.symlink_metadata().is_ok()).collect()
}

/// More than the size of any index that this program writes.
const MOST_BYTES: u64 = 16 << 20;

/// Of a regular file: another might never end.
fn text(path: &Path) -> Option<String> {
    path.symlink_metadata().ok().filter(fs::Metadata::is_file)?;
    let mut text = String::new();
    let file = fs::File::open(path).ok()?;
    file.take(MOST_BYTES).read_to_string(&mut text).ok()?;
    Some(text)
}

/// The paths in an index, if all are such as [`json_files`](runner_profiles::render::json_files) writes.
fn named(index: &str) -> Option<Vec<String>> {
    let index = Document::read(index).ok()?;
    let mut paths = Vec::new();
    for role in index.root().as_list() {
        paths.push(path(role.member("AssumeRolePolicyDocument")?)?);
        for list in ["Policies", "ManagedPolicies"] {
            for policy in role.member(list).into_iter().flat_map(Node::as_list) {
                paths.push(path(policy.member("PolicyDocument")?)?);
            }
        }
    }
    Some(paths)
}

/// In the folder or in one below, and of the characters of IAM's names: so it cannot lead elsewhere, and is safe to
/// print. Source:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-names>
fn path(node: &Node<'_>) -> Option<String> {
    let path = node.as_text()?.written();
    let ours = |part: &str| {
        let character = |character: char| character.is_ascii_alphanumeric() || "_+=,.@-".contains(character);
        !["", ".", ".."].contains(&part) && part.chars().all(character)
    };
    let json = Path::new(path).extension().is_some_and(|extension| extension == "json");
    let ours = json && path.split('/').count() <= 2 && path.split('/').all(ours);
    ours.then(|| path.to_owned())
}
