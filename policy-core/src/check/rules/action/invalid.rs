//! Actions that do not exist.
//!
//! AWS accepts any action whose service is spelt in the right characters, and says nothing: what does not exist is never
//! asked for, so it allows and denies nothing.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>

use super::silence::Silence;
use super::{meant, suggest};
use crate::arn::Glob;
use crate::catalogue::{self, Service};
use crate::check::facts::{ActionFault, ActionRef, Facts, Malformed, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::check::words::{added_later, catalogue_note, listed};
use crate::collected::CollectVec;
use crate::document::{Place, Text};
use crate::finding::{Code, Finding, Fix};
use crate::policy::{Kind, REJECTED_BY_ORGANIZATIONS};

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::InvalidAction,
        Code::InvalidServiceInAction,
        Code::ScpSyntaxErrorActionWildcard,
        Code::WildcardMatchesNoAction,
    ],
    run: Run::Statement(check),
};

fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    if !statement.has_unknown_actions {
        return Vec::new();
    }
    let silence = Silence::of(facts, statement);
    let actions = statement.actions.iter();
    actions.filter_map(|action| finding(action, silence)).collect_vec()
}

fn finding(action: &ActionRef<'_>, silence: Silence) -> Option<Finding> {
    let (place, text) = (action.place, action.text);
    match *action.fault()? {
        ActionFault::Malformed(ref how) => Some(malformed(place, text, how)),
        ActionFault::WildcardInService { prefix, name } => {
            Some(wildcard_in_service(place, text, prefix, name, silence.kind))
        }
        ActionFault::UnknownService { prefix, name } => Some(unknown_service(place, text, prefix, name, silence)),
        ActionFault::MatchesNothing(service, name) => Some(matches_nothing(place, text, service, name, silence)),
        ActionFault::UnknownAction(service, name) => {
            let range = text.filled().len() - name.len()..text.filled().len();
            Some(suggest::unknown_action(place, text, range, service, name, silence))
        }
        // Of these other rules speak, and of what no reference lists none.
        ActionFault::Variable
        | ActionFault::ClosedService(..)
        | ActionFault::RemovedAction(..)
        | ActionFault::RemovedActions(..)
        | ActionFault::Undocumented(_)
        | ActionFault::Unlisted => None,
    }
}

/// Why an action has not the form of one.
#[cfg(feature = "evaluate")]
pub(in crate::check) fn unreadable(place: Place, text: &Text<'_>, kind: Kind) -> Option<Finding> {
    match crate::check::facts::unreadable_action(text)? {
        ActionFault::Malformed(how) => Some(malformed(place, text, &how)),
        ActionFault::WildcardInService { prefix, name } => Some(wildcard_in_service(place, text, prefix, name, kind)),
        _ => None,
    }
}

fn malformed(place: Place, text: &Text<'_>, how: &Malformed<'_>) -> Finding {
    let action = text.filled();
    let written = text.written();
    let (what, help) = match *how {
        Malformed::Blanks => (
            format!("the action `{written}` has whitespace around it"),
            format!("write `{}`", written.trim()),
        ),
        Malformed::NoService => (
            format!("the action `{written}` has no service prefix"),
            without_service(action, written),
        ),
        Malformed::Colons => (
            format!("the action `{written}` has more than one colon"),
            if action.starts_with("arn:") {
                "an ARN belongs in `Resource`".to_owned()
            } else {
                ONE_COLON.to_owned()
            },
        ),
        Malformed::Half { prefix, name } => {
            let what = if prefix.is_empty() { "service prefix" } else { "name" };
            let help = match (prefix.is_empty(), suggest::with_prefix(name)) {
                (true, Some(found)) => format!("write {found}"),
                (true, None) => format!("write the service prefix before the colon: `SERVICE:{name}`"),
                (false, _) => format!("write the name of the action after the colon: `{prefix}:ACTION`"),
            };
            (format!("the action `{written}` has no {what}"), help)
        }
        Malformed::Character(odd) => (
            format!("the action `{written}` contains the invalid character `{odd}`"),
            "an action contains only letters, digits, hyphens and wildcards".to_owned(),
        ),
    };
    Finding::new(Code::InvalidAction, place, what)
        .about(written)
        .note("AWS rejects the policy; an action is written `service:Name`")
        .with_help(meant::help(action).unwrap_or(help))
}

const ONE_COLON: &str =
    "write one colon, between the service prefix and the name of the action, such as `s3:GetObject`";

fn without_service(action: &str, written: &str) -> String {
    let is_name = !action.is_empty() && action.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'*');
    match suggest::with_prefix(action) {
        Some(found) => format!("write {found}"),
        None if catalogue::service(action).is_some() => {
            format!("write the name of the action after the service prefix: `{written}:ACTION`")
        }
        None if is_name => format!("write the service prefix first: `SERVICE:{written}`"),
        None => "write an action, such as `s3:GetObject`".to_owned(),
    }
}

/// Of how many services the actions are looked through.
const FEW: usize = 16;

fn wildcard_in_service(place: Place, text: &Text<'_>, prefix: &str, name: &str, kind: Kind) -> Finding {
    let glob = Glob::wildcards(prefix);
    let services = catalogue::services().filter(|service| glob.matches_ignore_ascii_case(service.prefix()));
    let services: Vec<Service> = services.collect_vec();
    // A name that begins with a wildcard is held against each action of a service.
    let is_told = services.len() <= FEW || !name.starts_with(['*', '?']);
    let matching: Vec<String> = services
        .iter()
        .filter(|service| is_told && suggest::has(**service, name))
        .map(|service| format!("`{}:{name}`", service.prefix()))
        .take(4)
        .collect_vec();
    let help = if (1..=3).contains(&matching.len()) {
        format!("write {}", listed::all(&matching))
    } else {
        format!("write one action for each service: `SERVICE:{name}`")
    };
    let (code, answer) = match kind {
        // Since September 2025 the name may have wildcards anywhere.
        // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html
        Kind::ServiceControl => (Code::ScpSyntaxErrorActionWildcard, REJECTED_BY_ORGANIZATIONS),
        _ => (
            Code::InvalidServiceInAction,
            "AWS rejects the policy: `Action vendors (e.g., aws, ec2, etc.) must not contain wildcards`",
        ),
    };
    Finding::new(
        code,
        place,
        format!("`{prefix}` is not a service prefix: it must not contain wildcards"),
    )
    .part(text, 0..prefix.len())
    .about(text.written())
    .note(answer)
    .with_help(help)
}

fn matches_nothing(place: Place, text: &Text<'_>, service: Service, name: &str, silence: Silence) -> Finding {
    let written = text.written();
    let range = text.filled().len() - name.len()..text.filled().len();
    Finding::new(
        Code::WildcardMatchesNoAction,
        place,
        format!("`{written}` matches no action of `{}`", service.prefix()),
    )
    .part(text, range)
    .about(written)
    .note(silence.note())
    .note(catalogue_note())
    .with_help(suggest::for_pattern(service, name))
}

fn unknown_service(place: Place, text: &Text<'_>, prefix: &str, name: &str, silence: Silence) -> Finding {
    let meant = suggest::service(prefix, name);
    let what = match meant {
        Some(_) => format!("`{prefix}` is not a service"),
        None => format!("unknown service `{prefix}`"),
    };
    let mut finding = Finding::new(Code::InvalidServiceInAction, place, what)
        .part(text, 0..prefix.len())
        .about(text.written())
        .note(silence.note());
    if let Some(service) = meant {
        let fix = Fix::write(place, format!("{}:{name}", service.prefix()));
        finding = finding.with_fix(if suggest::has(service, name) {
            fix
        } else {
            // A misspelt action is reported once the service is right.
            fix.titled(format!("write the service prefix `{}`", service.prefix()))
        });
    } else {
        if let Some(help) = suggest::elsewhere(name) {
            finding = finding.with_help(help);
        }
        finding = finding.allow_if(added_later("service"));
    }
    if prefix == "Update" && STACK_UPDATES.contains(&name) {
        let what = "CloudFormation has such actions in stack policies, which are not IAM policies";
        return finding.note(what);
    }
    finding.note(catalogue_note())
}

/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html>
const STACK_UPDATES: [&str; 4] = ["*", "Modify", "Replace", "Delete"];
