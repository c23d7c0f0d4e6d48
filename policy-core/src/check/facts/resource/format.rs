//! The formats that the ARNs of a service have, by the catalogue.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::arn::{ArnFormat, ArnPattern, Field, Fit, Misfit};
use crate::catalogue::{self, ResourceType};

/// By how little an ARN misses the formats of its service; `None` where one takes it, or none is known.
pub(super) fn misfit(arn: &ArnPattern<'_>) -> Option<Misfit> {
    // Of all formats the one that is missed by the least was meant.
    let mut least: Option<Misfit> = None;
    for (_, format) in formats(arn.service().as_str()) {
        match arn.fits_format(format) {
            Fit::Yes => return None,
            Fit::No(misfit) => least = least.max(Some(misfit)),
        }
    }
    least
}

/// The type of resource that an ARN is of, if its service has one that takes it.
pub(super) fn type_of(arn: &ArnPattern<'_>) -> Option<(ResourceType, ArnFormat<'static>)> {
    formats(arn.service().as_str()).find(|(_, format)| arn.fits_format(*format).is_yes())
}

/// Whether ARNs have this service: a prefix of actions, or the service of some format.
pub(super) fn is_arn_service(service: &str) -> bool {
    catalogue::service(service).is_some() || foreign().contains_key(service)
}

/// The formats of a service's ARNs: those on its own page, then those on the pages of others.
pub(in crate::check) fn formats(service: &str) -> impl Iterator<Item = (ResourceType, ArnFormat<'static>)> {
    let own = catalogue::service(service).into_iter().flat_map(|own| {
        own.resource_types()
            .flat_map(|kind| kind.arn_formats().map(move |format| (kind, format)))
    });
    own.chain(foreign_of(service))
}

/// Those on the pages of others; they are looked for only when the own ones do not fit, since that asks every service.
fn foreign_of(service: &str) -> impl Iterator<Item = (ResourceType, ArnFormat<'static>)> {
    let service = service.to_owned();
    let mut rows = None;
    std::iter::from_fn(move || {
        rows.get_or_insert_with(|| foreign().get(service.as_str()).map_or([].iter(), |rows| rows.iter()))
            .next()
            .copied()
    })
}

type Formats = BTreeMap<&'static str, Vec<(ResourceType, ArnFormat<'static>)>>;

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
                        foreign.entry(service).or_default().push((kind, format));
                    }
                }
            }
        }
        foreign
    })
}
