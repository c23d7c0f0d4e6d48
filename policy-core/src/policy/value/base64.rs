//! Binary values in a policy.

/// Whether a text is base64.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_BinaryEquals>
pub(crate) fn is_base64(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    digits.bytes().all(is_digit) && text.len() - digits.len() <= 2 && text.len().is_multiple_of(4)
}

/// Whether a text is base64 without bits that are of no byte: `aGVsbG9=` has such bits, and decodes to the bytes of `aGVsbG8=`, or not
/// at all.
/// <https://datatracker.ietf.org/doc/html/rfc4648#section-3.5>
#[cfg(feature = "evaluate")]
pub(crate) fn is_canonical_base64(text: &str) -> bool {
    let is_last: fn(u8) -> bool = match text.len() - text.trim_end_matches('=').len() {
        0 => |_| true,
        1 => |digit| b"AEIMQUYcgkosw048".contains(&digit),
        _ => |digit| b"AQgw".contains(&digit),
    };
    is_base64(text) && text.trim_end_matches('=').bytes().next_back().is_none_or(is_last)
}
