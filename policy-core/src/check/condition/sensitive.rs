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

use std::ops::Range;

use crate::document::{Node, Text};
use crate::finding::{Code, Finding, Findings};
use crate::policy::variable::{self, Content};
use crate::policy::{Condition, Effect, Family, Operator};

/// The keys that AWS calls sensitive.
const SENSITIVE: [&str; 10] = [
    "aws:PrincipalAccount",
    "aws:PrincipalOrgID",
    "aws:ResourceAccount",
    "aws:ResourceOrgID",
    "aws:SourceAccount",
    "aws:SourceOrgID",
    "aws:SourceVpc",
    "aws:SourceVpce",
    "aws:VpceAccount",
    "aws:VpceOrgID",
];

const PATHS: [&str; 4] = [
    "aws:PrincipalOrgPaths",
    "aws:ResourceOrgPaths",
    "aws:SourceOrgPaths",
    "aws:VpceOrgPaths",
];

/// What a policy may compare a VPC with, besides the sensitive keys.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-ec2instancesourcevpc>
const INSTANCE_VPC: &str = "aws:Ec2InstanceSourceVpc";

/// What stands before a wildcard in a path: `o-a1b2`.
const LITERAL: usize = 6;

/// Says what is too wide among the values of a condition, and whether something was.
pub(super) fn check(
    condition: &Condition<'_>,
    operator: Operator,
    effect: Option<Effect>,
    findings: &mut Findings,
) -> bool {
    // To allow less, or to deny more, a wildcard may stand anywhere.
    let opens = (effect == Some(Effect::Deny)) == operator.comparison.is_negated();
    if operator.comparison.family() != Family::String || !opens {
        return false;
    }
    let Some(rule) = Rule::of(condition) else {
        return false;
    };
    let before = findings.len();
    for node in condition.value.as_list() {
        findings.extend(wide(condition, operator, rule, node));
    }
    findings.len() > before
}

/// What a key demands of its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    /// Nothing open at all.
    Closed,
    /// Nothing open before six characters.
    Begun,
    /// Nothing open before the colon but all of it.
    UserId,
}

impl Rule {
    fn of(condition: &Condition<'_>) -> Option<Self> {
        // Most conditions are on other keys.
        if !condition.key.begins_with("aws:") {
            return None;
        }
        if condition.is_on_one_of(&SENSITIVE) {
            Some(Self::Closed)
        } else if condition.is_on_one_of(&PATHS) {
            Some(Self::Begun)
        } else {
            condition.is_on("aws:userid").then_some(Self::UserId)
        }
    }

    /// Whether the value may be open there.
    fn takes(self, value: &str, at: &Range<usize>) -> bool {
        match self {
            Self::Closed => false,
            Self::Begun => at.start >= LITERAL,
            Self::UserId => {
                let colon = variable::outside(value).find_map(|(start, part)| Some(start + part.find(':')?));
                colon.is_some_and(|colon| colon < at.start || at.start == 0 && at.end == colon)
            }
        }
    }
}

/// A part of a value that stands for more than itself.
enum Open<'t> {
    Wildcard(Range<usize>),
    Variable(Range<usize>, &'t str),
}

/// The first part of a value that should not be open.
fn wide(condition: &Condition<'_>, operator: Operator, rule: Rule, node: &Node<'_>) -> Option<Finding> {
    let text = node.as_text()?;
    let value = text.filled();
    let wildcards = operator.comparison.takes_wildcards().then(|| {
        variable::outside(value).flat_map(|(start, part)| {
            part.match_indices(['*', '?'])
                .map(move |(at, _)| Open::Wildcard(start + at..start + at + 1))
        })
    });
    let variables = variable::variables(value).filter_map(|variable| match variable.content {
        Ok(Content::Key { name: key, .. }) => Some(Open::Variable(variable.range, key)),
        Ok(Content::Character) | Err(_) => None,
    });
    let key = condition.key.filled();
    let mut open: Vec<Open<'_>> = wildcards.into_iter().flatten().chain(variables).collect();
    open.sort_by_key(|open| match open {
        Open::Wildcard(range) | Open::Variable(range, _) => range.start,
    });
    // A whole organization that AWS itself names is as good as its letters.
    if rule == Rule::Begun && matches!(open.first(), Some(Open::Variable(_, name)) if is_settled(name, key)) {
        return None;
    }
    open.into_iter().find_map(|open| match open {
        Open::Wildcard(at) if !rule.takes(value, &at) => Some(finding(condition, rule, node, text, at, None)),
        Open::Variable(at, name) if !(rule.takes(value, &at) || rule == Rule::Closed && is_settled(name, key)) => {
            Some(finding(condition, rule, node, text, at, Some(name)))
        }
        Open::Wildcard(_) | Open::Variable(..) => None,
    })
}

/// Whether a variable is one of the facts about a request that AWS itself knows, and not the condition's own, which would be
/// compared with itself.
fn is_settled(name: &str, key: &str) -> bool {
    let is_known = SENSITIVE.iter().any(|known| known.eq_ignore_ascii_case(name));
    (is_known || INSTANCE_VPC.eq_ignore_ascii_case(name)) && !name.eq_ignore_ascii_case(key)
}

fn finding(
    condition: &Condition<'_>,
    rule: Rule,
    node: &Node<'_>,
    text: &Text<'_>,
    at: Range<usize>,
    variable: Option<&str>,
) -> Finding {
    let key = condition.key.written();
    let (code, subject) = match variable {
        None => (Code::WildcardUsageTooPermissive, "a wildcard".to_owned()),
        Some(name) => (Code::VariableUsageTooPermissive, format!("`${{{name}}}`")),
    };
    let is_own = variable.is_some_and(|name| condition.is_on(name));
    let what = match rule {
        _ if is_own => format!("`{key}` is compared with itself, and every request passes"),
        Rule::Closed => format!("{subject} in `{key}` lets in others than those that are meant"),
        Rule::Begun => format!("{subject} at the beginning of `{key}` lets in other organizations"),
        Rule::UserId => format!("{subject} before the colon of `{key}` lets in others than those that are meant"),
    };
    let help = match rule {
        Rule::Closed => "write the whole id; several in a list",
        Rule::Begun => "begin with the organization's id, such as `o-a1b2c3d4e5/*`",
        Rule::UserId => {
            "write the id before the colon, such as `AROA1234567890EXAMPLE:*`; only behind it may a wildcard or a variable stand"
        }
    };
    Finding::new(code, node.place, what)
        .part(text, at)
        .about(text.written())
        .note(match variable {
            None => {
                "AWS accepts it; ids are not given out in an order, so a part of one says nothing about whose it is"
            }
            Some(_) => "AWS accepts it; what fills the variable in may be chosen by whoever makes the request",
        })
        .help(help)
}
