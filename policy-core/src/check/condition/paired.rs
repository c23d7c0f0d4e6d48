//! Condition keys that say little without another.

use crate::finding::{Code, Finding};
use crate::policy::{Condition, Effect, Family, Statement};

/// A private address, and the keys that say in which network: the addresses of one VPC are those of others too. Access
/// Analyzer names the first pair only; the second is of the same kind by AWS's page of the key:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-vpcsourceip>,
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-ec2instancesourceprivateipv4>
const PAIRS: [(&str, &[&str]); 2] = [
    (
        "aws:VpcSourceIp",
        &[
            "aws:SourceVpc",
            "aws:SourceVpcArn",
            "aws:SourceVpce",
            "aws:VpceAccount",
            "aws:VpceOrgID",
            "aws:VpceOrgPaths",
        ],
    ),
    ("aws:Ec2InstanceSourcePrivateIPv4", &["aws:Ec2InstanceSourceVpc"]),
];

/// Of an `Allow` for such addresses. In a `Deny` a further condition of the same statement would deny less.
pub(super) fn check(
    statement: &Statement<'_>,
    condition: &Condition<'_>,
    earlier: &[Condition<'_>],
) -> Option<Finding> {
    let key = condition.key.filled();
    let (_, partners) = PAIRS.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(key))?;
    let comparison = condition.operator?.comparison;
    let allows = statement.effect == Some(Effect::Allow) && !comparison.is_negated();
    let has_partner = statement.conditions.iter().any(|other| {
        partners
            .iter()
            .any(|partner| partner.eq_ignore_ascii_case(other.key.filled()))
    });
    let was_said = earlier.iter().any(|other| {
        let is_comparison = other
            .operator
            .is_some_and(|operator| operator.comparison.family() != Family::Null);
        is_comparison && other.key.filled().eq_ignore_ascii_case(key)
    });
    if comparison.family() == Family::Null || !allows || has_partner || was_said {
        return None;
    }
    let first = partners.first()?;
    Some(
        Finding::new(
            Code::MissingPairedConditionKeys,
            condition.key_place,
            format!("`{}` does not say in which VPC", condition.key.written()),
        )
        .about(condition.key.written())
        .note("every VPC can have these private addresses, those of other accounts too")
        .help(format!(
            "write the VPC beside it: `\"StringEquals\": {{ \"{first}\": \"vpc-0a1b2c3d4e5f67890\" }}`"
        )),
    )
}
