//! DNS names: host names, and the Kubernetes names with the same rules.

use super::reason::{Reason, Why};
use super::scan::{self, Set, check};

/// Labels of lowercase letters, digits and inner hyphens, separated by dots: DNS names and DNS-1123 subdomains.
pub(super) const fn hostname(text: &str) -> Result<(), Reason> {
    check!(scan::only(text, Set::LOWER_DIGIT.and(".-")));
    check!(alphanumeric_ends(text));
    let mut position = 1;
    let mut rest = text.as_bytes();
    while let [_, tail @ ..] = rest {
        match rest {
            [b'.' | b'-', b'.', ..] => return Err(Reason::character('.', position + 1, Why::Repeated)),
            [b'.', b'-', ..] => return Err(Reason::character('-', position + 1, Why::Repeated)),
            _ => {}
        }
        position += 1;
        rest = tail;
    }
    Ok(())
}

/// A DNS-1123 label.
/// <https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names>
pub(super) const fn dns_label(text: &str) -> Result<(), Reason> {
    check!(scan::only(text, Set::LOWER_DIGIT.and("-")));
    alphanumeric_ends(text)
}

/// Checks that the first and the last character are letters or digits.
pub(super) const fn alphanumeric_ends(text: &str) -> Result<(), Reason> {
    if let [first, ..] = text.as_bytes()
        && !Set::ALPHANUMERIC.has(*first)
    {
        return Err(Reason::character(*first as char, 1, Why::First));
    }
    if let [.., last] = text.as_bytes()
        && !Set::ALPHANUMERIC.has(*last)
    {
        return Err(Reason::character(*last as char, text.len(), Why::Last));
    }
    Ok(())
}
