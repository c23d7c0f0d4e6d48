#![doc = include_str!("../README.md")]

mod build;
mod cloudformation;
mod found;
mod item;
mod json;
mod places;
mod policy;
mod reading;
mod references;
mod shape;
mod written;
mod yaml;

use std::path::Path;

pub use policy::FilePolicy;
pub use reading::{Language, Reading, SyntaxError, Unread, Unreadable};
pub use shape::kind as kind_of;

use item::Item;
use reading::Found;

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
    let mut found = Found::default();
    match language {
        Language::Json => {
            let root = json::read(text).map_err(|error| {
                let reason = error.error.message();
                Unreadable::Syntax(SyntaxError::new(language, error.place.start, reason))
            })?;
            document(&root, text, &mut found);
        }
        Language::Yaml => {
            let documents = yaml::read(text).map_err(|error| {
                if is_template(text) {
                    Unreadable::Template(language)
                } else {
                    Unreadable::Syntax(SyntaxError::new(language, error.offset, error.reason))
                }
            })?;
            for root in documents {
                document(&root, text, &mut found);
            }
        }
        Language::Hcl => {}
    }
    Ok(Reading::new(language, found))
}

/// Whether a text has the braces of Helm or Jinja.
fn is_template(text: &str) -> bool {
    text.contains("{{") || text.contains("{%")
}

/// Finds the policies of a document of JSON or YAML.
fn document(root: &Item, text: &str, found: &mut Found) {
    if let Some((before, template)) = cloudformation::template(root) {
        cloudformation::find(template, before, text, found);
    } else if shape::is_like_a_policy(root) {
        found.policy("", root, None);
    }
}
