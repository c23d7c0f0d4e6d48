//! ARNs that no resource of their service can have, by the formats of the catalogue.

use super::replaced::{region_not_allowed, replaced, with_any, without_region};
use super::shown::shown;
use crate::arn::{ArnFormat, ArnPattern, Field, Glob, Misfit, write};
use crate::catalogue::Action;
use crate::check::facts::{ActionRef, Facts, ResourceRef, StatementFacts, formats};
use crate::check::rules::{Rule, Run};
use crate::check::words::catalogue_note;
use crate::collected::CollectVec;
use crate::document::{Place, Text};
use crate::finding::{Code, Finding, Fix};
use crate::sorted::sort;
use crate::spelling::nearest;

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::ArnMatchesNoResourceType,
        Code::InvalidArnResource,
        Code::MissingArnRegion,
        Code::ArnRegionNotAllowed,
        Code::ArnAccountNotAllowed,
    ],
    run: Run::Statement(check),
};

fn check(_: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let resources = statement.resources.iter();
    resources
        .filter_map(|resource| finding(resource, resource.arn()?, resource.shape?, statement))
        .collect_vec()
}

/// The formats of the resources that the statement's actions act on, and of those that it can do without only if there are no others.
fn wanted(statement: &StatementFacts<'_>) -> Vec<ArnFormat<'static>> {
    let mut exact = statement.actions.iter().filter_map(ActionRef::one);
    let action = exact.find(Action::has_resource_types);
    action.map(|action| action.needed_formats()).unwrap_or_default()
}

fn finding(
    resource: &ResourceRef<'_>,
    arn: ArnPattern<'_>,
    misfit: Misfit,
    statement: &StatementFacts<'_>,
) -> Option<Finding> {
    let (place, text, arn) = (resource.place, resource.text, &arn);
    let of = arn.service().as_str();
    let new = |code, field, what: String| {
        Finding::new(code, place, what)
            .part(text, shown(arn, field))
            .about(text.written())
    };
    let misfit = match misfit {
        // `accesspoint/analytics/in` is not an object in a bucket of that name.
        Misfit::RegionNotAllowed if begins_one(arn) => Misfit::Resource,
        other => other,
    };
    let finding = match misfit {
        Misfit::Resource => no_such_type(place, text, arn, &wanted(statement)),
        Misfit::RegionMissing => new(
            Code::MissingArnRegion,
            Field::Region,
            format!("the ARN has no Region, but the ARN of this type of `{of}` resource has one"),
        )
        .note("AWS accepts it, but it matches nothing")
        .with_help(format!(
            "write the Region between the colons, or `*` for every Region: `{}`",
            with_any(text, arn, Field::Region)
        ))
        .fixed_by(Fix::write(place, with_any(text, arn, Field::Region))),
        Misfit::RegionNotAllowed => new(
            Code::ArnRegionNotAllowed,
            Field::Region,
            format!("the ARN has a Region, but the ARN of this type of `{of}` resource has none"),
        )
        .note(region_not_allowed(of))
        .with_fix(Fix::write(place, without_region(text, arn, None))),
        Misfit::AccountNotAllowed => new(
            Code::ArnAccountNotAllowed,
            Field::Account,
            format!("the ARN has an account, but the ARN of this type of `{of}` resource has none"),
        )
        .note("AWS accepts it, but it matches nothing")
        .with_fix(Fix::write(place, without(text, arn, Field::Account))),
        Misfit::Service | Misfit::Partition | Misfit::Region | Misfit::Account => return None,
    };
    Some(finding.note(catalogue_note()))
}

/// Whether resources of the service whose ARNs have a Region and an account begin with the same word.
fn begins_one(arn: &ArnPattern<'_>) -> bool {
    let Some(word) = first_word(arn.resource().as_str()).filter(|_| !arn.account().is_empty()) else {
        return false;
    };
    let has = |format: ArnFormat<'_>, field| !format.field(field).is_empty();
    formats(arn.service().as_str()).any(|(_, format)| {
        let is_placed = has(format, Field::Region) && has(format, Field::Account);
        is_placed && first_word(format.field(Field::Resource)) == Some(word)
    })
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
                format!("write `{fixed}`")
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
        let written = [text.written().get(..cut.start)?, text.written().get(cut.end..)?].concat();
        Some(format!("write `{written}`"))
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

/// The ARN as written, with a field emptied.
fn without(text: &Text<'_>, arn: &ArnPattern<'_>, field: Field) -> String {
    replaced(text, arn, field, "")
}

fn no_such_type(place: Place, text: &Text<'_>, arn: &ArnPattern<'_>, wanted: &[ArnFormat<'static>]) -> Finding {
    let service = arn.service().as_str();
    let written = text
        .written()
        .get(text.written_range(arn.range(Field::Resource)))
        .unwrap_or_default();
    let misspelt = misspelt(text, arn);
    // A wildcard before the resource may match colons, and then the resource is not where it seems to be.
    let before = arn.as_str().get(..arn.range(Field::Resource).start);
    let is_settled = before.is_some_and(|before| Glob::new(before).is_literal());
    let (is_invalid, what) = match &misspelt {
        _ if written.is_empty() => (
            is_settled,
            format!("the ARN of `{service}` ends before the name of a resource"),
        ),
        Some((word, _)) if is_settled => (true, format!("`{service}` has no resource type `{word}`")),
        _ => (
            false,
            format!("no resource of `{service}` has an ARN that ends in `{written}`"),
        ),
    };
    let code = if is_invalid {
        Code::InvalidArnResource
    } else {
        Code::ArnMatchesNoResourceType
    };
    let help = misspelt.map_or_else(|| respelt(text, arn, wanted), |(_, fixed)| format!("write `{fixed}`"));
    Finding::new(code, place, what)
        .part(text, shown(arn, Field::Resource))
        .about(text.written())
        .note("AWS accepts it, but it matches nothing")
        .with_help(help)
}

/// What to write for an ARN that no resource of its service has; `wanted` are the formats of those that can be meant.
pub(in crate::check::rules) fn meant(text: &Text<'_>, arn: &ArnPattern<'_>, wanted: &[ArnFormat<'static>]) -> String {
    let fixed = misspelt(text, arn).map(|(_, fixed)| format!("write `{fixed}`"));
    fixed.unwrap_or_else(|| respelt(text, arn, wanted))
}

/// The same, if the word that its resource begins with is one of the service.
fn respelt(text: &Text<'_>, arn: &ArnPattern<'_>, wanted: &[ArnFormat<'static>]) -> String {
    without_word(text, arn)
        .or_else(|| with_word(text, arn, &candidates(arn, wanted), true))
        // Those that the actions can do without: the index of a table.
        .or_else(|| with_word(text, arn, &candidates(arn, &[]), false))
        .or_else(|| without_star(text, arn, wanted))
        .or_else(|| start(text, arn, wanted))
        .or_else(|| whole_hole(text, arn, wanted))
        .or_else(|| of_the_same_word(text, arn))
        .unwrap_or_else(|| forms(text, arn, wanted))
}

/// The formats that were wanted, or all of the service if nothing is known of that.
fn candidates(arn: &ArnPattern<'_>, wanted: &[ArnFormat<'static>]) -> Vec<ArnFormat<'static>> {
    if wanted.is_empty() {
        formats(arn.service().as_str()).map(|(_, format)| format).collect_vec()
    } else {
        wanted.to_vec()
    }
}

/// The forms that the ARN could have.
fn forms(text: &Text<'_>, arn: &ArnPattern<'_>, wanted: &[ArnFormat<'static>]) -> String {
    let mut forms: Vec<String> = candidates(arn, wanted)
        .iter()
        .map(|format| format!("`{}`", write::arn(*format, text, arn)))
        .collect_vec();
    // The plain form before those of its parts.
    sort(&mut forms, |one, other| one.len().cmp(&other.len()));
    forms.dedup();
    if forms.len() > 3 {
        forms.truncate(3);
        format!("its ARNs look like {}, ...", forms.join(", "))
    } else {
        format!("write {}", forms.join(" or "))
    }
}

/// A type's first word that is spelt nearly as one that the service has, and the ARN with that one: `stateMachine` for
/// `statemachine`. Only where nothing else is wrong, since Access Analyzer is silent on most ARNs that no resource has.
fn misspelt<'t>(text: &'t Text<'_>, arn: &ArnPattern<'_>) -> Option<(&'t str, String)> {
    let (word, near, all) = nearest_word(arn)?;
    let range = arn.range(Field::Resource);
    let start = text.written_range(range.start..range.start + word.len());
    let written = text.written().get(start.clone()).filter(|written| *written == word)?;
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
    all.iter()
        .any(|format| parsed.fits_format(*format).is_yes())
        .then_some((written, fixed))
}

/// The forms of the type whose first word is spelt the same, or nearly.
fn of_the_same_word(text: &Text<'_>, arn: &ArnPattern<'_>) -> Option<String> {
    let (_, near, all) = nearest_word(arn)?;
    let mut forms: Vec<String> = all
        .iter()
        .filter(|format| first_word(format.field(Field::Resource)) == Some(near))
        .map(|format| format!("`{}`", write::arn(*format, text, arn)))
        .collect_vec();
    // The plain form before those of its parts: a table, then its backups.
    sort(&mut forms, |one, other| one.len().cmp(&other.len()));
    forms.dedup();
    forms.truncate(3);
    Some(format!("write {}", forms.join(" or ")))
}

/// The ARN up to where it is one that the actions act on: `project/p` of `project/p/x`.
fn start(text: &Text<'_>, arn: &ArnPattern<'_>, wanted: &[ArnFormat<'static>]) -> Option<String> {
    let start = wanted.iter().find_map(|format| write::start(*format, text, arn))?;
    Some(format!("write `{start}`"))
}

/// The hole that is the whole ARN of a resource, without the text after it: of actions on other resources nothing is known.
fn whole_hole(text: &Text<'_>, arn: &ArnPattern<'_>, wanted: &[ArnFormat<'static>]) -> Option<String> {
    let hole = write::whole(text, arn).filter(|hole| wanted.is_empty() && hole.filled.end < text.filled().len())?;
    let whole = ArnPattern::parse(text.filled().get(hole.filled.clone())?).ok()?;
    let is_one = formats(whole.service().as_str()).any(|(_, format)| whole.fits_format(format).is_yes());
    let shown = text.written().get(..hole.written.end).filter(|_| is_one)?;
    Some(format!("write `{shown}`"))
}

/// The ARN without the name of its type and the sign behind it, where that is one of the service: the ARNs of queues have no `queue/`.
fn without_word(text: &Text<'_>, arn: &ArnPattern<'_>) -> Option<String> {
    let range = arn.range(Field::Resource);
    let word = first_word(arn.resource().as_str()).filter(|word| arn.resource().as_str().starts_with(word))?;
    let rest = range.start + word.len() + 1;
    let shorter =
        |text: &str, cut: std::ops::Range<usize>| Some([text.get(..cut.start)?, text.get(cut.end..)?].concat());
    let filled = shorter(arn.as_str(), range.start..rest)?;
    let parsed = ArnPattern::parse(&filled).ok()?;
    let mut own = formats(arn.service().as_str());
    own.any(|(kind, format)| {
        let has_no_word = format.field(Field::Resource).starts_with("${");
        has_no_word && kind.name().eq_ignore_ascii_case(word) && parsed.fits_format(format).is_yes()
    })
    .then_some(())?;
    let fixed = shorter(text.written(), text.written_range(range.start..rest))?;
    Some(format!("write `{fixed}`"))
}

/// The first word of the resource, the nearest that the service has, and all formats of the service.
fn nearest_word<'t>(arn: &'t ArnPattern<'_>) -> Option<(&'t str, &'static str, Vec<ArnFormat<'static>>)> {
    let word = first_word(arn.resource().as_str())?;
    let all: Vec<ArnFormat<'static>> = formats(arn.service().as_str()).map(|(_, format)| format).collect_vec();
    let words = all
        .iter()
        .filter_map(|format| first_word(format.field(Field::Resource)));
    let near = nearest(word, words)?;
    Some((word, near, all))
}

/// The word that a resource begins with, up to the first separator: `function` of `function:load`.
fn first_word(resource: &str) -> Option<&str> {
    let word = resource.split([':', '/']).find(|word| !word.is_empty())?;
    (!word.contains(['*', '?', '$', '{'])).then_some(word)
}
