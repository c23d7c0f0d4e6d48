//! The strings of a document, which may contain holes.

use std::borrow::Cow;
use std::ops::Range;

use super::Signs;

/// A string of a document.
///
/// In a template a string may have holes, `arn:<partition>:s3:::<bucket>/*`. A mistake in such a string does not depend
/// on the values, so the checker uses the string with each hole filled by a sample of its type,
/// [`filled`](Text::filled), and messages quote the string as the user wrote it, [`written`](Text::written).
#[derive(Clone, Debug)]
pub struct Text<'a> {
    written: Cow<'a, str>,
    template: Option<Box<Template>>,
    /// Of the string as filled.
    signs: Signs,
}

#[derive(Clone, Debug)]
struct Template {
    filled: String,
    holes: Vec<HoleInText>,
}

/// A hole in a string.
#[derive(Clone, Debug)]
pub struct HoleInText {
    /// The byte range of `<name>`, or `${name}`, in the string as written, including the brackets.
    pub written: Range<usize>,
    /// The byte range of the sample in the string as filled.
    pub filled: Range<usize>,
    /// The name between the brackets.
    pub name: String,
    /// The minimum length of the hole's values, in characters.
    pub min_len: usize,
    /// What its values are, if they are names of something that has an ARN, and never that ARN.
    pub named: Option<Named>,
}

/// A value that is not the ARN of what it names, as the URL of a queue is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// `name`, `ID` or `URL`.
    pub by: &'static str,
    /// What gives the ARN, if that is known: `${Queue.Arn}`.
    pub arn: Option<String>,
}

impl<'a> Text<'a> {
    /// The sample of a hole whose type is not known, as a function of a template gives. It is a policy variable, which the
    /// checker compares as text that may be any, and that is not a wildcard. Nothing is reported about the hole itself.
    ///
    /// ```
    /// use policy_core::document::Text;
    ///
    /// let text = Text::with_holes("arn:aws:s3:::${Prefix}-logs", [(13..22, Text::UNKNOWN, 0)]);
    /// assert!(text.has_unknown_in(&(10..14)) && !text.has_unknown_in(&(0..13)));
    /// ```
    pub const UNKNOWN: &'static str = "${unknown}";

    /// A string without holes.
    pub fn plain(text: impl Into<Cow<'a, str>>) -> Self {
        let written = text.into();
        Self {
            signs: Signs::of(&written),
            written,
            template: None,
        }
    }

    /// Creates a string with holes: for each, in order, its range in `written`, the sample and the minimum length of
    /// its values.
    pub fn with_holes<'s>(
        written: impl Into<Cow<'a, str>>,
        holes: impl IntoIterator<Item = (Range<usize>, &'s str, usize)>,
    ) -> Self {
        let written = written.into();
        let mut template = Template {
            filled: String::with_capacity(written.len() * 2),
            holes: Vec::new(),
        };
        let mut copied = 0;
        for (range, sample, min_len) in holes {
            template
                .filled
                .push_str(written.get(copied..range.start).unwrap_or_default());
            let start = template.filled.len();
            template.filled.push_str(sample);
            copied = range.end;
            let name = written.get(range.clone()).map_or("", name_of).to_owned();
            template.holes.push(HoleInText {
                written: range,
                filled: start..template.filled.len(),
                name,
                min_len,
                named: None,
            });
        }
        template.filled.push_str(written.get(copied..).unwrap_or_default());
        Self {
            signs: Signs::of(&template.filled),
            written,
            template: (!template.holes.is_empty()).then(|| Box::new(template)),
        }
    }

    /// The same string; the values of this hole, the first being 0, are names.
    ///
    /// ```
    /// use policy_core::document::{Named, Text};
    ///
    /// let queue = Text::with_holes("${Queue}", [(0..8, Text::UNKNOWN, 0)]);
    /// let queue = queue.naming(0, Named { by: "URL", arn: Some("${Queue.Arn}".to_owned()) });
    /// assert_eq!(queue.holes().first().and_then(|hole| hole.named.as_ref()).map(|named| named.by), Some("URL"));
    /// ```
    #[must_use]
    #[inline]
    pub fn naming(mut self, hole: usize, named: Named) -> Self {
        let template = self.template.as_mut();
        if let Some(hole) = template.and_then(|template| template.holes.get_mut(hole)) {
            hole.named = Some(named);
        }
        self
    }

    /// What the string is at its start, if that is a hole whose values are names: whatever follows, it is not an ARN.
    pub(crate) fn starts_with_name(&self) -> Option<(&HoleInText, &Named)> {
        let first = self.holes().first().filter(|hole| hole.written.start == 0)?;
        Some((first, first.named.as_ref()?))
    }

    /// The string as the user wrote it, with holes as `<name>`.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// The string with every hole filled by a sample of its type; without holes, the same string.
    pub fn filled(&self) -> &str {
        self.template
            .as_ref()
            .map_or(&*self.written, |template| template.filled.as_str())
    }

    /// The kinds of characters in the string as filled.
    pub(crate) const fn signs(&self) -> Signs {
        self.signs
    }

    /// The holes, in order.
    pub fn holes(&self) -> &[HoleInText] {
        self.template.as_ref().map_or(&[], |template| template.holes.as_slice())
    }

    /// Whether a hole overlaps this part of the filled string.
    ///
    /// ```
    /// use policy_core::document::Text;
    ///
    /// let text = Text::with_holes("arn:<partition>:s3:::b", [(4..15, "aws", 3)]);
    /// assert_eq!(text.filled(), "arn:aws:s3:::b");
    /// assert!(text.has_hole_in(&(4..7)) && !text.has_hole_in(&(8..10)));
    /// ```
    pub fn has_hole_in(&self, filled: &Range<usize>) -> bool {
        let mut holes = self.holes().iter();
        holes.any(|hole| hole.filled.start < filled.end && filled.start < hole.filled.end)
    }

    /// Whether a hole of [unknown](Self::UNKNOWN) type overlaps this part of the string as written. An empty part, which is a
    /// position, overlaps the hole that contains it.
    pub fn has_unknown_in(&self, written: &Range<usize>) -> bool {
        let end = written.end.max(written.start + 1);
        let mut holes = self.unknown();
        holes.any(|hole| hole.written.start < end && written.start < hole.written.end)
    }

    /// The holes of unknown type.
    pub(crate) fn unknown(&self) -> impl Iterator<Item = &HoleInText> {
        let is_unknown = |hole: &&HoleInText| self.filled().get(hole.filled.clone()) == Some(Self::UNKNOWN);
        self.holes().iter().filter(is_unknown)
    }

    /// Whether the filled string starts with `start`, ignoring ASCII case, as for action names and condition keys.
    pub(crate) fn begins_with(&self, start: &str) -> bool {
        let begin = self.filled().get(..start.len());
        begin.is_some_and(|begin| begin.eq_ignore_ascii_case(start))
    }

    /// The range in the string as written of a part of the filled string. A part that starts or ends inside a sample is
    /// widened to the whole hole.
    pub fn written_range(&self, filled: Range<usize>) -> Range<usize> {
        let (mut start, mut end) = (filled.start, filled.end);
        for hole in self.holes() {
            if filled.start >= hole.filled.end {
                start = filled.start - hole.filled.end + hole.written.end;
            } else if filled.start >= hole.filled.start {
                start = hole.written.start;
            }
            if filled.end >= hole.filled.end {
                end = filled.end - hole.filled.end + hole.written.end;
            } else if filled.end > hole.filled.start {
                end = hole.written.end;
            }
        }
        start..end
    }

    /// The same string, independent of the text it was read from.
    #[inline]
    pub fn into_owned(self) -> Text<'static> {
        Text {
            written: Cow::Owned(self.written.into_owned()),
            template: self.template,
            signs: self.signs,
        }
    }
}

/// The name in `<name>`, or in `${name}`.
fn name_of(hole: &str) -> &str {
    let inside = |open, close| hole.strip_prefix(open)?.strip_suffix(close);
    inside("<", ">").or_else(|| inside("${", "}")).unwrap_or(hole)
}

/// Two strings are equal if they are written the same.
impl PartialEq for Text<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written
    }
}

impl Eq for Text<'_> {}

#[cfg(test)]
mod tests {
    use super::Text;

    #[test]
    fn a_part_of_the_filled_string_is_found_in_the_written_one() {
        // "arn:<partition>:s3:::<bucket>/*" filled "arn:aws:s3:::example/*"
        let text = Text::with_holes(
            "arn:<partition>:s3:::<bucket>/*",
            [(4..15, "aws", 3), (21..29, "amzn-example", 3)],
        );
        assert_eq!(text.filled(), "arn:aws:s3:::amzn-example/*");
        let part = |filled: &str| {
            let start = text.filled().find(filled).unwrap_or_default();
            text.written()
                .get(text.written_range(start..start + filled.len()))
                .unwrap_or_default()
        };
        assert_eq!(part("arn"), "arn");
        assert_eq!(part("aws"), "<partition>");
        assert_eq!(part("s3"), "s3");
        assert_eq!(part("example/*"), "<bucket>/*");
        assert_eq!(part("/*"), "/*");
        assert_eq!(
            text.holes().iter().map(|hole| hole.name.as_str()).collect::<Vec<_>>(),
            ["partition", "bucket"]
        );
    }
}
