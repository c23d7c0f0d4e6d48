//! Which of a role's policies are inline, and which managed.

use policy_core::document::{Document, Member, Node, Value};
use policy_core::names::{NameError, PolicyName, RoleName};
use policy_core::policy::IdentityPolicy;

use super::{InlinePolicy, ManagedPolicy, characters};
use crate::RoleError;

/// A role's own policies, inline and managed. Their effect does not depend on it: IAM evaluates all of a role's
/// policies. Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Placement {
    pub(super) inline: Vec<InlinePolicy>,
    pub(super) managed: Vec<ManagedPolicy>,
}

impl Placement {
    /// All inline, within IAM's quota. Otherwise the longest become managed policies, as few as possible, and one that
    /// is longer than a managed policy may be is divided.
    pub(super) fn of(role: &RoleName, own: &[InlinePolicy]) -> Result<Self, RoleError> {
        let mut longest_first: Vec<(usize, &InlinePolicy)> =
            own.iter().map(|inline| (characters(&inline.policy), inline)).collect();
        let mut left: usize = longest_first.iter().map(|(size, _)| size).sum();
        if left <= RoleError::POLICIES_QUOTA {
            return Ok(Self {
                inline: own.to_vec(),
                managed: Vec::new(),
            });
        }
        longest_first.sort_by_key(|(size, _)| std::cmp::Reverse(*size));
        let mut moved: Vec<(&PolicyName, Vec<IdentityPolicy>)> = Vec::new();
        for (size, inline) in longest_first {
            if left <= RoleError::POLICIES_QUOTA {
                break;
            }
            if let Some(parts) = divided(&inline.policy) {
                left -= size;
                moved.push((&inline.name, parts));
            }
        }
        if left > RoleError::POLICIES_QUOTA {
            return Err(RoleError::PoliciesTooLong {
                role: role.clone(),
                characters: left,
            });
        }
        let mut placement = Self::default();
        for inline in own {
            match moved.iter_mut().find(|(name, _)| **name == inline.name) {
                None => placement.inline.push(inline.clone()),
                Some((name, parts)) => placement.managed.extend(named(role, name, std::mem::take(parts))?),
            }
        }
        Ok(placement)
    }
}

fn named(role: &RoleName, policy: &PolicyName, parts: Vec<IdentityPolicy>) -> Result<Vec<ManagedPolicy>, NameError> {
    let several = parts.len() > 1;
    let name = if role.as_str() == policy.as_str() {
        role.to_string()
    } else {
        format!("{role}-{policy}")
    };
    let parts = parts.into_iter().enumerate();
    let named = parts.map(|(index, part)| {
        let number = if several {
            format!("-{}", index + 1)
        } else {
            String::new()
        };
        Ok(ManagedPolicy {
            name: PolicyName::new(format!("{name}{number}"))?,
            policy: part,
        })
    });
    named.collect()
}

/// The policy in parts that can each be a managed policy, or `None` if a piece of it cannot be divided.
fn divided(policy: &IdentityPolicy) -> Option<Vec<IdentityPolicy>> {
    if characters(policy) <= RoleError::MANAGED_POLICY_QUOTA {
        return Some(vec![policy.clone()]);
    }
    let document = policy.document();
    let room = RoleError::MANAGED_POLICY_QUOTA.checked_sub(length(&with_statements(&document, &[])))?;
    let mut parts = vec![Part::default()];
    for statement in document.root().member(STATEMENT)?.as_list() {
        parts = packed(parts, statement, room)?;
    }
    let policies = parts.into_iter().map(|part| {
        let document = Document::new(with_statements(&document, &part.statements));
        IdentityPolicy::from_document(&document).ok()
    });
    policies.collect()
}

const STATEMENT: &str = "Statement";

/// The statements of one managed policy.
#[derive(Default)]
struct Part<'a> {
    statements: Vec<Node<'a>>,
    characters: usize,
}

/// The parts with one more statement in the last, or in a new one, or cut and in several.
fn packed<'a>(mut parts: Vec<Part<'a>>, statement: &Node<'a>, room: usize) -> Option<Vec<Part<'a>>> {
    let mut rest = statement.clone();
    loop {
        let last = parts.last_mut()?;
        let free = room.saturating_sub(last.characters);
        // There is a comma before each statement except the first, for which one is counted too.
        let size = length(&rest) + 1;
        if size <= free {
            last.characters += size;
            last.statements.push(rest);
            return Some(parts);
        }
        if size > room
            && let Some((first, second)) = cut(&rest, free.saturating_sub(1))
        {
            last.statements.push(first);
            rest = second;
        } else if last.statements.is_empty() {
            return None;
        }
        parts.push(Part::default());
    }
}

/// The statement twice: with as many of its resources as fit, and with the others; if it has too few, the
/// same with its actions. Both together have its effect, whether it allows or denies.
fn cut<'a>(statement: &Node<'a>, room: usize) -> Option<(Node<'a>, Node<'a>)> {
    ["Resource", "Action"]
        .iter()
        .find_map(|name| cut_list(statement, name, room))
}

fn cut_list<'a>(statement: &Node<'a>, name: &str, room: usize) -> Option<(Node<'a>, Node<'a>)> {
    let elements = statement.member(name)?.as_list();
    let mut characters = length(&with_list(statement, name, &[]));
    let fit = elements.iter().take_while(|element| {
        characters += length(element) + 1;
        characters <= room
    });
    let (first, second) = elements.split_at_checked(fit.count())?;
    if first.is_empty() || second.is_empty() {
        return None;
    }
    Some((with_list(statement, name, first), with_list(statement, name, second)))
}

fn with_statements<'a>(document: &Document<'a>, statements: &[Node<'a>]) -> Node<'a> {
    with_list(document.root(), STATEMENT, statements)
}

/// The object with this list as the value of the member of this name.
fn with_list<'a>(object: &Node<'a>, name: &str, list: &[Node<'a>]) -> Node<'a> {
    let members = object.members().iter().map(|member| {
        if member.name.written() == name {
            Member::built(name.to_owned(), Node::built(Value::Array(list.to_vec())))
        } else {
            member.clone()
        }
    });
    Node::built(Value::Object(members.collect()))
}

fn length(node: &Node<'_>) -> usize {
    super::counted(&node.to_json())
}
