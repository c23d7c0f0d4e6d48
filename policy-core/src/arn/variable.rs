//! Where a policy variable ends.

/// The offset of the brace that closes a `${`, in the text after it: before another one opens. A brace within the quotes of a
/// default is part of the default.
pub(crate) fn closing(inside: &str) -> Option<usize> {
    let end = first_brace(inside)?;
    let opened = inside
        .get(..end)?
        .find('\'')
        .filter(|at| inside.get(..*at).is_some_and(|key| key.contains(',')));
    let quoted = opened.and_then(|open| {
        let close = open + 1 + inside.get(open + 1..)?.find('\'')?;
        inside.get(close + 1..)?.starts_with('}').then_some(close + 1)
    });
    quoted.or(Some(end))
}

fn first_brace(inside: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + inside.get(from..)?.find(['}', '$'])?;
        match inside.get(at..)?.as_bytes() {
            [b'}', ..] => return Some(at),
            [b'$', b'{', ..] => return None,
            _ => from = at + 1,
        }
    }
}
