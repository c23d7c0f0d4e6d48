//! The strings of a document, in which holes may stand.

use std::borrow::Cow;
use std::ops::Range;

/// A string of a document.
///
/// In a template a string may have holes, `arn:<partition>:s3:::<bucket>/*`. What is wrong with such a string is wrong
/// whatever fills it, so the checker judges the string with each hole filled by a sample of its type,
/// [`filled`](Text::filled), and a message quotes what the user wrote, [`written`](Text::written).
#[derive(Clone, Debug)]
pub struct Text<'a> {
    written: Cow<'a, str>,
    template: Option<Box<Template>>,
}

#[derive(Clone, Debug)]
struct Template {
    filled: String,
    holes: Vec<HoleInText>,
}

/// A hole in a string.
#[derive(Clone, Debug)]
pub struct HoleInText {
    /// Where `<name>` stands in the string as written, brackets included, in bytes.
    pub written: Range<usize>,
    /// Where the sample stands in the string as filled, in bytes.
    pub filled: Range<usize>,
    /// The name between the brackets.
    pub name: String,
    /// The fewest characters that what fills the hole can have.
    pub min_len: usize,
}

impl<'a> Text<'a> {
    /// A string without holes.
    pub fn plain(text: impl Into<Cow<'a, str>>) -> Self {
        Self {
            written: text.into(),
            template: None,
        }
    }

    /// A string with holes: for each, in order, where it stands in `written`, and the sample and the least length of what
    /// fills it.
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
            let name = written
                .get(range.start + 1..range.end.saturating_sub(1))
                .unwrap_or_default()
                .to_owned();
            template.holes.push(HoleInText {
                written: range,
                filled: start..template.filled.len(),
                name,
                min_len,
            });
        }
        template.filled.push_str(written.get(copied..).unwrap_or_default());
        let template = (!template.holes.is_empty()).then(|| Box::new(template));
        Self { written, template }
    }

    /// The string as the user wrote it, holes as `<name>`.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// The string with every hole filled by a sample of its type; without holes, the string.
    pub fn filled(&self) -> &str {
        self.template
            .as_ref()
            .map_or(&*self.written, |template| template.filled.as_str())
    }

    /// The holes, in order.
    pub fn holes(&self) -> &[HoleInText] {
        self.template.as_ref().map_or(&[], |template| template.holes.as_slice())
    }

    /// Whether a hole is in this part of the filled string, or reaches into it.
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

    /// Whether the filled string begins so, in letters of either case, as the names of actions and condition keys may.
    pub(crate) fn begins_with(&self, start: &str) -> bool {
        let begin = self.filled().get(..start.len());
        begin.is_some_and(|begin| begin.eq_ignore_ascii_case(start))
    }

    /// Where a part of the filled string stands in the string as written. A part that begins or ends inside a sample is
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

    /// The same string, free of the text it was read from.
    pub fn into_owned(self) -> Text<'static> {
        Text {
            written: Cow::Owned(self.written.into_owned()),
            template: self.template,
        }
    }
}

/// Two strings are equal when they are written the same.
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
