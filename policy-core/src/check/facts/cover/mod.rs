//! Whether an element of a statement covers that of another: all that the one matches, the other matches too.

mod glob;
mod matter;

use crate::arn::{ArnPattern, Glob, Sieve};
use crate::collected::CollectVec;
use crate::document::Text;
use crate::policy::Element;

pub(in crate::check) use glob::glob;
pub(in crate::check) use matter::Matter;

/// How many pairs of texts are compared without a sieve, which takes more to make than it saves of a few.
pub(in crate::check) const FEW: usize = 1_000;

/// Whether `wide` certainly covers `narrow`. Elements that are absent from both statements are equal: a role trust policy has
/// no `Resource`.
pub(in crate::check) fn covers(wide: Option<Element<'_>>, narrow: Option<Element<'_>>, matter: Matter) -> bool {
    let (wide, narrow) = match (wide, narrow) {
        (Some(wide), Some(narrow)) => (wide, narrow),
        (None, None) => return true,
        _ => return false,
    };
    match (wide.negated, narrow.negated) {
        (false, false) => covers_each(wide, narrow, matter),
        (false, true) => texts(wide).any(|wide| Glob::wildcards(wide.filled()).is_everything()),
        (true, false) => texts(narrow).all(|narrow| !texts(wide).any(|kept| matter.may_meet(kept, narrow))),
        (true, true) => covers_each(narrow, wide, matter),
    }
}

/// Whether each text of one element is within a text of the other.
fn covers_each(wide: Element<'_>, narrow: Element<'_>, matter: Matter) -> bool {
    if narrow.value.as_list().len() * wide.value.as_list().len() < FEW {
        return texts(narrow).all(|narrow| texts(wide).any(|wide| covers_text(wide, narrow, matter)));
    }
    let wide: Vec<(&Text<'_>, Sieve)> = texts(wide).map(|text| (text, Sieve::of(text.written()))).collect_vec();
    texts(narrow).all(|narrow| {
        let sieve = Sieve::of(narrow.written());
        wide.iter()
            .any(|(wide, of_wide)| of_wide.may_cover(&sieve) && covers_text(wide, narrow, matter))
    })
}

fn texts(element: Element<'_>) -> impl Iterator<Item = &Text<'_>> {
    element.texts().map(|(_, text)| text)
}

fn covers_text(wide: &Text<'_>, narrow: &Text<'_>, matter: Matter) -> bool {
    if Glob::wildcards(wide.filled()).is_everything() {
        return true;
    }
    // Field by field too, lest a `*` is taken to reach farther than it does.
    let fields_are = || match (ArnPattern::parse(wide.written()), ArnPattern::parse(narrow.written())) {
        (Ok(wide), Ok(narrow)) => wide.covers(&narrow),
        // API Gateway's short form of its ARNs has no fields: `execute-api:/*`.
        (Err(_), Err(_)) => true,
        _ => false,
    };
    matter.covers(wide, narrow) && (matches!(matter, Matter::Action) || fields_are())
}
