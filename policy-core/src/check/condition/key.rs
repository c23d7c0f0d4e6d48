//! Condition keys: that they exist.
//!
//! Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>,
//! <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>

use super::earlier::Earlier;
use super::{WithoutKey, operator};
use crate::catalogue::{self, Service};
use crate::check::size::Reach;
use crate::check::{catalogue_note, newer_than_catalogue};
use crate::finding::{Code, Finding};
use crate::names::nearest;
use crate::policy::{Condition, Element, Statement};

/// A key that SNS and SES still fill in for the services that have always used it, and that AWS has in no table since:
/// <https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html#source-account-versus-source-owner>
const SOURCE_OWNER: &str = "aws:SourceOwner";

pub(super) fn duplicate<'d>(condition: &Condition<'d>, earlier: &Earlier<'_, 'd>) -> Option<Finding> {
    let key = condition.key.written();
    let first = earlier.in_other_case(condition)?;
    Some(
        Finding::new(
            Code::DuplicateKeysWithDifferentCase,
            condition.key_place,
            format!(
                "`{key}` is the key `{}` again: case does not matter",
                first.key.written()
            ),
        )
        .about(key)
        .note("they are one key to AWS, which does not say whose values it then compares")
        .help(format!("write one `{}` with the values of both", first.key.written())),
    )
}

/// What is wrong with a key that AWS's tables do not have.
pub(super) fn unknown<'s>(
    condition: &Condition<'_>,
    earlier: &Earlier<'_, '_>,
    statement: &Statement<'_>,
    reach: Reach,
    services: impl Fn() -> &'s [Service],
) -> Option<Finding> {
    let key = condition.key.filled();
    // What is wrong with a variable in a key is said of the variable, and of an operator in a key's place of the operator.
    if key.contains("${") || operator::is_turned_round(condition) {
        return None;
    }
    // The same key below several operators is wrong once.
    if earlier.has(key) {
        return None;
    }
    let services = services();
    let finding = |code, what: String| Finding::new(code, condition.key_place, what).about(condition.key.written());
    let silence = || match WithoutKey::of(condition) {
        Some(without_key) => format!(
            "AWS accepts it; no request has such a key, and {}",
            without_key.outcome(statement.effect)
        ),
        None => "AWS accepts it; no request has such a key".to_owned(),
    };
    let Some((prefix, name)) = key
        .split_once(':')
        .filter(|(prefix, name)| !prefix.is_empty() && !name.is_empty())
    else {
        return Some(malformed(condition, services));
    };
    if key.eq_ignore_ascii_case("aws:ARN") {
        return Some(
            finding(
                Code::UnsupportedGlobalConditionKey,
                "AWS no longer has the condition key `aws:ARN`".to_owned(),
            )
            .note(silence())
            .help(
                "write `aws:PrincipalArn` for the caller, `aws:SourceArn` for the resource that makes a service call",
            ),
        );
    }
    if key.eq_ignore_ascii_case(SOURCE_OWNER) {
        return Some(
            finding(
                Code::DeprecatedGlobalConditionKey,
                format!("AWS has replaced the condition key `{SOURCE_OWNER}`"),
            )
            .note("only the services that have always set it still do, in calls to SNS and SES")
            .help("write `aws:SourceAccount`, and `aws:SourceArn` for one resource"),
        );
    }
    if let Some(template) = without_its_tag(key, services) {
        let head = template
            .find(['$', '<'])
            .and_then(|at| template.get(..at))
            .unwrap_or(template);
        return Some(
            finding(
                Code::MissingTagKeyInCondition,
                format!("`{}` does not say which tag", condition.key.written()),
            )
            .note(silence())
            .help(format!("write `{head}` and the tag's key, such as `{head}team`")),
        );
    }
    let code = if prefix.eq_ignore_ascii_case("aws") {
        Code::InvalidGlobalConditionKey
    } else if is_of_undocumented(prefix) {
        return None;
    } else {
        Code::InvalidServiceConditionKey
    };
    let what = match catalogue::service(prefix) {
        Some(service) => format!("{} has no condition key `{}`", service.name(), condition.key.written()),
        None if code == Code::InvalidGlobalConditionKey => {
            format!("AWS has no condition key `{}`", condition.key.written())
        }
        None => format!(
            "there is no service `{prefix}`, and no condition key `{}`",
            condition.key.written()
        ),
    };
    let finding = finding(code, what).note(silence()).note(catalogue_note());
    if reach != Reach::All {
        return Some(finding.allow_if(newer_than_catalogue()));
    }
    let mut alike = ending(key, services);
    if let Some(meant) = nearest_key(key, services) {
        if alike.is_empty() || begins(&meant, prefix) {
            return Some(finding.help(format!("write `{meant}`")));
        }
        // `aws:RequestedRegion` for `aws:Region`, and `ec2:Region`.
        alike.push(meant);
    }
    let finding = if !alike.is_empty() {
        finding.help(format!("perhaps {} was meant", one_of(&alike)))
    } else if code == Code::InvalidServiceConditionKey {
        finding.help(listed(prefix, services))
    } else if name.contains('/') {
        finding.help("the global keys with a tag are `aws:PrincipalTag/`, `aws:RequestTag/`, `aws:ResourceTag/`")
    } else {
        finding.help(
            "the keys are listed at https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
        )
    };
    Some(finding.allow_if(newer_than_catalogue()))
}

/// The services whose actions the statement names.
pub(super) fn services(statement: &Statement<'_>) -> Vec<Service> {
    let mut services = Vec::new();
    for (_, text) in statement.action.iter().flat_map(Element::texts) {
        let service = text
            .filled()
            .split_once(':')
            .and_then(|(prefix, _)| catalogue::service(prefix));
        services.extend(service.filter(|service| !services.contains(service)));
    }
    services
}

fn malformed(condition: &Condition<'_>, services: &[Service]) -> Finding {
    let key = condition.key.written();
    let name = key.trim_matches(':');
    let finding = Finding::new(
        Code::InvalidConditionKeyFormat,
        condition.key_place,
        format!(
            "`{key}` is no condition key: it lacks {}",
            if key.starts_with(':') || !key.contains(':') {
                "the service"
            } else {
                "a name"
            }
        ),
    )
    .about(key)
    .note("IAM rejects the policy: `Actions/Conditions must be prefaced by a vendor`");
    match of_any_prefix(name, services) {
        Some(meant) if !name.is_empty() => finding.help(format!("write `{meant}`")),
        _ => finding.help("write `service:Key`, such as `aws:SourceIp` or `s3:prefix`"),
    }
}

/// Whether AWS documents no keys of this prefix: those of an identity provider's host, whose claims are its own affair, and
/// those of a service that AWS has closed.
fn is_of_undocumented(prefix: &str) -> bool {
    prefix.contains('.') || prefix.contains('/') || catalogue::removed_service(prefix).is_some()
}

/// The key that this one is without the tag at its end: `aws:RequestTag` and `aws:RequestTag/`.
fn without_its_tag(key: &str, services: &[Service]) -> Option<&'static str> {
    let head = key.trim_end_matches(['/', ':']);
    all_keys(key, services).find(|template| {
        let separated = template.strip_suffix('}').or(template.strip_suffix('>')).and_then(|_| {
            let at = template.find(['$', '<'])?;
            template.get(..at)
        });
        separated.is_some_and(|separated| {
            separated.ends_with(['/', ':']) && separated.trim_end_matches(['/', ':']).eq_ignore_ascii_case(head)
        })
    })
}

/// The keys that could be meant: the global ones, those of the key's own service, and those of the statement's services.
fn all_keys(key: &str, services: &[Service]) -> impl Iterator<Item = &'static str> {
    let own = key
        .split_once(':')
        .and_then(|(prefix, _)| catalogue::service(prefix))
        .filter(|own| !services.contains(own));
    let of_services: Vec<Service> = own.into_iter().chain(services.iter().copied()).collect();
    catalogue::global_condition_keys().map(|key| key.name()).chain(
        of_services
            .into_iter()
            .flat_map(|service| service.condition_keys().map(|key| key.name())),
    )
}

/// The known key that a misspelt one is nearest to, with the tag that it was given.
pub(in crate::check) fn nearest_key(key: &str, services: &[Service]) -> Option<String> {
    let (_, name) = key.split_once(':').unwrap_or(("", key));
    if let Some(meant) = of_any_prefix(name, services) {
        return Some(meant);
    }
    let mut heads = Vec::new();
    let mut whole = Vec::new();
    for known in all_keys(key, services) {
        match known.find(['$', '<']) {
            Some(at) if known.len() == known.find(['}', '>']).map_or(0, |end| end + 1) => {
                heads.extend(known.get(..at.saturating_sub(1)));
            }
            Some(_) => {}
            None => whole.push(known),
        }
    }
    if let Some((head, tag)) = key.split_once('/')
        && let Some(meant) = nearest(head, heads)
        && !tag.is_empty()
    {
        return Some(format!("{meant}/{tag}"));
    }
    let meant = begun(key, &whole)
        .or_else(|| nearest_name(key, &whole))
        .or_else(|| overdone(key, &whole))
        .or_else(|| nearest(key, whole.iter().copied()).filter(|_| !is_known_prefix(key, &whole)));
    meant.map(str::to_owned)
}

/// Up to four known keys of the same prefix whose names end so: `aws:RequestedRegion` for `aws:Region`.
fn ending(key: &str, services: &[Service]) -> Vec<String> {
    let Some((prefix, name)) = key.split_once(':').filter(|(_, name)| name.len() > 3) else {
        return Vec::new();
    };
    let ends = |known: &str| {
        let (other, whole) = known.split_once(':').unwrap_or_default();
        let at = whole.len().saturating_sub(name.len());
        other.eq_ignore_ascii_case(prefix) && whole.get(at..).is_some_and(|end| end.eq_ignore_ascii_case(name))
    };
    let mut keys: Vec<String> = Vec::new();
    for known in all_keys(key, services).filter(|known| ends(known)) {
        if keys.iter().all(|other| other != known) {
            keys.push(known.to_owned());
        }
    }
    keys.truncate(4);
    keys
}

fn one_of(keys: &[String]) -> String {
    let quoted: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
    quoted.join(" or ")
}

/// The known key of the same prefix whose name is nearest: the prefix is no part of what was misspelt.
fn nearest_name<'k>(key: &str, known: &[&'k str]) -> Option<&'k str> {
    let (prefix, name) = key.split_once(':')?;
    let of_prefix = || known.iter().filter_map(|known| Some((*known, known.split_once(':')?)));
    let of_prefix = || of_prefix().filter(|(_, (other, _))| other.eq_ignore_ascii_case(prefix));
    let near = nearest(name, of_prefix().map(|(_, (_, name))| name))?;
    of_prefix().find_map(|(known, (_, name))| (name == near).then_some(known))
}

fn is_known_prefix(key: &str, known: &[&str]) -> bool {
    key.split_once(':').is_some_and(|(prefix, _)| {
        known
            .iter()
            .filter_map(|known| known.split_once(':'))
            .any(|(other, _)| other.eq_ignore_ascii_case(prefix))
    })
}

/// The shortest known key that begins so: `aws:PrincipalOrgID` for `aws:PrincipalOrg`.
fn begun<'k>(key: &str, known: &[&'k str]) -> Option<&'k str> {
    let (_, name) = key.split_once(':')?;
    let candidates = known
        .iter()
        .copied()
        .filter(|known| name.len() > 3 && begins(known, key));
    candidates.min_by_key(|known| known.len())
}

/// The longest known key that it begins with: `aws:SourceIp` for `aws:SourceIpAddress`.
fn overdone<'k>(key: &str, known: &[&'k str]) -> Option<&'k str> {
    let is_telling = |known: &str| known.split_once(':').is_some_and(|(_, name)| name.len() > 5);
    let candidates = known
        .iter()
        .copied()
        .filter(|known| is_telling(known) && begins(key, known));
    candidates.max_by_key(|known| known.len())
}

fn begins(text: &str, with: &str) -> bool {
    text.get(..with.len())
        .is_some_and(|begin| begin.eq_ignore_ascii_case(with))
}

/// The known key of this name, when only its prefix was wrong or lacking.
fn of_any_prefix(name: &str, services: &[Service]) -> Option<String> {
    all_keys("", services).find_map(|known| {
        // Of `${Host}.${Domain}:sub` the prefix is nothing to write.
        let (prefix, _) = known.split_once(':').filter(|(prefix, _)| !prefix.contains('$'))?;
        catalogue::key_matches(known, &format!("{prefix}:{name}")).then(|| {
            if known.contains(['$', '<']) {
                format!("{prefix}:{name}")
            } else {
                known.to_owned()
            }
        })
    })
}

/// What keys there are, if they are few.
fn listed(prefix: &str, services: &[Service]) -> String {
    let service = catalogue::service(prefix).or(services.first().copied());
    let Some(service) = service else {
        return "write a key of the action's service, or a global one such as `aws:SourceIp`".to_owned();
    };
    let keys: Vec<String> = service
        .condition_keys()
        .map(|key| format!("`{}`", key.name()))
        .collect();
    match keys.len() {
        0 => format!(
            "{} has no condition keys of its own; the global ones begin with `aws:`",
            service.name()
        ),
        1..=8 => format!("its keys are {}", keys.join(", ")),
        many => format!("none of the {many} keys of {} is like it", service.name()),
    }
}
