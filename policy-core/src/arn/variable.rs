//! Where a policy variable ends.

/// The offset of the brace that closes a `${`, in the text after it: before another one opens. A brace within the quotes of a
/// default is part of the default.
pub(crate) fn closing(inside: &str) -> Option<usize> {
    let end = first_brace(inside.as_bytes())?;
    let key = inside.get(..end)?;
    if !key.bytes().any(|byte| byte == b',') {
        return Some(end);
    }
    let opened = key
        .find('\'')
        .filter(|at| key.get(..*at).is_some_and(|key| key.contains(',')));
    let quoted = opened.and_then(|open| {
        let close = open + 1 + inside.get(open + 1..)?.find('\'')?;
        inside.get(close + 1..)?.starts_with('}').then_some(close + 1)
    });
    quoted.or(Some(end))
}

fn first_brace(inside: &[u8]) -> Option<usize> {
    let mut rest = inside;
    loop {
        rest = match rest {
            [b'}', ..] => return Some(inside.len() - rest.len()),
            [b'$', b'{', ..] | [] => return None,
            [_, after @ ..] => after,
        };
    }
}
