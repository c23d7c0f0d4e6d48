//! The actions of a statement: what of the catalogue each means, and what is wrong with one that means nothing.
//!
//! AWS accepts any action whose service is spelt in the right characters, and says nothing: what does not exist is never
//! asked for, so it allows and denies nothing.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>

use crate::arn::Glob;
use crate::bytes;
use crate::catalogue::{self, Action, Removed, Service, Undocumented, is_every_action};
use crate::document::{Place, Signs, Text};
use crate::policy::{Kind, StatementOutline};

/// An action of a statement and what the catalogue knows of it.
pub(in crate::check) struct ActionRef<'d> {
    pub place: Place,
    pub text: &'d Text<'d>,
    pub meaning: ActionMeaning<'d>,
    /// Whether it acts on one of the statement's resources.
    pub fit: ActionFit,
}

impl<'d> ActionRef<'d> {
    /// The service that it is of; `*` is of every one.
    pub fn service(&self) -> Option<Service> {
        match self.meaning {
            ActionMeaning::One(action) => Some(action.service()),
            ActionMeaning::Pattern(service) => Some(service),
            ActionMeaning::Everything | ActionMeaning::Unknown(_) => None,
        }
    }

    /// The action that it names, if it is one and no pattern.
    pub fn one(&self) -> Option<Action> {
        match self.meaning {
            ActionMeaning::One(action) => Some(action),
            ActionMeaning::Everything | ActionMeaning::Pattern(_) | ActionMeaning::Unknown(_) => None,
        }
    }

    /// What is wrong with it, if it has no meaning.
    pub fn fault(&self) -> Option<&ActionFault<'d>> {
        match &self.meaning {
            ActionMeaning::Unknown(fault) => Some(fault),
            ActionMeaning::Everything | ActionMeaning::Pattern(_) | ActionMeaning::One(_) => None,
        }
    }

    /// What follows the service, which may have wildcards.
    pub fn name(&self) -> Glob<'d> {
        Glob::wildcards(self.text.filled().split_once(':').unwrap_or_default().1)
    }

    pub fn has_wildcard(&self) -> bool {
        self.text.signs().has(Signs::WILDCARD)
    }

    /// Whether it is an action other than these, which are written without the service. A pattern that matches only some of
    /// them is not.
    pub fn is_other_than(&self, names: &[&str]) -> bool {
        let written = self.name().as_str();
        let is_pattern = written.len() > 1 && self.has_wildcard();
        let is_one = names.iter().any(|name| name.eq_ignore_ascii_case(written));
        let is_known = matches!(self.meaning, ActionMeaning::One(_) | ActionMeaning::Pattern(_));
        is_known && !is_pattern && !is_one
    }

    /// The actions of its service that a pattern matches.
    pub fn matched(&self, service: Service) -> impl Iterator<Item = Action> + use<'d> {
        service.actions_matching(self.name().as_str())
    }
}

/// What an action means.
pub(in crate::check) enum ActionMeaning<'d> {
    /// `*`
    Everything,
    /// A pattern that matches some actions of this service.
    Pattern(Service),
    /// One action.
    One(Action),
    /// Something that is wrong, or is not known any more: it may act on anything.
    Unknown(Box<ActionFault<'d>>),
}

/// What an action finds among the resources of its statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum ActionFit {
    /// One that it acts on, or nothing by which to say otherwise.
    Fits,
    /// It acts on no resource, and the statement names some.
    NeedsStar {
        /// Whether all of the action's service is among them, as in `arn:aws:s3:::*`, so that it may work all the same.
        is_covered: bool,
    },
    /// It acts on others than those.
    FitsNone,
}

/// Why an action means nothing that is known.
pub(in crate::check) enum ActionFault<'d> {
    /// It contains a policy variable.
    Variable,
    /// It does not have the form of one.
    Malformed(Malformed<'d>),
    /// Its service has a wildcard.
    WildcardInService { prefix: &'d str, name: &'d str },
    /// There is no such service.
    UnknownService { prefix: &'d str, name: &'d str },
    /// AWS has closed the service.
    ClosedService(Removed, &'d str),
    /// AWS does not document the action any more.
    RemovedAction(Removed, Service, &'d str),
    /// A pattern that matches only actions that AWS does not document any more, such as this one.
    RemovedActions(Removed, Service),
    /// A pattern that matches nothing.
    MatchesNothing(Service, &'d str),
    /// The service has no such action.
    UnknownAction(Service, &'d str),
    /// AWS does not document it, and uses it.
    Undocumented(Undocumented),
    /// AWS's reference does not have it, and a service writes it into policies all the same.
    Unlisted,
}

impl ActionFault<'_> {
    /// Whether it has not the form of an action. Otherwise it is one that no request has.
    pub const fn is_of_form(&self) -> bool {
        matches!(
            self,
            Self::Variable | Self::Malformed(_) | Self::WildcardInService { .. }
        )
    }
}

/// How an action fails to be `service:Name`.
pub(in crate::check) enum Malformed<'d> {
    /// There are blanks around it.
    Blanks,
    /// It has no colon.
    NoService,
    /// It has more than one.
    Colons,
    /// Nothing is before the colon, or nothing after it.
    Half { prefix: &'d str, name: &'d str },
    /// It has a character that no action has.
    Character(char),
}

/// What the actions of a statement mean.
pub(super) fn of<'d>(statement: &StatementOutline<'d>, kind: Kind) -> Vec<ActionRef<'d>> {
    let Some(element) = statement.action else {
        return Vec::new();
    };
    let mut actions = Vec::with_capacity(element.value.as_list().len());
    // Actions of one service mostly stand together.
    let mut last = None;
    for (place, text) in element.texts() {
        actions.push(ActionRef {
            place,
            text,
            meaning: meaning(text, kind, &mut last).unwrap_or_else(ActionMeaning::Unknown),
            fit: ActionFit::Fits,
        });
    }
    actions
}

/// Actions that AWS's reference does not have, although a service knows them, and whether only in resource policies.
/// - API Gateway refuses requests for lack of the two on tags: <https://github.com/aws-cloudformation/cfn-lint/issues/4280>
/// - SNS writes `sns:Receive` into the policy of a new topic:
///   <https://github.com/terraform-aws-modules/terraform-aws-sns/issues/48>
const UNLISTED: [(&str, &str, bool); 3] = [
    ("apigateway", "TagResource", false),
    ("apigateway", "UntagResource", false),
    ("sns", "Receive", true),
];

fn is_unlisted(service: Service, name: &str, kind: Kind) -> bool {
    let mut unlisted = UNLISTED.iter();
    unlisted.any(|(prefix, known, is_of_resources)| {
        *prefix == service.prefix() && known.eq_ignore_ascii_case(name) && (!is_of_resources || kind == Kind::Resource)
    })
}

/// Whether a name that AWS's reference has lost is an API operation, authorized under another name. Only those that it had lost before
/// the first release: a refresh of the catalogue breaks no build.
fn is_operation(service: Service, removed: &Removed) -> bool {
    removed.last_seen() < FIRST_CATALOGUE && service.operation(removed.name()).next().is_some()
}

/// The month of the catalogue in the first release.
const FIRST_CATALOGUE: &str = "2026-10";

/// `last` is the service of the action before.
fn meaning<'d>(
    text: &'d Text<'d>,
    kind: Kind,
    last: &mut Option<Service>,
) -> Result<ActionMeaning<'d>, Box<ActionFault<'d>>> {
    let action = text.filled();
    // Organizations documents another grammar, without `*:*`.
    // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html
    if is_every_action(action) && (kind != Kind::ServiceControl || !action.contains(':')) {
        return Ok(ActionMeaning::Everything);
    }
    let (prefix, name) = match plain(text) {
        Some(found) => found,
        None if action.contains("${") => return Err(Box::new(ActionFault::Variable)),
        None => form(text).map_err(Box::new)?,
    };
    let known = last.filter(|last| last.prefix() == prefix);
    let Some(service) = known.or_else(|| catalogue::service(prefix)) else {
        return Err(Box::new(match catalogue::removed_service(prefix) {
            Some(removed) => ActionFault::ClosedService(removed, prefix),
            None => match catalogue::undocumented_action(action) {
                Some(known) => ActionFault::Undocumented(known),
                None => ActionFault::UnknownService { prefix, name },
            },
        }));
    };
    *last = Some(service);
    // A service has none.
    if text.signs().has(Signs::WILDCARD) {
        return pattern(service, name);
    }
    if let Some(action) = service.action(name) {
        return Ok(ActionMeaning::One(action));
    }
    Err(Box::new(if is_unlisted(service, name, kind) {
        ActionFault::Unlisted
    } else if let Some(removed) = service
        .removed_action(name)
        .filter(|removed| !is_operation(service, removed))
    {
        ActionFault::RemovedAction(removed, service, name)
    } else if let Some(known) = catalogue::undocumented_action(action) {
        ActionFault::Undocumented(known)
    } else {
        ActionFault::UnknownAction(service, name)
    }))
}

/// Whether a text has the form of an action, or of a pattern of actions. A policy with another AWS does not store.
#[cfg(feature = "edit")]
pub(crate) fn is_action(written: &str) -> bool {
    let text = Text::plain(written);
    is_every_action(written) || plain(&text).is_some() || form(&text).is_ok()
}

/// Why an action has not the form of one.
#[cfg(feature = "evaluate")]
pub(in crate::check) fn unreadable_action<'d>(text: &'d Text<'d>) -> Option<ActionFault<'d>> {
    let action = text.filled();
    if is_every_action(action) || plain(text).is_some() {
        return None;
    }
    form(text).err()
}

/// The service and the name of an action with nothing odd about it: nearly all are so.
fn plain<'t>(text: &'t Text<'_>) -> Option<(&'t str, &'t str)> {
    if text.signs().has(Signs::OUTSIDE_ACTION) {
        return None;
    }
    let action = text.filled();
    let (prefix, name) = action.split_at_checked(bytes::find(b':', action.as_bytes())?)?;
    let name = name.get(1..)?;
    let is_pattern = || bytes::have(prefix.as_bytes(), |byte| matches!(byte, b'*' | b'?'));
    let is_odd = prefix.is_empty()
        || name.is_empty()
        || bytes::find(b':', name.as_bytes()).is_some()
        || text.signs().has(Signs::WILDCARD) && is_pattern();
    (!is_odd).then_some((prefix, name))
}

/// The service and the name of an action, if it has the form of one.
fn form<'d>(text: &'d Text<'d>) -> Result<(&'d str, &'d str), ActionFault<'d>> {
    let action = text.filled();
    let written = text.written();
    if written.trim().len() != written.len() {
        return Err(ActionFault::Malformed(Malformed::Blanks));
    }
    let Some((prefix, name)) = action.split_once(':') else {
        return Err(ActionFault::Malformed(Malformed::NoService));
    };
    if name.contains(':') {
        return Err(ActionFault::Malformed(Malformed::Colons));
    }
    if prefix.is_empty() || name.is_empty() {
        return Err(ActionFault::Malformed(Malformed::Half { prefix, name }));
    }
    if prefix.contains(['*', '?']) {
        return Err(ActionFault::WildcardInService { prefix, name });
    }
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'*' | b'?');
    let odd = action
        .chars()
        .find(|&c| c != ':' && !(c.is_ascii() && is_name(c as u8)));
    match odd {
        Some(odd) => Err(ActionFault::Malformed(Malformed::Character(odd))),
        None => Ok((prefix, name)),
    }
}

fn pattern(service: Service, name: &str) -> Result<ActionMeaning<'_>, Box<ActionFault<'_>>> {
    let glob = Glob::wildcards(name);
    if glob.is_everything() || service.actions_matching(name).next().is_some() {
        return Ok(ActionMeaning::Pattern(service));
    }
    let mut removed = service
        .removed_actions()
        .filter(|removed| !is_operation(service, removed));
    Err(Box::new(
        match removed.find(|removed| glob.matches_ignore_ascii_case(removed.name())) {
            Some(removed) => ActionFault::RemovedActions(removed, service),
            None => ActionFault::MatchesNothing(service, name),
        },
    ))
}
