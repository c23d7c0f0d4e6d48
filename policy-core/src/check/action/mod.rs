//! Actions that do not exist.
//!
//! AWS accepts any action whose service is spelt in the right characters, and says nothing: what does not exist is never
//! asked for, so it allows and denies nothing.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>

mod suggest;

use std::ops::Range;

use super::size::Reach;
use super::{catalogue_note, listed, newer_than_catalogue};
use crate::arn::Glob;
use crate::catalogue::{self, Action, Service};
use crate::document::{Place, Text};
use crate::finding::{Code, Finding, Findings};
use crate::policy::{Effect, Kind, Statement};

/// An action of a statement and what the catalogue knows of it.
pub(super) struct Named<'d> {
    pub place: Place,
    pub text: &'d Text<'d>,
    pub meant: Meant,
}

impl<'d> Named<'d> {
    /// The service that it is of; `*` is of every one.
    pub fn service(&self) -> Option<Service> {
        match self.meant {
            Meant::One(action) => Some(action.service()),
            Meant::Pattern(service) => Some(service),
            Meant::Everything | Meant::Unknown => None,
        }
    }

    /// What stands behind the service, which may have wildcards.
    pub fn name(&self) -> Glob<'d> {
        Glob::wildcards(self.text.filled().split_once(':').unwrap_or_default().1)
    }

    /// The actions of its service that a pattern stands for.
    pub fn matched(&self, service: Service) -> impl Iterator<Item = Action> + use<'d> {
        service.actions_matching(self.name().as_str())
    }
}

/// What an action stands for.
pub(super) enum Meant {
    /// `*`
    Everything,
    /// A pattern that matches some actions of this service.
    Pattern(Service),
    /// One action.
    One(Action),
    /// Something that was found wrong, or is known no longer: it may act on anything.
    Unknown,
}

/// Judges the actions of a statement and says what each stands for.
pub(super) fn check<'d>(
    statement: &Statement<'d>,
    kind: Kind,
    reach: Reach,
    findings: &mut Findings,
) -> Vec<Named<'d>> {
    let Some(element) = statement.action else {
        return Vec::new();
    };
    let silence = Silence {
        negated: element.negated,
        effect: statement.effect,
        kind,
        suggests: reach == Reach::All,
    };
    let mut named = Vec::with_capacity(element.value.as_list().len());
    // Actions of one service mostly stand together.
    let mut last = None;
    for (place, text) in element.texts() {
        let meant = judge(place, text, silence, &mut last).unwrap_or_else(|finding| {
            findings.push(*finding);
            Meant::Unknown
        });
        named.push(Named { place, text, meant });
    }
    named
}

/// Why an action has not the form of one. `*:*` AWS takes for `*`.
#[cfg(feature = "evaluate")]
pub(super) fn unreadable(place: Place, text: &Text<'_>, kind: Kind) -> Option<Finding> {
    let action = text.filled();
    if Glob::wildcards(action).is_everything() || action == "*:*" || plain(action).is_some() {
        return None;
    }
    let silence = Silence {
        negated: false,
        effect: None,
        kind,
        suggests: true,
    };
    form(place, text, silence).err().map(|finding| *finding)
}

/// Actions that a service writes into resource policies itself, and that AWS's reference does not have.
/// - `sns:Receive` stands in the policy that SNS gives a new topic:
///   <https://github.com/terraform-aws-modules/terraform-aws-sns/issues/48>
const UNTABLED: [(&str, &str); 1] = [("sns", "Receive")];

fn is_untabled(service: Service, name: &str) -> bool {
    UNTABLED
        .iter()
        .any(|(prefix, known)| *prefix == service.prefix() && known.eq_ignore_ascii_case(name))
}

/// What becomes of a statement whose action does not exist.
#[derive(Clone, Copy)]
struct Silence {
    negated: bool,
    effect: Option<Effect>,
    kind: Kind,
    /// Whether it is looked for what was meant.
    suggests: bool,
}

impl Silence {
    fn note(self) -> &'static str {
        match (self.negated, self.effect, self.kind) {
            (_, _, Kind::Resource) => {
                "some services reject it, without saying which action they mean; the others ignore it"
            }
            (false, Some(Effect::Deny), _) => "AWS accepts it, and it denies nothing",
            (false, _, _) => "AWS accepts it, and it grants nothing",
            (true, Some(Effect::Deny), _) => "AWS accepts it, and what was meant to be spared is denied with the rest",
            (true, _, _) => "AWS accepts it, and what was meant to be left out is allowed with the rest",
        }
    }
}

/// `last` is the service of the action before.
fn judge(place: Place, text: &Text<'_>, silence: Silence, last: &mut Option<Service>) -> Result<Meant, Box<Finding>> {
    let action = text.filled();
    if Glob::wildcards(action).is_everything() {
        return Ok(Meant::Everything);
    }
    let (prefix, name) = match plain(action) {
        Some(found) => found,
        // A policy variable cannot stand here, which is said by the room of variables.
        None if action.contains("${") => return Ok(Meant::Unknown),
        None => form(place, text, silence)?,
    };
    let known = last.filter(|last| last.prefix() == prefix);
    let Some(service) = known.or_else(|| catalogue::service(prefix)) else {
        return Err(Box::new(unknown_service(place, text, prefix, name, silence)));
    };
    *last = Some(service);
    if name.contains(['*', '?']) {
        return pattern(place, text, service, name, silence);
    }
    if let Some(action) = service.action(name) {
        return Ok(Meant::One(action));
    }
    if silence.kind == Kind::Resource && is_untabled(service, name) {
        return Ok(Meant::Unknown);
    }
    let written = text.written();
    if let Some(removed) = service.removed_action(name) {
        let finding = Finding::new(
            Code::DeprecatedAction,
            place,
            format!(
                "AWS documents `{written}` no longer; it last did in {}",
                removed.last_seen()
            ),
        )
        .about(written)
        .note("AWS accepts it; what it did is gone or has another name by now")
        .note(catalogue_note());
        return Err(Box::new(finding.help(match suggest::authorising(service, name) {
            Some(actions) => format!("write {actions}"),
            None => "remove it, or write the action that took its place".to_owned(),
        })));
    }
    let range = action.len() - name.len()..action.len();
    Err(Box::new(suggest::unknown_action(
        place, text, range, service, name, silence,
    )))
}

/// The service and the name of an action with nothing odd about it, told in one pass: nearly all are so.
fn plain(action: &str) -> Option<(&str, &str)> {
    let mut colon = None;
    for (at, byte) in action.bytes().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => {}
            b'*' | b'?' if colon.is_some() => {}
            b':' if colon.is_none() && at > 0 => colon = Some(at),
            _ => return None,
        }
    }
    let (prefix, name) = action.split_at_checked(colon?)?;
    let name = name.get(1..).filter(|name| !name.is_empty())?;
    Some((prefix, name))
}

/// The service and the name of an action, if it has the form of one.
fn form<'t>(place: Place, text: &'t Text<'_>, silence: Silence) -> Result<(&'t str, &'t str), Box<Finding>> {
    let action = text.filled();
    let written = text.written();
    let trimmed = written.trim();
    let wrong = |what: String, help: String| {
        Box::new(
            Finding::new(Code::InvalidAction, place, what)
                .about(written)
                .note("AWS rejects the policy: an action is `service:Name`")
                .help(help),
        )
    };
    if trimmed.len() != written.len() {
        return Err(wrong(
            format!("the action `{written}` has blanks around it"),
            format!("write `{trimmed}`"),
        ));
    }
    let Some((prefix, name)) = action.split_once(':') else {
        let found = silence.suggests.then(|| suggest::with_prefix(action)).flatten();
        let help = found.map_or_else(
            || "write the service first: `s3:GetObject`".to_owned(),
            |found| format!("write {found}"),
        );
        return Err(wrong(format!("the action `{written}` has no service"), help));
    };
    if name.contains(':') {
        // `s3:s3:GetObject`, `arn:aws:s3:::bucket`
        let (rest, last) = name.rsplit_once(':').unwrap_or((name, name));
        let before = rest.rsplit(':').next().unwrap_or(prefix);
        let help = if action.starts_with("arn:") {
            "an ARN stands in `Resource`".to_owned()
        } else {
            format!("write `{before}:{last}`")
        };
        return Err(wrong(format!("the action `{written}` has more than one colon"), help));
    }
    if prefix.is_empty() || name.is_empty() {
        let what = if prefix.is_empty() { "service" } else { "name" };
        let found = silence.suggests.then(|| suggest::with_prefix(name)).flatten();
        let help = match (prefix.is_empty(), found) {
            (true, Some(found)) => format!("write {found}"),
            (true, None) => "write the service before the colon: `s3:GetObject`".to_owned(),
            (false, _) => format!("write the action after the colon, or `{prefix}:*` for every action"),
        };
        return Err(wrong(format!("the action `{written}` has no {what}"), help));
    }
    if prefix.contains(['*', '?']) {
        return Err(Box::new(wildcard_in_service(place, text, prefix, name, silence)));
    }
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'*' | b'?');
    if let Some(odd) = action
        .chars()
        .find(|&c| c != ':' && !(c.is_ascii() && is_name(c as u8)))
    {
        let help = match action.split_once(['/', '.']) {
            Some((service, name)) if !service.contains(':') && !name.contains(':') => {
                format!("write `{service}:{name}`")
            }
            _ => "an action has only letters, digits, hyphens and wildcards".to_owned(),
        };
        return Err(wrong(
            format!("no action has the character `{odd}`, as `{written}` does"),
            help,
        ));
    }
    Ok((prefix, name))
}

fn wildcard_in_service(place: Place, text: &Text<'_>, prefix: &str, name: &str, silence: Silence) -> Finding {
    let glob = Glob::wildcards(prefix);
    let matching: Vec<String> = catalogue::services()
        .filter(|_| silence.suggests)
        .filter(|service| glob.matches_ignore_ascii_case(service.prefix()) && suggest::has(*service, name))
        .map(|service| format!("`{}:{name}`", service.prefix()))
        .take(4)
        .collect();
    let help = if (1..=3).contains(&matching.len()) {
        format!("write {}", listed::all(&matching))
    } else {
        "write the actions of each service, or `*` alone for every action of every service".to_owned()
    };
    let (code, answer) = match silence.kind {
        // Since September 2025 the name may have wildcards anywhere.
        // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html
        Kind::ServiceControl => (
            Code::ScpSyntaxErrorActionWildcard,
            "Organizations rejects it with `MalformedPolicyDocumentException`",
        ),
        _ => (
            Code::InvalidServiceInAction,
            "IAM rejects it: `Actions/Conditions must be prefaced by a vendor`",
        ),
    };
    Finding::new(
        code,
        place,
        format!("the service of an action cannot have a wildcard, as `{prefix}` does"),
    )
    .part(text, 0..prefix.len())
    .about(text.written())
    .note(answer)
    .help(help)
}

fn pattern(
    place: Place,
    text: &Text<'_>,
    service: Service,
    name: &str,
    silence: Silence,
) -> Result<Meant, Box<Finding>> {
    let glob = Glob::wildcards(name);
    if glob.is_everything() || service.actions_matching(name).next().is_some() {
        return Ok(Meant::Pattern(service));
    }
    let written = text.written();
    let range = text.filled().len() - name.len()..text.filled().len();
    let finding = if let Some(removed) = service
        .removed_actions()
        .find(|removed| glob.matches_ignore_ascii_case(removed.name()))
    {
        Finding::new(
            Code::DeprecatedAction,
            place,
            format!("`{written}` matches only actions that AWS documents no longer"),
        )
        .about(written)
        .note(format!(
            "such as `{}:{}`, last documented in {}; AWS accepts it",
            service.prefix(),
            removed.name(),
            removed.last_seen()
        ))
        .help("remove it, or write the actions that took their place")
    } else {
        let finding = Finding::new(
            Code::WildcardMatchesNoAction,
            place,
            format!("`{written}` matches no action of `{}`", service.prefix()),
        )
        .part(text, range)
        .about(written)
        .note(silence.note());
        if silence.suggests {
            finding.help(suggest::for_pattern(service, name))
        } else {
            finding
        }
    };
    Err(Box::new(finding.note(catalogue_note())))
}

fn unknown_service(place: Place, text: &Text<'_>, prefix: &str, name: &str, silence: Silence) -> Finding {
    let range: Range<usize> = 0..prefix.len();
    if let Some(removed) = catalogue::removed_service(prefix) {
        return Finding::new(
            Code::DeprecatedService,
            place,
            format!(
                "AWS documents the service `{prefix}` ({}) no longer; it last did in {}",
                removed.name(),
                removed.last_seen()
            ),
        )
        .part(text, range)
        .about(text.written())
        .note("AWS accepts it; a service that is closed grants nothing")
        .help("remove it")
        .note(catalogue_note());
    }
    let meant = silence.suggests.then(|| suggest::service(prefix, name)).flatten();
    let what = match meant {
        Some(_) => format!("there is no service `{prefix}`"),
        None => format!("no service `{prefix}` is known"),
    };
    let mut finding = Finding::new(Code::InvalidServiceInAction, place, what)
        .part(text, range)
        .about(text.written())
        .note(silence.note());
    if let Some(service) = meant {
        finding = finding.help(if suggest::has(service, name) {
            format!("write `{}:{name}`", service.prefix())
        } else {
            // That the action is misspelt too is said when the service is right.
            format!("write `{}` for the service", service.prefix())
        });
    } else {
        if let Some(help) = silence.suggests.then(|| suggest::elsewhere(name)).flatten() {
            finding = finding.help(help);
        }
        finding = finding.allow_if(newer_than_catalogue());
    }
    finding.note(catalogue_note())
}

#[cfg(test)]
mod tests;
