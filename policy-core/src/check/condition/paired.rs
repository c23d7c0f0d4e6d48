//! Condition keys that say little without another.

use super::earlier::Earlier;
use crate::finding::{Code, Finding};
use crate::policy::{Condition, Effect, Statement};

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
    earlier: &Earlier<'_, '_>,
) -> Option<Finding> {
    let (key, partners) = PAIRS.into_iter().find(|(key, _)| condition.is_on(key))?;
    let comparison = condition.operator?.comparison;
    let allows = statement.effect == Some(Effect::Allow) && !comparison.is_negated();
    let has_partner = || statement.conditions.iter().any(|other| other.is_on_one_of(partners));
    if !condition.compares() || !allows || earlier.compares(key) || has_partner() {
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
