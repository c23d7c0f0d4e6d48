//! A policy in several parts.

#[cfg(test)]
mod tests;

use std::fmt;

use crate::document::{Member, Node, Value};
use crate::policy::read::STATEMENT;
use crate::policy::statement::in_policy;
use crate::policy::{Policy, PolicyKind};

impl<K: PolicyKind> Policy<K> {
    /// The number of characters that AWS counts against its quotas: all but whitespace.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
    pub fn characters(&self) -> usize {
        counted(&self.to_json())
    }

    /// The policy in parts of at most `quota` [characters](Self::characters), as few as fit in order, which together evaluate the
    /// same as the policy if all are attached: IAM evaluates all statements of all policies. What is wrong with a resource or an
    /// action, which the checker reports, is then in one part only: check a policy before you split it.
    ///
    /// It is divided between statements; a statement that is too long is divided between its resources, and one with too few of
    /// them between its actions. Statements are whole and unchanged where they can be. A policy that fits is one part, as it is.
    ///
    /// Several policies can be attached to a user, group or role, to an account, or to a session. A resource such as a bucket has one resource
    /// policy and a role has one trust policy, so parts of those cannot all be attached; the principals of a statement are not divided.
    ///
    /// ```
    /// use policy_core::policy::NonEmpty;
    /// use policy_core::policy::IdentityPolicy;
    /// use policy_core::policy::build::Statement;
    ///
    /// let secrets = (1..=200).map(|number| format!("arn:aws:secretsmanager:eu-west-1:111122223333:secret:db{number}-a1B2c3"));
    /// let secrets = NonEmpty::try_from(secrets.collect::<Vec<String>>())?;
    /// let policy = IdentityPolicy::builder()
    ///     .statement(Statement::allow(["secretsmanager:GetSecretValue"]).resources(secrets))
    ///     .build()?;
    /// // The quota of a managed policy.
    /// let parts = policy.split(6_144)?;
    /// assert!(policy.characters() > 2 * 6_144 && parts.len() == 3);
    /// assert!(parts.iter().all(|part| part.characters() <= 6_144));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// A statement is longer even with one of its resources and one of its actions. `NotResource` and `NotAction` cannot be divided: a
    /// statement of each of their values would apply to all others.
    pub fn split(&self, quota: usize) -> Result<Vec<Self>, SplitError> {
        if self.characters() <= quota {
            return Ok(vec![self.clone()]);
        }
        let root = self.document().root();
        let around = length(&with_list(root, STATEMENT, &[]));
        let mut parts = vec![Part::default()];
        for (index, statement) in self.statements().enumerate() {
            let packed = quota
                .checked_sub(around)
                .and_then(|room| packed(parts, statement.node(), room));
            parts = packed.ok_or_else(|| {
                let least = least(statement.node());
                SplitError {
                    statement: index,
                    name: in_policy(index, statement.sid()),
                    characters: around + length(&least),
                    divided: LISTS.map(|name| statement.node().member(name).is_some()),
                    rest: REST.map(|name| statement.node().member(name).is_some()),
                    quota,
                }
            })?;
        }
        let parts = parts.into_iter();
        Ok(parts
            .map(|part| Self::rendered(with_list(root, STATEMENT, &part.statements).to_json()))
            .collect())
    }
}

/// The error for a policy that does not fit a quota in any number of parts: see [`Policy::split`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitError {
    statement: usize,
    /// As a reader of the policy would name it.
    name: String,
    /// Of a policy of it with one value of each list that it is divided by.
    characters: usize,
    /// Which of [`LISTS`] it has.
    divided: [bool; LISTS.len()],
    /// Which of [`REST`] it has.
    rest: [bool; REST.len()],
    quota: usize,
}

impl SplitError {
    /// The statement that is too long, from 0.
    pub const fn statement(&self) -> usize {
        self.statement
    }
}

impl fmt::Display for SplitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let divided = match self.divided {
            [true, true] => " with one resource and one action",
            [true, false] => " with one resource",
            [false, true] => " with one action",
            [false, false] => "",
        };
        write!(
            f,
            "{} makes a policy of {} characters alone{divided}, more than {}, and a statement is divided only between its resources and \
             between its actions; ",
            crate::shown::Shown(&self.name),
            self.characters,
            self.quota,
        )?;
        let rest = REST.iter().zip(self.rest).filter(|(_, has)| *has);
        let rest: Vec<String> = rest.map(|(name, _)| format!("`{name}`")).collect();
        match rest.split_last() {
            None => f.write_str("give a larger quota"),
            Some((last, [])) => write!(f, "shorten its {last}, or give a larger quota"),
            Some((last, others)) => write!(f, "shorten its {} or {last}, or give a larger quota", others.join(", ")),
        }
    }
}

impl std::error::Error for SplitError {}

/// The statements of one part.
#[derive(Default)]
struct Part<'a> {
    statements: Vec<Node<'a>>,
    characters: usize,
}

/// The parts with one more statement in the last, or in a new one, or cut and in several.
fn packed<'a>(mut parts: Vec<Part<'a>>, statement: &Node<'a>, room: usize) -> Option<Vec<Part<'a>>> {
    let mut pieces = vec![statement.clone()];
    while let Some(piece) = pieces.pop() {
        let last = parts.last_mut()?;
        let free = room.saturating_sub(last.characters);
        // There is a comma before each statement except the first, for which one is counted too.
        let size = length(&piece) + 1;
        if size <= free {
            last.characters += size;
            last.statements.push(piece);
            continue;
        }
        if size > room
            && let Some((first, second)) = cut(&piece, free.saturating_sub(1))
        {
            last.statements.push(first);
            pieces.push(second);
        } else if last.statements.is_empty() {
            let (first, second) = halves(&piece)?;
            pieces.extend([second, first]);
            continue;
        } else {
            pieces.push(piece);
        }
        parts.push(Part::default());
    }
    Some(parts)
}

/// The lists that a statement can be divided by: both pieces together have its effect, whether it allows or denies.
const LISTS: [&str; 2] = ["Resource", "Action"];

/// The elements that are in each piece, whole.
const REST: [&str; 6] = [
    "Sid",
    "Principal",
    "NotPrincipal",
    "NotAction",
    "NotResource",
    "Condition",
];

/// The statement with the longest value of each list that it can be divided by.
fn least<'a>(statement: &Node<'a>) -> Node<'a> {
    LISTS.iter().fold(statement.clone(), |statement, name| {
        let elements = statement.member(name).map(Node::as_list).unwrap_or_default();
        match elements.iter().max_by_key(|element| length(element)) {
            Some(longest) => {
                let list = if elements.len() > 1 {
                    std::slice::from_ref(longest)
                } else {
                    return statement;
                };
                with_list(&statement, name, list)
            }
            None => statement,
        }
    })
}

/// The statement twice: with as many of its resources as fit, and with the others; if it has too few, the same with its
/// actions.
fn cut<'a>(statement: &Node<'a>, room: usize) -> Option<(Node<'a>, Node<'a>)> {
    LISTS.iter().find_map(|name| cut_list(statement, name, room))
}

/// The statement twice, with half of its resources each; of one with a single resource, half of its actions. Each half may have
/// to be divided by its other list.
fn halves<'a>(statement: &Node<'a>) -> Option<(Node<'a>, Node<'a>)> {
    LISTS.iter().find_map(|name| {
        let elements = statement.member(name)?.as_list();
        let (first, second) = elements.split_at_checked(elements.len() / 2)?;
        let has_both = !first.is_empty() && !second.is_empty();
        has_both.then(|| (with_list(statement, name, first), with_list(statement, name, second)))
    })
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
    counted(&node.to_json())
}

fn counted(json: &str) -> usize {
    json.chars().filter(|character| !character.is_whitespace()).count()
}
