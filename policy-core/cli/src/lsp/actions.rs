//! Quick fixes, and all safe fixes of a file at once.

use std::cell::OnceCell;
use std::ops::Range;

use policy_core::finding::{Finding, Fix};
use policy_files::{Edit, FileFix, FilePolicy, Reader};
use serde_json::{Value, json};

use super::allowances::allowances;
use super::document::{Checked, Document};
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

/// A finding that is offered actions.
pub struct Offer<'d> {
    pub checked: &'d Checked,
    pub finding: &'d Finding,
    /// The bytes of the text that it is about.
    pub range: Range<usize>,
    fixes: Vec<(FileFix, &'d Fix)>,
}

/// Adds the fixes of the findings in a range.
fn add_fixes(document: &Document, uri: &str, reader: &mut Reader, range: &Range<usize>, actions: &mut Vec<Value>) {
    let offers = offers(document, range);
    let allowances = allowances(document, reader, &offers);
    // Each is read again, all of them at once: what is offered is what the fix makes of the policy.
    let fixes: Vec<(&FilePolicy, &Fix)> = offers
        .iter()
        .flat_map(|offer| offer.fixes.iter().map(|(_, fix)| (&offer.checked.policy, *fix)))
        .collect();
    let mut are_good = reader
        .fixable(document.path(), document.text().content(), &fixes)
        .into_iter();
    for (offer, allowance) in offers.iter().zip(allowances) {
        let finding = offer.finding;
        let diagnostics = || json!([document.diagnostic(offer.checked, finding, &offer.range)]);
        for (index, (fix, _)) in offer.fixes.iter().enumerate() {
            if are_good.next() == Some(true) {
                actions.push(json!({
                    "title": fix.title(),
                    "kind": QUICK_FIX,
                    "diagnostics": diagnostics(),
                    "isPreferred": index == 0,
                    "edit": workspace_edit(document, uri, fix.edits()),
                }));
            }
        }
        if let Some(edit) = allowance {
            actions.push(json!({
                "title": format!("allow {} for `{}`, with a reason", finding.code(), finding.subject()),
                "kind": QUICK_FIX,
                "diagnostics": diagnostics(),
                "edit": workspace_edit(document, uri, &[edit]),
            }));
        }
    }
}

/// The findings in a range.
fn offers<'d>(document: &'d Document, range: &Range<usize>) -> Vec<Offer<'d>> {
    let text = document.text().content();
    let mut offers = Vec::new();
    for checked in document.policies() {
        let policy = &checked.policy;
        let own = checked
            .findings
            .iter()
            .map(|finding| (finding, policy.range_of(finding)));
        let own = own.filter(|(_, own)| range.start <= own.end && own.start <= range.end);
        let editor = OnceCell::new();
        offers.extend(own.map(|(finding, range)| {
            let editor = editor.get_or_init(|| policy.fixer(text));
            let fixes = finding.fixes().iter();
            Offer {
                checked,
                finding,
                range,
                fixes: fixes.filter_map(|fix| Some((editor.fix(fix)?, fix))).collect(),
            }
        }));
    }
    offers
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
