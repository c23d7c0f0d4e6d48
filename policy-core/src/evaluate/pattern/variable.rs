//! Policy variables, and why one may not have a value.

use super::Match;
use crate::evaluate::condition::is_key;
use crate::evaluate::context::{Context, Key};

#[derive(Clone, Debug, PartialEq)]
pub(in crate::evaluate) struct Variable {
    pub(super) key: Key,
    default: Option<Box<str>>,
    /// Whether the default has wildcards, which AWS does not call literal.
    pub(super) has_wild_default: bool,
    /// Whether the default lacks the space before it that AWS documents, so that it may be a part of the key's name.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-formatting>
    is_close: bool,
    /// Whether its name is not that of a condition key: AWS does not document whether it is then a text, or without a value.
    pub(super) is_unread: bool,
}

impl Variable {
    /// The variable that is written so, with this name and default; `wildcards`, if they are special in the text around it.
    pub(super) fn new(written: &str, name: &str, default: Option<&str>, wildcards: bool) -> Self {
        let after = written.get("${".len() + name.len()..);
        let is_spaced = after.is_some_and(|after| after.starts_with(", "));
        Self {
            key: Key::new(name),
            default: default.map(Box::from),
            has_wild_default: wildcards && default.is_some_and(|text| text.contains(['*', '?'])),
            is_close: default.is_some() && !is_spaced,
            is_unread: !is_key(name) || name.contains(['$', '{', '*', '?']),
        }
    }

    /// The value of the variable: `None` if the key is missing and the policy has no default. A key that is present
    /// without a value is null, like a missing key.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value>,
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html>
    pub(super) fn value<'v>(&'v self, context: &'v Context) -> Option<&'v str> {
        match context.values(&self.key) {
            _ if self.is_unread => None,
            Some([one]) if !one.is_empty() => Some(one),
            Some([_, _, ..]) => None,
            // It could have any value, so that the default is not certain.
            None if context.assumed(&self.key, false).is_some() => None,
            _ => self.default.as_deref(),
        }
    }

    /// The two parts of the ARN of a role without its path, if that is its value.
    pub(super) fn pathless<'v>(&'v self, context: &'v Context) -> Option<(&'v str, &'v str)> {
        let role = self.value(context).filter(|_| context.lacks_path(&self.key))?;
        role.split_at_checked(role.rfind('/')?)
    }

    /// Whether its key is missing or has no value, so that its default counts.
    pub(super) fn is_null(&self, context: &Context) -> bool {
        context
            .values(&self.key)
            .is_none_or(|values| values.iter().all(String::is_empty))
    }

    /// Its key, if it has no default.
    pub(in crate::evaluate) fn lacks(&self) -> Option<&Key> {
        self.default.is_none().then_some(&self.key)
    }

    /// Why it may not have its value.
    pub(super) fn lack(&self, context: &Context) -> Option<Lack<'_>> {
        if context.has_wide_keys() && context.twins(&self.key).next().is_some() {
            return Some(Lack::Twins);
        }
        match context.values(&self.key) {
            Some([_, _, ..]) => Some(Lack::Several),
            _ if self.is_close || self.is_unread => Some(Lack::Unsure),
            Some([one]) if one.is_empty() => Some(Lack::Empty(self)),
            Some(_) if context.lacks_path(&self.key) => Some(Lack::Unsure),
            _ => self.value(context).is_none().then_some(Lack::Missing(&self.key)),
        }
    }
}

/// Why a variable may not have a value.
#[derive(Clone, Copy)]
pub(in crate::evaluate) enum Lack<'p> {
    /// Its key has several values. Such keys cannot be used in variables, and AWS does not document the result if they are.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
    Several,
    /// There is another key that may be the same.
    Twins,
    /// Its key is missing.
    Missing(&'p Key),
    /// Its key has an empty value: AWS does not document whether it is null.
    Empty(&'p Variable),
    /// Its default may be a part of its name, or its name is not that of a key; or its value is the ARN of a role whose path is not
    /// known.
    Unsure,
}

impl<'p> Lack<'p> {
    /// The result of a comparison: of one in which an empty text is the value of a variable, if it is told so.
    #[cold]
    pub(super) fn result(self, context: &Context, compare: impl Fn(bool) -> Match<'static>) -> Match<'p> {
        match self {
            Self::Twins | Self::Unsure => Match::Doubt,
            // Whatever they are together, the rest has to match.
            Self::Several => match compare(false) {
                Match::No => Match::No,
                _ => Match::Doubt,
            },
            Self::Missing(key) if context.assumed(key, false).is_some() => match compare(false) {
                Match::No => Match::No,
                _ => Match::Lacks(key),
            },
            Self::Missing(key) => Match::Lacks(key),
            Self::Empty(variable) => {
                let as_text = compare(true);
                let as_null = match variable.default {
                    Some(_) => compare(false),
                    None => Match::No,
                };
                match (as_text, as_null) {
                    (Match::No, Match::No) if variable.default.is_none() => Match::Lacks(&variable.key),
                    (Match::Yes, Match::Yes) | (Match::No, Match::No) => as_text,
                    _ => Match::Doubt,
                }
            }
        }
    }
}
