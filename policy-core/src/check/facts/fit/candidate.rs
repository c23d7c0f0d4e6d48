//! A resource that actions are held against.

use super::continued::Continued;
use super::elsewhere;
use crate::arn::{ArnFormat, ArnPattern, Fit, Misfit};
use crate::catalogue::{Action, Service, requested};
use crate::check::facts::{ActionRef, ResourceRef};
use crate::document::HoleInText;
use crate::kebab::letters;

/// A resource that is an ARN.
pub(super) struct Candidate<'r, 'd> {
    pub resource: &'r mut ResourceRef<'d>,
    pub arn: ArnPattern<'d>,
    /// If it is the ARN of a hole, and more. Boxed, since nearly none is.
    continued: Option<Box<Continued<'d>>>,
    /// An action's format takes it, so its form is right.
    pub is_proven: bool,
}

impl<'r, 'd> Candidate<'r, 'd> {
    pub fn of(resource: &'r mut ResourceRef<'d>) -> Option<Self> {
        let arn = resource.arn()?;
        Some(Self {
            continued: Continued::of(resource.text, &arn).map(Box::new),
            resource,
            arn,
            is_proven: false,
        })
    }

    /// Whether it is a hole and nothing more: an ARN has the form of its type.
    pub fn is_hole(&self) -> bool {
        let is_whole = |hole: &HoleInText| hole.written == (0..self.resource.text.written().len());
        self.resource.text.holes().iter().any(is_whole)
    }

    /// Whether it can be a resource of the format.
    pub fn fit(&self, format: ArnFormat<'_>) -> Fit {
        let fit = self.arn.fits_format(format);
        match &self.continued {
            Some(whole) if fit.is_yes() && whole.is_only_a_name_in(format) => Fit::No(Misfit::Resource),
            _ => fit,
        }
    }

    /// The same, as yes or no.
    pub fn fits(&self, format: ArnFormat<'_>) -> bool {
        self.fit(format).is_yes()
    }

    /// Takes it for one that an action acts on, if a format of the action's takes it.
    pub fn prove(&mut self, mut formats: impl Iterator<Item = ArnFormat<'static>>) -> bool {
        let fits = formats.any(|format| self.fits(format));
        self.resource.is_used |= fits;
        self.is_proven |= fits;
        fits
    }

    /// Whether one of the actions that a pattern matches acts on it, or could.
    pub fn cover(&mut self, pattern: &ActionRef<'_>, service: Service) {
        if self.resource.is_used {
            return;
        }
        let own = self.arn.service().matches(service.prefix());
        self.resource.is_used = if pattern.name().is_everything() {
            own || service
                .resource_types()
                .any(|kind| kind.arn_formats().any(|format| self.fits(format)))
        } else {
            pattern.matched(service).any(|action| {
                // What AWS's reference says of tags is not the whole of it.
                (own && is_about_tags(action))
                    || self.takes_requests_of(action)
                    || (action.has_resource_types() && action.arn_formats().next().is_none())
                    || action.arn_formats().any(|format| self.fits(format))
                    || elsewhere::formats(action).any(|format| self.fits(format))
            })
        };
    }

    /// Whether it may match the requests for an action that is documented to act on no resource: it matches every resource
    /// of the service, as `arn:aws:s3:::*` does.
    pub fn takes_requests_of(&self, action: Action) -> bool {
        let resource = self.arn.resource();
        let service = action.service().prefix();
        self.arn.service().matches(service) && (resource.is_everything() || self.is_made_by(action))
    }

    /// Whether it is the one resource that requests with the action are about.
    pub fn is_the_one_of(&self, action: Action) -> bool {
        let (service, resource) = (action.service().prefix(), self.arn.resource());
        requested(service, action.name()).is_some_and(|asked| resource.matches(asked))
            && self.arn.service().matches(service)
    }

    /// Whether it is what the action makes, as `glue:CreateCrawler` makes crawlers. The reference gives many such actions no
    /// resource, and the guides of some of these services name it all the same.
    fn is_made_by(&self, action: Action) -> bool {
        let Some(made) = action.name().strip_prefix("Create") else {
            return false;
        };
        self.resource
            .own_type()
            .is_some_and(|(kind, _)| kind.service() == action.service() && letters(kind.name()) == letters(made))
    }
}

/// Whether an action is about the tags of any resource. S3's are each about those of one type, `s3:GetObjectTagging`.
pub(in crate::check) fn is_about_tags(action: Action) -> bool {
    action.name().contains("Tag") && !action.name().contains("Tagging")
}
