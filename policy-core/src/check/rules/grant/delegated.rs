//! Roles that others act with: `iam:PassRole` hands a role to a service, `iam:CreateServiceLinkedRole` makes the one that
//! AWS has written for a service. Both are for certain roles, or for certain services, and a statement that says neither
//! is too wide.
//!
//! Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>. What these leave open is
//! settled by what Access Analyzer says of AWS's own policies.

use std::cell::OnceCell;

use crate::arn::{ArnFormat, Glob};
use crate::catalogue;
use crate::check::facts::{
    ConditionFacts, Coverage, Covering, Facts, ROLES, ResourceRef, ResourceScope, StatementFacts, coverage, is_denied,
};
use crate::check::rules::{Rule, Run};
use crate::finding::{Code, Finding};
use crate::kebab::letters;
use crate::policy::{Comparison, Family, Qualifier};

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::PassRoleWithNotResource,
        Code::PassRoleWithStarInActionAndNotResource,
        Code::PassRoleWithNotActionAndNotResource,
        Code::PassRoleWithStarInResource,
        Code::PassRoleWithStarInActionAndResource,
        Code::PassRoleWithStarInResourceAndNotAction,
        Code::CreateSlrWithNotResource,
        Code::CreateSlrWithStarInActionAndNotResource,
        Code::CreateSlrWithNotActionAndNotResource,
        Code::CreateSlrWithStarInResource,
        Code::CreateSlrWithStarInActionAndResource,
        Code::CreateSlrWithStarInResourceAndNotAction,
    ],
    run: Run::Policy(check),
};

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    if !facts.gives_permissions() {
        return found;
    }
    let denied = DELEGATIONS.map(|_| OnceCell::new());
    for statement in facts.statements.iter().filter(|statement| statement.allows()) {
        for (delegation, denied) in DELEGATIONS.iter().zip(&denied) {
            let Some(coverage) = coverage(statement, "iam", delegation.action) else {
                continue;
            };
            let is_denied = || is_denied(&facts.statements, "iam", delegation.action, Some(ROLES));
            if let Some(wide) = delegation.wide(statement)
                && !denied.get_or_init(is_denied)
            {
                found.push(delegation.finding(coverage, wide));
            }
        }
    }
    found
}

/// An action that is about a role, and for a service.
struct Delegation {
    action: &'static str,
    /// The condition keys that say for which service or for what.
    bound_by: &'static [&'static str],
    /// Whether a pattern of services limits it.
    is_limited_by_pattern: bool,
    /// On all but some resources: by name, by a pattern, by `NotAction`.
    all_but: [Code; 3],
    /// On a pattern of resources: by name, by a pattern, by `NotAction`.
    pattern: [Code; 3],
    /// Which roles it is about.
    all: &'static str,
    /// What it does with a role.
    done: &'static str,
    /// What comes of it.
    note: &'static str,
    /// The ARN to write.
    role: &'static str,
}

const DELEGATIONS: [Delegation; 2] = [
    Delegation {
        action: "PassRole",
        // https://docs.aws.amazon.com/service-authorization/latest/reference/list_iam.html
        bound_by: &["iam:PassedToService", "iam:AssociatedResourceArn"],
        is_limited_by_pattern: true,
        all_but: [
            Code::PassRoleWithNotResource,
            Code::PassRoleWithStarInActionAndNotResource,
            Code::PassRoleWithNotActionAndNotResource,
        ],
        pattern: [
            Code::PassRoleWithStarInResource,
            Code::PassRoleWithStarInActionAndResource,
            Code::PassRoleWithStarInResourceAndNotAction,
        ],
        all: "role",
        done: "to be passed to any service",
        note: "AWS accepts it, and the principal can then use the permissions of these roles through a service",
        role: "arn:aws:iam::111122223333:role/ROLE_NAME",
    },
    Delegation {
        action: "CreateServiceLinkedRole",
        bound_by: &["iam:AWSServiceName"],
        is_limited_by_pattern: false,
        all_but: [
            Code::CreateSlrWithNotResource,
            Code::CreateSlrWithStarInActionAndNotResource,
            Code::CreateSlrWithNotActionAndNotResource,
        ],
        pattern: [
            Code::CreateSlrWithStarInResource,
            Code::CreateSlrWithStarInActionAndResource,
            Code::CreateSlrWithStarInResourceAndNotAction,
        ],
        all: "service-linked role",
        done: "to be created",
        note: "AWS accepts it, and a service-linked role allows its service to act in the account, with permissions that AWS has chosen",
        role: "arn:aws:iam::111122223333:role/aws-service-role/SERVICE.amazonaws.com/ROLE_NAME",
    },
];

/// Why a statement is too wide.
#[derive(Clone, Copy)]
enum Wide<'d> {
    /// It has `NotResource`.
    AllBut,
    /// This resource is a pattern.
    Pattern(&'d str),
}

impl Delegation {
    fn wide<'d>(&self, statement: &StatementFacts<'d>) -> Option<Wide<'d>> {
        let element = statement.statement.resource?;
        let wide = if element.negated {
            Some(Wide::AllBut)
        } else {
            let resources = &statement.resources;
            let widest = resources
                .iter()
                .find(|resource| matches!(resource.scope, ResourceScope::Everything));
            let resource = widest.or_else(|| resources.iter().find(|resource| is_pattern_of_roles(resource)))?;
            Some(Wide::Pattern(resource.text.written()))
        };
        let is_bound = || statement.conditions.iter().any(|condition| self.is_bound(condition));
        wide.filter(|_| !is_bound() && !statement.may_have_any_condition())
    }

    /// Whether a condition says for which service, or for what.
    fn is_bound(&self, condition: &ConditionFacts<'_>) -> bool {
        condition.is_on_one_of(self.bound_by) && self.binds(condition)
    }

    /// Whether a condition is met only by requests that carry the key, with one of some values.
    ///
    /// `...IfExists` and `ForAllValues` are met where the request has no such key. Of `StringLikeIfExists` alone Access Analyzer
    /// says nothing, and a pattern limits the services to which a role is passed, but not for which of them one is made.
    fn binds(&self, condition: &ConditionFacts<'_>) -> bool {
        let Some(operator) = condition.operator else {
            // It was found wrong, and meant to bind.
            return true;
        };
        let comparison = operator.comparison;
        let is_about_names = matches!(comparison.family(), Family::String | Family::Arn) && !comparison.is_negated();
        let is_met_without = operator.qualifier == Some(Qualifier::ForAllValues)
            || operator.if_exists && comparison != Comparison::StringLike;
        let is_open = condition.texts().any(|text| {
            let value = text.filled();
            let is_open =
                Glob::wildcards(value).is_everything() || !self.is_limited_by_pattern && value.contains(['*', '?']);
            comparison.supports_wildcards() && is_open
        });
        is_about_names && !is_met_without && !is_open
    }

    fn finding(&self, coverage: Coverage<'_>, wide: Wide<'_>) -> Finding {
        let Coverage { place, written, by } = coverage;
        let codes = match wide {
            Wide::AllBut => &self.all_but,
            Wide::Pattern(_) => &self.pattern,
        };
        let [name, pattern, rest] = *codes;
        let (code, how) = match by {
            Covering::Name => (name, format!("`{written}`")),
            Covering::Pattern => (pattern, format!("`{written}`, which includes `iam:{}`,", self.action)),
            Covering::Rest => (
                rest,
                format!("`NotAction`, which does not exclude `iam:{}`,", self.action),
            ),
        };
        let roles = match wide {
            Wide::AllBut => format!("with `NotResource` allows any other {}", self.all),
            Wide::Pattern(arn) if Glob::wildcards(arn).is_everything() => format!("on `{arn}` allows any {}", self.all),
            Wide::Pattern(arn) => format!("on `{arn}` allows any matching {}", self.all),
        };
        let key = self.bound_by.first().copied().unwrap_or_default();
        let instead = match by {
            Covering::Name => String::new(),
            Covering::Pattern => format!("write `iam:{}` in a separate statement, and there ", self.action),
            Covering::Rest => format!(
                "add `iam:{0}` to `NotAction`, write `iam:{0}` in a separate statement, and there ",
                self.action
            ),
        };
        Finding::new(code, place, format!("{how} {roles} {}", self.done))
            .about(written)
            .note(self.note)
            .with_help(format!("{instead}name the role: `\"Resource\": \"{}\"`", self.role))
            .with_help(format!(
                "or restrict the service: `\"Condition\": {{ \"StringEquals\": {{ \"{key}\": \"SERVICE.amazonaws.com\" }} }}`"
            ))
    }
}

/// Whether a resource is a pattern that matches roles by more than the service that they are for.
///
/// Many roles are named after their service, and Access Analyzer takes a name that is by such a word for a role that is
/// meant, as `role/service-role/kinesis-analytics*`.
fn is_pattern_of_roles(resource: &ResourceRef<'_>) -> bool {
    let Some(arn) = resource.arn() else {
        return false;
    };
    // One that is of no resource at all matches no role, however it looks.
    let is_of_none = resource.shape.is_some();
    let resource = arn.resource().as_str();
    resource.contains('*')
        && !is_of_none
        && !resource.contains("${")
        && ArnFormat::parse(ROLE).is_ok_and(|role| arn.fits_format(role).is_yes())
        && !has_service(resource.strip_prefix("role/").unwrap_or(resource))
}

/// The format of a role's ARN.
/// <https://docs.aws.amazon.com/service-authorization/latest/reference/list_iam.html>
const ROLE: &str = "arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}";

/// Whether a text has the namespace of a service as a word, or as some words together: `AWSDeepRacer`, `flow-logs-*`.
fn has_service(text: &str) -> bool {
    let words = words(text);
    for (first, (start, _)) in words.iter().enumerate() {
        for (_, end) in words.iter().skip(first).take(LONGEST) {
            let run = text.get(*start..*end).unwrap_or_default();
            if is_namespace(run) || is_namespace(&letters(run)) {
                return true;
            }
        }
    }
    false
}

fn is_namespace(text: &str) -> bool {
    catalogue::service(text).is_some() || catalogue::removed_service(text).is_some()
}

/// How many words the namespace of a service is made of at most, as `ElasticLoadBalancing`.
const LONGEST: usize = 4;

/// Where the words of a name begin and end: `AWSDeepRacer-1` has `AWS`, `Deep`, `Racer` and `1`.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut words: Vec<(usize, usize)> = Vec::new();
    let mut before = '-';
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if letter.is_ascii_alphanumeric() {
            let end = at + letter.len_utf8();
            let next_is_small = letters.peek().is_some_and(|(_, next)| next.is_ascii_lowercase());
            let begins = !before.is_ascii_alphanumeric()
                || letter.is_ascii_uppercase() && (!before.is_ascii_uppercase() || next_is_small);
            match words.last_mut() {
                Some((_, last)) if !begins => *last = end,
                _ => words.push((at, end)),
            }
        }
        before = letter;
    }
    words
}
