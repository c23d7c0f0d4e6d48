//! Quick fixes, allowances, and all safe fixes of a file at once.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use policy_core::check::Options;
use policy_core::finding::{Code, Finding, Fix};
use policy_files::{Edit, FileFix, FilePolicy, Language, Reader, StaleAllowance, edited, language_of};
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

/// A finding that is offered actions.
struct Offer<'d> {
    checked: &'d Checked,
    finding: &'d Finding,
    /// The bytes of the text that it is about.
    range: Range<usize>,
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
        if let Some(edit) = allowance {
            actions.push(json!({
                "title": format!("allow {} for `{}`, with a reason", finding.code(), finding.subject()),
                "kind": QUICK_FIX,
                "diagnostics": diagnostics(),
                "edit": workspace_edit(document, uri, &[edit]),
            }));
        }
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

/// For each finding a comment that says that it is right, with a reason that is for the user to write, if it can be put above the line, in a
/// file in which edits stay. The file is read again with all of them: a comment in a text would be part of it.
fn allowances(document: &Document, reader: &mut Reader, offers: &[Offer<'_>]) -> Vec<Option<Edit>> {
    let is_json = language_of(document.path()) == Some(Language::Json);
    let comments = offers.iter().map(|offer| {
        let is_wanted = !is_json && offer.checked.policy.fix_refusal().is_none();
        comment(document.text().content(), offer).filter(|_| is_wanted)
    });
    let comments: Vec<Option<Edit>> = comments.collect();
    let all: Vec<(&Offer<'_>, &Edit)> = offers
        .iter()
        .zip(&comments)
        .filter_map(|(offer, comment)| Some((offer, comment.as_ref()?)))
        .collect();
    if all.is_empty() {
        return comments;
    }
    let hidden = hidden(document, reader, &all).unwrap_or_else(|| {
        // One of them is not a comment in its place, and the text cannot be read.
        let by_one = all.iter().take(MOST_BY_ONE);
        by_one
            .flat_map(|one| hidden(document, reader, &[*one]).unwrap_or(vec![false]))
            .collect()
    });
    // What the reader has been given counts for the files beside it.
    let is_read = reader.read(document.path(), document.text().content()).is_ok();
    let mut hidden = hidden.into_iter();
    comments
        .iter()
        .map(|comment| comment.clone().filter(|_| hidden.next() == Some(true) && is_read))
        .collect()
}

/// How many comments are tried one by one, if the text cannot be read with all.
const MOST_BY_ONE: usize = 16;

/// The comment that allows a finding, above its line.
fn comment(text: &str, offer: &Offer<'_>) -> Option<Edit> {
    offer.finding.allow_when()?;
    let line = text.get(..offer.range.start)?.rfind('\n').map_or(0, |end| end + 1);
    let indent: String = text
        .get(line..)?
        .chars()
        .take_while(|letter| matches!(letter, ' ' | '\t'))
        .collect();
    let (code, subject) = (offer.finding.code().name(), offer.finding.subject());
    Some(Edit {
        range: line..line,
        text: format!("{indent}# policy: allow({code}, \"{subject}\", reason = \"REASON\")\n"),
    })
}

/// Which of these comments hide what they are about, in the text with all of them; `None` if it cannot be read.
fn hidden(document: &Document, reader: &mut Reader, comments: &[(&Offer<'_>, &Edit)]) -> Option<Vec<bool>> {
    let mut edits: Vec<Edit> = comments.iter().map(|(_, edit)| (*edit).clone()).collect();
    edits.sort_by_key(|edit| edit.range.start);
    let text = edited(document.text().content(), &edits)?;
    let policies = reader.read(document.path(), &text).ok()?.into_policies();
    let mut by_address: HashMap<&str, &FilePolicy> = HashMap::new();
    for policy in &policies {
        by_address.entry(policy.address()).or_insert(policy);
    }
    let mut checked: HashMap<&str, HashSet<(Code, String)>> = HashMap::new();
    let mut hidden = Vec::new();
    for (offer, _) in comments {
        let own = |finding: &Finding| (finding.code(), finding.subject().to_owned());
        let Some((address, policy)) = by_address.get_key_value(offer.checked.policy.address()) else {
            hidden.push(false);
            continue;
        };
        // What is still found, and the allowances that hide nothing.
        let told = checked.entry(address).or_insert_with(|| {
            let (findings, stale) = policy.check_on(today(), &Options::new());
            let stale = stale.iter().map(StaleAllowance::allowance);
            let stale = stale.map(|own| (own.code(), own.subject().to_owned()));
            findings.iter().map(own).chain(stale).collect()
        });
        hidden.push(!told.contains(&own(offer.finding)));
    }
    Some(hidden)
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
