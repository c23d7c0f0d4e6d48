//! Removes elements and members, with what separates them from their neighbours.

use std::collections::BTreeSet;
use std::ops::Range;

use policy_core::document::{Node, Place, Value};

use super::{Edit, Fixer, bytes, whole};
use crate::wording::Style;

impl Fixer<'_> {
    /// Removes the elements and members at these places. Of a list at least one element stays: without one it would be another
    /// mistake.
    pub(super) fn remove(&self, places: &[Place]) -> Option<Vec<Edit>> {
        let mut left: BTreeSet<Place> = places.iter().copied().collect();
        let mut edits = Vec::new();
        for place in places {
            if !left.contains(place) {
                continue;
            }
            let container = self.index.containers.get(place).copied().flatten()?;
            let is_list = matches!(container.value, Value::Array(_));
            let mut removed = Vec::new();
            for (own, range) in parts(container) {
                removed.push((range, left.remove(&own)));
            }
            removed.sort_by_key(|(range, _)| (range.start, range.end));
            if removed.iter().all(|(_, is_removed)| *is_removed) {
                return None;
            }
            edits.extend(self.runs(&removed, is_list));
        }
        Some(edits)
    }

    /// An edit for each run of neighbours that are removed.
    fn runs(&self, siblings: &[(Range<usize>, bool)], is_list: bool) -> Vec<Edit> {
        let mut edits = Vec::new();
        let mut at = 0;
        while let Some(offset) = siblings.iter().skip(at).position(|(_, is_removed)| *is_removed) {
            let first = at + offset;
            let length = siblings.iter().skip(first).take_while(|(_, removed)| *removed).count();
            let run = siblings.get(first..first + length).unwrap_or_default();
            let before = first.checked_sub(1).and_then(|index| siblings.get(index));
            let after = siblings.get(first + length);
            match self.run(run, before, after) {
                Some(range) => edits.push(removal(range)),
                None => edits.extend(run.iter().map(|(range, _)| removal(self.alone(range.clone(), is_list)))),
            }
            at = first + length;
        }
        edits
    }

    /// The bytes of a run and of the gap to one of its neighbours; `None` if there is something in the gaps, such as a comment.
    fn run(
        &self,
        run: &[(Range<usize>, bool)],
        before: Option<&(Range<usize>, bool)>,
        after: Option<&(Range<usize>, bool)>,
    ) -> Option<Range<usize>> {
        let (first, last) = (&run.first()?.0, &run.last()?.0);
        let are_together = run.windows(2).all(|pair| match pair {
            [(one, _), (other, _)] => self.is_gap(one.end..other.start),
            _ => true,
        });
        let behind = after.map(|(after, _)| first.start..after.start);
        let ahead = before.map(|(before, _)| before.end..last.end);
        if !are_together {
            None
        } else if let Some(range) = behind.filter(|range| self.is_gap(last.end..range.end)) {
            Some(range)
        } else {
            // What is behind the last may be a comment about it.
            ahead
                .filter(|range| after.is_none() && self.is_gap(range.start..first.start) && !self.has_comment(last.end))
        }
    }

    /// Whether these bytes only separate two values.
    fn is_gap(&self, range: Range<usize>) -> bool {
        let Some(gap) = self.text.get(range) else {
            return false;
        };
        // JSON in a text has its line breaks as escapes.
        let gap = match self.style {
            style if style.is_json() => gap.replace("\\n", "\n"),
            _ => gap.to_owned(),
        };
        let gap = gap.trim();
        gap.is_empty() || gap == "," || gap == "-" && self.style == Style::Yaml
    }

    /// Whether there is something else behind a value in its line.
    fn has_comment(&self, end: usize) -> bool {
        let line = self
            .text
            .get(end..)
            .and_then(|rest| rest.lines().next())
            .unwrap_or_default();
        line.contains('#') || line.contains("//")
    }

    /// The bytes of a value, of the comma behind it, or else of the comma or the mark before it, and of the line, if nothing
    /// else is in it.
    fn alone(&self, own: Range<usize>, is_list: bool) -> Range<usize> {
        let mut range = own;
        let behind = self.text.get(range.end..).unwrap_or_default();
        let white = behind.len() - behind.trim_start().len();
        let before = self.part(0..range.start).trim_end();
        if behind.get(white..).is_some_and(|rest| rest.starts_with(',')) {
            range.end += white + 1;
        } else if before.ends_with(',') && self.style.is_json()
            || before.ends_with('-') && self.style == Style::Yaml && is_list
        {
            range.start = before.len() - 1;
        }
        self.with_line(range)
    }

    /// The whole line or lines of a range, if there is only white space beside it.
    fn with_line(&self, range: Range<usize>) -> Range<usize> {
        let before = self.part(0..range.start);
        let start = before.trim_end_matches([' ', '\t']).len();
        let behind = self.text.get(range.end..).unwrap_or_default();
        let rest = behind.trim_start_matches([' ', '\t', '\r']);
        let starts_line = start == 0 || before.get(..start).is_some_and(|before| before.ends_with('\n'));
        match rest.strip_prefix('\n') {
            Some(next) if starts_line => start..self.text.len() - next.len(),
            // What is left of the line is indented as it was.
            None if starts_line => range.start..self.text.len() - rest.len(),
            _ => range,
        }
    }
}

const fn removal(range: Range<usize>) -> Edit {
    Edit {
        range,
        text: String::new(),
    }
}

/// The places and bytes of the elements of a list or the members of an object.
fn parts(container: &Node<'_>) -> Vec<(Place, Range<usize>)> {
    match &container.value {
        Value::Array(elements) => elements
            .iter()
            .map(|element| (element.place, bytes(element.place)))
            .collect(),
        Value::Object(members) => members
            .iter()
            .map(|member| (member.name_place, whole(member)))
            .collect(),
        _ => Vec::new(),
    }
}
