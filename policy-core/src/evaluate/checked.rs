//! Checks the parts of a request against the catalogue.

use std::net::IpAddr;

use super::arn::is_arn;
use super::caller::Caller;
use super::context::ContextValue;
use super::decimal::Decimal;
use super::request_error::RequestError;
use crate::catalogue::{self, Action, ConditionKey, Scalar};
use crate::check::request::{
    MayExist, RequestMistake, actions_on, of_action, of_key, of_partition, of_resource, of_service, of_text,
};
use crate::document::{Node, Place, Text};
use crate::policy::value::{Date, boolean, is_base64};

/// How to write a request for a name that the catalogue does not have.
const WAY_IN: &str = "use `Request::unchecked`";
const WAY_IN_FOR_KEYS: &str = "use `with_unchecked`";

/// Checks an action, a resource for it, and the caller.
pub(super) fn request(caller: &Caller, action: &str, resource: &str) -> Result<(), RequestError> {
    let mut mistakes = of_both(action, resource);
    mistakes.extend(of_partition_of(caller, &Node::string(resource)));
    let told = mistakes.iter().map(|mistake| told(mistake, WAY_IN));
    RequestError::of(told.chain(of_caller(caller)).collect())
}

/// Checks a caller: one that is a service or an identity provider, since others are checked when they are parsed.
pub(super) fn caller(caller: &Caller) -> Result<(), RequestError> {
    RequestError::of(of_caller(caller).into_iter().collect())
}

fn of_caller(caller: &Caller) -> Option<String> {
    caller.mistake().map(|mistake| told(&mistake, WAY_IN))
}

/// Checks an action, and a resource for it.
pub(super) fn action_and_resource(action: &str, resource: &str) -> Result<(), RequestError> {
    let mistakes = of_both(action, resource);
    RequestError::of(mistakes.iter().map(|mistake| told(mistake, WAY_IN)).collect())
}

fn of_both(action: &str, resource: &str) -> Vec<RequestMistake> {
    let mut mistakes = of_action(&Node::string(action));
    mistakes.extend(of_resource(action, &Node::string(resource)));
    mistakes
}

/// Checks that a resource is in the caller's partition.
pub(super) fn in_partition(caller: &Caller, resource: &str) -> Result<(), RequestError> {
    let mistake = of_partition_of(caller, &Node::string(resource));
    RequestError::of(mistake.map(|mistake| mistake.message).into_iter().collect())
}

/// The mistake of a resource that is not in the caller's partition.
pub(super) fn of_partition_of(caller: &Caller, resource: &Node<'_>) -> Option<RequestMistake> {
    of_partition(caller.partition()?, resource)
}

/// Checks the service that makes a request for its caller.
pub(super) fn calling_service(name: &str) -> Result<(), RequestError> {
    let mistake = of_service(&Node::string(name));
    let told = mistake.map(|mistake| told(&mistake, "use `called_via_unchecked`"));
    RequestError::of(told.into_iter().collect())
}

/// The actions that apply to a resource.
pub(super) fn on_resource(resource: &str) -> Result<Vec<Action>, RequestError> {
    let mistakes = of_resource("", &Node::string(resource));
    RequestError::of(mistakes.iter().map(|mistake| told(mistake, WAY_IN)).collect())?;
    actions_on(resource).map_err(RequestError::one)
}

/// Checks a condition key and its values in a request for an action.
pub(super) fn condition_key(
    caller: &Caller,
    action: &str,
    key: &str,
    values: &[ContextValue],
) -> Result<(), RequestError> {
    let nodes: Vec<Node<'_>> = values.iter().map(|value| Node::string(value.as_str())).collect();
    let mistakes = key_and_values(Some(caller), action, &Text::plain(key), Place::default(), &nodes);
    let told = mistakes.into_iter().map(|mistake| told(&mistake, WAY_IN_FOR_KEYS));
    RequestError::of(told.collect())
}

/// A mistake with what to do if the name is newer than the catalogue.
pub(super) fn told(mistake: &RequestMistake, way_in: &str) -> String {
    let message = &mistake.message;
    match mistake.may_exist {
        Some(MayExist::AddedLater(noun)) => {
            let date = catalogue::snapshot().date();
            format!("{message}; if AWS added the {noun} after {date}, {way_in}")
        }
        Some(MayExist::Unlisted) => format!("{message}; if the guide names this one, {way_in}"),
        None => message.clone(),
    }
}

/// The mistakes of a condition key, which is at `place`, and of its values, in a request of the caller, if that is known.
pub(super) fn key_and_values(
    caller: Option<&Caller>,
    action: &str,
    key: &Text<'_>,
    place: Place,
    values: &[Node<'_>],
) -> Vec<RequestMistake> {
    let mut mistakes = of_key(action, key, place);
    let Some(known) = catalogue::condition_key(key.written()) else {
        return mistakes;
    };
    let written = key.written();
    if values.len() > 1 && !known.value_type().multivalued {
        mistakes.push(RequestMistake::new(
            place,
            format!(
                "`{written}` has one value in a request, not {}; write one request for each value",
                values.len()
            ),
        ));
    }
    let texts: Vec<&str> = values.iter().filter_map(Node::as_scalar).collect();
    if caller.is_some_and(|caller| caller.has(written, &texts)) {
        return mistakes;
    }
    for (value, text) in values.iter().filter_map(|value| Some((value, value.as_scalar()?))) {
        if let Some((wanted, write)) = mistyped(known, text) {
            let message = format!("`{written}` holds {wanted}, not `{text}`{write}");
            mistakes.push(RequestMistake::new(value.place, message));
        } else {
            let mut text = Node::string(text);
            text.place = value.place;
            let service = caller.and_then(Caller::service_name);
            mistakes.extend(of_text(service, action, key, &text));
        }
    }
    if mistakes.is_empty() {
        let contradiction = caller.and_then(|caller| caller.contradicts(written, &texts));
        mistakes.extend(contradiction.map(|message| RequestMistake::new(place, message)));
    }
    mistakes
}

/// What the key holds, and how it is written, if a value is not of its type.
fn mistyped(key: ConditionKey, text: &str) -> Option<(&'static str, &'static str)> {
    let types = [
        (Scalar::String, true, "", ""),
        (
            Scalar::Bool,
            boolean(text).is_some(),
            "`true` or `false`",
            "; write one of the two",
        ),
        (
            Scalar::Numeric,
            Decimal::read(text).is_some(),
            "a number",
            "; write it in digits, such as `3600`",
        ),
        (
            Scalar::Date,
            Date::read(text).instant().is_some(),
            "a date",
            "; write it as in `2026-01-31T10:20:30Z`, or as seconds since 1970",
        ),
        (
            Scalar::IpAddress,
            text.parse::<IpAddr>().is_ok(),
            "an IP address",
            "; write a single address, such as `10.0.0.1`",
        ),
        (
            Scalar::Arn,
            is_arn(text),
            "an ARN",
            "; write all its fields, such as `arn:aws:s3:::exports`",
        ),
        (
            Scalar::Binary,
            is_base64(text),
            "bytes in base64",
            "; encode them, as in `aGVsbG8=`",
        ),
    ];
    let mut accepted = types.iter().filter(|(scalar, ..)| key.accepts(*scalar));
    let (_, fits, wanted, write) = accepted.next()?;
    (!fits && !accepted.any(|(_, fits, ..)| *fits)).then_some((*wanted, *write))
}
