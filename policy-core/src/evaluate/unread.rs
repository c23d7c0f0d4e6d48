//! The conditions of a `Deny` that cannot be read, and those that may be other spellings of one of them.

use std::collections::HashSet;

use super::condition::is_key;
use crate::policy::Condition;

/// What cannot be read of the conditions of a `Deny`: it denies without it. A condition that can be read, on a key that another one
/// may spell differently, goes with it: of such conditions one is enough for the `Deny`.
pub(super) struct Unread {
    /// The letters of operators that AWS does not have, or that have a key that is not a condition key: it may be meant for any of the
    /// operator's.
    operators: HashSet<String>,
    /// The letters of operators with keys, in lowercase, whose values cannot be read.
    keys: HashSet<(String, String)>,
}

impl Unread {
    /// Of these conditions, those that `why` gives a part for.
    pub(super) fn of(conditions: &[Condition<'_>], why: impl Fn(&Condition<'_>) -> Option<Part>) -> Self {
        let mut unread = Self {
            operators: HashSet::new(),
            keys: HashSet::new(),
        };
        for condition in conditions {
            let operator = letters(condition.operator_text.written());
            match why(condition) {
                None => {}
                Some(Part::Name) => _ = unread.operators.insert(operator),
                Some(Part::Values) => _ = unread.keys.insert((operator, key(condition))),
            }
        }
        unread
    }

    /// Removes them from the conditions.
    pub(super) fn remove_from(&self, conditions: &mut Vec<Condition<'_>>) {
        if self.operators.is_empty() && self.keys.is_empty() {
            return;
        }
        conditions.retain(|condition| {
            let operator = letters(condition.operator_text.written());
            !self.operators.contains(&operator) && !self.keys.contains(&(operator, key(condition)))
        });
    }
}

/// A part of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The name of its operator or of its key.
    Name,
    /// Its values.
    Values,
}

impl Part {
    /// The one that keeps AWS from a comparison, for a condition that cannot be compared.
    pub(super) fn uncompared(condition: &Condition<'_>) -> Self {
        match condition.operator {
            Some(_) if is_key(condition.key.written()) => Self::Values,
            _ => Self::Name,
        }
    }
}

/// The key of a condition in lowercase: condition keys are not case-sensitive.
fn key(condition: &Condition<'_>) -> String {
    condition.key.written().to_ascii_lowercase()
}

/// The letters of an operator, in lowercase.
fn letters(operator: &str) -> String {
    let letters = operator.chars().filter(char::is_ascii_alphabetic);
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}
