//! Percent-encoding, in which IAM's API returns policies.

use std::ops::Range;

use super::SyntaxError;

/// Whether a text is a JSON object that is percent-encoded, as IAM's API and the AWS SDKs return policies. The AWS CLI decodes them.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html>
///
/// ```
/// use policy_core::document::is_percent_encoded;
///
/// assert!(is_percent_encoded("%7B%22Version%22%3A%222012-10-17%22%7D"));
/// assert!(!is_percent_encoded(r#"{ "Resource": "arn:aws:s3:::exports/%7B" }"#));
/// ```
#[inline]
pub fn is_percent_encoded(text: &str) -> bool {
    PercentDecoded { text, at: 0 }
        .next()
        .is_some_and(|(byte, range)| byte == b'{' && range.len() == ESCAPE)
}

/// The bytes that a percent-encoded text means, each with its place in the text. A `%` without two hexadecimal digits after it means
/// itself.
///
/// Source: [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-2.1)
///
/// ```
/// use policy_core::document::percent_decoded;
///
/// let bytes: Vec<u8> = percent_decoded("caf%C3%A9%20100%").map(|(byte, _)| byte).collect();
/// assert_eq!(String::from_utf8(bytes).as_deref(), Ok("café 100%"));
/// assert_eq!(percent_decoded("a%20b").nth(1), Some((b' ', 1..4)));
/// ```
pub const fn percent_decoded(text: &str) -> PercentDecoded<'_> {
    PercentDecoded { text, at: 0 }
}

/// An iterator over the bytes of a percent-encoded text: see [`percent_decoded`].
#[derive(Clone, Debug)]
pub struct PercentDecoded<'t> {
    text: &'t str,
    at: usize,
}

/// Decodes a percent-encoded document. Other than [`percent_decoded`], it does not read what nothing encodes: a `%` that is alone, and
/// bytes that are not UTF-8.
///
/// ```
/// use policy_core::document::decode_percent;
///
/// let decoded = decode_percent("%7B%22Sid%22%3A%22caf%C3%A9%22%7D")?;
/// assert_eq!(decoded.as_str(), r#"{"Sid":"café"}"#);
/// assert_eq!(decoded.encoded_range(11..13), 21..27);
///
/// let error = decode_percent("%7B%22Sid%22%3A%2g").unwrap_err();
/// assert_eq!(error.offset(), 15);
/// assert_eq!(
///     error.to_string(),
///     "`%2g` is not percent-encoding, which has two hexadecimal digits after a `%`: write `%25` for a `%`, and check whether the text is complete"
/// );
/// # Ok::<(), policy_core::document::SyntaxError>(())
/// ```
///
/// # Errors
///
/// The first place that is not percent-encoding.
#[inline]
pub fn decode_percent(text: &str) -> Result<PercentText, SyntaxError> {
    let (mut bytes, mut starts) = (Vec::with_capacity(text.len()), Vec::with_capacity(text.len() + 1));
    for (byte, range) in percent_decoded(text) {
        if byte == b'%' && range.len() < ESCAPE {
            let found: String = text
                .get(range.start..)
                .unwrap_or_default()
                .chars()
                .take(ESCAPE)
                .collect();
            return Err(SyntaxError::new(
                range.start,
                format!("`{found}` is not percent-encoding, which has two hexadecimal digits after a `%`"),
                "write `%25` for a `%`, and check whether the text is complete",
            ));
        }
        bytes.push(byte);
        starts.push(range.start);
    }
    starts.push(text.len());
    match String::from_utf8(bytes) {
        Ok(text) => Ok(PercentText { text, starts }),
        Err(error) => {
            let start = starts
                .get(error.utf8_error().valid_up_to())
                .copied()
                .unwrap_or_default();
            let found: String = text.get(start..).unwrap_or_default().chars().take(ESCAPE).collect();
            Err(SyntaxError::new(
                start,
                format!("`{found}` is not percent-encoding of UTF-8"),
                "encode the bytes of the text in UTF-8: `%C3%A9` for `é`, not `%E9`",
            ))
        }
    }
}

/// A text that was percent-encoded: see [`decode_percent`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PercentText {
    text: String,
    /// Where each byte was encoded, and where the encoded text ends.
    starts: Vec<usize>,
}

impl PercentText {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The range of the encoded text from which a range of bytes was decoded.
    #[inline]
    pub fn encoded_range(&self, range: Range<usize>) -> Range<usize> {
        let at = |index: usize| {
            self.starts
                .get(index)
                .or(self.starts.last())
                .copied()
                .unwrap_or_default()
        };
        at(range.start)..at(range.end)
    }
}

/// Whether bytes begin with `%` and two hexadecimal digits.
pub(super) const fn is_escape(bytes: &[u8]) -> bool {
    matches!(bytes, [b'%', high, low, ..] if digit(*high).is_some() && digit(*low).is_some())
}

/// What is wrong with a text that is percent-encoded where JSON is read, and what to do.
pub(super) fn encoded(rest: &str) -> (String, &'static str) {
    let found = rest.get(..ESCAPE).unwrap_or_default();
    if found == "%25" {
        return (
            "the text is percent-encoded twice".to_owned(),
            "decode it once, so that `%25` becomes `%`",
        );
    }
    (
        format!("the text is percent-encoded here: `{found}`"),
        "IAM's API returns policies like this; `policy check` and `Policy::from_percent_encoded` read one that is encoded from its first character",
    )
}

/// The length of `%20`.
const ESCAPE: usize = 3;

impl Iterator for PercentDecoded<'_> {
    type Item = (u8, Range<usize>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let start = self.at;
        let (byte, length) = match self.text.as_bytes().get(start..)? {
            [b'%', high, low, ..] => match (digit(*high), digit(*low)) {
                (Some(high), Some(low)) => (high * 16 + low, ESCAPE),
                _ => (b'%', 1),
            },
            [byte, ..] => (*byte, 1),
            [] => return None,
        };
        self.at = start + length;
        Some((byte, start..self.at))
    }
}

#[inline]
const fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{decode_percent, is_percent_encoded, percent_decoded};
    use crate::document::Document;

    #[test]
    fn only_two_hexadecimal_digits_are_an_escape() {
        for (text, meant) in [
            ("", &b""[..]),
            ("a+b", b"a+b"),
            ("%7b%7B", b"{{"),
            ("%", b"%"),
            ("%4", b"%4"),
            ("%+1%4g%%41", b"%+1%4g%A"),
            ("%C3%A9\u{e9}", "éé".as_bytes()),
            ("%FF", b"\xFF"),
        ] {
            let decoded = percent_decoded(text);
            let bytes: Vec<u8> = decoded.clone().map(|(byte, _)| byte).collect();
            assert_eq!(bytes, meant, "{text}");
            // The places are the text, without a gap.
            let ends: Vec<_> = decoded.map(|(_, range)| range).collect();
            let whole = ends.iter().fold(0, |at, range| {
                assert_eq!(range.start, at, "{text}");
                range.end
            });
            assert_eq!(whole, text.len(), "{text}");
        }
        for (text, encoded) in [
            ("%7b", true),
            ("%7B%22", true),
            ("{", false),
            ("%22", false),
            ("", false),
            ("%+7B", false),
        ] {
            assert_eq!(is_percent_encoded(text), encoded, "{text}");
        }
    }

    #[test]
    fn what_is_wrong_with_the_encoding_is_said_with_its_place() {
        for (text, offset, message) in [
            (
                "%7B%22a%22%3A1%7",
                14,
                "`%7` is not percent-encoding, which has two hexadecimal digits after a `%`: write `%25` for a `%`, and check whether the text is complete",
            ),
            (
                "%7B%22100%%22%3A1%7D",
                9,
                "`%%2` is not percent-encoding, which has two hexadecimal digits after a `%`: write `%25` for a `%`, and check whether the text is complete",
            ),
            (
                "%7B%22caf%E9%22%3A1%7D",
                9,
                "`%E9` is not percent-encoding of UTF-8: encode the bytes of the text in UTF-8: `%C3%A9` for `é`, not `%E9`",
            ),
        ] {
            let error = decode_percent(text).err();
            let told = error.map(|error| (error.offset(), error.to_string()));
            assert_eq!(told, Some((offset, message.to_owned())), "{text}");
        }
        for (json, message) in [
            (
                "%7B%7D",
                "the text is percent-encoded here: `%7B`: IAM's API returns policies like this; `policy check` and `Policy::from_percent_encoded` read one that is encoded from its first character",
            ),
            (
                "{%22a%22:1}",
                "the text is percent-encoded here: `%22`: IAM's API returns policies like this; `policy check` and `Policy::from_percent_encoded` read one that is encoded from its first character",
            ),
            (
                "%257B%257D",
                "the text is percent-encoded twice: decode it once, so that `%25` becomes `%`",
            ),
            (
                "{+\"a\":1}",
                "expected a name in double quotes, found `+`: if the text was encoded as a form, the `+` is a space: encode a space as `%20`",
            ),
            ("%", "expected a value, found `%`"),
        ] {
            let told = Document::read(json).map_err(|error| error.to_string()).err();
            assert_eq!(told.as_deref(), Some(message), "{json}");
        }
    }
}
