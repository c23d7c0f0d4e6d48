//! Dates: a profile of ISO 8601, <https://www.w3.org/TR/NOTE-datetime>, or seconds since 1970.

use super::text_key;
use super::words::{finding, never};
use crate::check::facts::{ConditionFacts, Operand, StatementFacts};
use crate::finding::{Code, Finding};
use crate::policy::value::{Date, days};

pub(super) fn unfit(
    statement: &StatementFacts<'_>,
    condition: &ConditionFacts<'_>,
    operand: &Operand<'_>,
) -> Option<Finding> {
    match Date::read(operand.value) {
        Date::Iso(_) => None,
        Date::Epoch(_) if condition.key.filled().eq_ignore_ascii_case("aws:EpochTime") => None,
        Date::Epoch(_) => Some(
            finding(
                operand,
                Code::InvalidDateValue,
                format!("`{}` is read as seconds since 1970", operand.written),
            )
            .note("they do not count leap seconds, and a reader cannot tell which date they are")
            .with_help(written_out(operand.value).map_or_else(
                || "write the date, such as `2026-01-31T00:00:00Z`".to_owned(),
                |date| format!("write `{date}`"),
            )),
        ),
        Date::WithoutZone(_) => Some(
            finding(
                operand,
                Code::InvalidDateValue,
                format!("`{}` has no time zone", operand.written),
            )
            .note("the profile of ISO 8601 that AWS uses requires one with a time")
            .with_help(format!("write `{}Z`", operand.written)),
        ),
        Date::Wrong => {
            let what = format!("`{}` is not an ISO 8601 date", operand.written);
            let finding = finding(operand, Code::TypeMismatchDate, what).note(never(condition));
            let date = "write a date such as `2026-01-31` or `2026-01-31T23:59:59Z`";
            Some(if operand.value.starts_with(|c: char| c.is_ascii_digit()) {
                finding.with_help(date)
            } else {
                text_key::or(finding, statement, condition, date)
            })
        }
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
