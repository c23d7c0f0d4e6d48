//! Dates, of which AWS does not document how some are read.

use super::condition::compares;
use super::pattern::Match;
use crate::policy::Comparison;
use crate::policy::value::{Date, Instant};

/// A date in a policy or a request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    instant: Instant,
    /// What four digits are as seconds since 1970, and not as a year: AWS accepts both.
    other: Option<Instant>,
    /// Whether its zone is not given, without which AWS does not document a date.
    lacks_zone: bool,
    /// Whether it is within a second. The profile of dates that AWS names has fractions of a second, and says that an implementation may
    /// limit their digits: a `Deny` counts as if it took none.
    has_fraction: bool,
}

impl Moment {
    pub fn read(text: &str) -> Option<Self> {
        let date = Date::read(text);
        Some(Self {
            instant: date.instant()?,
            other: if text.len() == 4 { Date::read_epoch(text) } else { None },
            lacks_zone: matches!(date, Date::WithoutZone(_)),
            has_fraction: has_fraction(text),
        })
    }

    /// How a date of a request compares with one of a policy. Four digits are first a year, which is a date of the profile that AWS
    /// names; only a `Deny` counts the other reading.
    pub fn compares(self, comparison: Comparison, wanted: Self, denies: bool) -> Match<'static> {
        if self.lacks_zone || wanted.lacks_zone {
            return Match::Doubt;
        }
        if denies && (self.has_fraction || wanted.has_fraction) && self.instant.is_in_second_of(wanted.instant) {
            return Match::Doubt;
        }
        let first = compares(comparison, self.instant.cmp(&wanted.instant));
        if !denies || self.other.is_none() && wanted.other.is_none() {
            return Match::of(first);
        }
        let mut all = self
            .readings()
            .flat_map(|one| wanted.readings().map(move |other| one.cmp(&other)));
        if all.all(|order| compares(comparison, order) == first) {
            Match::of(first)
        } else {
            Match::Doubt
        }
    }

    fn readings(self) -> impl Iterator<Item = Instant> {
        [Some(self.instant), self.other].into_iter().flatten()
    }
}

/// Whether digits behind a decimal point are not all 0.
fn has_fraction(text: &str) -> bool {
    let fraction = text.split_once('.').map_or("", |(_, fraction)| fraction);
    let mut digits = fraction.bytes().take_while(u8::is_ascii_digit);
    digits.any(|digit| digit != b'0')
}
