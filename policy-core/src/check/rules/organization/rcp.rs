//! The actions of resource control policies, which apply to some services.
//!
//! Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html>

use crate::catalogue;
use crate::check::facts::{ActionMeaning, ActionRef, Facts, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::check::words::catalogue_note;
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};
use crate::policy::{Kind, REJECTED_BY_ORGANIZATIONS};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::RcpSyntaxErrorAction],
    run: Run::Statement(check),
};

fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    // An author who turns an `Allow` into a `Deny`, or `NotAction` into `Action`, rewrites the actions.
    let is_negated = statement.statement.action.is_some_and(|element| element.negated);
    if facts.kind != Kind::ResourceControl || statement.allows() || is_negated {
        return Vec::new();
    }
    statement.actions.iter().filter_map(unfit).collect_vec()
}

/// What is wrong with an action that is right in IAM's eyes.
fn unfit(named: &ActionRef<'_>) -> Option<Finding> {
    let written = named.text.written();
    let service = match &named.meaning {
        ActionMeaning::Everything => {
            return Some(
                Finding::new(
                    Code::RcpSyntaxErrorAction,
                    named.place,
                    "`*` cannot be an action of a resource control policy",
                )
                .about(written)
                .note(REJECTED_BY_ORGANIZATIONS)
                .with_help("write one pattern for each service, such as `s3:*` and `kms:*`"),
            );
        }
        ActionMeaning::One(action) => action.service(),
        ActionMeaning::Pattern(service) => *service,
        // Another rule reports what is wrong with it.
        ActionMeaning::Unknown(_) => return None,
    };
    let prefix = named
        .text
        .filled()
        .split_once(':')
        .map_or(0, |(prefix, _)| prefix.len());
    (!service.supports_rcp()).then(|| {
        Finding::new(
            Code::RcpSyntaxErrorAction,
            named.place,
            format!(
                "`{written}` cannot be in a resource control policy: such a policy does not apply to {}",
                service.name()
            ),
        )
        .part(named.text, 0..prefix)
        .about(written)
        .note(REJECTED_BY_ORGANIZATIONS)
        .note(catalogue_note())
        .with_help(
            "remove the action; to restrict the users and roles of the organization, write a service control policy",
        )
        .allow_if(format!(
            "AWS added the service to resource control policies after {}",
            catalogue::snapshot().date()
        ))
    })
}
