//! What the service of a resource accepts in its policy. `resource-policies.txt` is the one table of it.

use std::sync::OnceLock;

use super::StatementFacts;
use crate::catalogue;
use crate::check::table::grouped;
use crate::policy::{AttachedTo, PrincipalKey};

/// What a service accepts in the policies of its resources, as far as that differs from the policy language.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::check) struct ResourcePolicy {
    /// The prefix of the service's actions.
    pub service: &'static str,
    /// Its short name.
    pub name: &'static str,
    pub most_statements: Option<usize>,
    pub most_actions_in_statement: Option<usize>,
    pub most_principals: Option<usize>,
    pub most_conditions: Option<usize>,
    pub most_characters: Option<usize>,
    /// The only actions, if those are not all that act on the resource.
    pub actions: Vec<&'static str>,
    /// Whether all statements must be about the resource that the policy is attached to.
    pub is_about_one_resource: bool,
    pub refuses_spaces_in_sid: bool,
    /// An action that someone must be allowed, so that the policy can be changed later.
    pub keeps: Option<&'static str>,
    /// The message with which the service rejects a policy.
    pub error: Option<&'static str>,
}

impl ResourcePolicy {
    /// What is known of the service whose resource has the policy: that of the resource if the caller says which, and else the
    /// one that all statements are about.
    pub(super) fn of(attached_to: Option<AttachedTo>, statements: &[StatementFacts<'_>]) -> Option<&'static Self> {
        let service = match attached_to {
            Some(resource) => resource.service()?,
            None => only_service(statements)?,
        };
        table().iter().find(|policy| policy.service == service)
    }

    /// How the service answers to another policy: `SNS rejects the policy: ...`.
    pub fn rejection(&self) -> String {
        let name = self.name;
        match self.error {
            Some(error) => format!("{name} rejects the policy: `{error}`"),
            None => format!("{name} rejects the policy"),
        }
    }

    /// Adds a fact of its rows, and returns whether it is understood.
    fn add(&mut self, fact: &'static str) -> bool {
        let (word, rest) = fact.split_once(' ').unwrap_or((fact, ""));
        let number = || rest.parse().ok();
        match word {
            "name" => self.name = rest,
            "statements" => self.most_statements = number(),
            "actions-in-statement" => self.most_actions_in_statement = number(),
            "principals" => self.most_principals = number(),
            "conditions" => self.most_conditions = number(),
            "characters" => self.most_characters = number(),
            "actions" => self.actions = rest.split(' ').collect(),
            "one-resource" => self.is_about_one_resource = true,
            "sid-without-spaces" => self.refuses_spaces_in_sid = true,
            "keeps" => self.keeps = Some(rest),
            "error" => self.error = Some(rest),
            _ => return false,
        }
        true
    }
}

/// The service of all actions, where no policy but that of one of its resources can be meant. The policy of a VPC endpoint can
/// have the same actions, but it names `*` as principal, and seldom anyone else.
fn only_service(statements: &[StatementFacts<'_>]) -> Option<&'static str> {
    let mut only: Option<&'static str> = None;
    let mut names_someone = false;
    for statement in statements {
        for action in &statement.actions {
            let (prefix, _) = action.text.filled().split_once(':')?;
            let service = catalogue::service(prefix)?.prefix();
            if only.is_some_and(|only| only != service) {
                return None;
            }
            only = Some(service);
        }
        names_someone |= statement
            .principals
            .iter()
            .any(|principal| principal.text.filled() != "*");
    }
    only.filter(|_| names_someone)
}

impl StatementFacts<'_> {
    /// Whether it names an account, a role or a user, and not only services.
    pub fn names_identities(&self) -> bool {
        self.principals.iter().any(|principal| {
            matches!(
                principal.key,
                PrincipalKey::Aws | PrincipalKey::Federated | PrincipalKey::CanonicalUser
            )
        })
    }
}

fn table() -> &'static [ResourcePolicy] {
    static TABLE: OnceLock<Vec<ResourcePolicy>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let groups = grouped(include_str!("resource-policies.txt")).into_iter();
        let policies = groups.map(|(service, facts)| {
            let mut policy = ResourcePolicy {
                service,
                ..ResourcePolicy::default()
            };
            for fact in facts {
                policy.add(fact);
            }
            policy
        });
        policies.collect()
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by it")]

    use super::*;
    use crate::check::table::rows;

    #[test]
    fn every_row_is_understood_and_names_what_aws_has() {
        for row in rows(include_str!("resource-policies.txt")) {
            let (service, fact) = row.split_once(' ').unwrap();
            let mut policy = ResourcePolicy::default();
            assert!(policy.add(fact) && policy != ResourcePolicy::default(), "{row}");
            let service = catalogue::service(service).unwrap();
            for action in policy.actions.iter().filter(|action| **action != "Receive") {
                assert!(service.action(action).is_some(), "{row}: {action}");
            }
            let kept = policy.keeps.and_then(|action| action.split_once(':'));
            assert!(kept.is_none_or(|(_, name)| service.action(name).is_some()), "{row}");
        }
    }
}
