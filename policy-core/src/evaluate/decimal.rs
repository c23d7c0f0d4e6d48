//! Numbers, compared digit by digit: those of a policy can have more digits than a floating-point number.

use std::cmp::Ordering;

use super::condition::compares;
use super::pattern::Match;
use crate::policy::Comparison;

/// The most digits of a decimal number that a floating-point number always has.
const SURE: usize = 15;

/// A number as AWS compares it: "an integer or decimal value". AWS does not document exponents.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Numeric>
#[derive(Clone, Copy, Debug)]
pub(super) struct Decimal<T> {
    is_negative: bool,
    /// The digits before the point, without leading zeros.
    whole: T,
    /// The digits after the point, without trailing zeros.
    fraction: T,
}

impl<'t> Decimal<&'t str> {
    pub fn read(text: &'t str) -> Option<Self> {
        let (is_negative, unsigned) = match text.strip_prefix('-') {
            Some(unsigned) => (true, unsigned),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let is_number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() && fraction.is_empty() || !is_number(whole) || !is_number(fraction) {
            return None;
        }
        let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        Some(Self {
            // There is one zero.
            is_negative: is_negative && !(whole.is_empty() && fraction.is_empty()),
            whole,
            fraction,
        })
    }

    pub fn owned(self) -> Decimal<Box<str>> {
        Decimal {
            is_negative: self.is_negative,
            whole: self.whole.into(),
            fraction: self.fraction.into(),
        }
    }

    /// How it compares with a number of a policy. AWS does not document the precision of numbers: digits that a floating-point number
    /// does not have may not count.
    pub fn compares(self, comparison: Comparison, wanted: &Decimal<Box<str>>) -> Match<'static> {
        let exactly = compares(comparison, self.order(wanted));
        if self.digits() <= SURE && wanted.borrowed().digits() <= SURE {
            return Match::of(exactly);
        }
        let nearly = self.nearest().partial_cmp(&wanted.borrowed().nearest());
        match nearly.map(|order| compares(comparison, order)) {
            Some(nearly) if nearly == exactly => Match::of(exactly),
            _ => Match::Doubt,
        }
    }

    const fn digits(self) -> usize {
        self.whole.len() + self.fraction.len()
    }

    /// The nearest floating-point number.
    #[cold]
    fn nearest(self) -> f64 {
        let sign = if self.is_negative { "-" } else { "" };
        let number = format!("{sign}{}.{}", self.whole, self.fraction).parse();
        // A point without digits is a zero.
        number.unwrap_or_default()
    }

    /// Compares it with a number of a policy, digit by digit.
    fn order(self, wanted: &Decimal<Box<str>>) -> Ordering {
        let size = self.whole.len().cmp(&wanted.whole.len());
        let size = size.then_with(|| self.whole.cmp(&wanted.whole));
        let size = size.then_with(|| self.fraction.cmp(&wanted.fraction));
        match (self.is_negative, wanted.is_negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => size,
            (true, true) => size.reverse(),
        }
    }
}

impl Decimal<Box<str>> {
    fn borrowed(&self) -> Decimal<&str> {
        Decimal {
            is_negative: self.is_negative,
            whole: &self.whole,
            fraction: &self.fraction,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by it")]
mod tests {
    use super::Decimal;
    use std::cmp::Ordering::{Equal, Greater, Less};

    #[test]
    fn numbers_are_compared_digit_by_digit() {
        let long = "9".repeat(400);
        for (one, other, expected) in [
            ("9007199254740993", "9007199254740992", Greater),
            ("1", "1.00000000000000000001", Less),
            ("-1", "-1.00000000000000000001", Greater),
            (&*long, &*format!("{long}.5"), Less),
            (&*format!("1{long}"), &*long, Greater),
            ("007.50", "+7.5", Equal),
            ("-0", "0.", Equal),
            (".5", "0.50", Equal),
            ("-2", "1", Less),
            ("0.09", "0.1", Less),
            ("10", "9", Greater),
        ] {
            let wanted = Decimal::read(other).unwrap().owned();
            assert_eq!(Decimal::read(one).unwrap().order(&wanted), expected, "{one} {other}");
            let wanted = Decimal::read(one).unwrap().owned();
            assert_eq!(
                Decimal::read(other).unwrap().order(&wanted),
                expected.reverse(),
                "{other} {one}"
            );
        }
    }

    #[test]
    fn what_is_no_number_is_not_read() {
        for text in [
            "", ".", "-", "+-1", "1e3", "1E3", "1.2.3", "1,5", " 1", "\u{661}", "inf", "NaN", "0x1",
        ] {
            assert!(Decimal::read(text).is_none(), "{text}");
        }
    }
}
