//! Actions and resources that another of the same list covers.
//!
//! Access Analyzer gives one finding for all that one pattern covers, and names the longest of them. It compares
//! resources as whole texts: that a `*` of the account can reach over colons counts.

use crate::arn::{Candidates, Glob, literal_start};
use crate::check::facts::cover::{FEW, Matter};
use crate::check::facts::{ActionFault, ActionMeaning, ActionRef, Facts, ResourceRef, ResourceScope, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::collected::CollectVec;
use crate::document::{Place, Signs, Text};
use crate::finding::{Change, Code, Finding, Fix};
use crate::numbers::ByText;
use crate::policy::Version;
use crate::sorted::sort;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::RedundantAction, Code::RedundantResource],
    run: Run::Statement(check),
};

fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    actions(&statement.actions, &mut found);
    resources(&statement.resources, facts.version, &mut found);
    found
}

fn actions(actions: &[ActionRef<'_>], found: &mut Vec<Finding>) {
    if actions.len() < 2 {
        return;
    }
    // The value of a variable is not known, and another rule reports that none is allowed here.
    let has_variable = |action: &&ActionRef<'_>| match &action.meaning {
        ActionMeaning::Unknown(fault) => matches!(**fault, ActionFault::Variable),
        _ => false,
    };
    let mut entries = Vec::with_capacity(actions.len());
    for action in actions.iter().filter(|action| !has_variable(action)) {
        entries.push(Entry::of_action(action));
    }
    compare(entries, Matter::Action, found);
}

fn resources(resources: &[ResourceRef<'_>], version: Version, found: &mut Vec<Finding>) {
    if resources.len() < 2 {
        return;
    }
    let mut entries = Vec::with_capacity(resources.len());
    for resource in resources {
        entries.push(Entry::of_resource(resource));
    }
    compare(entries, Matter::Resource(version), found);
}

/// One of the list. Those of different kin need not be compared.
struct Entry<'d> {
    kin: u32,
    /// Equal for texts that are equal.
    mark: u64,
    index: usize,
    place: Place,
    text: &'d Text<'d>,
    /// The text before the first wildcard.
    start: &'d str,
    /// The last field of an ARN, and the text in it before the first wildcard.
    last_field: Option<(&'d str, &'d str)>,
    /// Whether AWS documents what it means. One of which it does not may match nothing, or make its statement invalid.
    is_sound: bool,
}

impl<'d> Entry<'d> {
    /// Actions are of kin if their services are: those have no wildcards. Three bytes tell nearly all services apart, and
    /// of the shortest they have the colon.
    fn of_action(action: &ActionRef<'d>) -> Self {
        let kin = match action.text.written().as_bytes() {
            [one, two, three, ..] => [*one, *two, *three, 0].map(|byte| byte.to_ascii_lowercase()),
            _ => [0; 4],
        };
        Self {
            kin: u32::from_le_bytes(kin),
            is_sound: match &action.meaning {
                ActionMeaning::Unknown(fault) => !fault.is_of_form(),
                ActionMeaning::Everything | ActionMeaning::Pattern(_) | ActionMeaning::One(_) => true,
            },
            ..Self::new(action.place, action.text)
        }
    }

    fn of_resource(resource: &ResourceRef<'d>) -> Self {
        let last_field = match resource.scope {
            ResourceScope::Arn(arn) if resource.text.holes().is_empty() => Some(arn.resource().as_str()),
            _ => None,
        };
        Self {
            last_field: last_field.map(|field| (field, start_of(resource.text, field))),
            is_sound: match resource.scope {
                ResourceScope::Arn(_) => !resource.text.written().contains("${"),
                ResourceScope::Everything => resource.text.written() == "*",
                ResourceScope::Unknown | ResourceScope::Unsettled => false,
            },
            ..Self::new(resource.place, resource.text)
        }
    }

    fn new(place: Place, text: &'d Text<'d>) -> Self {
        Self {
            kin: 0,
            mark: mark(text.written().as_bytes()),
            index: 0,
            place,
            text,
            start: start_of(text, text.written()),
            last_field: None,
            is_sound: false,
        }
    }

    fn is_pattern(&self) -> bool {
        self.start.len() < self.text.written().len()
    }

    /// Whether this covers another: of two that cover each other, the earlier the later.
    fn takes_in(&self, other: &Self, matter: Matter) -> bool {
        self.may_cover(other, matter)
            && other.index != self.index
            && matter.covers(self.text, other.text)
            && (self.index < other.index || !matter.covers(other.text, self.text))
    }

    /// Whether this begins as the other does, without which it cannot take it in. That spares most comparisons.
    fn may_cover(&self, other: &Self, matter: Matter) -> bool {
        match matter {
            Matter::Action => {
                let start = other.text.written().as_bytes().get(..self.start.len());
                start.is_some_and(|start| start.eq_ignore_ascii_case(self.start.as_bytes()))
            }
            Matter::Resource(_) if !other.text.written().starts_with(self.start) => false,
            Matter::Resource(_) => {
                let fields_may = || match (self.last_field, other.last_field) {
                    // The colon before it is the fifth of the other, or a later one.
                    (Some((_, start)), Some((field, _))) => {
                        field.starts_with(start) || field.split(':').skip(1).any(|part| begins_alike(part, start))
                    }
                    _ => true,
                };
                fields_may()
            }
        }
    }
}

fn begins_alike(part: &str, start: &str) -> bool {
    part.bytes()
        .zip(start.bytes())
        .take_while(|(_, start)| *start != b':')
        .all(|(one, two)| one == two)
}

/// The literal start of a text that is or ends a string.
fn start_of<'d>(of: &Text<'_>, text: &'d str) -> &'d str {
    let may_end = !of.holes().is_empty() || of.signs().has(Signs::WILDCARD.or(Signs::DOLLAR));
    if may_end { literal_start(text) } else { text }
}

/// The last letters, without regard to case: two texts that differ there differ.
fn mark(text: &[u8]) -> u64 {
    const LOWER_CASE: u64 = 0x2020_2020_2020_2020;
    match text.last_chunk() {
        Some(last) => u64::from_le_bytes(*last) | LOWER_CASE,
        None => text
            .iter()
            .fold(0, |mark, byte| mark << 8 | u64::from(byte.to_ascii_lowercase())),
    }
}

fn compare(mut entries: Vec<Entry<'_>>, matter: Matter, found: &mut Vec<Finding>) {
    for (index, entry) in entries.iter_mut().enumerate() {
        entry.index = index;
    }
    let mut takers = Takers(Vec::new());
    let everything = entries
        .iter()
        .find(|entry| Glob::wildcards(entry.text.written()).is_everything());
    if let Some(everything) = everything {
        for entry in &entries {
            if entry.index != everything.index {
                takers.add(entry, everything, entries.len());
            }
        }
    } else {
        let mut all: Vec<&Entry<'_>> = entries.iter().collect_vec();
        if are_few(&all) && !may_have_twins(&all) {
            by_patterns(&all, matter, entries.len(), &mut takers);
        } else {
            sort(&mut all, |one, other| (one.kin, one.mark).cmp(&(other.kin, other.mark)));
            for kin in all.chunk_by(|one, two| one.kin == two.kin) {
                within(kin, matter, entries.len(), &mut takers);
            }
        }
    }
    if takers.0.is_empty() {
        return;
    }
    let mut taken: Vec<Vec<&Entry<'_>>> = Vec::new();
    taken.resize_with(entries.len(), Vec::new);
    for entry in &entries {
        if let Some(members) = takers.last(entry.index).and_then(|taker| taken.get_mut(taker)) {
            members.push(entry);
        }
    }
    for (wide, members) in entries.iter().zip(&taken) {
        found.extend(finding(wide, members, matter));
    }
}

/// Whether two of them may be the same: a quick look, since sorting them takes longer than all else.
fn may_have_twins(entries: &[&Entry<'_>]) -> bool {
    // An odd number with its bits all over: the highest of a product with it depend on all of the mark.
    const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;
    // Several times as many bits as there are pairs, so that two that differ seldom have the same one.
    let words = (entries.len() * entries.len() / 8 + 1).next_power_of_two().min(1 << 10);
    let mut seen = vec![0_u64; words];
    entries.iter().any(|entry| {
        // The names of actions often end alike.
        let text = entry.text.written().as_bytes();
        let before = mark(text.get(..text.len().saturating_sub(8)).unwrap_or_default());
        let spread = (entry.mark ^ before.rotate_left(23) ^ text.len() as u64).wrapping_mul(SPREAD);
        let bit = 1 << (spread >> 58);
        let word = seen.get_mut((spread >> 48) as usize & (words - 1));
        word.is_none_or(|word| std::mem::replace(word, *word | bit) & bit != 0)
    })
}

/// Which of the entries, by its index, covers another: empty until one does.
struct Takers(Vec<Option<usize>>);

impl Takers {
    fn add(&mut self, entry: &Entry<'_>, taker: &Entry<'_>, entries: usize) {
        self.0.resize(entries, None);
        if let Some(slot) = self.0.get_mut(entry.index) {
            *slot = Some(slot.map_or(taker.index, |other| other.min(taker.index)));
        }
    }

    fn of(&self, index: usize) -> Option<usize> {
        self.0.get(index).copied().flatten()
    }

    /// The one that nothing covers.
    fn last(&self, index: usize) -> Option<usize> {
        let mut last = self.of(index)?;
        while let Some(next) = self.of(last) {
            last = next;
        }
        Some(last)
    }
}

/// Finds which covers which: of two that cover each other, the earlier the later, so that no circle arises.
fn within(kin: &[&Entry<'_>], matter: Matter, entries: usize, takers: &mut Takers) {
    for alike in kin.chunk_by(|one, two| one.mark == two.mark) {
        if alike.len() * alike.len() < FEW {
            for (index, later) in alike.iter().enumerate().skip(1) {
                let mut earlier = alike.iter().take(index);
                if let Some(earlier) = earlier.find(|earlier| matter.is_same(earlier.text, later.text)) {
                    takers.add(later, earlier, entries);
                }
            }
        } else {
            let mut first = ByText::new();
            for entry in alike {
                let earlier = first.first(matter.folded(entry.text.written()), *entry);
                if earlier.index != entry.index {
                    takers.add(entry, earlier, entries);
                }
            }
        }
    }
    if kin.len() < 2 {
        return;
    }
    if are_few(kin) {
        by_patterns(kin, matter, entries, takers);
    } else {
        among_many(kin, matter, entries, takers);
    }
}

/// Whether each pattern may be compared with each of the others.
fn are_few(entries: &[&Entry<'_>]) -> bool {
    let patterns = entries.iter().filter(|entry| entry.is_pattern()).count();
    patterns * entries.len() < FEW
}

/// Compares each pattern with the others of its kin.
fn by_patterns(all: &[&Entry<'_>], matter: Matter, entries: usize, takers: &mut Takers) {
    for pattern in all.iter().filter(|entry| entry.is_pattern()) {
        // The entry that covers it covers all that it does.
        if takers.of(pattern.index).is_some() {
            continue;
        }
        for other in all.iter().filter(|other| other.kin == pattern.kin) {
            if pattern.takes_in(other, matter) {
                takers.add(other, pattern, entries);
            }
        }
    }
}

/// The same of many: a pattern is compared only with those that it may cover.
fn among_many(kin: &[&Entry<'_>], matter: Matter, entries: usize, takers: &mut Takers) {
    let texts = kin.iter().map(|entry| matter.folded(entry.text.written()));
    let candidates = Candidates::of(texts.collect_vec());
    for pattern in kin.iter().filter(|entry| entry.is_pattern()) {
        if takers.of(pattern.index).is_some() {
            continue;
        }
        candidates.of_pattern(&matter.folded(pattern.text.written()), &mut |number| {
            if let Some(other) = kin.get(number).filter(|other| pattern.takes_in(other, matter)) {
                takers.add(other, pattern, entries);
            }
        });
    }
}

/// How many of the others a note names.
const NAMED: usize = 8;

/// What is done when these are removed.
fn removed(members: &[&Entry<'_>]) -> String {
    match members {
        [one] => format!("remove `{}`", one.text.written()),
        _ => format!("remove these {}", members.len()),
    }
}

fn finding(taker: &Entry<'_>, members: &[&Entry<'_>], matter: Matter) -> Option<Finding> {
    let longest = members.iter().max_by_key(|member| member.text.written().len())?;
    let code = match matter {
        Matter::Action => Code::RedundantAction,
        Matter::Resource(_) => Code::RedundantResource,
    };
    let (written, wide) = (longest.text.written(), taker.text.written());
    let is_twice = matter.is_same(longest.text, taker.text);
    let (what, note) = if is_twice {
        (
            format!("`{written}` appears in this list twice"),
            "AWS accepts it, but removing one later would change nothing, as the other is still there".to_owned(),
        )
    } else {
        (
            format!("`{written}` is covered by `{wide}`, which is in this list too"),
            format!("AWS accepts it, but removing it later would change nothing, as `{wide}` still covers it"),
        )
    };
    let places = members.iter().map(|member| Change::Remove(member.place));
    let mut fix = Fix::new(removed(members), places.collect_vec());
    if taker.is_sound && members.iter().all(|member| member.is_sound) {
        fix = fix.safe();
    }
    let finding = Finding::new(code, longest.place, what)
        .about(written)
        .note(note)
        .fixed_by(fix);
    let mut others: Vec<String> = members
        .iter()
        .filter(|member| member.index != longest.index)
        .map(|member| format!("`{}`", member.text.written()))
        .collect_vec();
    Some(if others.is_empty() {
        finding.with_help(if is_twice {
            "remove one of the two".to_owned()
        } else {
            format!("remove `{written}`, or remove `{wide}` if only `{written}` is meant")
        })
    } else {
        let unnamed = others.len().saturating_sub(NAMED);
        let count = members.len();
        others.truncate(NAMED);
        let mut named = others.join(", ");
        if unnamed > 0 {
            named = format!("{named} and {unnamed} more");
        }
        finding
            .note(format!("`{wide}` also covers: {named}"))
            .with_help(if is_twice {
                "remove all but one".to_owned()
            } else {
                format!("remove these {count}, or remove `{wide}` if only these are meant")
            })
    })
}

#[cfg(test)]
mod tests {
    use super::{Entry, FEW, Takers, within};
    use crate::check::facts::cover::Matter;
    use crate::document::{Place, Text};

    /// Those of many are found by how they begin and end.
    #[test]
    fn of_many_the_same_are_covered_as_of_few() {
        let pieces = ["*", "Get", "get", "?", "Object", "*", "x", "Tag"];
        let mut texts = Vec::new();
        for (at, one) in pieces.iter().enumerate() {
            for other in pieces {
                for last in ["", "x", "*", "Object"] {
                    texts.push(Text::plain(format!("s3:{one}{other}{}{last}", at % 3)));
                }
            }
        }
        assert!(texts.len() * texts.len() > FEW);
        let entry = |(index, text)| Entry {
            index,
            ..Entry::new(Place::default(), text)
        };
        let entries: Vec<Entry<'_>> = texts.iter().enumerate().map(entry).collect();
        let mut sorted: Vec<&Entry<'_>> = entries.iter().collect();
        sorted.sort_by_key(|entry| entry.mark);
        let mut takers = Takers(Vec::new());
        within(&sorted, Matter::Action, entries.len(), &mut takers);
        let mut covered = 0;
        for entry in &entries {
            let is_covered = entries.iter().any(|other| other.takes_in(entry, Matter::Action));
            covered += usize::from(is_covered);
            assert_eq!(takers.of(entry.index).is_some(), is_covered, "{}", entry.text.written());
        }
        assert!(covered > 50 && covered < entries.len(), "{covered}");
    }
}
