//! Dates: a profile of ISO 8601, <https://www.w3.org/TR/NOTE-datetime>, or seconds since 1970.

use super::Operand;
use crate::finding::{Code, Finding};

pub(super) fn unfit(operand: &Operand<'_, '_>) -> Option<Finding> {
    match read(operand.value) {
        Date::Iso => None,
        Date::Epoch if operand.condition.key.filled().eq_ignore_ascii_case("aws:EpochTime") => None,
        Date::Epoch => Some(
            operand
                .finding(
                    Code::InvalidDateValue,
                    format!("`{}` is read as seconds since 1970", operand.written),
                )
                .note("seconds do not count leap seconds, and nobody can read them")
                .help(written_out(operand.value).map_or_else(
                    || "write the date, such as `2026-01-31T00:00:00Z`".to_owned(),
                    |date| format!("write `{date}`"),
                )),
        ),
        Date::WithoutZone => Some(
            operand
                .finding(
                    Code::InvalidDateValue,
                    format!("`{}` does not say in which time zone", operand.written),
                )
                .note("the profile of ISO 8601 that AWS takes demands one beside a time")
                .help(format!("write `{}Z`", operand.written)),
        ),
        Date::Wrong => Some(
            operand
                .finding(Code::TypeMismatchDate, format!("`{}` is no date", operand.written))
                .note(format!(
                    "AWS accepts it; no value of `{}` compares with it",
                    operand.condition.key.written()
                ))
                .help("write it as `2026-01-31` or `2026-01-31T23:59:59Z`"),
        ),
    }
}

/// Seconds since 1970 as a date; `None` beyond the year 2106, where milliseconds were written perhaps.
fn written_out(seconds: &str) -> Option<String> {
    let seconds: u32 = seconds.parse().ok()?;
    let (mut day, second) = (seconds / 86_400, seconds % 86_400);
    let days_of = |year: u32| days(year, 2) + 337;
    let mut year = 1970;
    while day >= days_of(year) {
        day -= days_of(year);
        year += 1;
    }
    let mut month = 1;
    while day >= days(year, month) {
        day -= days(year, month);
        month += 1;
    }
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    Some(format!(
        "{year:04}-{month:02}-{:02}T{hour:02}:{minute:02}:{second:02}Z",
        day + 1
    ))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Date {
    Iso,
    Epoch,
    WithoutZone,
    Wrong,
}

fn read(text: &str) -> Date {
    let is_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_digits && text.len() != 4 {
        return Date::Epoch;
    }
    let (day, time) = match text.split_once('T') {
        Some((day, time)) => (day, Some(time)),
        None => (text, None),
    };
    match (is_day(day), time) {
        (None, _) | (Some(false), Some(_)) => Date::Wrong,
        (Some(_), None) => Date::Iso,
        (Some(true), Some(time)) => is_time(time),
    }
}

/// Whether it is a day, and not a month or a year; `None` if it is none of them.
fn is_day(text: &str) -> Option<bool> {
    let mut parts = text.split('-');
    let year = digits(parts.next()?, 4)?;
    let Some(month) = parts.next() else { return Some(false) };
    let month = digits(month, 2).filter(|month| (1..=12).contains(month))?;
    let Some(day) = parts.next() else { return Some(false) };
    let day = digits(day, 2)?;
    (parts.next().is_none() && (1..=days(year, month)).contains(&day)).then_some(true)
}

const fn days(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

/// `hh:mm`, `hh:mm:ss` or `hh:mm:ss.s`, then `Z` or `+hh:mm`.
fn is_time(text: &str) -> Date {
    let (time, has_zone) = match text.strip_suffix('Z') {
        Some(time) => (time, true),
        None => match text.rfind(['+', '-']).and_then(|at| text.split_at_checked(at)) {
            Some((time, zone)) if is_clock(zone.trim_start_matches(['+', '-']), false) => (time, true),
            Some(_) => return Date::Wrong,
            None => (text, false),
        },
    };
    match (is_clock(time, true), has_zone) {
        (true, true) => Date::Iso,
        (true, false) => Date::WithoutZone,
        (false, _) => Date::Wrong,
    }
}

fn is_clock(text: &str, may_have_seconds: bool) -> bool {
    let mut parts = text.split(':');
    let in_range = |part: Option<&str>, most| part.and_then(|part| digits(part, 2)).is_some_and(|value| value <= most);
    if !in_range(parts.next(), 23) || !in_range(parts.next(), 59) {
        return false;
    }
    match parts.next() {
        None => true,
        Some(seconds) if may_have_seconds => {
            let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
            in_range(Some(whole), 60)
                && !fraction.is_empty()
                && fraction.bytes().all(|byte| byte.is_ascii_digit())
                && parts.next().is_none()
        }
        Some(_) => false,
    }
}

fn digits(text: &str, count: usize) -> Option<u32> {
    (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::{Date, read, written_out};

    #[test]
    fn dates_are_told_from_what_is_none() {
        for iso in [
            "2026",
            "2026-02",
            "2024-02-29",
            "2026-01-31T10:20Z",
            "2026-01-31T10:20:30Z",
            "2026-01-31T10:20:30.5+01:00",
            "2026-01-31T10:20:30-08:00",
        ] {
            assert_eq!(read(iso), Date::Iso, "{iso}");
        }
        for wrong in [
            "",
            "tomorrow",
            "2026-13-01",
            "2026-02-29",
            "01/31/2026",
            "31-01-2026",
            "2026-01-31 10:20:30Z",
            "2026-01-31T25:00Z",
            "2026-01T10:20Z",
            "2026-01-31T10:20:30+0100",
        ] {
            assert_eq!(read(wrong), Date::Wrong, "{wrong}");
        }
        assert_eq!(read("1768435200"), Date::Epoch);
        assert_eq!(read("2026-01-31T10:20:30"), Date::WithoutZone);
    }

    #[test]
    fn seconds_are_written_out_as_dates() {
        for (seconds, date) in [
            ("0", "1970-01-01T00:00:00Z"),
            ("951782399", "2000-02-28T23:59:59Z"),
            ("951782400", "2000-02-29T00:00:00Z"),
            ("1798761599", "2026-12-31T23:59:59Z"),
            ("4107542400", "2100-03-01T00:00:00Z"),
        ] {
            assert_eq!(written_out(seconds).as_deref(), Some(date), "{seconds}");
            assert_eq!(read(date), Date::Iso);
        }
        assert_eq!(written_out("1798761599000"), None);
    }
}
