//! Services that tag the session when they assume a role.
//!
//! A request to assume a role with tags needs `sts:TagSession` too.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_permissions-required>

use crate::check::facts::{ASSUME, Facts, PrincipalRef, StatementFacts, TAG_SESSION};
use crate::check::rules::{Rule, Run};
use crate::finding::{Code, Finding};
use crate::policy::{Kind, PrincipalKey};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::MissingTagSessionForService],
    run: Run::Policy(check),
};

/// Services whose pages say that they tag the session, sorted.
const SERVICES: [&str; 2] = [
    // <https://docs.aws.amazon.com/eks/latest/userguide/capability-role.html>
    "capabilities.eks.amazonaws.com",
    // <https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html>
    "pods.eks.amazonaws.com",
];

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    if facts.kind != Kind::Trust {
        return found;
    }
    for service in SERVICES {
        // One statement may allow to assume the role, and another to tag the session.
        let (mut of_service, mut is_tagged) = (Vec::new(), false);
        for statement in &facts.statements {
            if !statement.allows() {
                continue;
            }
            let Some(principal) = named(statement, service) else {
                continue;
            };
            is_tagged |= statement.includes(TAG_SESSION);
            if statement.includes(ASSUME) {
                of_service.extend(without_tags(statement, principal));
            }
        }
        if !is_tagged {
            found.append(&mut of_service);
        }
    }
    found
}

fn named<'s, 'd>(statement: &'s StatementFacts<'d>, service: &str) -> Option<&'s PrincipalRef<'d>> {
    let mut named = statement.named_principals()?.iter();
    named.find(|principal| principal.key == PrincipalKey::Service && principal.text.filled() == service)
}

fn without_tags(statement: &StatementFacts<'_>, principal: &PrincipalRef<'_>) -> Option<Finding> {
    let element = statement.statement.action.filter(|action| !action.negated)?;
    let service = principal.text.written();
    let finding = Finding::new(
        Code::MissingTagSessionForService,
        element.name_place,
        format!("`{service}` tags the session, which needs `{TAG_SESSION}` too"),
    )
    .about(service)
    .note("AWS accepts it, but the service cannot assume the role");
    Some(finding.with_help(format!("write `[\"{ASSUME}\", \"{TAG_SESSION}\"]`")))
}
