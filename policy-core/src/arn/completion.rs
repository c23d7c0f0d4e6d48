//! ARNs with fewer than six fields, which AWS completes in an identity-based policy.

use super::fields::{FIELDS, fields};

/// What AWS adds to an ARN with fewer than six fields in an identity-based policy, a `*` for each missing field: `:*:*:*` to
/// `arn:aws:sqs`. Elsewhere no page says that it does, and a session policy with such an ARN is rejected.
///
/// `None` for any other text, and where the page does not decide: in an ARN that ends in a colon the last field may be empty or
/// missing, and a variable may only be in the field that is missing.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html#arns-paths-wildcards>
pub(crate) fn completion(text: &str, has_variables: bool) -> Option<&'static str> {
    const ALL_BUT_THE_PARTITION: &str = ":*:*:*:*";
    let is_undecided = text.ends_with(':') || has_variables && text.contains("${");
    if !text.starts_with("arn:") || is_undecided {
        return None;
    }
    let missing = FIELDS - fields(text, has_variables).count();
    ALL_BUT_THE_PARTITION.get(..2 * missing).filter(|more| !more.is_empty())
}
