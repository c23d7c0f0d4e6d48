//! Inserts a member, spelled like its neighbours.

use policy_core::document::{Member, Node, Place};

use super::{Edit, Fixer, bytes, whole};
use crate::wording::Style;

impl Fixer<'_> {
    /// Inserts a member before the first of an object.
    pub(super) fn insert(&self, object: Place, name: &str, value: &str) -> Option<Edit> {
        let node = self.index.objects.get(&object).copied().flatten()?;
        let first = node.members().first()?;
        let own = whole(first);
        let content = self.written.get(&first.name_place)?;
        let written = content.own_range(0..content.text().len())?;
        // `"Statement"`, `\"Statement\"`, or without quotes.
        let quote = self.part(own.start..written.start);
        let value_quote = if quote.is_empty() { "\"" } else { quote };
        let between = self.part(first.name_place.end as usize..first.value.place.start as usize);
        let line = between.lines().next().unwrap_or_default();
        if line.trim().len() != 1 {
            return None;
        }
        let between = if between.contains('\n') {
            format!("{} ", line.trim_end())
        } else {
            between.to_owned()
        };
        let separator = self.separator(node, first)?;
        Some(Edit {
            range: own.start..own.start,
            text: format!("{quote}{name}{quote}{between}{value_quote}{value}{value_quote}{separator}"),
        })
    }

    /// What is between the first two members of an object, or would be.
    fn separator(&self, object: &Node<'_>, first: &Member<'_>) -> Option<String> {
        let own = whole(first);
        if let Some(second) = object.members().get(1) {
            let gap = self.part(own.end..whole(second).start);
            if is_gap(gap) {
                return Some(gap.to_owned());
            }
        }
        let opening = bytes(object.place).start;
        let is_flow = self.part(opening..opening + 1) == "{";
        if !is_flow {
            return (self.style == Style::Yaml).then(|| self.line_break(own.start));
        }
        let lead = self.part(opening + 1..own.start);
        let has_lines = lead.contains('\n');
        let comma = if has_lines && self.style == Style::Object {
            ""
        } else {
            ","
        };
        Some(match lead {
            "" => comma.to_owned(),
            _ if has_lines => format!("{comma}{}", self.line_break(own.start)),
            _ => format!("{comma} "),
        })
    }

    /// A line break, and the indentation of what starts here.
    fn line_break(&self, start: usize) -> String {
        let before = self.part(0..start);
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        let indent: String = before
            .get(line..)
            .unwrap_or_default()
            .chars()
            .map(|character| if character == '\t' { '\t' } else { ' ' })
            .collect();
        let break_ = if before.ends_with('\n') || !before.contains("\r\n") {
            "\n"
        } else {
            "\r\n"
        };
        format!("{break_}{indent}")
    }
}

/// Whether a text is white space, perhaps with a comma.
fn is_gap(text: &str) -> bool {
    let rest = text.trim_start();
    !text.is_empty() && rest.strip_prefix(',').unwrap_or(rest).trim().is_empty()
}
