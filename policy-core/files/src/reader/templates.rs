//! Which files Terraform fills in, whatever they are called: those that the files of a module name as templates.

use std::collections::HashMap;
use std::fs::{self, File};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use policy_core::document::read_bytes;

use super::is_of_module;
use crate::terraform::{closing, skipped};

/// How many folders above that of a file a module is looked for in.
const ABOVE: usize = 3;

/// The templates that the files of each folder name, once it was looked at. Copies share what is known.
#[derive(Clone, Debug, Default)]
pub(super) struct Templates {
    folders: Arc<Mutex<HashMap<PathBuf, Arc<[Target]>>>>,
}

impl Templates {
    /// Whether a file is the template of a module in its folder or one above that. `is_read` says which folders are looked in.
    pub(super) fn have(&self, path: &Path, is_read: &dyn Fn(&Path) -> bool) -> bool {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let Ok(folder) = fs::canonicalize(folder.unwrap_or(Path::new("."))) else {
            return false;
        };
        let Some(name) = path.file_name() else { return false };
        let file = folder.join(name);
        let folders = folder.ancestors().take(1 + ABOVE).filter(|folder| is_read(folder));
        folders.into_iter().any(|folder| {
            let relative = file.strip_prefix(folder).ok().and_then(Path::to_str);
            relative.is_some_and(|file| self.of(folder).iter().any(|target| target.matches(file)))
        })
    }

    /// Forgets what a folder has.
    pub(super) fn forget(&self, folder: &Path) {
        if let Ok(folder) = fs::canonicalize(folder) {
            let mut known = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
            known.remove(&folder);
        }
    }

    fn of(&self, folder: &Path) -> Arc<[Target]> {
        let known = || self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known().get(folder) {
            return Arc::clone(known);
        }
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let files = entries
            .map(|entry| entry.path())
            .filter(|path| is_of_module(path) && path.is_file());
        let bytes = files.filter_map(|path| File::open(path).and_then(read_bytes).ok());
        let texts = bytes.filter_map(|bytes| String::from_utf8(bytes).ok());
        let targets: Arc<[Target]> = texts.flat_map(|text| targets(&text)).collect();
        known().insert(folder.to_owned(), Arc::clone(&targets));
        targets
    }
}

/// The path of a template from the folder of the module on, as the text between what is not known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Target(Vec<String>);

impl Target {
    /// The path in an argument: `${path.module}/policies/${each.key}.json`. `None` if nothing of its name is known.
    fn of(argument: &str) -> Option<Self> {
        let argument = ["${path.module}/", "${path.root}/", "${path.cwd}/"]
            .iter()
            .find_map(|root| argument.strip_prefix(root))
            .unwrap_or(argument);
        let mut pieces = vec![String::new()];
        let mut at = 0;
        while let Some(rest) = argument.get(at..).filter(|rest| !rest.is_empty()) {
            let start = rest.find("${").unwrap_or(rest.len());
            if let Some(last) = pieces.last_mut() {
                last.push_str(rest.get(..start)?);
            }
            at += start;
            if let Some(rest) = argument.get(at..).filter(|rest| !rest.is_empty()) {
                at += closing(rest)?;
                pieces.push(String::new());
            }
        }
        let is_plain = pieces.len() == 1;
        if is_plain {
            pieces = vec![normal(pieces.first()?)];
        }
        let has_name = pieces.iter().any(|piece| piece.chars().any(char::is_alphanumeric));
        has_name.then_some(Self(pieces))
    }

    /// Whether a file may be it. What is not known has no `/`.
    fn matches(&self, file: &str) -> bool {
        let Some((first, rest)) = self.0.split_first() else {
            return false;
        };
        let Some(mut left) = file.strip_prefix(first.as_str()) else {
            return false;
        };
        let Some((last, between)) = rest.split_last() else {
            return left.is_empty();
        };
        for piece in between {
            let Some((unknown, behind)) = left.split_once(piece.as_str()) else {
                return false;
            };
            if unknown.contains('/') {
                return false;
            }
            left = behind;
        }
        left.strip_suffix(last.as_str())
            .is_some_and(|unknown| !unknown.contains('/'))
    }
}

/// A path without `.`, and without what `..` goes back from.
fn normal(path: &str) -> String {
    let mut normal = PathBuf::new();
    for component in Path::new(path).components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if normal.file_name().is_some() => {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal.to_str().unwrap_or_default().to_owned()
}

/// The templates that a file names: the arguments of `templatefile`, and of `file` where the older data source `template_file` is.
/// <https://developer.hashicorp.com/terraform/language/functions/templatefile>
fn targets(text: &str) -> Vec<Target> {
    let mut functions = vec!["templatefile"];
    if text.contains("template_file") {
        functions.push("file");
    }
    // In JSON the quotation marks of an expression are escaped.
    let text = text.replace("\\\"", "\"");
    let mut targets = Vec::new();
    for function in functions {
        for (at, _) in text.match_indices(function) {
            let (before, called) = text.split_at_checked(at).unwrap_or_default();
            let is_name = before.ends_with(|character: char| character.is_alphanumeric() || character == '_');
            let argument = called.get(function.len()..).map(str::trim_start);
            let argument = argument.and_then(|called| quoted(called.strip_prefix('(')?.trim_start()));
            if let Some(argument) = argument.filter(|_| !is_name) {
                targets.extend(Target::of(argument));
            }
        }
    }
    targets
}

/// The text between quotation marks with which this starts; those of its interpolations do not end it.
fn quoted(text: &str) -> Option<&str> {
    let own = text.starts_with('"').then(|| text.get(..skipped::length(text)))??;
    own.get(1..)?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::{Target, targets};

    #[test]
    fn a_file_is_the_template_that_is_named() {
        for (argument, file, is_one) in [
            ("${path.module}/policies/a.json", "policies/a.json", true),
            ("policies/a.json", "policies/a.json", true),
            ("./b/../policies/a.json", "policies/a.json", true),
            ("${path.module}/policies/a.json", "a.json", false),
            ("${path.module}/${each.key}.json", "a.json", true),
            ("${path.module}/${each.key}.json", "b/a.json", false),
            (
                "${path.module}/p/${var.a}-${lookup(var.b, \"}\")}.json",
                "p/x-y.json",
                false,
            ),
            ("${path.module}/p/${var.a}-${var.b}.json", "p/x-y.json", true),
            ("${path.module}/${var.file}", "a.json", false),
            ("../a.json", "a.json", false),
        ] {
            let target = Target::of(argument);
            assert_eq!(
                target.is_some_and(|target| target.matches(file)),
                is_one,
                "{argument} {file}"
            );
        }
    }

    #[test]
    fn the_templates_of_a_file_are_found() {
        let of = |text: &str| targets(text).len();
        for (text, count) in [
            ("policy = templatefile(\"${path.module}/a.json\", { arn = var.arn })", 1),
            ("policy = templatefile(\n  \"a-${var.b[\"c\"]}.json\", {})", 1),
            ("\"policy\": \"${templatefile(\\\"a.json\\\", {})}\"", 1),
            ("policy = file(\"a.json\")", 0),
            ("policy = my_templatefile(\"a.json\")", 0),
            ("policy = templatefile(local.path, {})", 0),
            ("data \"template_file\" \"a\" {\n  template = file(\"a.json\")\n}", 1),
        ] {
            assert_eq!(of(text), count, "{text}");
        }
    }
}
