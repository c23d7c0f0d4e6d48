//! Files with those beside them.

mod fix;
mod templates;

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use hcl_edit::structure::Body;
use policy_core::document::read_bytes;

use crate::item::Item;
use crate::json;
use crate::reading::{Language, Reading, Unreadable};
use crate::terraform::{self, Module, Overrides, is_override, twin};
use crate::{
    FixRefusal, from_utf16, in_json_module, in_module, is_configuration, is_template, language_of, read, read_as,
    unmarked,
};
use templates::Templates;

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
    folders: HashMap<PathBuf, Folder>,
    /// The folders that the files beside a file have to be in, whole, if not all are read.
    within: Option<Vec<PathBuf>>,
    templates: Templates,
}

impl Reader {
    /// Creates a reader that has looked at no folder yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a reader that does not open what is in none of these folders, or below: of the files beside a file, a link that leads elsewhere
    /// is taken for one that cannot be read.
    ///
    /// ```
    /// use policy_files::Reader;
    ///
    /// let reader = Reader::within(&["infrastructure".into()]);
    /// ```
    pub fn within(folders: &[PathBuf]) -> Self {
        let whole = folders.iter().filter_map(|folder| fs::canonicalize(folder).ok());
        Self {
            within: Some(whole.collect()),
            ..Self::default()
        }
    }

    /// Opens a file, and reads the policies in it.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or is larger than [`MAX_BYTES`](policy_core::document::MAX_BYTES); it is not UTF-8, or UTF-16 with a byte order mark; or what
    /// [`read`](crate::read()) refuses, as the inner error.
    pub fn open(&mut self, path: &Path) -> io::Result<Reading> {
        let bytes = read_bytes(File::open(path)?)?;
        let invalid = |error| io::Error::new(io::ErrorKind::InvalidData, error);
        if let Some(text) = from_utf16(&bytes) {
            let reading = self.read(path, &text).map_err(invalid)?;
            return Ok(reading.without_fixes(FixRefusal::Utf16));
        }
        let text = String::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        self.read(path, &text).map_err(invalid)
    }

    /// Reads the policies in a file with this text, which may be newer than the file, and opens the files beside it if it depends
    /// on them. Files beside it that are read later depend on this text.
    ///
    /// # Errors
    ///
    /// Those of [`read`](crate::read()). A file beside it that cannot be read defines nothing.
    pub fn read(&mut self, path: &Path, text: &str) -> Result<Reading, Unreadable> {
        let folder = path.parent().map(Path::to_owned);
        let (true, Some(folder), Some(name)) = (is_of_module(path), folder, path.file_name()) else {
            let reading = read_as(path, text, is_template(path) || self.is_template(path, text))?;
            let has_policies = !(reading.policies().is_empty() && reading.unread().is_empty());
            if has_policies && reading.language() == Language::Yaml && text.contains("{{") && is_of_chart(path) {
                return Err(Unreadable::Template(Language::Yaml));
            }
            return Ok(reading);
        };
        let text = unmarked(text);
        let folder = self
            .folders
            .entry(folder)
            .or_insert_with_key(|folder| Folder::open(folder, self.within.as_deref()));
        if is_configuration(path) {
            let Ok(root) = json::read(&text).map(terraform::one_body) else {
                return read(path, &text);
            };
            let file = folder.set_json(name, &root);
            return Ok(in_json_module(&root, &text, &folder.module, file)?
                .of_path(path)
                .in_module(&folder.module, file));
        }
        let (body, file) = if let Some(parsed) = folder.parsed(name, &text) {
            parsed
        } else {
            let body = terraform::parse(&text)?;
            let file = folder.set(name, &body, &text);
            (body, file)
        };
        Ok(in_module(&body, &text, &folder.module, file)?
            .of_path(path)
            .in_module(&folder.module, file))
    }

    /// Whether a file of JSON or YAML with this text, whatever its name is, is a template that Terraform fills in: a file of Terraform in
    /// its folder, or in one of the three above that, names it as the argument of `templatefile`. Then `${...}` in it is no text.
    ///
    /// ```
    /// use policy_files::Reader;
    ///
    /// # let folder = std::env::temp_dir().join(format!("policy-files-templates-{}", std::process::id()));
    /// # std::fs::create_dir_all(folder.join("policies"))?;
    /// std::fs::write(folder.join("main.tf"), r#"
    ///     resource "aws_iam_policy" "read" {
    ///       policy = templatefile("${path.module}/policies/read.json", { arn = var.arn })
    ///     }"#)?;
    /// let text = r#"{ "Statement": [{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "${arn}" }] }"#;
    /// assert!(Reader::new().is_template(&folder.join("policies/read.json"), text));
    /// assert!(!Reader::new().is_template(&folder.join("policies/write.json"), text));
    /// # std::fs::remove_dir_all(&folder)?;
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn is_template(&self, path: &Path, text: &str) -> bool {
        let within = self.within.as_deref();
        let is_read = |folder: &Path| within.is_none_or(|whole| whole.iter().any(|own| folder.starts_with(own)));
        let is_filled = text.contains("${") || text.contains("%{");
        is_filled && !is_of_module(path) && language_of(path).is_some() && self.templates.have(path, &is_read)
    }

    /// Forgets the files beside this one, which have changed: they are read again when something depends on them.
    pub fn forget_beside(&mut self, path: &Path) {
        if let Some(folder) = path.parent() {
            self.templates.forget(folder);
            self.folders.remove(folder);
        }
    }
}

/// Whether a file of this name is one of those of a folder that are a module of Terraform together, so that what it means depends on the
/// files beside it.
///
/// ```
/// use std::path::Path;
/// use policy_files::is_of_module;
///
/// assert!(is_of_module(Path::new("main.tf")) && is_of_module(Path::new("main.tf.json")));
/// assert!(!is_of_module(Path::new("policy.json")));
/// ```
pub fn is_of_module(path: &Path) -> bool {
    language_of(path) == Some(Language::Hcl) || language_of(path) == Some(Language::Json) && is_configuration(path)
}

/// Whether a file is one of those that Helm makes others of: <https://helm.sh/docs/topics/charts/#the-chart-file-structure>.
fn is_of_chart(path: &Path) -> bool {
    let mut folders = path.ancestors().skip(1);
    folders.any(|folder| folder.ends_with("templates") && folder.with_file_name("Chart.yaml").is_file())
}

/// A folder with files of Terraform.
#[derive(Clone, Debug, Default)]
struct Folder {
    /// What its files define.
    module: Module,
    /// The number of each file in the module.
    numbers: HashMap<OsString, terraform::File>,
    /// The files that were parsed for what they define, with their texts, and have not been read yet.
    parsed: HashMap<OsString, (String, Body)>,
}

impl Folder {
    fn open(folder: &Path, within: Option<&[PathBuf]>) -> Self {
        let mut own = Self::default();
        let here = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        };
        let entries = fs::read_dir(here).into_iter().flatten().flatten();
        let mut paths: Vec<PathBuf> = entries
            .map(|entry| entry.path())
            .filter(|path| is_of_module(path))
            .collect();
        paths.sort();
        let is_in = |path: &Path, folders: &[PathBuf]| {
            fs::canonicalize(path).is_ok_and(|real| folders.iter().any(|folder| real.starts_with(folder)))
        };
        let is_read = |path: &Path| path.is_file() && within.is_none_or(|folders| is_in(path, folders));
        let mut overrides = Overrides::default();
        for path in &paths {
            // What is there and is no file, or a link to none, cannot be read.
            let text = is_read(path)
                .then(|| File::open(path).and_then(read_bytes).ok())
                .flatten();
            let text = text.and_then(|bytes| String::from_utf8(bytes).ok());
            let Some(name) = path.file_name() else { continue };
            if let Some(twin) = name.to_str().and_then(twin)
                && paths.binary_search(&path.with_file_name(&twin)).is_ok()
            {
                let file = own.number(name);
                let name = name.display().to_string();
                // `.tofu` is longer than `.tf`.
                let is_first = name.len() > twin.len();
                let (tofu, terraform) = if is_first { (name, twin) } else { (twin, name) };
                let reason = format!("OpenTofu reads `{tofu}` instead of `{terraform}`, and Terraform the reverse");
                own.module.doubt(file, reason);
            }
            if let Some(name) = name.to_str().filter(|name| is_override(name)) {
                overrides.add(name, text.as_deref().map(unmarked).as_deref());
            }
            let Some(text) = text else { continue };
            if !terraform::may_define(&text) {
                continue;
            }
            let text = unmarked(&text);
            if is_configuration(path) {
                if let Ok(root) = json::read(&text).map(terraform::one_body) {
                    own.set_json(name, &root);
                }
            } else if let Ok(body) = terraform::parse(&text) {
                own.set(name, &body, &text);
                own.parsed.insert(name.to_owned(), (text.into_owned(), body));
            }
        }
        own.module.set_overrides(overrides);
        own
    }

    /// A file that was parsed when the folder was opened, if it has this text still. It is given once: what is read is kept by nobody.
    fn parsed(&mut self, name: &OsStr, text: &str) -> Option<(Body, terraform::File)> {
        let (known, body) = self.parsed.remove(name)?;
        let file = self.numbers.get(name)?;
        (known == text).then_some((body, *file))
    }

    /// Sets what a file defines.
    fn set(&mut self, name: &OsStr, body: &Body, text: &str) -> terraform::File {
        let file = self.number(name);
        self.module.set(file, body, text);
        file
    }

    /// Sets what a file in JSON defines.
    fn set_json(&mut self, name: &OsStr, root: &Item) -> terraform::File {
        let file = self.number(name);
        self.module.set_json(file, root);
        file
    }

    fn number(&mut self, name: &OsStr) -> terraform::File {
        let next = self.numbers.len();
        *self.numbers.entry(name.to_owned()).or_insert(next)
    }
}
