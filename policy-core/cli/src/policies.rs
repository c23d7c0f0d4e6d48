//! The policies in one file, checked.

use std::borrow::Cow;
use std::path::Path;

use policy_core::check::{Options, check_allowing, check_json};
use policy_core::document::{Document, Lines, Node, Place, Text, Value, decode_percent, is_percent_encoded};
use policy_core::finding::{Finding, Findings, Fix};
use policy_core::policy::{Kind, Version};
use policy_core::spelling::nearest;
use policy_files::{FilePolicy, FixRefusal, Language, Reader, Reading, StaleAllowance, Unreadable};

use crate::arguments::Plan;
use crate::embedded::Offsets;
use crate::files::{Contents, Input};
use crate::inside::{self, mentions_a_policy};

/// A policy, and what is wrong with it.
pub struct Checked<'t> {
    policy: Policy<'t>,
    pub kind: Kind,
    pub findings: Findings,
}

/// A policy, as it was read.
enum Policy<'t> {
    /// JSON: a file, or what a pointer leads to.
    Json {
        /// Its place in the file, as a JSON Pointer.
        pointer: &'t str,
        /// `None` if the text is not JSON.
        document: Option<Document<'t>>,
        /// The same as the library of files has it, which makes edits; `None` if no finding has a fix.
        in_file: Option<Box<FilePolicy>>,
    },
    /// What a file has.
    Inside(Box<FilePolicy>),
}

impl Checked<'_> {
    /// The JSON Pointer of a finding from the root of the file, or from that of the policy at the [address](Self::address).
    pub fn path_to(&self, finding: &Finding) -> String {
        match &self.policy {
            Policy::Json { pointer, document, .. } => {
                let path = document.as_ref().and_then(|document| document.path_to(finding.place()));
                format!("{pointer}{}", path.unwrap_or_default())
            }
            Policy::Inside(policy) => policy.path_to(finding),
        }
    }

    /// Where the policy is in the terms of the file's language; empty for a file that is one.
    pub fn address(&self) -> &str {
        match &self.policy {
            Policy::Json { .. } => "",
            Policy::Inside(policy) => policy.address(),
        }
    }

    /// What to write instead, in the language of the file.
    pub fn helps(&self, finding: &Finding) -> Vec<String> {
        match &self.policy {
            Policy::Json { .. } => policy_files::helps_in_json(finding).collect(),
            Policy::Inside(policy) => policy.helps(finding).collect(),
        }
    }

    /// What is wrong, in the language of the file.
    pub fn message<'f>(&self, finding: &'f Finding) -> Cow<'f, str> {
        match &self.policy {
            Policy::Json { .. } => Cow::Borrowed(finding.message()),
            Policy::Inside(policy) => policy.message(finding),
        }
    }

    /// Why that is wrong, in the language of the file.
    pub fn notes<'f>(&self, finding: &'f Finding) -> Vec<Cow<'f, str>> {
        match &self.policy {
            Policy::Json { .. } => finding.notes().map(Cow::Borrowed).collect(),
            Policy::Inside(policy) => policy.notes(finding).collect(),
        }
    }

    /// The policy as the library of files has it, which makes edits of the fixes of its findings.
    pub fn in_file(&self) -> Option<&FilePolicy> {
        match &self.policy {
            Policy::Json { in_file, .. } => in_file.as_deref(),
            Policy::Inside(policy) => Some(policy),
        }
    }

    /// The bytes of a finding, if the file is not JSON that is read as it is.
    pub fn range_of(&self, finding: &Finding) -> Option<std::ops::Range<usize>> {
        match &self.policy {
            Policy::Json { .. } => None,
            Policy::Inside(policy) => Some(policy.range_of(finding)),
        }
    }
}

/// The policies of one file.
#[derive(Default)]
pub struct Content<'t> {
    pub checked: Vec<Checked<'t>>,
    /// The reasons why a policy cannot be read.
    pub absent: Vec<String>,
    /// The allowances that hide nothing or are past their last day.
    pub stale: Vec<StaleAllowance>,
    /// The policies that are not read although nothing is wrong with them, with the reasons.
    pub skipped_policies: Vec<String>,
    /// Why a file of a folder is skipped, if not because it has no policy.
    pub skipped: Option<String>,
    /// Whether it is skipped because it is in a language for templates.
    pub is_template: bool,
}

impl Content<'_> {
    /// Leaves out the fixes that `--fix` does not make in the file with this text: a program that makes edits gets no others.
    pub fn keep_fixable(&mut self, path: &Path, text: &str, reader: &mut Reader) {
        for checked in &mut self.checked {
            let Some(policy) = checked.in_file().filter(|policy| policy.fix_refusal().is_none()) else {
                continue;
            };
            let fixes = checked.findings.iter().flat_map(Finding::fixes);
            let fixes: Vec<(&FilePolicy, &Fix)> = fixes.map(|fix| (policy, fix)).collect();
            if fixes.is_empty() {
                continue;
            }
            let mut are_good = reader.fixable(path, text, &fixes).into_iter();
            let findings = std::mem::take(&mut checked.findings).into_iter().map(|mut finding| {
                finding.retain_fixes(|_| are_good.next() == Some(true));
                finding
            });
            checked.findings = findings.collect();
        }
    }
}

/// Checks a file: the policies in it, or those at the pointers. `text` is what it has as far as that is text.
pub fn check_file<'t>(
    read: &Contents,
    text: &'t str,
    input: &Input,
    plan: &'t Plan,
    reader: &mut Reader,
) -> Content<'t> {
    let options = plan.options_of(input);
    let checker = Checker {
        options: &options,
        text,
        is_utf16: read.is_utf16,
        input,
        plan,
    };
    checker.check(&read.bytes, reader)
}

#[derive(Clone, Copy)]
struct Checker<'t, 'i> {
    text: &'t str,
    is_utf16: bool,
    input: &'i Input,
    plan: &'t Plan,
    options: &'i Options,
}

impl<'t> Checker<'t, '_> {
    fn check(self, bytes: &[u8], reader: &mut Reader) -> Content<'t> {
        let path = self.input.named_as(self.text);
        // The text for `templatefile` has interpolations, and no placeholders.
        let is_json = path
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
        let is_plain = is_json && !reader.is_template(&path, self.text);
        if is_plain || !self.plan.pointers.is_empty() {
            self.check_json(bytes, reader)
        } else {
            self.check_other(reader)
        }
    }

    fn check_json(self, bytes: &[u8], reader: &mut Reader) -> Content<'t> {
        let named = self.input.named;
        let mut content = Content::default();
        if self.plan.pointers.is_empty()
            && is_percent_encoded(self.text.trim_start())
            && (named || self.text.contains("Statement"))
        {
            match self.check_encoded("", self.text, &Offsets::behind(0, self.text.len())) {
                Ok(checked) => content.checked.push(checked),
                Err(reason) => content.absent.push(reason),
            }
            return content;
        }
        let read = std::str::from_utf8(bytes).ok().and_then(|_| self.document());
        match read {
            None if named || mentions_a_policy(self.text) => {
                if self.plan.pointers.is_empty() && self.becomes_json() {
                    return self.check_other(reader);
                }
                let json = bytes.strip_prefix(MARK.as_bytes());
                let offsets = json.map(|json| Offsets::behind(MARK.len(), json.len()));
                content
                    .checked
                    .push(self.broken("", json.unwrap_or(bytes), offsets.as_ref()));
            }
            None => {}
            Some(document) if self.plan.pointers.is_empty() => {
                if is_like_a_policy(document.root()) {
                    content.checked.push(self.sound("", document));
                    return content;
                }
                content = self.check_other(reader);
                if named
                    && content.checked.is_empty()
                    && content.absent.is_empty()
                    && is_meant_as_a_policy(document.root())
                {
                    content.checked.push(self.sound("", document));
                }
            }
            Some(document) => {
                for pointer in &self.plan.pointers {
                    let node = document.root().at(pointer).map_err(|error| error.to_string());
                    match node.and_then(|node| self.check_inside(pointer, node)) {
                        Ok(checked) => content.checked.push(checked),
                        Err(reason) if named => content.absent.push(reason),
                        Err(_) => {}
                    }
                }
            }
        }
        content
    }

    /// The file as JSON, which starts behind a byte order mark, as in the other languages.
    fn document(self) -> Option<Document<'t>> {
        let Some(json) = self.text.strip_prefix(MARK) else {
            return Document::read(self.text).ok();
        };
        let document = Document::read(json).ok()?;
        Some(Offsets::behind(MARK.len(), json.len()).moved(&document))
    }

    /// Whether a text that is not JSON is one of a language for templates, from which JSON is made.
    fn becomes_json(self) -> bool {
        match policy_files::read(&self.input.named_as(self.text), self.text) {
            Ok(reading) => reading.language() == Language::Json && self.text.contains("${"),
            Err(error) => matches!(error, Unreadable::Template(_)),
        }
    }

    /// Checks the policies of a file that has more than a policy, or is written in another language.
    fn check_other(self, reader: &mut Reader) -> Content<'t> {
        let mut content = Content::default();
        let reading = match inside::read(self.input, self.text, reader) {
            Ok(reading) => self.fixable(reading),
            Err(refused) if refused.is_problem => {
                content.absent.push(refused.reason);
                return content;
            }
            Err(refused) => {
                content.is_template = refused.is_template;
                content.skipped = Some(refused.reason);
                return content;
            }
        };
        content.absent.extend(inside::unread(&reading, self.text));
        content.skipped_policies = inside::skipped(&reading, self.text);
        for policy in inside::settled(self.input, reading, self.plan.attached_to) {
            let (findings, allowed, stale) = policy.check_allowing(self.plan.today, self.options);
            self.note(&findings, &allowed);
            content.stale.extend(stale);
            content.checked.push(Checked {
                kind: policy.kind(),
                findings,
                policy: Policy::Inside(Box::new(policy)),
            });
        }
        content
    }

    /// Checks a policy inside a larger document, which may have it as a string.
    fn check_inside(self, pointer: &'t str, node: &Node<'t>) -> Result<Checked<'t>, String> {
        let Some(json) = node.as_text().map(Text::written) else {
            return Ok(self.sound(pointer, Document::new(node.clone())));
        };
        let literal = self.text.get(node.place.start as usize..node.place.end as usize);
        let offsets = Offsets::of(literal.unwrap_or_default(), node.place.start);
        if is_percent_encoded(json.trim_start()) {
            return self.check_encoded(pointer, json, &offsets);
        }
        Ok(match Document::read(json) {
            Ok(document) => self.sound(pointer, offsets.moved(&document)),
            Err(_) => self.broken(pointer, json.as_bytes(), Some(&offsets)),
        })
    }

    /// Checks a policy that is percent-encoded, as IAM's API returns policies.
    fn check_encoded(self, pointer: &'t str, encoded: &str, offsets: &Offsets) -> Result<Checked<'t>, String> {
        let decoded = decode_percent(encoded).map_err(|error| {
            let offset = offsets.place(error.place()).start as usize;
            let what = if pointer.is_empty() {
                String::new()
            } else {
                format!("`{pointer}`, ")
            };
            let mistake = format!("the percent-encoding is broken: {error}");
            format!("{what}{}", inside::at(&Lines::of(self.text), offset, mistake))
        })?;
        let offsets = offsets.encoded(&decoded);
        Ok(match Document::read(decoded.as_str()) {
            Ok(document) => self.sound(pointer, offsets.moved(&document)),
            Err(_) => self.broken(pointer, decoded.as_str().as_bytes(), Some(&offsets)),
        })
    }

    fn sound(self, pointer: &'t str, document: Document<'t>) -> Checked<'t> {
        let kind = self.kind_of(document.root());
        let (findings, allowed) = check_allowing(&document, kind, self.options);
        self.note(&findings, &allowed);
        let has_fixes = findings.iter().any(|finding| !finding.fixes().is_empty());
        let in_file = has_fixes.then(|| self.in_file(document.root().place)).flatten();
        Checked {
            kind,
            findings,
            policy: Policy::Json {
                pointer,
                document: Some(document),
                in_file: in_file.map(Box::new),
            },
        }
    }

    /// Notes which allowances of the settings have hidden findings, and which others there are.
    fn note(self, others: &Findings, allowed: &Findings) {
        if let Some(own) = &self.input.config {
            own.note(others, allowed, self.options);
        }
    }

    /// What was read of the file, without fixes if these would be made in other bytes than it has.
    fn fixable(self, reading: Reading) -> Reading {
        if self.is_utf16 {
            reading.without_fixes(FixRefusal::Utf16)
        } else {
            reading
        }
    }

    /// The policy of the file that is written here.
    fn in_file(self, place: Place) -> Option<FilePolicy> {
        let reading = policy_files::read(&self.input.named_as(self.text), self.text).ok()?;
        let mut policies = self.fixable(reading).into_policies().into_iter();
        policies.find(|policy| policy.place() == (place.start as usize..place.end as usize))
    }

    /// Checks text that is not JSON.
    fn broken(self, pointer: &'t str, bytes: &[u8], offsets: Option<&Offsets>) -> Checked<'t> {
        let kind = self.kind_of(&Node::built(Value::Null));
        let findings = check_json(bytes, kind, self.options);
        Checked {
            kind,
            policy: Policy::Json {
                pointer,
                document: None,
                in_file: None,
            },
            findings: match offsets {
                Some(offsets) => offsets.moved_findings(findings),
                None => findings,
            },
        }
    }

    fn kind_of(self, root: &Node<'_>) -> Kind {
        self.input.kind.of(&self.input.path, self.plan.attached_to, root)
    }
}

/// A byte order mark.
const MARK: &str = "\u{FEFF}";

/// The elements by which a statement is known.
const TELLING: [&str; 5] = ["Effect", "Action", "NotAction", "Principal", "NotPrincipal"];

/// Whether a document that is nothing else is meant to be a policy: it is a statement, or a list of statements, or no document of any form.
fn is_meant_as_a_policy(root: &Node<'_>) -> bool {
    let has_element = |node: &Node<'_>| {
        let mut members = node.members().iter();
        members.any(|member| nearest(member.name.written(), TELLING).is_some())
    };
    match &root.value {
        Value::Object(_) | Value::Array(_) => root.as_list().iter().any(has_element),
        _ => true,
    }
}

const STATEMENT: &str = "Statement";
const LANGUAGES: [&str; 2] = [Version::V2012.name(), Version::V2008.name()];

/// Whether the document is a policy, perhaps a broken one, and not some other JSON.
pub fn is_like_a_policy(root: &Node<'_>) -> bool {
    let version = root.member("Version").and_then(Node::as_text).map(Text::written);
    version.is_some_and(|version| LANGUAGES.contains(&version))
        || root
            .members()
            .iter()
            .any(|member| nearest(STATEMENT, [member.name.written()]).is_some())
}
