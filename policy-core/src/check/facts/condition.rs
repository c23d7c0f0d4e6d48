//! The conditions of a statement, each with what is known of its key.

use std::ops::Deref;
use std::slice;

use super::earlier::Earlier;
use super::resource::{ArnFault, field_faults};
use super::value::{self, Operand, Values, Wide};
use super::without_key::WithoutKey;
use crate::arn::ArnPattern;
use crate::catalogue::{self, About, ConditionKey, KeyFacts, Limits, key_facts};
use crate::document::Node;
use crate::policy::{Comparison, Condition, Family, Operator, StatementOutline};

/// A line of a condition, and what is known of it.
pub(in crate::check) struct ConditionFacts<'d> {
    condition: Condition<'d>,
    /// The key, if AWS has it.
    pub known_key: Option<ConditionKey>,
    /// The same, if it is one of the global keys.
    global_key: Option<ConditionKey>,
    /// What AWS says of the key in prose.
    pub key_facts: Option<&'static KeyFacts>,
    /// What it says of a request that lacks the key: `None` where the operator is unknown, or `Null` has not one value.
    pub without_key: Option<WithoutKey>,
    /// How a line before it, of the same operator, writes the same key in letters of another case.
    pub respells: Option<&'d str>,
    /// Whether a line before it is on the same key.
    pub is_repeated: bool,
    /// Whether a line before it compares the values of the same key.
    pub is_compared_before: bool,
    /// Whether it is the first line of its operator.
    pub is_first_of_operator: bool,
    /// How far its values can be judged.
    pub values: Values<'d>,
    /// Those that match more than was meant.
    pub wide: Vec<Wide<'d>>,
}

impl<'d> Deref for ConditionFacts<'d> {
    type Target = Condition<'d>;

    fn deref(&self) -> &Condition<'d> {
        &self.condition
    }
}

pub(super) fn of<'d>(statement: &StatementOutline<'d>) -> Vec<ConditionFacts<'d>> {
    let lines = &statement.conditions;
    let mut earlier = Earlier::of(lines);
    let mut facts = Vec::with_capacity(lines.len());
    for (index, condition) in lines.iter().enumerate() {
        let key = condition.key.filled();
        let global_key = catalogue::global_condition_key(key);
        let known_key = global_key.or_else(|| catalogue::service_condition_key(key));
        let key_facts = key_facts(key);
        let wide = value::wide(condition, known_key, key_facts, statement.effect);
        let previous = index.checked_sub(1).and_then(|previous| lines.get(previous));
        facts.push(ConditionFacts {
            condition: *condition,
            known_key,
            global_key,
            key_facts,
            without_key: WithoutKey::of(condition),
            respells: earlier.in_other_case(condition).map(|earlier| earlier.key.written()),
            is_repeated: earlier.has(key),
            is_compared_before: earlier.compares(key),
            is_first_of_operator: previous.is_none_or(|previous| previous.operator_place != condition.operator_place),
            values: Values::of(condition, known_key, !wide.is_empty()),
            wide,
        });
        earlier.add(condition);
    }
    facts
}

impl<'d> ConditionFacts<'d> {
    /// Whether the key is about this.
    pub fn is_about(&self, about: About) -> bool {
        self.key_facts.is_some_and(|key| key.about == Some(about))
    }

    /// Whether the key is a global one that every action has.
    pub fn is_in_every_request(&self) -> bool {
        self.global_key.is_some_and(|key| !key.only_where_listed())
    }

    /// The form in which the key's values say who asks, if it is one that does.
    pub fn limits(&self) -> Option<Limits> {
        self.key_facts?.limits
    }

    /// Whether the key or the operator has a hole of unknown type, so that it may be the condition that a statement seems to lack.
    pub fn may_be_any(&self) -> bool {
        [self.key, self.operator_text]
            .iter()
            .any(|text| text.unknown().next().is_some())
    }

    /// Whether operator and key stand in each other's place: `{ "aws:SourceIp": { "IpAddress": ... } }`.
    pub fn is_turned_round(&self) -> bool {
        self.operator.is_none() && Operator::named(self.key.filled()).is_some()
    }

    /// Whether it is on a resource's tag, `aws:ResourceTag/...`.
    pub fn is_of_resource_tag(&self) -> bool {
        const HEAD: &str = "aws:ResourceTag/";
        let key = self.key.filled();
        self.key.begins_with(HEAD) && key.len() > HEAD.len() && !key.contains("${")
    }

    /// Whether it is on a resource's tag, and not met where the request has none.
    pub fn demands_resource_tag(&self) -> bool {
        self.is_of_resource_tag() && self.compares() && self.without_key == Some(WithoutKey::Fails)
    }

    /// Whether it asks whether the key is there.
    pub fn is_null(&self) -> bool {
        self.operator
            .is_some_and(|operator| operator.comparison == Comparison::Null)
    }

    /// The values that can be judged one by one, with the operator that compares them.
    pub fn operands(&self) -> impl Iterator<Item = (Operand<'d>, Operator)> + use<'d> {
        let operator = self.operator.filter(|_| self.values == Values::Each);
        Operands {
            nodes: operator.map_or([].as_slice(), |_| self.value.as_list()).iter(),
            operator,
        }
    }

    /// What is wrong with the fields of the ARNs that it compares with. There a pattern of services is right: it says which
    /// services, and the key what about them.
    pub fn arn_faults(&self) -> Vec<(Operand<'d>, ArnFault)> {
        let mut faults = Vec::new();
        if !self
            .operator
            .is_some_and(|operator| operator.comparison.family() == Family::Arn)
        {
            return faults;
        }
        for (operand, _) in self.operands() {
            let Some(text) = operand.text else { continue };
            let Ok(arn) = ArnPattern::parse(text.filled()) else {
                continue;
            };
            for fault in field_faults(text, &arn) {
                if !matches!(fault, ArnFault::WildcardInService) {
                    faults.push((operand, fault));
                }
            }
        }
        faults
    }
}

struct Operands<'d> {
    nodes: slice::Iter<'d, Node<'d>>,
    operator: Option<Operator>,
}

impl<'d> Iterator for Operands<'d> {
    type Item = (Operand<'d>, Operator);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let node = self.nodes.next()?;
            if let Some(operand) = Operand::of(node) {
                return Some((operand, self.operator?));
            }
        }
    }
}
