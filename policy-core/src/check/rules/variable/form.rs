//! What is written like a policy variable of AWS's.

use crate::policy::variable::{Content, Variable};

/// Whether it has the form of a variable of AWS's, `${prefix:name}`. What has not, `${Account}` or `${AWS::Region}`, is a
/// placeholder or unknown.
pub(super) fn is_well_formed(variable: &Variable<'_>) -> bool {
    let has_prefix = |key: &str| key.split_once(':').is_some_and(|(_, name)| !name.starts_with(':'));
    matches!(variable.content, Ok(Content::Key { name: key, .. }) if has_prefix(key))
}
