//! Placeholders left unfilled.
//!
//! A policy is pasted from a documentation page, a template or the service authorization reference, and what should have
//! been replaced in it is there still. The ways of writing placeholders are those of the pages and tools that a [`Style`]
//! names.

mod word;

use std::cell::OnceCell;
use std::ops::Range;

use crate::arn::{ArnPattern, Field};
use crate::catalogue;
use crate::document::{Signs, Text};

pub(in crate::check) use word::{Noun, is_left_blank, is_redacted};

/// A placeholder, and where it is in the string as filled.
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
    /// `{{account}}`, `{account}`, `[[account]]`
    Braces,
    /// `{% if prod %}`, `{# account #}`
    Tag,
    /// `{aws:username}`, a policy variable without its `$`.
    Variable,
    /// `...`
    Ellipsis,
    /// `YOUR_BUCKET`, `ACCOUNT_ID`, `_NAME_`
    Word,
}

/// Whether a string has a placeholder, so that nothing else can be said of it.
pub(super) fn is_in(text: &Text<'_>) -> bool {
    placeholders(text).next().is_some()
}

/// The placeholders of a string outside of its holes, in order.
pub(in crate::check) fn placeholders<'t>(text: &'t Text<'_>) -> impl Iterator<Item = Placeholder> + use<'t> {
    // Boxed, since hardly any text has one: the iterator is small.
    let mut scan = Scan::of(text).map(Box::new);
    std::iter::from_fn(move || scan.as_mut()?.find(|found| !text.has_hole_in(&found.range)))
}

/// A quick look, since nearly every string has none: whether one may be spelt in it, or may be a word in the field of an ARN.
pub(in crate::check) fn may_have_placeholders(text: &Text<'_>) -> bool {
    let signs = Signs::BRACKET.or(Signs::DOLLAR).or(Signs::JOINT);
    text.signs().has(signs) || text.filled().starts_with("arn:")
}

/// The same for those that are spelt.
fn may_be_spelt(text: &Text<'_>) -> bool {
    let signs = text.signs();
    if signs.has(Signs::BRACKET.or(Signs::DOLLAR)) {
        return true;
    }
    if !signs.has(Signs::JOINT) {
        return false;
    }
    let mut dots = 0;
    let mut before = 0;
    for byte in text.filled().bytes() {
        match byte {
            b'Y' => return true,
            b'A'..=b'Z' if before == b'_' => return true,
            b'.' if dots == 2 => return true,
            b'.' => dots += 1,
            _ => dots = 0,
        }
        before = byte;
    }
    false
}

/// A look through a text for placeholders, from its beginning to its end.
struct Scan<'t> {
    text: &'t str,
    at: usize,
    /// The words in an ARN's fields, which are told from the ARN as a whole.
    words: Vec<Placeholder>,
    /// Whether there may be others.
    may_be_spelt: bool,
    /// Where a path of API Gateway begins, once that is asked.
    path: OnceCell<Option<usize>>,
    /// Where the next closing braces stand, one and two, and those of a tag and a comment of Jinja: they are looked for again when they
    /// are passed.
    brace: Next<'static>,
    braces: Next<'static>,
    tag: Next<'static>,
    comment: Next<'static>,
}

impl<'t> Scan<'t> {
    /// `None` where there is nothing to look for.
    fn of(text: &'t Text<'_>) -> Option<Self> {
        let may_be_spelt = may_be_spelt(text);
        let text = text.filled();
        let words = words_in_fields(text);
        (may_be_spelt || !words.is_empty()).then(|| Self {
            text,
            at: 0,
            words,
            may_be_spelt,
            path: OnceCell::new(),
            brace: Next::new("}"),
            braces: Next::new("}}"),
            tag: Next::new("%}"),
            comment: Next::new("#}"),
        })
    }

    /// The first that is spelt as one at this place or behind it.
    fn spelt(&mut self, from: usize) -> Option<Placeholder> {
        if !self.may_be_spelt {
            return None;
        }
        let text = self.text;
        text.get(from..)?.char_indices().find_map(|(behind, _)| {
            let at = from + behind;
            let (length, style) = self.begins(at).or_else(|| self.in_braces(at))?;
            Some(Placeholder {
                range: at..at + length,
                style,
            })
        })
    }
}

impl Iterator for Scan<'_> {
    type Item = Placeholder;

    fn next(&mut self) -> Option<Placeholder> {
        let spelt = self.spelt(self.at);
        let is_ahead = |word: &Placeholder| word.range.start >= self.at;
        let is_first = |word: &Placeholder| spelt.as_ref().is_none_or(|spelt| word.range.start < spelt.range.start);
        let word = self.words.iter().position(|word| is_ahead(word) && is_first(word));
        let found = word.map(|at| self.words.remove(at)).or(spelt)?;
        self.at = found.range.end.max(self.at + 1);
        Some(found)
    }
}

/// Where a pattern comes next in a text. It is asked for places one behind the other.
struct Next<'p> {
    pattern: &'p str,
    /// Where it comes next, if it does, from this place on.
    known: Option<(usize, Option<usize>)>,
}

impl<'p> Next<'p> {
    const fn new(pattern: &'p str) -> Self {
        Self { pattern, known: None }
    }

    fn not_before(&mut self, from: usize, text: &str) -> Option<usize> {
        let known = self
            .known
            .filter(|(asked, at)| *asked <= from && at.is_none_or(|at| from <= at));
        let (_, at) = known.unwrap_or_else(|| {
            let at = text.get(from..).and_then(|rest| rest.find(self.pattern));
            (from, at.map(|at| from + at))
        });
        self.known = Some((from, at));
        at
    }
}

impl Scan<'_> {
    /// The length and the style of the placeholder that begins at this place.
    fn begins(&mut self, at: usize) -> Option<(usize, Style)> {
        let rest = self.text.get(at..)?;
        match rest.as_bytes() {
            [b'<', after @ ..] => match after.iter().position(|byte| matches!(byte, b'<' | b'>')) {
                Some(length) if length > 0 && after.get(length) == Some(&b'>') => Some((length + 2, Style::Brackets)),
                _ => Some((1, Style::Half)),
            },
            [b'>', ..] => Some((1, Style::Half)),
            [b'$', b'$', b'{', ..] | [b'$', b'{', b'!', ..] => Some((3, Style::Escape)),
            [b'&', b'{', ..] => Some((2, Style::Escape)),
            [b'[', b'[', ..] => Some((in_brackets(rest)?, Style::Braces)),
            [b'{', b'{', ..] => Some((self.braces.not_before(at, self.text)? + 2 - at, Style::Braces)),
            [b'{', b'%', ..] => Some((self.tag.not_before(at + 2, self.text)? + 2 - at, Style::Tag)),
            [b'{', b'#', ..] => Some((self.comment.not_before(at + 2, self.text)? + 2 - at, Style::Tag)),
            [b'$', b'{', ..] => {
                let end = self.brace.not_before(at, self.text)? - at;
                is_template_variable(rest.get(2..end)?).then_some((end + 1, Style::Dollar))
            }
            [b'$', b'A'..=b'Z', ..] => {
                let word = rest.get(1..)?;
                let is_part = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
                let word = word.split(|c| !is_part(c)).next()?;
                is_of_a_shell(word).then_some((1 + word.len(), Style::Dollar))
            }
            [b'.', b'.', b'.', ..] => Some((rest.bytes().take_while(|byte| *byte == b'.').count(), Style::Ellipsis)),
            [b'_', ..] => Some((self.in_underscores(at)?, Style::Word)),
            [b'Y', b'O', b'U', b'R', b'_' | b'-', ..] => {
                let word =
                    |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-');
                Some((rest.bytes().take_while(|byte| word(byte)).count(), Style::Word))
            }
            _ => None,
        }
    }

    /// The length of `_ACCOUNT_ID_` or `__NAME__`, which is a word of its own.
    fn in_underscores(&self, at: usize) -> Option<usize> {
        let (before, rest) = self.text.split_at_checked(at)?;
        let is_part = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
        let length = rest.bytes().take_while(|byte| is_part(*byte)).count();
        let (word, after) = rest.split_at_checked(length)?;
        let is_joined = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let is_word = !before.ends_with(is_joined) && word.ends_with('_') && !after.starts_with(is_joined);
        (is_word && is_of_a_shell(word.trim_matches('_'))).then_some(length)
    }

    /// `{bucket}`, as the templates of many languages have it. The paths of API Gateway have parameters in braces.
    fn in_braces(&self, at: usize) -> Option<(usize, Style)> {
        let (before, rest) = self.text.split_at_checked(at)?;
        let inside = rest.strip_prefix('{')?;
        if let Some((name, _)) = inside.split_once('}')
            && !before.ends_with(['$', '{', '&'])
            && catalogue::condition_key(name).is_some()
        {
            return Some((name.len() + 2, Style::Variable));
        }
        let length = inside.bytes().take_while(|byte| is_of_a_name(*byte)).count();
        let is_whole =
            inside.starts_with(|c: char| c.is_ascii_alphabetic()) && inside.as_bytes().get(length) == Some(&b'}');
        let is_variable = before.ends_with(['$', '{', '&']);
        (is_whole && !is_variable && !self.is_in_path(at)).then_some((length + 2, Style::Braces))
    }

    fn is_in_path(&self, at: usize) -> bool {
        let path = self.path.get_or_init(|| {
            if self.text.starts_with('/') {
                return Some(1);
            }
            // In the policy of an API the ARN may begin here.
            if self.text.starts_with("execute-api:") {
                return Some("execute-api:".len());
            }
            let (partition, rest) = self.text.strip_prefix("arn:")?.split_once(':')?;
            let service = rest.split(':').next()?;
            matches!(service, "execute-api" | "apigateway")
                .then_some("arn:".len() + partition.len() + ":".len() + service.len())
        });
        path.is_some_and(|path| path <= at)
    }
}

/// Whether `${...}` is the variable of something else than AWS: its reference's ARN formats (`Region`), `CloudFormation`
/// (`AWS::Region`), Terraform (`var.region`, `bucket_name`) or a shell (`REGION`). AWS's own have a prefix and a colon; a name that
/// only lacks it, `${username}`, is a matter of variables.
fn is_template_variable(name: &str) -> bool {
    if name.starts_with("AWS::") {
        return true;
    }
    let is_word = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'));
    let terraform = ["var.", "local.", "data.", "module.", "each.", "aws_"];
    is_word && (name.starts_with(|c: char| c.is_ascii_uppercase()) || !is_key_without_prefix(name))
        || terraform.iter().any(|root| name.starts_with(root))
}

/// Whether it is a condition key but for its prefix: `username`.
fn is_key_without_prefix(name: &str) -> bool {
    ["aws", "s3"]
        .iter()
        .any(|prefix| catalogue::condition_key(&format!("{prefix}:{name}")).is_some())
}

/// Whether `$...` is the variable of a shell, and `_..._` what a script replaces, by the words that it is made of: `BUCKET_NAME`. AWS has names with a dollar of
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

const fn is_of_a_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

/// The length of `[[accountId]]`.
fn in_brackets(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix("[[")?;
    let length = inside.bytes().take_while(|byte| is_of_a_name(*byte)).count();
    let is_whole = length > 0 && inside.get(length..)?.starts_with("]]");
    is_whole.then_some(length + "[[]]".len())
}

/// The words in the partition, the Region and the account of an ARN, where no name can be spelt so.
fn words_in_fields(text: &str) -> Vec<Placeholder> {
    const FIELDS: &[(Field, Noun)] = &[
        (Field::Partition, Noun::Partition),
        (Field::Region, Noun::Region),
        (Field::Account, Noun::Account),
    ];
    let mut words = Vec::new();
    if text.starts_with("arn:")
        && let Ok(arn) = ArnPattern::parse(text)
    {
        for (field, noun) in FIELDS {
            if noun.is_meant_by(arn.field(*field).as_str()) {
                words.push(Placeholder {
                    range: arn.range(*field),
                    style: Style::Word,
                });
            }
        }
    }
    words
}
