//! The meaning of an ARN depends on its fields: the same words elsewhere in it, where users choose the names, have no
//! effect.

use super::super::{Authorizer, Caller, Exemption, Layer, Outcome, Reason, Request};
use super::{USER, policy};
use crate::document::Document;

fn document(statement: &str) -> Document<'static> {
    Document::read(&policy(&[statement.to_owned()])).unwrap().into_owned()
}

/// Whether a layer of an organization's policies, which deny everything, is evaluated.
fn is_limited(layer: Layer, request: &Request) -> bool {
    let all = document(r#"{ "Effect": "Allow", "Action": "*", "Resource": "*" }"#);
    let builder = Authorizer::builder().identity(&all);
    let deny = document(r#"{ "Sid": "No", "Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*" }"#);
    let of_accounts = document(r#"{ "Sid": "No", "Effect": "Deny", "Action": "*", "Resource": "*" }"#);
    let authorizer = match layer {
        Layer::ServiceControl(level) => builder.service_control(level, &of_accounts),
        _ => builder.resource_control(0, &deny),
    }
    .build();
    let is_denied = authorizer.ask(request).outcome() == Outcome::ExplicitlyDenied;
    let explanation = authorizer.explain(request);
    let (.., reason) = explanation.statements().next().unwrap();
    let is_exempt = *reason == Reason::Exempt(Exemption::ServiceLinkedRole);
    assert_ne!(is_denied, is_exempt, "{explanation}");
    is_denied
}

const LINKED: &str = "arn:aws:iam::111122223333:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS";

/// ARNs of principals that are not service-linked roles, with the words of one.
const LIKE_LINKED: [&str; 9] = [
    "arn:aws:iam::111122223333:role/x:role/aws-service-role/ecs.amazonaws.com/y",
    "arn:aws:iam::111122223333:role/x/role/aws-service-role/ecs.amazonaws.com/y",
    "arn:aws:iam::111122223333:role/x/aws-service-role/ecs.amazonaws.com/y",
    "arn:aws:iam::111122223333:role/:role/aws-service-role/ecs.amazonaws.com/y",
    "arn:aws:iam::111122223333:role/Aws-Service-Role/ecs.amazonaws.com/y",
    "arn:aws:iam::111122223333:role/aws-service-role",
    "arn:aws:iam::111122223333:role/aws-service-role/y",
    "arn:aws:iam::111122223333:role/aws-service-role//y",
    "arn:aws:iam::111122223333:role/aws-service-roles/ecs.amazonaws.com/y",
];

#[test]
fn only_a_service_linked_role_escapes_service_control() {
    let layer = Layer::ServiceControl(0);
    let limited = |caller: Caller| is_limited(layer, &Request::unchecked(caller, "s3:GetObject", "arn:aws:s3:::b/k"));
    assert!(!limited(Caller::from_arn(LINKED).unwrap()));
    assert!(!limited(Caller::session_of(LINKED, "task").unwrap()));
    for arn in LIKE_LINKED {
        assert!(limited(Caller::from_arn(arn).unwrap()), "{arn}");
        assert!(limited(Caller::session_of(arn, "task").unwrap()), "{arn}");
    }
    for arn in [
        // The ARN of a session has no path, and names can be chosen.
        "arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForECS/task",
        "arn:aws:sts::111122223333:federated-user/x:role/aws-service-role/ecs.amazonaws.com/y",
        "arn:aws:iam::111122223333:user/x:role/aws-service-role/ecs.amazonaws.com/y",
    ] {
        assert!(limited(Caller::from_arn(arn).unwrap()), "{arn}");
    }
    for arn in [
        "arn:aws:sts::111122223333:assumed-role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS",
        "arn:aws:sts::111122223333:assumed-role/x:role/aws-service-role/ecs.amazonaws.com/y",
    ] {
        assert!(Caller::from_arn(arn).is_err(), "{arn}");
    }
}

#[test]
fn only_assuming_a_service_linked_role_escapes_resource_control() {
    let layer = Layer::ResourceControl(0);
    let by = |caller, action, resource: &str| is_limited(layer, &Request::unchecked(caller, action, resource));
    let limited = |action, resource: &str| {
        let own = by(Caller::service("ecs.amazonaws.com"), action, resource);
        let of_user = by(Caller::from_arn(USER).unwrap(), action, resource);
        assert!(of_user, "only a service assumes it: {resource}");
        own
    };
    assert!(!limited("sts:AssumeRole", LINKED));
    assert!(limited("s3:GetObject", LINKED));
    for arn in LIKE_LINKED {
        assert!(limited("sts:AssumeRole", arn), "{arn}");
    }
    for arn in [
        "arn:aws:s3:::b/x:role/aws-service-role/key",
        "arn:aws:s3:::b:role/aws-service-role/ecs.amazonaws.com/y",
        "arn:aws:s3:::role/aws-service-role/ecs.amazonaws.com/y",
        "arn:aws:s3:iam::111122223333:role/aws-service-role/ecs.amazonaws.com/y",
        "arn:aws:iam:eu-west-1:111122223333:role/aws-service-role/ecs.amazonaws.com/y",
        ":role/aws-service-role/ecs.amazonaws.com/y",
    ] {
        for action in ["s3:PutObject", "sts:AssumeRole"] {
            assert!(limited(action, arn), "{action} {arn}");
        }
    }
}

/// Only the ARN of an account's root user means the account; other ARNs ending in `root` are principals with that name.
#[test]
fn an_account_is_not_let_in_by_a_name_that_ends_as_its_arn_does() {
    for (principal, outcome) in [
        ("111122223333", Outcome::Allowed),
        ("arn:aws:iam::111122223333:root", Outcome::Allowed),
        (
            "arn:aws:iam::444455556666:user/x:111122223333:root",
            Outcome::ImplicitlyDenied,
        ),
        (
            "arn:aws:iam::444455556666:role/x:iam::111122223333:root",
            Outcome::ImplicitlyDenied,
        ),
        ("arn:aws:sts::111122223333:root", Outcome::ImplicitlyDenied),
        ("x:111122223333:root", Outcome::ImplicitlyDenied),
    ] {
        let trust =
            format!(r#"{{ "Effect": "Allow", "Principal": {{ "AWS": "{principal}" }}, "Action": "sts:AssumeRole" }}"#);
        let own = document(r#"{ "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*" }"#);
        let authorizer = Authorizer::builder().identity(&own).trust(&document(&trust)).build();
        let caller = Caller::from_arn(USER).unwrap();
        let request = Request::unchecked(caller, "sts:AssumeRole", "arn:aws:iam::111122223333:role/r");
        assert_eq!(authorizer.ask(&request).outcome(), outcome, "{principal}");
    }
}

/// The root user may do everything, so nobody else is taken for them.
#[test]
fn only_the_root_user_is_the_root_user() {
    assert!(Caller::from_arn("arn:aws:iam::111122223333:root").is_ok());
    for arn in [
        "arn:aws:iam::111122223333:root/",
        "arn:aws:iam::111122223333:root/x",
        "arn:aws:sts::111122223333:root",
    ] {
        assert!(Caller::from_arn(arn).is_err(), "{arn}");
    }
}
