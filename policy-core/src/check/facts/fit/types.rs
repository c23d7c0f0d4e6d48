//! The types of resources that a statement's actions act on, each held against its resources once.

use super::candidate::Candidate;
use crate::catalogue::Service;

/// The types that have been held against the resources of a statement. Its actions are mostly of one service, and share them.
#[derive(Default)]
pub(super) struct Types(Vec<Judged>);

/// A type, and what the resources made of it.
#[derive(Clone, Copy)]
pub(super) struct Judged {
    service: Service,
    name: &'static str,
    /// Whether the catalogue says how its ARNs look.
    pub has_formats: bool,
    /// Whether one of the resources is of it.
    pub fits: bool,
}

impl Types {
    /// Holds a type against all resources, unless that has been done.
    pub fn judge(&mut self, service: Service, name: &'static str, candidates: &mut [Candidate<'_, '_>]) -> Judged {
        let known = self
            .0
            .iter()
            .find(|known| known.name == name && known.service == service);
        if let Some(known) = known {
            return *known;
        }
        let mut judged = Judged {
            service,
            name,
            has_formats: false,
            fits: false,
        };
        for format in service
            .resource_type(name)
            .into_iter()
            .flat_map(|kind| kind.arn_formats())
        {
            judged.has_formats = true;
            for candidate in candidates.iter_mut() {
                judged.fits |= candidate.prove(std::iter::once(format));
            }
        }
        self.0.push(judged);
        judged
    }
}
