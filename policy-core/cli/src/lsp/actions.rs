//! Quick fixes, allowances, and all safe fixes of a file at once.

use std::ops::Range;

use policy_core::check::Options;
use policy_core::finding::{Finding, Fix};
use policy_files::{Edit, FilePolicy, Reader, edited};
use serde_json::{Value, json};

use super::document::{Checked, Document};
use crate::arguments::today;
use crate::fixes::only_fix;

/// The kinds of code actions that there are.
pub const KINDS: [&str; 2] = [QUICK_FIX, FIX_ALL];

/// One fix.
const QUICK_FIX: &str = "quickfix";
/// All safe fixes, which an editor can make whenever the file is saved.
const FIX_ALL: &str = "source.fixAll.policy";

/// The answer to `textDocument/codeAction`. `range` is what the user looks at, and `only` the kinds that are wanted, if not all
/// are. A document that cannot be read has none: what would be edited is not what was checked.
pub fn actions(document: &Document, uri: &str, reader: &mut Reader, range: &Range<usize>, only: &Value) -> Value {
    let wanted = only.as_array();
    let is_wanted = |kind: &str| {
        // `source` is all kinds that begin with it.
        let is_of = |own: &str| kind == own || kind.strip_prefix(own).is_some_and(|rest| rest.starts_with('.'));
        wanted.is_none_or(|kinds| kinds.iter().filter_map(Value::as_str).any(is_of))
    };
    let mut actions = Vec::new();
    if document.is_current() && is_wanted(QUICK_FIX) {
        add_fixes(document, uri, reader, range, &mut actions);
    }
    if document.is_current() && is_wanted(FIX_ALL) {
        actions.extend(fix_all(document, uri, reader));
    }
    Value::Array(actions)
}

/// Adds the fixes of the findings in a range.
fn add_fixes(document: &Document, uri: &str, reader: &mut Reader, range: &Range<usize>, actions: &mut Vec<Value>) {
    let text = document.text().content();
    for checked in document.policies() {
        let fixer = checked.policy.fixer(text);
        for finding in &checked.findings {
            let own = checked.policy.range_of(finding);
            if own.end < range.start || range.end < own.start {
                continue;
            }
            actions.extend(allowance(document, uri, reader, checked, finding));
            for (index, fix) in finding.fixes().iter().enumerate() {
                let Some(edits) = fixer.fix(fix) else { continue };
                // It is read again: what is offered is what the fix makes of the policy.
                if reader.fix(document.path(), text, &[(&checked.policy, fix)]).is_none() {
                    continue;
                }
                actions.push(json!({
                    "title": edits.title(),
                    "kind": QUICK_FIX,
                    "diagnostics": [document.diagnostic(checked, finding, &own)],
                    "isPreferred": index == 0,
                    "edit": workspace_edit(document, uri, edits.edits()),
                }));
            }
        }
    }
}

/// A comment that says that a finding is right, with a reason that is for the user to write, if it can be put above the line, in a file in
/// which edits stay. The file is read again: a comment in a text would be part of it.
fn allowance(
    document: &Document,
    uri: &str,
    reader: &mut Reader,
    checked: &Checked,
    finding: &Finding,
) -> Option<Value> {
    finding.allow_when()?;
    if checked.policy.fix_refusal().is_some() {
        return None;
    }
    let text = document.text().content();
    let own = checked.policy.range_of(finding);
    let line = text.get(..own.start)?.rfind('\n').map_or(0, |end| end + 1);
    let indent: String = text
        .get(line..)?
        .chars()
        .take_while(|letter| matches!(letter, ' ' | '\t'))
        .collect();
    let (code, subject) = (finding.code().name(), finding.subject());
    let insertion = Edit {
        range: line..line,
        text: format!("{indent}# policy: allow({code}, \"{subject}\", reason = \"REASON\")\n"),
    };
    let edits = [insertion];
    let reading = reader.read(document.path(), &edited(text, &edits)?).ok();
    // What the reader has been given counts for the files beside it.
    reader.read(document.path(), text).ok()?;
    let policies = reading?.into_policies();
    let after = policies
        .iter()
        .find(|policy| policy.address() == checked.policy.address())?;
    let (findings, stale) = after.check_on(today(), &Options::new());
    let is_same = |own: &Finding| own.code() == finding.code() && own.subject() == subject;
    let is_hidden = stale.is_empty() && !findings.iter().any(is_same);
    is_hidden.then(|| {
        json!({
            "title": format!("allow {code} for `{subject}`, with a reason"),
            "kind": QUICK_FIX,
            "diagnostics": [document.diagnostic(checked, finding, &own)],
            "edit": workspace_edit(document, uri, &edits),
        })
    })
}

/// All fixes after which the policies evaluate the same, as `policy check --fix` makes them.
fn fix_all(document: &Document, uri: &str, reader: &mut Reader) -> Option<Value> {
    let text = document.text().content();
    let mut safe: Vec<(&FilePolicy, &Fix)> = Vec::new();
    for checked in document.policies() {
        let fixer = checked.policy.fixer(text);
        let all = checked.findings.iter().filter_map(only_fix);
        let own = all.filter(|fix| fixer.fix(fix).is_some_and(|fix| fix.is_safe()));
        safe.extend(own.map(|fix| (&checked.policy, fix)));
    }
    if safe.is_empty() {
        return None;
    }
    let (changed, count) = reader.fix(document.path(), text, &safe)?;
    let title = match count {
        1 => "make the 1 fix after which the policies evaluate the same".to_owned(),
        count => format!("make all {count} fixes after which the policies evaluate the same"),
    };
    Some(json!({
        "title": title,
        "kind": FIX_ALL,
        "edit": workspace_edit(document, uri, &[Edit::between(text, &changed)]),
    }))
}

fn workspace_edit(document: &Document, uri: &str, edits: &[Edit]) -> Value {
    let edits: Vec<Value> = edits
        .iter()
        .map(|edit| json!({ "range": document.text().range(&edit.range), "newText": edit.text }))
        .collect();
    json!({ "changes": { uri: edits } })
}
