//! The grammar of resource control policies, where it is narrower than IAM's.
//!
//! Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html>

use crate::catalogue;
use crate::check::facts::{ActionMeaning, ActionRef, Facts, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::check::words::catalogue_note;
use crate::collected::CollectVec;
use crate::document::Place;
use crate::finding::{Code, Finding};
use crate::policy::{Element, Kind, StatementOutline};

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::RcpSyntaxErrorAllow,
        Code::RcpSyntaxErrorNotaction,
        Code::RcpSyntaxErrorAction,
    ],
    run: Run::Statement(check),
};

/// What AWS Organizations answers to a policy that it rejects.
const REJECTED: &str = "AWS Organizations rejects the policy with `MalformedPolicyDocumentException`";

fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    if facts.kind != Kind::ResourceControl {
        return Vec::new();
    }
    if statement.allows() {
        // One message: an author who turns it into a `Deny` rewrites the rest.
        let allows = (!is_full_access(&statement.statement)).then(|| allow(&statement.statement));
        return allows.into_iter().collect_vec();
    }
    match statement.statement.action {
        Some(element) if element.negated => vec![
            Finding::new(
                Code::RcpSyntaxErrorNotaction,
                element.name_place,
                "a resource control policy cannot have `NotAction`",
            )
            .about("NotAction")
            .note(REJECTED)
            .with_help("list the actions to deny in `Action`, without those of `NotAction`"),
        ],
        _ => statement.actions.iter().filter_map(unfit).collect_vec(),
    }
}

/// Whether a statement is that of `RCPFullAWSAccess`, which AWS attaches automatically.
fn is_full_access(statement: &StatementOutline<'_>) -> bool {
    let is_star = |element: Option<Element<'_>>| {
        element.is_some_and(|element| {
            let [value] = element.value.as_list() else {
                return false;
            };
            !element.negated && value.as_text().is_some_and(|text| text.filled() == "*")
        })
    };
    is_star(statement.principal)
        && is_star(statement.action)
        && is_star(statement.resource)
        && statement.conditions.is_empty()
}

fn allow(statement: &StatementOutline<'_>) -> Finding {
    Finding::new(
        Code::RcpSyntaxErrorAllow,
        effect_place(statement),
        "a statement of a resource control policy must have `\"Effect\": \"Deny\"`",
    )
    .about("Allow")
    .note(
        "AWS Organizations rejects the policy; it accepts `Allow` only in `RCPFullAWSAccess`, which it attaches automatically \
         and which allows every action on every resource",
    )
    .with_help("write `\"Effect\": \"Deny\"` for the requests that you want to prevent, with a condition that exempts other requests")
}

/// Where the value of `Effect` is.
fn effect_place(statement: &StatementOutline<'_>) -> Place {
    let effect = statement.node.member("Effect");
    effect.map_or(statement.node.place, |effect| effect.place)
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
                .note(REJECTED)
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
        .note(REJECTED)
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
