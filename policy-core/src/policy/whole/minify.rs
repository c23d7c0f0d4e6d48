//! Policies in fewer characters.

#[cfg(test)]
mod tests;

mod statements;

use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use crate::arn::ArnPattern;
use crate::check::is_action;
use crate::document::{Node, Value};
use crate::policy::build::scalar_or_list;
use crate::policy::compare::StatementMeaning;
use crate::policy::operator::{Family, Operator};
use crate::policy::whole::covered::{Matter, widest};
use crate::policy::{Policy, PolicyKind, Version, read};
use crate::sorted;

use self::statements::without_covered;

impl<K: PolicyKind> Policy<K> {
    /// The policy in fewer characters, for AWS's quotas. It evaluates the same, now and with whatever AWS adds later.
    ///
    /// Left out are whitespace, `Sid` and `Id`, which grant nothing; statements, actions and resources that others cover; the
    /// brackets of lists of one, and the `Version` 2008-10-17, which is the default. Statements that differ only in their actions, or
    /// only in their resources, become one. A statement with a malformed action or resource stays as it is, since AWS does not store
    /// such a policy. Wildcards are not invented: see [`shrink_actions`](Self::shrink_actions). The result is never longer than the
    /// policy [without whitespace](Self::to_json); it is not proven to be the shortest there is.
    ///
    /// ```
    /// use policy_core::policy::IdentityPolicy;
    ///
    /// let policy = IdentityPolicy::from_json(r#"{ "Version": "2012-10-17", "Statement": [
    ///     { "Sid": "Read", "Effect": "Allow", "Action": ["s3:GetObject", "s3:Get*"], "Resource": ["arn:aws:s3:::a/*"] },
    ///     { "Sid": "Write", "Effect": "Allow", "Action": ["s3:PutObject"], "Resource": ["arn:aws:s3:::a/*"] }] }"#)?;
    /// assert_eq!(
    ///     policy.minify().text(),
    ///     concat!(
    ///         r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["s3:get*","s3:PutObject"],"#,
    ///         r#""Resource":"arn:aws:s3:::a/*"}}"#,
    ///     ),
    /// );
    /// # Ok::<(), policy_core::policy::ReadError>(())
    /// ```
    #[must_use]
    pub fn minify(&self) -> Self {
        let (outline, _) = read(self.document(), K::KIND);
        let meanings: BTreeSet<_> = outline.statements.iter().map(StatementMeaning::of).collect();
        let (mut statements, malformed): (Vec<_>, Vec<_>) =
            meanings.into_iter().partition(StatementMeaning::is_well_formed);
        loop {
            let before = statements.clone();
            for statement in &mut statements {
                statement.drop_covered();
            }
            statements = joined_by_actions(joined_by_resources(statements));
            statements = without_covered(statements);
            if statements == before {
                break;
            }
        }
        let nodes = statements
            .iter()
            .chain(&malformed)
            .map(|statement| statement.to_node(K::KIND, &shortest));
        // Without `Version`, a policy is of the older one.
        let version = Some(outline.version).filter(|version| *version != Version::V2008);
        let minified = Self::of_statements(version, scalar_or_list(nodes));
        let json = self.to_json();
        if minified.text().len() <= json.len() {
            minified
        } else {
            Self::rendered(json)
        }
    }
}

/// Booleans and whole numbers are shorter without quotes.
fn shortest(operator: &str, value: &str) -> Node<'static> {
    let family = operator
        .parse::<Operator>()
        .ok()
        .map(|operator| operator.comparison.family());
    let is_whole = || {
        let is_plain = !value.starts_with('0') || value == "0";
        is_plain && !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit())
    };
    match (family, value) {
        (Some(Family::Bool), "true" | "false") => Node::built(Value::Bool(value == "true")),
        (Some(Family::Numeric), _) if is_whole() => Node::built(Value::Number(value.to_owned().into())),
        _ => Node::string(value.to_owned()),
    }
}

impl StatementMeaning<'_> {
    /// Whether each of its actions and resources is one, or a pattern of some, and it has any. Another is a mistake because of which AWS
    /// does not store the policy: without it, or joined with it, a statement would do what it did not.
    fn is_well_formed(&self) -> bool {
        let actions = self.actions.as_ref().is_none_or(|(_, actions)| {
            let mut actions = actions.iter();
            actions.len() > 0 && actions.all(|action| is_action(action))
        });
        let resources = self.resources.as_ref().is_none_or(|(_, resources)| {
            let mut resources = resources.iter();
            resources.len() > 0 && resources.all(|resource| is_resource(resource))
        });
        actions && resources
    }

    /// Drops actions and resources that others of the same list cover.
    fn drop_covered(&mut self) {
        if let Some((_, actions)) = &mut self.actions {
            *actions = widest(mem::take(actions), Matter::Actions);
        }
        if let Some((_, resources)) = &mut self.resources {
            *resources = widest(mem::take(resources), Matter::Resources);
        }
    }
}

fn is_resource(written: &str) -> bool {
    written == "*" || ArnPattern::parse(written).is_ok()
}

/// Statements that are the same except for their actions, as one.
fn joined_by_actions(statements: Vec<StatementMeaning<'_>>) -> Vec<StatementMeaning<'_>> {
    let mut kept = Vec::new();
    let mut joined: BTreeMap<StatementMeaning<'_>, Vec<String>> = BTreeMap::new();
    for mut statement in statements {
        match &mut statement.actions {
            Some((false, actions)) => {
                let actions = mem::take(actions);
                joined.entry(statement).or_default().extend(actions);
            }
            _ => kept.push(statement),
        }
    }
    kept.extend(joined.into_iter().map(|(mut statement, actions)| {
        statement.actions = Some((false, sorted::set(actions)));
        statement
    }));
    kept
}

/// Statements that are the same except for their resources, as one.
fn joined_by_resources(statements: Vec<StatementMeaning<'_>>) -> Vec<StatementMeaning<'_>> {
    let mut kept = Vec::new();
    let mut joined: BTreeMap<StatementMeaning<'_>, Vec<&str>> = BTreeMap::new();
    for mut statement in statements {
        match &mut statement.resources {
            Some((false, resources)) => {
                let resources = mem::take(resources);
                joined.entry(statement).or_default().extend(resources);
            }
            _ => kept.push(statement),
        }
    }
    kept.extend(joined.into_iter().map(|(mut statement, resources)| {
        statement.resources = Some((false, sorted::set(resources)));
        statement
    }));
    kept
}
