//! The text files: lines, what is below a line, and names found in any case.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

/// A line that something is known by, and what follows.
#[derive(Clone, Copy)]
pub(super) struct Head {
    pub name: &'static str,
    /// The rest of the line.
    pub line: &'static str,
    /// The text after the line; what is indented at its beginning belongs to the line.
    pub body: &'static str,
}

/// Of one kind, in one file, no two have the same name.
impl PartialEq for Head {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Head {}

impl Hash for Head {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

/// The lines that belong to a head: those at the beginning of its body that are indented.
pub(super) fn details(body: &'static str) -> impl Iterator<Item = &'static str> {
    details_below(body, " ").map(|(line, _)| line)
}

/// The lines at the beginning of a body that begin with `indent`, each with the text after it.
pub(super) fn details_below(
    body: &'static str,
    indent: &'static str,
) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut rest = body;
    std::iter::from_fn(move || {
        let (line, after) = rest.split_once('\n')?;
        line.starts_with(indent).then(|| {
            rest = after;
            (line, after)
        })
    })
}

/// Finds a name in any case among heads that are sorted by [`order`].
pub(super) fn find(heads: &[Head], name: &str) -> Option<Head> {
    let at = heads.binary_search_by(|head| order(head.name, name)).ok()?;
    heads.get(at).copied()
}

/// The order of the files: by the bytes of the name in ASCII lower case.
pub(super) fn order(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut at = 0;
    // A loop, because this runs unoptimised inside rustc and adapters cost several times as much there; and equal bytes,
    // most of those that are looked at, go first.
    loop {
        let (Some(left), Some(right)) = (a.get(at), b.get(at)) else {
            return a.len().cmp(&b.len());
        };
        if left != right {
            let (left, right) = (left.to_ascii_lowercase(), right.to_ascii_lowercase());
            if left != right {
                return left.cmp(&right);
            }
        }
        at += 1;
    }
}
