//! Which actions and resources of a list others cover.

use std::borrow::Cow;

use crate::arn::{ArnPattern, Candidates, Glob, Sieve};

/// What the texts of a list are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::policy::whole) enum Matter {
    Actions,
    Resources,
}

/// A text of a list, read once.
pub(in crate::policy::whole) struct Item<'t> {
    written: &'t str,
    /// In lower case, if case does not matter.
    pub(in crate::policy::whole) folded: Cow<'t, str>,
    matter: Matter,
    sieve: Sieve,
    /// A resource that can be compared: what is not an ARN may break its statement, and the value of a variable is not known.
    arn: Option<ArnPattern<'t>>,
}

impl<'t> Item<'t> {
    pub(in crate::policy::whole) fn of(written: &'t str, matter: Matter) -> Self {
        let (folded, arn) = match matter {
            Matter::Actions => (Cow::Owned(written.to_ascii_lowercase()), None),
            Matter::Resources => {
                let arn = ArnPattern::parse(written).ok();
                (Cow::Borrowed(written), arn.filter(|_| !written.contains('$')))
            }
        };
        Self {
            written,
            sieve: Sieve::of(written),
            folded,
            matter,
            arn,
        }
    }

    pub(in crate::policy::whole) fn is_pattern(&self) -> bool {
        self.written.contains(['*', '?'])
    }

    /// What is had without reading much: whether the other has all that is written of it.
    pub(in crate::policy::whole) fn may_cover(&self, other: &Self) -> bool {
        self.sieve.may_cover(&other.sieve)
    }

    /// Whether it matches all that the other matches.
    pub(in crate::policy::whole) fn covers(&self, other: &Self) -> bool {
        if self.folded == other.folded {
            return true;
        }
        match self.matter {
            Matter::Actions => Glob::wildcards(&self.folded).covers(Glob::wildcards(&other.folded)),
            // Field by field, lest a `*` is taken to reach farther than it does.
            Matter::Resources => match (&self.arn, &other.arn) {
                (_, Some(_)) if self.written == "*" => true,
                (Some(wide), Some(narrow)) => wide.covers(narrow),
                _ => false,
            },
        }
    }
}

/// Which of the texts others of them cover: of those that cover each other, all but the shortest, and of those the first.
pub(in crate::policy::whole) fn covered(texts: &[&str], matter: Matter) -> Vec<bool> {
    let items: Vec<Item<'_>> = texts.iter().map(|text| Item::of(text, matter)).collect();
    let mut is_covered = vec![false; items.len()];
    let mut patterns: Vec<(usize, &Item<'_>)> =
        items.iter().enumerate().filter(|(_, item)| item.is_pattern()).collect();
    if patterns.is_empty() {
        return is_covered;
    }
    // One that a shorter covers is not among those that are kept, and what it covers the shorter covers too.
    patterns.sort_by_key(|(_, pattern)| pattern.written.len());
    let candidates = Candidates::of(items.iter().map(|item| Cow::Borrowed(&*item.folded)).collect());
    for (index, pattern) in patterns {
        if is_covered.get(index) == Some(&true) {
            continue;
        }
        candidates.of_pattern(&pattern.folded, &mut |other| {
            if let (Some(item), Some(slot)) = (items.get(other), is_covered.get_mut(other)) {
                *slot = *slot || other != index && pattern.covers(item);
            }
        });
    }
    is_covered
}

/// The texts that no other covers.
pub(in crate::policy::whole) fn widest<T: AsRef<str>>(texts: Vec<T>, matter: Matter) -> Vec<T> {
    let written: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
    let is_covered = covered(&written, matter);
    let kept = texts.into_iter().zip(is_covered).filter(|(_, is_covered)| !is_covered);
    kept.map(|(text, _)| text).collect()
}
