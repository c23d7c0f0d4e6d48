//! Percent-encoding, in which IAM's API returns policies.

use std::ops::Range;

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
    use super::{is_percent_encoded, percent_decoded};

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
}
