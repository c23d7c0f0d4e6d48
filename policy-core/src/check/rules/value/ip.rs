//! IP addresses and ranges.

use super::words::finding;
use crate::check::facts::{ConditionFacts, Operand};
use crate::finding::{Code, Finding, Fix};
use crate::policy::value::IpRange;

pub(super) fn unfit(condition: &ConditionFacts<'_>, operand: &Operand<'_>) -> Option<Finding> {
    match IpRange::read(operand.value) {
        Ok(range) => {
            let trimmed = range.trimmed();
            (trimmed != range).then(|| {
                finding(
                    operand,
                    Code::ImproveIpRange,
                    format!("the range `{}` does not begin at this address", operand.written),
                )
                .note("AWS ignores the bits after the prefix")
                .with_fix(Fix::write(operand.place, trimmed.to_string()).safe())
            })
        }
        Err(why) => Some(
            finding(
                operand,
                Code::TypeMismatchIpRange,
                format!("`{}` is not an IP address range: {}", operand.written, why.said()),
            )
            .note(format!("no value of `{}` matches it", condition.key.written()))
            .with_help(why.help()),
        ),
    }
}
