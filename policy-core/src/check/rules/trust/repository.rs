//! `repo:ORG/REPO:...` says whose workflows; a wildcard in the repository matches those that its owner makes later.
//! <https://docs.github.com/en/actions/reference/security/oidc>

use super::claim::{GITHUB, claim, sample};
use crate::check::facts::{Facts, Issuer, Matched, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::finding::{Code, Finding};
use crate::policy::Kind;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::SpecificGithubRepoAndBranchRecommended],
    run: Run::Statement(check),
};

fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    if facts.kind != Kind::Trust || !statement.allows() || statement.named_principals().is_none() {
        return found;
    }
    let Some(issuer) = Issuer::named(GITHUB) else {
        return found;
    };
    for condition in &statement.conditions {
        let Some(operator) = condition
            .operator
            .filter(|operator| operator.comparison.supports_wildcards() && !operator.comparison.is_negated())
        else {
            continue;
        };
        if !claim(condition.key.filled(), GITHUB).is_some_and(|claim| claim.eq_ignore_ascii_case("sub")) {
            continue;
        }
        for node in condition.value.as_list() {
            let Some(text) = node.as_text() else { continue };
            // What matches the repositories of strangers, or none, is more than a recommendation.
            let is_named = matches!(
                issuer.matched("sub", operator, text.filled()),
                Some(Matched::Named | Matched::Customized) | None
            );
            if is_named && has_open_name(text.filled()) {
                let finding = Finding::new(
                    Code::SpecificGithubRepoAndBranchRecommended,
                    node.place,
                    format!("`{}` matches more than one repository", text.written()),
                )
                .about(text.written())
                .note(
                    "the workflows of every repository that matches can assume the role, including repositories that are created later",
                );
                found.push(match issuer.write {
                    Some((_, value)) => finding.with_help(format!("write {}", sample(value))),
                    None => finding,
                });
            }
        }
    }
    found
}

/// Whether a wildcard is in the name of the owner or the repository: `repo:example/*`. In `repo:example@*/site@*` it means
/// their IDs, which the names say already.
fn has_open_name(subject: &str) -> bool {
    let repository = match subject.split_once(':') {
        Some(("repo", rest)) => rest.split(':').next().unwrap_or(rest),
        _ => subject,
    };
    repository.split('/').any(|part| {
        let (name, id) = part.split_once('@').unwrap_or((part, "*"));
        name.contains(['*', '?']) && id.contains(['*', '?'])
    })
}
