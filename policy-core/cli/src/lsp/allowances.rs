//! Comments that allow findings, as an editor offers them.

use std::collections::{HashMap, HashSet};

use policy_core::check::Options;
use policy_core::finding::{Code, Finding};
use policy_files::{Allowance, Edit, FilePolicy, Language, Reader, StaleAllowance, edited, language_of};

use super::actions::Offer;
use super::document::Document;
use crate::arguments::today;

/// For each finding a comment that says that it is right, with a reason that is for the user to write, in a file that has comments and in
/// which edits stay. The file is read again with all of them: a comment in a text would be part of it, and one before a policy may be of
/// another.
pub fn allowances(document: &Document, reader: &mut Reader, offers: &[Offer<'_>]) -> Vec<Option<Edit>> {
    let mut found: Vec<Option<Edit>> = vec![None; offers.len()];
    if matches!(language_of(document.path()), None | Some(Language::Json)) {
        return found;
    }
    let is_wanted = |offer: &Offer<'_>| {
        let has_controls = offer.finding.subject().contains(char::is_control);
        !has_controls && offer.checked.policy.fix_refusal().is_none()
    };
    for place in PLACES {
        let missing = offers.iter().zip(&mut found);
        let missing = missing.filter(|(offer, found)| found.is_none() && is_wanted(offer));
        let tried = missing.filter_map(|(offer, found)| {
            let comment = comment(document.text().content(), offer, place)?;
            Some((offer, comment, found))
        });
        let tried: Vec<(&Offer<'_>, Edit, &mut Option<Edit>)> = tried.collect();
        let all: Vec<(&Offer<'_>, &Edit)> = tried.iter().map(|(offer, comment, _)| (*offer, comment)).collect();
        if all.is_empty() {
            break;
        }
        let hidden = hidden(document, reader, &all).unwrap_or_else(|| {
            // One of them is not a comment in its place, and the text cannot be read.
            let by_one = all.iter().take(MOST_BY_ONE);
            by_one
                .flat_map(|one| hidden(document, reader, &[*one]).unwrap_or(vec![false]))
                .collect()
        });
        for ((_, comment, found), is_hidden) in tried.into_iter().zip(hidden) {
            *found = Some(comment).filter(|_| is_hidden);
        }
    }
    // What the reader has been given counts for the files beside it.
    if reader.read(document.path(), document.text().content()).is_err() {
        found.fill(None);
    }
    found
}

/// How many comments are tried one by one, if the text cannot be read with all.
const MOST_BY_ONE: usize = 16;

/// Above which line a comment is tried: that of the finding; where that is in a text, the first one of the policy, or the one before, in which
/// the text is named.
#[derive(Clone, Copy)]
enum Above {
    Finding,
    Policy,
    Text,
}

const PLACES: [Above; 3] = [Above::Finding, Above::Policy, Above::Text];

/// The comment that allows a finding.
fn comment(text: &str, offer: &Offer<'_>, above: Above) -> Option<Edit> {
    let start_of = |byte: usize| Some(text.get(..byte)?.rfind('\n').map_or(0, |end| end + 1));
    let policy = offer.checked.policy.place().start;
    let line = match above {
        Above::Finding => start_of(offer.range.start)?,
        Above::Policy => start_of(policy)?,
        Above::Text => start_of(start_of(policy)?.checked_sub(1)?)?,
    };
    let rest = text.get(line..)?;
    let indent = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let own = Allowance::comment_for(offer.finding, "REASON");
    Some(Edit {
        range: line..line,
        text: format!("{}# {own}\n", rest.get(..indent)?),
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
            let read = &offer.checked.policy;
            let policy = (*policy).clone().with_kind(read.kind(), read.attached_to());
            let (findings, stale) = policy.check_on(today(), &Options::new());
            let stale = stale.iter().map(StaleAllowance::allowance);
            let stale = stale.map(|own| (own.code(), own.subject().to_owned()));
            findings.iter().map(own).chain(stale).collect()
        });
        hidden.push(!told.contains(&own(offer.finding)));
    }
    Some(hidden)
}
