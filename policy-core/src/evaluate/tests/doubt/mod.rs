//! Where AWS does not document the result, an `Allow` does not match and a `Deny` does.

mod callers;
mod everything;
mod malformed;
mod outside;
mod precise;
mod readable;
mod resource;

use super::super::{Access, Authorizer, Outcome, Request};
use super::{authorizer, policy, request};
use crate::document::Document;

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

fn allow_all() -> String {
    policy(&[r#"{ "Effect": "Allow", "Action": "*", "Resource": "*" }"#.to_owned()])
}

/// Whether each layer's policy of this one statement denies a request that everything else allows.
fn denies(rest: &str, request: &Request) -> bool {
    let principal = if rest.contains("Principal\"") {
        ""
    } else {
        r#""Principal": "*", "#
    };
    let [own, of_resource] =
        ["", principal].map(|principal| policy(&[format!(r#"{{ "Effect": "Deny", {principal}{rest} }}"#)]));
    let all = allow_all();
    let all = Document::read(&all).unwrap();
    let builder = || Authorizer::builder().identity(&all);
    let [own, of_resource] = [&own, &of_resource].map(|text| Document::read(text).unwrap());
    let mut authorizers = vec![builder().resource(&of_resource).build()];
    if !rest.contains("Principal\"") {
        authorizers.push(builder().identity(&own).build());
        authorizers.push(builder().service_control(0, &all).service_control(0, &own).build());
    }
    let mut outcomes = authorizers.iter().map(|authorizer| {
        let is_denied = authorizer.ask(request).outcome() == Outcome::ExplicitlyDenied;
        assert!(!is_denied || authorizer.access(request) == Access::Denied, "{rest}");
        is_denied
    });
    let first = outcomes.next().unwrap();
    assert!(outcomes.all(|other| other == first), "{rest}");
    first
}
