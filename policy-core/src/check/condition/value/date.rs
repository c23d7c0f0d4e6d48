//! Dates: a profile of ISO 8601, <https://www.w3.org/TR/NOTE-datetime>, or seconds since 1970.

use super::Operand;
use crate::finding::{Code, Finding};
use crate::policy::value::Date;

pub(super) fn unfit(operand: &Operand<'_, '_>) -> Option<Finding> {
    match Date::read(operand.value) {
        Date::Iso(_) => None,
        Date::Epoch(_) if operand.condition.key.filled().eq_ignore_ascii_case("aws:EpochTime") => None,
        Date::Epoch(_) => Some(
            operand
                .finding(
                    Code::InvalidDateValue,
                    format!("`{}` is read as seconds since 1970", operand.written),
                )
                .note("seconds do not count leap seconds, and nobody can read them")
                .help("write the date, such as `2026-01-31T00:00:00Z`"),
        ),
        Date::WithoutZone(_) => Some(
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
