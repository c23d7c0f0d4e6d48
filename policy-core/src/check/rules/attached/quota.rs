//! How much a service accepts in the policy of one of its resources.

use crate::check::facts::{Counted, Facts, Quota, ResourcePolicy, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::document::Place;
use crate::finding::{Code, Finding};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::ResourcePolicyExceedsServiceQuota],
    run: Run::Policy(check),
};

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let Some(policy) = facts.resource_policy() else {
        return Vec::new();
    };
    let root = facts.document.root().place;
    let mut found = Vec::new();
    for quota in &policy.quotas {
        let statements = facts.statements.iter();
        let count = match quota.of {
            Counted::Statements => facts.statements.len(),
            Counted::Principals => statements.map(|statement| statement.principals.len()).sum(),
            Counted::Conditions => statements.map(|statement| statement.conditions.len()).sum(),
            Counted::Characters => facts.size.characters,
            Counted::ActionsInStatement => {
                for statement in statements {
                    found.extend(in_statement(policy, quota, statement));
                }
                continue;
            }
        };
        found.extend(exceeds(policy, quota, root, "the policy", count));
    }
    found
}

fn in_statement(policy: &ResourcePolicy, quota: &Quota, statement: &StatementFacts<'_>) -> Option<Finding> {
    let place = statement.statement.action?.name_place;
    let finding = exceeds(policy, quota, place, "the statement", statement.actions.len())?;
    Some(finding.with_help("write a pattern that matches only these actions, or two statements"))
}

fn exceeds(policy: &ResourcePolicy, quota: &Quota, place: Place, whole: &str, count: usize) -> Option<Finding> {
    if count <= quota.most {
        return None;
    }
    let beyond_all = quota.raised.is_none_or(|raised| count > raised);
    let most = if beyond_all {
        quota.raised.unwrap_or(quota.most)
    } else {
        quota.most
    };
    let (name, noun, rejection) = (policy.name, quota.of.noun(), policy.rejection(quota.answer));
    let finding = Finding::new(
        Code::ResourcePolicyExceedsServiceQuota,
        place,
        format!("{whole} has {count} {noun}; {name} accepts at most {most}"),
    )
    .about(noun);
    Some(match quota.raised {
        Some(raised) if !beyond_all => finding
            .note(format!(
                "{rejection} unless AWS has raised the account's quota, which it does up to {raised}"
            ))
            .with_help("name fewer principals, or ask Service Quotas for a larger quota")
            .allow_if("AWS has raised the account's quota"),
        Some(_) => finding
            .note(format!("{rejection}; no account has a larger quota"))
            .with_help("name fewer principals, or an organization by `aws:PrincipalOrgID`"),
        None => finding.note(rejection),
    })
}
