//! A day of the calendar.

use std::error::Error;
use std::fmt;
use std::str::FromStr;

/// A day of the Gregorian calendar, written as ISO 8601 does: `2027-03-01`.
///
/// ```
/// use policy_files::Day;
///
/// let day: Day = "2027-03-01".parse()?;
/// assert!(day > Day::of_unix_time(1_700_000_000));
/// assert_eq!(Day::of_unix_time(1_700_000_000).to_string(), "2023-11-14");
/// assert!("2027-02-29".parse::<Day>().is_err());
/// # Ok::<(), policy_files::ParseDayError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: u64,
    month: u64,
    of_month: u64,
}

impl Day {
    /// The day in UTC of a time in seconds since 1970.
    pub const fn of_unix_time(seconds: u64) -> Self {
        let mut left = seconds / 86_400;
        let mut year = 1970;
        while left >= days_of_year(year) {
            left -= days_of_year(year);
            year += 1;
        }
        let mut month = 1;
        while left >= days_of_month(year, month) {
            left -= days_of_month(year, month);
            month += 1;
        }
        Self {
            year,
            month,
            of_month: left + 1,
        }
    }
}

const fn days_of_year(year: u64) -> u64 {
    if is_leap(year) { 366 } else { 365 }
}

const fn is_leap(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

const fn days_of_month(year: u64, month: u64) -> u64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.of_month)
    }
}

/// A text that is not a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseDayError(String);

impl fmt::Display for ParseDayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not a day of the calendar; write one such as `2027-03-01`",
            self.0
        )
    }
}

impl Error for ParseDayError {}

impl FromStr for Day {
    type Err = ParseDayError;

    fn from_str(text: &str) -> Result<Self, ParseDayError> {
        let number = |part: &str, length: usize| {
            let is_number = part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| part.parse().ok()).flatten()
        };
        let mut parts = text.split('-');
        let read = (|| {
            let [year, month, day] = [parts.next()?, parts.next()?, parts.next()?];
            Some((number(year, 4)?, number(month, 2)?, number(day, 2)?))
        })();
        match read {
            Some((year, month @ 1..=12, of_month @ 1..))
                if of_month <= days_of_month(year, month) && parts.next().is_none() =>
            {
                Ok(Self { year, month, of_month })
            }
            _ => Err(ParseDayError(text.to_owned())),
        }
    }
}
