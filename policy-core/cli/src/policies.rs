//! The policies in one file, checked.

use policy_core::check::{check, check_json};
use policy_core::document::{Document, Node, Text, Value};
use policy_core::finding::{Finding, Findings};
use policy_core::policy::{Kind, Version};
use policy_core::spelling::nearest;

use crate::arguments::Plan;
use crate::embedded::Offsets;
use crate::files::Input;

/// A policy, and what is wrong with it.
pub struct Checked<'t> {
    /// Its place in the file, as a JSON Pointer.
    pointer: &'t str,
    pub kind: Kind,
    /// `None` if the text is not JSON.
    document: Option<Document<'t>>,
    pub findings: Findings,
}

impl Checked<'_> {
    /// The JSON Pointer of a finding from the root of the file.
    pub fn path_to(&self, finding: &Finding) -> String {
        let path = self
            .document
            .as_ref()
            .and_then(|document| document.path_to(finding.place()))
            .unwrap_or_default();
        format!("{}{path}", self.pointer)
    }
}

/// The policies of one file.
#[derive(Default)]
pub struct Content<'t> {
    pub checked: Vec<Checked<'t>>,
    /// The reasons why a pointer does not lead to a policy.
    pub absent: Vec<String>,
    /// In a named file that is not a policy: the JSON Pointers of the policies inside it.
    pub inside: Vec<String>,
}

/// Checks a file: as one policy, or the policies at the pointers. A file of a folder is checked only if it is a
/// policy. `text` is the bytes as far as they are text.
pub fn check_file<'t>(bytes: &[u8], text: &'t str, input: &Input, plan: &'t Plan) -> Content<'t> {
    Checker { text, input, plan }.check(bytes)
}

#[derive(Clone, Copy)]
struct Checker<'t, 'i> {
    text: &'t str,
    input: &'i Input,
    plan: &'t Plan,
}

impl<'t> Checker<'t, '_> {
    fn check(self, bytes: &[u8]) -> Content<'t> {
        let named = self.input.named;
        let mut content = Content::default();
        let read = std::str::from_utf8(bytes)
            .ok()
            .and_then(|_| Document::read(self.text).ok());
        match read {
            None if named || mentions_a_policy(self.text) => content.checked.push(self.broken("", bytes, None)),
            None => {}
            Some(document) if self.plan.pointers.is_empty() => {
                let is_policy = is_like_a_policy(document.root());
                if named && !is_policy {
                    let path_to = |node: &Node<'_>| Some(document.path_to(node.place)?.to_string());
                    content.inside = inside(document.root()).into_iter().filter_map(path_to).collect();
                }
                if named || is_policy {
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

    /// Checks a policy inside a larger document, which may have it as a string.
    fn check_inside(self, pointer: &'t str, node: &Node<'t>) -> Result<Checked<'t>, String> {
        let Some(json) = node.as_text().map(Text::written) else {
            return Ok(self.sound(pointer, Document::new(node.clone())));
        };
        if json.trim_start().starts_with("%7B") {
            return Err(format!(
                "`{pointer}` is percent-encoded, as IAM's API returns policies; decode it first"
            ));
        }
        let literal = self.text.get(node.place.start as usize..node.place.end as usize);
        let offsets = Offsets::of(literal.unwrap_or_default(), node.place.start);
        Ok(match Document::read(json) {
            Ok(document) => self.sound(pointer, offsets.moved(&document)),
            Err(_) => self.broken(pointer, json.as_bytes(), Some(&offsets)),
        })
    }

    fn sound(self, pointer: &'t str, document: Document<'t>) -> Checked<'t> {
        let kind = self.kind_of(document.root());
        Checked {
            pointer,
            kind,
            findings: check(&document, kind, &self.plan.options),
            document: Some(document),
        }
    }

    /// Checks text that is not JSON.
    fn broken(self, pointer: &'t str, bytes: &[u8], offsets: Option<&Offsets>) -> Checked<'t> {
        let kind = self.kind_of(&Node::built(Value::Null));
        let findings = check_json(bytes, kind, &self.plan.options);
        Checked {
            pointer,
            kind,
            document: None,
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

const STATEMENT: &str = "Statement";
const LANGUAGES: [&str; 2] = [Version::V2012.name(), Version::V2008.name()];

/// Whether a text that is not JSON was meant to be a policy.
fn mentions_a_policy(text: &str) -> bool {
    text.contains(STATEMENT) || LANGUAGES.iter().any(|language| text.contains(language))
}

/// Whether the document is a policy, perhaps a broken one, and not some other JSON.
pub fn is_like_a_policy(root: &Node<'_>) -> bool {
    let version = root.member("Version").and_then(Node::as_text).map(Text::written);
    version.is_some_and(|version| LANGUAGES.contains(&version))
        || root
            .members()
            .iter()
            .any(|member| nearest(STATEMENT, [member.name.written()]).is_some())
}

/// The policies inside a larger document: objects, and strings of JSON.
fn inside<'n, 't>(node: &'n Node<'t>) -> Vec<&'n Node<'t>> {
    match &node.value {
        _ if node.member(STATEMENT).is_some() => vec![node],
        Value::String(text) if text.written().trim_start().starts_with('{') && text.written().contains(STATEMENT) => {
            vec![node]
        }
        Value::Array(elements) => elements.iter().flat_map(inside).collect(),
        Value::Object(members) => members.iter().flat_map(|member| inside(&member.value)).collect(),
        _ => Vec::new(),
    }
}
