//! Files with those beside them.

mod fix;

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use policy_core::document::read_bytes;

use crate::reading::{Language, Reading, Unreadable};
use crate::terraform::Module;
use crate::{in_module, language_of, read, terraform, unmarked};

/// Reads files, and what the files beside them say about these: in Terraform a local value is defined in one file and used in
/// another. Each folder is looked at once.
///
/// ```
/// use policy_files::Reader;
///
/// # let folder = std::env::temp_dir().join(format!("policy-files-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// std::fs::write(folder.join("locals.tf"), r#"locals { actions = ["s3:GetObjct"] }"#)?;
/// std::fs::write(folder.join("main.tf"), r#"
///     data "aws_iam_policy_document" "read" {
///       statement {
///         actions   = local.actions
///         resources = ["*"]
///       }
///     }"#)?;
/// let reading = Reader::new().open(&folder.join("main.tf"))?;
/// let findings = reading.policies()[0].check(&Default::default());
/// assert!(findings.iter().any(|finding| finding.code().name() == "INVALID_ACTION"));
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Reader {
    /// What the files of each folder define, and the number of each file.
    modules: HashMap<PathBuf, (Module, HashMap<OsString, terraform::File>)>,
}

impl Reader {
    /// Creates a reader that has looked at no folder yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Opens a file, and reads the policies in it.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or is larger than [`MAX_BYTES`](policy_core::document::MAX_BYTES); it is not UTF-8; or what
    /// [`read`](crate::read()) refuses, as the inner error.
    pub fn open(&mut self, path: &Path) -> io::Result<Reading> {
        let text = String::from_utf8(read_bytes(File::open(path)?)?)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        self.read(path, &text)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
    }

    /// Reads the policies in a file with this text, and opens the files beside it if it depends on them.
    ///
    /// # Errors
    ///
    /// Those of [`read`](crate::read()). A file beside it that cannot be read defines nothing.
    pub fn read(&mut self, path: &Path, text: &str) -> Result<Reading, Unreadable> {
        let folder = path.parent().map(Path::to_owned);
        let (Some(Language::Hcl), Some(folder), Some(name)) = (language_of(path), folder, path.file_name()) else {
            return read(path, text);
        };
        let (module, files) = self.modules.entry(folder).or_insert_with_key(|folder| module(folder));
        match files.get(name) {
            Some(file) => {
                let text = unmarked(text);
                let body = terraform::parse(&text).map_err(Unreadable::Syntax)?;
                Ok(in_module(&body, &text, module, *file))
            }
            None => read(path, text),
        }
    }
}

/// What the files of a folder define.
fn module(folder: &Path) -> (Module, HashMap<OsString, terraform::File>) {
    let mut module = Module::default();
    let mut numbers = HashMap::new();
    let here = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let entries = fs::read_dir(here).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| language_of(path) == Some(Language::Hcl) && path.is_file())
        .collect();
    paths.sort();
    for (number, path) in paths.into_iter().enumerate() {
        let text = File::open(&path).and_then(read_bytes).ok();
        let text = text.and_then(|bytes| String::from_utf8(bytes).ok());
        let Some((text, name)) = text.zip(path.file_name()) else {
            continue;
        };
        let text = unmarked(&text);
        if let Ok(body) = terraform::parse(&text) {
            module.add(&body, &text, number);
            numbers.insert(name.to_owned(), number);
        }
    }
    (module, numbers)
}
