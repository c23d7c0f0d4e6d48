//! Whether actions and resources fit each other.
//!
//! A statement is about each of its actions on each of its resources. An action works on resources of some types only, or
//! on none at all, and AWS accepts any combination in silence. One fitting resource is enough for an action, and one
//! fitting action for a resource: `s3:GetObject` and `s3:ListBucket` on a bucket and its objects is right.
//! <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>

mod candidate;
mod continued;
mod elsewhere;
pub(in crate::check) mod log_group;
mod pattern;
mod types;

use super::action::{ActionFit, ActionMeaning, ActionRef};
use super::resource::{self, ResourceRef, ResourceScope};
use crate::arn::ArnFormat;
use crate::catalogue::Action;
use crate::collected::CollectVec;
use crate::policy::StatementOutline;

use candidate::Candidate;
pub(in crate::check) use candidate::is_about_tags;
use pattern::Pattern;
use types::Types;

/// Holds the actions of a statement against its resources, and the resources against the formats of their services where no
/// action speaks for them. Says whether the statement is about each of its actions on each of its resources.
pub(super) fn judge(
    statement: &StatementOutline<'_>,
    actions: &mut [ActionRef<'_>],
    resources: &mut [ResourceRef<'_>],
) -> bool {
    // An empty list is no product: that it is empty the reader says.
    let is_product = !resources.is_empty()
        && [statement.action, statement.resource]
            .iter()
            .all(|element| element.is_some_and(|element| !element.negated));
    let whole = Whole::of(resources);
    let mut candidates: Vec<Candidate<'_, '_>> = resources.iter_mut().filter_map(Candidate::of).collect_vec();
    // The actions that have been held against the resources, each once.
    let mut judged: Vec<(Action, ActionFit)> = Vec::new();
    let mut types = Types::default();
    if is_product {
        for action in actions {
            match action.meaning {
                ActionMeaning::Everything | ActionMeaning::Unknown(_) => {
                    for candidate in &mut candidates {
                        candidate.resource.is_used = true;
                    }
                }
                ActionMeaning::Pattern(service) if candidates.len() < MANY => {
                    for candidate in &mut candidates {
                        candidate.cover(action, service);
                    }
                }
                ActionMeaning::Pattern(service) => {
                    let pattern = Pattern::of(action, service);
                    for candidate in candidates.iter_mut().filter(|candidate| !candidate.resource.is_used) {
                        candidate.resource.is_used = pattern.may_be_about(candidate);
                    }
                }
                // By far the most common: `"Resource": "*"` alone.
                ActionMeaning::One(_) if candidates.is_empty() && whole.star => {}
                ActionMeaning::One(one) => {
                    // Names are of different lengths more often than not, prefixes less.
                    let mut earlier = judged.iter();
                    let earlier = earlier.find(|(other, _)| Action::name(other) == one.name() && *other == one);
                    action.fit = earlier.map_or_else(|| fit(one, whole, &mut types, &mut candidates), |(_, fit)| *fit);
                    if earlier.is_none() {
                        judged.push((one, action.fit));
                    }
                }
            }
        }
    }
    for candidate in candidates
        .iter_mut()
        .filter(|candidate| !candidate.is_proven && !candidate.is_hole())
    {
        let shape = resource::shape(&candidate.arn, &|format| candidate.fit(format));
        candidate.resource.shape = shape.filter(|_| {
            !elsewhere::of_any_action(candidate.arn.service())
                .iter()
                .any(|format| candidate.fits(*format))
        });
    }
    is_product
}

/// From how many resources on what a pattern of actions matches is gathered before it is asked of each.
const MANY: usize = 16;

/// What a statement's resources say besides the ARNs that are held against actions.
#[derive(Clone, Copy)]
struct Whole {
    /// `*` is among them, or something that may mean it.
    star: bool,
    /// One of them is wrong by itself: who knows what was meant.
    wrong: bool,
}

impl Whole {
    fn of(resources: &[ResourceRef<'_>]) -> Self {
        Self {
            star: resources
                .iter()
                .any(|resource| matches!(resource.scope, ResourceScope::Everything | ResourceScope::Unknown)),
            wrong: resources
                .iter()
                .any(|resource| matches!(resource.scope, ResourceScope::Unsettled)),
        }
    }
}

fn fit(action: Action, whole: Whole, types: &mut Types, candidates: &mut [Candidate<'_, '_>]) -> ActionFit {
    if !action.has_resource_types() {
        if whole.star || fits_elsewhere(action, candidates) || fits_as_a_tagging_action(action, candidates) {
            return ActionFit::Fits;
        }
        let mut is_known = false;
        for candidate in candidates
            .iter_mut()
            .filter(|candidate| candidate.is_the_one_of(action))
        {
            candidate.resource.is_used = true;
            is_known = true;
        }
        if is_known {
            return ActionFit::Fits;
        }
        let mut is_covered = false;
        for candidate in candidates {
            let takes = candidate.takes_requests_of(action);
            candidate.resource.is_used |= takes;
            is_covered |= takes;
        }
        return ActionFit::NeedsStar { is_covered };
    }
    let mut fits = whole.star || whole.wrong;
    let mut has_formats = false;
    for on in action.types() {
        // Nothing is left that another type could show.
        if fits && has_formats && candidates.iter().all(|candidate| candidate.is_proven) {
            break;
        }
        let on = types.judge(action.service(), on.name(), candidates);
        has_formats |= on.has_formats;
        fits |= on.fits;
    }
    for candidate in candidates.iter_mut() {
        if !has_formats {
            candidate.resource.is_used = true;
            fits = true;
        } else if !(fits && candidate.is_proven) {
            fits |= candidate.prove(elsewhere::formats(action));
        }
    }
    if fits || fits_as_a_tagging_action(action, candidates) {
        ActionFit::Fits
    } else {
        ActionFit::FitsNone
    }
}

/// Whether an action on tags acts on a resource by what AWS says of the service's other ones: what can be tagged can be asked
/// for its tags. AWS's reference forgets types here and there, as `glue:GetTags` those that `glue:TagResource` has.
fn fits_as_a_tagging_action(action: Action, candidates: &mut [Candidate<'_, '_>]) -> bool {
    if !is_about_tags(action) {
        return false;
    }
    let mut formats: Vec<ArnFormat<'_>> = Vec::new();
    for action in action.service().actions() {
        if is_about_tags(action) {
            formats.append(&mut action.arn_formats().collect_vec());
        }
    }
    let mut fits = false;
    for candidate in candidates {
        fits |= candidate.prove(formats.iter().copied());
    }
    fits
}

/// Whether an action that the reference gives no resource may be about these all the same: they are of a format that is known
/// from elsewhere, or of a service whose resources the reference gives to none of its actions.
fn fits_elsewhere(action: Action, candidates: &mut [Candidate<'_, '_>]) -> bool {
    let service = action.service();
    let mut is_silent = None;
    let mut fits = false;
    for candidate in candidates {
        if candidate.prove(elsewhere::formats(action)) {
            fits = true;
        } else if candidate.arn.service().matches(service.prefix())
            && *is_silent.get_or_insert_with(|| {
                service.resource_types().next().is_some()
                    && !service.actions().any(|action| action.has_resource_types())
            })
        {
            candidate.resource.is_used = true;
            fits = true;
        }
    }
    fits
}
