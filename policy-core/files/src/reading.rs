//! What a file has: its policies, and what could not be read of it.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use policy_core::document::Document;

use crate::assumption::{self, Assumption};
use crate::extent::Extent;
use crate::filled::Reread;
use crate::item::{Item, Template, Value};
use crate::json;
use crate::limits;
use crate::places::Property;
use crate::policy::FilePolicy;
use crate::shape;
use crate::terraform::{File, Module};
use crate::unfixed::{self, FixRefusal};
use crate::wording::Style;
use crate::yaml::AllMisread;

/// The language of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Language {
    /// JSON: a policy, a template of `CloudFormation`, a plan of Terraform, or the output of a command.
    Json,
    /// YAML: a template of `CloudFormation` or SAM, or of a tool that uses these.
    Yaml,
    /// The configuration language of Terraform.
    Hcl,
}

impl Language {
    /// The name: `JSON`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Yaml => "YAML",
            Self::Hcl => "HCL",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a file has.
#[derive(Clone, Debug)]
pub struct Reading {
    language: Language,
    policies: Vec<FilePolicy>,
    unread: Vec<Unread>,
    skipped: Vec<Unread>,
}

/// A part of a file that is a policy or an allowance, and that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    address: String,
    place: Range<usize>,
    reason: String,
}

/// Why a file is not read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unreadable {
    /// It is written in a language for templates of text, such as Helm's, Jinja's or Terraform's, and becomes YAML or JSON later.
    Template(Language),
    /// It is not of its language.
    Syntax(SyntaxError),
    /// Its name does not tell a language that is read.
    Language,
    /// There is more of it than is read: 4 MiB of HCL, 1,000,000 values of JSON or YAML, those included that local values, aliases and
    /// functions repeat.
    TooLarge(Language),
}

/// Where and why a text is not of its language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    language: Language,
    offset: usize,
    reason: String,
}

impl Reading {
    pub(crate) fn new(language: Language, found: Found) -> Self {
        Self {
            language,
            policies: found.policies,
            unread: found.unread,
            skipped: found.skipped,
        }
    }

    /// The same of a file of this path.
    pub(crate) fn of_path(self, path: &Path) -> Self {
        if self.policies.is_empty() {
            return self;
        }
        match unfixed::by_path(path) {
            Some(refusal) => self.without_fixes(refusal),
            None => self,
        }
    }

    /// The same of a file of this number in a module.
    pub(crate) fn in_module(mut self, module: &Module, file: File) -> Self {
        for policy in &mut self.policies {
            let place = policy.place();
            let doubts: Vec<String> = module.doubts_of(file, policy.address()).collect();
            policy.assume(doubts.into_iter().map(|reason| Assumption::new(place.clone(), reason)));
        }
        self
    }

    /// The same without fixes of any policy, for this reason.
    ///
    /// ```
    /// use std::path::Path;
    /// use policy_files::{FixRefusal, from_utf16};
    ///
    /// # let bytes: Vec<u8> = "\u{FEFF}{ \"Statement\": [] }".encode_utf16().flat_map(u16::to_le_bytes).collect();
    /// let text = from_utf16(&bytes).ok_or("UTF-16")?;
    /// let reading = policy_files::read(Path::new("policy.json"), &text)?.without_fixes(FixRefusal::Utf16);
    /// assert_eq!(reading.policies()[0].fix_refusal(), Some(FixRefusal::Utf16));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn without_fixes(mut self, refusal: FixRefusal) -> Self {
        self.policies.iter_mut().for_each(|policy| policy.refuse_fixes(refusal));
        self
    }

    /// The language.
    pub const fn language(&self) -> Language {
        self.language
    }

    /// The policies, in the order written.
    pub fn policies(&self) -> &[FilePolicy] {
        &self.policies
    }

    /// The policies, in the order written.
    pub fn into_policies(self) -> Vec<FilePolicy> {
        self.policies
    }

    /// The policies that are not read although nothing is wrong with them, as they are in a language that is not read there, or a function
    /// makes them of texts that are not policies.
    ///
    /// ```
    /// use std::path::Path;
    ///
    /// let text = r#"
    /// resource "aws_iam_policy" "reader" {
    ///   policy = jsonencode(yamldecode(<<EOT
    /// Statement: [{ Effect: Allow, Action: s3:GetObject, Resource: "*" }]
    /// EOT
    ///   ))
    /// }"#;
    /// let reading = policy_files::read(Path::new("main.tf"), text)?;
    /// let [skipped] = reading.skipped() else { panic!("one") };
    /// assert_eq!(skipped.address(), "aws_iam_policy.reader.policy");
    /// assert!(reading.policies().is_empty() && reading.unread().is_empty());
    /// # Ok::<(), policy_files::Unreadable>(())
    /// ```
    pub fn skipped(&self) -> &[Unread] {
        &self.skipped
    }

    /// The policies that cannot be read.
    pub fn unread(&self) -> &[Unread] {
        &self.unread
    }
}

impl Unread {
    pub(crate) fn new(address: impl Into<String>, place: Range<usize>, reason: impl Into<String>) -> Self {
        Self {
            address: address.into(),
            place,
            reason: reason.into(),
        }
    }

    /// Where it is, as [`FilePolicy::address`] says it.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The bytes of the file.
    pub fn place(&self) -> Range<usize> {
        self.place.clone()
    }

    /// Why it cannot be read.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` cannot be read: {}", self.address, self.reason)
    }
}

impl SyntaxError {
    pub(crate) fn new(language: Language, offset: usize, reason: impl Into<String>) -> Self {
        Self {
            language,
            offset,
            reason: reason.into(),
        }
    }

    /// The language that it is not of.
    pub const fn language(&self) -> Language {
        self.language
    }

    /// The byte at which it stops being of it.
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// What was expected, or found.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Template(language) => write!(
                f,
                "a template of {language}, as Helm, Jinja and Terraform have them: check what it becomes"
            ),
            Self::Syntax(error) => write!(f, "not {}: {}", error.language, error.reason),
            Self::Language => f.write_str("not JSON, YAML or HCL by its name"),
            Self::TooLarge(language) => write!(
                f,
                "more {language} than is read of one file, at most {}: move the policies to a file of their own, or split it",
                limits::most(*language)
            ),
        }
    }
}

impl std::error::Error for Unreadable {}

/// The text of a file, and what of it is misread, if it is YAML.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source<'t> {
    pub(crate) text: &'t str,
    pub(crate) misread: Option<&'t AllMisread>,
}

impl<'t> Source<'t> {
    /// A file in another language.
    pub(crate) const fn of(text: &'t str) -> Self {
        Self { text, misread: None }
    }
}

/// What has been found in a file so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    /// How the policies are written that are added next, if they are not the text of JSON.
    pub(crate) style: Style,
    pub(crate) policies: Vec<FilePolicy>,
    pub(crate) unread: Vec<Unread>,
    pub(crate) skipped: Vec<Unread>,
    /// The bytes of the addresses of the policies, and of those that cannot be read.
    pub(crate) addresses: usize,
    /// The policies in another language than that of IAM, as JSON.
    pub(crate) others: HashSet<Option<String>>,
    /// How many of the policies are policy templates of SAM.
    pub(crate) policy_templates: usize,
    /// What reads the file once more, when the values of its holes are known.
    pub(crate) reread: Option<Reread>,
    /// What is assumed of the policy that is added next.
    pub(crate) assumed: Vec<Assumption>,
    /// How much the policy that is added next has of the one that AWS gets.
    pub(crate) extent: Extent,
    /// What is assumed of all that is found meanwhile, as it is inside of something that may change it.
    pub(crate) around: Vec<Assumption>,
}

impl Found {
    /// Adds a policy.
    pub(crate) fn policy(&mut self, address: &str, item: &Item, property: Option<Property>) {
        self.add(FilePolicy::new(address, item, self.style, property));
    }

    fn add(&mut self, mut policy: FilePolicy) {
        policy.assume(self.around.iter().cloned().chain(self.assumed.drain(..)));
        policy.reread_by(self.reread.clone());
        policy.set_extent(std::mem::take(&mut self.extent));
        if self.has_room_for(policy.address().len()) {
            self.policies.push(policy);
        }
    }

    /// Adds a policy that cannot be read.
    pub(crate) fn refuse(&mut self, unread: Unread) {
        if self.has_room_for(unread.address.len()) {
            self.unread.push(unread);
        }
    }

    /// Adds a template of CloudFormation in a text, whose policies are not read.
    pub(crate) fn skip_template(&mut self, address: &str, template: &Template) {
        let reason = "it is a CloudFormation template in a text, which is not read: write the template in a file of its own, which is \
                      checked as such";
        if let Some(first) = template.texts().next() {
            let text = first.text();
            let start = text.len() - text.trim_start().len();
            let end = text.get(start..).and_then(|rest| rest.find('\n'));
            let place = first.range(start..end.map_or(text.len(), |end| start + end));
            self.skip(Unread::new(address, place, reason));
        }
    }

    /// Adds a policy that is not read.
    pub(crate) fn skip(&mut self, skipped: Unread) {
        if self.has_room_for(skipped.address.len()) {
            self.skipped.push(skipped);
        }
    }

    fn has_room_for(&mut self, address: usize) -> bool {
        self.addresses = self.addresses.saturating_add(address);
        self.addresses <= limits::MOST_ADDRESSES
    }

    /// Refuses a file of which more would have been found than is kept.
    pub(crate) const fn check(&self, language: Language) -> Result<(), Unreadable> {
        if self.addresses <= limits::MOST_ADDRESSES {
            Ok(())
        } else {
            Err(Unreadable::TooLarge(language))
        }
    }

    /// Makes one policy of those from this one on that are one text, as a condition in it decides.
    pub(crate) fn join_alternatives(&mut self, first: usize) {
        let mut joined: Vec<FilePolicy> = Vec::new();
        let mut by_place: HashMap<Range<usize>, usize> = HashMap::new();
        for policy in self.policies.drain(first..) {
            let known = *by_place.entry(policy.place()).or_insert(joined.len());
            match joined.get_mut(known).filter(|own| own.is_alternative_of(&policy)) {
                Some(own) => own.join(policy),
                None => joined.push(policy),
            }
        }
        self.policies.append(&mut joined);
    }

    /// Adds what has been found in another part of the file.
    pub(crate) fn extend(&mut self, other: Self) {
        self.policies.extend(other.policies);
        self.unread.extend(other.unread);
        self.skipped.extend(other.skipped);
        self.addresses = other.addresses;
    }

    /// Looks at what is inside of something that may change it.
    pub(crate) fn within(&mut self, around: Vec<Assumption>, look: impl FnOnce(&mut Self)) {
        let outer = self.enter(around);
        look(self);
        self.leave(outer);
    }

    /// Says that what is found from now on is inside of something that may change it; gives what [`leave`](Self::leave) takes.
    pub(crate) fn enter(&mut self, around: Vec<Assumption>) -> usize {
        let outer = self.around.len();
        assumption::keep(&mut self.around, around);
        outer
    }

    pub(crate) fn leave(&mut self, outer: usize) {
        self.around.truncate(outer);
    }

    /// Says what is assumed of the policies from this one on that are below this address: of each of these members, and of all if it has
    /// no name.
    pub(crate) fn assume_below(&mut self, from: usize, address: &str, members: Vec<(String, Assumption)>) {
        let mut by_member: BTreeMap<String, Vec<Assumption>> = BTreeMap::new();
        for (member, assumption) in members {
            assumption::keep(by_member.entry(member).or_default(), [assumption]);
        }
        for (member, assumptions) in by_member {
            let address = if member.is_empty() {
                address.to_owned()
            } else {
                format!("{address}.{member}")
            };
            for policy in self.policies.iter_mut().skip(from) {
                let rest = policy.address().strip_prefix(&address);
                if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '['])) {
                    policy.assume(assumptions.iter().cloned());
                }
            }
        }
    }

    /// Leaves out what is a copy: the same policy with the same address, as a plan has each in several places, and those of data
    /// sources that some resource has; of the others no resource has more than a part. What is assumed of a copy is assumed of what is left. Different policies with one address are
    /// all there.
    pub(crate) fn fold(&mut self) {
        let is_data = |policy: &FilePolicy| policy.address().contains("data.aws_iam_policy_document.");
        let own: Vec<Option<String>> = self.policies.iter().map(as_json).collect();
        let all = self.policies.iter().zip(&own);
        let used: HashSet<&Option<String>> = all
            .filter(|(policy, _)| !is_data(policy))
            .map(|(_, json)| json)
            .collect();
        let mut kept: Vec<FilePolicy> = Vec::new();
        let mut known: HashMap<(String, &Option<String>), usize> = HashMap::new();
        for (mut policy, json) in std::mem::take(&mut self.policies).into_iter().zip(&own) {
            if is_data(&policy) {
                if used.contains(json) || self.others.contains(json) {
                    continue;
                }
                policy.is_of_no_resource();
            }
            match known.entry((policy.address().to_owned(), json)) {
                Entry::Occupied(first) => {
                    if let Some(first) = kept.get_mut(*first.get()) {
                        first.assume_as(&policy);
                    }
                }
                Entry::Vacant(new) => {
                    new.insert(kept.len());
                    kept.push(policy);
                }
            }
        }
        self.policies = kept;
    }

    /// Notes a text that is a policy in another language: a data source that makes it is not checked either.
    pub(crate) fn in_another_language(&mut self, template: &Template) {
        if let Ok(item) = json::read_template(template) {
            let policy = FilePolicy::new("", &item, Style::Json, None);
            self.others.insert(as_json(&policy));
        }
    }

    /// Adds a policy that is the text of JSON. A text that only looks like one is left out, unless a policy is expected there.
    pub(crate) fn text(&mut self, address: &str, template: &Template, property: Option<Property>) {
        // Of what a function may make another text of, nobody knows that it is not JSON then.
        let is_transformed = self.around.iter().any(Assumption::is_transformed);
        match json::read_template(template) {
            Ok(item) if property.is_some() && matches!(item.value, Value::Map(_)) || shape::is_policy(&item) => {
                let style = match self.style {
                    Style::Object | Style::Arguments => Style::JsonInTerraform,
                    _ => Style::Json,
                };
                let mut policy = FilePolicy::new(address, &item, style, property);
                policy.reread_by([Reread::Json(Arc::new(json::holes_as_values(template)))]);
                self.add(policy);
            }
            Err(error) if is_transformed && template.is_like_json() => {
                let reason = "a function makes it of a text that is not a policy by itself: write it as an argument of `jsonencode`";
                self.skip(Unread::new(address, error.place, reason));
            }
            Err(_) if is_transformed => {}
            _ if property.is_none() && template.is_of_cloudformation() => self.skip_template(address, template),
            Err(error) if property.is_some() => self.refuse(Unread::new(address, error.place, error.reason)),
            _ => {}
        }
    }
}

/// The policy as JSON, by which copies of it are known.
fn as_json(policy: &FilePolicy) -> Option<String> {
    policy.documents().first().map(Document::to_json)
}
