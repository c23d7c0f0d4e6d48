//! What is taken for known of a policy although something else can change it.
//!
//! The checker reads a policy with the best that is known of it: a default, one of the times that a block is repeated, what is inside a
//! function. What evaluates the policy, and a fix that must not change what it allows, needs all of it. Whatever reads a part of a file
//! by less than the language's own rules says so here, and the policy is then not taken for the one that is deployed.

use std::cell::RefCell;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// Why a policy in a file may not be the one that is deployed, although nothing of it is a [hole](crate::FilePolicy::holes): a block that
/// may be absent, a default that something else replaces, a document that is merged with it. See
/// [`FilePolicy::assumptions`](crate::FilePolicy::assumptions).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumption {
    place: Range<usize>,
    /// Many policies can have the same one, and it can have a name of any length.
    reason: Arc<str>,
    what: What,
}

/// What is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    /// Whether the policy is there, or how often: what is done to its text is done to all there are.
    Presence,
    /// What the policy is.
    Policy,
    /// What it is, as its text is written only to be changed by a function: an edit of it would not be what was meant.
    Text,
}

impl Assumption {
    pub(crate) fn new(place: Range<usize>, reason: impl Into<Arc<str>>) -> Self {
        Self::of(What::Policy, place, reason)
    }

    /// That the policy is there.
    pub(crate) fn of_presence(place: Range<usize>, reason: impl Into<Arc<str>>) -> Self {
        Self::of(What::Presence, place, reason)
    }

    /// Of a policy that a function makes another one of.
    pub(crate) fn transformed(place: Range<usize>, function: &str) -> Self {
        let reason = format!("the function `{function}` around it may make another policy of it");
        Self::of_text(place, reason)
    }

    /// Of a text of which an edit would not be what was meant.
    pub(crate) fn of_text(place: Range<usize>, reason: impl Into<Arc<str>>) -> Self {
        Self::of(What::Text, place, reason)
    }

    fn of(what: What, place: Range<usize>, reason: impl Into<Arc<str>>) -> Self {
        Self {
            place,
            reason: reason.into(),
            what,
        }
    }

    /// Of a policy in one branch of a condition, which is written there.
    pub(crate) fn of_condition(place: Range<usize>) -> Self {
        Self::new(place, "a condition decides whether it is this policy")
    }

    /// The bytes of the file that decide it.
    pub fn place(&self) -> Range<usize> {
        self.place.clone()
    }

    /// What is not known, as a sentence without its full stop.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Whether the policy is written only to be changed by a function, so that an edit of it would not be what was meant.
    pub(crate) fn is_transformed(&self) -> bool {
        self.what == What::Text
    }

    /// Whether the policy is as it is written if it is there, so that an edit that changes nothing now changes nothing then.
    pub(crate) fn is_of_presence(&self) -> bool {
        self.what == What::Presence
    }

    /// The same of a value that is used there.
    pub(crate) fn used_at(&self, place: &Range<usize>) -> Self {
        Self {
            place: place.clone(),
            ..self.clone()
        }
    }
}

impl fmt::Display for Assumption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

/// Those that were made so far, while values are read. One is noted where it is made, so that nothing that is done with the value
/// later can lose it.
#[derive(Debug, Default)]
pub(crate) struct Assumptions(RefCell<Vec<Assumption>>);

impl Assumptions {
    pub(crate) fn note(&self, assumption: Assumption) {
        keep(&mut self.0.borrow_mut(), [assumption]);
    }

    pub(crate) fn note_all(&self, assumptions: Vec<Assumption>) {
        keep(&mut self.0.borrow_mut(), assumptions);
    }

    /// Those that were made since this was called last.
    pub(crate) fn take(&self) -> Vec<Assumption> {
        self.0.take()
    }
}

/// Adds to what is assumed of a policy, or of all policies in some part of a file. Whatever collects assumptions does it by this: a file
/// can have as many as it has bytes, and each of its policies has those of all that is around it.
pub(crate) fn keep(all: &mut Vec<Assumption>, more: impl IntoIterator<Item = Assumption>) {
    for assumption in more {
        // One reason is enough of a place that is read several times.
        let is_new = !all.contains(&assumption);
        if is_new && all.iter().filter(|own| own.what == assumption.what).count() < MOST {
            all.push(assumption);
        }
    }
}

/// How many of one policy are kept that say the same of it: one is enough to refuse it, or its fixes.
const MOST: usize = 32;
