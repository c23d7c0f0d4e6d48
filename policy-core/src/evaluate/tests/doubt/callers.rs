//! Callers and owners of which a request does not say all.

use super::super::{policy, request};
use super::allow_all;
use crate::document::Document;
use crate::evaluate::{Authorizer, Builder, Caller, Outcome, Request};
use crate::names::AccountId;

const ROLE: &str = "arn:aws:iam::111122223333:role/team/reader";
const SESSION: &str = "arn:aws:sts::111122223333:assumed-role/reader/alice";
const OTHER_SESSION: &str = "arn:aws:sts::111122223333:assumed-role/reader/bob";

/// Whether a `Deny` with this `Principal` or `NotPrincipal` denies a caller that is allowed otherwise, as the policy of a resource.
fn denies(element: &str, request: &Request) -> bool {
    denies_in(|builder, deny| builder.resource(deny), element, request)
}

fn denies_in(with: fn(Builder, &Document<'_>) -> Builder, element: &str, request: &Request) -> bool {
    let all = r#"{ "Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*" }"#.to_owned();
    let deny = policy(&[
        all,
        format!(r#"{{ "Effect": "Deny", {element}, "Action": "*", "Resource": "*" }}"#),
    ]);
    let own = allow_all();
    let [own, deny] = [&own, &deny].map(|text| Document::read(text).unwrap());
    let authorizer = with(Authorizer::builder().identity(&own), &deny).build();
    authorizer.ask(request).outcome() == Outcome::ExplicitlyDenied
}

fn by(caller: Caller) -> Request {
    Request::unchecked(caller, "s3:GetObject", "arn:aws:s3:::b/k")
}

/// Its requests are those of sessions.
#[test]
fn of_a_role_whose_session_is_not_known() {
    let role = by(Caller::from_arn(ROLE).unwrap());
    let session = by(Caller::session_of(ROLE, "alice").unwrap());
    let account = "111122223333";
    for (element, of_role, of_session) in [
        (
            format!(r#""NotPrincipal": {{ "AWS": ["{account}", "{ROLE}"] }}"#),
            true,
            true,
        ),
        (
            format!(r#""NotPrincipal": {{ "AWS": ["{account}", "{ROLE}", "{SESSION}"] }}"#),
            true,
            false,
        ),
        (format!(r#""Principal": {{ "AWS": "{SESSION}" }}"#), true, true),
        (format!(r#""Principal": {{ "AWS": "{OTHER_SESSION}" }}"#), true, false),
        (
            r#""Principal": { "AWS": "arn:aws:sts::111122223333:assumed-role/reade/alice" }"#.to_owned(),
            false,
            false,
        ),
        (
            r#""Principal": { "AWS": "arn:aws:sts::444455556666:assumed-role/reader/alice" }"#.to_owned(),
            false,
            false,
        ),
    ] {
        assert_eq!(
            [denies(&element, &role), denies(&element, &session)],
            [of_role, of_session],
            "{element}"
        );
    }
}

/// A session of a role may come from a provider.
#[test]
fn of_the_provider_of_a_session() {
    const OKTA: &str = "arn:aws:iam::111122223333:saml-provider/okta";
    let session = || by(Caller::session_of(ROLE, "alice").unwrap());
    let from = |provider: &str| session().with_unchecked("aws:FederatedProvider", provider);
    let user = by(Caller::from_arn("arn:aws:iam::111122223333:user/alice").unwrap());
    for provider in [OKTA, "cognito-identity.amazonaws.com", "*"] {
        let element = format!(r#""Principal": {{ "Federated": "{provider}" }}"#);
        assert!(denies(&element, &session()), "{provider}");
        assert!(denies(&element, &from(provider)), "{provider}");
        assert!(!denies(&element, &user), "{provider}");
    }
    let element = format!(r#""Principal": {{ "Federated": "{OKTA}" }}"#);
    assert!(!denies(
        &element,
        &from("arn:aws:iam::111122223333:saml-provider/other")
    ));
    // An OIDC provider by its ARN and by its issuer.
    let google = "arn:aws:iam::111122223333:oidc-provider/accounts.google.com";
    let element = |name: &str| format!(r#""Principal": {{ "Federated": "{name}" }}"#);
    for (listed, own, expected) in [
        (google, "accounts.google.com", true),
        ("accounts.google.com", google, true),
        ("www.amazon.com", google, false),
        (OKTA, "okta", false),
    ] {
        assert_eq!(denies(&element(listed), &from(own)), expected, "{listed} {own}");
    }
    let element = element(OKTA);
    // An `Allow` is for nobody of whom it is not known.
    let allow = policy(&[format!(
        r#"{{ "Effect": "Allow", {element}, "Action": "s3:*", "Resource": "*" }}"#
    )]);
    let allow = Document::read(&allow).unwrap();
    let authorizer = Authorizer::builder().resource(&allow).build();
    assert!(!authorizer.ask(&session()).is_allowed());
}

/// A service has a name for each Region and one for all.
#[test]
fn of_the_names_of_a_service() {
    for (listed, caller, expected) in [
        ("logs.amazonaws.com", "logs.amazonaws.com", true),
        ("logs.eu-west-1.amazonaws.com", "logs.amazonaws.com", true),
        ("logs.amazonaws.com", "logs.eu-west-1.amazonaws.com", true),
        ("logs.us-east-1.amazonaws.com", "logs.eu-west-1.amazonaws.com", true),
        ("ecs.amazonaws.com", "logs.amazonaws.com", false),
        ("delivery.logs.amazonaws.com", "logs.amazonaws.com", false),
    ] {
        let principal = format!(r#""Principal": {{ "Service": "{listed}" }}"#);
        let request = by(Caller::service(caller));
        assert_eq!(denies(&principal, &request), expected, "{listed} {caller}");
        let allow = policy(&[format!(
            r#"{{ "Effect": "Allow", {principal}, "Action": "*", "Resource": "*" }}"#
        )]);
        let allow = Document::read(&allow).unwrap();
        let allows = Authorizer::builder()
            .resource(&allow)
            .build()
            .ask(&request)
            .is_allowed();
        assert_eq!(allows, listed == caller, "{listed} {caller}");
        // What is exempt has to be listed as it is.
        let exempts = !denies(&principal.replace("Principal", "NotPrincipal"), &request);
        assert_eq!(exempts, listed == caller, "{listed} {caller}");
    }
}

#[test]
fn of_principals_that_a_resource_control_policy_cannot_exempt() {
    let in_organization: fn(Builder, &Document<'_>) -> Builder = |builder, deny| builder.resource_control(0, deny);
    let alice = request("s3:GetObject", "arn:aws:s3:::b/k");
    for (element, expected) in [
        (r#""Principal": "*""#, true),
        (
            r#""NotPrincipal": { "AWS": ["111122223333", "arn:aws:iam::111122223333:user/alice"] }"#,
            true,
        ),
    ] {
        assert_eq!(denies_in(in_organization, element, &alice), expected, "{element}");
    }
}

/// The management account is exempt for its own resources; whose a bucket is, its ARN does not say.
#[test]
fn of_the_owner_of_a_resource_beside_the_management_account() {
    let own = allow_all();
    let deny = policy(&[r#"{ "Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*" }"#.to_owned()]);
    let [own, deny] = [&own, &deny].map(|text| Document::read(text).unwrap());
    let account = |id| AccountId::from_static(id);
    let managing = Authorizer::builder()
        .identity(&own)
        .resource_control(0, &deny)
        .management_account(account("111122223333"))
        .build();
    let object = || request("s3:GetObject", "arn:aws:s3:::b/k");
    for (request, expected) in [
        (object(), true),
        (object().resource_account(account("111122223333")), false),
        (object().resource_account(account("444455556666")), true),
        (
            request("sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:q"),
            false,
        ),
        (request("s3:ListAllMyBuckets", "*"), false),
    ] {
        let is_denied = managing.ask(&request).outcome() == Outcome::ExplicitlyDenied;
        assert_eq!(is_denied, expected, "{request:?}");
    }
}
