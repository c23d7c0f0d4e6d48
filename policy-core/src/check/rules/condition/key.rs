//! Condition keys: that they exist.
//!
//! Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>,
//! <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>

use crate::catalogue::{self, Service};
use crate::check::facts::{ConditionFacts, Facts, StatementFacts, UnknownClaim};
use crate::check::rules::{Rule, Run};
use crate::check::words::nearest_key::{all_keys, nearest_key, of_any_prefix};
use crate::check::words::{added_later, catalogue_note, listed};
use crate::collected::CollectVec;
use crate::finding::{Code, Finding, Fix};
use crate::policy::Element;
use crate::spelling::{begins, nearest};

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::InvalidConditionKeyFormat,
        Code::InvalidGlobalConditionKey,
        Code::InvalidServiceConditionKey,
        Code::UnsupportedGlobalConditionKey,
        Code::DeprecatedGlobalConditionKey,
        Code::MissingTagKeyInCondition,
    ],
    run: Run::Statement(check),
};

fn check(_: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let is_unknown = |condition: &&ConditionFacts<'_>| condition.known_key.is_none() && condition.respells.is_none();
    let mut found = Vec::new();
    let mut services = None;
    for condition in statement.conditions.iter().filter(is_unknown) {
        let services: &Vec<Service> = services.get_or_insert_with(|| self::services(statement));
        found.extend(unknown(statement, condition, services));
    }
    found
}

/// A key that SNS and SES still fill in for the services that have always used it, and that AWS has in no table since:
/// <https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html#source-account-versus-source-owner>
const SOURCE_OWNER: &str = "aws:SourceOwner";

/// What is wrong with a key that AWS's tables do not have.
fn unknown(statement: &StatementFacts<'_>, condition: &ConditionFacts<'_>, services: &[Service]) -> Option<Finding> {
    let key = condition.key.filled();
    // A wrong variable in a key is reported for the variable, and an operator in a key's place for the operator.
    if key.contains("${") || condition.is_turned_round() {
        return None;
    }
    // The same key below several operators is wrong once.
    if condition.is_repeated || catalogue::undocumented_condition_key(key).is_some() {
        return None;
    }
    let finding = |code, what: String| Finding::new(code, condition.key_place, what).about(condition.key.written());
    let silence = || match condition.without_key {
        Some(without_key) => format!(
            "AWS accepts it, but the key is never present in a request, so {}",
            without_key.outcome(statement.statement.effect)
        ),
        None => "AWS accepts it, but the key is never present in a request".to_owned(),
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
                "AWS does not support the condition key `aws:ARN`".to_owned(),
            )
            .note(silence())
            .with_help(
                "write `aws:PrincipalArn` for the ARN of the principal, or `aws:SourceArn` for the ARN of the resource for which a service makes the request",
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
            .with_help("write `aws:SourceAccount`, and `aws:SourceArn` for one resource"),
        );
    }
    if let Some(finding) = of_provider(condition, &silence) {
        return Some(finding);
    }
    if let Some(template) = without_its_tag(key, services) {
        let head = template
            .find(['$', '<'])
            .and_then(|at| template.get(..at))
            .unwrap_or(template);
        return Some(
            finding(
                Code::MissingTagKeyInCondition,
                format!("`{}` does not name a tag", condition.key.written()),
            )
            .note(silence())
            .with_help(format!("write `{head}` and the tag's key, such as `{head}team`")),
        );
    }
    let code = if prefix.eq_ignore_ascii_case("aws") {
        Code::InvalidGlobalConditionKey
    } else if is_of_undocumented(condition, prefix) {
        return None;
    } else {
        Code::InvalidServiceConditionKey
    };
    let what = no_such_key(condition.key.written(), prefix, code);
    let finding = finding(code, what).note(silence()).note(catalogue_note());
    if is_of_iot_core(key) {
        return Some(finding.note(IOT_CORE).allow_if(added_later("condition key")));
    }
    let mut alike = ending(key, services);
    if let Some(meant) = nearest_key(key, services) {
        if alike.is_empty() || begins(&meant, prefix) {
            return Some(finding.with_fix(Fix::write(condition.key_place, meant)));
        }
        // `aws:RequestedRegion` for `aws:Region`, and `ec2:Region`.
        alike.push(meant);
    }
    let finding = if !alike.is_empty() {
        finding.with_help(format!("did you mean {}?", one_of(&alike)))
    } else if code == Code::InvalidServiceConditionKey {
        finding.with_help(listed(prefix, services))
    } else if name.contains('/') {
        finding.with_help("the global keys with a tag are `aws:PrincipalTag/`, `aws:RequestTag/`, `aws:ResourceTag/`")
    } else {
        finding.with_help(
            "see the keys at https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
        )
    };
    Some(finding.allow_if(added_later("condition key")))
}

/// What is wrong with a key that neither the service of its prefix has nor AWS.
fn no_such_key(written: &str, prefix: &str, code: Code) -> String {
    let home = catalogue::service(prefix).or_else(|| catalogue::services_of_key_prefix(prefix).next());
    match home {
        Some(service) => format!("{} has no condition key `{written}`", service.name()),
        None if code == Code::InvalidGlobalConditionKey => format!("AWS has no condition key `{written}`"),
        None => format!("`{prefix}` is not a service, and `{written}` is not a condition key"),
    }
}

const IOT_CORE: &str = "AWS IoT Core has the key in its own policies, which are not IAM policies";

/// Whether it is a key or a variable of the policies of AWS IoT Core:
/// <https://docs.aws.amazon.com/iot/latest/developerguide/iot-policy-variables.html>.
fn is_of_iot_core(key: &str) -> bool {
    let own = [
        "iot:Certificate.",
        "iot:CertificateId",
        "iot:ClientId",
        "iot:ConnectAttributes",
        "iot:Connection.",
        "iot:LastWillTopic",
        "iot:Thing.",
    ];
    own.iter().any(|own| {
        key.get(..own.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(own))
    })
}

/// What is wrong with a key that is one of an identity provider, or is like one.
fn of_provider(condition: &ConditionFacts<'_>, silence: &dyn Fn() -> String) -> Option<Finding> {
    if let Some(finding) = with_scheme(condition) {
        return Some(finding.note(silence()));
    }
    let unknown = UnknownClaim::of(condition.key)?;
    Some(of_unknown_claim(condition, &unknown, silence()))
}

/// The key of an identity provider that begins with the provider's URL and not with its host.
fn with_scheme(condition: &ConditionFacts<'_>) -> Option<Finding> {
    let key = condition.key.written();
    let (_, right) = key.split_once("://")?;
    let what = format!("`{key}` is not a condition key: the keys of an identity provider begin with its host");
    let finding = Finding::new(Code::InvalidServiceConditionKey, condition.key_place, what).about(key);
    Some(finding.with_help(format!("write `{right}`")))
}

/// The key of an identity provider for a claim that IAM does not have.
fn of_unknown_claim(condition: &ConditionFacts<'_>, unknown: &UnknownClaim<'_>, silence: String) -> Finding {
    let UnknownClaim {
        issuer, claim, known, ..
    } = unknown;
    let key = condition.key.written();
    let what = format!("AWS has no condition key `{key}`");
    let finding = Finding::new(Code::InvalidServiceConditionKey, condition.key_place, what)
        .about(key)
        .note(silence)
        .note(catalogue_note());
    let meant = match () {
        () if claim.eq_ignore_ascii_case("audience") => Some("aud"),
        () if claim.eq_ignore_ascii_case("subject") => Some("sub"),
        () => nearest(claim, known.iter().copied()),
    };
    if let Some(meant) = meant {
        return finding.with_fix(Fix::write(condition.key_place, format!("{issuer}:{meant}")));
    }
    let common = unknown.common();
    let common = common.iter().map(listed::quoted).collect_vec();
    let whose = if unknown.is_open {
        "any token".to_owned()
    } else {
        format!("a token of `{issuer}`")
    };
    finding
        .with_help(format!(
            "write the key of another claim: IAM has keys for the claims {} of {whose}",
            common.join(", ")
        ))
        .allow_if(added_later("condition key"))
}

/// The services whose actions the statement names.
fn services(statement: &StatementFacts<'_>) -> Vec<Service> {
    let mut services = Vec::new();
    for (_, text) in statement.statement.action.iter().flat_map(Element::texts) {
        let service = text
            .filled()
            .split_once(':')
            .and_then(|(prefix, _)| catalogue::service(prefix));
        services.extend(service.filter(|service| !services.contains(service)));
    }
    services
}

fn malformed(condition: &ConditionFacts<'_>, services: &[Service]) -> Finding {
    let key = condition.key.written();
    let name = key.trim_matches(':');
    let finding = Finding::new(
        Code::InvalidConditionKeyFormat,
        condition.key_place,
        format!(
            "`{key}` is not a condition key: it lacks {}",
            if key.starts_with(':') || !key.contains(':') {
                "the service"
            } else {
                "a name"
            }
        ),
    )
    .about(key)
    .note("AWS rejects the policy: `Actions/Conditions must be prefaced by a vendor`");
    // `aws.PrincipalOrgID`
    let colon = key.replacen(['.', '/'], ":", 1);
    let separated = catalogue::condition_key(&colon).map(|known| {
        let name = known.name();
        if name.contains(['$', '<']) {
            colon
        } else {
            name.to_owned()
        }
    });
    match separated.or_else(|| of_any_prefix(name, services)) {
        Some(meant) if !name.is_empty() => finding.with_fix(Fix::write(condition.key_place, meant)),
        _ => finding.with_help("write `service:Key`, such as `aws:SourceIp` or `s3:prefix`"),
    }
}

/// Whether nothing is known of the keys of this prefix: of a provider whose host or claim is not known yet, and of a service that AWS
/// has closed.
fn is_of_undocumented(condition: &ConditionFacts<'_>, prefix: &str) -> bool {
    let may_be_provider = prefix.contains('.') && !condition.key.holes().is_empty();
    may_be_provider || catalogue::removed_service(prefix).is_some()
}

/// The key that this one is without the tag at its end: `aws:RequestTag` and `aws:RequestTag/`.
fn without_its_tag(key: &str, services: &[Service]) -> Option<&'static str> {
    let head = key.trim_end_matches(['/', ':']);
    all_keys(key, services).into_iter().find(|template| {
        let separated = template.strip_suffix('}').or(template.strip_suffix('>')).and_then(|_| {
            let at = template.find(['$', '<'])?;
            template.get(..at)
        });
        separated.is_some_and(|separated| {
            separated.ends_with(['/', ':']) && separated.trim_end_matches(['/', ':']).eq_ignore_ascii_case(head)
        })
    })
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
    for known in all_keys(key, services).into_iter().filter(|known| ends(known)) {
        if keys.iter().all(|other| other != known) {
            keys.push(known.to_owned());
        }
    }
    keys.truncate(4);
    keys
}

fn one_of(keys: &[String]) -> String {
    let quoted: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect_vec();
    quoted.join(" or ")
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
        .collect_vec();
    match keys.len() {
        0 => format!(
            "{} has no condition keys of its own; the global ones begin with `aws:`",
            service.name()
        ),
        1..=8 => format!("its keys are {}", keys.join(", ")),
        many => format!("none of the {many} keys of {} is similar", service.name()),
    }
}
