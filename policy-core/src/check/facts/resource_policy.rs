//! What the service of a resource accepts in its policy. `resource-policies.txt` is the one table of it.

use std::sync::OnceLock;

use super::StatementFacts;
use crate::catalogue;
use crate::check::table::grouped;
use crate::collected::CollectVec;
use crate::policy::{AttachedTo, PrincipalKey};

/// What a service accepts in the policies of its resources and uses of them, as far as that differs from the policy language.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::check) struct ResourcePolicy {
    /// The prefix of the service's actions, or the type of resource.
    about: &'static str,
    /// The short name of the service.
    pub name: &'static str,
    pub quotas: Vec<Quota>,
    /// The only actions that it accepts, without the service.
    pub actions: Option<Actions>,
    /// The only actions for which it asks the policy, without the service.
    pub used_actions: Vec<&'static str>,
    /// The only global condition keys that its requests have.
    pub used_keys: Vec<&'static str>,
    /// Whether it asks the policy for service principals only.
    pub asks_for_services_only: bool,
    /// Whether it does not support a wildcard in an action.
    pub ignores_wildcard_actions: bool,
    pub refused: Vec<Refused>,
    /// The actions that each statement must have.
    pub needed: Option<Actions>,
    /// The only actions that it lets other accounts use, without the service.
    pub cross_account_actions: Vec<&'static str>,
    /// Whether all statements must be about the resource that the policy is attached to, what that is, and how it rejects others.
    pub is_about_one_resource: Option<(&'static str, Answer)>,
    pub refuses_spaces_in_sid: bool,
    /// An action that someone must be allowed, so that the policy can be changed later.
    pub kept: Option<(&'static str, Answer)>,
}

/// The most of something that a policy or a statement has.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::check) struct Quota {
    pub of: Counted,
    pub most: usize,
    /// What AWS can raise it to.
    pub raised: Option<usize>,
    pub answer: Answer,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum Counted {
    Statements,
    ActionsInStatement,
    Principals,
    Conditions,
    Characters,
}

impl Counted {
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Statements => "statements",
            Self::ActionsInStatement => "actions",
            Self::Principals => "principals",
            Self::Conditions => "conditions",
            Self::Characters => "characters",
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
pub(in crate::check) struct Actions {
    pub names: Vec<&'static str>,
    pub answer: Answer,
}

/// A part of the policy language that a service does not accept.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::check) struct Refused {
    pub part: Part,
    pub answer: Answer,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum Part {
    Resource,
    NotResource,
    Deny,
    WildcardAction,
}

/// The message or the error code with which a service rejects a policy, if it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::check) struct Answer(Option<&'static str>);

impl ResourcePolicy {
    /// What is known of the policy: by the type of its resource or the service of that if the caller says which, and else by the
    /// service that all statements are about.
    pub(super) fn of(attached_to: Option<AttachedTo>, statements: &[StatementFacts<'_>]) -> Option<&'static Self> {
        let known = |about: &str| table().iter().find(|policy| policy.about == about);
        match attached_to {
            Some(resource) => known(resource.name()).or_else(|| known(resource.service()?)),
            None => known(only_service(statements)?),
        }
    }

    /// The most that it accepts of something.
    pub fn quota(&self, of: Counted) -> Option<&Quota> {
        self.quotas.iter().find(|quota| quota.of == of)
    }

    /// Actions of the service, as they are written in a message.
    pub fn own_actions(&self, names: &[&str]) -> String {
        let resource = AttachedTo::ALL.iter().find(|resource| resource.name() == self.about);
        let service = resource.map_or(Some(self.about), |resource| resource.service());
        let service = service.unwrap_or_default();
        let names: Vec<String> = names.iter().map(|name| format!("`{service}:{name}`")).collect_vec();
        names.join(", ")
    }

    /// How the service answers to a policy that it does not accept: `SNS rejects the policy: ...`.
    pub fn rejection(&self, answer: Answer) -> String {
        let name = self.name;
        match answer.0 {
            Some(answer) => format!("{name} rejects the policy: `{answer}`"),
            None => format!("{name} rejects the policy"),
        }
    }

    /// Adds a fact of its rows, and returns whether it is understood.
    fn add(&mut self, row: &'static str) -> bool {
        let (fact, answer) = match row.split_once(" | ") {
            Some((fact, answer)) => (fact, Answer(Some(answer))),
            None => (row, Answer(None)),
        };
        let (word, rest) = fact.split_once(' ').unwrap_or((fact, ""));
        let mut quota = |of| {
            let (most, raised) = rest.split_once(" up-to ").unzip();
            let most = most.unwrap_or(rest).parse().ok();
            let raised = raised.map(str::parse).transpose();
            let quota = most.zip(raised.ok()).map(|(most, raised)| Quota {
                of,
                most,
                raised,
                answer,
            });
            let is_read = quota.is_some();
            self.quotas.extend(quota);
            is_read
        };
        let words = || rest.split(' ').collect_vec();
        match word {
            "statements" => return quota(Counted::Statements),
            "actions-in-statement" => return quota(Counted::ActionsInStatement),
            "principals" => return quota(Counted::Principals),
            "conditions" => return quota(Counted::Conditions),
            "characters" => return quota(Counted::Characters),
            "name" => self.name = rest,
            "actions" => self.actions = Some(Actions { names: words(), answer }),
            "uses" => self.used_actions = words(),
            "uses-keys" => self.used_keys = words(),
            "uses-principals" => self.asks_for_services_only = rest == "service",
            "ignores" => self.ignores_wildcard_actions = rest == "wildcard-action",
            "without" => {
                let part = match rest {
                    "Resource" => Part::Resource,
                    "NotResource" => Part::NotResource,
                    "Deny" => Part::Deny,
                    "wildcard-action" => Part::WildcardAction,
                    _ => return false,
                };
                self.refused.push(Refused { part, answer });
            }
            "needs" => self.needed = Some(Actions { names: words(), answer }),
            "cross-account" => self.cross_account_actions = words(),
            "one-resource" => self.is_about_one_resource = Some((rest, answer)),
            "sid-without-spaces" => self.refuses_spaces_in_sid = true,
            "keeps" => self.kept = Some((rest, answer)),
            // Where the others are from.
            "page" | "thread" => {}
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
        let policies = groups.map(|(about, facts)| {
            let mut policy = ResourcePolicy {
                about,
                ..ResourcePolicy::default()
            };
            for fact in facts {
                policy.add(fact);
            }
            policy
        });
        policies.collect_vec()
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by it")]

    use super::*;
    use crate::check::table::rows;

    #[test]
    fn every_row_is_understood() {
        for row in rows(include_str!("resource-policies.txt")) {
            let (_, fact) = row.split_once(' ').unwrap();
            let mut policy = ResourcePolicy::default();
            let is_source =
                fact.starts_with("page https://docs.aws.amazon.com/") || fact.starts_with("thread https://");
            assert!(policy.add(fact), "{row}");
            assert_eq!(is_source, policy == ResourcePolicy::default(), "{row}");
        }
    }

    #[test]
    fn every_policy_has_a_source_and_names_what_aws_has() {
        for (about, facts) in grouped(include_str!("resource-policies.txt")) {
            let sources = facts
                .iter()
                .filter(|fact| fact.starts_with("page ") || fact.starts_with("thread "));
            assert!(sources.count() > 0, "{about}");
            let of_type = about.parse().ok().and_then(AttachedTo::service);
            let policy = table().iter().find(|policy| policy.about == about).unwrap();
            assert!(!policy.name.is_empty(), "{about}");
            let Some(service) = catalogue::service(of_type.unwrap_or(about)) else {
                assert_eq!(about, AttachedTo::VpcEndpoint.name());
                continue;
            };
            let lists = [&policy.actions, &policy.needed].into_iter().flatten();
            let actions = lists
                .flat_map(|list| &list.names)
                .chain(&policy.used_actions)
                .chain(&policy.cross_account_actions);
            for action in actions.filter(|action| **action != "Receive") {
                assert!(service.action(action).is_some(), "{about}: {action}");
            }
            let kept = policy.kept.and_then(|(action, _)| action.split_once(':'));
            assert!(kept.is_none_or(|(_, name)| service.action(name).is_some()), "{about}");
            for key in &policy.used_keys {
                let is_known = catalogue::global_condition_keys().any(|known| {
                    known
                        .name()
                        .split("/$")
                        .next()
                        .is_some_and(|name| name.eq_ignore_ascii_case(key))
                });
                assert!(is_known, "{about}: {key}");
            }
        }
    }
}
