//! What to write for an ARN that no resource of its service has: one that is near to it, and that the statement's actions apply to.

use crate::arn::{ArnFormat, ArnPattern, Field, write};
use crate::check::facts::{formats, log_group};
use crate::check::words::listed;
use crate::collected::CollectVec;
use crate::document::Text;
use crate::sorted::sort;
use crate::spelling::{begins, nearest};

/// The resources that an ARN can be meant for.
pub(in crate::check::rules) struct Wanted {
    /// Those to propose: what the first of the statement's actions needs. Empty if nothing is known of that.
    pub needed: Vec<ArnFormat<'static>>,
    /// Those that one of the actions applies to, some of which it can do without. Empty if that can be any.
    pub accepted: Vec<ArnFormat<'static>>,
}

impl Wanted {
    /// Resources of these formats.
    pub fn only(formats: Vec<ArnFormat<'static>>) -> Self {
        Self {
            needed: formats.clone(),
            accepted: formats,
        }
    }

    /// Whether an action applies to log streams.
    fn has_streams(&self) -> bool {
        let mut resources = self.accepted.iter().map(|format| format.field(Field::Resource));
        resources.any(|resource| resource.contains(":log-stream:"))
    }

    fn accepts(&self, format: &ArnFormat<'static>) -> bool {
        self.accepted.is_empty() || self.accepted.contains(format)
    }

    /// The formats that are needed, or all of the service if nothing is known of that.
    fn candidates(&self, arn: &ArnPattern<'_>) -> Vec<ArnFormat<'static>> {
        if self.needed.is_empty() {
            of_service(arn)
        } else {
            self.needed.clone()
        }
    }
}

fn of_service(arn: &ArnPattern<'_>) -> Vec<ArnFormat<'static>> {
    formats(arn.service().as_str()).map(|(_, format)| format).collect_vec()
}

/// What to write for an ARN that no resource of its service has.
pub(in crate::check::rules) fn meant(text: &Text<'_>, arn: &ArnPattern<'_>, wanted: &Wanted) -> String {
    instead(misspelt(text, arn), text, arn, wanted)
}

/// The same, where it is known whether its type is misspelt.
pub(super) fn instead(
    misspelt: Option<Misspelt<'_>>,
    text: &Text<'_>,
    arn: &ArnPattern<'_>,
    wanted: &Wanted,
) -> String {
    let misspelt = misspelt.filter(|misspelt| misspelt.formats.iter().any(|format| wanted.accepts(format)));
    let near = misspelt
        .map(|misspelt| misspelt.fixed)
        .or_else(|| near(text, arn, wanted));
    let mut arns = match near {
        Some(near) => vec![near],
        None => like(text, arn, wanted),
    };
    for arn in &mut arns {
        // Which CloudWatch Logs requires for all actions except those on tags.
        if wanted.has_streams() && ArnPattern::parse(arn).is_ok_and(|arn| log_group::is_without_streams(&arn)) {
            arn.push_str(":*");
        }
    }
    one_of(arns)
}

/// The one that was meant, if the word that its resource begins with is one of the service.
fn near(text: &Text<'_>, arn: &ArnPattern<'_>, wanted: &Wanted) -> Option<String> {
    let candidates = wanted.candidates(arn);
    without_type(text, arn, wanted)
        .or_else(|| with_word(text, arn, &candidates, true))
        .or_else(|| {
            // Those that the actions can do without: the index of a table.
            let mut others = of_service(arn);
            others.retain(|format| wanted.accepts(format) && !candidates.contains(format));
            with_word(text, arn, &others, false)
        })
        .or_else(|| without_star(text, arn, &wanted.needed))
        .or_else(|| wanted.needed.iter().find_map(|format| write::start(*format, text, arn)))
        .or_else(|| whole_hole(text, arn, &wanted.needed))
}

/// Those that it could be.
fn like(text: &Text<'_>, arn: &ArnPattern<'_>, wanted: &Wanted) -> Vec<String> {
    let candidates = wanted.candidates(arn);
    let sample = |format: &ArnFormat<'_>| write::arn(*format, text, arn);
    let respelt = named(text, arn, &candidates, &behind_other_sign);
    if !respelt.is_empty() {
        return respelt;
    }
    // Of several types that are not asked for none is more likely than another.
    if !wanted.needed.is_empty() || candidates.len() == 1 {
        let named = named(text, arn, &candidates, &behind_common);
        if !named.is_empty() {
            return named;
        }
    }
    let alike = of_the_same_word(arn, wanted);
    let formats = if alike.is_empty() { candidates } else { alike };
    formats.iter().map(sample).collect_vec()
}

/// The forms that the ARN could have, the plain one before those of its parts: a table, then its backups.
fn one_of(mut forms: Vec<String>) -> String {
    sort(&mut forms, |one, other| one.len().cmp(&other.len()));
    forms.dedup();
    let are_more = forms.len() > MOST;
    forms.truncate(MOST);
    let forms: Vec<String> = forms.iter().map(listed::quoted).collect_vec();
    if are_more {
        format!("its ARNs look like {}, ...", forms.join(", "))
    } else {
        format!("write {}", forms.join(" or "))
    }
}

/// How many forms a message has.
const MOST: usize = 3;

/// A type's first word that is spelt nearly as one that the service has.
pub(super) struct Misspelt<'t> {
    pub word: &'t str,
    /// The ARN with the one that the service has.
    fixed: String,
    /// The formats that it then has.
    formats: Vec<ArnFormat<'static>>,
}

/// `stateMachine` for `statemachine`. Only where nothing else is wrong, since Access Analyzer is silent on most ARNs that no resource has.
pub(super) fn misspelt<'t>(text: &'t Text<'_>, arn: &ArnPattern<'_>) -> Option<Misspelt<'t>> {
    let (word, near, mut formats) = nearest_word(arn)?;
    let range = arn.range(Field::Resource);
    let start = text.written_range(range.start..range.start + word.len());
    let word = text.written().get(start.clone()).filter(|written| *written == word)?;
    if near == word {
        return None;
    }
    let mut fixed = text.written().to_owned();
    fixed.replace_range(start, near);
    let filled = format!(
        "{}{near}{}",
        arn.as_str().get(..range.start)?,
        arn.as_str().get(range.start + word.len()..)?
    );
    let parsed = ArnPattern::parse(&filled).ok()?;
    formats.retain(|format| parsed.fits_format(*format).is_yes());
    (!formats.is_empty()).then_some(Misspelt { word, fixed, formats })
}

/// The formats of the type whose first word is spelt the same, or nearly.
fn of_the_same_word(arn: &ArnPattern<'_>, wanted: &Wanted) -> Vec<ArnFormat<'static>> {
    let Some((_, near, mut formats)) = nearest_word(arn) else {
        return Vec::new();
    };
    formats.retain(|format| first_word(format.field(Field::Resource)) == Some(near) && wanted.accepts(format));
    formats
}

/// The ARN with what the formats have before and behind their first name, from a part of the resource on, which may be none of them.
fn named(
    text: &Text<'_>,
    arn: &ArnPattern<'_>,
    formats: &[ArnFormat<'static>],
    name_in: &dyn Fn(&str, &str) -> Option<usize>,
) -> Vec<String> {
    let mut forms = Vec::new();
    let range = arn.range(Field::Resource);
    let before = (
        text.written().get(..text.written_range(range.clone()).start),
        arn.as_str().get(..range.start),
    );
    let (Some(written_before), Some(before)) = before else {
        return forms;
    };
    if write::whole(text, arn).is_some() {
        return forms;
    }
    for format in formats {
        let resource = format.field(Field::Resource);
        let Some((begin, (_, behind))) = resource
            .split_once("${")
            .and_then(|(begin, rest)| Some((begin, rest.split_once('}')?)))
        else {
            continue;
        };
        let Some(at) = name_in(begin, arn.resource().as_str()).map(|at| range.start + at) else {
            continue;
        };
        let (Some(name), Some(written)) = (
            arn.as_str().get(at..),
            text.written().get(text.written_range(at..range.end)),
        ) else {
            continue;
        };
        // What the format has behind the name may be written.
        let any = write::any(behind);
        let behind = ["", &any].into_iter().find(|behind| {
            let filled = [before, begin, name, behind].concat();
            ArnPattern::parse(&filled).is_ok_and(|arn| arn.fits_format(*format).is_yes())
        });
        if let Some(behind) = behind.filter(|_| !name.is_empty()) {
            forms.push([written_before, begin, written, behind].concat());
        }
    }
    forms
}

/// Behind the word of the type, where the sign behind that is another one: `role:worker` of `role/`.
fn behind_other_sign(begin: &str, resource: &str) -> Option<usize> {
    let word = begin.strip_suffix(['/', ':']).filter(|word| begins(resource, word))?;
    let sign = resource.get(word.len()..)?.starts_with(['/', ':']);
    sign.then_some(word.len() + 1)
}

/// Behind what both have: all of `orders` for `function:`, `web` of `listener/web` for `listener/net/`.
fn behind_common(begin: &str, resource: &str) -> Option<usize> {
    let common = in_common(begin, resource);
    // A path has a separator of its own.
    let is_path = begin.ends_with('/') && resource.get(common..)?.starts_with('/');
    Some(common + usize::from(is_path))
}

/// The length of the parts with which both begin: `listener/` of `listener/net/` and `listener/web`.
fn in_common(begin: &str, resource: &str) -> usize {
    let ends = begin.match_indices(['/', ':']).map(|(at, sign)| at + sign.len());
    let common = ends.take_while(|end| begin.get(..*end) == resource.get(..*end));
    common.last().unwrap_or_default()
}

/// The hole that is the whole ARN of a resource, without the text after it: of actions on other resources nothing is known.
fn whole_hole(text: &Text<'_>, arn: &ArnPattern<'_>, wanted: &[ArnFormat<'static>]) -> Option<String> {
    let hole = write::whole(text, arn).filter(|hole| wanted.is_empty() && hole.filled.end < text.filled().len())?;
    let whole = ArnPattern::parse(text.filled().get(hole.filled.clone())?).ok()?;
    let is_one = formats(whole.service().as_str()).any(|(_, format)| whole.fits_format(format).is_yes());
    let shown = text.written().get(..hole.written.end).filter(|_| is_one)?;
    Some(shown.to_owned())
}

/// The ARN without the name of its type, where that is one of the service: the ARNs of queues have no `queue/`.
fn without_type(text: &Text<'_>, arn: &ArnPattern<'_>, wanted: &Wanted) -> Option<String> {
    let mut own = formats(arn.service().as_str()).filter(|(_, format)| wanted.accepts(format));
    own.find_map(|(kind, format)| write::without_type(kind.name(), format, text, arn))
}

/// The first word of the resource, the nearest that the service has, and all formats of the service.
fn nearest_word<'t>(arn: &'t ArnPattern<'_>) -> Option<(&'t str, &'static str, Vec<ArnFormat<'static>>)> {
    let word = first_word(arn.resource().as_str())?;
    let all = of_service(arn);
    let words = all
        .iter()
        .filter_map(|format| first_word(format.field(Field::Resource)));
    let near = nearest(word, words)?;
    Some((word, near, all))
}

/// The word that a resource begins with, up to the first separator: `function` of `function:load`.
pub(super) fn first_word(resource: &str) -> Option<&str> {
    let word = resource.split([':', '/']).find(|word| !word.is_empty())?;
    (!word.contains(['*', '?', '$', '{'])).then_some(word)
}

/// A word between the variables of a format, and the separator before it.
type WordOfFormat = (ArnFormat<'static>, char, &'static str);

/// What is behind a name, behind the word that the formats have there: `accesspoint/analytics/object/in` of `accesspoint/analytics/in`, and
/// `log-group:web:log-stream:*` of `log-group:web:stream:*`.
fn with_word(text: &Text<'_>, arn: &ArnPattern<'_>, wanted: &[ArnFormat<'static>], may_add: bool) -> Option<String> {
    let resource = arn.range(Field::Resource).start;
    let mut words: Vec<WordOfFormat> = Vec::new();
    for format in wanted {
        for (separator, word) in self::words(*format) {
            words.push((*format, separator, word));
        }
    }
    let ends = arn.resource().as_str().match_indices(['/', ':']);
    ends.map(|(at, _)| resource + at).find_map(|end| {
        let (before, behind) = (arn.as_str().get(..end)?, arn.as_str().get(end..)?);
        let wrong = behind.get(1..)?.split(['/', ':']).next()?;
        // The word in place of what is there, up to `last`.
        let with = |(format, separator, word): &WordOfFormat, last: &str| {
            let fixed = format!("{before}{separator}{word}{last}");
            let is_right = ArnPattern::parse(&fixed).ok()?.fits_format(*format).is_yes();
            let written = text.written_range(end..end + behind.len() - last.len());
            let mut fixed = text.written().to_owned();
            (is_right && fixed.get(written.clone()).is_some()).then(|| {
                fixed.replace_range(written, &format!("{separator}{word}"));
                fixed
            })
        };
        let last = behind.get(1 + wrong.len()..).filter(|last| !last.is_empty());
        let respelt = |row: &WordOfFormat| {
            let (_, separator, word) = row;
            let is_meant = behind.starts_with(*separator) && is_misspelt(wrong, word);
            last.filter(|_| is_meant).and_then(|last| with(row, last))
        };
        let added = |row: &WordOfFormat| with(row, behind);
        let mut respelt = words.iter().filter_map(respelt);
        respelt
            .next()
            .or_else(|| words.iter().filter(|_| may_add).find_map(added))
    })
}

/// The ARN without a `*` where the format has nothing: `stream/orders/consumer/*:*` of `stream/orders/*/consumer/*:*`.
fn without_star(text: &Text<'_>, arn: &ArnPattern<'_>, wanted: &[ArnFormat<'static>]) -> Option<String> {
    let resource = arn.range(Field::Resource).start;
    let stars = arn.resource().as_str().match_indices("/*/");
    stars.map(|(at, _)| resource + at).find_map(|star| {
        let cut = star..star + "/*".len();
        let behind = arn.as_str().get(cut.end + 1..)?.split(['/', ':']).next()?;
        let is_word = |format: &ArnFormat<'static>| words(*format).iter().any(|(_, word)| *word == behind);
        let fixed = [arn.as_str().get(..cut.start)?, arn.as_str().get(cut.end..)?].concat();
        let parsed = ArnPattern::parse(&fixed).ok()?;
        let mut wanted = wanted.iter().filter(|format| is_word(format));
        wanted.find(|format| parsed.fits_format(**format).is_yes())?;
        let cut = text.written_range(cut);
        Some([text.written().get(..cut.start)?, text.written().get(cut.end..)?].concat())
    })
}

/// The words between the variables of a format, each with the separator before it: `/` and `consumer`.
fn words(format: ArnFormat<'static>) -> Vec<(char, &'static str)> {
    let mut found = Vec::new();
    let mut rest = format.field(Field::Resource);
    while let Some((_, behind)) = rest.split_once('}') {
        let literal = behind.split("${").next().unwrap_or_default();
        if let Some(separator @ ('/' | ':')) = literal.chars().next() {
            let word = literal.get(1..).unwrap_or_default().trim_end_matches(['/', ':']);
            if !word.is_empty() && !word.contains(['/', ':', '*']) {
                found.push((separator, word));
            }
        }
        rest = behind;
    }
    found
}

/// Whether one word was written for another: `objects` for `object`, `streams` for `log-stream`.
fn is_misspelt(written: &str, word: &str) -> bool {
    let last = word.rsplit_once('-').map_or(word, |(_, last)| last);
    nearest(written, [word, last]).is_some()
}
