//! The formats that the ARNs of a service have, by the catalogue.

use std::sync::OnceLock;
use std::{iter, slice};

use crate::arn::{ArnFormat, ArnPattern, Field, Fit, Misfit};
use crate::catalogue::{self, ResourceType, Service};
use crate::numbers::ByText;

/// By how little an ARN misses the formats of its service; `None` where one takes it, or none is known.
pub(super) fn misfit(arn: &ArnPattern<'_>, fit: &dyn Fn(ArnFormat<'_>) -> Fit) -> Option<Misfit> {
    // Of all formats the one that is missed by the least was meant.
    let mut least: Option<Misfit> = None;
    for (_, format) in formats(arn.service().as_str()) {
        match fit(format) {
            Fit::Yes => return None,
            Fit::No(misfit) => least = least.max(Some(misfit)),
        }
    }
    least
}

/// The type of resource that an ARN is of, if its service has one that takes it; if it has several, since a `*` matches the parts of a
/// longer one too, the type whose ARNs look most like it.
pub(in crate::check) fn type_of(arn: &ArnPattern<'_>) -> Option<(ResourceType, ArnFormat<'static>)> {
    let service = arn.service().as_str();
    let likest = |found: &mut dyn Iterator<Item = (ResourceType, ArnFormat<'static>)>| {
        let fitting = found.filter(|(_, format)| arn.fits_format(*format).is_yes());
        // Of equals the first.
        fitting.reduce(|one, other| {
            if likeness(arn, other.1) > likeness(arn, one.1) {
                other
            } else {
                one
            }
        })
    };
    likest(&mut own_of(service)).or_else(|| likest(&mut foreign_of(service).copied()))
}

/// Whether a `*` leaves it open of which of several types of resource an ARN is: `/restapis/a1b2c3/*`.
pub(super) fn is_of_several(arn: &ArnPattern<'_>, (kind, format): (ResourceType, ArnFormat<'static>)) -> bool {
    let own = likeness(arn, format);
    let mut formats = formats(arn.service().as_str());
    // Without a `*` it is but the same type on the pages of several services.
    !arn.resource().is_literal()
        && formats.any(|(other, format)| {
            other.name() != kind.name() && arn.fits_format(format).is_yes() && likeness(arn, format) == own
        })
}

/// How many parts of an ARN are literally those of a format, and whether it has as many.
fn likeness(arn: &ArnPattern<'_>, format: ArnFormat<'_>) -> (usize, bool) {
    let parts = |resource| str::split(resource, ['/', ':']);
    let (written, expected) = (arn.resource().as_str(), format.field(Field::Resource));
    let same = parts(written)
        .zip(parts(expected))
        .filter(|(written, expected)| written == expected);
    (same.count(), parts(written).count() == parts(expected).count())
}

/// Whether ARNs have this service: a prefix of actions, or the service of some format.
pub(super) fn is_arn_service(service: &str) -> bool {
    catalogue::service(service).is_some() || foreign().contains(service)
}

/// The formats of a service's ARNs: those on its own page, then those on the pages of others.
pub(in crate::check) fn formats(service: &str) -> impl Iterator<Item = (ResourceType, ArnFormat<'static>)> {
    let mut own = own_of(service);
    let mut foreign = None;
    iter::from_fn(move || {
        let own = own.next();
        // They are looked for only when the own ones do not fit, since that asks every service.
        own.or_else(|| foreign.get_or_insert_with(|| foreign_of(service)).next().copied())
    })
}

fn own_of(service: &str) -> impl Iterator<Item = (ResourceType, ArnFormat<'static>)> + use<> {
    let formats_of = |kind: ResourceType| kind.arn_formats().map(move |format| (kind, format));
    let mut kinds = catalogue::service(service).map(Service::resource_types);
    let mut formats = None;
    iter::from_fn(move || {
        loop {
            if let Some(found) = formats.as_mut().and_then(Iterator::next) {
                return Some(found);
            }
            formats = Some(formats_of(kinds.as_mut()?.next()?));
        }
    })
}

/// Those on the pages of others.
fn foreign_of(service: &str) -> slice::Iter<'static, (ResourceType, ArnFormat<'static>)> {
    foreign().get(service).map_or([].iter(), |rows| rows.iter())
}

type Formats = ByText<'static, Vec<(ResourceType, ArnFormat<'static>)>>;

/// The formats whose service is not the prefix of the page on which they stand, by that service.
fn foreign() -> &'static Formats {
    static FOREIGN: OnceLock<Formats> = OnceLock::new();
    FOREIGN.get_or_init(|| {
        let mut foreign = Formats::new();
        for page in catalogue::services() {
            for kind in page.resource_types() {
                for format in kind.arn_formats() {
                    let service = format.field(Field::Service);
                    if service != page.prefix() {
                        foreign.update(service.into(), Vec::new(), |formats| formats.push((kind, format)));
                    }
                }
            }
        }
        foreign
    })
}
