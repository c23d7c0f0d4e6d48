//! IP addresses and ranges.

use super::Operand;
use crate::finding::{Code, Finding};
use crate::policy::value::IpRange;
use crate::policy::{Condition, Operator};

pub(super) fn unfit(operand: &Operand<'_, '_>) -> Option<Finding> {
    match IpRange::read(operand.value) {
        Ok(range) => {
            let trimmed = range.trimmed();
            (trimmed != range).then(|| {
                operand
                    .finding(
                        Code::ImproveIpRange,
                        format!("the range `{}` does not begin at this address", operand.written),
                    )
                    .note("AWS leaves out the bits behind the prefix")
                    .help(format!("write `{trimmed}`"))
            })
        }
        Err(why) => Some(
            operand
                .finding(
                    Code::TypeMismatchIpRange,
                    format!("`{}` is no range of IP addresses: {}", operand.written, why.said()),
                )
                .note(format!(
                    "no value of `{}` compares with it",
                    operand.condition.key.written()
                ))
                .help(why.help()),
        ),
    }
}

/// `aws:SourceIp` is the public address from which a request comes; one through a VPC endpoint has no such key.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceip>
pub(super) fn private(condition: &Condition<'_>, operator: Operator) -> Option<Finding> {
    if !condition.is_on("aws:SourceIp") {
        return None;
    }
    let ranges: Vec<(IpRange, &str)> = condition
        .value
        .as_list()
        .iter()
        .map(|node| {
            let text = node.as_text()?;
            Some((IpRange::read(text.filled()).ok()?, text.written()))
        })
        .collect::<Option<_>>()?;
    let mut private = ranges.iter().filter(|(range, _)| range.is_private());
    let (_, first) = private.next()?;
    let all = private.count() + 1 == ranges.len();
    let key = condition.key.written();
    let (code, outcome) = match (operator.comparison.is_negated(), all) {
        (false, true) => (Code::PrivateIpAddress, "the condition is never met"),
        (true, true) => (Code::PrivateNotIpAddress, "the condition is always met"),
        (false, false) => (Code::PrivateIpAddressSubset, "no request comes from there"),
        (true, false) => (
            Code::PrivateNotIpAddressSubset,
            "whoever has a private address is not spared",
        ),
    };
    let what = if all {
        format!("only private addresses for `{key}`, which holds public ones")
    } else {
        format!("`{first}` is private, and `{key}` holds public addresses")
    };
    let finding = Finding::new(code, condition.value.place, what)
    .about(key)
    .note(format!("AWS accepts it; {outcome}"))
    .help("write the public ranges; for requests through a VPC endpoint compare `aws:VpcSourceIp`, together with `aws:SourceVpc`");
    Some(finding)
}
