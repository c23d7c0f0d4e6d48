//! The policies in one file, checked.

use policy_core::check::{check, check_json};
use policy_core::document::{Document, Node, Text};
use policy_core::finding::{Finding, Findings};
use policy_core::names::nearest;
use policy_core::policy::Kind;

use crate::arguments::Plan;
use crate::embedded::Offsets;
use crate::files::Input;

/// A policy, and what is wrong with it.
pub struct Checked<'t> {
    /// Where in the file it stands, as a JSON Pointer.
    pointer: &'t str,
    pub kind: Kind,
    /// None if the text is not JSON.
    document: Option<Document<'t>>,
    pub findings: Findings,
}

impl Checked<'_> {
    /// The JSON Pointer, from the root of the file, to where a finding stands.
    pub fn path_to(&self, finding: &Finding) -> String {
        let path = self
            .document
            .as_ref()
            .and_then(|document| document.path_to(finding.place()))
            .unwrap_or_default();
        format!("{}{path}", self.pointer)
    }
}

/// What was found in one file.
#[derive(Default)]
pub struct Content<'t> {
    pub checked: Vec<Checked<'t>>,
    /// Why there is no policy where a pointer leads.
    pub absent: Vec<String>,
}

/// Checks what a file has: the policy that it is, or those to which the pointers lead. Nothing is checked in a file of a
/// folder that is no policy.
pub fn check_file<'t>(bytes: &[u8], text: &'t str, input: &Input, plan: &'t Plan) -> Content<'t> {
    let mut content = Content::default();
    let kind_of = |root: &Node<'_>| input.kind.of(&input.path, plan.attached_to, root);
    let read = std::str::from_utf8(bytes).ok().and_then(|_| Document::read(text).ok());
    match read {
        None if input.named || text.contains(STATEMENT) => {
            let kind = kind_of(&Node::string(""));
            content.checked.push(Checked {
                pointer: "",
                kind,
                document: None,
                findings: check_json(bytes, kind, &plan.options),
            });
        }
        None => {}
        Some(document) if plan.pointers.is_empty() => {
            if input.named || is_like_a_policy(document.root()) {
                let kind = kind_of(document.root());
                content.checked.push(Checked {
                    pointer: "",
                    kind,
                    findings: check(&document, kind, &plan.options),
                    document: Some(document),
                });
            }
        }
        Some(document) => {
            for pointer in &plan.pointers {
                match document.root().at(pointer) {
                    Ok(node) => match node.as_text() {
                        Some(string) => content.check_string(pointer, string, node, text, &kind_of, plan),
                        None => {
                            let document = Document::new(node.clone());
                            let kind = kind_of(node);
                            content.checked.push(Checked {
                                pointer,
                                kind,
                                findings: check(&document, kind, &plan.options),
                                document: Some(document),
                            });
                        }
                    },
                    Err(error) if input.named => content.absent.push(error.to_string()),
                    Err(_) => {}
                }
            }
        }
    }
    content
}

impl<'t> Content<'t> {
    /// Checks the policy that a string is.
    fn check_string(
        &mut self,
        pointer: &'t str,
        string: &Text<'_>,
        node: &Node<'_>,
        text: &str,
        kind_of: &impl Fn(&Node<'_>) -> Kind,
        plan: &Plan,
    ) {
        let json = string.written();
        if json.trim_start().starts_with("%7B") {
            self.absent.push(format!(
                "`{pointer}` is a policy that is percent-encoded, as IAM's API gives it; decode it first"
            ));
            return;
        }
        let literal = text.get(node.place.start as usize..node.place.end as usize);
        let offsets = Offsets::of(literal.unwrap_or_default(), node.place.start);
        self.checked.push(match Document::read(json) {
            Ok(document) => {
                let document = offsets.moved(document);
                let kind = kind_of(document.root());
                Checked {
                    pointer,
                    kind,
                    findings: check(&document, kind, &plan.options),
                    document: Some(document),
                }
            }
            Err(_) => {
                let kind = kind_of(node);
                Checked {
                    pointer,
                    kind,
                    findings: offsets.moved_findings(&check_json(json.as_bytes(), kind, &plan.options)),
                    document: None,
                }
            }
        });
    }
}

const STATEMENT: &str = "Statement";

/// Whether the document is a policy, perhaps a broken one, and not some other JSON.
fn is_like_a_policy(root: &Node<'_>) -> bool {
    let version = root.member("Version").and_then(Node::as_text).map(Text::written);
    matches!(version, Some("2012-10-17" | "2008-10-17"))
        || root
            .members()
            .iter()
            .any(|member| nearest(STATEMENT, [member.name.written()]).is_some())
}
