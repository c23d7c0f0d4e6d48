//! Wildcards of actions, written out and back.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::arn::Candidates;
use crate::catalogue::{Service, actions_matching};
use crate::check::is_action;
use crate::document::{Node, Text, Value};
use crate::policy::whole::covered::{Item, Matter, widest};
use crate::policy::{Policy, PolicyKind};

/// The wildcards that [`Policy::shrink_actions`] may write.
///
/// Each wildcard also matches actions that AWS adds later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Wildcards<'a> {
    /// These, such as `["s3:Get*", "sqs:*"]`; with an empty list none.
    Listed(&'a [&'a str]),
    /// Any with a `*` at the end of the name.
    AtTheEnd,
}

impl<K: PolicyKind> Policy<K> {
    /// The policy with the wildcards of each `Action` written out, as the actions of the catalogue that they match, each once.
    ///
    /// It evaluates the same for every action of the catalogue, and no longer applies to actions that AWS adds later. A pattern
    /// that does not match an action of the catalogue stays, and so do `NotAction` and what has not the form of an action, such as
    /// `s3*:Get*`: AWS does not store a policy with it. Everything else keeps its text.
    ///
    /// ```
    /// use policy_core::policy::IdentityPolicy;
    ///
    /// let policy = IdentityPolicy::from_json(r#"{ "Version": "2012-10-17", "Statement": {
    ///     "Effect": "Allow", "Action": ["sts:*SessionToken", "s3:GetObject"], "Resource": "*" } }"#)?;
    /// let expanded = policy.expand_actions();
    /// let statement = expanded.statements().next().unwrap();
    /// assert!(statement.actions().values().eq(["sts:GetSessionToken", "s3:GetObject"]));
    /// # Ok::<(), policy_core::policy::ReadError>(())
    /// ```
    #[must_use]
    pub fn expand_actions(&self) -> Self {
        self.with_actions(|actions| {
            let mut expanded = Vec::new();
            for action in actions {
                let before = expanded.len();
                if is_pattern(action) && is_action(action) {
                    expanded.extend(actions_matching(action).map(|action| action.qualified()));
                }
                if expanded.len() == before {
                    expanded.push((*action).to_owned());
                }
            }
            expanded
        })
    }

    /// The policy with the actions of each `Action` in fewer patterns: the inverse of
    /// [`expand_actions`](Self::expand_actions).
    ///
    /// A wildcard is written only if it matches no action of the catalogue but those of the list. Since it will match actions
    /// that AWS adds later, `wildcards` says which may be written. What a pattern of the policy covers is left out, and such a pattern
    /// stays unless another covers it: of those that cover each other, the shortest stays. `NotAction` stays, and so does what has not
    /// the form of an action. With [`Wildcards::AtTheEnd`], the patterns are the fewest of that form.
    ///
    /// ```
    /// use policy_core::policy::{IdentityPolicy, Wildcards};
    ///
    /// let policy = IdentityPolicy::from_json(r#"{ "Version": "2012-10-17", "Statement": {
    ///     "Effect": "Allow", "Action": ["sqs:*", "s3:GetObject"], "Resource": "*" } }"#)?;
    /// let expanded = policy.expand_actions();
    /// assert_eq!(expanded.shrink_actions(Wildcards::AtTheEnd), policy);
    /// assert_eq!(expanded.shrink_actions(Wildcards::Listed(&["sqs:*"])), policy);
    /// // It would match more than the list does.
    /// assert_eq!(expanded.shrink_actions(Wildcards::Listed(&["s3:Get*"])), expanded);
    /// assert_eq!(expanded.shrink_actions(Wildcards::Listed(&[])), expanded);
    /// # Ok::<(), policy_core::policy::ReadError>(())
    /// ```
    #[must_use]
    pub fn shrink_actions(&self, wildcards: Wildcards<'_>) -> Self {
        self.with_actions(|actions| {
            let well_formed: Vec<&str> = actions.iter().copied().filter(|action| is_action(action)).collect();
            let given = Given::of(&well_formed);
            let own = well_formed
                .iter()
                .copied()
                .filter(|action| is_pattern(action))
                .map(str::to_owned);
            let mut patterns: Vec<String> = own.collect();
            match wildcards {
                Wildcards::Listed(listed) => {
                    let allowed = listed
                        .iter()
                        .filter(|pattern| is_pattern(pattern) && is_action(pattern) && given.has_all_of(pattern));
                    patterns.extend(allowed.map(|pattern| (*pattern).to_owned()));
                }
                Wildcards::AtTheEnd => patterns.extend(given.at_the_end()),
            }
            let mut shrunk: Vec<String> = actions.iter().map(|action| (*action).to_owned()).collect();
            // Each pattern in the place of the first action that it covers.
            for (covering, action) in covering(&widest(patterns, Matter::Actions), actions)
                .into_iter()
                .zip(&mut shrunk)
            {
                if let Some(pattern) = covering {
                    pattern.clone_into(action);
                }
            }
            shrunk
        })
    }

    /// The policy with other actions in each `Action`, each once; one with the same actions keeps its text.
    fn with_actions(&self, change: impl Fn(&[&str]) -> Vec<String>) -> Self {
        let edited = self.edited(|statements| {
            let members = statements.iter_mut().filter_map(Node::members_mut).flatten();
            for member in members.filter(|member| member.name.written() == "Action") {
                replace(&mut member.value, &change);
            }
        });
        edited.unwrap_or_else(|_| unreachable!("a policy of this kind can have any actions"))
    }
}

fn replace(node: &mut Node<'static>, change: impl Fn(&[&str]) -> Vec<String>) {
    let old = node.as_list();
    let texts: Vec<&str> = old.iter().filter_map(Node::as_text).map(Text::written).collect();
    let mut seen = HashSet::new();
    let mut new = change(&texts);
    new.retain(|action| seen.insert(action.to_ascii_lowercase()));
    if new == texts {
        return;
    }
    // An action that stays is the node that it was.
    let known: BTreeMap<&str, &Node<'static>> = texts.iter().copied().zip(old).rev().collect();
    let nodes: Vec<Node<'static>> = new
        .into_iter()
        .map(|action| match known.get(&*action) {
            Some(node) => (*node).clone(),
            None => Node::string(action),
        })
        .collect();
    let is_scalar = !matches!(node.value, Value::Array(_));
    match nodes.as_slice() {
        [only] if is_scalar => *node = only.clone(),
        _ => node.value = Value::Array(nodes),
    }
}

fn is_pattern(action: &str) -> bool {
    action.contains(['*', '?'])
}

/// For each action the first of the patterns that covers it; none for what has not the form of an action.
fn covering<'p>(patterns: &'p [String], actions: &[&str]) -> Vec<Option<&'p str>> {
    let items: Vec<Item<'_>> = actions.iter().map(|action| Item::of(action, Matter::Actions)).collect();
    let candidates = Candidates::of(items.iter().map(|item| item.folded.clone()).collect());
    let mut found = vec![None; actions.len()];
    for pattern in patterns {
        let item = Item::of(pattern, Matter::Actions);
        candidates.of_pattern(&item.folded, &mut |number| {
            let (Some(action), Some(covered)) = (actions.get(number), items.get(number)) else {
                return;
            };
            if let Some(slot @ None) = found.get_mut(number)
                && is_action(action)
                && item.covers(covered)
            {
                *slot = Some(pattern.as_str());
            }
        });
    }
    found
}

/// The actions of the catalogue that a list matches: by service, their names in lower case.
struct Given(BTreeMap<&'static str, (Service, BTreeSet<String>)>);

impl Given {
    fn of(actions: &[&str]) -> Self {
        let mut services: BTreeMap<_, (Service, BTreeSet<String>)> = BTreeMap::new();
        for action in actions.iter().flat_map(|action| actions_matching(action)) {
            let service = action.service();
            let (_, names) = services
                .entry(service.prefix())
                .or_insert_with(|| (service, BTreeSet::new()));
            names.insert(action.name().to_ascii_lowercase());
        }
        Self(services)
    }

    /// Whether the pattern matches an action of the catalogue, and none but these.
    fn has_all_of(&self, pattern: &str) -> bool {
        let mut any = false;
        let all = actions_matching(pattern).all(|action| {
            any = true;
            let names = self.0.get(action.service().prefix());
            names.is_some_and(|(_, names)| names.contains(&action.name().to_ascii_lowercase()))
        });
        any && all
    }

    /// The fewest patterns with a `*` at their end that match several of these each, and none but these.
    fn at_the_end(&self) -> Vec<String> {
        if self.has_all_of("*") {
            return vec!["*".to_owned()];
        }
        let mut patterns = Vec::new();
        for (prefix, (service, given)) in &self.0 {
            let names: Vec<&'static str> = service.actions().map(|action| action.name()).collect();
            ends(&names, 0, given, &mut |start| {
                patterns.push(format!("{prefix}:{start}*"));
            });
        }
        patterns
    }
}

/// Finds the starts that only names of `given` have, and of which at least two do. `names` are sorted in any case, and agree in
/// their first `depth` characters.
fn ends(names: &[&'static str], depth: usize, given: &BTreeSet<String>, found: &mut impl FnMut(&str)) {
    let [first, .., last] = names else { return };
    if names.iter().all(|name| given.contains(&name.to_ascii_lowercase())) {
        // The longest start that they have in common, except of a whole service.
        let common = first.bytes().zip(last.bytes());
        let common = common
            .take_while(|(one, other)| one.eq_ignore_ascii_case(other))
            .count();
        return found(first.get(..if depth == 0 { 0 } else { common }).unwrap_or_default());
    }
    let at = |name: &&str| name.as_bytes().get(depth).map(u8::to_ascii_lowercase);
    for alike in names.chunk_by(|one, other| at(one) == at(other)) {
        if alike.first().and_then(at).is_some() {
            ends(alike, depth + 1, given, found);
        }
    }
}
