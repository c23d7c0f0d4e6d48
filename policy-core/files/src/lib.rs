#![doc = include_str!("../README.md")]

mod allow;
mod build;
mod cloudformation;
mod edit;
mod elsewhere;
mod found;
mod item;
mod json;
mod places;
mod policy;
mod reader;
mod reading;
mod references;
mod shape;
mod terraform;
mod trail;
mod wording;
mod written;
mod yaml;

use std::borrow::Cow;
use std::path::Path;

pub use allow::{Allowance, Day, ParseDayError, StaleAllowance};
pub use edit::{Edit, FileFix, Fixer, edited};
pub use policy::FilePolicy;
pub use reader::Reader;
pub use reading::{Language, Reading, SyntaxError, Unread, Unreadable};
pub use shape::kind as kind_of;

use item::Item;
use reading::Found;
use wording::Style;

/// The language of a file of this name, if it is one that is read.
///
/// ```
/// use std::path::Path;
/// use policy_files::{Language, language_of};
///
/// assert_eq!(language_of(Path::new("stacks/network.template")), Some(Language::Yaml));
/// assert_eq!(language_of(Path::new("README.md")), None);
/// ```
pub fn language_of(path: &Path) -> Option<Language> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    Some(match extension.as_str() {
        "json" => Language::Json,
        "yaml" | "yml" | "template" => Language::Yaml,
        "tf" | "tofu" => Language::Hcl,
        _ => return None,
    })
}

/// Reads the policies in a file of this name and with this text. The name tells the language, and the file is not opened.
///
/// ```
/// use std::path::Path;
/// use policy_core::check::Options;
///
/// let template = "
/// Resources:
///   Exports:
///     Type: AWS::S3::Bucket
///   Reader:
///     Type: AWS::IAM::ManagedPolicy
///     Properties:
///       PolicyDocument:
///         Version: '2012-10-17'
///         Statement:
///           - Effect: Allow
///             Action: s3:GetObjct
///             Resource: !Sub '${Exports.Arn}/*'
/// ";
/// let reading = policy_files::read(Path::new("template.yaml"), template)?;
/// let policy = &reading.policies()[0];
/// assert_eq!(policy.address(), "Resources.Reader.Properties.PolicyDocument");
/// let findings = policy.check(&Options::new());
/// let finding = findings.iter().next().ok_or("a finding")?;
/// assert_eq!(finding.code().name(), "INVALID_ACTION");
/// assert_eq!(&template[policy.range_of(finding)], "GetObjct");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// The file is not of a language that is read, or not of its own.
pub fn read(path: &Path, text: &str) -> Result<Reading, Unreadable> {
    let language = language_of(path).ok_or(Unreadable::Language)?;
    match language {
        Language::Json => read_json(&unmarked(text), is_configuration(path)),
        // `CloudFormation` takes templates of JSON by any name.
        Language::Yaml if text.trim_start_matches(MARK).trim_start().starts_with('{') => {
            read_json(&unmarked(text), false).or_else(|_| read_yaml(text))
        }
        Language::Yaml => read_yaml(text),
        Language::Hcl => {
            let text = &*unmarked(text);
            let body = terraform::parse(text).map_err(Unreadable::Syntax)?;
            let mut module = terraform::Module::default();
            module.set(0, &body, text);
            Ok(in_module(&body, text, &module, 0))
        }
    }
}

/// A byte order mark. The reader of YAML takes it.
const MARK: char = '\u{FEFF}';

/// The text with white space of the same length instead of a byte order mark.
fn unmarked(text: &str) -> Cow<'_, str> {
    text.strip_prefix(MARK)
        .map_or(Cow::Borrowed(text), |text| Cow::Owned(format!("   {text}")))
}

/// Whether a file is a configuration of Terraform in JSON, whose texts have interpolations.
fn is_configuration(path: &Path) -> bool {
    let inner = path.file_stem().and_then(|stem| Path::new(stem).extension());
    inner.is_some_and(|inner| inner == "tf" || inner == "tofu")
}

fn read_json(text: &str, is_configuration: bool) -> Result<Reading, Unreadable> {
    let root = json::read(text).map_err(|error| {
        let reason = error.error.message();
        Unreadable::Syntax(SyntaxError::new(Language::Json, error.place.start, reason))
    })?;
    let mut found = Found::default();
    document(&root, text, is_configuration, &mut found);
    Ok(Reading::new(Language::Json, found))
}

fn read_yaml(text: &str) -> Result<Reading, Unreadable> {
    let documents = yaml::read(text).map_err(|error| {
        if is_template(text) {
            Unreadable::Template(Language::Yaml)
        } else {
            Unreadable::Syntax(SyntaxError::new(Language::Yaml, error.offset, error.reason))
        }
    })?;
    let mut found = Found::default();
    for root in documents {
        let mut own = Found {
            style: Style::Yaml,
            ..Found::default()
        };
        document(&root, text, false, &mut own);
        found.policies.extend(own.policies);
        found.unread.extend(own.unread);
    }
    allow::in_comments(text, &mut found);
    Ok(Reading::new(Language::Yaml, found))
}

fn in_module(
    body: &hcl_edit::structure::Body,
    text: &str,
    module: &terraform::Module,
    file: terraform::File,
) -> Reading {
    let mut found = Found::default();
    terraform::find(body, text, module, file, &mut found);
    allow::in_comments(text, &mut found);
    Reading::new(Language::Hcl, found)
}

/// Whether a text has the braces of Helm or Jinja.
fn is_template(text: &str) -> bool {
    text.contains("{{") || text.contains("{%")
}

/// Finds the policies of a document of JSON or YAML.
fn document(root: &Item, text: &str, is_configuration: bool, found: &mut Found) {
    let template = cloudformation::template(root);
    let names = cloudformation::Names::of(template.map(|(_, template)| template), text);
    if let Some((before, template)) = template {
        cloudformation::find(template, before, &names, found);
        if before.is_empty() {
            return;
        }
    }
    elsewhere::find(root, &names, is_configuration, found);
    if found.policies.is_empty() && found.unread.is_empty() && shape::is_like_a_policy(root) {
        found.policy("", root, None);
    }
}
