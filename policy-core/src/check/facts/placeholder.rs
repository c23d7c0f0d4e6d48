//! Placeholders left unfilled.
//!
//! A policy is pasted from a documentation page, a template or the service authorization reference, and what should have
//! been replaced in it stands there still. The ways of writing placeholders are those of the pages and tools that a [`Style`]
//! names.

use std::ops::Range;

use crate::arn::{ArnPattern, Field};
use crate::document::Text;

/// A placeholder, and where it stands in the string as filled.
pub(in crate::check) struct Placeholder {
    pub range: Range<usize>,
    pub style: Style,
}

/// How a placeholder is spelt.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum Style {
    /// `<region>`
    Brackets,
    /// A `<` or `>` without its other half.
    Half,
    /// `${Region}`, `${AWS::Region}`, `${var.region}`, `$REGION`
    Dollar,
    /// `$${aws:username}`, `${!aws:username}`, `&{aws:username}`: how templates write what AWS is to see as a variable.
    Escape,
    /// `{{account}}`, `{account}`
    Braces,
    /// `...`
    Ellipsis,
    /// `YOUR_BUCKET`, `ACCOUNT_ID`
    Word,
}

/// A quick look, since nearly every string has none of these.
fn may_hold(text: &str) -> bool {
    may_be_spelt(text) || text.starts_with("arn:")
}

fn may_be_spelt(text: &str) -> bool {
    let mut dots = 0;
    for byte in text.bytes() {
        match byte {
            b'<' | b'>' | b'{' | b'$' | b'Y' => return true,
            b'.' if dots == 2 => return true,
            b'.' => dots += 1,
            _ => dots = 0,
        }
    }
    false
}

/// Whether a string has a placeholder, so that nothing else can be said of it.
pub(super) fn is_in(text: &Text<'_>) -> bool {
    placeholders(text).next().is_some()
}

/// The placeholders of a string, outside of holes.
pub(in crate::check) fn placeholders(text: &Text<'_>) -> impl Iterator<Item = Placeholder> {
    let mut from = may_hold(text.filled()).then_some(0);
    std::iter::from_fn(move || {
        let found = from.and_then(|from| next(text, from));
        from = found
            .as_ref()
            .map(|found| found.range.end.max(from.unwrap_or_default() + 1));
        found
    })
}

/// The first placeholder that begins at `from` or later, outside of holes.
fn next(text: &Text<'_>, from: usize) -> Option<Placeholder> {
    let filled = text.filled();
    let mut at = from;
    let mut best = None;
    while best.is_none() {
        let found = scan(filled, at)?;
        at = found.range.end.max(at + 1);
        if !text.has_hole_in(&found.range) {
            best = Some(found);
        }
    }
    best
}

fn scan(text: &str, from: usize) -> Option<Placeholder> {
    let spelt = if may_be_spelt(text) { spelt(text, from) } else { None };
    let worded = word_in_field(text).filter(|word| word.range.start >= from);
    match (spelt, worded) {
        (Some(spelt), Some(worded)) if worded.range.start < spelt.range.start => Some(worded),
        (None, worded) => worded,
        (spelt, _) => spelt,
    }
}

fn spelt(text: &str, from: usize) -> Option<Placeholder> {
    text.char_indices().filter(|(at, _)| *at >= from).find_map(|(at, _)| {
        let (before, rest) = text.split_at_checked(at)?;
        let (length, style) = begins(rest).or_else(|| in_braces(before, rest))?;
        Some(Placeholder {
            range: at..at + length,
            style,
        })
    })
}

/// The length and the style of the placeholder that a text begins with.
fn begins(rest: &str) -> Option<(usize, Style)> {
    match rest.as_bytes() {
        [b'<', ..] => match rest.find('>') {
            Some(end) if end > 1 && !rest.get(1..end)?.contains('<') => Some((end + 1, Style::Brackets)),
            _ => Some((1, Style::Half)),
        },
        [b'>', ..] => Some((1, Style::Half)),
        [b'$', b'$', b'{', ..] | [b'$', b'{', b'!', ..] => Some((3, Style::Escape)),
        [b'&', b'{', ..] => Some((2, Style::Escape)),
        [b'{', b'{', ..] => Some((rest.find("}}")? + 2, Style::Braces)),
        [b'$', b'{', ..] => {
            let end = rest.find('}')?;
            is_template_variable(rest.get(2..end)?).then_some((end + 1, Style::Dollar))
        }
        [b'$', b'A'..=b'Z', ..] => {
            let word = rest.get(1..)?;
            let is_part = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
            let word = word.split(|c| !is_part(c)).next()?;
            is_of_a_shell(word).then_some((1 + word.len(), Style::Dollar))
        }
        [b'.', b'.', b'.', ..] => Some((rest.bytes().take_while(|byte| *byte == b'.').count(), Style::Ellipsis)),
        [b'Y', b'O', b'U', b'R', b'_' | b'-', ..] => {
            let word = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-');
            Some((rest.bytes().take_while(|byte| word(byte)).count(), Style::Word))
        }
        _ => None,
    }
}

/// Whether `${...}` is the variable of something else than AWS: its reference's ARN formats (`Region`), `CloudFormation`
/// (`AWS::Region`), Terraform (`var.region`) or a shell (`REGION`). AWS's own have a prefix and a colon, `aws:username`;
/// what is like neither is a matter of variables.
fn is_template_variable(name: &str) -> bool {
    if name.starts_with("AWS::") {
        return true;
    }
    let is_word = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    let terraform = ["var.", "local.", "data.", "module.", "each.", "aws_"];
    is_word && (name.starts_with(|c: char| c.is_ascii_uppercase()) || is_plain_word(name))
        || terraform.iter().any(|root| name.starts_with(root))
}

/// Whether `$...` is the variable of a shell by the words that it is made of: `BUCKET_NAME`. AWS has names with a dollar of
/// its own, `$LATEST` of a function and `$DEFAULT` of a document, and other systems have theirs, `$RECYCLE.BIN`.
fn is_of_a_shell(name: &str) -> bool {
    let nouns = [
        "ACCOUNT",
        "ARN",
        "AWS",
        "BUCKET",
        "CLUSTER",
        "ENV",
        "ENVIRONMENT",
        "FUNCTION",
        "ID",
        "KEY",
        "NAME",
        "ORG",
        "PARTITION",
        "PREFIX",
        "PROJECT",
        "QUEUE",
        "REGION",
        "REPO",
        "ROLE",
        "SECRET",
        "STAGE",
        "TABLE",
        "TOPIC",
        "USER",
        "VPC",
    ];
    let mut words = name.split('_').filter(|word| !word.is_empty());
    words.any(|word| nouns.contains(&word.trim_end_matches(|c: char| c.is_ascii_digit())))
}

/// `{bucket}`, as the templates of many languages have it. The paths of API Gateway have parameters in braces.
fn in_braces(before: &str, rest: &str) -> Option<(usize, Style)> {
    let name = rest.strip_prefix('{')?.split('}').next()?;
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'-'));
    let is_whole = rest.as_bytes().get(name.len() + 1) == Some(&b'}');
    let is_variable = before.ends_with(['$', '{', '&']);
    let service = before.strip_prefix("arn:").and_then(|rest| rest.split(':').nth(1));
    let is_path = matches!(service, Some("execute-api" | "apigateway"))
        || before.starts_with('/')
        || before.starts_with("execute-api:");
    (is_name && is_whole && !is_variable && !is_path).then_some((name.len() + 2, Style::Braces))
}

/// A word that stands for a Region or an account in the Region or account of an ARN, where no name can be spelt so.
fn word_in_field(text: &str) -> Option<Placeholder> {
    let arn = ArnPattern::parse(text).ok()?;
    [Field::Region, Field::Account].into_iter().find_map(|field| {
        is_plain_word(arn.field(field).as_str()).then(|| Placeholder {
            range: arn.range(field),
            style: Style::Word,
        })
    })
}

fn is_plain_word(word: &str) -> bool {
    // Nearly every field is empty, a `*` or digits.
    if !word.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return false;
    }
    let letters: String = word
        .bytes()
        .filter(u8::is_ascii_alphanumeric)
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect();
    let known = [
        "region",
        "account",
        "accountid",
        "partition",
        "regionname",
        "accountnumber",
    ];
    let bare = letters.strip_prefix("your").unwrap_or(&letters);
    let bare = bare.strip_prefix("aws").unwrap_or(bare);
    known.contains(&bare) || letters.len() > 3 && letters.bytes().all(|byte| byte == b'x')
}
