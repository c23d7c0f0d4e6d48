//! Dates, computed the simple way.
//!
//! Source: <https://www.w3.org/TR/NOTE-datetime>

/// Nanoseconds since 1970: for a year, a month or a day its start; digits alone, unless they are a year, are seconds.
pub(super) fn date(text: &str) -> Option<i128> {
    if text.len() != 4 && !text.is_empty() && text.chars().all(|digit| digit.is_ascii_digit()) {
        return Some(i128::from(text.parse::<i64>().ok()?) * SECOND);
    }
    let (day, time) = text
        .split_once('T')
        .map_or((text, None), |(day, time)| (day, Some(time)));
    let parts: Vec<&str> = day.split('-').collect();
    let (year, month, number) = match *parts.as_slice() {
        [year] => (digits(year, 4)?, 1, 1),
        [year, month] => (digits(year, 4)?, digits(month, 2)?, 1),
        [year, month, day] => (digits(year, 4)?, digits(month, 2)?, digits(day, 2)?),
        _ => return None,
    };
    if !(1..=12).contains(&month) || !(1..=days_of(year, month)).contains(&number) {
        return None;
    }
    let years: i128 = (1970..year).map(days_of_year).sum::<i128>() - (year..1970).map(days_of_year).sum::<i128>();
    let months: i128 = (1..month).map(|month| days_of(year, month)).sum();
    let midnight = (years + months + number - 1) * 24 * 60 * 60 * SECOND;
    match time {
        None => Some(midnight),
        // Only for a whole day.
        Some(_) if parts.len() < 3 => None,
        Some(time) => Some(midnight + since_midnight(time)?),
    }
}

/// All that it may be: four digits are a year, or seconds; without a zone it is not a date.
pub(super) fn dates(text: &str) -> Option<Vec<i128>> {
    let first = date(text)?;
    let time = text.split_once('T').map(|(_, time)| time);
    if time.is_some_and(|time| !time.contains(['Z', '+', '-'])) {
        return Some(Vec::new());
    }
    let seconds = text.parse::<i128>().ok().filter(|_| text.len() == 4);
    Some(
        std::iter::once(first)
            .chain(seconds.map(|seconds| seconds * SECOND))
            .collect(),
    )
}

pub(super) const SECOND: i128 = 1_000_000_000;

/// Whether it is within a second.
pub(super) fn has_fraction(text: &str) -> bool {
    let digits = text.split('.').nth(1).unwrap_or_default();
    digits
        .chars()
        .take_while(char::is_ascii_digit)
        .any(|digit| digit != '0')
}

/// Without a zone it is UTC.
fn since_midnight(time: &str) -> Option<i128> {
    if let Some(utc) = time.strip_suffix('Z') {
        return clock(utc);
    }
    for (sign, ahead) in [('+', 1), ('-', -1)] {
        if let Some((time, zone)) = time.split_once(sign) {
            let is_short = zone.len() == "hh:mm".len();
            return is_short.then(|| Some(clock(time)? - ahead * clock(zone)?)).flatten();
        }
    }
    clock(time)
}

/// `hh:mm`, `hh:mm:ss` or `hh:mm:ss.s`
fn clock(text: &str) -> Option<i128> {
    let parts: Vec<&str> = text.split(':').collect();
    let (hours, minutes, seconds) = match *parts.as_slice() {
        [hours, minutes] => (hours, minutes, "00"),
        [hours, minutes, seconds] => (hours, minutes, seconds),
        _ => return None,
    };
    let (seconds, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
    if fraction.is_empty() || !fraction.chars().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let billionths: String = fraction.chars().chain("000000000".chars()).take(9).collect();
    let up_to = |text: &str, most: i128| digits(text, 2).filter(|number| *number <= most);
    let minutes = up_to(hours, 23)? * 60 + up_to(minutes, 59)?;
    // A leap second is allowed.
    Some((minutes * 60 + up_to(seconds, 60)?) * SECOND + billionths.parse::<i128>().ok()?)
}

fn digits(text: &str, count: usize) -> Option<i128> {
    let is_right = text.len() == count && text.chars().all(|digit| digit.is_ascii_digit());
    is_right.then(|| text.parse().ok()).flatten()
}

fn days_of_year(year: i128) -> i128 {
    (1..=12).map(|month| days_of(year, month)).sum()
}

fn days_of(year: i128, month: i128) -> i128 {
    let is_leap = year % 400 == 0 || year % 4 == 0 && year % 100 != 0;
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 31,
    }
}
