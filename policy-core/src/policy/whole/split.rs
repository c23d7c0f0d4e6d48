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
    /// A statement with one resource and one action, or with `NotResource` and `NotAction`, is longer.
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
            parts = packed.ok_or_else(|| SplitError {
                statement: index,
                name: in_policy(index, statement.sid()),
                characters: around + length(statement.node()),
                quota,
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
    characters: usize,
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
        write!(
            f,
            "{} makes a policy of {} characters alone, more than {}, and cannot be divided further without a change of what it \
             allows or denies: only values of `Resource` and `Action` can; shorten its `NotResource`, `NotAction` or `Condition`, or give \
             a larger quota",
            crate::shown::Shown(&self.name),
            self.characters,
            self.quota,
        )
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
