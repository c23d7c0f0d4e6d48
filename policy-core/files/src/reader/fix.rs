//! Makes fixes in a file, and reads it again.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use policy_core::finding::Fix;

use super::Reader;
use crate::edit::{Edit, Fixer, edited};
use crate::policy::FilePolicy;

impl Reader {
    /// The text of a file with as many of these fixes made as can be made at once, and how many these are. The fixes are of
    /// findings of the policies that were read from this text by this path.
    ///
    /// The text is read again: what has been made of each policy is what its fixes make of its document, and all other policies of the
    /// file are as before. Fixes that overlap others, that change what several policies share, or that cannot be written in the
    /// language of the file, are left out.
    ///
    /// ```
    /// use std::path::Path;
    /// use policy_files::Reader;
    ///
    /// let (path, mut reader) = (Path::new("policy.json"), Reader::new());
    /// let text = r#"{ "Statement": { "Effect": "Allow", "Action": ["s3:Get*", "s3:GetObject"], "Resource": "*" } }"#;
    /// let reading = reader.read(path, text)?;
    /// let policy = &reading.policies()[0];
    /// let findings = policy.check(&Default::default());
    /// let safe = findings.iter().flat_map(|finding| finding.fixes()).filter(|fix| fix.is_safe());
    /// let fixes: Vec<_> = safe.map(|fix| (policy, fix)).collect();
    /// let (fixed, count) = reader.fix(path, text, &fixes).ok_or("fixes that can be made")?;
    /// assert_eq!(count, 2);
    /// assert_eq!(
    ///     fixed,
    ///     r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": ["s3:Get*"], "Resource": "*" } }"#
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn fix(&mut self, path: &Path, text: &str, fixes: &[(&FilePolicy, &Fix)]) -> Option<(String, usize)> {
        let before = self.read(path, text).ok()?.into_policies();
        let chosen = chosen(text, fixes);
        if let Some(fixed) = self.verified(path, text, &before, &chosen) {
            return Some((fixed, chosen.len()));
        }
        // One of them is not what it should be. Files with many are not made right one by one.
        let mut good: Vec<Chosen<'_>> = Vec::new();
        let mut last = None;
        for one in chosen.into_iter().take(MOST_BY_ONE) {
            good.push(one);
            match self.verified(path, text, &before, &good) {
                Some(text) => last = Some(text),
                None => drop(good.pop()),
            }
        }
        Some((last?, good.len()))
    }

    /// The text with these fixes, if its policies are then what the fixes make of them.
    fn verified(&mut self, path: &Path, text: &str, before: &[FilePolicy], fixes: &[Chosen<'_>]) -> Option<String> {
        let mut edits: Vec<Edit> = fixes.iter().flat_map(|one| one.edits.clone()).collect();
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        let written = (!edits.is_empty()).then(|| edited(text, &edits))??;
        let after = self.read(path, &written).ok()?.into_policies();
        let mut own: HashMap<_, Vec<&Fix>> = HashMap::new();
        for one in fixes {
            let policy = (one.policy.address(), one.policy.place());
            own.entry(policy).or_default().push(one.fix);
        }
        let is_expected = |(before, after): (&FilePolicy, &FilePolicy)| {
            let own = own.get(&(before.address(), before.place()));
            let own = own.map(Vec::as_slice).unwrap_or_default();
            let expected = |old| Fix::apply_all(own.iter().copied(), old);
            before.documents().len() == after.documents().len()
                && before.documents().iter().zip(after.documents()).all(|(old, new)| {
                    if own.is_empty() {
                        old == new
                    } else {
                        expected(old) == *new
                    }
                })
        };
        (before.len() == after.len() && before.iter().zip(&after).all(is_expected)).then_some(written)
    }
}

/// How many fixes of a file are made one by one, if all at once do not give what they should.
const MOST_BY_ONE: usize = 64;

/// A fix that is made.
struct Chosen<'f> {
    policy: &'f FilePolicy,
    fix: &'f Fix,
    edits: Vec<Edit>,
}

/// Of fixes that overlap, the first.
fn chosen<'f>(text: &str, fixes: &[(&'f FilePolicy, &'f Fix)]) -> Vec<Chosen<'f>> {
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    let mut chosen = Vec::new();
    let mut of_policies: HashMap<_, Fixer<'_>> = HashMap::new();
    for &(policy, fix) in fixes {
        let own = of_policies
            .entry((policy.address(), policy.place()))
            .or_insert_with(|| policy.fixer(text));
        let Some(edits) = own.fix(fix).map(|fix| fix.edits().to_vec()) else {
            continue;
        };
        // Edits that touch would not be in an order.
        let is_free = |edit: &Edit| {
            let before = taken.range(..=edit.range.end).next_back();
            before.is_none_or(|(_, end)| *end < edit.range.start)
        };
        if edits.iter().all(is_free) {
            taken.extend(edits.iter().map(|edit| (edit.range.start, edit.range.end)));
            chosen.push(Chosen { policy, fix, edits });
        }
    }
    chosen
}
