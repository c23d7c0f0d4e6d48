#![doc = include_str!("../README.md")]

mod allow;
mod ansible;
mod around;
mod assumption;
mod branches;
mod build;
mod cloudformation;
mod edit;
mod elsewhere;
mod extent;
mod filled;
mod found;
mod item;
mod json;
mod limits;
mod made;
mod places;
mod policy;
mod reader;
mod reading;
mod references;
mod shape;
mod terraform;
mod trail;
mod unfixed;
mod variable;
mod wording;
mod written;
mod yaml;

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use policy_core::finding::Finding;

pub use allow::{Allowance, Day, ParseAllowanceError, ParseDayError, StaleAllowance};
pub use assumption::Assumption;
pub use edit::{Edit, FileFix, Fixer, edited};
pub use policy::FilePolicy;
pub use reader::{Reader, is_of_module};
pub use reading::{Language, Reading, SyntaxError, Unread, Unreadable};
pub use shape::kind as kind_of;
#[doc(hidden)]
pub use terraform::{OpenBlock, open_block};
pub use unfixed::{FixRefusal, Generator};

use assumption::Assumptions;
use filled::Reread;
use item::{Item, Template};
use limits::Budget;
use reading::{Found, Source};
use wording::Style;

/// The language of a file of this name, if it is one that is read.
///
/// ```
/// use std::path::Path;
/// use policy_files::{Language, language_of};
///
/// assert_eq!(language_of(Path::new("stacks/network.template")), Some(Language::Yaml));
/// assert_eq!(language_of(Path::new("policies/read.json.tftpl")), Some(Language::Json));
/// assert_eq!(language_of(Path::new("README.md")), None);
/// ```
pub fn language_of(path: &Path) -> Option<Language> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    Some(match extension.as_str() {
        "json" => Language::Json,
        "yaml" | "yml" | "template" => Language::Yaml,
        "tf" | "tofu" => Language::Hcl,
        _ if !is_template(path) => return None,
        _ => match path.file_stem().and_then(|inner| language_of(Path::new(inner))) {
            Some(Language::Yaml) => Language::Yaml,
            _ => Language::Json,
        },
    })
}

/// Whether a file of this name is one of those that `templatefile` of Terraform is given, in which `${...}` is not text: `read.tftpl`,
/// `read.json.tpl`. <https://developer.hashicorp.com/terraform/language/functions/templatefile>
///
/// ```
/// use std::path::Path;
/// use policy_files::is_template;
///
/// assert!(is_template(Path::new("read.json.tftpl")) && is_template(Path::new("read.tpl")));
/// assert!(!is_template(Path::new("read.json")) && !is_template(Path::new("stacks/network.template")));
/// ```
pub fn is_template(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    let is = |name: &str| extension.is_some_and(|extension| extension.eq_ignore_ascii_case(name));
    ["tftpl", "tpl", "tmpl"].into_iter().any(is)
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
/// The file is not of a language that is read, or not of its own, or there is [more of it](Unreadable::TooLarge) than is read.
pub fn read(path: &Path, text: &str) -> Result<Reading, Unreadable> {
    read_as(path, text, is_template(path))
}

/// The same, where it is known whether the file is one for `templatefile`.
fn read_as(path: &Path, text: &str, is_template: bool) -> Result<Reading, Unreadable> {
    let language = language_of(path).ok_or(Unreadable::Language)?;
    let reading = match language {
        Language::Json if is_template => read_template(&unmarked(text)),
        Language::Json if is_configuration(path) => {
            let text = &*unmarked(text);
            match json::read(text) {
                Ok(root) => {
                    let root = terraform::one_body(root);
                    let mut module = terraform::Module::default();
                    module.set_json(0, &root);
                    in_json_module(&root, text, &module, 0)
                }
                Err(_) => read_json(text),
            }
        }
        Language::Json => read_json(&unmarked(text)),
        // `CloudFormation` takes templates of JSON by any name.
        Language::Yaml if is_template => read_yaml(text, Some(&terraform::interpolated)),
        Language::Yaml if text.trim_start_matches(MARK).trim_start().starts_with('{') => read_json(&unmarked(text))
            .or_else(|error| match error {
                Unreadable::TooLarge(_) => Err(error),
                _ => read_yaml(text, None),
            }),
        Language::Yaml => read_yaml(text, None),
        Language::Hcl => {
            let text = &*unmarked(text);
            let body = terraform::parse(text)?;
            let mut module = terraform::Module::default();
            module.set(0, &body, text);
            in_module(&body, text, &module, 0)
        }
    };
    Ok(reading?.of_path(path))
}

/// The text of bytes in UTF-16 with a byte order mark, in which `PowerShell` writes the output of a command; `None` for others.
///
/// ```
/// assert_eq!(policy_files::from_utf16(&[0xFF, 0xFE, b'{', 0, b'}', 0]).as_deref(), Some("{}"));
/// assert_eq!(policy_files::from_utf16(b"{}"), None);
/// ```
pub fn from_utf16(bytes: &[u8]) -> Option<String> {
    let unit: fn([u8; 2]) -> u16 = match bytes {
        [0xFF, 0xFE, ..] => u16::from_le_bytes,
        [0xFE, 0xFF, ..] => u16::from_be_bytes,
        _ => return None,
    };
    let pairs = bytes.chunks(2).skip(1);
    let units = pairs.map(|pair| unit(<[u8; 2]>::try_from(pair).unwrap_or_default()));
    let characters = char::decode_utf16(units);
    Some(
        characters
            .map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect(),
    )
}

/// What to write instead, for a finding about a policy that is JSON by itself: [`FilePolicy::helps`] of it.
///
/// ```
/// use policy_core::check::{Options, check_json};
/// use policy_core::policy::Kind;
///
/// let text = br#"{ "Version": "2012-10-17", "Statement": [
///     { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::YOUR_BUCKET/*" }] }"#;
/// let findings = check_json(text, Kind::Identity, &Options::new());
/// let helps: Vec<String> = findings.iter().flat_map(policy_files::helps_in_json).collect();
/// assert_eq!(helps, ["replace it with the value"]);
/// ```
pub fn helps_in_json(finding: &Finding) -> impl Iterator<Item = String> {
    finding.help().map(|help| wording::help_in_json(finding, help))
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

/// Reads a configuration of Terraform in JSON, which has this number in its module.
fn in_json_module(
    root: &Item,
    text: &str,
    module: &terraform::Module,
    file: terraform::File,
) -> Result<Reading, Unreadable> {
    let budget = Budget::default();
    let scope = terraform::Scope {
        module,
        file,
        assumptions: &Assumptions::default(),
        budget: &budget,
    };
    let mut found = Found::default();
    document(root, Source::of(text), Language::Json, Some(scope), &mut found)?;
    budget.check(Language::Json)?;
    Ok(Reading::new(Language::Json, found))
}

fn read_json(text: &str) -> Result<Reading, Unreadable> {
    let root = match json::read(text) {
        Ok(root) => root,
        Err(error) if error.is_too_large => return Err(Unreadable::TooLarge(Language::Json)),
        Err(error) => {
            // The interpolations of a text for `templatefile` may be values.
            let template = (text.contains("${") || has_braces(text)).then(|| read_template(text));
            return match template {
                Some(Ok(reading)) => Ok(reading),
                Some(Err(refused)) if json::has_tags(text) => Err(refused),
                _ => {
                    let error = SyntaxError::new(Language::Json, error.place.start, error.reason);
                    Err(Unreadable::Syntax(error))
                }
            };
        }
    };
    let mut found = Found::default();
    if cloudformation::template(&root).is_some() {
        found.style = Style::JsonTemplate;
    }
    document(&root, Source::of(text), Language::Json, None, &mut found)?;
    Ok(Reading::new(Language::Json, found))
}

/// Reads a file that becomes JSON when it is filled in.
fn read_template(text: &str) -> Result<Reading, Unreadable> {
    let (templates, assumed) = terraform::templates(text);
    let mut found = Found::default();
    let mut is_read = false;
    for template in templates {
        let root = match json::read_template(&template) {
            Ok(root) => root,
            Err(error) if error.is_too_large => return Err(Unreadable::TooLarge(Language::Json)),
            Err(_) => continue,
        };
        is_read = true;
        let mut own = Found {
            reread: Some(Reread::Json(Arc::new(json::holes_as_values(&template)))),
            around: assumed.clone(),
            addresses: found.addresses,
            ..Found::default()
        };
        document(&root, Source::of(text), Language::Json, None, &mut own)?;
        found.extend(own);
    }
    found.join_alternatives(0);
    if is_read {
        Ok(Reading::new(Language::Json, found))
    } else {
        Err(Unreadable::Template(Language::Json))
    }
}

/// `read` reads its texts, if these are not what they are.
fn read_yaml(text: &str, read: Option<&dyn Fn(&Template) -> Template>) -> Result<Reading, Unreadable> {
    let (documents, misread) = yaml::read(text).map_err(|error| {
        if error.is_too_large {
            Unreadable::TooLarge(Language::Yaml)
        } else if has_braces(text) {
            Unreadable::Template(Language::Yaml)
        } else {
            Unreadable::Syntax(SyntaxError::new(Language::Yaml, error.offset, error.reason))
        }
    })?;
    let mut found = Found::default();
    for root in documents {
        let mut own = Found {
            style: Style::Yaml,
            reread: read.map(|_| Reread::Yaml),
            addresses: found.addresses,
            ..Found::default()
        };
        let root = match read {
            Some(read) => root.with_texts(read),
            None if ansible::is_of(&root) => root.with_texts(&ansible::interpolated),
            None => root,
        };
        document(
            &root,
            Source {
                text,
                misread: Some(&misread),
            },
            Language::Yaml,
            None,
            &mut own,
        )?;
        found.extend(own);
    }
    let is_template = || yaml::tags::are_in_comments(text) || yaml::tags::are_of_helm(text);
    if !(found.policies.is_empty() && found.unread.is_empty()) && is_template() {
        return Err(Unreadable::Template(Language::Yaml));
    }
    allow::in_comments(text, Language::Yaml, &mut found);
    Ok(Reading::new(Language::Yaml, found))
}

fn in_module(
    body: &hcl_edit::structure::Body,
    text: &str,
    module: &terraform::Module,
    file: terraform::File,
) -> Result<Reading, Unreadable> {
    let mut found = Found::default();
    terraform::find(body, text, module, file, &mut found)?;
    found.check(Language::Hcl)?;
    allow::in_comments(text, Language::Hcl, &mut found);
    Ok(Reading::new(Language::Hcl, found))
}

/// Whether a text has the braces of Helm or Jinja, or the directives of Terraform.
fn has_braces(text: &str) -> bool {
    ["{{", "{%", "%{"].iter().any(|braces| text.contains(braces))
}

/// Finds the policies of a document of JSON or YAML, the only one that there are policies of yet, in this file.
fn document(
    root: &Item,
    source: Source<'_>,
    language: Language,
    scope: Option<terraform::Scope<'_>>,
    found: &mut Found,
) -> Result<(), Unreadable> {
    let budget = find(root, source, scope, found);
    if let Some(refusal) = unfixed::by_content(root, &found.policies) {
        found
            .policies
            .iter_mut()
            .for_each(|policy| policy.refuse_fixes(refusal));
    }
    found.check(language)?;
    budget.check(language)
}

/// The same, and gives what more may be made of the document.
fn find(root: &Item, source: Source<'_>, scope: Option<terraform::Scope<'_>>, found: &mut Found) -> Budget {
    let template = cloudformation::template(root);
    let dialect = elsewhere::dialect(root);
    let names = cloudformation::Names::of(template.map(|(_, template)| template), source, dialect);
    found.within(around::of_document(root), |found| {
        if let Some((before, template)) = template {
            let own = before.trim_end_matches('.');
            let repeated = around::of_repeated(root, own).into_iter().collect();
            found.within(repeated, |found| cloudformation::find(template, before, &names, found));
            if before.is_empty() {
                return;
            }
        }
        let read = template.map(|(_, template)| template);
        elsewhere::find(root, read, &names, scope, found);
    });
    if found.policies.is_empty() && found.unread.is_empty() && shape::is_like_a_policy(root) {
        found.assumed = around::misread_in(root, source);
        found.policy("", root, None);
    }
    names.into_budget()
}
