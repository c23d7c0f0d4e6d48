//! Dates: a profile of ISO 8601, <https://www.w3.org/TR/NOTE-datetime>, or seconds since 1970.
//!
//! The names, the checker and the evaluator read them here.

use super::reason::{Reason, Repair};
use super::scan::{self, Set, check, ends_with};

/// A date as a condition compares it, with its zone.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date>
pub(super) const fn date(text: &str) -> Result<(), Reason> {
    match Date::read(text) {
        Date::Iso(_) | Date::Epoch(_) => Ok(()),
        Date::WithoutZone(_) => Err(Reason::clause("it has no time zone").repaired(Repair::Append("Z"))),
        Date::Wrong => {
            check!(scan::only(text, Set::DIGIT.and("-+:.TZ")));
            Err(Reason::clause(
                "it is not a day of the calendar, or not a time of the day",
            ))
        }
    }
}

/// A date in a policy or a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Date {
    /// A year, a month, a day, or a point in time with its zone.
    Iso(Instant),
    /// Seconds since 1970.
    Epoch(Instant),
    /// A date and time without a zone; read as UTC.
    WithoutZone(Instant),
    /// Something else.
    Wrong,
}

/// A point in time: the start of a given year, month or day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Instant {
    /// Since 1970; a leap second counts as the next one.
    seconds: i64,
    nanoseconds: u32,
}

#[cfg(feature = "evaluate")]
impl Instant {
    /// Whether both are within the same second.
    pub(crate) const fn is_in_second_of(self, other: Self) -> bool {
        self.seconds == other.seconds
    }
}

impl Date {
    pub(crate) const fn read(text: &str) -> Self {
        if !text.is_empty() && text.len() != 4 && is_number(text) {
            return match Self::read_epoch(text) {
                Some(instant) => Self::Epoch(instant),
                None => Self::Wrong,
            };
        }
        let (day, time) = divided(text, b'T');
        match (Day::read(day), time) {
            (None, _) | (Some(Day { is_whole: false, .. }), Some(_)) => Self::Wrong,
            (Some(day), None) => Self::Iso(day.start()),
            (Some(day), Some(time)) => with_time(day.start(), time),
        }
    }

    /// The point in time of digits as seconds since 1970.
    pub(crate) const fn read_epoch(text: &str) -> Option<Instant> {
        if text.is_empty() || !is_number(text) {
            return None;
        }
        match i64::from_str_radix(text, 10) {
            Ok(seconds) => Some(Instant {
                seconds,
                nanoseconds: 0,
            }),
            Err(_) => None,
        }
    }

    /// The point in time, however it is written.
    #[cfg(any(feature = "evaluate", test))]
    pub(crate) const fn instant(self) -> Option<Instant> {
        match self {
            Self::Iso(instant) | Self::Epoch(instant) | Self::WithoutZone(instant) => Some(instant),
            Self::Wrong => None,
        }
    }
}

/// A day, or the first day of a month or year.
struct Day {
    /// Whether the day itself is given.
    is_whole: bool,
    /// Since 1970-01-01.
    days: i64,
}

impl Day {
    const fn read(text: &str) -> Option<Self> {
        let (year, rest) = divided(text, b'-');
        let (month, day) = match rest {
            Some(rest) => divided(rest, b'-'),
            None => ("01", None),
        };
        let is_whole = day.is_some();
        let day = match day {
            Some(day) => day,
            None => "01",
        };
        let (Some(year), Some(month), Some(day)) = (digits(year, 4), digits(month, 2), digits(day, 2)) else {
            return None;
        };
        if month < 1 || month > 12 || day < 1 || day > days(year, month) {
            return None;
        }
        Some(Self {
            is_whole,
            days: since_1970(year as i64, month as i64, day as i64),
        })
    }

    const fn start(&self) -> Instant {
        Instant {
            seconds: self.days * 86_400,
            nanoseconds: 0,
        }
    }
}

/// The number of days in a month.
pub(crate) const fn days(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

/// The days since 1970-01-01 in the Gregorian calendar. Years start in March, so that the leap day is the last day of a
/// year, and four centuries always have the same length.
const fn since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// `hh:mm`, `hh:mm:ss` or `hh:mm:ss.s`, then `Z` or `+hh:mm`.
const fn with_time(day: Instant, text: &str) -> Date {
    let (time, zone) = if ends_with(text, "Z") {
        (scan::split(text, text.len() - 1).0, Some(0))
    } else if let Some((time, zone)) = scan::rsplit_once(text, b'+') {
        (time, offset(zone))
    } else if let Some((time, zone)) = scan::rsplit_once(text, b'-') {
        let zone = match offset(zone) {
            Some(seconds) => Some(-seconds),
            None => None,
        };
        (time, zone)
    } else {
        return match clock(text) {
            Some((seconds, nanoseconds)) => Date::WithoutZone(Instant {
                seconds: day.seconds + seconds,
                nanoseconds,
            }),
            None => Date::Wrong,
        };
    };
    match (clock(time), zone) {
        (Some((seconds, nanoseconds)), Some(zone)) => Date::Iso(Instant {
            seconds: day.seconds + seconds - zone,
            nanoseconds,
        }),
        _ => Date::Wrong,
    }
}

/// The seconds of `hh:mm`.
const fn offset(text: &str) -> Option<i64> {
    let (hours, minutes) = divided(text, b':');
    let Some(minutes) = minutes else { return None };
    match (up_to(hours, 23), up_to(minutes, 59)) {
        (Some(hours), Some(minutes)) => Some((hours * 60 + minutes) * 60),
        _ => None,
    }
}

/// Seconds and nanoseconds.
const fn clock(text: &str) -> Option<(i64, u32)> {
    let (hours, rest) = divided(text, b':');
    let Some(rest) = rest else { return None };
    let (minutes, seconds) = divided(rest, b':');
    let (whole, fraction) = match seconds {
        Some(seconds) => divided(seconds, b'.'),
        None => ("00", None),
    };
    let fraction = match fraction {
        Some(fraction) => fraction,
        None => "0",
    };
    if fraction.is_empty() || !is_number(fraction) {
        return None;
    }
    match (up_to(hours, 23), up_to(minutes, 59), up_to(whole, 60)) {
        (Some(hours), Some(minutes), Some(seconds)) => {
            Some(((hours * 60 + minutes) * 60 + seconds, nanoseconds(fraction)))
        }
        _ => None,
    }
}

/// The first nine digits after the decimal point.
const fn nanoseconds(fraction: &str) -> u32 {
    let mut rest = fraction.as_bytes();
    let mut sum = 0;
    let mut place = 0;
    while place < 9 {
        sum *= 10;
        if let [digit, tail @ ..] = rest {
            sum += (*digit - b'0') as u32;
            rest = tail;
        }
        place += 1;
    }
    sum
}

/// A number of two digits that is not greater.
const fn up_to(text: &str, most: u32) -> Option<i64> {
    match digits(text, 2) {
        Some(value) if value <= most => Some(value as i64),
        _ => None,
    }
}

/// The number that these digits are: at most four, as a year has.
const fn digits(text: &str, count: usize) -> Option<u32> {
    if text.len() != count {
        return None;
    }
    let mut value = 0;
    let mut rest = text.as_bytes();
    while let [byte @ b'0'..=b'9', tail @ ..] = rest {
        value = value * 10 + (*byte - b'0') as u32;
        rest = tail;
    }
    if rest.is_empty() { Some(value) } else { None }
}

/// Whether there is nothing but digits, which needs no reason if it is not so.
const fn is_number(text: &str) -> bool {
    let mut rest = text.as_bytes();
    while let [b'0'..=b'9', tail @ ..] = rest {
        rest = tail;
    }
    rest.is_empty()
}

/// What is before the first of these characters, and what is behind it.
const fn divided(text: &str, separator: u8) -> (&str, Option<&str>) {
    match scan::split_once(text, separator) {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

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
            assert!(matches!(Date::read(iso), Date::Iso(_)), "{iso}");
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
            assert_eq!(Date::read(wrong), Date::Wrong, "{wrong}");
        }
        assert!(matches!(Date::read("1768435200"), Date::Epoch(_)));
        assert!(matches!(Date::read("2026-01-31T10:20:30"), Date::WithoutZone(_)));
    }

    #[test]
    fn a_date_is_a_point_in_time() {
        for (text, seconds) in [
            ("1970-01-01", 0),
            ("1969-12-31", -86_400),
            ("2000-03-01", 951_868_800),
            ("2024-02-29T00:00:00Z", 1_709_164_800),
            ("2026", 1_767_225_600),
            ("2026-01-31T10:20:30-08:00", 1_769_883_630),
            ("2026-01-31T19:20+01:00", 1_769_883_600),
            ("1769883630", 1_769_883_630),
            ("2026-01-31T18:20:30", 1_769_883_630),
        ] {
            assert_eq!(
                Date::read(text).instant().map(|instant| instant.seconds),
                Some(seconds),
                "{text}"
            );
        }
        let at = |text| Date::read(text).instant();
        assert!(at("2026-01-31T10:20:30.5Z") > at("2026-01-31T10:20:30.25Z"));
        assert_eq!(at("2026-01-31T10:20:30.50Z"), at("2026-01-31T10:20:30.5Z"));
    }
}
