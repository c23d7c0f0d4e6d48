//! The conditions of a statement that come before one: what is wrong with a key is reported once.

use crate::numbers::ByText;
use crate::policy::Condition;

/// The conditions that have been met.
pub(super) struct Earlier<'s, 'd> {
    conditions: &'s [Condition<'d>],
    /// How many have been met.
    count: usize,
    /// Where there are many, by their keys; few, as nearly every statement has, are looked through.
    index: Option<Index<'s, 'd>>,
}

struct Index<'s, 'd> {
    /// Whether one of those on a key compares its values, by the key in small letters.
    compared: ByText<'s, bool>,
    /// Of those below an operator and on a key, in whatever case: the first, and the first that writes it in another.
    spellings: ByText<'s, (&'s Condition<'d>, Option<&'s Condition<'d>>)>,
}

const FEW: usize = 16;

impl<'s, 'd> Earlier<'s, 'd> {
    /// None of these has been met.
    pub fn of(conditions: &'s [Condition<'d>]) -> Self {
        Self {
            conditions,
            count: 0,
            index: (conditions.len() > FEW).then(Index::new),
        }
    }

    /// The next has been met.
    pub fn add(&mut self, condition: &'s Condition<'d>) {
        self.count += 1;
        if let Some(index) = &mut self.index {
            index.add(condition);
        }
    }

    fn all(&self) -> &'s [Condition<'d>] {
        self.conditions.get(..self.count).unwrap_or_default()
    }

    /// Whether one is on this key.
    pub fn has(&self, key: &str) -> bool {
        match &self.index {
            Some(index) => index.compared.contains(&*key.to_ascii_lowercase()),
            None => self.all().iter().any(|other| other.is_on(key)),
        }
    }

    /// Whether one compares the values of this key.
    pub fn compares(&self, key: &str) -> bool {
        match &self.index {
            Some(index) => index
                .compared
                .get(&*key.to_ascii_lowercase())
                .copied()
                .unwrap_or_default(),
            None => self.all().iter().any(|other| other.compares() && other.is_on(key)),
        }
    }

    /// The first below the operator of this one whose key is the same in letters of another case.
    pub fn in_other_case(&self, condition: &Condition<'d>) -> Option<&'s Condition<'d>> {
        let key = condition.key.written();
        if let Some(index) = &self.index {
            let (first, other) = index.spellings.get(&*spelling(condition))?;
            return if first.key.written() == key {
                *other
            } else {
                Some(first)
            };
        }
        self.all().iter().find(|other| {
            let other_key = other.key.written();
            other.operator_place == condition.operator_place && other_key != key && other_key.eq_ignore_ascii_case(key)
        })
    }
}

impl<'s, 'd> Index<'s, 'd> {
    fn new() -> Self {
        Self {
            compared: ByText::new(),
            spellings: ByText::new(),
        }
    }

    fn add(&mut self, condition: &'s Condition<'d>) {
        let key = condition.key.filled().to_ascii_lowercase();
        self.compared
            .update(key.into(), false, |compares| *compares |= condition.compares());
        let spelling = spelling(condition);
        self.spellings
            .update(spelling.into(), (condition, None), |(first, other)| {
                if other.is_none() && first.key.written() != condition.key.written() {
                    *other = Some(condition);
                }
            });
    }
}

fn spelling(condition: &Condition<'_>) -> String {
    let key = condition.key.written().to_ascii_lowercase();
    format!("{} {key}", condition.operator_place.start)
}
