//! Services that tag the session when they assume a role.
//!
//! A request to assume a role with tags needs `sts:TagSession` too.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_permissions-required>

use crate::check::facts::{ASSUME, Facts, StatementFacts, TAG_SESSION};
use crate::check::rules::{Rule, Run};
use crate::finding::{Code, Finding};
use crate::policy::{Kind, PrincipalKey};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::MissingTagSessionForService],
    run: Run::Statement(check),
};

/// Services whose pages say that they tag the session, sorted.
const SERVICES: [&str; 2] = [
    // <https://docs.aws.amazon.com/eks/latest/userguide/capability-role.html>
    "capabilities.eks.amazonaws.com",
    // <https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html>
    "pods.eks.amazonaws.com",
];

fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let named = statement
        .named_principals()
        .filter(|_| facts.kind == Kind::Trust && statement.allows())
        .unwrap_or_default();
    let Some(element) = statement.statement.action.filter(|action| !action.negated) else {
        return Vec::new();
    };
    let allows = |statement: &StatementFacts<'_>, wanted: &str| statement.allows() && statement.includes(wanted);
    let tagging = named.iter().filter(|principal| {
        let service = principal.text.filled();
        principal.key == PrincipalKey::Service
            && SERVICES.contains(&service)
            && allows(statement, ASSUME)
            // Another statement may allow it.
            && !facts.statements.iter().any(|other| {
                let mut named = other.named_principals().unwrap_or_default().iter();
                named.any(|named| named.text.filled() == service) && allows(other, TAG_SESSION)
            })
    });
    tagging
        .map(|principal| {
            let service = principal.text.written();
            Finding::new(
                Code::MissingTagSessionForService,
                element.name_place,
                format!("`{service}` tags the session, which needs `{TAG_SESSION}` too"),
            )
            .about(service)
            .note("AWS accepts it, but the service cannot assume the role")
            .with_help(format!("write `[\"{ASSUME}\", \"{TAG_SESSION}\"]`"))
        })
        .collect()
}
