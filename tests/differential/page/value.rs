//! Numbers, dates, addresses and bytes.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>

use std::net::IpAddr;

/// "An integer or decimal value", in billionths; of anything else AWS does not say what it is.
pub fn decimal(text: &str) -> Option<i128> {
    let (negative, unsigned) = text
        .strip_prefix('-')
        .map_or((false, text), |unsigned| (true, unsigned));
    let (whole, part) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || part.len() > 9 || !is_digits(whole) || !is_digits(part) {
        return None;
    }
    let number: i128 = format!("{whole}{part:0<9}").parse().ok()?;
    Some(if negative { -number } else { number })
}

/// Seconds since 1970, in thousandths: so written, or as ISO 8601 in one of the forms of <https://www.w3.org/TR/NOTE-datetime>.
pub fn instant(text: &str) -> Option<i64> {
    if is_epoch(text) {
        return Some(text.parse::<i64>().ok()? * 1000);
    }
    let (date, time) = text
        .split_once('T')
        .map_or((text, None), |(date, time)| (date, Some(time)));
    let mut numbers = date.splitn(3, '-').map(|part| part.parse::<i64>().ok());
    let year = numbers.next()??;
    let month = numbers.next().unwrap_or(Some(1))?;
    let day = numbers.next().unwrap_or(Some(1))?;
    let minutes = match time {
        None => 0,
        Some(time) => thousandths(time)?,
    };
    Some(days(year, month, day) * 86_400_000 + minutes)
}

pub fn is_epoch(text: &str) -> bool {
    text.len() > 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Of a day, by its time and zone.
fn thousandths(time: &str) -> Option<i64> {
    let zone = time.find(['Z', '+', '-'])?;
    let (clock, zone) = time.split_at(zone);
    let minutes = |text: &str| -> Option<i64> {
        let (hours, minutes) = text.split_once(':')?;
        Some(hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?)
    };
    let offset = match zone.split_at(1) {
        ("Z", "") => 0,
        ("+", zone) => minutes(zone)?,
        (_, zone) => -minutes(zone)?,
    };
    let (clock, seconds) = match clock.match_indices(':').nth(1) {
        Some((at, _)) => (&clock[..at], &clock[at + 1..]),
        None => (clock, "0"),
    };
    let seconds = i64::try_from(decimal(seconds)? / 1_000_000).ok()?;
    Some((minutes(clock)? - offset) * 60_000 + seconds)
}

/// Since 1970, of the Gregorian calendar: a year that begins in March has its leap day at the end.
const fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + of_year - 719_468
}

/// An address, unless it is one of IPv4 in the form of IPv6, of which AWS does not say which it is.
pub fn address(text: &str) -> Option<IpAddr> {
    let address: IpAddr = text.parse().ok()?;
    let is_both = matches!(address, IpAddr::V6(address) if address.to_ipv4_mapped().is_some());
    (!is_both).then_some(address)
}

/// Whether an address is in a range in the form of RFC 4632 or RFC 4291; a single address is a range.
pub fn is_within(range: &str, address: IpAddr) -> Option<bool> {
    let (first, length) = range
        .split_once('/')
        .map_or((range, None), |(first, length)| (first, Some(length)));
    let first: IpAddr = first.parse().ok()?;
    let (first, address, width) = match (first, address) {
        (IpAddr::V4(first), IpAddr::V4(address)) => (u128::from(first.to_bits()), u128::from(address.to_bits()), 32),
        (IpAddr::V6(first), IpAddr::V6(address)) => (first.to_bits(), address.to_bits(), 128),
        _ => return Some(false),
    };
    let length: u32 = length.map_or(Some(width), |length| length.parse().ok())?;
    let rest = width.checked_sub(length)?;
    Some(first.checked_shr(rest) == address.checked_shr(rest))
}

/// Whether an address of IPv4 is in a range of IPv6 once it is written as one of IPv6, which AWS does not say whether it is.
pub fn is_mapped_within(range: &str, address: &str) -> bool {
    match address.parse() {
        Ok(IpAddr::V4(address)) if range.contains(':') => {
            is_within(range, IpAddr::V6(address.to_ipv6_mapped())) == Some(true)
        }
        _ => false,
    }
}

/// Whether it is "a base-64 encoded representation" of bytes: <https://www.rfc-editor.org/rfc/rfc4648#section-4>.
pub fn is_base64(text: &str) -> bool {
    let unpadded = text.trim_end_matches('=');
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    text.len().is_multiple_of(4) && text.len() - unpadded.len() <= 2 && unpadded.bytes().all(is_digit)
}
