//! The parts that are dropped if an `Option` is empty: a string, and its statement too if that was the only resource or
//! principal. It may be dropped only where the policy then allows less.

use policy_core::__macro::v1::list::CollectVec;
use policy_core::document::{Member, Node, Place, Text, Value};

use super::Builder;
use crate::report::Mistake;

/// Holes that have to be filled: of each list at least one.
pub type Needs = Vec<Vec<usize>>;

/// The facts about the statement that is being read.
pub struct Scope<'n> {
    /// The `Option`s without which the statement is dropped.
    pub given: &'n [usize],
    /// Whether it allows or denies.
    pub effect: &'n str,
}

/// The effect of an `Option` that drops a string.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Dropping {
    /// Less is allowed.
    Allowed,
    /// Less is excluded, by this element.
    Negated(&'static str),
    /// Fewer conditions are required.
    Condition,
}

/// The holes that have to be filled, each by itself.
pub fn given(needs: &Needs) -> Vec<usize> {
    needs
        .iter()
        .filter_map(|any| if let [one] = any.as_slice() { Some(*one) } else { None })
        .collect_vec()
}

impl Builder<'_, '_> {
    /// Reports a policy all of whose statements can be dropped; `droppable` is the place of each and the holes it
    /// needs.
    pub fn one_statement_stays(&mut self, droppable: &[(Place, Needs)]) {
        if !droppable.is_empty()
            && droppable.iter().all(|(_, needs)| !needs.is_empty())
            && let Some((place, _)) = droppable.first()
        {
            self.report.push(
                Mistake::new(
                    *place,
                    "without values for its `Option` fields, the policy has no statement",
                )
                .note("AWS rejects a policy without statements")
                .help(
                    "make one of the fields required; if the whole policy is optional, use an `Option` of the struct",
                ),
            );
        }
    }

    /// The holes that have to be filled for a statement to be there.
    pub fn statement_needs(&self, members: &[Member<'_>]) -> Needs {
        let mut needs = Needs::new();
        for member in members {
            match member.name.written() {
                "Resource" => self.needs(member.value.as_list().iter(), &mut needs),
                "Principal" => match &member.value.value {
                    Value::Object(keys) => self.needs(keys.iter().flat_map(|key| key.value.as_list()), &mut needs),
                    _ => self.needs(member.value.as_list().iter(), &mut needs),
                },
                _ => {}
            }
        }
        needs
    }

    /// Adds the holes that have to be filled for one of these strings to be there.
    pub fn needs<'n, 'd: 'n>(&self, strings: impl Iterator<Item = &'n Node<'d>>, needs: &mut Needs) {
        // One string is enough, and a string is there when all its holes are: the product of the strings' holes.
        let mut product: Option<Needs> = None;
        for string in strings {
            let optional = string.as_text().map(|text| self.optional(text)).unwrap_or_default();
            if optional.is_empty() {
                return;
            }
            product = Some(match product {
                None => optional.into_iter().map(|hole| vec![hole]).collect_vec(),
                Some(before) => {
                    let mut next = Needs::new();
                    for any in &before {
                        for hole in &optional {
                            let mut any = any.clone();
                            if let Err(index) = any.binary_search(hole) {
                                any.insert(index, *hole);
                            }
                            // Once each: with the number of strings, the product would double and double again.
                            if !next.contains(&any) {
                                next.push(any);
                            }
                        }
                    }
                    next
                }
            });
        }
        needs.extend(product.unwrap_or_default());
        needs.dedup();
    }

    /// The `Option` holes of a string, each once.
    pub fn optional(&self, text: &Text<'_>) -> Vec<usize> {
        self.numbers(text, |holes, number| {
            holes.get(number).is_some_and(|fill| fill.optional)
        })
    }

    /// Whether a string, by its `Option` holes, may be dropped where it is; reports it if not.
    pub fn may_be_dropped(&mut self, place: Place, text: &Text<'_>, scope: &Scope<'_>, dropping: Dropping) -> bool {
        let Some(first) = self.optional(text).into_iter().next() else {
            return false;
        };
        match dropping {
            Dropping::Condition => self.dropped_condition(place, text, scope),
            Dropping::Negated(element) => self.refuse(
                place,
                text,
                first,
                element,
                "without a value the element would exclude less, and the statement would apply to more requests",
            ),
            Dropping::Allowed if scope.effect == "Deny" => self.refuse(
                place,
                text,
                first,
                "a statement that denies",
                "without a value the statement would deny less, so that more would be allowed",
            ),
            Dropping::Allowed => true,
        }
    }

    /// An `Option` is allowed in a condition only if the statement is dropped without it.
    pub fn dropped_condition(&mut self, place: Place, text: &Text<'_>, scope: &Scope<'_>) -> bool {
        let Some(hole) = self.optional(text).into_iter().find(|hole| !scope.given.contains(hole)) else {
            return true;
        };
        self.report.push(
            self.pointing(place, "a condition", text, hole)
                .note("without a value the condition would be dropped, and the statement would allow more")
                .help("make the field required, or write two policies; if the statement's only resource has the same hole, the whole statement is dropped with it, and the condition can contain the hole"),
        );
        false
    }

    fn refuse(&mut self, place: Place, text: &Text<'_>, hole: usize, what: &str, why: &str) -> bool {
        self.report.push(
            self.pointing(place, what, text, hole)
                .note(why)
                .help("make the field required, or write one policy with the hole and one without"),
        );
        false
    }

    /// A mistake that points at the hole.
    fn pointing(&self, place: Place, what: &str, text: &Text<'_>, hole: usize) -> Mistake {
        let name = self.name_of(hole);
        let range = text
            .holes()
            .iter()
            .find(|found| found.name == name)
            .map(|found| found.written.clone());
        Mistake::new(
            place,
            format!("the hole `<{name}>` in {what} must always have a value, but its field is an `Option`"),
        )
        .part(text.written(), &range.unwrap_or_default())
    }
}
