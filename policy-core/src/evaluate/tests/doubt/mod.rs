//! Where AWS does not document the result, an `Allow` does not match and a `Deny` does.

mod malformed;
mod outside;
mod readable;
mod resource;

use super::super::Outcome;
use super::{authorizer, policy, request};

/// The outcome of one statement for a request with one condition key: with `Allow`, and with `Deny` next to an `Allow`
/// of everything.
fn said(rest: &str, resource: &str, key: &str, values: &[&str]) -> [bool; 2] {
    said_of_all(&format!(r#""Action": "*", {rest}"#), resource, key, values)
}

/// The same for a statement with its own `Action`.
fn said_of_all(rest: &str, resource: &str, key: &str, values: &[&str]) -> [bool; 2] {
    let allow = format!(r#"{{ "Effect": "Allow", {rest} }}"#);
    let deny = format!(r#"{{ "Effect": "Deny", {rest} }}"#);
    let all = r#"{ "Effect": "Allow", "Action": "*", "Resource": "*" }"#.to_owned();
    let request = request("sqs:SendMessage", resource)
        .resource_account(crate::names::AccountId::from_static("111122223333"))
        .with_all_unchecked(key, values.iter().copied());
    let allowed = authorizer(&[policy(&[allow])]).ask(&request).outcome() == Outcome::Allowed;
    let denied = authorizer(&[policy(&[all, deny])]).ask(&request).outcome() == Outcome::ExplicitlyDenied;
    [allowed, denied]
}
