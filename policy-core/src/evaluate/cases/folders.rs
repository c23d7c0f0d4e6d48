//! Which files cases may name.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::read::Loaded;
use crate::document::read_bytes;

/// The folder of the cases, and others that the user allows. Cases can come from someone who may not read what the user may: so
/// they read nothing beyond these, whatever `..` and links lead to.
pub(super) struct Folders<'p> {
    own: &'p Path,
    others: &'p [PathBuf],
}

impl<'p> Folders<'p> {
    pub fn of(cases: &'p Path, others: &'p [PathBuf]) -> Self {
        // A file's name alone is in the current folder, which an empty path does not name.
        let own = cases.parent().filter(|folder| !folder.as_os_str().is_empty());
        Self {
            own: own.unwrap_or(Path::new(".")),
            others,
        }
    }

    /// The text of a policy's file. Of what is not in the cases' own folder nothing may be quoted in an error.
    pub fn load(&self, policy: &str) -> Result<Loaded, String> {
        let path = self.own.join(policy);
        let real = fs::canonicalize(&path);
        // Of what does not exist, the folder that does: whether a file exists elsewhere is not said either.
        let mut above = path.ancestors();
        let nearest = above.find(|path| path.symlink_metadata().is_ok());
        let nearest = nearest.and_then(|path| fs::canonicalize(path).ok());
        let is_in = |folder: &Path| {
            let pair = fs::canonicalize(folder).ok().zip(nearest.as_ref());
            pair.is_some_and(|(folder, file)| file.starts_with(folder))
        };
        let is_own = is_in(self.own);
        if !is_own && !self.others.iter().any(|folder| is_in(folder)) {
            return Err(
                "it is outside of the folder of the cases, and cases read what is outside only where that is allowed: \
                        by `Cases::open_within` in a program, by `--policies-within` at the command line"
                    .to_owned(),
            );
        }
        let text = || {
            let real = real?;
            if !fs::metadata(&real)?.is_file() {
                return Err(std::io::Error::other("it is not a regular file"));
            }
            String::from_utf8(read_bytes(File::open(real)?)?).map_err(std::io::Error::other)
        };
        text()
            .map(|text| Loaded { text, is_own })
            .map_err(|error| error.to_string())
    }
}
