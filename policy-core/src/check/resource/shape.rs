//! ARNs that no resource of their service can have, by the formats of the catalogue.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::{by_catalogue, shown};
use crate::arn::{ArnPattern, Field, Fit, Misfit};
use crate::catalogue::{self, ResourceType};
use crate::check::fit::write;
use crate::document::{Place, Text};
use crate::finding::{Code, Finding};
use crate::names::nearest;

/// What is wrong with an ARN when no format of its service takes it. Conservative: what the formats do not settle is right.
pub(in crate::check) fn judge(place: Place, text: &Text<'_>, arn: &ArnPattern<'_>) -> Option<Finding> {
    // Of all formats the one that is missed by the least was meant.
    let mut least: Option<Misfit> = None;
    for (_, format) in formats(arn.service().as_str()) {
        match arn.fits_format(format) {
            Fit::Yes => return None,
            Fit::No(misfit) => least = least.max(Some(misfit)),
        }
    }
    let of = arn.service().as_str();
    let new = |code, field, what: String| {
        Finding::new(code, place, what)
            .part(text, shown(arn, field))
            .about(text.written())
    };
    let finding = match least? {
        Misfit::Resource => no_such_type(place, text, arn),
        Misfit::RegionMissing => new(
            Code::MissingArnRegion,
            Field::Region,
            format!("the ARN has no Region, and such resources of `{of}` have one"),
        )
        .note("AWS accepts it, and it matches nothing")
        .help("write the Region between the colons, or `*` for all"),
        Misfit::RegionNotAllowed => new(
            Code::ArnRegionNotAllowed,
            Field::Region,
            format!("the ARN has a Region, and such resources of `{of}` have none"),
        )
        .note("IAM rejects it, or it matches nothing")
        .help(format!("write `{}`", without(text, arn, Field::Region))),
        Misfit::AccountNotAllowed => new(
            Code::ArnAccountNotAllowed,
            Field::Account,
            format!("the ARN has an account, and such resources of `{of}` have none"),
        )
        .note("AWS accepts it, and it matches nothing")
        .help(format!("write `{}`", without(text, arn, Field::Account))),
        Misfit::Service | Misfit::Partition | Misfit::Region | Misfit::Account => return None,
    };
    Some(by_catalogue(finding))
}

/// The type of resource that an ARN is of, if its service has one that takes it.
pub(in crate::check) fn type_of(arn: &ArnPattern<'_>) -> Option<(ResourceType, &'static str)> {
    formats(arn.service().as_str()).find(|(_, format)| arn.fits_format(format).is_yes())
}

/// Whether ARNs have this service: a prefix of actions, or the service of some format.
pub(super) fn is_arn_service(service: &str) -> bool {
    catalogue::service(service).is_some() || foreign().contains_key(service)
}

/// The formats of a service's ARNs: those on its own page, then those on the pages of others.
fn formats(service: &str) -> impl Iterator<Item = (ResourceType, &'static str)> {
    let own = catalogue::service(service).into_iter().flat_map(|own| {
        own.resource_types()
            .flat_map(|kind| kind.arn_formats().map(move |format| (kind, format)))
    });
    own.chain(foreign_of(service))
}

/// Those on the pages of others; they are looked for only when the own ones do not fit, since that asks every service.
fn foreign_of(service: &str) -> impl Iterator<Item = (ResourceType, &'static str)> {
    let service = service.to_owned();
    let mut rows = None;
    std::iter::from_fn(move || {
        rows.get_or_insert_with(|| foreign().get(service.as_str()).map_or([].iter(), |rows| rows.iter()))
            .next()
            .copied()
    })
}

type Formats = BTreeMap<&'static str, Vec<(ResourceType, &'static str)>>;

/// The formats whose service is not the prefix of the page on which they stand, by that service.
fn foreign() -> &'static Formats {
    static FOREIGN: OnceLock<Formats> = OnceLock::new();
    FOREIGN.get_or_init(|| {
        let mut foreign = Formats::new();
        for page in catalogue::services() {
            for kind in page.resource_types() {
                for format in kind.arn_formats() {
                    let service = format.split(':').nth(2).unwrap_or_default();
                    if service != page.prefix() {
                        foreign.entry(service).or_default().push((kind, format));
                    }
                }
            }
        }
        foreign
    })
}

/// The ARN as written, with a field emptied.
fn without(text: &Text<'_>, arn: &ArnPattern<'_>, field: Field) -> String {
    let mut written = text.written().to_owned();
    let range = text.written_range(arn.range(field));
    if written.get(range.clone()).is_some() {
        written.replace_range(range, "");
    }
    written
}

fn no_such_type(place: Place, text: &Text<'_>, arn: &ArnPattern<'_>) -> Finding {
    let service = arn.service().as_str();
    let written = text
        .written()
        .get(text.written_range(arn.range(Field::Resource)))
        .unwrap_or_default();
    let what = if written.is_empty() {
        format!("the ARN ends before the resource of `{service}` that it is to name")
    } else {
        format!("no resource of `{service}` has an ARN that ends in `{written}`")
    };
    let help = meant(text, arn).unwrap_or_else(|| {
        let mut forms: Vec<String> = formats(service)
            .map(|(_, format)| format!("`{}`", write::arn(format, text, arn)))
            .collect();
        forms.dedup();
        if forms.len() > 3 {
            forms.truncate(3);
            format!("its ARNs look like {}, ...", forms.join(", "))
        } else {
            format!("write {}", forms.join(" or "))
        }
    });
    Finding::new(Code::ArnMatchesNoResourceType, place, what)
        .part(text, shown(arn, Field::Resource))
        .about(text.written())
        .note("AWS accepts it, and it matches nothing")
        .help(help)
}

/// The ARN that was meant: of a type whose first word is spelt nearly the same, `stateMachine` for `statemachine`.
fn meant(text: &Text<'_>, arn: &ArnPattern<'_>) -> Option<String> {
    let word = first_word(arn.resource().as_str())?;
    let all: Vec<&'static str> = formats(arn.service().as_str()).map(|(_, format)| format).collect();
    let words = all
        .iter()
        .filter_map(|format| first_word(format.splitn(6, ':').nth(5)?));
    let near = nearest(word, words)?;
    if near != word {
        // Only the word is wrong, perhaps.
        let range = arn.range(Field::Resource);
        let start = text.written_range(range.start..range.start + word.len());
        let mut written = text.written().to_owned();
        if written.get(start.clone()) == Some(word) {
            written.replace_range(start, near);
            let fixed = ArnPattern::parse(&written).ok()?;
            if all.iter().any(|format| fixed.fits_format(format).is_yes()) {
                return Some(format!("write `{written}`"));
            }
        }
    }
    let mut forms: Vec<String> = all
        .iter()
        .filter(|format| format.splitn(6, ':').nth(5).and_then(first_word) == Some(near))
        .map(|format| format!("`{}`", write::arn(format, text, arn)))
        .collect();
    // The plain form before those of its parts: a table, then its backups.
    forms.sort_by_key(String::len);
    forms.dedup();
    forms.truncate(3);
    Some(format!("write {}", forms.join(" or ")))
}

/// The word that a resource begins with, up to the first separator: `function` of `function:load`.
fn first_word(resource: &str) -> Option<&str> {
    let word = resource.split([':', '/']).find(|word| !word.is_empty())?;
    (!word.contains(['*', '?', '$', '{'])).then_some(word)
}
