//! Private addresses where AWS compares public ones.

use crate::check::facts::{ConditionFacts, StatementFacts, Values};
use crate::check::rules::{Rule, Run};
use crate::collected::CollectVec;
use crate::finding::{Change, Code, Finding, Fix};
use crate::policy::Family;
use crate::policy::value::IpRange;

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::PrivateIpAddress,
        Code::PrivateNotIpAddress,
        Code::PrivateIpAddressSubset,
        Code::PrivateNotIpAddressSubset,
    ],
    run: Run::Condition(check),
};

fn check(_: &StatementFacts<'_>, condition: &ConditionFacts<'_>) -> Vec<Finding> {
    private(condition).into_iter().collect_vec()
}

/// `aws:SourceIp` is the public address from which a request comes; one through a VPC endpoint has no such key.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceip>
fn private(condition: &ConditionFacts<'_>) -> Option<Finding> {
    let operator = condition.operator.filter(|_| condition.values == Values::Each)?;
    if !condition.is_on("aws:SourceIp") || operator.comparison.family() != Family::IpAddress {
        return None;
    }
    let values = condition.value.as_list();
    let mut private = Vec::new();
    for node in values {
        let text = node.as_text()?;
        // What is wrong with one of them comes first.
        let range = IpRange::read(text.filled()).ok()?;
        if range.trimmed() != range {
            return None;
        }
        if range.is_private() {
            private.push((text.written(), node.place));
        }
    }
    let (first, _) = private.first()?;
    let all = private.len() == values.len();
    let key = condition.key.written();
    let (code, outcome) = match (operator.comparison.is_negated(), all) {
        (false, true) => (Code::PrivateIpAddress, "the condition is never met"),
        (true, true) => (Code::PrivateNotIpAddress, "the condition is always met"),
        (false, false) => (Code::PrivateIpAddressSubset, "no request comes from them"),
        (true, false) => (
            Code::PrivateNotIpAddressSubset,
            "callers with a private address are not exempt",
        ),
    };
    let what = if all {
        format!("only private addresses for `{key}`, which holds public ones")
    } else {
        format!("`{first}` is private, and `{key}` holds public addresses")
    };
    let finding = Finding::new(code, condition.value.place, what)
    .about(key)
    .note(format!("AWS accepts it, but {outcome}"))
    .with_help("write the public ranges; for requests through a VPC endpoint compare `aws:VpcSourceIp`, together with `aws:SourceVpc`");
    Some(if all {
        finding
    } else {
        // Not safe: it is known of the requests that AWS sees, and not of every request that can be thought of.
        let changes = private.into_iter().map(|(_, place)| Change::Remove(place));
        finding.fixed_by(Fix::new("remove the private addresses", changes.collect_vec()))
    })
}
