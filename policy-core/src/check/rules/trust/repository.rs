//! `repo:ORG/REPO:...` says whose workflows; a wildcard in it matches repositories that others can make.
//! <https://docs.github.com/actions/reference/security/oidc>

use super::claim::{GITHUB, claim};
use crate::check::facts::{Facts, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::finding::{Code, Finding};
use crate::policy::Kind;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::SpecificGithubRepoAndBranchRecommended],
    run: Run::Statement(check),
};

fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let is_asked = facts.kind == Kind::Trust && statement.allows();
    if !is_asked || statement.named_principals().is_none() {
        return found;
    }
    let subjects = statement.conditions.iter().filter(|condition| {
        let is_pattern = condition
            .operator
            .is_some_and(|operator| operator.comparison.supports_wildcards());
        is_pattern && claim(condition.key.filled(), GITHUB).is_some_and(|claim| claim.eq_ignore_ascii_case("sub"))
    });
    for node in subjects.flat_map(|condition| condition.value.as_list()) {
        let Some(text) = node.as_text() else { continue };
        let subject = text.filled();
        let repository = match subject.split_once(':') {
            Some(("repo", rest)) => rest.split(':').next().unwrap_or(rest),
            _ => subject,
        };
        if repository.contains(['*', '?']) {
            found.push(
                Finding::new(
                    Code::SpecificGithubRepoAndBranchRecommended,
                    node.place,
                    format!("`{}` matches more than one repository", text.written()),
                )
                .about(text.written())
                .note("anyone who creates a repository with a matching name can assume the role from its workflows")
                .with_help("write `repo:ORG/REPO:ref:refs/heads/BRANCH`, one for each repository"),
            );
        }
    }
    found
}
