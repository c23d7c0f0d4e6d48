//! Writes a text differently.

use std::ops::Range;

use policy_core::document::{Place, Text};

use super::{Edit, Fixer, bytes};
use crate::wording::{self, Style};
use crate::written::Written;

impl Fixer<'_> {
    /// Writes a string as `new`. Only what differs is written, so that references and escapes stay as they are.
    pub(super) fn write(&self, place: Place, new: &str) -> Option<Edit> {
        let old = self.index.texts.get(&place).copied().flatten()?;
        let written = self.written.get(&place)?;
        if let Some((name, arn)) = exchanged(old, new) {
            return self.reference_exchanged(place, written.range(name), arn);
        }
        let Edit { range: differs, text } = Edit::between(old.written(), new);
        // A reference is left out as a whole, or stays.
        let stays = |hole: &Range<usize>| {
            let is_inside = differs.start <= hole.start && hole.end <= differs.end;
            !is_inside || !is_interpolation(self.part(written.range(hole.clone())))
        };
        let mut met = old.holes().iter().filter(|hole| overlaps(&hole.written, &differs));
        if !differs.is_empty() && met.any(|hole| stays(&hole.written)) {
            return None;
        }
        let own = written.own_range(differs.clone()).or_else(|| {
            let behind = self.behind_interpolation(written, differs.start)?;
            differs.is_empty().then_some(behind..behind)
        });
        if let Some(range) = own.filter(|_| is_plain(&text)) {
            return if self.is_within_quotes(written) || self.stays_bare(new) {
                Some(Edit { range, text })
            } else {
                self.quoted(place, old, new)
            };
        }
        self.reference_continued(place, old, new)
    }

    /// Where an interpolation ends that is before this byte of the text: it is within quotes.
    fn behind_interpolation(&self, written: &Written, at: usize) -> Option<usize> {
        let range = written.other_before(at)?;
        is_interpolation(self.part(range.clone())).then_some(range.end)
    }

    /// Whether the text is in quotes in the file, so that it may have any of the characters of names.
    fn is_within_quotes(&self, written: &Written) -> bool {
        let start = written.range(0..written.text().len()).start;
        let before = self.part(start.saturating_sub(1)..start);
        matches!(before, "\"" | "'")
    }

    /// Whether a text may be written without quotes where its language allows that.
    fn stays_bare(&self, text: &str) -> bool {
        let mut bytes = text.bytes();
        let starts_plainly = bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic());
        match self.style {
            // A text in a block, or within other quotes.
            Style::Json | Style::JsonInTerraform | Style::JsonTemplate | Style::JsonArguments => true,
            Style::Yaml => starts_plainly && !text.ends_with(':'),
            Style::Object | Style::Arguments => {
                starts_plainly && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
            }
        }
    }

    /// A text that was written without quotes, with quotes.
    fn quoted(&self, place: Place, old: &Text<'_>, new: &str) -> Option<Edit> {
        let range = bytes(place);
        let is_whole = self.part(range.clone()) == old.written();
        (is_whole && is_plain(new)).then(|| Edit {
            range,
            text: format!("\"{new}\""),
        })
    }

    /// Another reference in the place of one, in these bytes of the file: within a text `${Queue.Arn}` for `${Queue}`, and as a value
    /// `!GetAtt Queue.Arn` for `!Ref Queue`.
    fn reference_exchanged(&self, place: Place, own: Range<usize>, new: &str) -> Option<Edit> {
        let is_within = is_interpolation(self.part(own.clone()));
        let range = if is_within || !own.is_empty() {
            own
        } else {
            bytes(place)
        };
        let source = self.part(range.clone());
        let text = match self.style {
            _ if is_within => new.to_owned(),
            Style::Yaml if !source.contains('\n') && is_function(source) => wording::value(new, self.style)?,
            Style::JsonTemplate if source.starts_with('{') => {
                let value = wording::value(new, self.style)?;
                let inside = value.strip_prefix("{ ")?.strip_suffix(" }")?;
                if source.starts_with("{ ") {
                    value
                } else {
                    format!("{{{inside}}}")
                }
            }
            Style::Object | Style::Arguments if is_name(source) => wording::value(new, self.style)?,
            _ => return None,
        };
        Some(Edit { range, text })
    }

    /// A reference that is a whole value, with text behind it: `!GetAtt Exports.Arn` as `!Sub "${Exports.Arn}/*"`, and
    /// `aws_s3_bucket.exports.arn` as `"${aws_s3_bucket.exports.arn}/*"`.
    fn reference_continued(&self, place: Place, old: &Text<'_>, new: &str) -> Option<Edit> {
        let behind = new.strip_prefix(old.written()).filter(|behind| is_plain(behind))?;
        let [hole] = old.holes() else { return None };
        if hole.written != (0..old.written().len()) {
            return None;
        }
        let range = bytes(place);
        let source = self.part(range.clone());
        let text = match self.style {
            Style::Object | Style::Arguments if is_name(source) && !source.starts_with('"') => {
                format!("\"${{{source}}}{behind}\"")
            }
            Style::Yaml if is_name(&hole.name) && (source.starts_with("!GetAtt ") || source.starts_with("!Ref ")) => {
                format!("!Sub \"{new}\"")
            }
            Style::Json | Style::JsonInTerraform | Style::JsonTemplate | Style::JsonArguments | Style::Yaml
                if is_name(&hole.name) && (source.starts_with('{') && source.contains("\"Fn::GetAtt\"")) =>
            {
                format!("{{ \"Fn::Sub\": \"{new}\" }}")
            }
            _ => return None,
        };
        Some(Edit { range, text })
    }
}

/// The part of a text that is a reference to a name, and the reference to the ARN that `new` has in its place.
fn exchanged<'n>(old: &Text<'_>, new: &'n str) -> Option<(Range<usize>, &'n str)> {
    let hole = old.holes().first().filter(|hole| hole.written.start == 0)?;
    let arn = hole.named.as_ref()?.arn.as_deref()?;
    let behind = old.written().get(hole.written.end..)?;
    let new = new.strip_suffix(behind).filter(|new| *new == arn)?;
    Some((hole.written.clone(), new))
}

/// Whether a reference is written within a text.
fn is_interpolation(source: &str) -> bool {
    source.starts_with("${") && source.ends_with('}')
}

/// Whether it is a function of `CloudFormation` that refers to something, in any of the forms of YAML.
fn is_function(source: &str) -> bool {
    let inside = source.trim_start_matches(['{', ' ', '"', '\'']);
    ["!Ref ", "!GetAtt ", "Ref", "Fn::GetAtt"]
        .iter()
        .any(|name| inside.starts_with(name))
}

fn is_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes.all(|byte| byte.is_ascii_alphanumeric() || b"._-:[]\"".contains(&byte))
}

fn overlaps(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// Whether a text is the same in every language and needs no escape in any.
fn is_plain(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b":/*?._-,=@+".contains(&byte);
    text.bytes().all(is_plain)
}
