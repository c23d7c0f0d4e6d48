//! Wildcards and policy variables where they open what a condition is to close: in the ids of accounts, organizations and
//! networks, and in `aws:userid`.
//!
//! Access Analyzer publishes three messages, and AWS's page of the global keys which ones are sensitive; which keys want six
//! characters before a wildcard is not published. Here those are the keys that hold paths of organizations: six characters
//! are the beginning of one organization's id, and fewer that of any.
//!
//! It also refuses every variable with a sensitive key by its text, and none in AWS's own managed policies. AWS's pages
//! compare `aws:ResourceOrgID` with `${aws:PrincipalOrgID}`: what AWS itself says of the request, and no caller chooses, is
//! right here too.
//!
//! Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sensitive>

use crate::catalogue::Fixed;
use crate::check::facts::{ConditionFacts, StatementFacts, Wide};
use crate::check::rules::{Rule, Run};
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::WildcardUsageTooPermissive, Code::VariableUsageTooPermissive],
    run: Run::Condition(check),
};

fn check(_: &StatementFacts<'_>, condition: &ConditionFacts<'_>) -> Vec<Finding> {
    let wide = condition.wide.iter();
    wide.map(|wide| finding(condition, wide)).collect_vec()
}

fn finding(condition: &ConditionFacts<'_>, wide: &Wide<'_>) -> Finding {
    let key = condition.key.written();
    let (code, subject) = match wide.variable {
        None => (Code::WildcardUsageTooPermissive, "a wildcard".to_owned()),
        Some(name) => (Code::VariableUsageTooPermissive, format!("`${{{name}}}`")),
    };
    let is_own = wide.variable.is_some_and(|name| condition.is_on(name));
    let what = match wide.fixed {
        _ if is_own => format!("`{key}` is compared with itself, and every request meets the condition"),
        Fixed::Whole => format!("{subject} in `{key}` matches more than you mean"),
        Fixed::Organization => format!("{subject} at the start of `{key}` matches other organizations"),
        Fixed::Id => format!("{subject} before the colon of `{key}` matches more than you mean"),
    };
    let help = match wide.fixed {
        Fixed::Whole => "write the whole id; several in a list",
        Fixed::Organization => "begin with the organization's id, such as `o-a1b2c3d4e5/*`",
        Fixed::Id => {
            "write the id before the colon, such as `AROA1234567890EXAMPLE:*`; a wildcard or a variable is allowed only after it"
        }
    };
    Finding::new(code, wide.place, what)
        .part(wide.text, wide.at.clone())
        .about(wide.text.written())
        .note(match wide.variable {
            None => "AWS accepts it, but IDs are not assigned in order, so part of an ID does not identify its owner",
            Some(_) => "AWS accepts it, but the caller may choose the value of the variable",
        })
        .with_help(help)
}
