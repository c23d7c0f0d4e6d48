//! IP addresses and ranges, as the type of a name checks them in a constant.

use super::reason::Reason;
use super::scan::{self, Set, check};

/// A range of addresses in CIDR notation, or one address.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress>
pub(super) const fn ip_range(text: &str) -> Result<(), Reason> {
    check!(scan::only(text, Set::ALPHANUMERIC.and(".:/")));
    let (address, prefix) = match scan::split_once(text, b'/') {
        Some((address, prefix)) => (address, Some(prefix)),
        None => (text, None),
    };
    let (most, wrong) = if is_ipv4(address) {
        (32, "its prefix is not a number from 0 to 32")
    } else if is_ipv6(address) {
        (128, "its prefix is not a number from 0 to 128")
    } else {
        return Err(Reason::clause("it does not start with a valid address"));
    };
    match prefix {
        Some(prefix) if !is_up_to(prefix, most) => Err(Reason::clause(wrong)),
        _ => Ok(()),
    }
}

/// Four numbers from 0 to 255, without leading zeros.
const fn is_ipv4(text: &str) -> bool {
    let mut rest = text;
    let mut numbers = 1;
    while let Some((number, after)) = scan::split_once(rest, b'.') {
        if !is_byte(number) {
            return false;
        }
        rest = after;
        numbers += 1;
    }
    numbers == 4 && is_byte(rest)
}

const fn is_byte(text: &str) -> bool {
    let has_leading_zero = matches!(text.as_bytes(), [b'0', _, ..]);
    !has_leading_zero && is_up_to(text, 255)
}

const fn is_up_to(text: &str, most: u32) -> bool {
    if scan::only(text, Set::DIGIT).is_err() {
        return false;
    }
    match u32::from_str_radix(text, 10) {
        Ok(number) => number <= most,
        Err(_) => false,
    }
}

/// Eight groups of hexadecimal digits, `::` for one or more groups of zeros, and perhaps an IPv4 address for the last two.
const fn is_ipv6(text: &str) -> bool {
    match double_colon(text) {
        None => matches!(groups(text, true), Some(8)),
        Some(at) => {
            let (head, rest) = scan::split(text, at);
            let (_, tail) = scan::split(rest, "::".len());
            match (groups(head, false), groups(tail, true)) {
                (Some(head), Some(tail)) => head + tail <= 7,
                _ => false,
            }
        }
    }
}

/// The position of the first `::`.
const fn double_colon(text: &str) -> Option<usize> {
    let mut rest = text.as_bytes();
    let mut at = 0;
    while let [first, tail @ ..] = rest {
        if matches!((*first, tail), (b':', [b':', ..])) {
            return Some(at);
        }
        at += 1;
        rest = tail;
    }
    None
}

/// The number of groups between colons; `None` if one is wrong.
const fn groups(text: &str, can_end_in_ipv4: bool) -> Option<u32> {
    if text.is_empty() {
        return Some(0);
    }
    let mut rest = text;
    let mut count = 0;
    loop {
        let (group, after) = match scan::split_once(rest, b':') {
            Some((group, after)) => (group, Some(after)),
            None => (rest, None),
        };
        if can_end_in_ipv4 && after.is_none() && is_ipv4(group) {
            return Some(count + 2);
        }
        if group.is_empty() || group.len() > 4 || scan::only(group, Set::LOWER_HEX.and("ABCDEF")).is_err() {
            return None;
        }
        count += 1;
        match after {
            Some(after) => rest = after,
            None => return Some(count),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::ip_range;
    use crate::policy::value::IpRange;

    proptest! {
        /// The evaluator reads ranges with the parser of the standard library, which cannot be used in a constant.
        #[test]
        fn the_type_takes_what_the_evaluator_reads(
            text in prop_oneof![
                "[0-9a-fA-F:]{0,24}(/[0-9]{0,4})?",
                "([0-9]{1,3}\\.){2,4}[0-9]{0,3}(/[0-9]{0,3})?",
                "([0-9a-f]{0,5}:){0,8}(:|[0-9a-f]{0,4}|[0-9.]{7,9})(/1?[0-9]{1,2})?",
                any::<std::net::Ipv6Addr>().prop_map(|address| address.to_string()),
                any::<std::net::Ipv4Addr>().prop_map(|address| format!("::ffff:{address}")),
            ]
        ) {
            prop_assert_eq!(ip_range(&text).is_ok(), IpRange::read(&text).is_ok(), "{}", text);
        }
    }
}
