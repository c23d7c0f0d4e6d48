//! Numbers in conditions.

use super::reason::{Reason, Why};
use super::scan::{self, Set};

/// Digits, perhaps with a sign and a decimal point.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Numeric>:
/// integers and decimals.
pub(super) const fn number(text: &str) -> Result<(), Reason> {
    let digits = match text.as_bytes() {
        [b'-' | b'+', ..] => scan::split(text, 1).1,
        _ => text,
    };
    let before = text.len() - digits.len();
    let (whole, decimals) = match scan::split_once(digits, b'.') {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (digits, None),
    };
    let mut rest = digits.as_bytes();
    let mut position = before + 1;
    while let [byte, tail @ ..] = rest {
        let is_point = *byte == b'.' && position == before + whole.len() + 1;
        if !is_point && !Set::DIGIT.has(*byte) {
            return match scan::only(text, Set::DIGIT.and("+-.")) {
                Err(reason) => Err(reason),
                Ok(()) => Err(Reason::character(*byte as char, position, Why::NotAllowed)),
            };
        }
        position += 1;
        rest = tail;
    }
    if whole.is_empty() {
        return Err(Reason::clause("it has no digit before its decimal point"));
    }
    if let Some(decimals) = decimals
        && decimals.is_empty()
    {
        return Err(Reason::clause("it has no digit after its decimal point"));
    }
    Ok(())
}

#[cfg(feature = "values")]
mod integers {
    use std::borrow::Cow;

    use crate::names::{Name, Number};

    macro_rules! integers {
        ($($type:ty),+) => {$(
            impl From<$type> for Number {
                fn from(number: $type) -> Self {
                    Self::__verified(Cow::Owned(number.to_string()))
                }
            }
        )+};
    }

    integers!(i32, i64, u32, u64, usize);
}
