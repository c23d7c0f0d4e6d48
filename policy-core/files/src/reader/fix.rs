//! Makes fixes in a file, and reads it again.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use policy_core::finding::Fix;

use super::Reader;
use crate::edit::{Edit, Fixer, edited};
use crate::policy::FilePolicy;
use crate::reading::Reading;

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
        let groups = grouped(text, fixes, 1).into_iter();
        let chosen: Vec<Chosen<'_>> = groups.flat_map(|group| group.chosen).collect();
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

    /// Which of these fixes can be made, each by itself, as [`fix`](Self::fix) makes it. The text is read again a few times, and not once
    /// for each of them: of very many that overlap or cannot be made, some that could be are not found.
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
    /// let fixes: Vec<_> = findings.iter().flat_map(|finding| finding.fixes()).map(|fix| (policy, fix)).collect();
    /// assert_eq!(reader.fixable(path, text, &fixes), [true, true]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn fixable(&mut self, path: &Path, text: &str, fixes: &[(&FilePolicy, &Fix)]) -> Vec<bool> {
        let mut good = vec![false; fixes.len()];
        let Ok(before) = self.read(path, text).map(Reading::into_policies) else {
            return good;
        };
        let mut reads = MOST_BY_ONE;
        for group in grouped(text, fixes, MOST_GROUPS) {
            let mut rest = vec![group.chosen.as_slice()];
            while let Some(part) = rest.pop() {
                let Some(left) = reads.checked_sub(1) else { break };
                reads = left;
                if self.verified(path, text, &before, part).is_some() {
                    for one in part {
                        good.get_mut(one.index).into_iter().for_each(|good| *good = true);
                    }
                } else if part.len() > 1 {
                    let (first, second) = part.split_at(part.len() / 2);
                    rest.extend([second, first]);
                }
            }
        }
        // What has been read last counts for the files beside it.
        let _ = self.read(path, text);
        good
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

/// How many groups of fixes that do not overlap are tried, where each fix is asked for by itself.
const MOST_GROUPS: usize = 8;

/// A fix that is made.
struct Chosen<'f> {
    /// Its number among those that are wanted.
    index: usize,
    policy: &'f FilePolicy,
    fix: &'f Fix,
    edits: Vec<Edit>,
}

/// Fixes that do not overlap.
#[derive(Default)]
struct Group<'f> {
    chosen: Vec<Chosen<'f>>,
    /// The ranges of their edits, from their starts to their ends.
    taken: BTreeMap<usize, usize>,
}

impl<'f> Group<'f> {
    /// Adds a fix, or gives it back if it overlaps another.
    fn add(&mut self, one: Chosen<'f>) -> Option<Chosen<'f>> {
        // Edits that touch would not be in an order.
        let is_free = |edit: &Edit| {
            let before = self.taken.range(..=edit.range.end).next_back();
            before.is_none_or(|(_, end)| *end < edit.range.start)
        };
        if !one.edits.iter().all(is_free) {
            return Some(one);
        }
        let ranges = one.edits.iter().map(|edit| (edit.range.start, edit.range.end));
        self.taken.extend(ranges);
        self.chosen.push(one);
        None
    }
}

/// The fixes that can be written in the file, in at most so many groups: of those that overlap, the first is in the first.
fn grouped<'f>(text: &str, fixes: &[(&'f FilePolicy, &'f Fix)], most: usize) -> Vec<Group<'f>> {
    let mut groups: Vec<Group<'f>> = Vec::new();
    let mut of_policies: HashMap<_, Fixer<'_>> = HashMap::new();
    for (index, &(policy, fix)) in fixes.iter().enumerate() {
        let own = of_policies
            .entry((policy.address(), policy.place()))
            .or_insert_with(|| policy.fixer(text));
        let Some(edits) = own.fix(fix).map(|fix| fix.edits().to_vec()) else {
            continue;
        };
        let one = Chosen {
            index,
            policy,
            fix,
            edits,
        };
        let left = groups.iter_mut().try_fold(one, |one, group| group.add(one).ok_or(()));
        if let Ok(one) = left
            && groups.len() < most
        {
            let mut group = Group::default();
            group.add(one);
            groups.push(group);
        }
    }
    groups
}
