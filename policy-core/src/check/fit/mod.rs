//! Actions and resources that do not fit each other.
//!
//! A statement is about each of its actions on each of its resources. An action works on resources of some types only, or
//! on none at all, and AWS accepts any combination in silence. One fitting resource is enough for an action, and one
//! fitting action for a resource: `s3:GetObject` and `s3:ListBucket` on a bucket and its objects is right.
//! <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>

mod breadth;
mod elsewhere;
mod words;
pub(super) mod write;

use std::cell::OnceCell;
use std::collections::BTreeSet;

use super::action::{Meant, Named};
use super::judged::Judged;
use super::resource::{self, Scope, Target, log_group};
use super::size::Reach;
use crate::arn::{ArnPattern, Glob};
use crate::catalogue::{Action, ResourceType, Service};
use crate::finding::Findings;
use crate::policy::{Effect, Kind};

/// Judges the resources of a statement against its actions, and by themselves where no action speaks for them.
pub(super) fn check(judged: &Judged<'_, '_>, kind: Kind, reach: Reach, findings: &mut Findings) {
    let Judged {
        statement,
        actions,
        targets,
    } = judged;
    let mut resources: Vec<Resource<'_>> = targets.iter().filter_map(Resource::of).collect();
    // A role trust policy has no resources, and where it has one that is said of the resource.
    // Nor is an empty list a product: that it is empty has been said.
    let is_product = reach == Reach::All
        && kind != Kind::Trust
        && !targets.is_empty()
        && [statement.action, statement.resource]
            .iter()
            .all(|element| element.is_some_and(|element| !element.negated));
    let mut misfits = Misfits::default();
    if is_product {
        let whole = Whole::of(targets);
        for action in actions {
            match &action.meant {
                Meant::Everything | Meant::Unknown => resources.iter_mut().for_each(|resource| resource.used = true),
                Meant::Pattern(service) if resources.len() < MANY => {
                    for resource in &mut resources {
                        resource.cover(action, *service);
                    }
                }
                Meant::Pattern(service) => {
                    let pattern = Pattern::of(action, *service);
                    for resource in resources.iter_mut().filter(|resource| !resource.used) {
                        resource.used = pattern.may_be_about(resource);
                    }
                }
                Meant::One(one) => misfits.judge(action, *one, whole, &mut resources),
            }
        }
    }
    let exact = OnceCell::new();
    let wanted = || -> Vec<&'static str> {
        let exact = exact.get_or_init(|| {
            actions.iter().find_map(|action| match action.meant {
                Meant::One(action) if action.has_resource_types() => Some(action),
                _ => None,
            })
        });
        exact.iter().flat_map(Action::arn_formats).collect()
    };
    for resource in resources.iter_mut().filter(|resource| !resource.proven) {
        let Target { place, text, .. } = resource.target;
        if let Some(finding) = resource::judge_shape(*place, text, &resource.arn, wanted) {
            findings.push(finding);
            resource.wrong = true;
        }
    }
    if is_product {
        let verdict = words::Verdict {
            kind,
            effect: statement.effect.unwrap_or(Effect::Allow),
            alone: actions.len() == 1,
        };
        report(verdict, &misfits, &resources, actions, targets, findings);
        findings.extend(breadth::check(judged, kind));
    }
}

/// From how many resources on what a pattern of actions stands for is gathered before it is asked of each.
const MANY: usize = 16;

/// What a pattern of actions stands for.
struct Pattern {
    service: Service,
    actions: Vec<Action>,
    /// What they act on, each once.
    formats: Vec<&'static str>,
    /// Whether one acts on resources of which no format is known.
    is_open: bool,
    is_about_tags: bool,
}

impl Pattern {
    fn of(pattern: &Named<'_>, service: Service) -> Self {
        let is_everything = pattern.name().is_everything();
        let actions: Vec<Action> = if is_everything {
            Vec::new()
        } else {
            pattern.matched(service).collect()
        };
        let of_types = service.resource_types().flat_map(|kind| kind.arn_formats());
        let of_actions = actions
            .iter()
            .flat_map(|action| action.arn_formats().chain(elsewhere::formats(*action)));
        let formats: BTreeSet<&'static str> = if is_everything {
            of_types.collect()
        } else {
            of_actions.collect()
        };
        Self {
            service,
            formats: formats.into_iter().collect(),
            is_open: actions
                .iter()
                .any(|action| action.has_resource_types() && action.arn_formats().next().is_none()),
            is_about_tags: is_everything || actions.iter().any(|action| is_about_tags(*action)),
            actions,
        }
    }

    /// The same as [`Resource::cover`] finds out.
    fn may_be_about(&self, resource: &Resource<'_>) -> bool {
        let own = resource.arn.service().matches(self.service.prefix());
        self.is_open
            || own && self.is_about_tags
            || self
                .formats
                .iter()
                .any(|format| resource.arn.fits_format(format).is_yes())
            || own && self.actions.iter().any(|action| resource.takes_requests_of(*action))
    }
}

/// A resource that is an ARN.
struct Resource<'d> {
    target: &'d Target<'d>,
    arn: ArnPattern<'d>,
    /// An action acts on it, or could.
    used: bool,
    /// An action's format takes it, so its form is right.
    proven: bool,
    /// Its own form is wrong, which has been said.
    wrong: bool,
    /// Looked up when something has to be said.
    own_type: OnceCell<Option<(ResourceType, &'static str)>>,
}

impl<'d> Resource<'d> {
    /// The type of the resource, and the format that says so.
    fn own_type(&self) -> Option<(ResourceType, &'static str)> {
        *self.own_type.get_or_init(|| resource::type_of(&self.arn))
    }

    fn of(target: &'d Target<'d>) -> Option<Self> {
        match target.scope {
            Scope::Arn(arn) => Some(Self {
                target,
                arn,
                used: false,
                proven: false,
                wrong: false,
                own_type: OnceCell::new(),
            }),
            Scope::Everything | Scope::Unknown | Scope::Unsettled => None,
        }
    }

    /// Whether one of the actions that a pattern stands for acts on it, or could.
    fn cover(&mut self, pattern: &Named<'_>, service: Service) {
        if self.used {
            return;
        }
        let own = self.arn.service().matches(service.prefix());
        self.used = if pattern.name().is_everything() {
            own || service
                .resource_types()
                .flat_map(|kind| kind.arn_formats())
                .any(|format| self.arn.fits_format(format).is_yes())
        } else {
            pattern.matched(service).any(|action| {
                // What AWS's reference says of tags is not the whole of it.
                (own && is_about_tags(action))
                    || self.takes_requests_of(action)
                    || (action.has_resource_types() && action.arn_formats().next().is_none())
                    || action
                        .arn_formats()
                        .chain(elsewhere::formats(action))
                        .any(|format| self.arn.fits_format(format).is_yes())
            })
        };
    }

    /// Whether it may match the requests for an action that is documented to act on no resource: it takes in every resource
    /// of the service, as `arn:aws:s3:::*` does, or the one that such requests are known to be about.
    fn takes_requests_of(&self, action: Action) -> bool {
        let resource = self.arn.resource();
        let service = action.service().prefix();
        self.arn.service().matches(service)
            && (resource.is_everything()
                || UNDOCUMENTED
                    .iter()
                    .any(|(of, name, asked)| service == *of && action.name() == *name && resource.matches(asked))
                || self.is_made_by(action))
    }

    /// Whether it is what the action makes, as `glue:CreateCrawler` makes crawlers. The reference gives many such actions no
    /// resource, and the guides of some of these services name it all the same.
    fn is_made_by(&self, action: Action) -> bool {
        let letters = |name: &'static str| {
            name.bytes()
                .filter(u8::is_ascii_alphanumeric)
                .map(|byte| byte.to_ascii_lowercase())
        };
        action.name().strip_prefix("Create").is_some_and(|made| {
            self.own_type()
                .is_some_and(|(kind, _)| kind.service() == action.service() && letters(kind.name()).eq(letters(made)))
        })
    }
}

/// What requests are about although the reference gives their action no resource: service, action, the ARN's last field.
/// - <https://github.com/hashicorp/terraform-provider-aws/issues/8804>
const UNDOCUMENTED: [(&str, &str, &str); 1] = [("logs", "DescribeLogGroups", "log-group::log-stream:")];

/// What a statement's resources say besides the ARNs that are judged.
#[derive(Clone, Copy)]
struct Whole {
    /// `*` is among them, or something that may stand for it.
    star: bool,
    /// One of them is wrong by itself: who knows what was meant.
    wrong: bool,
}

impl Whole {
    fn of(targets: &[Target<'_>]) -> Self {
        Self {
            star: targets
                .iter()
                .any(|target| matches!(target.scope, Scope::Everything | Scope::Unknown)),
            wrong: targets.iter().any(|target| matches!(target.scope, Scope::Unsettled)),
        }
    }
}

/// The actions that fit nothing.
#[derive(Default)]
struct Misfits<'d> {
    /// The actions that have been judged, each once, and what became of them.
    judged: Vec<(Action, Outcome)>,
    /// Those that act on no resource, in a statement without `*`, and whether all of their service is among the resources.
    need_star: Vec<(&'d Named<'d>, bool)>,
    /// Those that act on other resources.
    others: Vec<Misfit<'d>>,
}

struct Misfit<'d> {
    named: &'d Named<'d>,
    action: Action,
    /// Which of those that have been judged it is.
    index: usize,
}

#[derive(Clone, Copy)]
enum Outcome {
    Fits,
    NeedsStar { covered: bool },
    FitsNone,
}

impl<'d> Misfits<'d> {
    fn judge(&mut self, named: &'d Named<'d>, action: Action, whole: Whole, resources: &mut [Resource<'_>]) {
        // By far the most common: `"Resource": "*"` alone.
        if resources.is_empty() && whole.star {
            return;
        }
        // Names are of different lengths more often than not, prefixes less.
        let is_it = |other: &Action| other.name() == action.name() && *other == action;
        let index = self
            .judged
            .iter()
            .position(|(other, _)| is_it(other))
            .unwrap_or_else(|| {
                self.judged.push((action, Outcome::of(action, whole, resources)));
                self.judged.len() - 1
            });
        match self.judged.get(index) {
            Some((_, Outcome::NeedsStar { covered })) => self.need_star.push((named, *covered)),
            Some((_, Outcome::FitsNone)) => self.others.push(Misfit { named, action, index }),
            Some((_, Outcome::Fits)) | None => {}
        }
    }
}

impl Outcome {
    fn of(action: Action, whole: Whole, resources: &mut [Resource<'_>]) -> Self {
        if !action.has_resource_types() {
            if whole.star || elsewhere::fits(action, resources) || fits_as_a_tagging_action(action, resources) {
                return Self::Fits;
            }
            let covered = resources
                .iter_mut()
                .filter(|resource| resource.takes_requests_of(action))
                .map(|resource| resource.used = true)
                .count()
                > 0;
            return Self::NeedsStar { covered };
        }
        let mut formats: Vec<&str> = action.arn_formats().collect();
        if !formats.is_empty() {
            formats.extend(elsewhere::formats(action));
        }
        let mut fits = whole.star || whole.wrong;
        for resource in resources.iter_mut() {
            if fits && resource.proven {
                continue;
            }
            if formats.is_empty() {
                resource.used = true;
                fits = true;
            } else if formats.iter().any(|format| resource.arn.fits_format(format).is_yes()) {
                resource.used = true;
                resource.proven = true;
                fits = true;
            }
        }
        if fits || fits_as_a_tagging_action(action, resources) {
            Self::Fits
        } else {
            Self::FitsNone
        }
    }
}

/// Whether an action on tags acts on a resource by what AWS says of the service's other ones: what can be tagged can be asked
/// for its tags. AWS's reference forgets types here and there, as `glue:GetTags` those that `glue:TagResource` has.
fn fits_as_a_tagging_action(action: Action, resources: &mut [Resource<'_>]) -> bool {
    if !is_about_tags(action) {
        return false;
    }
    let formats: Vec<&str> = action
        .service()
        .actions()
        .filter(|action| is_about_tags(*action))
        .flat_map(|action| action.arn_formats())
        .collect();
    let mut fits = false;
    for resource in resources {
        if formats.iter().any(|format| resource.arn.fits_format(format).is_yes()) {
            resource.used = true;
            resource.proven = true;
            fits = true;
        }
    }
    fits
}

/// Whether an action is about the tags of any resource. S3's are each about those of one type, `s3:GetObjectTagging`.
pub(super) fn is_about_tags(action: Action) -> bool {
    action.name().contains("Tag") && !action.name().contains("Tagging")
}

fn report(
    verdict: words::Verdict,
    misfits: &Misfits<'_>,
    resources: &[Resource<'_>],
    actions: &[Named<'_>],
    targets: &[Target<'_>],
    findings: &mut Findings,
) {
    for (named, covered) in &misfits.need_star {
        findings.push(verdict.needs_star(named, *covered));
    }
    // A resource with a mistake of its own is perhaps the one that was meant for the action.
    let others: &[Misfit<'_>] = if resources.iter().any(|resource| resource.wrong) {
        &[]
    } else {
        &misfits.others
    };
    let orphans = || resources.iter().filter(|resource| !resource.used && !resource.wrong);
    let mut explained = vec![false; others.len()];
    let mut is_of_service = OfService::of(misfits);
    let is_group = |resource: &Resource<'_>| log_group::is_without_streams(&resource.arn);
    for group in resources.iter().filter(|resource| is_group(resource)) {
        let missed = missed(others, &mut explained, |misfit| {
            log_group::acts_on_streams(misfit.action)
        });
        if !missed.is_empty() {
            findings.push(verdict.without_streams(group, &missed));
        }
    }
    for orphan in orphans() {
        // An action and a resource of its service that miss each other are one mistake; of streams that has been said.
        is_of_service.begin();
        let missed = missed(others, &mut explained, |misfit| {
            is_of_service.ask(misfit, &orphan.arn) && !(is_group(orphan) && log_group::acts_on_streams(misfit.action))
        });
        if !missed.is_empty() {
            findings.push(verdict.missed(orphan, &missed));
        }
    }
    let mut beside = vec![None; misfits.judged.len()];
    for (misfit, _) in others.iter().zip(&explained).filter(|(_, explained)| !**explained) {
        if let Some(beside) = beside.get_mut(misfit.index) {
            let beside: &Vec<String> = beside.get_or_insert_with(|| words::beside(misfit.action, resources));
            findings.push(verdict.fits_none(misfit, resources, beside));
        }
    }
    let said = misfits.need_star.len() + misfits.others.len();
    if said >= actions.len() || targets.iter().any(|target| matches!(target.scope, Scope::Unknown)) {
        return;
    }
    for orphan in orphans() {
        is_of_service.begin();
        let is_explained = misfits
            .others
            .iter()
            .any(|misfit| is_of_service.ask(misfit, &orphan.arn))
            || misfits.need_star.iter().any(|(named, _)| {
                named
                    .service()
                    .is_some_and(|own| orphan.arn.service().matches(own.prefix()))
            });
        if !is_explained {
            let acts_on_keys = actions
                .iter()
                .any(|action| action.service().is_some_and(|own| own.prefix() == "kms"));
            findings.push(verdict.orphan(orphan, acts_on_keys));
        }
    }
}

/// The misfits that a resource explains, which are marked so.
fn missed<'m, 'd>(
    misfits: &'m [Misfit<'d>],
    explained: &mut [bool],
    mut explains: impl FnMut(&Misfit<'d>) -> bool,
) -> Vec<&'m Misfit<'d>> {
    let mut missed = Vec::new();
    for (misfit, explained) in misfits.iter().zip(explained) {
        if explains(misfit) {
            *explained = true;
            missed.push(misfit);
        }
    }
    missed
}

/// Whether an ARN is of a service on whose resources an action acts, asked of each action once an ARN.
struct OfService(Vec<Option<bool>>);

impl OfService {
    fn of(misfits: &Misfits<'_>) -> Self {
        Self(vec![None; misfits.judged.len()])
    }

    /// What follows is about another ARN.
    fn begin(&mut self) {
        self.0.fill(None);
    }

    fn ask(&mut self, misfit: &Misfit<'_>, arn: &ArnPattern<'_>) -> bool {
        let known = self.0.get_mut(misfit.index);
        known.is_some_and(|known| *known.get_or_insert_with(|| is_of_service(misfit.action, arn)))
    }
}

/// Whether the ARN is of a service on whose resources the action acts.
fn is_of_service(action: Action, arn: &ArnPattern<'_>) -> bool {
    action.arn_formats().any(|format| {
        let service = format.split(':').nth(2).unwrap_or_default();
        arn.service().intersects(Glob::literal(service))
    })
}

#[cfg(test)]
mod tests;
