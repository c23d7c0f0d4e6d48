//! The files that cases may name.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::read::Loaded;
use crate::document::read_bytes;

/// The folder of the cases, and others that the user allows. The author of cases may not be allowed to read what the
/// user may, so cases can read only these folders, wherever `..` and links lead.
pub(super) struct Folders<'p> {
    own: &'p Path,
    others: &'p [PathBuf],
}

impl<'p> Folders<'p> {
    pub fn of(cases: &'p Path, others: &'p [PathBuf]) -> Self {
        // The parent of a bare file name is the empty path, which does not name the current folder.
        let own = cases.parent().filter(|folder| !folder.as_os_str().is_empty());
        Self {
            own: own.unwrap_or(Path::new(".")),
            others,
        }
    }

    /// Loads the text of a policy's file. Errors must not quote files outside the cases' own folder.
    pub fn load(&self, policy: &str) -> Result<Loaded, String> {
        let path = self.own.join(policy);
        let real = fs::canonicalize(&path);
        // For a missing file, checks the nearest existing folder: errors do not reveal whether a file exists elsewhere.
        let mut above = path.ancestors();
        let nearest = above.find(|path| path.symlink_metadata().is_ok());
        let nearest = nearest.and_then(|path| fs::canonicalize(path).ok());
        let is_in = |folder: &Path| {
            let pair = fs::canonicalize(folder).ok().zip(nearest.as_ref());
            pair.is_some_and(|(folder, file)| file.starts_with(folder))
        };
        let is_own = is_in(self.own);
        if !is_own && !self.others.iter().any(|folder| is_in(folder)) {
            return Err("it is outside the folder of the cases; to allow other folders, use \
                        `Cases::open_within` in a program and `--policies-within` on the command line"
                .to_owned());
        }
        let text = || {
            let real = real?;
            if !fs::metadata(&real)?.is_file() {
                return Err(std::io::Error::other("it is not a regular file"));
            }
            String::from_utf8(read_bytes(File::open(real)?)?).map_err(std::io::Error::other)
        };
        text()
            .map(|text| Loaded { path, text, is_own })
            .map_err(|error| error.to_string())
    }
}
