//! The grammar of policies, which the [reader](crate::policy::read) checks while it reads.

use crate::check::facts::Facts;
use crate::check::rules::{Rule, Run};
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::DataTypeMismatch,
        Code::InvalidPolicyElement,
        Code::DuplicateElement,
        Code::InvalidVersion,
        Code::MissingVersion,
        Code::MissingStatement,
        Code::MissingEffect,
        Code::InvalidEffect,
        Code::MissingAction,
        Code::MissingResource,
        Code::MissingPrincipal,
        Code::InvalidPrincipalFormat,
        Code::InvalidPrincipalKey,
        Code::UnsupportedPrincipal,
        Code::ScpSyntaxErrorPrincipal,
        Code::RcpSyntaxErrorPrincipal,
        Code::RcpSyntaxErrorAllow,
        Code::RcpSyntaxErrorNotaction,
        Code::RoleTrustPolicySyntaxErrorNotprincipal,
        Code::RoleTrustPolicySyntaxErrorResource,
        Code::UnsupportedId,
        Code::UnsupportedElementCombination,
        Code::EmptyArrayAction,
        Code::EmptyArrayResource,
        Code::EmptyArrayPrincipal,
        Code::EmptyObjectPrincipal,
        Code::EmptyObjectCondition,
    ],
    run: Run::Policy(check),
};

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    facts.form.iter().cloned().collect_vec()
}
