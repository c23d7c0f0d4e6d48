//! Removes elements and members, with what separates them from their neighbours.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use policy_core::document::Place;

use super::{Edit, Fixer, Siblings};
use crate::wording::Style;

impl Fixer<'_> {
    /// Removes the elements and members at these places. Of a list at least one element stays: without one it would be another
    /// mistake.
    pub(super) fn remove(&self, places: &[Place]) -> Option<Vec<Edit>> {
        let mut removed: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for place in places {
            let own = self.index.positions.get(place).copied().flatten()?;
            removed.entry(own.container).or_default().insert(own.number);
        }
        let mut edits = Vec::new();
        for (container, numbers) in removed {
            let siblings = self.index.containers.get(container)?;
            if numbers.len() == siblings.parts.len() {
                return None;
            }
            let mut gaps = numbers.iter().filter_map(|number| siblings.gaps.get(*number));
            if gaps.any(|gap| self.is_apart(gap.clone())) {
                return None;
            }
            edits.extend(self.runs(siblings, &numbers));
        }
        Some(edits)
    }

    /// Whether there is something of another member between a name and its value: they are arguments of one block of
    /// `aws_iam_policy_document`, of which there are several with the same operator.
    fn is_apart(&self, gap: Range<usize>) -> bool {
        let is_of_arguments = matches!(self.style, Style::Arguments | Style::JsonArguments);
        is_of_arguments && self.part(gap).contains("values")
    }

    /// An edit for each run of neighbours that are removed.
    fn runs(&self, siblings: &Siblings, removed: &BTreeSet<usize>) -> Vec<Edit> {
        let mut edits = Vec::new();
        let is_first = |number: &usize| number.checked_sub(1).is_none_or(|before| !removed.contains(&before));
        for first in removed.iter().copied().filter(is_first) {
            let end = (first..siblings.parts.len())
                .find(|number| !removed.contains(number))
                .unwrap_or(siblings.parts.len());
            let run = siblings.parts.get(first..end).unwrap_or_default();
            let before = first.checked_sub(1).and_then(|number| siblings.parts.get(number));
            let after = siblings.parts.get(end);
            match self.run(run, before, after) {
                Some(range) => edits.push(removal(range)),
                None => edits.extend(
                    run.iter()
                        .map(|range| removal(self.alone(range.clone(), siblings.is_list))),
                ),
            }
        }
        edits
    }

    /// The bytes of a run and of the gap to one of its neighbours; `None` if there is something in the gaps, such as a comment.
    fn run(
        &self,
        run: &[Range<usize>],
        before: Option<&Range<usize>>,
        after: Option<&Range<usize>>,
    ) -> Option<Range<usize>> {
        let (first, last) = (run.first()?, run.last()?);
        let are_together = run.windows(2).all(|pair| match pair {
            [one, other] => self.is_gap(one.end..other.start),
            _ => true,
        });
        let behind = after.map(|after| first.start..after.start);
        let ahead = before.map(|before| before.end..last.end);
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
        // The comma of a line of its own may stay, where a list may end with one.
        let is_in_line = |gap: Range<usize>| !self.part(gap).contains('\n');
        if behind.get(white..).is_some_and(|rest| rest.starts_with(',')) {
            range.end += white + 1;
            range.end += self.blanks_after(&range);
        } else if before.ends_with(',') && (self.style.is_json() || is_in_line(before.len()..range.start))
            || before.ends_with('-') && self.style == Style::Yaml && is_list
        {
            range.start = before.len() - 1;
        }
        self.with_line(range)
    }

    /// The blanks behind a range without which what follows is laid out as the range was: behind a bracket, or behind other blanks. A comment
    /// keeps them.
    fn blanks_after(&self, range: &Range<usize>) -> usize {
        let before = self.part(0..range.start);
        let behind = self.text.get(range.end..).unwrap_or_default();
        let rest = behind.trim_start_matches([' ', '\t']);
        let is_comment = rest.starts_with(['#', '/']);
        let takes = before.ends_with([' ', '\t']) || before.ends_with(['[', '(', '{']) && !is_comment;
        // What ends its line is for that to judge.
        let ends_line = rest.is_empty() || rest.starts_with(['\n', '\r']);
        if takes && !ends_line {
            behind.len() - rest.len()
        } else {
            0
        }
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
