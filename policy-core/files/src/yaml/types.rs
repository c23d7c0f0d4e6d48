//! What a text without quotation marks is besides a text. Which it is depends on the reader: `CloudFormation` reads YAML 1.1, many of the
//! tools of Kubernetes and of JavaScript YAML 1.2, and some a mixture of both.

/// What a reader may take a scalar without quotation marks for, and write in another way than it is written here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Misread {
    /// The version of YAML that has it.
    pub(crate) version: &'static str,
    /// With its article.
    pub(crate) noun: &'static str,
}

/// The boolean values of YAML 1.1, in three spellings each: <https://yaml.org/type/bool.html>.
const BOOLEANS: [&str; 8] = ["y", "n", "yes", "no", "on", "off", "true", "false"];

/// Infinity and what is not a number, without a sign: <https://yaml.org/type/float.html>.
const NO_NUMBERS: [&str; 2] = [".inf", ".nan"];

/// The largest number that a reader which has all numbers as fractions keeps.
const LARGEST: u64 = 1 << 53;

/// What a scalar of this text is, unless it is only a text, or what it is has this text.
pub(crate) fn misread(text: &str) -> Option<Misread> {
    // Whole numbers and `true` are what they are written as.
    if matches!(text, "true" | "false") || is_kept(text) {
        return None;
    }
    let of = |version, noun| Some(Misread { version, noun });
    if BOOLEANS.iter().any(|name| is_spelling_of(name, text)) {
        return of("1.1", "a boolean");
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if NO_NUMBERS.iter().any(|name| is_spelling_of(name, unsigned)) {
        return of("1.1", "a number");
    }
    let has = |rest: &str, is_digit: fn(u8) -> bool| !rest.is_empty() && rest.bytes().all(is_digit);
    if let Some(rest) = unsigned.strip_prefix('0') {
        if has(rest, |byte| matches!(byte, b'0'..=b'7' | b'_')) {
            return of("1.1", "an octal number");
        }
        match rest.split_at_checked(1) {
            Some(("x" | "X", rest)) if has(rest, |byte| byte.is_ascii_hexdigit() || byte == b'_') => {
                return of("1.1", "a number");
            }
            Some(("b" | "B", rest)) if has(rest, |byte| matches!(byte, b'0' | b'1' | b'_')) => {
                return of("1.1", "a number");
            }
            Some(("o" | "O", rest)) if has(rest, |byte| matches!(byte, b'0'..=b'7' | b'_')) => {
                return of("1.2", "an octal number");
            }
            _ => {}
        }
    }
    if is_sexagesimal(unsigned) {
        return of("1.1", "a number");
    }
    decimal(unsigned).and_then(|version| of(version, "a number"))
}

/// Whether a text is that text wherever it is written in YAML, in quotation marks or not, unless it is [misread](misread).
pub(crate) fn is_itself(text: &str) -> bool {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "-_./:@+=*".contains(character);
    text.chars().all(is_plain)
        && text.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '/')
        && !text.ends_with(':')
        && !text.eq_ignore_ascii_case("null")
}

/// Whether a text is a number that every reader writes as it is: a whole one, or a fraction without a zero at its end.
fn is_kept(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = match unsigned.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (unsigned, None),
    };
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_whole = are_digits(whole) && (whole == "0" || !whole.starts_with('0'));
    let is_kept = match fraction {
        // `-0` is `0`.
        None => text != "-0" && whole.parse().is_ok_and(|number: u64| number <= LARGEST),
        // A reader has fifteen digits of a fraction, and writes a small one with an exponent.
        Some(fraction) => {
            are_digits(fraction)
                && !fraction.ends_with('0')
                && !fraction.starts_with("000")
                && whole.len() + fraction.len() <= 15
        }
    };
    is_whole && is_kept
}

/// Whether a text is a name in lower case, in upper case or with a capital.
fn is_spelling_of(name: &str, text: &str) -> bool {
    let letters = text.trim_start_matches('.');
    let are_lower = letters.bytes().skip(1).all(|byte| byte.is_ascii_lowercase());
    let are_upper = letters.bytes().all(|byte| byte.is_ascii_uppercase());
    // `NaN` is the only one with another spelling.
    text.eq_ignore_ascii_case(name) && (are_lower || are_upper || letters == "NaN")
}

/// Whether a text is a number to the base 60: `1:30`, `190:20:30.15`.
fn is_sexagesimal(unsigned: &str) -> bool {
    let mut parts = unsigned.split(':');
    let is_first = parts.next().is_some_and(|first| {
        first.starts_with(|first: char| first.is_ascii_digit())
            && first.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_')
    });
    let mut parts = parts.peekable();
    if !is_first || parts.peek().is_none() {
        return false;
    }
    while let Some(part) = parts.next() {
        let whole = match part.split_once('.') {
            Some((whole, fraction)) => {
                let is_fraction = fraction.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
                if parts.peek().is_some() || !is_fraction {
                    return false;
                }
                whole
            }
            None => part,
        };
        let is_part = matches!(whole.as_bytes(), [b'0'..=b'9'] | [b'0'..=b'5', b'0'..=b'9']);
        if !is_part {
            return false;
        }
    }
    true
}

/// The version in which a text is a decimal number, with a fraction and an exponent or without.
fn decimal(unsigned: &str) -> Option<&'static str> {
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let is_digit = |byte: u8| byte.is_ascii_digit() || byte == b'_';
    let has_digit = mantissa.bytes().any(|byte| byte.is_ascii_digit());
    let is_mantissa = has_digit
        && !mantissa.starts_with('_')
        && match mantissa.split_once('.') {
            Some((whole, fraction)) => whole.bytes().chain(fraction.bytes()).all(is_digit),
            None => mantissa.bytes().all(is_digit),
        };
    let is_exponent = exponent.is_none_or(|exponent| {
        let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    });
    if !is_mantissa || !is_exponent {
        return None;
    }
    let is_of_old = match exponent {
        // YAML 1.1 has a point in each number with an exponent.
        Some(_) => mantissa.contains('.'),
        // It has no digits 8 and 9 in what begins with 0.
        None => mantissa.contains('.') || mantissa == "0" || !mantissa.starts_with('0'),
    };
    Some(if is_of_old { "1.1" } else { "1.2" })
}

#[cfg(test)]
mod tests {
    use super::misread;

    #[test]
    fn a_text_is_what_the_versions_of_yaml_have() {
        let of = |text: &str| misread(text).map(|own| (own.version, own.noun));
        for text in "yes Yes YES no No NO on On ON off Off OFF y Y n N True TRUE False FALSE".split(' ') {
            assert_eq!(of(text), Some(("1.1", "a boolean")), "{text}");
        }
        for text in "012345670123 00 07 -010 +0_1".split(' ') {
            assert_eq!(of(text), Some(("1.1", "an octal number")), "{text}");
        }
        for text in "0x1F 0b11 1_000 1:30 190:20:30 190:20:30.15 -1:30 1.50 +5 .5 1. -0 -.5 +1.5 1.0 0.0 1_0.5 1.5e+3 0.0001 .inf -.Inf .NaN .nan \
             9007199254740993 123456789012345678901234567890 0.1234567890123456"
            .split_whitespace()
        {
            assert_eq!(of(text), Some(("1.1", "a number")), "{text}");
        }
        for text in "1e3 1E+3 012345678901 08 -09".split(' ') {
            assert_eq!(of(text), Some(("1.2", "a number")), "{text}");
        }
        assert_eq!(of("0o17"), Some(("1.2", "an octal number")));
        for text in "true false 0 7 50 -5 1.5 0.25 123456789012 9007199254740992 2012-10-17 2024-01-01T00:00:00Z 10.0.0.1 10.0.0.0/8 1.2.3 \
             aws:username s3:GetObject sts:* arn:aws:iam::012345670123:root * - . _ e 1e e3 0x 0b2 0xfg 1:60 1:2:x yEs nO tRUE a1 1a \
             _1 .e3 2012-10 :30 1: é"
            .split_whitespace()
        {
            assert_eq!(of(text), None, "{text}");
        }
        assert_eq!(of(""), None);
    }
}
