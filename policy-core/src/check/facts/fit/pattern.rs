//! Patterns of actions that are held against many resources.

use crate::arn::ArnFormat;
use crate::collected::CollectVec;

use super::candidate::{Candidate, is_about_tags};
use super::elsewhere;
use crate::catalogue::{Action, Service};
use crate::check::facts::ActionRef;

/// What a pattern of actions matches.
pub(super) struct Pattern {
    service: Service,
    actions: Vec<Action>,
    /// What they act on, each once.
    formats: Vec<ArnFormat<'static>>,
    /// Whether one acts on resources of which no format is known.
    is_open: bool,
    is_about_tags: bool,
}

impl Pattern {
    pub fn of(pattern: &ActionRef<'_>, service: Service) -> Self {
        let is_everything = pattern.name().is_everything();
        let actions: Vec<Action> = if is_everything {
            Vec::new()
        } else {
            pattern.matched(service).collect_vec()
        };
        let mut formats = Vec::new();
        if is_everything {
            for kind in service.resource_types() {
                add(&mut formats, &mut kind.arn_formats());
            }
        }
        for action in &actions {
            add(&mut formats, &mut action.arn_formats());
            add(&mut formats, &mut elsewhere::formats(*action));
        }
        Self {
            service,
            formats,
            is_open: actions
                .iter()
                .any(|action| action.has_resource_types() && action.arn_formats().next().is_none()),
            is_about_tags: is_everything || actions.iter().any(|action| is_about_tags(*action)),
            actions,
        }
    }

    /// The same as [`Candidate::cover`] finds out.
    pub fn may_be_about(&self, candidate: &Candidate<'_, '_>) -> bool {
        let own = candidate.arn.service().matches(self.service.prefix());
        self.is_open
            || own && self.is_about_tags
            || self.formats.iter().any(|format| candidate.fits(*format))
            || own && self.actions.iter().any(|action| candidate.takes_requests_of(*action))
    }
}

/// Adds those that are not among them, in order.
fn add(formats: &mut Vec<ArnFormat<'static>>, more: &mut dyn Iterator<Item = ArnFormat<'static>>) {
    for format in more {
        if let Err(at) = formats.binary_search(&format) {
            formats.insert(at, format);
        }
    }
}
