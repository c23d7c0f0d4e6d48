//! IP addresses and ranges.

use super::text_key;
use super::words::finding;
use crate::check::facts::{ConditionFacts, Operand, StatementFacts};
use crate::finding::{Code, Finding, Fix};
use crate::policy::value::IpRange;

pub(super) fn unfit(
    statement: &StatementFacts<'_>,
    condition: &ConditionFacts<'_>,
    operand: &Operand<'_>,
) -> Option<Finding> {
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
        Err(why) => {
            let what = format!("`{}` is not an IP address range: {}", operand.written, why.said());
            let note = format!("no value of `{}` matches it", condition.key.written());
            let finding = finding(operand, Code::TypeMismatchIpRange, what).note(note);
            Some(if operand.value.contains(['.', ':']) {
                finding.with_help(why.help())
            } else {
                text_key::or(finding, statement, condition, why.help())
            })
        }
    }
}
