//! Dates: a profile of ISO 8601, <https://www.w3.org/TR/NOTE-datetime>, or seconds since 1970.

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

impl Date {
    pub(crate) fn read(text: &str) -> Self {
        let is_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if is_digits && text.len() != 4 {
            return text.parse().map_or(Self::Wrong, |seconds| {
                Self::Epoch(Instant {
                    seconds,
                    nanoseconds: 0,
                })
            });
        }
        let (day, time) = match text.split_once('T') {
            Some((day, time)) => (day, Some(time)),
            None => (text, None),
        };
        match (Day::read(day), time) {
            (None, _) | (Some(Day { is_whole: false, .. }), Some(_)) => Self::Wrong,
            (Some(day), None) => Self::Iso(day.start()),
            (Some(day), Some(time)) => with_time(day.start(), time).unwrap_or(Self::Wrong),
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
    fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = digits(parts.next()?, 4)?;
        let (month, day, is_whole) = match (parts.next(), parts.next()) {
            (None, _) => (1, 1, false),
            (Some(month), None) => (digits(month, 2)?, 1, false),
            (Some(month), Some(day)) => (digits(month, 2)?, digits(day, 2)?, true),
        };
        let is_right = parts.next().is_none() && (1..=12).contains(&month) && (1..=days(year, month)).contains(&day);
        is_right.then(|| Self {
            is_whole,
            days: since_1970(i64::from(year), i64::from(month), i64::from(day)),
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
fn with_time(day: Instant, text: &str) -> Option<Date> {
    let (time, zone) = match text.strip_suffix('Z') {
        Some(time) => (time, Some(0)),
        None => match text.rfind(['+', '-']).and_then(|at| text.split_at_checked(at)) {
            Some((time, zone)) => {
                let (seconds, _) = clock(zone.get(1..)?, false)?;
                (time, Some(if zone.starts_with('-') { -seconds } else { seconds }))
            }
            None => (text, None),
        },
    };
    let (seconds, nanoseconds) = clock(time, true)?;
    let instant = Instant {
        seconds: day.seconds + seconds - zone.unwrap_or(0),
        nanoseconds,
    };
    Some(match zone {
        Some(_) => Date::Iso(instant),
        None => Date::WithoutZone(instant),
    })
}

/// Seconds and nanoseconds.
fn clock(text: &str, may_have_seconds: bool) -> Option<(i64, u32)> {
    let mut parts = text.split(':');
    let up_to = |part: &str, most| digits(part, 2).filter(|value| *value <= most).map(i64::from);
    let minutes = up_to(parts.next()?, 23)? * 60 + up_to(parts.next()?, 59)?;
    let Some(seconds) = parts.next() else {
        return Some((minutes * 60, 0));
    };
    let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
    let is_right = may_have_seconds
        && parts.next().is_none()
        && !fraction.is_empty()
        && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let nanoseconds = fraction.bytes().chain(std::iter::repeat(b'0')).take(9);
    is_right.then_some((
        minutes * 60 + up_to(whole, 60)?,
        nanoseconds.fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0')),
    ))
}

fn digits(text: &str, count: usize) -> Option<u32> {
    (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
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
