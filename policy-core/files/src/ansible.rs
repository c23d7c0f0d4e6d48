//! Playbooks and tasks of Ansible, in whose texts Jinja replaces what is between braces after they are read as YAML.
//! <https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_templating.html>

use crate::item::{HoleKind, Item, Template, Value};

/// The members by which a play or a task is known, besides the full name of a module: `amazon.aws.iam_managed_policy`.
/// <https://docs.ansible.com/ansible/latest/reference_appendices/playbooks_keywords.html>
const KEYWORDS: [&str; 6] = ["block", "hosts", "import_playbook", "name", "register", "tasks"];

/// Whether a document is a list of plays or tasks. No other file with policies is a list of maps with names.
pub(crate) fn is_of(root: &Item) -> bool {
    let is_member = |name: &str| KEYWORDS.contains(&name) || name.split('.').count() == 3;
    let is_task = |item: &Item| item.entries().iter().any(|entry| entry.name().is_some_and(is_member));
    matches!(&root.value, Value::List(items) if !items.is_empty() && items.iter().all(is_task))
}

/// The opening and the closing braces of what Jinja replaces.
const BRACES: [(&str, &str); 2] = [("{{", "}}"), ("{%", "%}")];

/// A text with its expressions and tags as holes.
pub(crate) fn interpolated(template: &Template) -> Template {
    template.replaced(&|written, from| {
        let (start, end) = next(written.text(), from)?;
        let inside = written.text().get(start + 2..end - 2).unwrap_or_default();
        let name = inside.trim_matches(['-', '+', ' ']);
        let hole = Template::hole(written.range(start..end), name, HoleKind::Unknown);
        Some((start..end, hole))
    })
}

/// The next of what Jinja replaces, from here on.
fn next(text: &str, from: usize) -> Option<(usize, usize)> {
    let rest = text.get(from..)?;
    let all = BRACES.iter().filter_map(|(open, close)| {
        let start = rest.find(open)?;
        let end = start + open.len() + rest.get(start + open.len()..)?.find(close)? + close.len();
        Some((from + start, from + end))
    });
    all.min()
}
