//! Other accounts.

use std::collections::HashSet;

use crate::arn::{ArnPattern, Field};
use crate::check::judged::Judged;
use crate::check::resource::Scope;
use crate::check::{Options, placeholder};
use crate::document::Text;
use crate::finding::{Code, Finding, Findings};
use crate::names::{AccountId, Name};
use crate::policy::{Kind, Principal, PrincipalKey, Statement};

use super::limit;

/// Says of each other account once that it is let in. Whose the policy is has to be known: by the options, or by the ARNs
/// of the resources that it is attached to. A hole may be any account.
pub(super) fn check(
    one: &Judged<'_, '_>,
    principals: &[Principal<'_>],
    kind: Kind,
    options: &Options,
    findings: &mut Findings,
) {
    if principals.iter().all(|principal| principal.key != PrincipalKey::Aws) || is_settled(one.statement) {
        return;
    }
    let own = match options.own_account() {
        Some(own) => own.as_str(),
        None if kind == Kind::Resource => match owner(one) {
            Some(own) => own,
            None => return,
        },
        None => return,
    };
    let mut said: HashSet<&str> = HashSet::new();
    for principal in principals {
        let Some(account) = account_of(principal).filter(|account| *account != own && said.insert(account)) else {
            continue;
        };
        findings.push(
            Finding::new(
                Code::CrossAccountAccess,
                principal.place,
                format!("the account {account} is let in, and the policy is of {own}"),
            )
            .about(principal.text.written())
            .note("whom that account lets act for it, and what becomes of it, is not yours to decide")
            .help(match kind {
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
}

/// Whether the statement has what the finding would ask for.
fn is_settled(statement: &Statement<'_>) -> bool {
    statement.conditions.iter().any(|condition| {
        // `sts:ExternalId`, and what some services have of the same kind, as `cloudtrail:ExternalId`.
        condition.key.filled().to_ascii_lowercase().ends_with(":externalid")
            || condition.is_on_one_of(&["aws:PrincipalOrgID", "aws:PrincipalOrgPaths"]) && limit::is_limit(condition)
    })
}

/// The account that the statement's resources are of, if they are of one.
fn owner<'a>(one: &Judged<'_, 'a>) -> Option<&'a str> {
    let mut owner = None;
    for target in &one.targets {
        let Scope::Arn(arn) = &target.scope else { continue };
        if arn.account().is_empty() {
            continue;
        }
        let account = plain(target.text, arn)?;
        if owner.is_some_and(|owner| owner != account) {
            return None;
        }
        owner = Some(account);
    }
    owner
}

fn account_of<'a>(principal: &Principal<'a>) -> Option<&'a str> {
    let text = principal.text;
    if principal.key != PrincipalKey::Aws || placeholder::stands_in(text) {
        return None;
    }
    match ArnPattern::parse(text.filled()) {
        Ok(arn) => plain(text, &arn),
        Err(_) => Some(text.filled()).filter(|id| text.holes().is_empty() && AccountId::parse_name(id).is_ok()),
    }
}

/// An ARN's account, if it is written out.
fn plain<'a>(text: &Text<'_>, arn: &ArnPattern<'a>) -> Option<&'a str> {
    let is_hole = text.has_hole_in(&arn.range(Field::Account));
    Some(arn.account().as_str()).filter(|id| !is_hole && AccountId::parse_name(id).is_ok())
}
