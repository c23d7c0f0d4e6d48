//! The mistakes of a request that is to be evaluated. They are those that the checker finds in the policy that allows exactly
//! this request, so that both use the same rules.

mod one;
mod service;
mod value;

use super::facts::{formats, type_of};
use super::rules::fit;
use super::{Options, check};
use crate::arn::{Arn, ArnPattern, Field, write};
use crate::catalogue::{self, AccessLevel, Action, ResourceType};
use crate::collected::CollectVec;
use crate::document::{Document, Member, Node, Place, Text, Value};
use crate::finding::{Code, Finding, Findings};
use crate::names::Region;
use crate::policy::Kind;

pub(crate) use one::of_partition;
pub(crate) use service::of_service;
#[cfg(feature = "cases")]
pub(crate) use service::unknown_service;
pub(crate) use value::of_text;

/// A mistake of a request.
#[cfg_attr(
    not(feature = "cases"),
    expect(dead_code, reason = "a request that is built has no places, and no remarks")
)]
pub(crate) struct RequestMistake {
    /// The place of the action, the resource, or the name or value of a condition key.
    pub place: Place,
    /// What is wrong, and what to write instead.
    pub message: String,
    /// Whether the catalogue may be wrong: it does not list the condition key for the action.
    pub is_unlisted: bool,
    /// Why the name may exist all the same.
    pub may_exist: Option<MayExist>,
}

/// Why a name that is not known may exist.
#[derive(Clone, Copy)]
pub(crate) enum MayExist {
    /// AWS may have added the action, the service or the condition key after the date of the catalogue.
    AddedLater(&'static str),
    /// AWS publishes no list of such names.
    Unlisted,
}

/// The mistakes of an action.
pub(crate) fn of_action(action: &Node<'_>) -> Vec<RequestMistake> {
    let written = text(action);
    // Nearly all requests are right, which is told faster without the checker, here and below.
    if catalogue::action(written).is_some() {
        return Vec::new();
    }
    if written.contains(['*', '?']) {
        let message = format!(
            "a request is for one action, and `{written}` is a pattern; write one of the actions that it matches"
        );
        return vec![RequestMistake::new(action.place, message)];
    }
    mistakes(
        &findings(action.clone(), Node::string("*"), Vec::new()),
        &[
            (Code::InvalidAction, "action"),
            (Code::InvalidServiceInAction, "service"),
        ],
    )
}

/// The mistakes of a resource in a request for an action.
pub(crate) fn of_resource(action: &str, resource: &Node<'_>) -> Vec<RequestMistake> {
    let known = catalogue::action(action);
    let written = text(resource);
    if known.is_some_and(|action| is_plainly_of(action, written)) {
        return Vec::new();
    }
    let wrong = |message| vec![RequestMistake::new(resource.place, message)];
    if let Some(action) = known.filter(|_| written == "*") {
        return if needs_resource(action) {
            wrong(misfit(action, resource))
        } else {
            Vec::new()
        };
    }
    if let Some(message) = one::pattern(written) {
        return wrong(message);
    }
    let found = findings(Node::string(action.to_owned()), resource.clone(), Vec::new());
    let fits_not = |finding: &Finding| MISFITS.contains(&finding.code());
    match known {
        Some(action) if found.of_code(Code::ActionNeedsStarResource).next().is_some() => wrong(format!(
            "`{}` does not support resource-level permissions; write `*` for the resource",
            action.qualified()
        )),
        Some(action) if found.iter().any(fits_not) => wrong(misfit(action, resource)),
        _ => {
            let mut found = found;
            // A Region that AWS has added can be asked for.
            let is_region = ArnPattern::parse(written).is_ok_and(|arn| is_in_partition(&arn));
            found.retain(|finding| finding.code() != Code::InvalidArnRegion || !is_region);
            let found = mistakes(&found, &OF_RESOURCES.map(|code| (code, "")));
            match known
                .filter(|_| found.is_empty())
                .and_then(|action| one::misnamed(action, written))
            {
                Some(message) => wrong(message),
                None => found,
            }
        }
    }
}

/// The actions whose requests have this resource, in the order of their services and names; `*` is no resource.
///
/// # Errors
///
/// What is wrong with the resource, if no action has it.
pub(crate) fn actions_on(resource: &str) -> Result<Vec<Action>, String> {
    let own = ArnPattern::parse(resource).ok().and_then(|arn| type_of(&arn));
    let is_of_own = |action: &Action| own.is_some_and(|(own, _)| action.types().any(|on| on.name() == own.name()));
    let (mut actions, mut of_own, mut of_others) = (Vec::new(), None, None);
    for action in applying_to(resource) {
        match one::misnamed(action, resource) {
            None => actions.push(action),
            Some(wrong) if is_of_own(&action) => of_own = of_own.or(Some(wrong)),
            Some(wrong) => of_others = of_others.or(Some(wrong)),
        }
    }
    if !actions.is_empty() {
        return Ok(actions);
    }
    let none = || format!("no action applies to `{resource}`; write the ARN of a resource, or `*` for none");
    Err(of_own.or(of_others).unwrap_or_else(none))
}

/// The actions that apply to resources with an ARN that this pattern matches.
fn applying_to(resource: &str) -> Vec<Action> {
    if resource == "*" {
        let all = catalogue::services().flat_map(catalogue::Service::actions);
        return all.filter(|action| !needs_resource(*action)).collect_vec();
    }
    let Ok(arn) = ArnPattern::parse(resource) else {
        return Vec::new();
    };
    let mut types: Vec<ResourceType> = formats(arn.service().as_str())
        .filter(|(_, format)| arn.fits_format(*format).is_yes())
        .map(|(resource_type, _)| resource_type)
        .collect_vec();
    types.sort_by_key(|resource_type| (resource_type.service().prefix(), resource_type.name()));
    types.dedup();
    let services = types.chunk_by(|one, other| one.service() == other.service());
    let of_service = services.flat_map(|types| {
        let service = types.first().map(ResourceType::service);
        let is_of = |action: &Action| {
            let mut names = action.types();
            names.any(|on| types.iter().any(|of| of.name() == on.name()))
        };
        service
            .into_iter()
            .flat_map(catalogue::Service::actions)
            .filter(move |action| is_of(action))
    });
    of_service.collect_vec()
}

/// The mistakes of a condition key in a request for an action.
pub(crate) fn of_key(action: &str, key: &Text<'_>, place: Place) -> Vec<RequestMistake> {
    if catalogue::action(action).is_some_and(|action| action.carries(key.written())) {
        return Vec::new();
    }
    // `Null` can be used with keys of every type.
    let found = in_condition(None, action, "Null", key, place, Node::string("false"));
    mistakes(&found, &OF_KEYS)
}

const MISFITS: [Code; 4] = [
    Code::ActionFitsNoResource,
    Code::KeyAliasAsResource,
    Code::LogGroupArnWithoutStreams,
    Code::ResourceFitsNoAction,
];
const OF_RESOURCES: [Code; 14] = [
    Code::ArnAccountNotAllowed,
    Code::ArnMatchesNoResourceType,
    Code::ArnRegionNotAllowed,
    Code::ArnWithDoubleSlash,
    Code::InvalidArnAccount,
    Code::InvalidArnPrefix,
    Code::InvalidArnRegion,
    Code::InvalidArnResource,
    Code::InvalidArnServiceCase,
    Code::InvalidPartition,
    Code::InvalidService,
    Code::MissingArnAccount,
    Code::MissingArnField,
    Code::MissingArnRegion,
];
const OF_KEYS: [(Code, &str); 7] = [
    (Code::ActionNeverCarriesConditionKey, ""),
    (Code::InvalidConditionKeyFormat, ""),
    (Code::InvalidGlobalConditionKey, "condition key"),
    (Code::InvalidServiceConditionKey, "condition key"),
    (Code::MissingTagKeyInCondition, ""),
    (Code::UnsupportedActionForConditionKey, ""),
    (Code::UnsupportedGlobalConditionKey, ""),
];

impl RequestMistake {
    pub const fn new(place: Place, message: String) -> Self {
        Self {
            place,
            message,
            is_unlisted: false,
            may_exist: None,
        }
    }
}

/// The findings of these codes as mistakes, each with the kind of name that AWS may have added if nothing is like it.
fn mistakes(found: &Findings, codes: &[(Code, &'static str)]) -> Vec<RequestMistake> {
    let of_code = |finding: &Finding| codes.iter().find(|(code, _)| *code == finding.code());
    let found = found.iter().filter_map(|finding| Some((finding, of_code(finding)?.1)));
    found
        .map(|(finding, noun)| {
            let mut message = finding.message().to_owned();
            if is_about_statements(finding) {
                message.push_str("; leave the condition key out");
            }
            let help = finding.help().map(|help| in_a_request(finding.code()).unwrap_or(help));
            // That AWS completes an ARN is so in policies only.
            let most = if finding.code() == Code::MissingArnField {
                1
            } else {
                usize::MAX
            };
            for help in help.take(most).filter(|_| !is_about_statements(finding)) {
                message.push_str("; ");
                message.push_str(help);
            }
            RequestMistake {
                place: finding.place(),
                message,
                is_unlisted: is_about_statements(finding),
                may_exist: Some(noun)
                    .filter(|noun| !noun.is_empty() && finding.allow_when().is_some())
                    .map(MayExist::AddedLater),
            }
        })
        .collect_vec()
}

/// What to write in a request, where a policy could have a wildcard.
const fn in_a_request(code: Code) -> Option<&'static str> {
    match code {
        Code::MissingArnAccount => Some("write the account's 12 digits between the colons, such as `111122223333`"),
        Code::MissingArnRegion => Some("write the Region between the colons, such as `eu-west-1`"),
        _ => None,
    }
}

/// Whether the help is for a policy, and not for a request.
fn is_about_statements(finding: &Finding) -> bool {
    matches!(
        finding.code(),
        Code::ActionNeverCarriesConditionKey | Code::UnsupportedActionForConditionKey
    )
}

/// Whether a resource is an ARN without any mistake, and of a type that the action applies to.
fn is_plainly_of(action: Action, resource: &str) -> bool {
    // Two slashes are an object's own name, or a mistake.
    if Arn::new(resource).is_err() || resource.contains("//") || one::pattern(resource).is_some() {
        return false;
    }
    ArnPattern::parse(resource).is_ok_and(|arn| {
        // Without an account it may be one that AWS shares.
        let has_account = |format: crate::arn::ArnFormat<'_>| format.field(Field::Account) == arn.account().as_str();
        let is_of = |format| arn.fits_format(format).is_yes() && (!arn.account().is_empty() || has_account(format));
        (arn.region().is_empty() || is_in_partition(&arn))
            && action.arn_formats().any(is_of)
            && one::misnamed(action, resource).is_none()
    })
}

/// Whether the Region, which the catalogue may not have, is one of the partition.
fn is_in_partition(arn: &ArnPattern<'_>) -> bool {
    Region::new(arn.region().as_str()).is_ok_and(|region| region.partition().as_str() == arn.partition().as_str())
}

/// Whether no request for the action is about `*`. AWS marks the types that an action requires, but none of several of which
/// it requires one; only an action that lists resources can do without.
fn needs_resource(action: Action) -> bool {
    let requires_one = action.resource_types().any(|on| on.required());
    let is_listing = action.access_levels().any(|level| level == AccessLevel::List);
    requires_one || !is_listing && action.resource_types().nth(1).is_some()
}

/// Why a resource is not one that an action applies to.
fn misfit(action: Action, resource: &Node<'_>) -> String {
    let (name, types) = (action.qualified(), fit::types(action));
    let written = text(resource);
    let mut message = format!("`{name}` applies to resources of type {types}, and `{written}` is not the ARN of one");
    let own = ArnPattern::parse(written).ok();
    let sample = || ArnPattern::parse("arn:aws:SERVICE:::*").ok();
    let mut formats = fit::formats(action);
    formats.sort_by_key(|format| format.as_str().len());
    if let (Some(format), Some(arn)) = (formats.first(), own.or_else(sample)) {
        let text = Text::plain(arn.as_str().to_owned());
        message.push_str("; write an ARN such as `");
        message.push_str(&write::arn(*format, &text, &arn));
        message.push('`');
    }
    message
}

fn text<'n>(node: &'n Node<'_>) -> &'n str {
    node.as_text().map_or("", Text::written)
}

fn in_condition(
    service: Option<&str>,
    action: &str,
    operator: &'static str,
    key: &Text<'_>,
    place: Place,
    value: Node<'_>,
) -> Findings {
    let key = Member {
        name_place: place,
        name: key.clone(),
        value,
    };
    let keys = Member::built(operator, Node::built(Value::Object(vec![key])));
    let mut members = vec![Member::built("Condition", Node::built(Value::Object(vec![keys])))];
    if let Some(service) = service {
        let principal = Member::built("Service", Node::string(service.to_owned()));
        members.push(Member::built("Principal", Node::built(Value::Object(vec![principal]))));
    }
    findings(Node::string(action.to_owned()), Node::string("*"), members)
}

/// The findings of the policy that allows a request.
fn findings<'n>(action: Node<'n>, resource: Node<'n>, others: Vec<Member<'n>>) -> Findings {
    let mut members = vec![
        Member::built("Effect", Node::string("Allow")),
        Member::built("Action", action),
        Member::built("Resource", resource),
    ];
    members.extend(others);
    // In this version `${` is text, as in a request.
    let version = Member::built("Version", Node::string("2008-10-17"));
    let statement = Member::built("Statement", Node::built(Value::Object(members)));
    let policy = Node::built(Value::Object(vec![version, statement]));
    // A character that no policy has can be in a request, and is to hide no other mistake.
    let options = Options::new().allow(Code::UnsupportedCharacter);
    check(&Document::new(policy), Kind::Identity, &options)
}
