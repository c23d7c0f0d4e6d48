//! Policies of VPC endpoints that allow nothing.

use crate::check::facts::{Facts, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::finding::{Code, Finding};
use crate::policy::AttachedTo;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::EndpointPolicyAllowsNothing],
    run: Run::Policy(check),
};

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let is_of_endpoint = facts.attached_to() == Some(AttachedTo::VpcEndpoint);
    let only_denies = !facts.statements.is_empty() && facts.statements.iter().all(StatementFacts::denies);
    if !is_of_endpoint || !only_denies {
        return Vec::new();
    }
    vec![
        Finding::new(
            Code::EndpointPolicyAllowsNothing,
            facts.document.root().place,
            "the policy of a VPC endpoint has no `Allow`",
        )
        .about("Allow")
        .note("the policy replaces the default policy, which allows everything: no request passes the endpoint")
        .with_help("add a statement that allows the requests that may pass the endpoint; the default policy is `{ \"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"*\", \"Resource\": \"*\" }`"),
    ]
}
