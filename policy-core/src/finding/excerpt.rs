//! Excerpts of quoted texts that are too long to read.

use std::fmt;

use crate::collected::CollectVec;

/// The maximum length in bytes of a text quoted in full: twice the longest ARN.
const WHOLE: usize = 4_096;
/// The number of bytes shown of the start and of the end of a longer text.
const BEGINNING: usize = 1_024;
const END: usize = 256;

/// A text as quoted in a message: if it is very long, the middle is replaced with dots.
#[derive(Clone, Copy)]
pub(crate) struct Excerpt<'t>(pub(crate) &'t str);

impl fmt::Display for Excerpt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0;
        if text.len() <= WHOLE {
            return f.write_str(text);
        }
        let is_boundary = |at: &usize| text.is_char_boundary(*at);
        let beginning = (0..=BEGINNING).rev().find(is_boundary).unwrap_or_default();
        let end = (text.len() - END..=text.len()).find(is_boundary).unwrap_or(text.len());
        f.write_str(text.get(..beginning).unwrap_or_default())?;
        f.write_str(" ... ")?;
        f.write_str(text.get(end..).unwrap_or_default())
    }
}

/// A message with excerpts of its quoted texts.
pub(super) fn shortened(message: String) -> String {
    if message.len() <= WHOLE {
        return message;
    }
    let parts = message.split('`').map(|part| Excerpt(part).to_string());
    parts.collect_vec().join("`")
}

#[cfg(test)]
mod tests {
    use super::{Excerpt, WHOLE, shortened};

    #[test]
    fn a_very_long_text_is_shown_by_its_ends() {
        for (text, shown) in [
            ("a".repeat(WHOLE), "a".repeat(WHOLE)),
            (
                "a".repeat(WHOLE + 1),
                format!("{} ... {}", "a".repeat(1_024), "a".repeat(256)),
            ),
            (
                format!("a{}", "é".repeat(WHOLE)),
                format!("a{} ... {}", "é".repeat(511), "é".repeat(128)),
            ),
        ] {
            assert_eq!(Excerpt(&text).to_string(), shown);
        }
    }

    #[test]
    fn the_words_around_long_quotations_stay() {
        let (one, two) = ("a".repeat(WHOLE + 1), "b".repeat(100_000));
        assert_eq!(
            shortened(format!("`{one}` is within `{two}`")),
            format!("`{}` is within `{}`", Excerpt(&one), Excerpt(&two))
        );
        let many = "`a`, ".repeat(WHOLE);
        assert_eq!(shortened(many.clone()), many);
    }
}
