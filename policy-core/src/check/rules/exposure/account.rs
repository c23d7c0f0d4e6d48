//! Other accounts.

use crate::catalogue::Bearer;
use crate::check::facts::{ConditionFacts, Facts, StatementFacts, is_limit};
use crate::check::rules::{Rule, Run};
use crate::finding::{Code, Finding};
use crate::numbers::Texts;
use crate::policy::{Kind, PrincipalKey};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::CrossAccountAccess],
    run: Run::Statement(check),
};

/// Reports once each other account that gets access. The owner of the policy has to be known: by the options, or
/// by the ARNs of the resources that it is attached to. A hole may be any account.
fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let kind = facts.kind;
    let is_asked = facts.lets_in() && statement.allows();
    let Some(principals) = statement.named_principals().filter(|_| is_asked) else {
        return found;
    };
    if principals.iter().all(|principal| principal.key != PrincipalKey::Aws) || statement.conditions.iter().any(settles)
    {
        return found;
    }
    let Some(own) = facts.owner(statement) else {
        return found;
    };
    let mut said = Texts::new();
    for principal in principals {
        let other = principal.account().filter(|account| *account != own);
        let Some(account) = other.filter(|account| said.insert((*account).into())) else {
            continue;
        };
        found.push(
            Finding::new(
                Code::CrossAccountAccess,
                principal.place,
                format!("account {account} gets access to a resource owned by {own}"),
            )
            .about(principal.text.written())
            .note("you do not control which principals that account delegates to")
            .with_help(match kind {
                Kind::Trust => {
                    "if it is meant, write a condition: `aws:PrincipalOrgID` where the account is of your organization, \
                     `sts:ExternalId` where it is another company's"
                }
                _ => {
                    "if it is meant and the account is of your organization, write the condition \
                     `\"StringEquals\": { \"aws:PrincipalOrgID\": \"o-a1b2c3d4e5\" }`"
                }
            }),
        );
    }
    found
}

/// Whether a condition is what the finding would ask for.
fn settles(condition: &ConditionFacts<'_>) -> bool {
    // `sts:ExternalId`, and what some services have of the same kind, as `cloudtrail:ExternalId`.
    let is_of_organization = || {
        condition
            .key_facts
            .is_some_and(|key| key.brought_by == Some(Bearer::Organization))
    };
    condition.may_be_any()
        || condition.key.filled().to_ascii_lowercase().ends_with(":externalid")
        || is_of_organization() && is_limit(condition)
}
